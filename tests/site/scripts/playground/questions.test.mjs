// What a cell learns by answers that are withheld: at most that one of all that it asked at once was.

import assert from "node:assert/strict";
import { test } from "node:test";

import { Questions } from "../../../../generator/web/playground/python/questions.js";

/** @import { Chat } from "../../../../generator/web/types/playground.js" */

/** A page whose models repeat what they are asked when they are told to, and whose key is "key". */
function playground() {
  /** Ends each run with what was asked. @type {((kind?: string) => void)[]} */
  const open = [];
  const pane = {
    row: { id: "own", name: "Mine", places: [], keyed: false },
    places: {},
    origin: "https://mine.example",
    model: "one",
    page: { keys: { get: () => null } },
    notTaken: () => ({}),
    keyed: (/** @type {unknown} */ chat) => chat,
  };
  const keyed = { ...pane };
  keyed.row = { ...pane.row, id: "sold", name: "Sold", keyed: true };
  const page = {
    panes: [pane, { ...pane, model: "two" }, keyed],
    reach() {},
    async start() {},
    changed() {},
    keys: {
      found: (/** @type {unknown} */ value) => (JSON.stringify(value).includes("key") ? "the key" : ""),
    },
    runtime: {
      run(/** @type {Chat} */ chat, /** @type {(message: object) => void} */ hear) {
        const { text } = Object(chat.messages[0].parts[0]);
        open.push((kind = "done") => {
          hear({ kind: "events", events: [{ type: "TextDelta", text }] });
          hear({ kind, message: kind === "done" ? { parts: [] } : text, end: {}, metrics: {} });
        });
        return () => open.splice(0);
      },
    },
  };
  const questions = new Questions(Object(page));
  /** @type {Record<string, { text?: string, refused: string }>} */
  const came = {};
  /** @param {string} text */
  const ask = async (text, model = "own/one") => {
    const chat = { messages: [{ role: "user", parts: [{ type: "text", text }] }] };
    await questions.ask(Object({ model, chat }), (answer) => (came[text] = JSON.parse(answer)));
  };
  return { questions, open, came, ask };
}

const guesses = Array.from({ length: 120 }, (_, n) => (n === 70 ? "the key" : `guess ${n}`));

test("of guesses asked at once none comes back where one is right, whatever the order", async () => {
  for (const isReversed of [false, true]) {
    const { questions, open, came, ask } = playground();
    await Promise.all(guesses.map((text) => ask(text)));
    const [last, ...first] = isReversed ? open.toReversed() : open;
    for (const end of first) end();
    assert.deepEqual(came, {});
    last();
    assert.equal(Object.keys(came).length, 120);
    assert.equal(new Set(Object.values(came).map((answer) => JSON.stringify(answer))).size, 1);
    assert.match(came["guess 0"].refused, /repeats a key/);
    assert.equal(questions.withheld, "the key");
  }
});

test("after one was withheld every question is refused in the same words, and none is sent", async () => {
  const { questions, open, came, ask } = playground();
  await ask("the key");
  open.splice(0)[0]();
  questions.stop(); // another Python
  for (const text of ["key", "hello", "again key"]) await ask(text);
  for (const name of ["two", "none"]) await ask(name, `own/${name}`);
  assert.equal(open.length, 0);
  assert.equal(new Set(Object.values(came).map(({ refused }) => refused)).size, 1);
  questions.allow();
  await ask("after");
  open[0]();
  assert.equal(came.after.text, "after");
});

test("a refusal that repeats a key is withheld as an answer is", async () => {
  for (const kind of ["refused", "lost"]) {
    const { questions, open, came, ask } = playground();
    await ask("the key");
    open[0](kind);
    assert.doesNotMatch(came["the key"].refused, /the key/);
    assert.equal(questions.withheld, "the key");
  }
});

test("what was asked at once comes back together, and at most so much is asked", async () => {
  const { open, came, ask } = playground();
  await Promise.all([...guesses.keys()].map((n) => ask(`question ${n}`)));
  await ask("one more");
  assert.match(came["one more"].refused, /at most 120/);
  const [last, ...others] = open;
  for (const end of others) end();
  assert.equal(Object.keys(came).length, 1);
  last();
  assert.equal(came["question 119"].text, "question 119");
});

test("what is stopped keeps nothing else waiting", async () => {
  const { questions, open, came, ask } = playground();
  await ask("the key, stopped");
  const [stopped] = open;
  questions.stop();
  await ask("after");
  stopped();
  open.at(-1)?.();
  assert.equal(came.after.text, "after");
  assert.equal(came["the key, stopped"], undefined);
  assert.equal(questions.withheld, "");
});

test("a model whose provider wants a key is not asked without one", async () => {
  const { open, came, ask } = playground();
  await ask("Hello", "sold/one");
  assert.deepEqual(came, { Hello: { refused: "a key for Sold is missing: fill it in in its pane" } });
  assert.equal(open.length, 0);
});
