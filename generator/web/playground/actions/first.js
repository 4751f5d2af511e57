// What a newcomer begins with: models to start from, a prompt, a model without a key.

import { focusOn } from "../asking/sight.js";
import { isHere } from "../keyless/weights.js";
import { Pane } from "../pane.js";
import { savesData } from "../python/files.js";

/** @import { Row } from "../../types/playground.js" */
/** @import { PlaygroundPage } from "../page.js" */

const SAVING = "Your browser asks sites to save data, and this is a large download. ";

/** The models and the prompt that an empty page begins with. @param {PlaygroundPage} page */
export function begin(page) {
  const { start, examples } = page.data;
  page.panes = start.flatMap(({ row: id, model }) => {
    const row = page.rows.get(id);
    return row ? [new Pane(page, row, model)] : [];
  });
  if (!page.panes.length) page.add();
  page.prompt ||= examples[0]?.prompt ?? "";
}

/** Whether the prompt is none of the reader's own. @param {PlaygroundPage} page */
export const isExample = ({ prompt, data }) =>
  !prompt.trim() || data.examples.some((example) => example.prompt === prompt);

/** Whether a pane wants something filled in and has asked nothing. @param {Pane} pane */
export const isIdle = (pane) => pane.unready && !pane.turns.length;

/**
 * A pane for the model in the page, in place of those that still want a key.
 * @param {PlaygroundPage} page
 * @param {Row} row
 */
export function useKeyless(page, row) {
  if (page.panes.some((pane) => pane.row === row)) return; // the second click of a double one
  for (const pane of page.panes.filter(isIdle)) page.remove(pane);
  // At once, since Run may be pressed at once; its one model is filled in as its list comes.
  const pane = new Pane(page, row);
  page.panes = [...page.panes, pane];
  let isThere = false;
  isHere(page.weights).then((is) => {
    isThere = is;
    page.changed();
  });
  const text = () =>
    isThere
      ? `${row.name}: press Run to ask it; it is downloaded already. ${row.access}`
      : `${row.name}: press Run to download and ask it. ${savesData() ? SAVING : ""}${row.access}`;
  page.tell(() => (page.panes.includes(pane) && !pane.turns.length ? text() : ""));
  focusOn(page.control("#run"), { later: true });
}
