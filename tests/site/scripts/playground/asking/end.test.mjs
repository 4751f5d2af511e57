// How a turn ended, in one line.
import assert from "node:assert/strict";
import { test } from "node:test";

import { endOf } from "../../../../../generator/web/playground/views/end.js";

const reasons = {
  ...{ stop: "the answer is complete", length: "cut off at its limit of tokens" },
  ...{ filtered: "cut off by a filter", empty: "the model answered with no text", reasoned: "all reasoning" },
};
/** @param {object} turn */
const told = (turn) =>
  endOf(
    { reasons },
    {
      ...{ end: { type: "Finished", reason: "stop", said: "end_turn" }, isCancelled: false, attempts: [] },
      ...{ text: "", calls: [], reasoning: "", metrics: null },
      ...turn,
    },
  );
/** @param {string} reason */
const finished = (reason) => ({ end: { type: "Finished", reason, said: "word" } });

test("an answer that can be read is finished as its provider says", () => {
  assert.equal(told({ text: "Hi" }), "Finished: the answer is complete (end_turn)");
  const calls = [{ type: "tool_call", id: "c", name: "f", arguments: "{}" }];
  assert.equal(told({ calls }), "Finished: the answer is complete (end_turn)");
});

test("an answer with no text says so, and why where that is known", () => {
  const none = "Finished: the model answered with no text";
  assert.equal(told({ text: " \n" }), `${none} (end_turn)`);
  assert.equal(told({ reasoning: "Hm." }), `${none} (end_turn)`);
  assert.equal(told(finished("length")), `${none}: cut off at its limit of tokens (word)`);
  assert.equal(told({ ...finished("length"), reasoning: "Hm." }), `${none}: all reasoning (word)`);
  const metrics = { reasoning: { value: 9, known: "reported", note: "" } };
  assert.equal(told({ ...finished("length"), metrics }), `${none}: all reasoning (word)`);
  assert.equal(told({ ...finished("filtered"), metrics }), `${none}: cut off by a filter (word)`);
});

test("who stops trying still reads why it was tried again", () => {
  const end = { type: "Failed", cause: "stopped", message: "Stopped." };
  const attempt = { sent: "", failed: "" };
  assert.equal(told({ end, attempts: [attempt] }), "Stopped.");
  const failed = { sent: "", failed: "Rate limit reached" };
  assert.equal(told({ end, attempts: [failed] }), "Stopped. The last try failed: Rate limit reached.");
  assert.equal(told({ end, attempts: [failed, attempt] }), "Stopped.");
});
