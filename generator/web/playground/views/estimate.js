// What a run of the form may cost, and each pane of it. Python reckons it, once it is there; until then
// nothing is shown, and never what an earlier form would have cost.

import { chatOf, question } from "../actions/chat.js";

/** @import { Estimates, ModelRequest } from "../../types/playground.js" */
/** @import { PlaygroundPage } from "../page.js" */
/** @import { Pane } from "../pane.js" */

/** @type {PlaygroundPage["estimate"]} */
const NONE = { of: [], ids: [], panes: [], all: "" };

const LATER =
  "A run’s cost is estimated here once Python is loaded, as soon as you write or change something.";

/**
 * Before each drawing: drop what another form would have cost, and have Python reckon this one. While models
 * answer it is not asked, since they come first; what the run was to cost stays as long as its form does.
 * @param {PlaygroundPage} page
 */
export function reckon(page) {
  const of = formOf(page);
  if (isSame(page.estimate.of, of)) return;
  page.estimate = NONE;
  if (!page.runtime.ready || !page.prompt.trim() || page.busy) return;
  const panes = requests(page);
  page.estimate = { ...NONE, of };
  if (!panes.length) return;
  const asked = panes.map(({ request }) => request);
  page.runtime.ask({ kind: "estimate", panes: asked }).then(
    (answer) => {
      if (page.estimate.of !== of) return;
      const { panes: texts, all } = /** @type {Estimates} */ (answer);
      page.estimate = { of, ids: panes.map(({ pane }) => pane.id), panes: texts, all };
      page.changed();
    },
    () => {}, // what can't be sent is told by Run
  );
}

/**
 * All that the cost hangs on; long texts stand by themselves, which are compared without being read again.
 * @param {PlaygroundPage} page
 */
function formOf({ prompt, system, images, variables, options, panes }) {
  const models = panes.map(({ id, row, model, known, options: own }) => [
    id,
    row.id,
    model,
    known.prices,
    own,
  ]);
  return [prompt, system, images.length, JSON.stringify([variables, options, models])];
}

/** @param {unknown[]} one @param {unknown[]} other */
const isSame = (one, other) => one.length === other.length && one.every((value, n) => value === other[n]);

/** The sentence of a pane; empty until there is one. @param {PlaygroundPage} page @param {Pane} pane */
export const estimateOf = ({ estimate: { ids, panes } }, pane) => panes[ids.indexOf(pane.id)] ?? "";

/**
 * The sentence of the run, else what it waits for: its place is never empty for long.
 * @param {PlaygroundPage} page
 */
export function estimateOfAll(page) {
  const { estimate, runtime, prompt, panes } = page;
  if (estimate.all) return estimate.all;
  if (!runtime.ready) return LATER;
  if (!prompt.trim()) return "Write a prompt to see what a run may cost.";
  if (!panes.some(({ model }) => model)) return "Choose a model to see what a run may cost.";
  return page.busy ? "A run’s cost is estimated once the models have answered." : "";
}

/** What Run would send, without keys. @param {PlaygroundPage} page */
function requests(page) {
  /** @type {{ pane: Pane, request: ModelRequest }[]} */
  const all = [];
  for (const pane of page.panes) {
    try {
      if (pane.model)
        all.push({ pane, request: pane.request(chatOf(page, pane, [question(page, pane, page.prompt)])) });
    } catch {
      // A parameter is no JSON yet.
    }
  }
  return all;
}
