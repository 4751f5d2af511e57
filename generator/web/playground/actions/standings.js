// How the panes' figures compare: Python says it, of all runs since the page was opened.

import { questionsOf } from "./chat.js";

/** @import { MeasuredPane, Standings } from "../../types/playground.js" */
/** @import { PlaygroundPage } from "../page.js" */
/** @import { Pane } from "../pane.js" */
/** @import { Turn } from "../turn.js" */

/** The panes whose last question has come to an end, one way or another. @param {PlaygroundPage} page */
export const ended = (page) => page.panes.filter((pane) => pane.last?.end);

/**
 * The comparison that each page asked for last: answers need not come in the order of their questions.
 * @type {WeakMap<PlaygroundPage, object>}
 */
const latest = new WeakMap();

/**
 * Have the panes compared; without Python, or where it ends meanwhile, there is no comparison.
 * @param {PlaygroundPage} page
 */
export async function measure(page) {
  const panes = ended(page);
  const turns = panes.flatMap((pane) => pane.last ?? []);
  if (turns.length < 2 || !page.runtime.ready) return;
  const question = { kind: "standings", panes: panes.map((pane) => measured(page, pane)) };
  latest.set(page, question);
  /** @type {PlaygroundPage["standings"]} */
  let standings = null;
  try {
    const answer = /** @type {Standings} */ (await page.runtime.ask(question));
    standings = { ...answer, turns };
  } catch {
    // Without Python there is no comparison.
  }
  if (latest.get(page) !== question) return;
  page.standings = standings;
  page.changed();
}

/** @param {PlaygroundPage} page @param {Pane} pane @returns {MeasuredPane} */
function measured(page, { turns, last }) {
  const asked = JSON.stringify(questionsOf(turns));
  const every = page.runs.flatMap((run) => run.turns);
  const runs = last ? once(every.filter((turn) => turn === last || isSame(turn, last))) : [];
  return {
    asked,
    runs: runs.flatMap(({ end, metrics }) => (end ? [{ end, metrics: metrics ?? {} }] : [])),
  };
}

/**
 * Each answer once: a run that is opened from the history or a file is no other run.
 * @param {Turn[]} turns
 */
const once = (turns) => [...new Map(turns.map((turn) => [momentOf(turn), turn])).values()];

/** When it was sent and when it ended. @param {Turn} turn */
const momentOf = (turn) => JSON.stringify([turn.ended, turn.attempts]);

/** Whether both sent exactly the same to the same model. @param {Turn} one @param {Turn} other */
const isSame = (one, other) =>
  one.row === other.row &&
  one.model === other.model &&
  one.request !== null &&
  JSON.stringify(one.request) === JSON.stringify(other.request);
