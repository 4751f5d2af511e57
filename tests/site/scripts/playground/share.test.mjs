// A link of the playground: what is put into it is what is read from it.

import assert from "node:assert/strict";
import { test } from "node:test";

import {
  LONGEST,
  fromFragment,
  holds,
  lacks,
  toFragment,
} from "../../../../generator/web/playground/share.js";

import { Pane } from "../../../../generator/web/playground/pane.js";

const LINK = {
  system: "Be brief & kind: #1",
  prompt: "Say + hello,\nin {{language}}",
  models: [
    { row: "openai", model: "gpt-6.1-sol", options: { temperature: 0.2, effort: "high" }, hadKey: false },
    { row: "own", model: "a/b:c", options: {}, hadKey: true },
  ],
  options: { max_tokens: 100 },
  variables: { language: "Nynorsk & more" },
  then: ["And again?", ""],
  images: 2,
  left: [],
};

test("a link holds the question, those after it, and each model with its own parameters", () => {
  assert.deepEqual(fromFragment(`#${toFragment(LINK).text}`), LINK);
  const bare = { options: {}, variables: {}, then: [], images: 0, system: "" };
  const plain = { ...LINK, ...bare, models: LINK.models.slice(1) };
  assert.deepEqual(fromFragment(toFragment(plain).text), plain);
});

test("a link carries which of a provider’s hosts is meant, and a pane takes no other", () => {
  const [first, ...others] = LINK.models;
  const there = { ...LINK, models: [{ ...first, choice: "eu.api.openai.com" }, ...others] };
  const { text } = toFragment(there);
  assert.deepEqual(fromFragment(text), there);
  assert.ok(text.includes("model=openai%40eu.api.openai.com%3Agpt-6.1-sol"));
  const place = { name: "host", default: "api.openai.com", choices: ["api.openai.com", "eu.api.openai.com"] };
  /** @param {string} choice */
  const taken = (choice) => {
    const pane = Object.assign(Object.create(Pane.prototype), { row: { places: [place] }, places: {} });
    return [pane.take(choice), pane.choice, pane.linked];
  };
  const eu = "eu.api.openai.com";
  assert.deepEqual(taken(eu), [true, eu, { choice: eu }]);
  assert.deepEqual(taken("evil.example"), [false, "api.openai.com", {}]);
});

test("half a character, as a slip of the keyboard leaves it, makes a link as anything else does", () => {
  const { text, left } = toFragment({ ...LINK, prompt: "half \ud83d of it", system: "\udc00" });
  assert.deepEqual(left, []);
  assert.equal(fromFragment(text)?.prompt, "half \ufffd of it");
});

test("what is too long for a link is left out, the longest first, and both sides are told", () => {
  const { text, left } = toFragment({ ...LINK, system: "é".repeat(LONGEST / 2) });
  assert.ok(text.length <= LONGEST);
  assert.deepEqual(left, ["system"]);
  assert.deepEqual(fromFragment(text), { ...LINK, system: "", left: ["system"] });
  const tools = { tools: "x".repeat(LONGEST) };
  const both = toFragment({ ...LINK, prompt: "y".repeat(LONGEST), options: tools });
  assert.deepEqual(both.left.toSorted(), ["options", "prompt"]);
  assert.equal(fromFragment(both.text)?.system, LINK.system);
  assert.equal(
    holds({ ...LINK, then: [] }, ["system"], ["the answers"]),
    "It holds what stands in the form: the prompt, the values of the variables, the models and their " +
      "parameters. It leaves out: keys, typed addresses, 2 images, the answers and the system prompt (too " +
      "long).",
  );
  assert.equal(
    lacks({ ...LINK, images: 1, left: ["system"] }),
    " A link can’t carry all that was there: add an image and the system prompt (too long).",
  );
  assert.equal(lacks({ ...LINK, images: 0 }), "");
});

test("a link whose models alone are too long says so by its length", () => {
  const models = [{ row: "own", model: "m".repeat(LONGEST), options: {} }];
  assert.ok(toFragment({ ...LINK, models }).text.length > LONGEST);
});

test("what is none of ours is not read", () => {
  assert.equal(fromFragment("#page"), null);
  assert.equal(fromFragment(""), null);
  assert.throws(() => fromFragment("#v=2&prompt=Hi"), /another version/);
});

test("a broken part is left out and the rest holds", () => {
  const read = fromFragment(
    "#v=1&model=own:one&model=own:two&prompt=Hi&options=%7B&own=%5B1,%5B%5D%5D&images=x" +
      "&variables=%5B1%5D&left=x",
  );
  assert.equal(read?.prompt, "Hi");
  assert.deepEqual([read?.options, read?.variables, read?.left], [{}, {}, []]);
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
