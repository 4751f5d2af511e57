// A catalog of six offerings, packed as generator/exports/explorer.py packs one.

import { Offerings } from "../../../generator/web/explorer/offerings.mjs";

/** A number as a column's character. */
export function code(number) {
  const point = number + 35;
  return String.fromCodePoint(point < 0xd800 ? point : point + 0x800);
}

/** Cells as a column: the distinct values, and a character per cell. */
export function packed(cells) {
  const keys = cells.map((cell) => JSON.stringify(cell));
  const distinct = [...new Set(keys)];
  const codes = keys.map((key) => code(distinct.indexOf(key))).join("");
  return { values: distinct.map((key) => JSON.parse(key)), codes };
}

const PLACE = ["provider", "channel", "version", "variant", "before", "after"];

/** Places as their columns, and a character for each. */
export const places = (rows) => ({
  columns: Object.fromEntries(PLACE.map((part, i) => [part, rows.map((row) => row[i])])),
  codes: rows.map((_, n) => code(n)).join(""),
});

const QUALITY = {
  evidence: "Evidence",
  ability: "Ability (80 %)",
  tier_overall: "Tier overall",
  tier_coding: "Tier at coding",
};

/** offerings.json of the six. */
export const data = () => ({
  labs: { acme: "Acme", zen: "Zen Lab" },
  providers: { acme: "Acme", cloud: "Big Cloud" },
  channels: { direct: "Direct", eu: "Region EU", hosted: "Hosted" },
  capabilities: { tool_calls: "Tool calls", vision: "Vision" },
  quality: QUALITY,
  modalities: ["vision"],
  standings: { A: "agreed: two say so", S: "single source: one says so", H: "held back: none is right" },
  models: {
    values: ["acme/one", "acme/two", "zen/koan"],
    names: ["One", "Two", "Koan"],
    runs: [2, 1, 3].map(code).join(""),
  },
  places: places([
    ["acme", "direct", "", "", "acme/direct/", ""],
    ["cloud", "eu", "", "", "cloud/eu/", ""],
    ["cloud", "hosted", "2026-01", "fp8", "cloud/hosted/", "@2026-01:fp8"],
    ["cloud", "eu", "", "", "cloud/eu/", ""],
    ["cloud", "hosted", "", "fp8", "cloud/hosted/", ":fp8"],
    ["zen", "direct", "", "", "zen/direct/", ""],
  ]),
  columns: {
    context: packed([[1000, "S"], [200, "A"], null, [200, "S", "200 in"], [50, "S"], [200, "S"]]),
    weights: packed([
      ["no", "S"],
      ["no", "S"],
      ["no", "S"],
      ["yes", "A"],
      ["yes", "A"],
      ["yes", "A"],
    ]),
    licence: packed([null, null, null, null, null, null]),
    kind: packed([["chat", "S"], ["chat", "S"], null, ["chat", "S"], ["image", "S"], ["chat", "S"]]),
    output_limit: packed([[64000, "S"], null, null, null, null, null]),
    status: packed([["beta", "S"], null, null, null, null, null]),
    retires: packed([["2026-01-10", "S"], ["2026-03-01", "S"], ["2027-09-01", "S"], null, [null, "H"], null]),
    regions: packed([
      null,
      [["west", "east"], "S"],
      null,
      [["west", "east", "north"], "S"],
      null,
      [null, "H"],
    ]),
    input: {
      ...packed([[0.5, "S"], [2, "A"], null, [0, "S"], [10, "S"], [null, "H", "held back"]]),
      texts: ["$0.50", "$2.00", "", "$0.00", "$10.00", ""],
    },
    output: packed([[1.5, "S"], [6, "A"], null, [0, "S"], [30, "S"], [null, "H"]]),
    cached: packed([null, null, null, null, null, null]),
    batch_input: packed([null, null, null, null, null, null]),
    batch_output: packed([null, null, null, null, null, null]),
    tool_calls: packed([["yes", "S"], ["no", "S"], null, ["yes", "A"], [null, "H"], ["yes", "S"]]),
    vision: packed([null, null, null, ["no", "S"], null, ["yes", "S"]]),
  },
});

/** The six, of which the first has a price by the hour. */
export function hourly() {
  const all = data();
  all.columns.input.values[0] = [0.5, "S", null, 0.25];
  all.columns.input.texts[0] = "$0.25 to $0.50";
  return new Offerings(all, "2026-02-01");
}

/** The six as the explorer reads them, on 1 February 2026. */
export const offerings = () => new Offerings(data(), "2026-02-01");
