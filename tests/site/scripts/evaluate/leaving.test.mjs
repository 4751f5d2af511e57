// When leaving an evaluation would lose something: a run that goes on, answers neither stored nor saved.
import assert from "node:assert/strict";
import { test } from "node:test";

import { wouldLose } from "../../../../generator/web/evaluate/asking/leaving.js";

/** @param {number} count @param {number} missing */
const results = (count, missing) =>
  /** @type {import("../../../../generator/web/evaluate/results.js").Results} */ (
    /** @type {unknown} */ ({ models: [{ count, missing }] })
  );
const page = { busy: false, results: null, saved: null, store: { on: false, trouble: "" } };

test("a page without an answer loses nothing, and one that asks does", () => {
  assert.equal(wouldLose(page), false);
  assert.equal(wouldLose({ ...page, results: results(3, 3) }), false);
  assert.equal(wouldLose({ ...page, busy: true }), true);
});

test("answers are lost until they are stored on the device or saved as a file", () => {
  const answered = { ...page, results: results(3, 2) };
  assert.equal(wouldLose(answered), true);
  assert.equal(wouldLose({ ...answered, saved: answered.results }), false);
  assert.equal(wouldLose({ ...answered, saved: results(3, 2) }), true, "those of a run before");
  assert.equal(wouldLose({ ...answered, store: { on: true, trouble: "" } }), false);
  assert.equal(wouldLose({ ...answered, store: { on: true, trouble: "no room left" } }), true);
});
