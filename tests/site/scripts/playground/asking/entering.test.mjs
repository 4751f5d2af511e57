// Which keys ask all models, in which fields.
import assert from "node:assert/strict";
import { test } from "node:test";
import { asks } from "../../../../../generator/web/playground/asking/entering.js";

/** As much of an element as says what field it is. */
globalThis.Element = class {
  constructor(tag, { classes = "", type = "text", within = "" } = {}) {
    Object.assign(this, { tag, classes, type, within });
  }
  closest(selector) {
    return this.within === selector ? {} : null;
  }
  matches(selector) {
    if (selector === "input, textarea") return ["input", "textarea"].includes(this.tag);
    assert.equal(selector, "input:not(.model, [type=checkbox], [type=radio], [type=file])");
    return this.tag === "input" && this.classes !== "model" && !/checkbox|radio|file/.test(this.type);
  }
};
const key = (target, more = {}) => asks({ key: "Enter", target, ...more });
const [secret, lines] = [new Element("input", { type: "password" }), new Element("textarea")];
const model = new Element("input", { classes: "model" });

test("Enter in the key's and the address's field asks, and Ctrl+Enter or Command+Enter in every one", () => {
  assert.deepEqual(
    [key(secret), key(new Element("input")), key(secret, { ctrlKey: true })],
    [true, true, true],
  );
  assert.deepEqual(
    [key(lines), key(lines, { ctrlKey: true }), key(lines, { metaKey: true })],
    [false, true, true],
  );
  assert.deepEqual([key(model), key(model, { ctrlKey: true })], [false, true]);
});

test("a composed text, another key, one that did something, and what stands in an answer ask nothing", () => {
  assert.equal(key(secret, { isComposing: true }), false);
  assert.equal(key(secret, { keyCode: 229 }), false);
  assert.equal(key(secret, { key: "a" }), false);
  assert.equal(key(model, { ctrlKey: true, defaultPrevented: true }), false);
  assert.equal(key(new Element("textarea", { within: ".turn" }), { ctrlKey: true }), false);
  assert.equal(key(new Element("input", { type: "checkbox" })), false);
  assert.equal(key(new Element("summary"), { ctrlKey: true }), false);
});
