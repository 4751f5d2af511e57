// Columns of quality: when they are asked for, how they join the rows, and how a model's are compared.

import assert from "node:assert/strict";
import test from "node:test";

import { facets } from "../../../generator/web/explorer/facets.mjs";
import { asksForQuality, qualityFacts } from "../../../generator/web/explorer/quality.mjs";
import { makeTable, sorting } from "../../../generator/web/explorer/table.mjs";
import { data, offerings, packed } from "./small.mjs";

/** quality.json of the three models of the six offerings. */
const QUALITY = {
  columns: {
    evidence: packed([
      ["measured", ""],
      ["untested", ""],
      ["claimed only", ""],
    ]),
    ability: packed([[0.4, "", "0.4 (0.1 to 0.7)"], null, [1.2, "", "1.2 (0.9 to 1.5)"]]),
    tier_overall: packed([[2, ""], null, [1, ""]]),
  },
};

function learned() {
  const all = offerings();
  all.learnQuality(QUALITY);
  return all;
}

test("an address asks for quality by a column, an order, a filter or a limit", () => {
  const asking = ["?evidence=measured", "?cols=model,ability", "?sort=-tier_coding", "?tier_overall_max=3"];
  const asks = (/** @type {string} */ search) => asksForQuality(search, data().quality);
  assert.deepEqual(asking.map(asks), [true, true, true, true]);
  const others = ["", "?lab=acme&sort=input&cols=output", "?q=ability", "?cols=constructor"];
  assert.deepEqual(others.map(asks), [false, false, false, false]);
});

test("until it is loaded quality is unknown, and no facet offers it", () => {
  const all = offerings();
  assert.equal(all.hasQuality, false);
  assert.equal(all.text(0, "ability"), "—");
  assert.deepEqual(facets(all).find(({ id }) => id === "evidence").values, ["unknown"]);
});

test("each row has its model's quality, in digits as Python wrote them", () => {
  const all = learned();
  assert.deepEqual(
    [0, 2, 5].map((row) => [
      all.text(row, "evidence"),
      all.text(row, "ability"),
      all.text(row, "tier_overall"),
    ]),
    [
      ["measured", "0.4 (0.1 to 0.7)", "2"],
      ["untested", "—", "—"],
      ["claimed only", "1.2 (0.9 to 1.5)", "1"],
    ],
  );
});

test("evidence filters rows, and the untested come last however a tier is sorted", () => {
  const all = learned();
  const table = makeTable(all, facets(all), []);
  table.setColumnFilters([{ id: "f.evidence", value: ["measured"] }]);
  const rows = () => table.getRowModel().rows.map((row) => all.model(row.original));
  assert.deepEqual(new Set(rows()), new Set(["acme/one"]));
  for (const [sort, first] of [
    ["tier_overall", "zen/koan"],
    ["-tier_overall", "acme/one"],
  ]) {
    table.setColumnFilters([]);
    table.setSorting(sorting(sort));
    const living = rows().filter((model) => model !== undefined);
    assert.equal(living[0], first);
    assert.ok(living.lastIndexOf("acme/two") > living.indexOf(first));
  }
});

test("an untested model is compared by that alone, a tested one with interval, tier and evidence", () => {
  assert.deepEqual(
    qualityFacts({}).map(({ text }) => text),
    ["untested"],
  );
  const standing = {
    title: "Overall",
    unit: "ability",
    evidence: "measured",
    low: 0.94,
    middle: 1.2,
    high: 1.5,
  };
  const votes = {
    title: "Chat",
    unit: "rating",
    evidence: "votes only",
    low: 1405.2,
    middle: 1412,
    high: 1418.8,
  };
  const topics = { overall: { ...standing, tier: 1, tiers: 20 }, chat: votes };
  assert.deepEqual(
    qualityFacts({ quality: { evidence: "measured", topics } }).map(({ label, text }) => [label, text]),
    [
      ["Evidence of quality", "measured"],
      ["Overall", "1.2 (0.9 to 1.5), tier 1 of 20, measured"],
      ["Chat", "1,412 (1,405 to 1,419), votes only"],
    ],
  );
});
