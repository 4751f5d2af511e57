// Runs of a file beside those of the history: nothing goes without the reader's word.
import assert from "node:assert/strict";
import { test } from "node:test";
import { join, leaveOut, takeIn } from "../../../../generator/web/playground/actions/history.js";
import { MOST } from "../../../../generator/web/playground/actions/record.js";
import { Storage } from "./storing.mjs";

/** A run of that day of November, sent on it, or (of version 1) without a time of sending. */
function run(day, { sent = true } = {}) {
  const made = `2026-11-${String(day).padStart(2, "0")}T12:00:00.000Z`;
  const attempts = sent ? [{ sent: made, failed: "" }] : [];
  return { almanac_run: 2, made, catalog: "", panes: [{ turns: [{ attempts }] }], images: {} };
}

/** As much of the page as a history needs. */
function pageWith(history) {
  const localStorage = new Storage();
  Object.assign(globalThis, { localStorage });
  const keys = { found: () => "" };
  const page = { history, incoming: [], keepsHistory: true, keys, data: {}, changed() {} };
  return { page, kept: () => JSON.parse(localStorage.getItem("almanac-history") ?? "null") };
}

const days = (runs) => runs.map(({ made }) => Number(made.slice(8, 10)));

test("where there is room, a file's runs are taken in by their time, and kept where the history is", () => {
  const { page, kept } = pageWith([run(9), run(5)]);
  takeIn(page, [run(7), run(1)]);
  assert.deepEqual(days(page.history), [9, 7, 5, 1]);
  assert.deepEqual(days(kept()), [9, 7, 5, 1]);
  assert.deepEqual(page.incoming, []);
});

test("a full history drops nothing before the reader has said which stay", () => {
  const held = Array.from({ length: MOST }, (_, n) => run(25 - n));
  const { page, kept } = pageWith(held);
  takeIn(page, [run(29), run(2)]);
  assert.deepEqual(page.history, held);
  assert.deepEqual(days(page.incoming), [29, 2]);
  assert.equal(kept(), null);
  leaveOut(page);
  assert.deepEqual(page.history, held);
  assert.deepEqual(page.incoming, []);
  takeIn(page, [run(29), run(2)]);
  join(page, page.incoming);
  assert.equal(page.history.length, MOST);
  assert.deepEqual(days(page.history).slice(0, 2), [29, 25]);
  assert.equal(days(page.history).at(-1), 7, "the two oldest of all are gone");
  assert.deepEqual(page.incoming, []);
});

test("a run that is there already takes no room, and those without a time of sending are told apart", () => {
  const held = Array.from({ length: MOST - 1 }, (_, n) => run(25 - n));
  const { page } = pageWith(held);
  takeIn(page, [run(25), run(24), run(1, { sent: false })]);
  assert.deepEqual(days(page.history), [...days(held), 1]);
  const { page: old } = pageWith([run(3, { sent: false })]);
  takeIn(old, [run(4, { sent: false }), run(3, { sent: false })]);
  assert.deepEqual(days(old.history), [4, 3]);
});
