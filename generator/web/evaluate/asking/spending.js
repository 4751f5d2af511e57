// What a run has cost so far, as a sentence without its end.

import { count, many, usd } from "../text.js";

/** @import { RunProgress } from "../../types/evaluate.js" */
/** @import { Results } from "../results.js" */

/**
 * What was paid, and of what that is not known: unknown is never zero.
 * @param {Pick<RunProgress, "spent" | "counted" | "unknown">} now
 * @param {Pick<Results, "over" | "models" | "received" | "paidFor">} results
 */
export function spentSoFar({ spent, counted, unknown }, { over, models, received, paidFor }) {
  // Answers of before have no known cost either, though this run did not ask for them.
  const unpriced = models.reduce((sum, model) => sum + model.unpriced, 0);
  // A try without an answer may have cost something, too.
  const tries = Math.max(0, unknown - unpriced);
  const without = [
    ...(unpriced ? [many(unpriced, "answer")] : []),
    ...(tries ? [`${count(tries)} failed ${tries === 1 ? "try" : "tries"}`] : []),
  ].join(" and ");
  const sent = over && !received ? "Nothing was sent" : "";
  if (!without) return sent || `${usd(spent)} spent`;
  const most = counted > spent ? `, at most ${usd(counted - spent)} more` : "";
  if (!sent && !paidFor && !spent) return `Cost not known (${without})${most}`;
  const paid = sent || `${usd(spent)} for ${many(paidFor, "answer")}`;
  return `${paid}; the cost of ${without} is not known${most}`;
}
