// What is searched, keys as a reader types them, and names near to one that does not exist.

import assert from "node:assert/strict";
import test from "node:test";

import { nearest } from "../../../generator/web/explorer/nearest.mjs";
import { decoded } from "../../../generator/web/site/decoded.mjs";
import { isKey, modelOf } from "../../../generator/web/site/keys.mjs";
import { isPast } from "../../../generator/web/site/past.mjs";
import { find, indexed, meantBy } from "../../../generator/web/site/search.mjs";

const IDS = ["openai/gpt-5", "openai/gpt-4o", "openai/gpt-4o-mini", "anthropic/claude"];

test("the nearest name comes first, and nothing where nothing is alike", () => {
  assert.equal(nearest("openai/gpt4o", IDS)[0], "openai/gpt-4o");
  assert.equal(nearest("OPENAI/GPT-5", IDS)[0], "openai/gpt-5");
  assert.deepEqual(nearest("zzzz", IDS), []);
  assert.deepEqual(nearest("", IDS), []);
  assert.deepEqual(nearest("gpt", []), []);
});

test("as many names as asked for at most, and those equally near by the alphabet", () => {
  assert.equal(nearest("openai/gpt-4o", IDS, 1).length, 1);
  assert.deepEqual(nearest("abcx", ["abcz", "abcy"]), ["abcy", "abcz"]);
});

test("an address that is no address stays as it stands", () => {
  assert.equal(decoded("a%20b"), "a b");
  assert.equal(decoded("100%"), "100%");
});

const NAMES = { own: {}, owners: {}, variants: ["free"], versions: {}, ids: [], moved: {} };
const SEARCHED = indexed({
  names: { ...NAMES, moved: { "acme/uno": "acme/one" } },
  tags: ["vision images", "eu europe"],
  providers: ["azure Azure OpenAI", "acme Acme"],
  labs: { openai: "OpenAI", acme: "Acme" },
  models: [
    ["openai/gpt-4o", "GPT-4o", 9, [0], [0]],
    ["openai/gpt-4o-mini", "GPT-4o mini", 30, [0], [0]],
    ["acme/one", "One", 1, [1], [1]],
    ["acme/one-one", "One One One", 4000, [], [1]],
  ],
  pages: [["providers/azure/", "Azure OpenAI", "azure provider", "Provider", 2.5]],
});
const names = (asked) => find(SEARCHED, asked).map((hit) => hit.name);

test("search finds a name as it is written, however it is spaced, and by what is said of it", () => {
  assert.equal(names("gpt-4o")[0], "GPT-4o"); // the exact name, though the other is at more places
  assert.equal(names("GPT 4o mini")[0], "GPT-4o mini");
  assert.deepEqual(names("europe"), ["One"]);
  assert.equal(names("azure")[0], "Azure OpenAI");
  assert.equal(names("gtp-4o-mini")[0], "GPT-4o mini"); // mistyped
  assert.deepEqual(names("   "), []);
});

test("a page called just what was typed goes before one that has it more often and in more places", () => {
  assert.deepEqual(names("one"), ["One", "One One One"]);
});

test("search puts first what a name means, however it is spelled", () => {
  assert.equal(names("4o mini")[0], "GPT-4o mini");
  assert.equal(names("azure/gpt4o")[0], "GPT-4o");
  assert.equal(names("acme/uno")[0], "One"); // its old id
});

test("an address in another spelling leads to the page that it means", () => {
  /** @type {[string, string | null][]} */
  const leads = [
    ["models/openai/GPT-4o", "models/openai/gpt-4o/"],
    ["models/openai/gpt-4-o", "models/openai/gpt-4o/"],
    ["models/gpt-4o-mini", "models/openai/gpt-4o-mini/"],
    ["models/acme/uno", "models/acme/one/"],
    ["models/openai/gpt-4oo", null],
    ["versus/gpt-4o-or-one-one", "versus/?a=openai/gpt-4o&b=acme/one-one"],
    ["versus/one-or-nothing", null],
    ["providers/AZURE", "providers/azure/"],
    ["nowhere", null],
    ["", null],
  ];
  for (const [asked, leadsTo] of leads) assert.equal(meantBy(SEARCHED, asked), leadsTo, asked);
});

test("a last day is past by the reader's clock, from the day after", () => {
  const noon = (day) => new Date(`${day}T12:00:00`).getTime();
  assert.equal(isPast("2026-10-14", noon("2026-10-14")), false);
  assert.equal(isPast("2026-10-14", noon("2026-10-15")), true);
  assert.equal(isPast("retired", noon("2026-10-14")), true);
});

test("search marks a model that is retired, and none that is still served", () => {
  const entry = (name, end) => [`acme/${name}`, name, 2, [], [], ...(end ? [end] : [])];
  const ends = { old: "retired", past: "2020-01-31", live: "2999-12-31", open: "" };
  const models = Object.entries(ends).map(([name, end]) => entry(name, end));
  const { documents } = indexed({
    tags: [],
    providers: [],
    labs: { acme: "Acme" },
    models,
    names: NAMES,
    pages: [],
  });
  assert.deepEqual(
    documents.map((d) => d.kind),
    ["Acme · 2 places · retired", "Acme · 2 places · retired", "Acme · 2 places", "Acme · 2 places"],
  );
});

test("search says how many places a model has", () => {
  const kinds = SEARCHED.documents.map((d) => d.kind);
  assert.deepEqual(kinds, [
    "OpenAI · 9 places",
    "OpenAI · 30 places",
    "Acme · 1 place",
    "Acme · 4000 places",
    "Provider",
  ]);
});

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
