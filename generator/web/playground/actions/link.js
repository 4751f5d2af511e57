// The page as a link, and a link as the page: sharing, and filling the form from what was shared.

import { Pane } from "../pane.js";
import { reason } from "../reason.js";
import { begun, current, sentTurns } from "./record.js";
import { sharedOptions } from "./options.js";
import { textOf } from "./chat.js";
import { copy, refusal } from "../keys/guard.js";
import { LONGEST, fromFragment, toFragment } from "../share.js";

/** @import { Link, Options } from "../../types/playground.js" */
/** @import { PlaygroundPage } from "../page.js" */

/**
 * Fill the form from the link's fragment; nothing is run. Whether there was something to fill in or to tell.
 * @param {PlaygroundPage} page
 */
export function fillFromLink(page) {
  let link;
  try {
    link = fromFragment(location.hash);
  } catch (error) {
    page.notice = reason(error);
    return true;
  }
  if (!link) return false;
  Object.assign(page, { prompt: link.prompt, system: link.system });
  page.options = taken(page, link.options);
  page.then = link.then;
  for (const pane of page.panes) pane.stop();
  begun(page); // what was asked before is in the history; nothing of this link has been
  page.panes = link.models.flatMap(({ row: id, model, options }) => {
    const row = page.rows.get(id);
    if (!row) return [];
    const pane = new Pane(page, row, model);
    pane.options = taken(page, options);
    return [pane];
  });
  if (!page.panes.length) page.add();
  page.notice = `Filled in from the link. Nothing has been sent.${missing(link.images)}`;
  return true;
}

/** @param {number} images */
const missing = (images) =>
  images
    ? ` Its question had ${images === 1 ? "an image" : `${images} images`}: add what a link can’t carry.`
    : "";

/** The options that this page knows. @param {PlaygroundPage} page @param {Record<string, unknown>} options */
function taken(page, options) {
  /** @type {Options} */
  const known = {};
  for (const { name } of page.data.parameters) {
    const value = options[name];
    if (typeof value === "string" || typeof value === "number") known[name] = value;
  }
  return known;
}

/** Models and parameters as they are chosen. @param {PlaygroundPage} page @returns {Link} */
function form(page) {
  const models = page.panes.map(({ row, model, options }) => ({ row: row.id, model, options: set(options) }));
  return { system: "", prompt: "", models, options: set(page.options), then: [], images: 0 };
}

/** @param {Options} options */
const set = (options) => Object.fromEntries(Object.entries(options).filter(([, value]) => value !== ""));

/**
 * What was asked last as a link: the question and those after it, and each model with its parameters as they
 * were sent; of a page that has asked nothing yet, models and parameters.
 * @param {PlaygroundPage} page
 */
function linkOf(page) {
  const turns = sentTurns(current(page).turns).filter((turn) => !turn.replaced);
  const panes = [...new Set(turns.map((turn) => turn.pane))].map((id) => turns.filter((t) => t.pane === id));
  const [longest] = panes.toSorted((a, b) => b.length - a.length);
  if (!longest) return form(page);
  const last = panes.flatMap((each) => each.at(-1) ?? []).slice(0, 6);
  const { common, own } = sharedOptions(page, last);
  const [first, ...more] = longest;
  return {
    system: first.system,
    prompt: textOf(first.question),
    models: last.map(({ row, model }, n) => ({ row, model, options: own[n] })),
    options: common,
    then: more.map((turn) => textOf(turn.question)).filter(Boolean),
    images: first.question.parts.filter((part) => part.type === "image").length,
  };
}

/**
 * Copy a link to what was asked last, or show it where the browser does not let the page copy.
 * @param {PlaygroundPage} page
 */
export async function share(page) {
  const link = linkOf(page);
  const fragment = toFragment(link);
  const refused = fragment && refusal(page, "The link", fragment);
  if (!fragment) {
    page.notice = `This is too long for a link (${LONGEST} characters at most). Export it instead.`;
  } else if (refused) page.notice = refused;
  else {
    const url = `${location.origin}${location.pathname}#${fragment}`;
    history.replaceState(null, "", url);
    const holds = link.prompt
      ? "It holds what was asked last, models and parameters, and no key or address."
      : "It holds models and parameters: the prompt has not been sent yet.";
    if (await copy(page, "The link", url)) page.notice = `The link is copied. ${holds}`;
    else {
      page.notice = `Copy the link below. ${holds}`;
      page.sheet = { title: "Link", texts: { Link: url } };
    }
  }
  page.changed();
}
