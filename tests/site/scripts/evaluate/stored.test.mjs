// Answers that are stored stand in the results again as the page is opened, and nothing is asked.
import assert from "node:assert/strict";
import { test } from "node:test";

import { showStored } from "../../../../generator/web/evaluate/asking/stored.js";

/** @typedef {import("../../../../generator/web/evaluate/page.js").EvaluatePage} EvaluatePage */

const prompt = { name: "Prompt 1", messages: [{ role: "user", text: "{{q}}" }] };
/** @param {number} at */
const answer = (at) => ({
  ...{ case: 9, prompt: 9, model: 9, repeat: 0, hash: `h${at}.0`, checked: "c", text: `a${at}` },
  ...{ verdicts: [], passed: at > 0, failure: "", seconds: 1, cost: null },
});
globalThis.location ??= /** @type {Location} */ ({ origin: "https://here.example" });

/** @param {number[]} there the cases whose answers are stored */
function opened(there) {
  /** @type {unknown[]} */
  const asked = [];
  const pane = {
    ...{ model: "m", name: "Mine, m", row: { id: "own", name: "Mine" }, known: {}, url: null },
    parameters: () => ({ sent: {}, left: {} }),
    keyed: () => ({ endpoint: { url: "https://mine.example" }, model: "m" }),
  };
  const page = {
    ...{ notice: "Opened.", results: null, summary: null, busy: false, options: {}, budget: "" },
    ...{ panes: [pane], data: { parameters: [] }, unpriced: false },
    answers: new Map(there.map((at) => [`h${at}.0`, answer(at)])),
    evaluation: {
      ...{ cases: [0, 1].map((n) => ({ name: `${n}`, variables: { q: `${n}` } })), prompts: [prompt] },
      ...{ checks: [], repeats: 1, models: [], parameters: {} },
    },
    reach() {},
    async start() {},
    changed() {},
    runtime: {
      ask: async () => ({ models: [], pairs: [] }),
      /** @param {object} request @param {(message: object) => void} listen */
      steered(request, listen) {
        asked.push(request);
        queueMicrotask(() => {
          listen({ kind: "placed", cells: there.map((at) => [at, 0, 0, 0, `h${at}.0`, false]) });
          listen({ kind: "planned", cells: 0 });
        });
        return { stop: () => asked.push("stopped"), steer: () => assert.fail("judged anew") };
      },
    },
  };
  return { page: /** @type {EvaluatePage} */ (/** @type {unknown} */ (page)), asked };
}

test("each stands where it belongs, and the page knows that none is missing", async () => {
  const { page, asked } = opened([0, 1]);
  await showStored(page);
  const { results } = page;
  assert.ok(results);
  assert.deepEqual([results.done, results.cells, results.over], [2, 2, true]);
  assert.deepEqual(
    results.all().map(({ text, case: at }) => [at, text]),
    [
      [0, "a0"],
      [1, "a1"],
    ],
  );
  assert.match(page.notice, /2 cases, 2 answers. None is missing.$/);
  assert.deepEqual(Object(asked[0]).only, []);
  assert.equal(asked[1], "stopped");
});

test("what has no answer is missing, and a page that has gone on is left alone", async () => {
  const half = opened([1]).page;
  await showStored(half);
  assert.deepEqual([half.results?.done, half.results?.cells, half.notice], [1, 2, "Opened."]);
  const { page } = opened([1]);
  const shown = showStored(page);
  page.evaluation = { ...page.evaluation };
  await shown;
  assert.equal(page.results, null);
});
