// Facts that are compared: which differ, and how they are grouped.

import assert from "node:assert/strict";
import test from "node:test";

import { differs, grouped } from "../../../generator/web/explorer/facts.mjs";

const fact = (field, value, label = field) => ({
  field,
  label,
  value,
  text: value === null ? "—" : String(value),
});

test("values differ where two that are known do", () => {
  assert.equal(differs([fact("x", 1), fact("x", 2)]), true);
  assert.equal(differs([fact("x", 1), fact("x", 1), undefined, fact("x", null)]), false);
  assert.equal(differs([undefined, undefined]), false);
});

test("a price that differs by the hour is another than its dearest at all hours", () => {
  const byHour = { ...fact("price.input", 2), by_hour: { least: 1, most: 2, text: "$1 to $2" } };
  assert.equal(differs([byHour, fact("price.input", 2)]), true);
  assert.equal(differs([byHour, byHour]), false);
});

test("facts come in groups, prices by mode and meter, each field once by its first label", () => {
  const groups = grouped([
    fact("name", "One"),
    fact("price.batch.input", 1),
    fact("price.output", 3),
    fact("price.input", 2, "Input"),
    fact("price.input", 4, "Again"),
    fact("can.vision", "yes"),
    fact("context_tokens", 5),
    fact("status", "beta"),
  ]);
  assert.deepEqual(
    groups.map(({ group, labels }) => [group, [...labels.keys()]]),
    [
      ["Prices", ["price.input", "price.output", "price.batch.input"]],
      ["Limits", ["context_tokens"]],
      ["Capabilities", ["can.vision"]],
      ["Life", ["status"]],
      ["Other", ["name"]],
    ],
  );
  assert.equal(groups[0].labels.get("price.input"), "Input");
  assert.deepEqual(grouped([]), []);
});
