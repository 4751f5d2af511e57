// The page as a link, and a link as the page: sharing, and filling the form from what was shared.

import { setAside } from "../asking/aside.js";
import { firstFault } from "../asking/limits.js";
import { LINK, shareAddress, wanting } from "../connected/lacking.js";
import { Pane, notKnown } from "../pane.js";
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
  const elsewhere = fill(page, link, LINK);
  shareAddress(page);
  const wants = wanting(page, LINK);
  const faults = () => {
    const fault = firstFault(page, page.panes);
    return fault && ` No model takes one of its parameters: ${fault}`;
  };
  page.tell(
    () => `Filled in from the link. Nothing has been sent.${lacks(link)}${elsewhere}${wants()}${faults()}`,
  );
  return true;
}

/**
 * Fill the form; gives what is to be said of models that this site has no provider for.
 * @param {PlaygroundPage} page
 * @param {Link} link
 * @param {string} what it came in, where that carries no addresses: "A link"
 */
export function fill(page, link, what) {
  const { prompt, system, variables, then } = link;
  setAside(page);
  Object.assign(page, { prompt, system, variables, then, images: [] });
  page.options = taken(page, link.options);
  for (const pane of page.panes) pane.stop();
  begun(page); // what was asked before is in the history; nothing of this link has been
  /** @type {string[]} */
  const unknown = [];
  /** @type {string[]} */
  const elsewhere = [];
  page.panes = link.models.flatMap(({ row: id, choice, model, options, hadKey }) => {
    const row = page.rows.get(id);
    if (!row) {
      unknown.push(`${id}: ${model}`);
      return [];
    }
    const pane = new Pane(page, row, model);
    if (choice && !pane.take(choice)) elsewhere.push(notKnown(pane, choice));
    pane.options = taken(page, options);
    pane.shared = what;
    pane.hadKey = hadKey && Boolean(what);
    return [pane];
  });
  if (!page.panes.length) page.add();
  const providers = unknown.length ? ` This site has no provider for ${unknown.join(", ")}.` : "";
  return providers + elsewhere.join("");
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
 * What stands in the form now, whatever was asked before; what the answers were an export says. `after` is
 * what was asked after the prompt.
 * @param {PlaygroundPage} page
 * @param {string[] | null} [after]
 * @returns {Link}
 */
export function linkOf(page, after = later(page)) {
  const values = variableNames(page).map((name) => [name, page.variables[name] ?? ""]);
  return {
    system: page.system,
    prompt: page.prompt,
    variables: Object.fromEntries(values.filter(([, value]) => value)),
    models: page.panes.map(({ row, linked, model, options, origin, hadKey }) => ({
      row: row.id,
      ...linked,
      model,
      options: set(options),
      hadKey: hadKey || Boolean(row.own && origin && page.keys.get(origin)?.secret),
    })),
    options: set(page.options),
    then: [...(after ?? []), ...page.then],
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

/**
 * What stands in the page beside the form and in no link.
 * @param {PlaygroundPage} page @param {string[] | null} after what was asked after the prompt
 */
const beside = (page, after) => [
  ...(page.panes.some((pane) => pane.last?.text) ? ["the answers (Export has them)"] : []),
  ...(after ? [] : ["what was asked after another prompt"]),
];

/**
 * Copy a link to what stands in the form, or show it where the browser does not let the page copy.
 * @param {PlaygroundPage} page
 */
export async function share(page) {
  const after = later(page);
  const link = linkOf(page, after);
  const { text, left } = toFragment(link);
  const fault = firstFault(page, page.panes);
  const refused =
    (fault && `No link was made. ${fault}`) || refusal(page, "The link", [text, fromFragment(text)]);
  if (text.length > LONGEST)
    page.notice = `This is too long for a link (${LONGEST} characters at most). Export it instead.`;
  else if (refused) page.notice = refused;
  else {
    const url = `${location.origin}${location.pathname}#${text}`;
    history.replaceState(null, "", url);
    const what = holds(link, left, beside(page, after));
    if (await copy(page, "The link", url)) page.pass(`The link is copied. ${what}`);
    else page.sheet = { title: "Link", texts: { Link: url }, note: `Copy the link below. ${what}` };
  }
  page.changed();
}
