// Results saved as a file, and opened again, by themselves or beside a later run. No key and no address is in
// it.

import { refusal } from "../../playground/keys/guard.js";
import { reason } from "../../playground/reason.js";
import { Earlier } from "../earlier.js";
import { Results } from "../results.js";
import { count, day } from "../text.js";
import { stop } from "./run.js";
import { handOver } from "./save.js";
import { sumUp } from "./summary.js";

/** @import { CellResult, Evaluation, ResultsFile } from "../../types/evaluate.js" */
/** @import { EvaluatePage } from "../page.js" */

/** Save the results; an answer that repeats a key of the reader's stays here. @param {EvaluatePage} page */
export function saveResults(page) {
  const { results } = page;
  if (!results) return;
  const { file, left } = fileOf(page, results);
  const { evaluation } = file;
  page.notice = refusal(page, "The file", JSON.stringify(evaluation), { shapes: false });
  if (!page.notice) {
    page.notice = handOver(JSON.stringify(file), evaluation.name, "results");
    page.notice += withKeys(left);
  }
  page.changed();
}

/**
 * The results as a file, and how many answers repeat a key of the reader's and are not in it.
 * @param {EvaluatePage} page @param {Results} results @returns {{ file: ResultsFile, left: number }}
 */
export function fileOf(page, results) {
  const all = results.all();
  const saved = all.filter((result) => !page.keys.found(JSON.stringify(result)));
  const file = {
    almanac_results: /** @type {const} */ (1),
    saved: new Date().toISOString(),
    ...(results.made.catalog ? { catalog: results.made.catalog } : {}),
    evaluation: { ...results.evaluation, left_out: [] },
    models: results.names,
    results: saved,
  };
  return { file, left: all.length - saved.length };
}

/** How many answers were left out for their keys. @param {number} left */
export const withKeys = (left) =>
  left ? ` Left out are answers that repeat a key of yours: ${count(left)}.` : "";

/** Whether a file's first characters are those of saved results. @param {string} start */
export const isResultsFile = (start) => /^\s*\{\s*"almanac_results"/.test(start);

/**
 * Open saved results with the evaluation that they are of.
 * @param {EvaluatePage} page @param {File} file
 */
export async function openResults(page, file) {
  try {
    const results = resultsOf(parsed(await file.text()));
    stop(page);
    for (const result of results.all()) page.answers.set(result.hash, result);
    const evaluation = structuredClone(results.evaluation);
    Object.assign(page, { evaluation, results, summary: null, observed: null });
    page.notice = `${file.name} is open: ${count(results.done)} results.`;
    page.changed();
    await sumUp(page, results);
  } catch (error) {
    page.notice = `${file.name} cannot be read as saved results (${reason(error)}).`;
    page.changed();
  }
}

/**
 * Open saved results as the earlier run.
 * @param {EvaluatePage} page @param {File} file
 */
export async function openEarlier(page, file) {
  try {
    page.earlier = new Earlier(resultsOf(parsed(await file.text())));
    page.notice = `${file.name} is the earlier run now.`;
  } catch (error) {
    const why = reason(error);
    page.notice = `${file.name} cannot be read as saved results (${why}). Choose a .results.json file.`;
  }
  page.changed();
}

/**
 * The value of a JSON text. A number beyond those of JavaScript would be null once it is saved.
 * @param {string} text @returns {unknown}
 */
const parsed = (text) =>
  JSON.parse(text, (name, value) => {
    if (typeof value !== "number" || Number.isFinite(value)) return value;
    throw new Error(`${name} has a number larger than any here; write it as a text`);
  });

/** @param {unknown} value */
function resultsOf(value) {
  const {
    almanac_results: version,
    saved,
    catalog,
    evaluation,
    models,
    results,
  } = /** @type {ResultsFile} */ (Object(value));
  if (version !== 1) throw new Error(`almanac_results is ${JSON.stringify(version)}, not 1`);
  if (!isEvaluation(evaluation) || !isListOf(models, "string") || !Array.isArray(results))
    throw new Error("its evaluation, models or results are missing");
  const made = new Date(saved);
  const all = new Results(evaluation, models, {
    day: Number.isNaN(Number(made)) ? "" : day(made),
    catalog: typeof catalog === "string" && /^[0-9a-f]{64}$/.test(catalog) ? catalog : "",
  });
  for (const result of results) if (isResult(all, result)) all.add(result);
  if (all.done !== results.length)
    throw new Error(`${results.length - all.done} of its results are not of its evaluation`);
  all.cells = all.done;
  all.over = true;
  return all;
}

/** @param {unknown} value @returns {value is Evaluation} */
const isEvaluation = (value) => {
  const { cases, prompts } = Object(value);
  return Array.isArray(cases) && cases.every((one) => one?.variables) && Array.isArray(prompts);
};

/** @param {unknown} value @param {string} type */
const isListOf = (value, type) => Array.isArray(value) && value.every((entry) => typeof entry === type);

/** @param {Results} all @param {unknown} value @returns {value is CellResult} */
function isResult(all, value) {
  /** @type {CellResult} */
  const {
    case: place,
    prompt,
    model,
    repeat,
    hash,
    checked,
    text,
    failure,
    passed,
    verdicts,
  } = Object(value);
  const { cases, prompts } = all.evaluation;
  return (
    [place, prompt, model, repeat].every((number) => Number.isInteger(number) && number >= 0) &&
    place < cases.length &&
    prompt < prompts.length &&
    model < all.names.length &&
    isListOf([hash, checked, text, failure], "string") &&
    Array.isArray(verdicts) &&
    [passed, ...verdicts.map((verdict) => verdict?.passed)].every((it) => [true, false, null].includes(it))
  );
}
