import assert from "node:assert/strict";
import { test } from "node:test";

import { miswritten } from "../../../../../generator/web/playground/connected/lacking.js";
import { faultOfPart } from "../../../../../generator/web/playground/keys/form.js";

const KEY = "sk-Zq3_9-w.7/x+A==";

/** @type {[string, string][]} */
const WRONG = [
  [`Bearer ${KEY}`, "it begins with “Bearer”"],
  [`bearer:${KEY}`, "it begins with “Bearer”"],
  [`export API_KEY=${KEY}`, "it is a line that sets a variable"],
  [`set API_KEY=${KEY}`, "it is a line that sets a variable"],
  [`$env:API_KEY = "${KEY}"`, "it is a line that sets a variable"],
  [`OPENAI_API_KEY="${KEY}"`, "it is a line that sets a variable"],
  [`Authorization: Bearer ${KEY}`, "it begins with the name of a header"],
  [`x-api-key: ${KEY}`, "it begins with the name of a header"],
  [`"${KEY}"`, "it stands in quotes"],
  [`${KEY}'`, "it stands in quotes"],
  [`${KEY}\n${KEY}`, "a space or a line break is in it"],
  [`${KEY} ${KEY}`, "a space or a line break is in it"],
  ["sk-…x7Q", "a character is in it that no key has, such as … or •"],
];

for (const [written, cause] of WRONG)
  test(`of ${JSON.stringify(written)} it is said what is around the key, and never the key`, () => {
    const fault = faultOfPart(written);
    assert.equal(fault?.cause, cause);
    assert.ok(!`${fault.cause} ${fault.fix}`.includes("Zq3"));
  });

test("a key as providers give it, and none, are no fault", () => {
  const keys = ["", KEY, "gsk_abc_def==", "AIza-x_y=", "bearer-like-key", "a:b:c", "AKIA0123", "export"];
  assert.deepEqual(
    keys.filter((key) => faultOfPart(key)),
    [],
  );
});

test("of a key in parts each part counts that its way to sign in takes", () => {
  const origin = "https://api.example";
  const keys = { get: () => ({ secret: KEY, id: `"${KEY}"` }) };
  /** @param {string} auth */
  const fault = (auth) =>
    miswritten(
      /** @type {import("../../../../../generator/web/playground/pane.js").Pane} */ (
        /** @type {unknown} */ ({ origin, auth, page: { keys } })
      ),
    );
  assert.equal(fault("bearer"), null);
  assert.equal(fault("sigv4")?.cause, "it stands in quotes");
});
