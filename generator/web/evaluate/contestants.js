// The results by contestant (a model, or a model with one of several prompts), as Python sums them up, and
// how long their answers took.

import { outcomeOf } from "./results.js";

/** @import { CellResult, Distribution, Figures, Measured, SummedUp } from "../types/evaluate.js" */
/** @import { Results } from "./results.js" */
/** @typedef {{ name: string, model: number, prompt: number }} Contestant */
/** @typedef {{ seconds: number[], first_tokens: number[], costs: number[] }} Spent by answers */

/** How many models are compared at once. */
export const MOST_MODELS = 12;
const MIDDLE = 0.5;
/** So few values say nothing of quarters and tenths: each is given, too. */
const FEW = 5;

/** @param {Results} results @returns {Contestant[]} */
export function contestantsOf({ names, evaluation: { prompts } }) {
  return names.flatMap((name, model) =>
    prompts.map((asked, prompt) => ({
      name: prompts.length > 1 ? `${name}, “${asked.name}”` : name,
      model,
      prompt,
    })),
  );
}

/** Whether some check looks at the answers to a case. @param {Results} results @param {number} place */
const isChecked = ({ evaluation: { cases, checks } }, place) =>
  checks.length > 0 || (cases[place].checks ?? []).length > 0;

/** The places of the cases whose answers are checked. @param {Results} results */
export const checkedCases = (results) =>
  results.evaluation.cases.flatMap((_, place) => (isChecked(results, place) ? [place] : []));

/** @param {Results} results @param {Contestant} contestant @param {number} place of the case */
const answersOf = (results, { model, prompt }, place) =>
  results.of(place * results.evaluation.prompts.length + prompt, model);

/**
 * What became of each case and time, for Python; what has not come yet counts as no answer.
 * @param {Results} results @param {Contestant} contestant @param {number[]} cases
 * @returns {SummedUp}
 */
export function summedUp(results, contestant, cases) {
  const { repeats, prompts } = results.evaluation;
  const times = Math.max(1, repeats);
  const rows = cases.map((place) => {
    /** @type {(CellResult | undefined)[]} */
    const row = Array.from({ length: times });
    for (const result of answersOf(results, contestant, place)) row[result.repeat] = result;
    return row;
  });
  return {
    name: contestant.name,
    model: results.names[contestant.model],
    prompt: prompts.length > 1 ? prompts[contestant.prompt].name : "",
    scores: rows.map((row) => row.map(scoreOf)),
    costs: rows.map((row) => row.map((result) => result?.cost ?? null)),
  };
}

/**
 * What the answers to these cases took, by case, then by time; null where that is not known.
 * @param {Results} results @param {Contestant} contestant @param {number[]} cases
 * @returns {Measured}
 */
export function measured(results, contestant, cases) {
  const rows = cases.map((place) => answersOf(results, contestant, place).filter(({ failure }) => !failure));
  return {
    tokens: rows.map((row) => row.map(({ tokens }) => tokens ?? null)),
    first_tokens: rows.map((row) => row.map((result) => result.first_token ?? null)),
    seconds: rows.map((row) => row.map(({ seconds }) => seconds)),
  };
}

/** @param {CellResult | undefined} result */
function scoreOf(result) {
  const outcome = result && outcomeOf(result);
  return outcome === "passed" ? 1 : outcome === "failed" ? 0 : null;
}

/**
 * What the answers to these cases took and cost: seconds of those that came, dollars of those whose cost is
 * known.
 * @param {Results} results @param {Contestant} contestant @param {number[]} cases
 * @returns {Spent}
 */
export function spent(results, contestant, cases) {
  const all = cases.flatMap((place) => answersOf(results, contestant, place));
  const answers = all.filter(({ failure }) => !failure);
  return {
    seconds: answers.flatMap(({ seconds }) => seconds ?? []),
    first_tokens: answers.flatMap((result) => result.first_token ?? []),
    costs: all.flatMap(({ cost }) => cost ?? []),
  };
}

/** What that comes to. @param {Spent} all @returns {Figures} */
export function figures({ seconds, first_tokens, costs }) {
  const sorted = Float64Array.from(seconds).sort();
  return {
    median: quantile(sorted, 0.5),
    most: quantile(sorted, 0.9),
    cost: costs.length ? costs.reduce((sum, cost) => sum + cost, 0) / costs.length : null,
    seconds: distribution(sorted),
    first_token: distribution(Float64Array.from(first_tokens).sort()),
  };
}

/**
 * How sorted values lie, and each of a few; null where there is none.
 * @param {Float64Array} sorted @returns {Distribution | null}
 */
function distribution(sorted) {
  if (!sorted.length) return null;
  /** @param {number} share */
  const at = (share) => /** @type {number} */ (quantile(sorted, share));
  return {
    answers: sorted.length,
    each: sorted.length < FEW ? [...sorted] : [],
    least: at(0),
    tenth: at(0.1),
    quarter: at(0.25),
    half: at(0.5),
    three_quarters: at(0.75),
    nine_tenths: at(0.9),
    most: at(1),
  };
}

/**
 * The value that this share of sorted values does not exceed; null where there is none. The median of an even
 * number is midway between the two in the middle.
 * @param {Float64Array} sorted @param {number} share
 */
export function quantile(sorted, share) {
  if (!sorted.length) return null;
  const place = Math.min(sorted.length - 1, Math.max(0, Math.ceil(share * sorted.length) - 1));
  if (share === MIDDLE && sorted.length % 2 === 0) return (sorted[place] + sorted[place + 1]) / 2;
  return sorted[place];
}
