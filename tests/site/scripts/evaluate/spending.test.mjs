// What a run says of its cost: what is not known is never zero.

import assert from "node:assert/strict";
import { test } from "node:test";

import { spentSoFar } from "../../../../generator/web/evaluate/asking/spending.js";

/** @param {object} part of the run's progress @param {object} results */
const said = (part, results) =>
  spentSoFar(
    { spent: 0, counted: 0, unknown: 0, ...part },
    { over: true, models: [{ unpriced: 0 }], received: 4, paidFor: 0, ...results },
  );
const four = { models: [{ unpriced: 1 }, { unpriced: 3 }] };

test("a cost that is not known at all has no sum", () => {
  assert.equal(said({ unknown: 4 }, four), "Cost not known (4 answers)");
  assert.equal(said({ unknown: 5 }, four), "Cost not known (4 answers and 1 failed try)");
  assert.equal(said({ unknown: 4, counted: 0.5 }, four), "Cost not known (4 answers), at most $0.50 more");
});

test("a sum says of how many answers it is, where others have none", () => {
  assert.equal(
    said({ spent: 0.02, counted: 0.02, unknown: 4 }, { ...four, received: 7, paidFor: 3 }),
    "$0.02 for 3 answers; the cost of 4 answers is not known",
  );
  assert.equal(
    said({ unknown: 4 }, { ...four, received: 5, paidFor: 1 }),
    "$0 for 1 answer; the cost of 4 answers is not known",
  );
});

test("what is known is a sum, and free is zero", () => {
  assert.equal(said({ spent: 0.02, counted: 0.02 }, { paidFor: 4 }), "$0.02 spent");
  assert.equal(said({}, { paidFor: 4 }), "$0 spent");
});

test("nothing was sent where all was answered before", () => {
  assert.equal(said({}, { received: 0 }), "Nothing was sent");
  assert.equal(said({}, { ...four, received: 0 }), "Nothing was sent; the cost of 4 answers is not known");
});
