// What came of a run: for each row (a case with a prompt) and model its results, and how many passed.

/** @import { CellResult, Evaluation, RunProgress } from "../types/evaluate.js" */
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

  /** @param {CellResult} result */
  add(result) {
    this[outcomeOf(result)] += 1;
    if (result.cost === null) return;
    this.cost += result.cost;
    this.priced += 1;
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

export class Results {
  done = 0;
  /** How many cells there will be. */
  cells = 0;
  over = false;
  /** How the run goes on. @type {RunProgress | null} */
  progress = null;

  /**
   * @param {Evaluation} evaluation as it was when the run began
   * @param {string[]} names of the models
   */
  constructor(evaluation, names) {
    this.evaluation = evaluation;
    this.names = names;
    const count = evaluation.cases.length * evaluation.prompts.length;
    /** By row, then by model. */
    this.rows = Array.from({ length: count }, () => names.map(() => new Tally()));
    /** By model, all of its rows. */
    this.models = names.map(() => new Tally());
    /** By row and model, the results by repeat. @type {Map<number, CellResult[]>} */
    this.results = new Map();
  }

  /** @param {CellResult} result */
  add(result) {
    const row = result.case * this.evaluation.prompts.length + result.prompt;
    this.done += 1;
    this.rows[row][result.model].add(result);
    this.models[result.model].add(result);
    const key = this.#key(row, result.model);
    const before = this.results.get(key);
    if (before) before.push(result);
    else this.results.set(key, [result]);
  }

  /** The results of a row at a model, the first time first. @param {number} row @param {number} model */
  of(row, model) {
    return (this.results.get(this.#key(row, model)) ?? []).toSorted((a, b) => a.repeat - b.repeat);
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

/** Which rows can be asked for, and what they are called. @type {Record<string, string>} */
export const SHOWN = {
  all: "all",
  failed: "where a model failed",
  disagree: "where models disagree",
  mixed: "where repeats differ",
  missing: "without an answer",
};

/**
 * The rows that are asked for, by their places.
 * @param {Results} results
 * @param {string} which one of SHOWN
 * @param {string} text stands in the case's name or variables
 */
export function rowsOf(results, which, text) {
  const terms = text.toLowerCase().split(/\s+/).filter(Boolean);
  return results.rows.flatMap((row, place) => {
    const wanted = isShown(row, which) && (!terms.length || matches(results, place, terms));
    return wanted ? [place] : [];
  });
}

/** @param {Tally[]} row @param {string} which */
function isShown(row, which) {
  if (which === "failed") return row.some((tally) => tally.failed);
  if (which === "missing") return row.some((tally) => tally.missing);
  if (which === "mixed") return row.some((tally) => tally.passed && tally.failed);
  if (which !== "disagree") return true;
  const judged = row.filter((tally) => tally.passed + tally.failed);
  const [first] = judged;
  return judged.some((tally) => tally.passed * first.failed !== first.passed * tally.failed);
}

/** @param {Results} results @param {number} place @param {string[]} terms */
function matches(results, place, terms) {
  const { name, variables } = results.asked(place).case;
  const text = `${name} ${JSON.stringify(variables)}`.toLowerCase();
  return terms.every((term) => text.includes(term));
}
