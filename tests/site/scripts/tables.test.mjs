// The site's tables: sorted with unknown last, and filtered by what is typed.

import assert from "node:assert/strict";
import test from "node:test";

import { has, order, sorted, sortedCell } from "../../../generator/web/site/tables.mjs";

const inOrder = (texts, down) =>
  texts
    .map(sorted)
    .sort((a, b) => order(a, b, down))
    .map(({ text }) => text);

test("a table is sorted by number, unknown last either way", () => {
  const prices = ["$10.00", "—", "$2.50", " $1,000 ", "$0.05"];
  assert.deepEqual(inOrder(prices, false), ["$0.05", "$2.50", "$10.00", "$1,000", "—"]);
  assert.deepEqual(inOrder(prices, true), ["$1,000", "$10.00", "$2.50", "$0.05", "—"]);
});

test("dates are sorted by day, words as people sort them", () => {
  assert.deepEqual(inOrder(["2026-10-01", "—", "2025-12-31", "2026-02"], false), [
    "2025-12-31",
    "2026-02",
    "2026-10-01",
    "—",
  ]);
  assert.deepEqual(inOrder(["gpt-10", "GPT-9", "claude"], false), ["claude", "GPT-9", "gpt-10"]);
});

test("a number before a unit counts, and below zero is below", () => {
  assert.deepEqual(inOrder(["128K", "-3", "5 places"], false), ["-3", "5 places", "128K"]);
  assert.ok(Number.isNaN(sorted("").number));
});

test("a row is shown where it has each word that is typed", () => {
  assert.ok(has("claude opus eu", "EU opus"));
  assert.ok(!has("claude opus eu", "opus us-east"));
  assert.ok(has("claude", ""));
  assert.ok(has("claude", "  claude "));
});

test("a range is sorted by the value it stands for, not by what it begins with", () => {
  const cell = (text, value) => ({
    textContent: text,
    querySelector: (what) => (value && what === "data" ? { value } : null),
  });
  const byHour = cell("$0.14 to $0.28A by the hour", "0.28");
  const cells = [byHour, cell("$0.20S"), cell("—"), cell("$0.30S")];
  const order_ = (down) =>
    cells
      .map(sortedCell)
      .sort((a, b) => order(a, b, down))
      .map(({ text }) => text);
  assert.deepEqual(order_(false), ["$0.20S", "$0.14 to $0.28A by the hour", "$0.30S", "—"]);
  assert.deepEqual(order_(true), ["$0.30S", "$0.14 to $0.28A by the hour", "$0.20S", "—"]);
  // In doubt it stands in no order, whatever stands behind the letter.
  assert.ok(sortedCell(cell("$0.14 to $0.28Q by the hour", "0.28")).unknown);
  assert.ok(sorted("$0.01 / imageQ").unknown);
  assert.ok(!sorted("$0.01 / imageS").unknown);
});

test("what is held back, and what is known to be none, comes last either way", () => {
  assert.deepEqual(inOrder(["2027-01-01", "—H", "2026-12-01"], false), ["2026-12-01", "2027-01-01", "—H"]);
  const none = { textContent: "none announcedO", querySelector: (what) => (what === ".none" ? {} : null) };
  assert.ok(sortedCell(none).unknown);
});

test("a price in doubt is shown and comes last either way, as the unknown do", () => {
  const prices = ["$0.03Q", "$2.50S", "$0.05A"];
  assert.deepEqual(inOrder(prices, false), ["$0.05A", "$2.50S", "$0.03Q"]);
  assert.deepEqual(inOrder(prices, true), ["$2.50S", "$0.05A", "$0.03Q"]);
});
