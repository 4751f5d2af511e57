// What the results come to: Python says it, with error bars.

import { reason } from "../../playground/reason.js";
import { checkedCases, contestantsOf, quantile, spent, summedUp } from "../contestants.js";
import { rest } from "../rest.js";
import { observe } from "./observed.js";

/** @import { Answers, Figures, Questions, SummedUp } from "../../types/evaluate.js" */
/** @import { Contestant } from "../contestants.js" */
/** @import { EvaluatePage } from "../page.js" */
/** @import { Results } from "../results.js" */

/** From so many answers on summing up may take longer than Python may be silent. */
const MANY = 20_000;
/** Cases between pauses, so that the page goes on answering. */
const BATCH = 500;

/** @param {number[]} places */
const batches = (places) =>
  Array.from({ length: Math.ceil(places.length / BATCH) }, (_, n) =>
    places.slice(n * BATCH, (n + 1) * BATCH),
  );

/**
 * Have the results summed up; they stay as they are where that fails.
 * @param {EvaluatePage} page @param {Results} results
 */
export async function sumUp(page, results) {
  const cases = checkedCases(results);
  if (!cases.length) return;
  const contestants = contestantsOf(results);
  /** @type {SummedUp[]} */
  const models = [];
  /** @type {Figures[]} */
  const figures = [];
  for (const one of contestants) {
    models.push(await outcomes(results, one, cases));
    figures.push(await figuresOf(results, one));
  }
  /** @type {Questions["summary"]} */
  const question = { room: "evaluate", kind: "summary", models };
  const patient = results.done >= MANY;
  try {
    const summary = /** @type {Answers["summary"]} */ (await page.runtime.ask(question, { patient }));
    if (page.results !== results) return;
    page.summary = { ...summary, figures };
    page.changed();
    await observe(page, results, models, cases);
  } catch (error) {
    page.notice = `The results could not be summed up (${reason(error)}).`;
  }
  page.changed();
}

/** @param {Results} results @param {Contestant} one @param {number[]} cases @returns {Promise<SummedUp>} */
async function outcomes(results, one, cases) {
  /** @type {SummedUp} */
  const all = { name: one.name, scores: [], costs: [] };
  for (const places of batches(cases)) {
    const { scores, costs } = summedUp(results, one, places);
    all.scores.push(...scores);
    all.costs.push(...costs);
    await rest();
  }
  return all;
}

/** @param {Results} results @param {Contestant} one @returns {Promise<Figures>} */
async function figuresOf(results, one) {
  /** @type {number[]} */
  const seconds = [];
  let [dollars, priced] = [0, 0];
  for (const places of batches(results.evaluation.cases.map((_, place) => place))) {
    const batch = spent(results, one, places);
    seconds.push(...batch.seconds);
    dollars += batch.costs.reduce((sum, cost) => sum + cost, 0);
    priced += batch.costs.length;
    await rest();
  }
  const sorted = Float64Array.from(seconds).sort();
  return {
    median: quantile(sorted, 0.5),
    most: quantile(sorted, 0.9),
    cost: priced ? dollars / priced : null,
  };
}
