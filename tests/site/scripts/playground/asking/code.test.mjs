// Which request Get code is of: what stands in the form, and of the last run only where that is the same.
import assert from "node:assert/strict";
import { test } from "node:test";
import { codeOf } from "../../../../../generator/web/playground/asking/code.js";

const page = (prompt, more = {}) => ({
  ...{ prompt, system: "", variables: {}, images: [], options: {}, data: { parameters: [] } },
  ...more,
});
const question = (text) => ({ role: "user", parts: [{ type: "text", text }] });
const reply = (text) => ({ role: "assistant", parts: [{ type: "text", text }] });
/** A turn that was sent and answered. */
const turn = (text, more = {}) => ({
  ...{ row: "own", provider: "Own", model: "m", system: "", parameters: {}, attempts: [{}] },
  ...{ question: question(text), message: reply("Yes.") },
  ...more,
});
const pane = (...turns) => ({
  ...{ turns, row: { id: "own" }, model: "m", refused: {}, options: {} },
  last: turns.at(-1),
  parameters: ({ ...sent }) => ({ sent, left: {} }),
});
const asked = ({ chat }) => chat.messages.map(({ parts }) => parts[0].text);

test("before a run, and after one of the same form, the code is of the form without a word", () => {
  const before = codeOf(page("Hi"), pane());
  assert.deepEqual([asked(before), before.note, before.other], [["Hi"], "", undefined]);
  const after = codeOf(page("Hi"), pane(turn("Hi")));
  assert.deepEqual([asked(after), after.note, after.other], [["Hi"], "", undefined]);
});

for (const [what, form] of Object.entries({
  prompt: page("Changed"),
  "system prompt": page("Hi", { system: "Be brief." }),
  parameter: page("Hi", { options: { temperature: 0.5 } }),
  image: page("Hi", { images: [{ media_type: "image/png", data: "AA", sha256: "1" }] }),
}))
  test(`after a changed ${what} the code is of the form, says so and leads to the last run's`, () => {
    const last = turn("Hi", { parameters: { max_tokens: 9 } });
    const was = { ...form, options: { max_tokens: 9, ...form.options } };
    const made = codeOf(was, pane(last));
    assert.equal(made.chat.messages.length, 1);
    assert.deepEqual(asked(made).at(-1), form.images.length ? undefined : form.prompt);
    assert.equal(made.note, "This code asks what stands in the form now, not what the last run asked.");
    assert.equal(made.other, "run");
    const run = codeOf(was, pane(last), "run");
    assert.deepEqual(run.chat, { max_tokens: 9, messages: [question("Hi")] });
    assert.equal(run.note, "This code asks what the last run asked: “Hi”. The form has changed since.");
    assert.equal(run.other, "form");
    assert.deepEqual(codeOf(was, pane(last), "form").other, "run");
  });

test("a conversation is asked as a whole, with its last question named", () => {
  const talk = pane(turn("Hi", { system: "S" }), turn("And then?", { system: "S" }));
  const made = codeOf(page("Hi", { system: "S" }), talk);
  assert.deepEqual(asked(made), ["Hi", "Yes.", "And then?"]);
  assert.equal(made.chat.system, "S");
  assert.match(made.note, /last run asked: “And then\?”, with the conversation before it[.]$/);
});

test("what was never sent, or was asked of another model, is no last run", () => {
  const unsent = codeOf(page("Changed"), pane(turn("Hi", { attempts: [] })));
  assert.deepEqual([asked(unsent), unsent.other], [["Changed"], undefined]);
  const other = codeOf(page("Changed"), pane(turn("Hi", { model: "n" })));
  assert.deepEqual([asked(other), other.other], [["Changed"], undefined]);
  assert.equal(other.note, "This code asks what stands in the form now; the last run asked Own, n.");
});

test("an empty form and variables without a value are told", () => {
  const empty = codeOf(page(" "), pane());
  assert.deepEqual(
    [asked(empty), empty.note],
    [["Hello"], "The prompt is empty, so this code asks “Hello”."],
  );
  const run = codeOf(page(""), pane(turn("Hi")));
  assert.deepEqual([asked(run), run.note], [["Hi"], "This code asks what the last run asked: “Hi”."]);
  assert.match(codeOf(page("Say {{what}}"), pane()).note, /sent as plain text: {{what}}[.]$/);
});
