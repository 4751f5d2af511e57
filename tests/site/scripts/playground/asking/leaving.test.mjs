// When leaving the page would lose something: a run that goes on, answers neither exported nor kept.
import assert from "node:assert/strict";
import { test } from "node:test";
import { wouldLose } from "../../../../../generator/web/playground/leaving.js";

const record = { almanac_run: 2 };
const asked = { turns: [], record, exported: null };
const page = { busy: false, runs: [], keepsHistory: false, stored: new Set() };

test("a page that has asked nothing, or whose runs came to nothing, loses nothing", () => {
  assert.equal(wouldLose(page), false);
  assert.equal(wouldLose({ ...page, runs: [{ ...asked, record: null }] }), false);
});

test("a run that goes on and answers of this page alone would be lost", () => {
  assert.equal(wouldLose({ ...page, busy: true }), true);
  assert.equal(wouldLose({ ...page, runs: [asked] }), true);
  assert.equal(wouldLose({ ...page, runs: [asked], stored: new Set([record]) }), true, "kept no longer");
});

test("what is exported or kept on the device is not lost, until more is asked in it", () => {
  const exported = { ...asked, exported: record };
  assert.equal(wouldLose({ ...page, runs: [exported] }), false);
  assert.equal(wouldLose({ ...page, runs: [{ ...exported, record: { almanac_run: 2 } }] }), true);
  const kept = { ...page, keepsHistory: true, stored: new Set([record]) };
  assert.equal(wouldLose({ ...kept, runs: [asked] }), false);
  assert.equal(wouldLose({ ...kept, runs: [asked, { ...asked, record: { almanac_run: 2 } }] }), true);
});
