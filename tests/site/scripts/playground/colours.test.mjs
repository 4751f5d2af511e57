// Code of an answer gets colours for the languages that are known; its text stays what it is.

import assert from "node:assert/strict";
import { test } from "node:test";
import { PARSERS, marks } from "../../../../generator/web/highlight.mjs";
import { Colours, partsOf } from "../../../../generator/web/playground/answer/colours.js";
import { LANGUAGES, languageOf } from "../../../../generator/web/playground/answer/languages.js";

/** @param {string} code @param {string} language */
const read = (code, language) => [...marks(code, language)].filter((mark) => mark !== null);

/** @param {string} code @param {string} language the coloured parts, each with its kind */
const coloured = (code, language) =>
  partsOf(code, 0, read(code, language))
    .filter(([, kind]) => kind)
    .map(([part, kind]) => `${kind} ${part}`);

/** Kinds that playground.css has a colour for. */
const KINDS = "comment deleted inserted keyword meta name number property string type".split(" ");

test("a block names its language first, in any case; other names are unknown", () => {
  assert.deepEqual(["py", "Python title=a.py", "js{1,3}", "C++", "bash", "yml", "html"].map(languageOf), [
    "python",
    "python",
    "javascript",
    "cpp",
    "shell",
    "yaml",
    "html",
  ]);
  for (const info of ["", " ", "text", "mermaid", "constructor", "__proto__"])
    assert.equal(languageOf(info), undefined, info);
});

test("each known language has a parser", () => {
  assert.deepEqual([...new Set(LANGUAGES.values())].sort(), Object.keys(PARSERS).sort());
});

test("keywords, texts, numbers, names and comments are seen", () => {
  assert.deepEqual(coloured('def f(x):  # why\n    return "a" + str(1)\n', "python"), [
    ...["keyword def", "name f", "comment # why", "keyword return", 'string "a"', "type str", "number 1"],
  ]);
  assert.deepEqual(coloured('{"a": [1, true]}', "json"), ['property "a"', "number 1", "number true"]);
  assert.deepEqual(coloured("SELECT 'x' FROM t -- c", "sql"), [
    ...["keyword SELECT", "string 'x'", "keyword FROM", "comment -- c"],
  ]);
  assert.deepEqual(coloured("-a\n+b\n", "diff"), ["deleted -a", "inserted +b"]);
});

test("a page's style and script are read as such, and end where they end", () => {
  const page = '<style>\n.a { color: red }\n</style><script>let b = "<p>";</script><p>let c</p>';
  const parts = coloured(page, "html");
  for (const part of ["keyword .a", "property color", "keyword let", "name b", 'string "<p>"'])
    assert.ok(parts.includes(part), part);
  assert.equal(parts.filter((part) => part === "keyword let").length, 1);
});

test("tags in JSX are read as such, and code in their braces", () => {
  const code =
    'return a < b && <p title="return" on={() => { go("x") }}>let it, {f(1)}<br/></p>;\nlet c = d > 2;';
  assert.deepEqual(coloured(code, "jsx"), [
    ...["keyword return", "type p", "property title", 'string "return"', "property on"],
    ...['string "x"', "number 1", "type br", "type p", "keyword let", "name c", "number 2"],
  ]);
  assert.ok(coloured("let a = useState<string>(1)", "tsx").includes("type string"));
});

const HOSTILE = [
  '<img src=x onerror="alert(1)">\n<script>alert(1)</script>\n<!-- ',
  "'''\n\"\"\"\n`${`${\n/* </code></pre><b>\n",
  "\u202E\u0000\t👩‍👩‍👧é\n\n\n  \n",
  "]]>&amp;&#60;<?xml <![CDATA[ {{ }} {% %} <<EOF\n$(",
];

test("whatever stands in it, the parts are the text, cut anywhere, and kinds are those with a colour", () => {
  for (const language of Object.keys(PARSERS))
    for (const code of HOSTILE) {
      const found = read(code, language);
      for (let cut = 0; cut <= code.length; cut++) {
        const parts = [...partsOf(code.slice(0, cut), 0, found), ...partsOf(code.slice(cut), cut, found)];
        assert.equal(parts.map(([part]) => part).join(""), code, language);
        for (const [part, kind] of parts) assert.ok(part && (!kind || KINDS.includes(kind)), kind);
      }
    }
});

/** @param {string} text @param {string} info how often what reads code was asked for */
async function asked(text, info) {
  let count = 0;
  const colours = new Colours(async () => {
    count += 1;
    throw new Error("it does not come");
  });
  colours.add({ children: [] }, text, info);
  await new Promise((done) => {
    setTimeout(done);
  });
  return count;
}

test("only known code that is short enough asks for its reader, which may not come", async () => {
  const line = "x = 1\n";
  assert.equal(await asked(line, "py"), 1);
  assert.equal(await asked(line, "nobody's"), 0);
  assert.equal(await asked(line.repeat(3333), "py"), 1);
  assert.equal(await asked(line.repeat(3334), "py"), 0);
  assert.equal(await asked(`${"x".repeat(1001)}\n`, "py"), 0);
  assert.equal(await asked(`${"\t".repeat(101)}x\n`, "yaml"), 0);
});
