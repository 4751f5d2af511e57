// Forgetting all: keys, runs and history, what the address says, stored evaluations, and this almanac's files
// in the browser's caches.

import { forgetHistory } from "../actions/history.js";
import { stopAll } from "../actions/runs.js";
import { cachePrefix } from "../caches.js";
import { dropDraft, formText } from "../draft.js";
import { reason } from "../reason.js";
import { forgetForms } from "./names.js";

/** @import { ConnectedPage } from "../connected/page.js" */
/** @import { PlaygroundPage } from "../page.js" */

/**
 * Forget all, here and in other tabs; what has happened is told after it has.
 * @param {ConnectedPage} page
 */
export async function forgetAll(page) {
  page.keys.forget();
  page.forget();
  page.changed();
  try {
    await forgetFiles();
    page.notice = `All is forgotten: keys, ${page.holds}, and the files kept offline.`;
  } catch (error) {
    page.notice =
      `Forgotten are keys, ${page.holds}; the files kept offline could not be removed ` +
      `(${reason(error)}). Clear this site’s data in the browser’s settings.`;
  }
  page.changed();
}

/**
 * What the playground holds beside its keys; Python ends with what it was given.
 * @param {PlaygroundPage} page
 */
export function forgetHere(page) {
  stopAll(page);
  page.endPython();
  forgetHistory(page);
  for (const pane of page.panes) Object.assign(pane, { turns: [], steps: null });
  Object.assign(page, { runs: [], then: [], standings: null, sheet: null, diff: null, keeping: null });
  Object.assign(page, { aside: null, removed: null });
  page.cell.output.textContent = "";
  history.replaceState(null, "", location.pathname);
  dropDraft();
  page.untouched = formText(page); // what still stands in the form is stored once it is changed
}

async function forgetFiles() {
  await forgetForms();
  const names = (await globalThis.caches?.keys()) ?? [];
  const ours = names.filter((name) => name.startsWith(cachePrefix()));
  await Promise.all(ours.map((name) => caches.delete(name)));
  // A worker whose files are gone would not fetch them again.
  const worker = await navigator.serviceWorker?.getRegistration("offline.js");
  if (worker?.scope === new URL("./", document.baseURI).href) await worker.unregister();
}
