// Running the evaluation: Python asks every cell in its worker and judges what comes.

import { withParameters } from "../../playground/actions/chat.js";
import { reason } from "../../playground/reason.js";
import { Results } from "../results.js";

/** @import { EvaluationRequest } from "../../types/evaluate.js" */
/** @import { RunMessage } from "../../types/playground.js" */
/** @import { Pane } from "../../playground/pane.js" */
/** @import { EvaluatePage } from "../page.js" */

/** @param {EvaluatePage} page */
export async function runAll(page) {
  stop(page);
  page.waiting = true;
  page.reach();
  try {
    await page.start();
  } catch {
    page.waiting = false; // page.start has told why
    return;
  }
  if (page.waiting) {
    try {
      begin(page);
    } catch (error) {
      page.notice = reason(error);
    }
  } else page.notice = "Stopped before anything was sent.";
  page.waiting = false;
  page.changed();
}

/** @param {EvaluatePage} page */
function begin(page) {
  const evaluation = structuredClone(page.evaluation);
  /** @type {EvaluationRequest} */
  const request = {
    kind: "evaluation",
    evaluation,
    models: page.panes.map((pane) => pane.request(withParameters(page, pane, []))),
    allow_code: page.allowsCode,
  };
  const names = namesOf(page.panes);
  const results = new Results(evaluation, names);
  page.open = null;
  const run = page.runtime.run(request, (message) => {
    if (page.run === run) receive(page, results, message);
  });
  page.run = run;
  page.notice = "Asking.";
}

/**
 * What the models are called in the results: by their ids, with the provider where two share one.
 * @param {Pane[]} panes
 */
function namesOf(panes) {
  /** @param {string[]} names */
  const twice = (names) => names.filter((name, place) => names.indexOf(name) !== place);
  const models = panes.map(({ model }) => model);
  const shared = twice(models);
  const names = panes.map((pane) =>
    shared.includes(pane.model) ? `${pane.model}, ${pane.row.name}` : pane.model,
  );
  const again = twice(names);
  return names.map((name, place) => (again.includes(name) ? `${name} (${place + 1})` : name));
}

/**
 * @param {EvaluatePage} page
 * @param {Results} results
 * @param {RunMessage} message
 */
function receive(page, results, message) {
  if (message.kind === "planned") {
    results.cells = message.cells;
    page.results = results;
    page.changed();
  } else if (message.kind === "cell") {
    results.add(message.cell);
    page.progressed();
  } else if (message.kind === "evaluated" || message.kind === "refused" || message.kind === "lost") {
    page.run = null;
    page.closed.close();
    results.over = true;
    page.notice = ended(results, message);
    page.changed();
  }
}

/**
 * @param {Results} results
 * @param {RunMessage} message
 */
function ended(results, message) {
  if (message.kind === "refused" || message.kind === "lost") return message.message;
  const stopped = message.kind === "evaluated" && message.stopped;
  const missing = results.models.reduce((sum, model) => sum + model.missing, 0);
  const without = missing ? ` ${count(missing)} of them without an answer.` : "";
  const done = `${count(results.done)} of ${count(results.cells)} requests`;
  return `${stopped ? "Stopped" : "Finished"}: ${done}.${without}`;
}

/** @param {number} number */
const count = (number) => number.toLocaleString("en");

/** @param {EvaluatePage} page */
export function stop(page) {
  page.waiting = false;
  page.run?.();
  page.closed.close();
}
