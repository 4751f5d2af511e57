// Keys as a reader types them.

import assert from "node:assert/strict";
import test from "node:test";

import { isKey, modelOf } from "../../../generator/web/site/keys.mjs";

test("a key speaks of its model, and an id of itself", () => {
  assert.equal(modelOf("azure/global/openai/gpt-5@2026:fp8"), "openai/gpt-5");
  assert.equal(modelOf("openai/gpt-5"), "openai/gpt-5");
  assert.equal(modelOf("openai/gpt-5@2026"), "openai/gpt-5");
  assert.equal(modelOf("a/b/lab/deep/name"), "lab/deep/name");
});

test("a key has four parts at least", () => {
  assert.equal(isKey("openai/gpt-5"), false);
  assert.equal(isKey("azure/global/openai/gpt-5"), true);
});
