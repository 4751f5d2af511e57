// The page Evaluate: cases, prompts, checks and models, and what came of the last run.
//
// views/ draws it, actions/ hold what is done with it. Python reads the files and judges the answers.

import { ConnectedPage } from "../playground/connected/page.js";
import { stop } from "./actions/run.js";
import { restore, store } from "./actions/stored.js";
import { draw } from "./views/page.js";

/** @import { Evaluation } from "../types/evaluate.js" */
/** @import { Results } from "./results.js" */

/** @returns {Evaluation} */
export const empty = () => ({
  almanac_evaluation: 1,
  name: "",
  prompts: [{ name: "prompt", messages: [{ role: "user", text: "" }] }],
  cases: [],
  checks: [],
  parameters: {},
  models: [],
  repeats: 1,
  left_out: [],
});

export class EvaluatePage extends ConnectedPage {
  most = 12;
  evaluation = empty();
  /** What is pasted as cases. */
  pasted = "";
  /** The run's id while there is one. @type {number | null} */
  run = null;
  /** Whether a run waits for Python. */
  waiting = false;
  /** What came of the last run. @type {Results | null} */
  results = null;
  /** The cell whose answers are open. @type {{ row: number, model: number, repeat: number } | null} */
  open = null;

  /** @param {HTMLElement} root */
  constructor(root) {
    super(root);
    this.begin();
  }

  opened() {
    restore(this);
    if (!this.panes.length) for (const id of this.data.start) this.add(this.rows.get(id));
  }

  draw() {
    draw(this);
  }

  putBy() {
    store(this);
  }

  get busy() {
    return this.waiting || this.run !== null;
  }

  close() {
    stop(this);
    super.close();
  }
}
