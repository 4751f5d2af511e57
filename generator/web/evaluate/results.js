// What came of a run: for each row (a case with a prompt) and model its results, and how many passed.

/** @import { CellResult, Evaluation } from "../types/evaluate.js" */

/** Results of one row at one model. */
export class Tried {
  /** By repeat. @type {CellResult[]} */
  results = [];
  passed = 0;
  failed = 0;
  /** No answer came: it is neither right nor wrong. */
  missing = 0;

  /** @param {CellResult} result */
  add(result) {
    this.results[result.repeat] = result;
    this[outcomeOf(result)] += 1;
  }

  get count() {
    return this.passed + this.failed + this.missing;
  }
}

/** @param {CellResult} result @returns {"passed" | "failed" | "missing"} */
export function outcomeOf({ failure, verdicts }) {
  if (failure) return "missing";
  return verdicts.every((verdict) => verdict.passed) ? "passed" : "failed";
}

export class Results {
  done = 0;
  /** How many cells there will be. */
  cells = 0;
  over = false;
  /** By row, then by model. @type {Tried[][]} */
  rows = [];
  /** By model, all of its rows. @type {Tried[]} */
  models = [];

  /**
   * @param {Evaluation} evaluation as it was when the run began
   * @param {string[]} names of the models
   */
  constructor(evaluation, names) {
    this.evaluation = evaluation;
    this.names = names;
    const count = evaluation.cases.length * evaluation.prompts.length;
    this.rows = Array.from({ length: count }, () => names.map(() => new Tried()));
    this.models = names.map(() => new Tried());
  }

  /** @param {CellResult} result */
  add(result) {
    this.done += 1;
    this.rows[this.rowOf(result)][result.model].add(result);
    this.models[result.model][outcomeOf(result)] += 1;
  }

  /** The row of a case with a prompt. @param {{ case: number, prompt: number }} places */
  rowOf({ case: place, prompt }) {
    return place * this.evaluation.prompts.length + prompt;
  }

  /** The case and the prompt of a row. @param {number} row */
  asked(row) {
    const { cases, prompts } = this.evaluation;
    return { case: cases[Math.floor(row / prompts.length)], prompt: prompts[row % prompts.length] };
  }
}
