// Where a model that is added stands: at the address of the last one.
import assert from "node:assert/strict";
import { test } from "node:test";
import { takeAddress } from "../../../../../generator/web/playground/connected/listing.js";
import { ConnectedPage } from "../../../../../generator/web/playground/connected/page.js";

const row = (id, more = {}) => ({
  ...{
    id,
    name: id,
    places: [],
    auth: ["none"],
    families: [],
    endpoint: { url: "https://x.example", wire: "w" },
  },
  ...more,
});
const first = row("first");
const own = row("own", {
  own: true,
  places: [{ name: "url", label: "Address", default: "http://localhost:8000/v1" }],
});
const small = row("small", { endpoint: { url: "page:smollm2", wire: "language-model" } });
const start = row("start");
const rows = [first, start, own, small];

function pageWith() {
  return {
    data: { rows, start: [{ row: "start", model: "m" }] },
    rows: new Map(rows.map((one) => [one.id, one])),
    panes: [],
    full: false,
    keys: { get: () => null },
    changed() {},
    modelsOf: async () => [],
    add: ConnectedPage.prototype.add,
  };
}
const added = (page) => {
  page.add();
  return page.panes.at(-1);
};

test("the first is one that the page begins with, and not the first of all providers", () => {
  assert.equal(added(pageWith()).row, start);
});

test("at a server of the reader's own it has the last one's address and the next of its models", () => {
  const page = pageWith();
  page.add(own);
  const [one] = page.panes;
  Object.assign(one, { places: { url: "http://127.0.0.1:9/v1" }, model: "a" });
  one.models = ["a", "b", "c"].map((id) => ({ id, name: id }));
  const two = added(page);
  assert.deepEqual([two.row, two.url.href, two.model, two.settings], [own, one.url.href, "b", false]);
  assert.deepEqual([two.follows, added(page).model], [one, "c"]);
  assert.equal(added(page).model, "a", "all are there already");
});

test("of two servers it is the last one's", () => {
  const page = pageWith();
  page.add(own);
  page.add(own);
  page.panes[0].places = { url: "http://127.0.0.1:1/v1" };
  page.panes[1].places = { url: "http://127.0.0.1:2/v1" };
  const three = added(page);
  assert.deepEqual([three.url.port, three.model, three.settings], ["2", "", false]);
  takeAddress(three);
  assert.equal(three.url.port, "1", "one that is moved there has the first one's");
});

test("at a provider it has the last one's, and its reader chooses the model", () => {
  const page = pageWith();
  page.add(first);
  page.panes[0].model = "a";
  assert.deepEqual([added(page).row, page.panes[1].model], [first, ""]);
});

test("a model in the page has no other beside it", () => {
  const page = pageWith();
  page.add(first);
  page.add(small);
  assert.equal(added(page).row, first);
  const alone = pageWith();
  alone.add(small);
  assert.equal(added(alone).row, start);
});
