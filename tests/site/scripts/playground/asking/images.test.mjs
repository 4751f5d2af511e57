// An image is attached to a conversation once: every later request repeats what was sent before.
import assert from "node:assert/strict";
import { test } from "node:test";
import { attached, messagesOf, question } from "../../../../../generator/web/playground/actions/chat.js";

const image = (sha256) => ({ type: "image", media_type: "image/png", data: "AA", sha256 });
const reply = { role: "assistant", parts: [{ type: "text", text: "Yes." }] };
const pane = (turns = [], refused = {}) => ({ turns, refused, last: turns.at(-1) });
const page = (panes, ...images) => ({ panes, images, variables: {} });
const asked = (...parts) => ({ question: { role: "user", parts }, message: reply });
const hashes = (messages) => messages.flatMap(({ parts }) => parts.flatMap(({ sha256 }) => sha256 ?? []));

/** All that a follow-up question sends. */
function followed(one, on) {
  const before = messagesOf(one.turns);
  return [...before, question(on, one, "And?", before)];
}

test("an image goes with the first question, and with no follow-up again", () => {
  const on = page([], image("a"), image("b"));
  assert.deepEqual(hashes([question(on, pane(), "Hi")]), ["a", "b"], "a run begins anew");
  const once = pane([asked(image("a"), image("b"))]);
  assert.deepEqual(hashes(followed(once, on)), ["a", "b"]);
  once.turns.push(asked());
  assert.deepEqual(hashes(followed(once, on)), ["a", "b"]);
});

test("one that came since the run goes with the next question", () => {
  assert.deepEqual(hashes(followed(pane([asked(image("a"))]), page([], image("a"), image("c")))), ["a", "c"]);
});

test("one that a record names and does not hold is in no conversation yet", () => {
  const { data: _, ...named } = image("a");
  assert.deepEqual(hashes(followed(pane([asked(named)]), page([], image("a")))), ["a"]);
});

test("the form says which are in every conversation that takes images", () => {
  assert.equal(attached(page([pane()], image("a"))), null, "there is none to go on with");
  const [both, one, blind] = [
    pane([asked(image("a"), image("b"))]),
    pane([asked(image("a"))]),
    pane([asked()], { images: "no images" }),
  ];
  assert.deepEqual(attached(page([both, one, blind])), new Set(["a"]));
  assert.equal(attached(page([blind])), null);
});
