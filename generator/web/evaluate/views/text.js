// Values of cases as a reader sees them.

/** @import { Evaluation } from "../../types/evaluate.js" */

/** The variables of all cases. @param {Evaluation} evaluation */
export const columnsOf = ({ cases }) => [...new Set(cases.flatMap((one) => Object.keys(one.variables)))];

/** @param {unknown} value */
export const textOf = (value) =>
  typeof value === "string" ? value : value === undefined ? "" : JSON.stringify(value);

/** @param {number} number */
export const count = (number) => number.toLocaleString("en");
