// A check to begin with: that the answer contains what a column calls right.

import { textOf } from "../text.js";

/** @import { Check } from "../../types/evaluate.js" */
/** @import { EvaluatePage } from "../page.js" */

/** Columns that hold the right answer, as people call them. */
const RIGHT = /^(?:expected|answer|ideal|target|label|reference|output|correct|right)/i;

/** Whether a column is called as one that holds the right answer. @param {string} name */
export const isRight = (name) => RIGHT.test(name);

/** The column that holds the right answer, if one is called so. @param {EvaluatePage} page */
const rightColumn = ({ facts }) => facts.columns.find(isRight);

/** A check that is added. @param {EvaluatePage} page @returns {Check} */
export function firstCheck(page) {
  const right = rightColumn(page);
  return { name: page.data.checks[0].name, arguments: { value: right ? `{{${right}}}` : "" } };
}

/** Whether no check judges answers although the cases say what is right. @param {EvaluatePage} page */
export function lacksCheck(page) {
  const { cases, checks } = page.evaluation;
  if (checks.length || page.facts.checked) return false;
  const right = rightColumn(page);
  return right !== undefined && cases.some(({ variables }) => textOf(variables[right]).trim());
}
