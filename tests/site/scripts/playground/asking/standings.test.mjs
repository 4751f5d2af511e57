// How panes compare: what was asked last counts, in whatever order the answers come.
import assert from "node:assert/strict";
import { test } from "node:test";
import { measure } from "../../../../../generator/web/playground/actions/standings.js";

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
