// The model that a reader names in a pane: the id by which its provider calls it, or those it may be.

/** @import { ConnectedPage } from "../connected/page.js" */
/** @import { Pane } from "../pane.js" */

/**
 * Take what was typed as the id that it means, where the list has it; else offer what it may mean. Any other
 * id stays as it is: a deployment has a name of its own, and a new model is in no list.
 * @param {ConnectedPage} page @param {Pane} pane
 */
export async function settle(page, pane) {
  const typed = pane.model;
  pane.likely = [];
  if (!typed || pane.models.length < 2 || pane.known.id) return page.changed();
  /** @type {typeof import("../../site/asked.mjs")} */
  const { meanings } = await import(`${page.vendor}asked.js`);
  const [means] = await meanings("../", [typed]).catch(() => [null]);
  if (!means || pane.model !== typed) return undefined;
  const { model, provider, choices, near } = means;
  /** @param {string} id */
  const listed = (id) => pane.models.find((one) => one.model === id) ?? [];
  const own = pane.models.find((one) => one.model === model);
  const elsewhere = provider && provider !== pane.row.id.split(".")[0];
  if (own && !elsewhere && pane.row.places.every(({ name }) => name === "host")) pane.model = own.id;
  else pane.likely = [model, ...choices, ...near].flatMap(listed);
  return page.changed();
}
