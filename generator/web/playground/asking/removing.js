// Removing a model, and what brings it back until something else is changed: its conversation would be lost.

import { focusField } from "../connected/lacking.js";

/** @import { ConnectedPage } from "../connected/page.js" */
/** @import { Pane } from "../pane.js" */
/** @typedef {Pick<ConnectedPage, "panes" | "removed" | "remove" | "pass" | "changed">} Page */
/**
 * A model that was removed: the models before and after that, whose address was its own, and what was removed
 * before it.
 * @typedef {{
 *   pane: Pane, before: Pane[], after: Pane[], followers: Pane[], previous: Removed | null
 * }} Removed
 */

/** What stands in a field is undone by the field itself. */
const WRITES = "input, textarea, select, [contenteditable=true]";

/**
 * What can be brought back: nothing once models were added, chosen or asked.
 * @param {Pick<Page, "panes" | "removed">} page
 */
export const offered = ({ removed, panes }) => (removed?.after === panes ? removed : null);

/**
 * Remove a model as its reader wants; one that answers is stopped.
 * @param {Page} page @param {Pane} pane
 */
export function removeModel(page, pane) {
  const { panes: before } = page;
  const followers = before.filter(({ follows }) => follows === pane);
  const stopped = pane.running && !pane.isStopping ? " Its answer stops." : "";
  const previous = offered(page);
  page.remove(pane);
  page.removed = { pane, before, after: page.panes, followers, previous };
  page.pass(`Removed ${pane.name}.${stopped}`);
}

/** Bring back what was removed last, with all that it had. @param {ConnectedPage} page */
export function bringBack(page) {
  const removed = offered(page);
  if (!removed) return;
  const { pane, before, followers, previous } = removed;
  page.panes = before;
  page.removed = previous;
  for (const one of followers) if (one.places === pane.places) one.follows = pane;
  page.pass(`${pane.name} is back.`);
  focusField(page, `#panes > :nth-child(${before.indexOf(pane) + 1}) .remove`);
}

/**
 * A listener by which Ctrl+Z brings it back, where it undoes nothing that is written.
 * @param {ConnectedPage} page
 */
export const undoes = (page) => (/** @type {KeyboardEvent} */ event) => {
  const { key, ctrlKey, metaKey, shiftKey, target } = event;
  if (key.toLowerCase() !== "z" || !(ctrlKey || metaKey) || shiftKey || !offered(page)) return;
  if (target instanceof Element && target.closest(WRITES)) return;
  event.preventDefault();
  bringBack(page);
};
