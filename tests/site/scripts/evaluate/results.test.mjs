// How results are counted, and which rows a reader asks for.

import assert from "node:assert/strict";
import { test } from "node:test";

import { Answered } from "../../../../generator/web/evaluate/asking/answered.js";
import { outcomeOf, Results, Tally } from "../../../../generator/web/evaluate/results.js";
import { rowsOf } from "../../../../generator/web/evaluate/rows.js";

/** @param {object} part */
const result = (part) => ({
  case: 0,
  prompt: 0,
  model: 0,
  repeat: 0,
  hash: "",
  text: "",
  verdicts: [],
  passed: true,
  failure: "",
  seconds: null,
  cost: null,
  ...part,
});

test("no answer is no wrong one, and without a check nobody knows", () => {
  assert.equal(outcomeOf(result({})), "passed");
  assert.equal(outcomeOf(result({ passed: false })), "failed");
  assert.equal(outcomeOf(result({ passed: null })), "unchecked");
  assert.equal(outcomeOf(result({ passed: false, failure: "429" })), "missing");
});

test("a tally adds up costs that are known and says how all came out", () => {
  const tally = new Tally();
  assert.equal(tally.outcome, null);
  tally.add(result({ cost: 0.25 }));
  tally.add(result({ cost: null }));
  assert.deepEqual([tally.outcome, tally.count, tally.cost, tally.priced], ["passed", 2, 0.25, 1]);
  tally.add(result({ passed: false }));
  assert.equal(tally.outcome, "mixed");
});

const CASES = ["Paris", "Lima", "Oslo", "Rome"].map((city, place) => ({
  name: String(place + 1),
  variables: { city },
}));
const PROMPTS = [{ name: "a" }, { name: "b" }];

function results() {
  const all = new Results({ cases: CASES, prompts: PROMPTS }, ["m", "n"]);
  all.add(result({ case: 0 }));
  all.add(result({ case: 0, model: 1 }));
  all.add(result({ case: 1, prompt: 1 }));
  all.add(result({ case: 1, prompt: 1, model: 1, passed: false }));
  all.add(result({ case: 2, passed: false, repeat: 1 }));
  all.add(result({ case: 2, repeat: 0 }));
  all.add(result({ case: 3, model: 1, failure: "429" }));
  return all;
}

test("rows are found by how they came out and by the text of their case", () => {
  const all = results();
  assert.equal(rowsOf(all, { which: "all", text: "" }).length, 8);
  assert.deepEqual(rowsOf(all, { which: "failed", text: "" }), [3, 4]);
  assert.deepEqual(rowsOf(all, { which: "disagree", text: "" }), [3]);
  assert.deepEqual(rowsOf(all, { which: "mixed", text: "" }), [4]);
  assert.deepEqual(rowsOf(all, { which: "missing", text: "" }), [6]);
  assert.deepEqual(rowsOf(all, { which: "all", text: "LIMA" }), [2, 3]);
  assert.deepEqual(rowsOf(all, { which: "failed", text: "oslo city" }), [4]);
});

test("a row knows its case and prompt, and a cell its results in order", () => {
  const all = results();
  assert.deepEqual(all.asked(3), { case: CASES[1], prompt: PROMPTS[1] });
  assert.deepEqual(
    all.of(4, 0).map(({ repeat }) => repeat),
    [0, 1],
  );
  assert.deepEqual(all.of(0, 1).length, 1);
  assert.equal(all.done, 7);
});

test("nothing is left to be asked only where the same was answered at the same addresses", () => {
  const cases = CASES.map((one) => ({ ...one, variables: { ...one.variables, expected: "yes" } }));
  const prompts = [{ name: "a", messages: [{ role: "user", text: "Where is {{city}}?" }] }];
  const now = { cases, prompts, checks: [], repeats: 2 };
  const models = ["m", "n"].map((model) => ({ model, parameters: {}, address: "http://localhost/v1" }));
  const all = new Results(structuredClone(now), ["m", "n"]);
  Object.assign(all, { done: 16, cells: 16, over: true, askedOf: structuredClone(models) });
  const [first, ...others] = cases;
  const judged = {
    ...first,
    checks: [{ name: "contains" }],
    variables: { ...first.variables, expected: "no" },
  };
  const asked = { ...first, variables: { ...first.variables, city: "Bonn" } };
  const answered = new Answered();
  let edits = 0;
  const isAll = (...of) => answered.isAll(...of, ++edits);
  for (const same of [
    isAll(all, now, models),
    isAll(all, { ...now, cases: [judged, ...others] }, models),
    isAll(all, { ...now, cases: others.slice(1), repeats: 1 }, models.slice(1)),
  ])
    assert.equal(same, true);
  for (const other of [
    isAll(null, now, models),
    isAll(all, { ...now, cases: [asked, ...others] }, models),
    isAll(all, { ...now, cases: [...cases, asked] }, models),
    isAll(all, { ...now, repeats: 3 }, models),
    isAll(all, { ...now, prompts: [{ name: "a", messages: [] }] }, models),
    isAll(all, now, [{ ...models[0], address: "http://localhost:1/v1" }]),
    isAll(all, now, [{ ...models[0], parameters: { temperature: 1 } }]),
    isAll(Object.assign(all, { askedOf: null }), now, models),
  ])
    assert.equal(other, false);
});

test("cases are compared once for an edit, however often the page is drawn", () => {
  let looked = 0;
  const cases = CASES.map((one) => ({
    ...one,
    get variables() {
      looked += 1;
      return one.variables;
    },
  }));
  const evaluation = { cases: CASES, prompts: [{ name: "a", messages: [] }], repeats: 1 };
  const all = new Results(evaluation, ["m"]);
  for (const place of CASES.keys()) all.add(result({ case: place }));
  Object.assign(all, { over: true, cells: CASES.length, askedOf: [] });
  const answered = new Answered();
  const now = { ...evaluation, cases };
  assert.equal(answered.isAll(all, now, [], 0), true);
  assert.equal(looked, CASES.length);
  for (let drawn = 0; drawn < 9; drawn++) assert.equal(answered.isAll(all, now, [], 0), true);
  assert.equal(looked, CASES.length);
  assert.equal(answered.isAll(all, now, [], 1), true);
  assert.equal(looked, 2 * CASES.length);
  assert.equal(answered.isAll(all, { ...now, cases: [...cases] }, [], 1), true, "a file was opened");
  assert.equal(looked, 3 * CASES.length);
});
