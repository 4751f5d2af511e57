// What names mean that a reader types on a page: the index that knows them loads with the first one.

import { Resolver } from "./names/resolver.mjs";

/** @import { Resolution } from "../types/site.js" */

/** @type {Promise<Resolver> | undefined} */
let ready;

/** @param {string} root the site's, as a page writes it */
async function load(root) {
  const response = await fetch(new URL("search/almanac.json", new URL(root, document.baseURI)));
  if (!response.ok) throw new Error(`HTTP ${response.status}`);
  return new Resolver(await response.json());
}

/** The index, which is loaded again where that failed. @param {string} root */
async function index(root) {
  ready ??= load(root);
  try {
    return await ready;
  } catch (error) {
    ready = undefined;
    throw error;
  }
}

/**
 * What each model is called, by its id. Rejects as `meanings` does.
 * @param {string} root @returns {Promise<Record<string, string>>}
 */
export async function calledBy(root) {
  const { models } = await index(root);
  return Object.fromEntries(models.map(({ id, name }) => [id, name]));
}

/**
 * What each name means; where something would be left out of it (`:free`), the model is asked about. Rejects,
 * for a reader to try again, where the index cannot be loaded.
 * @param {string} root @param {readonly string[]} typed @returns {Promise<Resolution[]>}
 */
export async function meanings(root, typed) {
  const resolver = await index(root);
  return typed.map((name) => {
    const meant = resolver.resolve(name);
    return meant.leftOut ? { ...meant, model: "", provider: "", name: "", near: [meant.model] } : meant;
  });
}

/**
 * That a name is no model's, or several models', for a reader.
 * @param {string} typed @param {Resolution} meant
 */
export function unsettled(typed, { leftOut, choices, near }) {
  const name = `“${typed.slice(0, 80)}”`;
  if (leftOut) return `Nothing is known to be served as “${leftOut}”. Do you mean the model without it?`;
  if (choices.length) return `${name} may be several models. Which one?`;
  return `There is no model ${name}.${near.length ? " Did you mean one of these?" : ""}`;
}
