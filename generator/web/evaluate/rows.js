// Which rows of the results a reader asks for: failed, slow, dear, worse than before, with a text.

import { quantile } from "./contestants.js";

/** @import { Matched } from "./earlier.js" */
/** @import { Results, Tally } from "./results.js" */
/** @typedef {{ which: string, text: string }} Shown */

/** Which rows can be asked for, and what they are called. @type {Record<string, string>} */
export const SHOWN = {
  all: "all",
  failed: "where a model failed",
  disagree: "where models disagree",
  mixed: "where repeats differ",
  missing: "without an answer",
  slow: "slow: the slowest tenth of a model’s answers",
  dear: "dear: the dearest tenth of a model’s answers",
};
/** The same, of an earlier run. @type {Record<string, string>} */
export const CHANGED = {
  worse: "worse than in the earlier run",
  better: "better than in the earlier run",
};
/** The share of a model's answers that are neither slow nor dear. */
const USUAL = 0.9;

/**
 * The rows that are asked for, by their places.
 * @param {Results} results
 * @param {Shown} shown one of SHOWN or CHANGED, and a text in the case's name or variables
 * @param {Matched | null} [matched] the earlier run
 */
export function rowsOf(results, { which, text }, matched = null) {
  const terms = text.toLowerCase().split(/\s+/).filter(Boolean);
  const isWanted = wanted(results, which, matched);
  return results.rows.flatMap((row, place) =>
    isWanted(row, place) && (!terms.length || matches(results, place, terms)) ? [place] : [],
  );
}

/**
 * @param {Results} results @param {string} which @param {Matched | null} matched
 * @returns {(row: Tally[], place: number) => boolean}
 */
function wanted(results, which, matched) {
  if (which === "slow") return atTheEnd(results.seconds, ({ slowest }) => slowest);
  if (which === "dear") return atTheEnd(results.costs, ({ dearest }) => dearest);
  if (which === "worse") return (row, place) => row.some((_, model) => change(matched, place, model) < 0);
  if (which === "better") return (row, place) => row.some((_, model) => change(matched, place, model) > 0);
  return (row) => isShown(row, which);
}

/** @param {Matched | null} matched @param {number} row @param {number} model */
const change = (matched, row, model) => matched?.change({ row, model }) ?? 0;

/**
 * Whether a row has one of those answers of a model whose figure is the highest.
 * @param {{ sorted: Float64Array }[]} figures by model @param {(tally: Tally) => number} highest of a row
 */
function atTheEnd(figures, highest) {
  const limits = figures.map(({ sorted }) => quantile(sorted, USUAL) ?? Infinity);
  return (/** @type {Tally[]} */ row) => row.some((tally, model) => highest(tally) > limits[model]);
}

/** @param {Tally[]} row @param {string} which */
function isShown(row, which) {
  if (which === "failed") return row.some((tally) => tally.failed);
  if (which === "missing") return row.some((tally) => tally.missing);
  if (which === "mixed") return row.some((tally) => tally.passed && tally.failed);
  if (which !== "disagree") return true;
  const judged = row.filter((tally) => tally.passed + tally.failed);
  const [first] = judged;
  return judged.some((tally) => tally.passed * first.failed !== first.passed * tally.failed);
}

/** @param {Results} results @param {number} place @param {string[]} terms */
function matches(results, place, terms) {
  const { name, variables } = results.asked(place).case;
  const text = `${name} ${JSON.stringify(variables)}`.toLowerCase();
  return terms.every((term) => text.includes(term));
}
