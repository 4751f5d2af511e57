// A question that is written in parts is the same question.

import assert from "node:assert/strict";
import { test } from "node:test";

import { jsonOf } from "../../../../generator/web/playground/python/question_json.js";

test("it is what JSON.stringify makes of it", async () => {
  for (const value of [
    {},
    { kind: "summary", models: [] },
    { models: [{ name: "“m”", scores: [[1, null]] }, [undefined], undefined, null, "a\n"], no: undefined },
    { deep: { list: [1, 2] }, 'na"me': 1 / 3, flag: false, nothing: null },
  ])
    assert.equal(await jsonOf(value), JSON.stringify(value));
});

test("the page has its turn while a long one is written", async () => {
  let turns = 0;
  const timer = setInterval(() => {
    turns += 1;
  });
  const models = Array.from({ length: 60 }, () => Array.from({ length: 20_000 }, (_, n) => n / 7));
  const text = await jsonOf({ models });
  clearInterval(timer);
  assert.equal(text, JSON.stringify({ models }));
  assert.ok(turns > 3, `${turns}`);
});
