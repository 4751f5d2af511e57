// The explorer's address: what is read from it, what is written to it, and that the two agree.

import assert from "node:assert/strict";
import test from "node:test";

import { facets } from "../../../generator/web/explorer/facets.mjs";
import { MEDIUM, SMALL, WIDE } from "../../../generator/web/explorer/offerings.mjs";
import { empty, read, shown, write } from "../../../generator/web/explorer/state.mjs";
import { offerings } from "./small.mjs";

const all = offerings();
const list = facets(all);
const asked = (search) => read(search, all, list);

test("no address asks for everything, and everything has no address", () => {
  assert.deepEqual(asked(""), { state: empty(), notes: [] });
  assert.equal(write(empty()), "");
});

for (const address of [
  "?q=gpt%204o",
  "?lab=acme,zen&provider=cloud",
  "?can=tool_calls&maybe=vision",
  "?input_min=0.5&input_max=2&context_min=1000",
  "?sort=-input",
  "?cols=input,output",
  "?cols=model",
  "?pick=cloud/hosted/acme/two@2026-01:fp8,zen/direct/zen/koan",
  "?q=a%26b%3Dc%25&lab=acme&can=vision&output_max=0&sort=model&cols=kind&pick=a/b/c/d",
]) {
  test(`${address} is written as it was read`, () => {
    const { state, notes } = asked(address);
    assert.deepEqual(notes, []);
    assert.equal(write(state), address);
  });
}

test("what is read is what was asked for", () => {
  const { state } = asked("?q=x&lab=acme&can=vision&maybe=tool_calls&input_max=2&sort=-output&cols=input");
  assert.deepEqual(state, {
    q: "x",
    facets: { lab: ["acme"] },
    can: { vision: "yes", tool_calls: "maybe" },
    ranges: { input: { max: 2 } },
    sort: "-output",
    cols: ["model", "input"],
    pick: [],
  });
});

test("the first column is always the model", () => {
  assert.deepEqual(asked("?cols=input,model").state.cols, ["model", "input"]);
  assert.deepEqual(asked("?cols=").state.cols, ["model"]);
});

test("what is not understood is told with what comes near, and the rest counts", () => {
  const { state, notes } = asked("?lab=acm,zen&can=vison&sort=inputt&cols=nothing-like-it,output");
  assert.deepEqual(state.facets, { lab: ["zen"] });
  assert.deepEqual(state.can, {});
  assert.equal(state.sort, "");
  assert.deepEqual(state.cols, ["model", "output"]);
  assert.deepEqual(notes, [
    "No lab “acm” here; did you mean acme?",
    "No capability “vison” here; did you mean vision?",
    "No column to sort by “inputt” here; did you mean input, batch_input, output?",
    "No column “nothing-like-it” here.",
  ]);
});

test("a limit that is no number, or below zero, is told and left out", () => {
  for (const text of ["abc", "-1", "NaN", "Infinity", "1e999"]) {
    const { state, notes } = asked(`?input_max=${text}`);
    assert.deepEqual(state.ranges, {}, text);
    assert.deepEqual(notes, [`Input price: “${text}” is no number.`]);
  }
  assert.deepEqual(asked("?input_max=").notes, []);
  assert.deepEqual(asked("?input_min=0&input_max=x").state.ranges, { input: { min: 0 } });
});

test("a search is cut where it grows too long; six offerings are picked at most, each once", () => {
  assert.equal(asked(`?q=${"x".repeat(500)}`).state.q.length, 200);
  assert.deepEqual(asked("?pick=a,b,a,c,d,e,f,g,h").state.pick, ["a", "b", "c", "d", "e", "f"]);
});

test("a value with an odd character is encoded", () => {
  const address = write({ ...empty(), q: "50% & more, a/b @c:d #e" });
  assert.equal(address, "?q=50%25%20%26%20more,%20a/b%20@c:d%20%23e");
  assert.equal(asked(address).state.q, "50% & more, a/b @c:d #e");
});

test("columns that were not chosen are those that fit", () => {
  assert.deepEqual(shown(empty(), SMALL), ["model", "input", "output"]);
  assert.deepEqual(shown(empty(), MEDIUM), ["model", "context", "input", "output", "retires"]);
  assert.deepEqual(shown(empty(), WIDE), [
    "model",
    "provider",
    "channel",
    "context",
    "input",
    "cached",
    "output",
    "retires",
  ]);
  assert.deepEqual(shown({ ...empty(), cols: ["model", "kind"] }, SMALL), ["model", "kind"]);
});
