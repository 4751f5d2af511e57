// A removed model comes back as it was, until something else is changed.
import assert from "node:assert/strict";
import { test } from "node:test";
import { bringBack, offered, removeModel } from "../../../../../generator/web/playground/asking/removing.js";
import { ConnectedPage } from "../../../../../generator/web/playground/connected/page.js";

globalThis.requestAnimationFrame = () => 0;

function pageWith(...names) {
  const said = [];
  const page = { removed: null, said, changed() {}, pass: (text) => said.push(text) };
  page.remove = ConnectedPage.prototype.remove;
  page.panes = names.map((name) => ({
    name,
    places: {},
    follows: null,
    running: false,
    stop() {},
    release() {},
  }));
  return page;
}
const names = ({ panes }) => panes.map(({ name }) => name);

test("each removal is undone, the last one first, in its place and with its conversation", () => {
  const page = pageWith("a", "b", "c");
  const [a, b] = page.panes;
  b.turns = ["asked"];
  removeModel(page, b);
  removeModel(page, a);
  assert.deepEqual([names(page), page.said], [["c"], ["Removed b.", "Removed a."]]);
  bringBack(page);
  assert.deepEqual([names(page), offered(page)?.pane], [["a", "c"], b]);
  bringBack(page);
  assert.deepEqual([names(page), offered(page), page.panes[1].turns], [["a", "b", "c"], null, ["asked"]]);
  assert.equal(page.said.at(-1), "b is back.");
  bringBack(page);
  assert.deepEqual(names(page), ["a", "b", "c"]);
});

test("one that answers is stopped, and that is said", () => {
  const page = pageWith("a", "b");
  const [a] = page.panes;
  let stops = 0;
  Object.assign(a, { running: true, stop: () => (stops += 1) });
  removeModel(page, a);
  assert.deepEqual([stops, page.said], [1, ["Removed a. Its answer stops."]]);
});

test("who had its address has it again, unless it got another meanwhile", () => {
  const page = pageWith("a", "b", "c");
  const [a, b, c] = page.panes;
  for (const one of [b, c]) Object.assign(one, { follows: a, places: a.places });
  a.release = () => {
    b.follows = null;
    c.follows = b;
  };
  removeModel(page, a);
  c.places = { url: "elsewhere" };
  bringBack(page);
  assert.deepEqual([b.follows?.name, c.follows?.name], ["a", "b"]);
});

test("nothing is brought back once other models are there", () => {
  const page = pageWith("a", "b");
  removeModel(page, page.panes[0]);
  page.panes = [...page.panes, { name: "d" }];
  assert.equal(offered(page), null);
  bringBack(page);
  assert.deepEqual(names(page), ["b", "d"]);
});
