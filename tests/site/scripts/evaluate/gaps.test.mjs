// What stands empty so that nothing can be asked: the first gap, in plain words, with its field.
import assert from "node:assert/strict";
import { test } from "node:test";
import { gapOf, TYPED } from "../../../../generator/web/evaluate/asking/gaps.js";
import { factsOf } from "../../../../generator/web/evaluate/facts.js";

/** @param {string} text */
const prompt = (text, name = "Prompt 1") => ({ name, messages: [{ role: "user", text }] });
/** @param {string} question */
const typed = (question, name = "1") => ({ name, variables: { question, expected: "" } });
const gap = (cases, ...prompts) => gapOf({ cases, prompts }, factsOf(cases).columns);

test("cases come first, then the prompt, each in plain words", () => {
  assert.deepEqual(gap([], prompt("")), {
    text: "There are no cases yet: choose a file, paste some or type them.",
    field: "cases",
  });
  assert.deepEqual(gap([typed("Why?")], prompt(" \n")), {
    text: "The prompt is empty: write what each case is asked, with {{question}} where its own text goes.",
    field: "prompt 1",
  });
  assert.deepEqual(gap([typed("Why?")], prompt("{{question}}"), prompt("", "Short")), {
    text: "Short is empty: write what each case is asked, with {{question}} where its own text goes.",
    field: "prompt 2",
  });
  assert.equal(gap([typed("Why?")], prompt("{{question}}")), null);
});

test("a case that nobody filled in is not asked; one of a file may be as its author wants it", () => {
  const cases = [typed("Why?"), typed(" ", "second")];
  assert.deepEqual(gap(cases, prompt("{{question}}")), {
    text: "Case second is empty: fill it in or remove it.",
    field: "case 2",
  });
  const many = Array.from({ length: TYPED + 1 }, () => typed(""));
  assert.equal(gap(many, prompt("{{question}}")), null);
  assert.equal(gap([{ name: "1", variables: {} }], prompt("Say hi")), null);
  assert.equal(gap([{ name: "1", variables: { count: 0 } }], prompt("{{count}}")), null);
});

test("a case with a conversation of its own needs no prompt, and an image is no gap", () => {
  const talk = { name: "1", variables: {}, messages: [{ role: "user", text: "Hi" }] };
  assert.equal(gap([talk], prompt("")), null);
  assert.equal(gap([talk, typed("Why?")], prompt("")).field, "prompt 1");
  const seen = { name: "a", messages: [{ role: "user", text: "", images: [{}] }] };
  assert.equal(gap([typed("Why?")], seen), null);
});
