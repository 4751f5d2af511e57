// What the results come to: Python says it, with error bars.

import { reason } from "../../playground/reason.js";
import { checkedCases, contestantsOf, figures as taken, spent, summedUp } from "../contestants.js";
import { rest } from "../rest.js";
import { observe } from "./observed.js";

/** @import { Answers, Figures, Questions, SummedUp } from "../../types/evaluate.js" */
/** @import { Contestant, Spent } from "../contestants.js" */
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
  const contestants = contestantsOf(results);
  /** @type {SummedUp[]} */
  const models = [];
  /** @type {Figures[]} */
  const figures = [];
  for (const one of contestants) {
    if (cases.length) models.push(await outcomes(results, one, cases));
    figures.push(await figuresOf(results, one));
  }
  if (!cases.length) {
    // Without a check nobody is better, but each took its time.
    if (page.results === results) page.summary = { headline: "", models: [], pairs: [], figures };
    page.changed();
    return;
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
  const all = { ...summedUp(results, one, []), scores: [], costs: [] };
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
  /** @type {Spent} */
  const all = { seconds: [], first_tokens: [], costs: [] };
  for (const places of batches(results.evaluation.cases.map((_, place) => place))) {
    const { seconds, first_tokens, costs } = spent(results, one, places);
    all.seconds.push(...seconds);
    all.first_tokens.push(...first_tokens);
    all.costs.push(...costs);
    await rest();
  }
  return taken(all);
}
