import assert from "node:assert/strict";
import { test } from "node:test";
import { settledLength, visible } from "../../../../generator/web/playground/visible.js";

/** What hides or reorders, by what it is called. @type {Record<string, string[]>} */
const HIDDEN = {
  "bidi embeddings and overrides": ["\u202A", "\u202B", "\u202C", "\u202D", "\u202E"],
  "bidi isolates": ["\u2066", "\u2067", "\u2068", "\u2069"],
  "bidi marks": ["\u200E", "\u200F", "\u061C"],
  "no width": ["\u200B", "\u200C", "\u200D", "\u2060", "\uFEFF", "\u00AD", "\u180E", "\u034F"],
  "invisible operators": ["\u2061", "\u2062", "\u2063", "\u2064"],
  "old format characters": ["\u206A", "\u206F", "\uFFF9", "\uFFFB"],
  fillers: ["\u115F", "\u1160", "\u3164", "\uFFA0", "\u2800"],
  "variation selectors": ["\uFE00", "\uFE0F", "\u{E0100}", "\u{E01EF}"],
  tags: ["\u{E0001}", "\u{E0041}", "\u{E007F}"],
  controls: ["\u0000", "\u0008", "\u000B", "\u001B", "\u007F", "\u0085", "\u009B"],
  "line separators": ["\u2028", "\u2029"],
};

for (const [name, all] of Object.entries(HIDDEN)) {
  test(`${name} are shown`, () => {
    for (const c of all) {
      const code = (c.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, "0");
      assert.equal(visible(`a${c}b`), `a[U+${code}]b`);
      assert.equal(visible(c), `[U+${code}]`);
    }
  });
}

test("ordinary text of any script stays as it is", () => {
  const texts = [
    "Hello,\n\tworld!\r\n",
    "שלום עולם, مرحبا بالعالم",
    "می‌خواهم", // Persian with a non-joiner
    "क्‍ष", // Devanagari with a joiner
    "👩‍👩‍👧 ❤️ 👍🏽 1️⃣ ☎︎ 🏴󠁧󠁢󠁥󠁮󠁧󠁿",
    "a\u0300 é 漢字 한글",
    "",
  ];
  for (const text of texts) assert.equal(visible(text), text);
});

test("letters hidden as tags are shown, also behind a flag that they do not belong to", () => {
  const smuggled = [..."steal it now"]
    .map((c) => String.fromCodePoint(0xe0000 + (c.codePointAt(0) ?? 0)))
    .join("");
  assert.ok(visible(`Hi${smuggled}`).startsWith("Hi[U+E0073][U+E0074]"));
  assert.ok(visible(`🏴${smuggled}`).startsWith("🏴[U+E0073]"));
});

test("what may still change is not settled while the text grows", () => {
  assert.equal(settledLength("plain "), 6);
  assert.equal(settledLength("ok 👩\u200D"), 3);
  assert.equal(settledLength("ok \ud83d"), 3);
  assert.equal(settledLength(""), 0);
});
