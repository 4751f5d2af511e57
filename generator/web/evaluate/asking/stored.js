// The results of answers that are stored on this device, as soon as they are opened again.

import { openedStored } from "../actions/keep.js";
import { askedModels } from "../actions/save.js";
import { askedOf, namesOf } from "../actions/run.js";
import { sumUp } from "../actions/summary.js";
import { Results } from "../results.js";

/** @import { EvaluationRequest } from "../../types/evaluate.js" */
/** @import { EvaluatePage } from "../page.js" */

/**
 * Show where the answers belong that are stored, judged as they were; nothing is asked. Python says where,
 * for it names what was asked. Not where the reader has gone on by then.
 * @param {EvaluatePage} page
 */
export async function showStored(page) {
  const { evaluation, panes, answers } = page;
  if (!answers.size || !panes.length || panes.some(({ model }) => !model.trim())) return;
  page.reach();
  const asked = askedOf(page);
  const results = new Results(asked.evaluation, namesOf(panes));
  Object.assign(results, { askedOf: askedModels(page), panes: [...panes], over: true });
  const { cases, prompts, repeats } = asked.evaluation;
  results.cells = cases.length * prompts.length * panes.length * repeats;
  const told = page.notice;
  await page.start();
  await placed(page, results, {
    ...asked,
    kind: "evaluation",
    skip: Object.fromEntries([...answers.values()].map(({ hash, checked }) => [hash, checked])),
    only: [],
    allow_code: false,
  });
  if (page.evaluation !== evaluation || page.results || page.busy || !results.done) return;
  page.results = results;
  if (page.notice === told && results.done === results.cells)
    page.notice = openedStored(page, "None is missing.");
  page.changed();
  await sumUp(page, results);
}

/**
 * Put each answer where it belongs; over once all are there, or Python says that it cannot.
 * @param {EvaluatePage} page @param {Results} results @param {EvaluationRequest} request
 * @returns {Promise<void>}
 */
const placed = (page, results, request) =>
  new Promise((resolve) => {
    const run = page.runtime.steered(request, (message) => {
      if (message.kind === "placed")
        for (const [at, prompt, model, repeat, hash] of message.cells) {
          const before = page.answers.get(hash);
          if (before) results.add({ ...before, case: at, prompt, model, repeat });
        }
      else if (message.kind === "planned") {
        run.stop(); // before it asks for what is to be judged anew
        resolve();
      } else if (message.kind === "refused" || message.kind === "lost") resolve();
    });
  });
