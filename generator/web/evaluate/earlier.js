// An earlier run beside this one: which answers are worse or better now.
//
// A case is the same where it holds the same, a prompt where it has the same place, a model where it has the
// same name: prompts are what is changed between two runs. Where both runs have one model, it may be another.

/** @import { Case } from "../types/evaluate.js" */
/** @import { Results, Tally } from "./results.js" */
/** @typedef {{ row: number, model: number }} Place */

/** What a case holds, as one text. @param {Case} one */
const heldBy = ({ variables, messages = [] }) => JSON.stringify([variables, messages]);

/** The share of judged answers that passed; null where none was judged. @param {Tally} tally */
const share = ({ passed, failed }) => (passed + failed ? passed / (passed + failed) : null);

/**
 * Whether some answer of before is none of this run's: something was asked otherwise, and not only more.
 * @param {Results} before @param {Set<string>} hashes of what was asked before and is part of this run
 */
export const isOther = (before, hashes) =>
  before.all().some(({ failure, hash }) => !failure && !hashes.has(hash));

export class Earlier {
  /** By what a case holds and how many before held the same, its place. @type {Map<string, number>} */
  #cases = new Map();

  /** @param {Results} results of the earlier run */
  constructor(results) {
    this.results = results;
    for (const [key, place] of numbered(results)) this.#cases.set(key, place);
  }

  /** By row and model of this run, those of the earlier one. @param {Results} now */
  matched(now) {
    const before = this.results;
    const { length: prompts } = now.evaluation.prompts;
    const { length: promptsBefore } = before.evaluation.prompts;
    const models = now.names.map((name) =>
      now.names.length === 1 && before.names.length === 1 ? 0 : before.names.indexOf(name),
    );
    /** @type {Map<number, number>} row now → row before */
    const rows = new Map();
    for (const [key, place] of numbered(now)) {
      const placeBefore = this.#cases.get(key);
      if (placeBefore === undefined) continue;
      for (let prompt = 0; prompt < Math.min(prompts, promptsBefore); prompt++)
        rows.set(place * prompts + prompt, placeBefore * promptsBefore + prompt);
    }
    return new Matched(this.results, now, rows, models);
  }
}

/** Each case by what it holds, with its place. @param {Results} results @returns {[string, number][]} */
function numbered({ evaluation: { cases } }) {
  /** @type {Map<string, number>} */
  const counts = new Map();
  return cases.map((one, place) => {
    const held = heldBy(one);
    const count = counts.get(held) ?? 0;
    counts.set(held, count + 1);
    return [`${count} ${held}`, place];
  });
}

export class Matched {
  /**
   * @param {Results} before @param {Results} now
   * @param {Map<number, number>} rows of this run, and which they are of the earlier one
   * @param {number[]} models of this run, and which they are of the earlier one; -1 where none
   */
  constructor(before, now, rows, models) {
    this.before = before;
    this.now = now;
    this.rows = rows;
    this.models = models;
  }

  /** Where the same was asked in the earlier run. @param {Place} at @returns {Place | null} */
  place({ row, model }) {
    const rowBefore = this.rows.get(row);
    const modelBefore = this.models[model];
    return rowBefore === undefined || modelBefore < 0 ? null : { row: rowBefore, model: modelBefore };
  }

  /**
   * How much more often answers pass now, from -1 to 1; null where one of the two runs can't say.
   * @param {Place} at
   */
  change(at) {
    const before = this.place(at);
    if (!before) return null;
    const [was, is] = [
      share(this.before.rows[before.row][before.model]),
      share(this.now.rows[at.row][at.model]),
    ];
    return was === null || is === null ? null : is - was;
  }

  /** How many answers are worse and better now, for one model. @param {number} model */
  counted(model) {
    const changes = this.now.rows.map((_, row) => this.change({ row, model }));
    return {
      compared: changes.filter((change) => change !== null).length,
      worse: changes.filter((change) => (change ?? 0) < 0).length,
      better: changes.filter((change) => (change ?? 0) > 0).length,
    };
  }
}
