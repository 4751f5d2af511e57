// What the results come to: Python says it, with error bars.

import { reason } from "../../playground/reason.js";
import { checkedCases, contestantsOf, summedUp } from "../contestants.js";

/** @import { Answers, Questions } from "../../types/evaluate.js" */
/** @import { EvaluatePage } from "../page.js" */
/** @import { Results } from "../results.js" */

/** From so many answers on summing up may take longer than Python may be silent. */
const MANY = 20_000;

/**
 * Have the results summed up; they stay as they are where that fails.
 * @param {EvaluatePage} page @param {Results} results
 */
export async function sumUp(page, results) {
  const cases = checkedCases(results);
  if (!cases.length) return;
  /** @type {Questions["summary"]} */
  const question = {
    room: "evaluate",
    kind: "summary",
    models: contestantsOf(results).map((one) => summedUp(results, one, cases)),
  };
  // Python may take its time over many answers, and says nothing meanwhile.
  page.runtime.watched = results.done < MANY;
  try {
    const summary = /** @type {Answers["summary"]} */ (await page.runtime.ask(question));
    if (page.results === results) page.summary = summary;
  } catch (error) {
    page.notice = `The results could not be summed up (${reason(error)}).`;
  } finally {
    page.runtime.watched = true;
  }
  page.changed();
}
