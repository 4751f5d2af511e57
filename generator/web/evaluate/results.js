// What came of a run: for each row (a case with a prompt) and model its results, and how many passed.

/** @import { CellResult, Evaluation, RunProgress } from "../types/evaluate.js" */
/** @import { Pane } from "../playground/pane.js" */
/** @import { AskedModel } from "./asking/answered.js" */
/** @typedef {"passed" | "failed" | "missing" | "unchecked"} Outcome */

/**
 * How a result counts: without an answer it is neither right nor wrong, and without a check nobody knows.
 * @param {CellResult} result @returns {Outcome}
 */
export function outcomeOf({ failure, passed }) {
  if (failure) return "missing";
  if (passed === null) return "unchecked";
  return passed ? "passed" : "failed";
}

/** How many results came out how, and what they cost. */
export class Tally {
  passed = 0;
  failed = 0;
  missing = 0;
  unchecked = 0;
  /** Dollars of those whose cost is known. */
  cost = 0;
  priced = 0;
  /** Answers whose cost is not known; what has no answer may have cost nothing. */
  unpriced = 0;
  /** The most seconds and the most dollars of one of them. */
  slowest = -Infinity;
  dearest = -Infinity;

  /** @param {CellResult} result */
  add(result) {
    const { seconds, cost } = result;
    const outcome = outcomeOf(result);
    this[outcome] += 1;
    if (cost === null && outcome !== "missing") this.unpriced += 1;
    if (seconds !== null && seconds > this.slowest) this.slowest = seconds;
    if (cost === null) return;
    this.cost += cost;
    this.priced += 1;
    if (cost > this.dearest) this.dearest = cost;
  }

  get count() {
    return this.passed + this.failed + this.missing + this.unchecked;
  }

  /** How all of them came out, or mixed. @returns {Outcome | "mixed" | null} */
  get outcome() {
    const { count } = this;
    if (!count) return null;
    /** @type {Outcome[]} */
    const outcomes = ["passed", "failed", "missing", "unchecked"];
    return outcomes.find((outcome) => this[outcome] === count) ?? "mixed";
  }
}

/** Numbers as they come, ready to be sorted: many thousands are, each time a reader asks for slow rows. */
class Figures {
  #all = new Float64Array(64);
  #count = 0;

  /** @param {number | null} value */
  add(value) {
    if (value === null) return;
    if (this.#count === this.#all.length) {
      const more = new Float64Array(2 * this.#count);
      more.set(this.#all);
      this.#all = more;
    }
    this.#all[this.#count++] = value;
  }

  get sorted() {
    return this.#all.slice(0, this.#count).sort();
  }
}

/** @type {readonly CellResult[]} */
const NONE = [];

export class Results {
  done = 0;
  /** How many cells there will be. */
  cells = 0;
  /** How many were asked in this run; the others had their answer before it. */
  received = 0;
  /** Of how many of these the cost is known. */
  paidFor = 0;
  /** The models that were asked; null where that was elsewhere. @type {AskedModel[] | null} */
  askedOf = null;
  over = false;
  /** The cards of the models, where they were asked in this page. @type {Pane[]} */
  panes = [];
  /** The hashes of what was answered before this run, and is part of it. @type {Set<string>} */
  placed = new Set();
  /** How the run goes on. @type {RunProgress | null} */
  progress = null;

  /**
   * @param {Evaluation} evaluation as it was when the run began
   * @param {string[]} names of the models
   * @param {{ day: string, catalog: string }} made when, and by the prices of which catalog; empty if unknown
   */
  constructor(evaluation, names, made = { day: "", catalog: "" }) {
    this.evaluation = evaluation;
    this.names = names;
    this.made = made;
    const count = evaluation.cases.length * evaluation.prompts.length;
    /** By row, then by model. */
    this.rows = Array.from({ length: count }, () => names.map(() => new Tally()));
    /** By model, all of its rows. */
    this.models = names.map(() => new Tally());
    /** By model, the seconds and the dollars that are known of its answers. */
    this.seconds = names.map(() => new Figures());
    this.costs = names.map(() => new Figures());
    /** By row and model, the results, the first time first. @type {Map<number, CellResult[]>} */
    this.results = new Map();
  }

  /** @param {CellResult} result */
  add(result) {
    const row = result.case * this.evaluation.prompts.length + result.prompt;
    this.done += 1;
    this.rows[row][result.model].add(result);
    this.models[result.model].add(result);
    this.seconds[result.model].add(result.seconds);
    this.costs[result.model].add(result.cost);
    const key = this.#key(row, result.model);
    const before = this.results.get(key);
    if (!before) this.results.set(key, [result]);
    else if (before[before.length - 1].repeat < result.repeat) before.push(result);
    else
      before.splice(
        before.findIndex(({ repeat }) => repeat >= result.repeat),
        0,
        result,
      );
  }

  /** All results, in the order of rows. @returns {CellResult[]} */
  all() {
    return this.rows.flatMap((row, place) => row.flatMap((_, model) => this.of(place, model)));
  }

  /**
   * The results of a row at a model, the first time first.
   * @param {number} row @param {number} model @returns {readonly CellResult[]}
   */
  of(row, model) {
    return this.results.get(this.#key(row, model)) ?? NONE;
  }

  /** @param {number} row @param {number} model */
  #key(row, model) {
    return row * this.names.length + model;
  }

  /** The case and the prompt of a row. @param {number} row */
  asked(row) {
    const { cases, prompts } = this.evaluation;
    return { case: cases[Math.floor(row / prompts.length)], prompt: prompts[row % prompts.length] };
  }
}
