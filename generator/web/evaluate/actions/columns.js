// The columns of the cases in a prompt: put in where the reader writes, or as the whole prompt.

import { focusOn } from "../../playground/asking/sight.js";
import { focusField } from "../../playground/connected/lacking.js";
import { isBlank } from "../asking/gaps.js";
import { isRight } from "./propose.js";

/** @import { EvaluatePage } from "../page.js" */

/**
 * The column that is what each case asks, where the only prompt stands empty and there is no doubt.
 * @param {EvaluatePage} page
 */
export function obviousColumn({ evaluation: { prompts, cases }, facts }) {
  const asking = facts.columns.filter((name) => !isRight(name));
  const isOpen = prompts.length === 1 && isBlank(prompts[0]) && prompts[0].messages?.length === 1;
  return isOpen && asking.length === 1 && cases.length && !facts.talks ? asking[0] : "";
}

/** Have each case asked what stands in that column. @param {EvaluatePage} page @param {string} column */
export function usePrompt(page, column) {
  if (obviousColumn(page) !== column) return; // the second click of a double one
  page.evaluation.prompts[0].messages = [{ role: "user", text: `{{${column}}}` }];
  page.changed();
  focusField(page, "#prompt"); // its button is gone
}

/**
 * Put a column in where the reader has written last, or else into the first prompt.
 * @param {EvaluatePage} page @param {string} column
 */
export function insertColumn(page, column) {
  const { root, written } = page;
  const field = written?.isConnected ? written : root.querySelector("#prompt");
  if (!(field instanceof HTMLTextAreaElement)) return;
  const folded = field.closest("details");
  if (folded) folded.open = true;
  field.setRangeText(`{{${column}}}`, field.selectionStart, field.selectionEnd, "end");
  field.dispatchEvent(new Event("input", { bubbles: true }));
  focusOn(field);
}
