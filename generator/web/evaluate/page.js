// The page Evaluate: cases, prompts, checks and models, and what came of the last run.
//
// views/ draws it, actions/ hold what is done with it. Python reads the files and judges the answers.

import { ConnectedPage } from "../playground/connected/page.js";
import { SMALL } from "../playground/keyless/local.js";
import { isHere } from "../playground/keyless/weights.js";
import { askBeforeLeaving } from "../playground/leaving.js";
import { openKept } from "./actions/keep.js";
import { fillFromLink } from "./actions/link.js";
import { addLinked } from "./actions/models.js";
import { stop } from "./actions/run.js";
import { loadSets } from "./actions/sets.js";
import { Answered } from "./asking/answered.js";
import { wouldLose } from "./asking/leaving.js";
import { showStored } from "./asking/stored.js";
import { ClosedPython } from "./closed.js";
import { MOST_MODELS } from "./contestants.js";
import { factsOf, once } from "./facts.js";
import { Grid } from "./grid.js";
import { Store } from "./store.js";
import { draw, drawResults } from "./views/page.js";

/** @import { CellResult, CodeJob, Evaluation, Figures, Forecast, Form } from "../types/evaluate.js" */
/** @import { LeftOut, Observed, ReadySet, RecordedRun, Summary } from "../types/evaluate.js" */
/** @import { Steered } from "../playground/python/runtime.js" */
/** @import { Earlier, Matched } from "./earlier.js" */
/** @import { Results } from "./results.js" */
/** @typedef {{ row: number, model: number }} Place of the answers of one case and model */

const RUNNING = 250; // milliseconds between drawings of the results while they come

/** @returns {Evaluation} */
export const empty = () => ({
  almanac_evaluation: 1,
  name: "",
  prompts: [{ name: "Prompt 1", messages: [{ role: "user", text: "" }] }],
  cases: [],
  checks: [],
  parameters: {},
  models: [],
  repeats: 1,
  left_out: [],
});

export class EvaluatePage extends ConnectedPage {
  holds = "the cases, prompts, checks and results in this page and on this device";
  evaluation = empty();
  /** How often a case was edited. */
  edits = 0;
  #facts = once(factsOf);
  answered = new Answered();
  /** The sets that can be opened. @type {ReadySet[]} */
  sets = [];
  /** A run that is shown while there is none of the reader's own. @type {RecordedRun | null} */
  recorded = null;
  /** Whether the file of the model that needs no key is in this browser. */
  hasWeights = false;
  /** Whether a download of it was cancelled, so that nothing could be asked. */
  isCancelled = false;
  /** A link to the set-up, where it could not be copied. */
  link = "";
  /** The field of a prompt that the reader was in last. @type {Element | null} */
  written = null;
  /** What a run has asked for at a field, as gaps.js names it. */
  pointed = { field: "", text: "" };
  /** What is pasted as cases. */
  pasted = "";
  /** The run, while there is one. @type {Steered | null} */
  run = null;
  /** What has been answered, by the hash of what was asked; failures, too. @type {Map<string, CellResult>} */
  answers = new Map();
  /** What may be spent, in dollars, as the reader wrote it; empty for no limit. */
  budget = "";
  /** Whether models without a known price run under a budget. */
  unpriced = false;
  /** What all would cost, once the reader has asked. @type {Forecast | null} */
  forecast = null;
  /** The start of a run that has sent nothing yet. @type {symbol | null} */
  waiting = null;
  /** What came of the last run. @type {Results | null} */
  results = null;
  /** The results that were saved as a file, or opened from one. @type {Results | null} */
  saved = null;
  /** What the results come to, once they are all there. @type {(Summary & { figures: Figures[] }) | null} */
  summary = null;
  /** What Choose is given of the results, once they are summed up. @type {Observed | null} */
  observed = null;
  /** Whether the text of the prompts goes to Choose, too. */
  withTexts = false;
  /** The run before this one, or one from a file. @type {Earlier | null} */
  earlier = null;
  /**
   * How the results lie beside the earlier run, and of which two that is.
   * @type {{ of: [Results, Earlier], matched: Matched } | null}
   */
  #matched = null;
  /** What the results are saved as. @type {Form | "json"} */
  form = "json";
  /** What is not the same in the file that was saved last. @type {LeftOut[]} */
  notSaved = [];
  /** Which rows of the results are shown. */
  shown = { which: "all", text: "" };
  /** The cell whose answers are open. @type {Place | null} */
  open = null;
  /** With which other answer the open ones are compared, and what differs. */
  compared = { with: "", parts: /** @type {HTMLElement[]} */ ([]) };
  /** Whether checks may run code. */
  allowsCode = false;
  closed = new ClosedPython(this);
  #stay = () => {};
  #coming = false;
  #moved = false;

  /** @param {HTMLElement} root */
  constructor(root) {
    super(root, { uses: ["yaml"], most: MOST_MODELS });
    this.grid = new Grid(this);
    this.store = new Store(
      () => this.keys.finder(),
      () => this.changed(),
    );
    this.begin();
  }

  opened() {
    this.#stay = askBeforeLeaving(() => wouldLose(this));
    if (!this.panes.length) for (const { row } of this.data.start) this.add(this.rows.get(row));
    openKept(this)
      .then(() => void showStored(this).catch(() => {})) // a run shows them then, and tells why it cannot
      .then(() => fillFromLink(this))
      .then(() => addLinked(this))
      .then(() => loadSets(this));
    isHere(this.weights).then((is) => {
      this.hasWeights = is;
      this.changed();
    });
  }

  /** Whether the run waits for the model that needs no key to be downloaded. */
  get isDownloading() {
    const isWanted = this.panes.some(({ row }) => row.endpoint.url === SMALL);
    return this.run !== null && isWanted && this.boot !== null && "what" in this.boot;
  }

  /** An answer has come, or one of before is judged. @param {Results} results @param {CellResult} result */
  answer(results, result) {
    this.answers.set(result.hash, result);
    results.add(result);
    this.store.put(result);
    this.progressed();
  }

  /** What is to be known of all cases. */
  get facts() {
    return this.#facts(this.edits, this.evaluation.cases);
  }

  /** A case was edited: draw soon, with what follows from it. */
  edited() {
    this.edits += 1;
    this.changed();
  }

  /** The results beside the earlier run; null without one. */
  get matched() {
    const { results, earlier } = this;
    if (!results || !earlier) return null;
    const before = this.#matched;
    if (before?.of[0] === results && before.of[1] === earlier) return before.matched;
    this.#matched = { of: [results, earlier], matched: earlier.matched(results) };
    return this.#matched.matched;
  }

  /** @param {CodeJob} job @param {(text: string) => void} answer */
  runCode(job, answer) {
    this.closed.run(job).then(answer);
  }

  draw() {
    draw(this);
    drawResults(this);
  }

  /** Draw the results soon, and nothing else: a result comes every few milliseconds. */
  progressed() {
    if (this.#coming) return;
    this.#coming = true;
    setTimeout(() => {
      this.#coming = false;
      drawResults(this);
    }, RUNNING);
  }

  /** Draw the results at the next frame: the reader has moved in them. */
  progressedAtOnce() {
    if (this.#moved) return;
    this.#moved = true;
    requestAnimationFrame(() => {
      this.#moved = false;
      drawResults(this);
    });
  }

  forget() {
    stop(this);
    this.endPython();
    this.answers.clear();
    this.store.end().catch(() => {}); // forgetting all removes it once more, and tells what failed
    Object.assign(this, { evaluation: empty(), pasted: "", link: "", keeping: null });
    Object.assign(this, { results: null, summary: null, observed: null, notSaved: [] });
    Object.assign(this, { earlier: null, open: null, withTexts: false, removed: null });
    Object.assign(this, { budget: "", unpriced: false, forecast: null, allowsCode: false });
    for (const pane of this.panes) pane.steps = null;
  }

  get busy() {
    return this.waiting !== null || this.run !== null;
  }

  close() {
    this.store.flush();
    stop(this);
    this.#stay();
    super.close();
  }
}
