// Of a need in the page's address what is not known is named, and nothing is made up.

import assert from "node:assert/strict";
import { test } from "node:test";

import { read } from "../../../../generator/web/choose/state.mjs";

const DATA = { needs: [{ id: "default" }, { id: "support" }], lists: ["must"] };

/** @param {string} search @param {string} [hash] */
const reading = (search, hash = "") => read(search, hash, DATA);

test("a need that is named is taken, with or without parts of its own", () => {
  assert.deepEqual(reading("?need=support"), { id: "support", parts: null, notes: [], results: "" });
  const { id, parts, notes } = reading("?need=support&must=vision,pdf", "#who-is-out");
  assert.deepEqual([id, parts, notes], ["support", { must: ["vision", "pdf"] }, []]);
  assert.equal(reading("", "#support").id, "support");
});

test("a name that no need has is told, beside parts too", () => {
  assert.deepEqual(reading("?need=supprt").notes, ["There is no need named “supprt”; this is the first."]);
  const { id, parts, notes } = reading("?need=vision&zone=eu");
  assert.deepEqual([id, parts], ["", { zone: "eu" }]);
  assert.deepEqual(notes, ["There is no need named “vision”; the rest of the address counts."]);
  assert.deepEqual(reading("?zone=eu", "#who-is-out").notes, []);
});
