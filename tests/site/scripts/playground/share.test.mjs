// A link of the playground: what is put into it is what is read from it.

import assert from "node:assert/strict";
import { test } from "node:test";

import { LONGEST, fromFragment, toFragment } from "../../../../generator/web/playground/share.js";

const LINK = {
  system: "Be brief & kind: #1",
  prompt: "Say + hello,\nin {{language}}",
  models: [
    { row: "openai", model: "gpt-6.1-sol", options: { temperature: 0.2, effort: "high" } },
    { row: "own", model: "a/b:c", options: {} },
  ],
  options: { max_tokens: 100 },
  then: ["And again?", ""],
  images: 2,
};

test("a link holds the question, those after it, and each model with its own parameters", () => {
  assert.deepEqual(fromFragment(`#${toFragment(LINK)}`), LINK);
  const plain = { ...LINK, models: LINK.models.slice(1), options: {}, then: [], images: 0, system: "" };
  assert.deepEqual(fromFragment(toFragment(plain) ?? ""), plain);
});

test("what is too long for a link is none, and what is none of ours is not read", () => {
  assert.equal(toFragment({ ...LINK, prompt: "é".repeat(LONGEST / 2) }), null);
  assert.equal(fromFragment("#page"), null);
  assert.equal(fromFragment(""), null);
  assert.throws(() => fromFragment("#v=2&prompt=Hi"), /another version/);
});

test("a broken part is left out and the rest holds", () => {
  const read = fromFragment(
    "#v=1&model=own:one&model=own:two&prompt=Hi&options=%7B&own=%5B1,%5B%5D%5D&images=x",
  );
  assert.equal(read?.prompt, "Hi");
  assert.deepEqual(read?.options, {});
  assert.deepEqual(
    read?.models.map(({ model, options }) => [model, options]),
    [
      ["one", {}],
      ["two", {}],
    ],
  );
  assert.equal(read?.images, 0);
  assert.equal(fromFragment(`#v=1${"&model=own:m".repeat(20)}`)?.models.length, 6);
});
