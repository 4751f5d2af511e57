// The last runs, in the page, and on the device only where the reader says so.

import { recordOf } from "./record.js";
import { HISTORY } from "./storage.js";

/** @import { PlaygroundPage } from "../page.js" */

const MOST = 20;

/**
 * Put the run that has just ended into the history.
 * @param {PlaygroundPage} page
 */
export function remember(page) {
  if (!page.panes.some((pane) => pane.last)) return;
  try {
    page.history = [recordOf(page), ...page.history].slice(0, MOST);
  } catch {
    return; // tools or schema that are no JSON were shown as such already
  }
  save(page);
}

/** @param {PlaygroundPage} page */
function save(page) {
  if (!page.keepsHistory) return;
  try {
    localStorage.setItem(HISTORY, JSON.stringify(page.history));
  } catch {
    page.notice = "This browser has no room left for the history; older runs stay in this page only.";
  }
}

/** @param {PlaygroundPage} page @param {boolean} yes */
export function keepHistory(page, yes) {
  page.keepsHistory = yes;
  if (yes) save(page);
  else localStorage.removeItem(HISTORY);
  page.changed();
}

/** @param {PlaygroundPage} page */
export function forgetHistory(page) {
  page.history = [];
  save(page);
  page.changed();
}
