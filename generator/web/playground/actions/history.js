// The last runs, in the page, and on the device only where the reader says so.

import { MOST, recordOf } from "./record.js";
import { HISTORY } from "./storage.js";

/** @import { PlaygroundPage } from "../page.js" */
/** @import { Run } from "./record.js" */

/**
 * Put a run into the history, in place of what it was before more was asked in it.
 * @param {PlaygroundPage} page
 * @param {Run} run
 */
export function remember(page, run) {
  const record = recordOf(page, run);
  if (!record) return;
  const at = run.record ? page.history.indexOf(run.record) : -1;
  page.history = at < 0 ? [record, ...page.history].slice(0, MOST) : page.history.with(at, record);
  run.record = record;
  save(page);
}

/** @param {PlaygroundPage} page */
function save(page) {
  if (!page.keepsHistory) return;
  try {
    localStorage.setItem(HISTORY, JSON.stringify(page.history));
  } catch {
    page.notice = "This browser has no room left for the history; what is newer stays in this page only.";
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
