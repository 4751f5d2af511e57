// What is handed to Python to be summed up, slow and dear rows, an earlier run beside this one, the plots.

import assert from "node:assert/strict";
import { test } from "node:test";

import {
  checkedCases,
  contestantsOf,
  figures,
  quantile,
  spent,
  summedUp,
} from "../../../../generator/web/evaluate/contestants.js";
import { Earlier } from "../../../../generator/web/evaluate/earlier.js";
import { frontier, logarithmic, shares, sides } from "../../../../generator/web/evaluate/plot.js";
import { Results } from "../../../../generator/web/evaluate/results.js";
import { rowsOf } from "../../../../generator/web/evaluate/rows.js";

/** @param {object} part */
const result = (part) => ({
  ...{ case: 0, prompt: 0, model: 0, repeat: 0, hash: "", text: "", failure: "", seconds: null, cost: null },
  ...{ passed: true, verdicts: [] },
  ...part,
});

/** @param {object} part of the evaluation @param {string[]} names */
const made = (part, names = ["m", "n"]) =>
  new Results({ repeats: 1, checks: [], prompts: ONE, ...part }, names);
/** @param {string[]} cities */
const cases = (...cities) => cities.map((city) => ({ name: city, variables: { city } }));
const ONE = [{ name: "a" }];
const CHECKS = [{ name: "equals", arguments: {} }];

test("every prompt of a model is a contestant of its own", () => {
  const two = made({ cases: cases("Lima"), prompts: [{ name: "a" }, { name: "b" }] });
  assert.deepEqual(
    contestantsOf(two).map(({ name }) => name),
    ["m, “a”", "m, “b”", "n, “a”", "n, “b”"],
  );
  const one = made({ cases: cases("Lima") });
  assert.deepEqual(
    contestantsOf(one).map(({ name }) => name),
    ["m", "n"],
  );
});

test("what has not come, failed on its way or was not checked is neither passed nor failed", () => {
  const [lima, oslo, rome] = cases("Lima", "Oslo", "Rome");
  const all = made({
    cases: [lima, { ...oslo, checks: CHECKS }, { ...rome, checks: CHECKS }],
    prompts: [{ name: "a" }],
    repeats: 3,
  });
  all.add(result({ case: 1, repeat: 2, cost: 0.5 }));
  all.add(result({ case: 1, repeat: 0, passed: false }));
  all.add(result({ case: 2, repeat: 1, failure: "429" }));
  const checked = checkedCases(all);
  assert.deepEqual(checked, [1, 2]);
  assert.deepEqual(summedUp(all, contestantsOf(all)[0], checked), {
    ...{ name: "m", model: "m", prompt: "" },
    scores: [
      [0, null, 1],
      [null, null, null],
    ],
    costs: [
      [null, null, 0.5],
      [null, null, null],
    ],
  });
});

test("times are those of answers", () => {
  const all = made({ cases: cases("Lima", "Oslo", "Rome") });
  all.add(result({ case: 0, seconds: 3, first_token: 2 }));
  all.add(result({ case: 1, seconds: 1 }));
  all.add(result({ case: 2, seconds: 0.1, first_token: 0.1, failure: "401" }));
  const took = { seconds: [3, 1], first_tokens: [2], costs: [] };
  assert.deepEqual(spent(all, contestantsOf(all)[0], [0, 1, 2]), took);
  const { seconds, first_token, cost } = figures(took);
  assert.deepEqual([seconds?.least, seconds?.half, seconds?.most], [1, 2, 3]);
  assert.deepEqual([first_token?.answers, cost], [1, null]);
  assert.deepEqual(seconds?.each, [1, 3]);
  assert.deepEqual(figures({ ...took, seconds: [5, 4, 3, 2, 1] }).seconds?.each, []);
  assert.equal(quantile(Float64Array.of(1, 3), 0.5), 2);
  assert.equal(quantile(Float64Array.of(1, 3, 8), 0.5), 3);
  assert.equal(quantile(Float64Array.of(1, 3), 0.9), 3);
  assert.equal(quantile(Float64Array.of(), 0.5), null);
});

test("a row is slow or dear where one of its answers is in its model's last tenth", () => {
  const twenty = cases(...Array.from({ length: 20 }, (_, n) => String(n)));
  const all = made({ cases: twenty }, ["m"]);
  for (let n = 0; n < 20; n++) all.add(result({ case: n, seconds: n, cost: 20 - n }));
  assert.deepEqual(rowsOf(all, { which: "slow", text: "" }), [18, 19]);
  assert.deepEqual(rowsOf(all, { which: "dear", text: "" }), [0, 1]);
});

test("an earlier run is found again by what its cases hold, whatever their order and its prompt", () => {
  const before = made({ cases: cases("Lima", "Oslo", "Rome", "Lima"), prompts: [{ name: "first words" }] });
  for (const place of [0, 1, 2, 3]) before.add(result({ case: place, passed: place !== 2 }));
  before.add(result({ case: 1, model: 1 }));
  const now = made({
    cases: cases("New", "Rome", "Oslo", "Lima", "Lima"),
    prompts: [{ name: "other words" }],
  });
  now.add(result({ case: 0, passed: false }));
  now.add(result({ case: 1 }));
  now.add(result({ case: 2, passed: false }));
  now.add(result({ case: 3 }));
  now.add(result({ case: 4, passed: false }));
  now.add(result({ case: 2, model: 1, failure: "429" }));
  const matched = new Earlier(before).matched(now);
  assert.deepEqual(rowsOf(now, { which: "worse", text: "" }, matched), [2, 4]);
  assert.deepEqual(rowsOf(now, { which: "better", text: "" }, matched), [1]);
  assert.deepEqual(matched.place({ row: 4, model: 0 }), { row: 3, model: 0 });
  assert.equal(matched.place({ row: 0, model: 0 }), null);
  assert.equal(matched.change({ row: 2, model: 1 }), null);
  assert.deepEqual(matched.counted(0), { compared: 4, worse: 2, better: 1 });
});

test("two runs of one model each are compared, though it is another", () => {
  const before = made({ cases: cases("Lima") }, ["old"]);
  before.add(result({ passed: false }));
  const now = made({ cases: cases("Lima") }, ["new"]);
  now.add(result({}));
  assert.equal(new Earlier(before).matched(now).change({ row: 0, model: 0 }), 1);
});

test("a plot's places are between 0 and 100, and its line has those whom none beats for less", () => {
  const point = (/** @type {string} */ name, /** @type {number} */ value, /** @type {number} */ across) => ({
    ...{ name, value, across },
    ...{ low: Math.max(0, value - 0.1), high: Math.min(1, value + 0.1) },
  });
  const points = [
    point("dear", 0.9, 0.02),
    point("worse", 0.5, 0.01),
    point("cheap", 0.6, 0.0004),
    point("same", 0.6, 0.005),
  ];
  assert.deepEqual(
    frontier(points).map(({ name }) => name),
    ["cheap", "dear"],
  );
  const [x, y] = [logarithmic(points.map(({ across }) => across)), shares(points)];
  for (const { across, low, high } of points)
    for (const place of [x.place(across), y.place(low), y.place(high)]) assert.ok(place >= 0 && place <= 100);
  for (const mark of [...x.marks.map(x.place), ...y.marks.map(y.place)]) assert.ok(mark >= 0 && mark <= 100);
  assert.ok(x.marks.length >= 2 && y.marks.length >= 2);
  for (const values of [
    [0.01, 0.01],
    [0.085, 0.089],
    [9.9, 10],
    [1e-7, 3],
    [4, 4000],
  ]) {
    const axis = logarithmic(values);
    for (const value of values) assert.ok(axis.place(value) > 0 && axis.place(value) < 100);
    assert.ok(axis.marks.length > 2 && axis.marks.length < 13, `${values}: ${axis.marks}`);
  }
});

test("the names of points beside each other stand at different sides", () => {
  const near = [
    { left: 50, bottom: 80 },
    { left: 52, bottom: 81 },
    { left: 55, bottom: 79 },
  ];
  assert.deepEqual(sides([...near, { left: 90, bottom: 10 }, { left: 10, bottom: 10 }]), [
    "t",
    "b",
    "r",
    "l",
    "r",
  ]);
});
