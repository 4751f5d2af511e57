// The page as a link, and a link as the page: sharing, and filling the form from what was shared.

import { Pane } from "../pane.js";
import { LONGEST, fromFragment, toFragment } from "../share.js";

/** Fill the form from the link's fragment; nothing is run. Whether there was something to fill in or to tell. */
export function fillFromLink(page) {
  let link;
  try {
    link = fromFragment(location.hash);
  } catch (error) {
    page.notice = error.message;
    return true;
  }
  if (!link) return false;
  Object.assign(page, { prompt: link.prompt, system: link.system });
  const known = new Set(page.data.parameters.map((p) => p.name));
  page.options = Object.fromEntries(
    Object.entries(link.options).filter(([n, v]) => known.has(n) && ["string", "number"].includes(typeof v)),
  );
  for (const pane of page.panes) pane.stop();
  page.panes = link.models
    .map(({ row, model }) => page.rows.has(row) && new Pane(page, page.rows.get(row), model))
    .filter(Boolean);
  if (!page.panes.length) page.add();
  page.notice = "Filled in from the link. Nothing has been sent.";
  return true;
}

/** The page as a link's fragment; null where it is too long for one. */
export function fragmentOf(page) {
  const models = page.panes.map((pane) => ({ row: pane.row.id, model: pane.model }));
  const options = Object.fromEntries(Object.entries(page.options).filter(([, value]) => value !== ""));
  return toFragment({ system: page.system, prompt: page.prompt, models, options });
}

/** Copy a link to what the form holds, or show it where the browser does not let the page copy. */
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
