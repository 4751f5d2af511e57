// Results saved as a file, and opened again, by themselves or beside a later run. No key and no address is in
// it.

import { FILE } from "../../playground/connected/lacking.js";
import { refusal } from "../../playground/keys/guard.js";
import { reason } from "../../playground/reason.js";
import { Earlier } from "../earlier.js";
import { rest } from "../rest.js";
import { Results } from "../results.js";
import { inLines, partsOf, withoutKeys } from "../results_lines.js";
import { count, day } from "../text.js";
import { keepOpened } from "./keep.js";
import { useModels } from "./models.js";
import { stop } from "./run.js";
import { handOver } from "./save.js";
import { sumUp } from "./summary.js";

/** @import { CellResult, Evaluation, ResultsFile } from "../../types/evaluate.js" */
/** @import { EvaluatePage } from "../page.js" */

const MISSING = "its evaluation, models or results are missing";
/** Cases between pauses. */
const BATCH = 1000;

/** Save the results; an answer that repeats a key of the reader's stays here. @param {EvaluatePage} page */
export async function saveResults(page) {
  const { results } = page;
  if (!results) return;
  page.notice = "The file is being written …";
  page.changed();
  const { results: _, ...head } = headOf(results);
  const { lines, left } = await withoutKeys(results.all(), page.keys.finder());
  const { evaluation } = head;
  page.notice = refusal(page, "The file", evaluation, { shapes: false });
  if (!page.notice) {
    page.notice = handOver(inLines(head, lines), evaluation.name, "results");
    page.notice += withKeys(left);
    page.saved = results;
  }
  page.changed();
}

/**
 * The results as a file, and how many answers repeat a key of the reader's and are not in it.
 * @param {EvaluatePage} page @param {Results} results
 * @returns {Promise<{ file: ResultsFile, left: number }>}
 */
export async function fileOf(page, results) {
  const { saved, left } = await withoutKeys(results.all(), page.keys.finder());
  return { file: { ...headOf(results), results: saved }, left };
}

/** A file without its results. @param {Results} results @returns {ResultsFile} */
const headOf = (results) => ({
  almanac_results: 1,
  saved: new Date().toISOString(),
  ...(results.made.catalog ? { catalog: results.made.catalog } : {}),
  evaluation: { ...results.evaluation, left_out: [] },
  models: results.names,
  results: [],
});

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
    page.notice = `Reading ${file.name}.`;
    page.changed();
    const results = await resultsOf(file);
    stop(page);
    let taken = 0;
    for (const answers of results.results.values()) {
      for (const result of answers) page.answers.set(result.hash, result);
      if (++taken % BATCH === 0) await rest();
    }
    const evaluation = structuredClone(results.evaluation);
    Object.assign(page, { evaluation, results, saved: results, summary: null, observed: null });
    const models = useModels(page, evaluation, FILE);
    page.tell(() => `${file.name} is open: ${count(results.done)} results.${models()}`);
    page.changed();
    await sumUp(page, results);
    await keepOpened(page);
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
    page.earlier = new Earlier(await resultsOf(file));
    page.notice = `${file.name} is the earlier run now.`;
  } catch (error) {
    const why = reason(error);
    page.notice = `${file.name} cannot be read as saved results (${why}). Choose a .results.json file.`;
  }
  page.changed();
}

/** @param {File} file */
async function resultsOf(file) {
  const parts = partsOf(file);
  const all = emptyOf((await parts.next()).value);
  let others = 0;
  for await (const results of parts) {
    if (!Array.isArray(results)) throw new Error(MISSING);
    for (const result of results)
      if (isResult(all, result)) all.add(result);
      else others += 1;
  }
  if (others) throw new Error(`${others} of its results are not of its evaluation`);
  all.cells = all.done;
  all.over = true;
  return all;
}

/** The results of a file before the first is read. @param {unknown} value the file without them */
function emptyOf(value) {
  const head = /** @type {ResultsFile} */ (Object(value));
  const { almanac_results: version, saved, catalog, evaluation, models } = head;
  if (version !== 1) throw new Error(`almanac_results is ${JSON.stringify(version)}, not 1`);
  if (!isEvaluation(evaluation) || !isListOf(models, "string")) throw new Error(MISSING);
  const made = new Date(saved);
  return new Results(evaluation, models, {
    day: Number.isNaN(Number(made)) ? "" : day(made),
    catalog: typeof catalog === "string" && /^[0-9a-f]{64}$/.test(catalog) ? catalog : "",
  });
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
