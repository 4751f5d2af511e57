// What the page says in its line: what is so now, and what was just done only until it has been read.

import assert from "node:assert/strict";
import { test } from "node:test";

import { Notice } from "../../../../generator/web/playground/connected/notice.js";

test("what was just done passes, and what holds stands again", ({ mock }) => {
  mock.timers.enable({ apis: ["setTimeout"] });
  let drawn = 0;
  const notice = new Notice(() => (drawn += 1));
  notice.tell(() => "Asking 2 models.");
  notice.pass("curl is copied.");
  assert.equal(notice.text, "curl is copied.");
  mock.timers.tick(60_000);
  assert.equal(notice.text, "Asking 2 models.");
  assert.equal(drawn, 3);
});

test("what comes meanwhile is not ended by the time of what passes", ({ mock }) => {
  mock.timers.enable({ apis: ["setTimeout"] });
  const notice = new Notice(() => {});
  notice.pass("curl is copied.");
  notice.tell(() => "All models have finished.");
  assert.equal(notice.text, "All models have finished.");
  notice.pass("JavaScript is copied.");
  mock.timers.tick(5000);
  assert.equal(notice.text, "JavaScript is copied.");
});

test("what is said holds as long as it is so", () => {
  const notice = new Notice(() => {});
  let missing = "a key for Anthropic";
  notice.tell(() => missing && `Nothing was sent. Missing: ${missing}.`);
  assert.equal(notice.text, "Nothing was sent. Missing: a key for Anthropic.");
  missing = "";
  assert.equal(notice.text, "");
});

test("what happens by itself stands beside what the reader has just done", ({ mock }) => {
  mock.timers.enable({ apis: ["setTimeout"] });
  const notice = new Notice(() => {});
  notice.pass("The link is copied.");
  mock.timers.tick(3000);
  notice.add("The server has 2 models.");
  notice.add("The server has 2 models.");
  assert.equal(notice.text, "The link is copied. The server has 2 models.");
  mock.timers.tick(5000);
  assert.notEqual(notice.text, "");
  mock.timers.tick(60_000);
  assert.equal(notice.text, "");
  notice.add("The server has 2 models.");
  assert.equal(notice.text, "The server has 2 models.");
});

test("what happens by itself takes the place of nothing that the reader is asked for", ({ mock }) => {
  mock.timers.enable({ apis: ["setTimeout"] });
  const notice = new Notice(() => {});
  notice.tell(() => "This variable has no value yet: x.");
  notice.add("The server has 3 models.");
  assert.equal(notice.text, "This variable has no value yet: x. The server has 3 models.");
  mock.timers.tick(60_000);
  assert.equal(notice.text, "This variable has no value yet: x.");
  notice.add("The server has 3 models.");
  notice.tell(() => "Asking 3 models.");
  assert.equal(notice.text, "Asking 3 models.");
});
