// The page as a link, and a link as the page: sharing, and filling the form from what was shared.

import { allLacking, lacking, showLacking, usualPlaces } from "../connected/lacking.js";
import { Pane } from "../pane.js";
import { reason } from "../reason.js";
import { begun, sentTurns } from "./record.js";
import { filled, textOf, variableNames } from "./chat.js";
import { copy, refusal } from "../keys/guard.js";
import { LONGEST, fromFragment, holds, lacks, toFragment } from "../share.js";

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
  const { prompt, system, variables, then } = link;
  Object.assign(page, { prompt, system, variables, then, images: [] });
  page.options = taken(page, link.options);
  for (const pane of page.panes) pane.stop();
  begun(page); // what was asked before is in the history; nothing of this link has been
  /** @type {string[]} */
  const unknown = [];
  page.panes = link.models.flatMap(({ row: id, model, options }) => {
    const row = page.rows.get(id);
    if (!row) {
      unknown.push(`${id}: ${model}`);
      return [];
    }
    const pane = new Pane(page, row, model);
    pane.options = taken(page, options);
    pane.isShared = true;
    return [pane];
  });
  if (!page.panes.length) page.add();
  shareAddress(page);
  const elsewhere = unknown.length ? ` This site has no provider for ${unknown.join(", ")}.` : "";
  page.notice = `Filled in from the link. Nothing has been sent.${lacks(link)}${elsewhere}${wants(page)}`;
  return true;
}

/** Let panes at a server of the reader's own take the address of the first. @param {PlaygroundPage} page */
export function shareAddress(page) {
  const [first, ...others] = page.panes.filter(({ row, isShared }) => row.own && isShared);
  for (const pane of others) pane.follows = first;
}

/**
 * What panes that came without addresses want before Run, shown where it is filled in.
 * @param {PlaygroundPage} page
 * @param {string} what they came in
 */
export function wants(page, what = "A link") {
  const wanting = page.panes.filter((pane) => lacking(pane) || usualPlaces(pane).length);
  if (!wanting.length) return "";
  showLacking(page, wanting);
  const missing = allLacking(wanting);
  return missing
    ? ` ${what} carries no keys or addresses. Missing: ${missing}. Fill that in below, then press Run.`
    : ` ${what} carries no addresses: check what stands below, then press Run.`;
}

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

/** @param {Options} options */
const set = (options) => Object.fromEntries(Object.entries(options).filter(([, value]) => value !== ""));

/**
 * What stands in the form now, whatever was asked before; what the answers were an export says.
 * @param {PlaygroundPage} page
 * @returns {Link}
 */
function linkOf(page) {
  const values = variableNames(page).map((name) => [name, page.variables[name] ?? ""]);
  return {
    system: page.system,
    prompt: page.prompt,
    variables: Object.fromEntries(values.filter(([, value]) => value)),
    models: page.panes.map(({ row, model, options }) => ({ row: row.id, model, options: set(options) })),
    options: set(page.options),
    then: [...(later(page) ?? []), ...page.then],
    images: page.images.length,
    left: [],
  };
}

/**
 * What was asked after the prompt that stands in the form; null where another stands there since.
 * @param {PlaygroundPage} page
 */
function later(page) {
  const turns = sentTurns(page.runs.at(-1)?.turns ?? []).filter((turn) => !turn.replaced);
  const panes = [...new Set(turns.map((turn) => turn.pane))].map((id) => turns.filter((t) => t.pane === id));
  const [longest = []] = panes.toSorted((a, b) => b.length - a.length);
  const [first, ...more] = longest;
  if (!more.length) return [];
  const system = page.system.trim() ? filled(page, page.system) : "";
  const isSame = first.system === system && textOf(first.question) === filled(page, page.prompt);
  return isSame ? more.map((turn) => textOf(turn.question)).filter(Boolean) : null;
}

/** What stands in the page beside the form and in no link. @param {PlaygroundPage} page */
const beside = (page) => [
  ...(page.panes.some((pane) => pane.last?.text) ? ["the answers (Export has them)"] : []),
  ...(later(page) ? [] : ["what was asked after another prompt"]),
];

/**
 * Copy a link to what stands in the form, or show it where the browser does not let the page copy.
 * @param {PlaygroundPage} page
 */
export async function share(page) {
  const link = linkOf(page);
  const { text, left } = toFragment(link);
  const refused = refusal(page, "The link", [text, fromFragment(text)]);
  if (text.length > LONGEST)
    page.notice = `This is too long for a link (${LONGEST} characters at most). Export it instead.`;
  else if (refused) page.notice = refused;
  else {
    const url = `${location.origin}${location.pathname}#${text}`;
    history.replaceState(null, "", url);
    const what = holds(link, left, beside(page));
    if (await copy(page, "The link", url)) page.notice = `The link is copied. ${what}`;
    else {
      page.notice = `Copy the link below. ${what}`;
      page.sheet = { title: "Link", texts: { Link: url } };
    }
  }
  page.changed();
}
