// The explorer's files: CSV and JSON.

import assert from "node:assert/strict";
import test from "node:test";

import { csv, json, quoted } from "../../../generator/web/explorer/download.mjs";
import { hourly, offerings } from "./small.mjs";

test("CSV holds what a spreadsheet would run as text, and quotes what would break a line", () => {
  assert.equal(quoted("=1+1"), "'=1+1");
  assert.equal(quoted("-5"), "'-5");
  assert.equal(quoted(-5), "-5");
  assert.equal(quoted('a "b", c'), '"a ""b"", c"');
  assert.equal(quoted("@a\nb"), '"\'@a\nb"');
  assert.equal(quoted(""), "");
});

test("a file has a key, the columns, and the standing of each figure", () => {
  const all = offerings();
  const lines = csv(all, [0, 5, 2], ["model", "input", "regions"]).split("\r\n");
  assert.deepEqual(lines, [
    "key,model,input,input_standing,regions,regions_standing,by_hour",
    "acme/direct/acme/one,One,0.5,S,,,",
    "zen/direct/zen/koan,Koan,held back,H,,H,",
    "cloud/hosted/acme/two@2026-01:fp8,Two,,,,,",
    "",
  ]);
  const [first, second] = JSON.parse(json(all, [1, 2], ["model", "input", "regions"]));
  assert.deepEqual(first, {
    key: "cloud/eu/acme/one",
    model_id: "acme/one",
    page: "models/acme/one/#cloud-eu",
    model: "One",
    input: { value: 2, standing: "A" },
    regions: { value: "west east", standing: "S" },
  });
  assert.deepEqual(second.input, { value: null, standing: null });
});

test("a price by the hour is its dearest, and says from what on it is to be had", () => {
  const all = hourly();
  assert.equal(
    csv(all, [0], ["input"]),
    "key,input,input_standing,by_hour\r\nacme/direct/acme/one,0.5,S,input $0.25 to $0.50\r\n",
  );
  const [{ input }] = JSON.parse(json(all, [0], ["input"]));
  assert.deepEqual(input, { value: 0.5, standing: "S", least: 0.25 });
});

test("no rows make a file with a head only", () => {
  assert.equal(csv(offerings(), [], ["model"]), "key,model\r\n");
  assert.equal(json(offerings(), [], ["model"]), "[]\n");
});
