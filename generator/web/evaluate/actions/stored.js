// What stands in the page while it is loaded again to talk to one more address: in this tab, without any key.

import { Pane } from "../../playground/pane.js";
import { stored } from "../../playground/actions/storage.js";

/** @import { Evaluation } from "../../types/evaluate.js" */
/** @import { Options } from "../../types/playground.js" */
/** @import { EvaluatePage } from "../page.js" */
/** @typedef {{ row: string, model: string, places: Record<string, string>, options: Options }} StoredPane */
/** @typedef {{ evaluation: Evaluation, panes: StoredPane[], options: Options }} StoredPage */

const PAGE = "almanac-evaluation";

/** @param {EvaluatePage} page */
export function store(page) {
  const panes = page.panes.map(({ row, model, places, options }) => ({
    row: row.id,
    model,
    places,
    options,
  }));
  const text = JSON.stringify({ evaluation: page.evaluation, panes, options: page.options });
  try {
    sessionStorage.setItem(PAGE, text);
  } catch {
    // The cases are too many for the tab's storage: the reader chooses the file again.
  }
}

/** @param {EvaluatePage} page */
export function restore(page) {
  /** @type {StoredPage | null} */
  const before = stored(sessionStorage, PAGE);
  sessionStorage.removeItem(PAGE);
  if (!before) return;
  page.evaluation = before.evaluation;
  page.options = before.options;
  for (const { row: id, model, places, options } of before.panes) {
    const row = page.rows.get(id);
    if (row) page.panes.push(Object.assign(new Pane(page, row, model), { places, options }));
  }
  page.notice = "The page was loaded again with one more address. Nothing has been sent.";
}
