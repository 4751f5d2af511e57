// How panes compare: what was asked last counts, in whatever order the answers come.
import assert from "node:assert/strict";
import { test } from "node:test";
import { measure } from "../../../../../generator/web/playground/actions/standings.js";

test("a run that is opened from the history again and again is one run", async () => {
  /** @type {{ panes: { runs: object[] }[] }[]} */
  const asked = [];
  const ask = async (/** @type {{ panes: { runs: object[] }[] }} */ question) => {
    asked.push(question);
    return {};
  };
  const answer = (/** @type {string} */ row, /** @type {string} */ ended) => ({
    ...{ row, model: "m", request: { url: row }, system: "", question: { parts: [] } },
    ...{ end: { type: "Finished" }, metrics: { total: 1 }, ended, attempts: [{ sent: ended }] },
  });
  const first = [answer("a", "09:00"), answer("b", "09:00")];
  const opened = [answer("a", "09:00"), answer("b", "09:00")];
  const again = [answer("a", "09:05"), answer("b", "09:05")];
  const page = {
    panes: opened.map((last) => ({ turns: [last], last })),
    runs: [{ turns: first }, { turns: opened }, { turns: again }],
    standings: null,
    runtime: { ready: true, ask },
    changed() {},
  };
  await measure(page);
  assert.deepEqual(
    asked[0].panes.map(({ runs }) => runs.length),
    [2, 2],
  );
});

test("an answer to an earlier question does not take the place of a later one", async () => {
  /** @type {((answer: object) => void)[]} */
  const answers = [];
  const ask = () =>
    new Promise((answer) => {
      answers.push(answer);
    });
  const turn = () => ({ system: "", question: { parts: [] }, end: { type: "Finished" } });
  const panes = [turn(), turn(), turn()].map((last) => ({ turns: [last], last }));
  const page = {
    panes: panes.slice(0, 2),
    runs: [],
    standings: null,
    runtime: { ready: true, ask },
    changed() {},
  };
  const first = measure(page);
  page.panes = panes;
  const second = measure(page);
  answers[1]({ note: "of three" });
  await second;
  answers[0]({ note: "of two" });
  await first;
  assert.equal(page.standings.note, "of three");
  assert.equal(page.standings.turns.length, 3);
});
