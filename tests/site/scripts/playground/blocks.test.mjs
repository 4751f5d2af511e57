// A text that grows is read by block; in the end it reads as the whole text does at once.

import assert from "node:assert/strict";
import { test } from "node:test";
import MarkdownIt from "../../../../generator/web/node_modules/markdown-it/dist/markdown-it.mjs";
import { Blocks } from "../../../../generator/web/playground/answer/blocks.js";
import { markdownOf } from "../../../../generator/web/playground/answer/markdown.js";
import { htmlOf } from "../../../../generator/web/playground/answer/units.js";

const markdown = markdownOf(MarkdownIt);
/** Rows beyond which a table is read by its new ones alone: so few that the tables here have more. */
const ROWS = 3;

/** @param {import("../../../../generator/web/types/libraries.js").Unit[]} units */
const shown = (units) =>
  htmlOf(
    units.map((unit) => {
      if (unit.code === undefined && !unit.plain) return unit;
      const text = markdown.utils.escapeHtml(unit.text);
      const html = unit.plain ? `<plain>${text}</plain>\n` : `<pre><code>${text}</code></pre>\n`;
      return { ...unit, make: () => html };
    }),
  );

/**
 * @param {string} text
 * @param {number[]} cuts where it is cut into pieces
 * @param {import("../../../../generator/web/types/libraries.js").Env["references"]} [references]
 */
function streamed(text, cuts, references = undefined) {
  const blocks = new Blocks(markdown, references, ROWS);
  for (const cut of cuts) {
    const taken = blocks.take(text.slice(0, cut), false);
    assert.ok("units" in taken);
  }
  const taken = blocks.take(text, true);
  return "units" in taken ? shown(taken.units) : streamed(text, cuts, taken.references);
}

/** A number below `most`, from a seed: the same in every run. @param {number} seed */
function chance(seed) {
  let state = seed;
  return (/** @type {number} */ most) => {
    state = (state * 1_103_515_245 + 12_345) % 2 ** 31;
    return state % most;
  };
}

const PIECES = [
  ..."\n|\n|\n|\n\n|a|b |word |  |    |\t|# |## |- |* |+ |1. |2) |> |>|---|===|| a | b |\n|:-:|--:|\n".split(
    "|",
  ),
  ...["```", "```js\n", "~~~\n", "````", "`", "``", "*", "**", "_", "__", "[", "]", "](", "](x)", "[x]: y\n"],
  ...[
    "[x][y]",
    "[y]: <z> 'title'\n",
    "![",
    "!",
    "\\(",
    "\\)",
    "\\[",
    "\\]\n",
    "\n\\[\nx\n- y",
    "$$",
    "$$\n",
    "$",
    "\\",
    "&amp;",
    "<b>",
    "<https://a.b>",
  ],
  ...[
    "| a | b |\n|---|:-:|\n| 1 | 2 |\n",
    "- [ ] ",
    "- [x] ",
    "\r\n",
    "\r",
    "\u202E",
    "👩‍👩‍👧",
    "é",
    "  \n",
    "***\n",
  ],
  ...["1. a\n\n   b\n", "- a\n  - b\n    - c\n", "> - a\n", "    code\n"],
];

/** @param {(most: number) => number} random */
const written = (random) =>
  Array.from({ length: 1 + random(40) }, () => PIECES[random(PIECES.length)]).join("");

const FULL = process.env.ALMANAC_TESTS === "full";
const ROUNDS = FULL ? 1500 : 500;

/** Texts that once read otherwise in pieces, or without end. */
const CUT = [
  "$\r+ a\n> \\[\n\nb\\]\n===\t$$\n!  \n\nc",
  "- a\n  - b\n    - c\né- [ ] [x]: y\n| a | b |\n|---|:-:|\n| 1 | 2 |\n[x][y]\n\n2) \\)",
  "- a\n  - b\n    - c\n`:-:[x]: y\n- [x] [x][y]\n\n![x][y]~~~\n\r##     code\n",
];

test("a link's target that is none in the whole, and a formula without an end, read as in the whole", () => {
  for (const text of CUT) {
    const whole = streamed(text, []);
    const places = Array.from(text, (_, n) => n);
    assert.equal(streamed(text, places), whole, text);
    for (const one of places)
      for (const two of places.filter((place) => place >= one && (FULL || (one + place) % 5 === 0)))
        assert.equal(streamed(text, [one, two]), whole, text);
  }
});

test("however a text is cut, it reads as the whole does at once", () => {
  for (let seed = 1; seed <= ROUNDS; seed++) {
    const random = chance(seed);
    const text = written(random);
    const cuts = Array.from({ length: random(12) }, () => random(text.length + 1)).sort((a, b) => a - b);
    const each = Array.from(text, (_, n) => n);
    const whole = streamed(text, []);
    assert.equal(streamed(text, cuts), whole, JSON.stringify({ seed, text, cuts }));
    if (seed % 10 === 0) assert.equal(streamed(text, each), whole, JSON.stringify({ seed, text }));
  }
});

test("read by block, it is what markdown-it makes of the whole", () => {
  for (let seed = 1; seed <= ROUNDS; seed++) {
    const text = written(chance(seed)).replaceAll("\u202E", "x");
    assert.equal(streamed(text, []), markdown.render(text), JSON.stringify({ seed, text }));
  }
});

test("a long table is read by its new rows alone, and ends as in the whole", () => {
  const parts = ["| 1 | *2* |\n", "| [x] |\n", "3\n", "| `a|b` | $a_1$ | c |\n", "|\n", "\r\n", "\n"];
  const rare = ["- a\n", "# h\n", "```\n", "[x]: y\n", "\\[\n", "    4\n", "---\n"];
  for (let seed = 1; seed <= ROUNDS; seed++) {
    const random = chance(seed);
    const row = () => (random(20) ? parts[random(random(9) ? 5 : 7)] : rare[random(rare.length)]);
    const rows = Array.from({ length: random(40) }, row).join("");
    const text = `${random(2) ? "Before\n" : "\n"}| a | b |\n|---|--:|\n${rows}\nAfter [x]\n`;
    const cuts = Array.from({ length: random(30) }, () => random(text.length + 1)).sort((a, b) => a - b);
    assert.equal(streamed(text, cuts), streamed(text, []), JSON.stringify({ seed, text, cuts }));
  }
});

test("what comes of a long table is read in the time of its new rows, and nothing before it changes", () => {
  const blocks = new Blocks(markdown);
  const head = "Before\n\n| a | b |\n|---|---|\n";
  const rows = (count) => `${head}${"| one | two |\n".repeat(count)}`;
  let read = 0;
  const { parse } = markdown.block;
  markdown.block.parse = (text, ...others) => {
    read += text.length;
    parse.call(markdown.block, text, ...others);
  };
  for (let count = 10; count <= 3000; count += 10) {
    const taken = blocks.take(rows(count), false);
    assert.ok("units" in taken);
    assert.equal(taken.units.length, count + 2);
    assert.ok(taken.same >= count - 10);
  }
  markdown.block.parse = parse;
  assert.ok(read < 10 * rows(3000).length, `${read} characters were read`);
});

test("a table that grows too long is shown as it was written, in parts as in the whole", () => {
  const table = `| a |\n|---|\n${"| one |\n".repeat(3600)}`;
  for (const text of [`Before\n\n${table}`, `${table}\nAfter\n`]) {
    const cuts = Array.from({ length: 40 }, (_, n) => Math.ceil((n * text.length) / 40));
    const whole = streamed(text, []);
    assert.match(whole, /<plain>[|] a [|]/);
    assert.equal(streamed(text, cuts), whole);
  }
});

test("a long block of code grows without being read again, and ends as markdown-it says", () => {
  for (const [fence, end] of [
    ["```", "```"],
    ["~~~~", "~~~~~~  "],
    ["```", ""],
    ["````", "```"],
  ]) {
    const lines = Array.from({ length: 900 }, (_, n) => `line ${n} of \`code\` ~~~\n`).join("");
    const text = `Before\n\n${fence}js\n${lines}${end}\n\nAfter [x]\n\n[x]: y\n`;
    const cuts = Array.from({ length: 300 }, (_, n) => n * 97);
    const whole = markdown.render(text);
    assert.equal(streamed(text, cuts), whole);
    assert.equal(streamed(text, [4300, 4301, 4302, 5000]), whole);
    assert.equal(streamed(text, []), whole);
  }
});

test("one long line of code is shown as it comes", () => {
  const blocks = new Blocks(markdown);
  const text = `\`\`\`\n${"x".repeat(5000)}`;
  blocks.take(text, false);
  const taken = blocks.take(`${text}yyy`, false);
  assert.ok("units" in taken);
  assert.match(taken.units[0].text, /xyyy$/);
});

test("code within an item or a quotation says its language, and so does code that is set in", () => {
  const text =
    "- one\n\n  ```js\n  a\n  ```\n\n      set in\n- two\n\n" +
    "> ~~~ py &amp; x\n> b\n> ~~~\n\n    c\n\n```ts\nd\n```\n";
  const taken = new Blocks(markdown).take(text, true);
  assert.ok("units" in taken);
  assert.deepEqual(
    taken.units.map(({ code, codes }) => code ?? codes),
    [["js", ""], [], ["py & x"], [""], "ts"],
  );
});

test("formulas keep what Markdown would take of them", () => {
  const html = streamed(
    "Let \\(a^2_1 * b_2\\) and\n\n\\[ x_{1} * y_{2} \\\\ z \\]\n\n$$ a_b * c_d $$ but 5$ or \\(",
    [],
  );
  for (const formula of ["\\(a^2_1 * b_2\\)", "\\[ x_{1} * y_{2} \\\\ z \\]", "$$ a_b * c_d $$"])
    assert.ok(html.includes(`<span class="formula">${formula}</span>`), formula);
  assert.ok(html.endsWith("but 5$ or (</p>\n"));
});

test("a formula with doubled backslashes is text, with one of each", () => {
  const html = streamed(String.raw`So \\(a_1 * b_1\\) and \\[c\\].`, []);
  assert.equal(html, `<p>${String.raw`So \(a_1 * b_1\) and \[c\].`}</p>\n`);
});

test("formulas are whole, and prices are none, wherever they stand", () => {
  const formula = "\\(a_1 * b_1\\), $c_2 * d_2$, $$e_3*f_3$$, \\[g_4*h_4\\]";
  const spans = formula.split(", ").map((one) => `<span class="formula">${one}</span>`);
  const text = `${formula}; $5 and $10, *so*`;
  const html = `${spans.join(", ")}; $5 and $10, <em>so</em>`;
  for (const [around, place] of Object.entries({
    "- TEXT\n- other\n": "<li>TEXT</li>",
    "1. one\n\n   TEXT\n": "<p>TEXT</p>",
    "> TEXT\n": "<p>TEXT</p>",
    "| a |\n|---|\n| TEXT |\n": "<td>TEXT</td>",
    "So TEXT\n": "<p>So TEXT</p>",
    "# TEXT\n": ">TEXT</h",
    "**TEXT**\n": "<strong>TEXT</strong>",
    "> - TEXT\n": "<li>TEXT</li>",
  })) {
    const whole = around.replace("TEXT", () => text);
    const read = streamed(
      whole,
      Array.from(whole, (_, n) => n),
    );
    assert.ok(read.includes(place.replace("TEXT", () => html)), read);
  }
});

test("a formula of several lines is one, whatever its lines begin with", () => {
  for (const formula of [
    "\\[\nx = a\n  - b_1\n  + c_2\n\\]",
    "$$\n# x\n1. y\n=\n$$",
    "\\[ a \\\\\n* b \\]",
    "\\[\nnot yet at\n- its end",
  ]) {
    const text = `So\n${formula}`;
    const html = streamed(
      text,
      Array.from(text, (_, n) => n),
    );
    assert.equal(html, `<p>So</p>\n<p><span class="formula">${formula}</span></p>\n`);
  }
  assert.match(streamed("- item\n\n  \\[\n  - x\n  \\]\n- next", []), /formula">\\\[\n- x\n\\\]</);
  for (const text of ["$$ is much\n- money\n\nso", "\\[ a \\] and\n- b", "    \\[\n    x\n    \\]"])
    assert.match(streamed(text, []), /<li>|<pre>/, text);
});

test("tasks have boxes, and columns their side", () => {
  const tasks = streamed("- [ ] open\n- [x] done\n- [y] none\n\n[ ] none", []);
  assert.deepEqual(tasks.match(/class="task">[☐☑]<\/span> \w+/g), [
    'class="task">☐</span> open',
    'class="task">☑</span> done',
  ]);
  const table = streamed("| a | b | c |\n|---|:-:|--:|\n| 1 | 2 | 3 |\n", []);
  assert.deepEqual(table.match(/<t[hd](?:>| [^>]*>)/g), [
    ...'<th>,<th class="to-center">,<th class="to-right">'.split(","),
    ...'<td>,<td class="to-center">,<td class="to-right">'.split(","),
  ]);
});

test("what comes changes only the last items of a long list", () => {
  const items = Array.from({ length: 3000 }, (_, n) => `- item ${n} with **some** words\n`);
  const blocks = new Blocks(markdown);
  const before = blocks.take(items.slice(0, 2000).join(""), false);
  const after = blocks.take(items.join(""), false);
  assert.ok("units" in before && "units" in after);
  assert.ok(after.same >= 1999);
});

test("an item of so many blocks that drawing it would take long is shown as it was written", () => {
  /** @param {number} count */
  const items = (count) => `- first\n- item\n${"\n  text\n".repeat(count)}`;
  for (const [count, isPlain] of /** @type {[number, boolean][]} */ ([
    [300, false],
    [400, true],
  ])) {
    const taken = new Blocks(markdown).take(items(count), true);
    assert.ok("units" in taken);
    assert.deepEqual(
      taken.units.map(({ plain = false }) => plain),
      [false, isPlain],
    );
  }
});

test("a formula between single dollars is kept, and money or names of variables are none", () => {
  const formulas = (/** @type {string} */ text) => streamed(text, []).match(/class="formula">[^<]+/g) ?? [];
  const kept = ["$x_1*y_2$", "$\\{a\\}$", "$C \\to S$", "$a^2$", "$n$", "$f(x) = 2*a*b$", "$(a, b)$", "$-x$"];
  assert.deepEqual(
    formulas(kept.join(", ")),
    kept.map((formula) => `class="formula">${formula}`),
  );
  for (const text of [
    ...[
      "$5 and $10_000",
      "**$1.50** a_b $2",
      "$A_B/$C_D",
      "a$b_c$",
      "$ a_b $",
      "`$a_b$`",
      "$5-$10",
      "$5 (A$)",
    ],
    ...[
      "$5 (or 6$)",
      "($5), ($6)",
      "US$ 5, A$",
      "$A and $B.",
      "$HOME:$PATH",
      "$A$1",
      "$(x).y($)",
      "$4$",
      "5$ or 6$",
    ],
  ])
    assert.deepEqual(formulas(text), [], text);
});

test("the head of a table has the side that its line says in the end", () => {
  for (const line of ["|---|:-:|", "|:-:|--:|", "|---|:--|"]) {
    const text = `| a | b |\n${line}\n| 1 | 2 |\n`;
    assert.equal(streamed(text, [...Array(text.length).keys()]), markdown.render(text));
  }
});
