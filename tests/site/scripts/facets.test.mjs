// The explorer's facets and table: what passes a filter, how choices are counted, how rows are sorted.

import assert from "node:assert/strict";
import test from "node:test";

import { count, facets, oneOf } from "../../../generator/web/explorer/facets.mjs";
import { makeTable, sorting } from "../../../generator/web/explorer/table.mjs";
import { offerings } from "./small.mjs";

const CAPABILITIES = ["tool_calls", "vision"];

/** The table of the six with these filters: its rows' numbers, and each choice's count by label. */
function filtered(filters, sort = "") {
  const all = offerings();
  const list = facets(all);
  const table = makeTable(all, list, CAPABILITIES);
  table.setColumnFilters(filters);
  table.setSorting(sorting(sort));
  const rows = table.getRowModel().rows.map((row) => row.original);
  const tally = count(
    table.getCoreRowModel().rows,
    filters.map((f) => f.id),
    list,
    CAPABILITIES,
    all,
  );
  const counts = (id) => {
    const facet = list.find((f) => f.id === id);
    return Object.fromEntries(facet.values.map((value, n) => [value, tally.counts.get(id)[n]]));
  };
  return { rows, counts, able: Object.fromEntries(tally.able) };
}

const sorted = (filters) => filtered(filters).rows.toSorted((a, b) => a - b);

test("without a filter each choice counts the rows that have it", () => {
  const { rows, counts, able } = filtered([]);
  assert.equal(rows.length, 6);
  assert.deepEqual(counts("lab"), { acme: 3, zen: 3 });
  assert.deepEqual(counts("kind"), { chat: 4, unknown: 1, image: 1 });
  assert.deepEqual(counts("region"), { unknown: 4, west: 2, east: 2, north: 1 });
  assert.deepEqual(counts("retires"), { past: 1, soon: 1, later: 1, unknown: 3 });
  assert.deepEqual(counts("standing"), { S: 3, A: 1, none: 1, H: 1 });
  assert.deepEqual(able, { tool_calls: { unknown: 2, yes: 3 }, vision: { unknown: 4, yes: 1 } });
});

test("a standing is called as Python calls it, without what it means", () => {
  const { label } = facets(offerings()).find(({ id }) => id === "standing");
  assert.deepEqual(["A", "S", "H", "none"].map(label), [
    "Agreed",
    "Single source",
    "Held back",
    "No price known",
  ]);
});

test("a facet's own filter does not lower its own counts, but all others'", () => {
  const { rows, counts } = filtered([{ id: "f.lab", value: ["acme"] }]);
  assert.deepEqual(rows, [1, 2, 0]);
  assert.deepEqual(counts("lab"), { acme: 3, zen: 3 });
  assert.deepEqual(counts("provider"), { acme: 1, cloud: 2, zen: 0 });
});

test("a row that fails two filters is counted by neither", () => {
  const filters = [
    { id: "f.lab", value: ["acme"] },
    { id: "f.provider", value: ["cloud"] },
  ];
  const { rows, counts } = filtered(filters);
  assert.deepEqual(rows, [1, 2]);
  assert.deepEqual(counts("lab"), { acme: 2, zen: 2 });
  assert.deepEqual(counts("provider"), { acme: 1, cloud: 2, zen: 0 });
  assert.deepEqual(counts("channel"), { direct: 0, eu: 1, hosted: 1 });
});

test("values of one facet add up, and a row with several values passes by any", () => {
  assert.deepEqual(sorted([{ id: "f.lab", value: ["acme", "zen"] }]), [0, 1, 2, 3, 4, 5]);
  assert.deepEqual(sorted([{ id: "f.region", value: ["north"] }]), [3]);
  assert.deepEqual(sorted([{ id: "f.region", value: ["west"] }]), [1, 3]);
});

test("a value that no row has lets none pass", () => {
  assert.deepEqual(sorted([{ id: "f.lab", value: ["nobody"] }]), []);
  const lab = facets(offerings())[0];
  assert.deepEqual([...oneOf(lab).resolveFilterValue(["nobody"])], [0, 0]);
  assert.equal(lab.code("nobody"), undefined);
  assert.equal(lab.has("acme"), true);
});

test("a capability asked for is known; one that may be is not known to lack", () => {
  assert.deepEqual(sorted([{ id: "tool_calls", value: "yes" }]), [0, 3, 5]);
  assert.deepEqual(sorted([{ id: "tool_calls", value: "maybe" }]), [0, 2, 3, 4, 5]);
});

test("a range has its ends within, and leaves out what is unknown", () => {
  assert.deepEqual(sorted([{ id: "input", value: { min: 0.5, max: 2 } }]), [0, 1]);
  assert.deepEqual(sorted([{ id: "input", value: { max: 0 } }]), [3]);
  assert.deepEqual(sorted([{ id: "input", value: { min: 0 } }]), [0, 1, 3, 4]);
});

test("a search wants each word, wherever it is, in any case", () => {
  assert.deepEqual(sorted([{ id: "q", value: "KOAN cloud" }]), [3, 4]);
  assert.deepEqual(sorted([{ id: "q", value: "fp8" }]), [2, 4]);
  assert.deepEqual(sorted([{ id: "q", value: "koan acme" }]), []);
});

test("unknown comes last whichever way a column is sorted", () => {
  // The first of them is retired, and comes last either way.
  assert.deepEqual(filtered([], "input").rows, [3, 1, 4, 5, 2, 0]);
  assert.deepEqual(filtered([], "-input").rows, [4, 1, 3, 5, 2, 0]);
});

test("a column where nothing is known leaves the rows as they come", () => {
  assert.deepEqual(filtered([], "-licence").rows, offerings().order());
});

test("labels say in words what values mean", () => {
  const by = new Map(facets(offerings()).map((f) => [f.id, f]));
  assert.equal(by.get("provider").label("cloud"), "Big Cloud");
  assert.equal(by.get("weights").label("yes"), "Yes");
  assert.equal(by.get("retires").label("unknown"), "No date known");
  assert.equal(by.get("region").label("unknown"), "Unknown");
  assert.equal(by.get("region").label("west"), "west");
});
