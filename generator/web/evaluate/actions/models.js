// The models that a file names, in the page's rows.

import { shareAddress, wanting } from "../../playground/connected/lacking.js";
import { Pane, notKnown } from "../../playground/pane.js";
import { reason } from "../../playground/reason.js";
import { fromFragment } from "../../playground/share.js";

/** @import { Evaluation } from "../../types/evaluate.js" */
/** @import { Link, Options } from "../../types/playground.js" */
/** @import { EvaluatePage } from "../page.js" */

/**
 * Fill in the models of a file, unless the reader has chosen some; gives what is to be done then, for as long
 * as it is so.
 * @param {EvaluatePage} page
 * @param {Pick<Evaluation, "models" | "parameters">} evaluation
 * @param {string} what it came in, as a sentence begins: "A link"
 */
export function useModels(page, { models, parameters }, what) {
  if (Object.keys(parameters).length) page.options = optionsOf(parameters);
  if (!models.length) return () => "";
  if (page.panes.some((pane) => pane.model)) return () => " Your models stay; the file names others.";
  /** @type {string[]} */
  const elsewhere = [];
  const panes = models.slice(0, page.most).flatMap((named) => {
    const row = page.rows.get(named.provider ?? "");
    if (!row) return [];
    const pane = new Pane(page, row, named.model ?? "");
    if (named.choice && !pane.take(named.choice)) elsewhere.push(notKnown(pane, named.choice));
    pane.options = optionsOf(named.parameters ?? {});
    pane.shared = what;
    return [pane];
  });
  const unknown = models.filter(({ provider }) => !page.rows.has(provider ?? "")).map(({ name }) => name);
  const left = unknown.length ? ` Choose the provider of ${unknown.join(", ")} yourself.` : "";
  if (!panes.length) return () => left;
  page.panes = panes;
  shareAddress(page);
  const wants = wanting(page, what, false);
  return () => ` Its models are filled in.${wants()}${left}${elsewhere.join("")}`;
}

/**
 * Add the models of the address, as Choose leads here with them, beside those that are there.
 * @param {EvaluatePage} page
 */
export function addLinked(page) {
  const { hash } = location;
  /** @type {Link | null} */
  let link = null;
  try {
    link = fromFragment(hash, page.most);
  } catch (error) {
    page.notice = reason(error);
  }
  if (!link) return page.changed();
  history.replaceState(null, "", location.pathname);
  const there = page.panes.filter((pane) => pane.model);
  /** @type {string[]} */
  const elsewhere = [];
  const panes = link.models.flatMap(({ row: id, choice = "", model }) => {
    const row = page.rows.get(id);
    if (!row) return [];
    const pane = new Pane(page, row, model);
    if (choice && !pane.take(choice)) elsewhere.push(notKnown(pane, choice));
    const known = there.some((one) => one.row.id === id && one.model === model && one.choice === pane.choice);
    return known ? [] : [pane];
  });
  page.panes = [...there, ...panes].slice(0, page.most);
  if (!page.panes.length) page.add();
  const added = page.panes.length - there.length;
  const left = panes.length - added;
  page.notice = `${page.notice} ${added} models are filled in from the link. Nothing has been sent.`.trim();
  page.notice += elsewhere.join("");
  if (left) page.notice += ` ${page.most} are compared at once; ${left} are left out.`;
  page.changed();
  return undefined;
}

/** A chat's parameters as the fields for them hold them. @param {Record<string, unknown>} parameters */
function optionsOf(parameters) {
  /** @type {Options} */
  const options = {};
  for (const [name, value] of Object.entries(parameters)) {
    if (typeof value === "number" || typeof value === "string") options[name] = value;
    else if (name === "stop" && Array.isArray(value)) options[name] = value.join("\n");
    else if (name === "schema") options[name] = JSON.stringify(Object(value).schema, null, 1);
    else options[name] = JSON.stringify(value, null, 1);
  }
  return options;
}
