import assert from "node:assert/strict";
import { test } from "node:test";
import { originsIn, shapesIn, textIn } from "../../../../generator/web/playground/keys/scan.js";

const ORIGIN = "https://api.example";
/** Keys of no known prefix, of several alphabets and lengths. */
const KEYS = [
  "q7Zp2Kx9Lm4Rt8Vw3Bn6Yc1D",
  "0f9b3c5d7e1a4286b0c9d8e7f6a51423",
  "Tr0ub4dor&3-horse.battery",
  "9Kq2-Zx7w-Pp31-Lm8c-Vb55",
  "Vk9wQmxhY2tCb3gtS2V5K3Rlc3Q9PQ==",
];
/** @param {string} text */
const base64 = (text) => Buffer.from(text).toString("base64");
/** @param {string} text @param {string} secret */
const holds = (text, secret) => originsIn(text, [{ origin: ORIGIN, secret }]).length > 0;

/** Ways in which a key may stand in a text. @type {Record<string, (key: string) => string>} */
const WAYS = {
  whole: (key) => `my key is ${key}, thanks`,
  "in JSON": (key) => JSON.stringify({ prompt: `use "${key}"` }),
  "URL-encoded": (key) => `https://x.example/#prompt=${encodeURIComponent(`use ${key}`)}`,
  "URL-encoded in each character": (key) =>
    [...key].map((c) => `%${c.charCodeAt(0).toString(16).padStart(2, "0")}`).join(""),
  "URL-encoded twice": (key) =>
    encodeURIComponent([...key].map((c) => `%${c.charCodeAt(0).toString(16)}`).join("")),
  "in JSON's escapes": (key) =>
    [...key].map((c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, "0")}`).join(""),
  "in base64": (key) => base64(key),
  "in base64 after one character": (key) => base64(`x${key}`),
  "in base64 after two": (key) => base64(`xy${key} and more`),
  "in base64 within a header": (key) => base64(`user:${key}`),
  "in base64 for URLs": (key) => Buffer.from(`?>${key}?>`).toString("base64url"),
  "in base64 over several lines": (key) => base64(key).replace(/(.{5})/g, "$1\n"),
  "in base64 within a URL": (key) => encodeURIComponent(base64(key)),
  "in hexadecimal": (key) => Buffer.from(key).toString("hex"),
  "with spaces between": (key) => [...key].join(" "),
  "with invisible characters between": (key) => [...key].join("\u200b"),
  "in lines, in JSON": (key) => JSON.stringify({ text: [...key].join("\n") }),
  "in lines, in JSON in JSON": (key) => JSON.stringify(JSON.stringify([...key].join("\t"))),
  "in lines, in a value": (key) => textIn({ turns: [{ text: [...key].join("\r\n"), n: 1, end: null }] }),
  "in the names of a value": (key) => textIn([...key].map((c) => ({ [c]: {} }))),
  "in full width": (key) => [...key].map((c) => String.fromCharCode(c.charCodeAt(0) + 0xfee0)).join(""),
  "under accents": (key) => [...key].join("\u0301"),
  "in two strings": (key) => `"${key.slice(0, 7)}" + "${key.slice(7)}"`,
  "its first half alone": (key) => `it begins with ${key.slice(0, Math.ceil(key.length / 2))}`,
  "its second half alone": (key) => `it ends in ${key.slice(Math.floor(key.length / 2))}`,
  "its halves apart": (key) => `${key.slice(key.length / 2)} comes after ${key.slice(0, key.length / 2)}`,
};

for (const [way, written] of Object.entries(WAYS)) {
  test(`a key is noticed ${way}`, () => {
    for (const key of KEYS) assert.ok(holds(written(key), key), `${key} in ${written(key)}`);
  });
}

test("a short key counts where it stands by itself", () => {
  assert.ok(holds("the key is hunter2.", "hunter2"));
  assert.ok(holds(base64("hunter2"), "hunter2"));
  assert.ok(holds("a=hunter%32", "hunter2"));
  assert.ok(!holds("hunter2000 is a game", "hunter2"));
});

test("ordinary text holds no key", () => {
  const text =
    "Each key begins sk-proj- or sk-ant-api03-; ask with the model gpt-6.1-sol at http://localhost:8000/v1. " +
    "The correct horse has a password. 0123456789 abcdefghijklmnopqrstuvwxyz".repeat(200);
  const keys = [...KEYS, "sk-proj-9Kq2Zx7wPp31Lm8cVb55", "sk-ant-api03-Zx7wPp31Lm8cVb559Kq2"];
  for (const key of keys) assert.ok(!holds(text, key), key);
});

test("what servers that check no key have people type is no secret", () => {
  for (const secret of ["ollama", "lm-studio", "EMPTY", "dummy", "x"])
    assert.ok(!holds(`Is ${secret} set up? x`, secret), secret);
});

test("the origin of each key that is there is named once", () => {
  const secrets = KEYS.map((secret, n) => ({ origin: `https://${n}.example`, secret }));
  assert.deepEqual(originsIn(`${KEYS[1]} ${KEYS[3]} ${KEYS[1]}`, secrets).toSorted(), [
    "https://1.example",
    "https://3.example",
  ]);
  assert.deepEqual(originsIn("nothing", secrets), []);
  assert.deepEqual(originsIn("", []), []);
});

test("shapes are named shortened, also where they are escaped", () => {
  const shapes = "sk-[A-Za-z0-9_-]{16,}";
  assert.deepEqual(shapesIn("use sk-abcdefghijklmnop1 here", shapes), ["sk-abc…"]);
  assert.deepEqual(shapesIn("use %73k-abcdefghijklmnop1 here", shapes), ["sk-abc…"]);
  assert.deepEqual(shapesIn("use sk-short", shapes), []);
});

test("a long text is scanned in a short time", () => {
  const text = "Lorem ipsum dolor sit amet 42 ".repeat(40_000); // 1.2 MB
  const begun = performance.now();
  assert.ok(!holds(text, KEYS[0]));
  assert.ok(performance.now() - begun < 5000);
});
