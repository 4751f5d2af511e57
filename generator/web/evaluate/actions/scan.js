// Keys in cases: who opens a file is told before a run would send them to every model.

import { rest } from "../rest.js";

/** @import { Evaluation } from "../../types/evaluate.js" */
/** @import { EvaluatePage } from "../page.js" */

const BATCH = 200; // cases between pauses, so that the page goes on answering

/**
 * What to tell of a key in what was read: the first case, or the prompts, that hold one; else empty.
 * @param {EvaluatePage} page @param {Evaluation} read
 */
export async function keyIn(page, { cases, prompts, checks }) {
  const shapes = page.data.key_shapes;
  for (const [place, one] of cases.entries()) {
    if (place % BATCH === BATCH - 1) await rest();
    const found = page.keys.found(one, shapes);
    if (found) return warning(`Case ${one.name}`, found);
  }
  const found = page.keys.found([prompts, checks], shapes);
  return found ? warning("A prompt or check", found) : "";
}

/** @param {string} where @param {string} found */
const warning = (where, found) =>
  ` ${where} holds ${found}: a run would send it to every model. Take it out of the file first.`;
