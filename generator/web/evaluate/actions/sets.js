// Ready-made sets of cases (docs/evaluate/sets), and the recorded run of one that a reader sees first.

import { Pane } from "../../playground/pane.js";
import { reason } from "../../playground/reason.js";
import { readText } from "./cases.js";
import { runAll } from "./run.js";

/** @import { ReadySet, RecordedRun } from "../../types/evaluate.js" */
/** @import { EvaluatePage } from "../page.js" */

/** So many cases are asked where a reader only wants to see it work. */
const FEW = 8;
/** A short sentence is no longer; a small model may go on. */
const SHORT = 24; // tokens

/** @param {string} file */
async function loaded(file) {
  const response = await fetch(new URL(`sets/${file}`, document.baseURI));
  if (!response.ok) throw new Error(`status ${response.status}`);
  return response;
}

/**
 * Load which sets there are, and the recorded run; without them the page goes on as it is.
 * @param {EvaluatePage} page
 */
export async function loadSets(page) {
  const [sets, recorded] = await Promise.allSettled(
    ["sets.json", "recorded.json"].map(async (file) => (await loaded(file)).json()),
  );
  if (sets.status === "fulfilled") page.sets = /** @type {ReadySet[]} */ (sets.value);
  // Who comes back to cases or with a link to some needs no example.
  if (recorded.status === "fulfilled" && !page.evaluation.cases.length)
    page.recorded = /** @type {RecordedRun} */ (recorded.value);
  page.changed();
}

/**
 * Open a set as if its file had been chosen.
 * @param {EvaluatePage} page @param {string} file
 */
export async function openSet(page, file) {
  try {
    await readText(page, file, await (await loaded(file)).text());
  } catch (error) {
    page.notice = `${file} could not be loaded (${reason(error)}). Try again.`;
    page.changed();
  }
}

/** A few cases of a set, from all over it, on the model that needs no key. @param {EvaluatePage} page */
export async function runFew(page) {
  const { recorded } = page;
  const row = page.rows.get(page.data.keyless);
  if (!recorded || !row) return;
  await openSet(page, recorded.file);
  const { evaluation } = page;
  const step = Math.ceil(evaluation.cases.length / FEW);
  evaluation.cases = evaluation.cases.filter((_, place) => place % step === 0);
  evaluation.prompts = evaluation.prompts.slice(0, 1);
  if (!evaluation.cases.length) return;
  const [model] = await page.modelsOf(row);
  const pane = new Pane(page, row, model?.id ?? "");
  pane.options = { max_tokens: SHORT };
  page.panes = [pane];
  await runAll(page);
}
