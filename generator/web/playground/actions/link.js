// The page as a link, and a link as the page: sharing, and filling the form from what was shared.

import { Pane } from "../pane.js";
import { reason } from "../reason.js";
import { LONGEST, fromFragment, toFragment } from "../share.js";

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
  const known = new Set(page.data.parameters.map((p) => p.name));
  page.options = {};
  for (const [name, value] of Object.entries(link.options)) {
    if (!known.has(name)) continue;
    if (typeof value === "string" || typeof value === "number") page.options[name] = value;
  }
  for (const pane of page.panes) pane.stop();
  page.panes = link.models.flatMap(({ row: id, model }) => {
    const row = page.rows.get(id);
    return row ? [new Pane(page, row, model)] : [];
  });
  if (!page.panes.length) page.add();
  page.notice = "Filled in from the link. Nothing has been sent.";
  return true;
}

/**
 * The page as a link's fragment; null where it is too long for one.
 * @param {PlaygroundPage} page
 */
export function fragmentOf(page) {
  const models = page.panes.map((pane) => ({ row: pane.row.id, model: pane.model }));
  const options = Object.fromEntries(Object.entries(page.options).filter(([, value]) => value !== ""));
  return toFragment({ system: page.system, prompt: page.prompt, models, options });
}

/**
 * Copy a link to what the form holds, or show it where the browser does not let the page copy.
 * @param {PlaygroundPage} page
 */
export async function share(page) {
  const fragment = fragmentOf(page);
  if (!fragment) {
    page.notice = `This is too long for a link (${LONGEST} characters at most). Export it instead.`;
  } else {
    const url = `${location.origin}${location.pathname}#${fragment}`;
    history.replaceState(null, "", url);
    try {
      await navigator.clipboard.writeText(url);
      page.notice = "The link is copied. It holds the prompt, models and parameters, and no key or address.";
    } catch {
      page.sheet = { title: "Link", texts: { Link: url } };
    }
  }
  page.changed();
}
