// Values of cases as a reader sees them.

/** @import { Evaluation } from "../../types/evaluate.js" */

/** The variables of all cases. @param {Evaluation} evaluation */
export const columnsOf = ({ cases }) => [...new Set(cases.flatMap((one) => Object.keys(one.variables)))];

/** @param {unknown} value */
export const textOf = (value) =>
  typeof value === "string" ? value : value === undefined ? "" : JSON.stringify(value);

/** @param {number} number */
export const count = (number) => number.toLocaleString("en");

/** A share from 0 to 1. @param {number} share */
export const percent = (share) => `${Math.round(share * 100)} %`;

/** @param {number} value */
export const seconds = (value) => `${value < 10 ? Number(value.toPrecision(2)) : Math.round(value)} s`;

/** A small amount of dollars, with two digits that count. @param {number} value */
export const usd = (value) =>
  value >= 1 ? `$${value.toFixed(2)}` : `$${value.toFixed(Math.min(12, 1 - Math.floor(Math.log10(value))))}`;
