// The site's tables: sorted with unknown last, and filtered by what is typed.

import assert from "node:assert/strict";
import test from "node:test";

import { has, order, sorted } from "../../../generator/web/site/tables.mjs";

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

test("a price in doubt is shown and comes last either way, as the unknown do", () => {
  const prices = ["$0.03Q", "$2.50S", "$0.05A"];
  assert.deepEqual(inOrder(prices, false), ["$0.05A", "$2.50S", "$0.03Q"]);
  assert.deepEqual(inOrder(prices, true), ["$2.50S", "$0.05A", "$0.03Q"]);
});
