// Formulas become MathML: what is known of TeX, in no long time, with nothing that they name of their own.

import assert from "node:assert/strict";
import { test } from "node:test";
import { buildSync } from "../../../../generator/web/node_modules/esbuild/lib/main.js";
import { Maths, texOf } from "../../../../generator/web/playground/answer/maths.js";

const [{ text }] = buildSync({
  ...{ entryPoints: ["generator/web/maths.mjs"], bundle: true, format: "esm", write: false },
}).outputFiles;
/** @type {{ mathml(tex: string, display: boolean): string }} */
const { mathml } = await import(`data:text/javascript,${encodeURIComponent(text)}`);
const { raw } = String;

/** The MathML of a formula as it was written; empty where it stays so. @param {string} written */
function drawn(written) {
  const read = texOf(written);
  try {
    return read ? mathml(read.tex, read.display) : "";
  } catch {
    return "";
  }
}

test("a formula is read without its delimiters, and has a line of its own where they say so", () => {
  assert.deepEqual(texOf(raw`\(a^2\)`), { tex: "a^2", display: false });
  assert.deepEqual(texOf("$a_1$"), { tex: "a_1", display: false });
  assert.deepEqual(texOf("$$\na\n$$"), { tex: "\na\n", display: true });
  assert.deepEqual(texOf(raw`\[a\]`), { tex: "a", display: true });
  for (const none of [raw`\[a`, "$$ $$", "a", "", raw`\(a$`]) assert.equal(texOf(none), null, none);
});

const USUAL = raw`
\sum_{i=1}^n i^2 \le \infty
\begin{pmatrix} a & b \\ c & d \end{pmatrix}
\mathbb{R}^n \to \mathcal{L}
\begin{aligned} x &= 1 \\ y &= 2 \end{aligned}
\left(\int_0^1 f\,dx\right)'
\text{if } x > 0
\boxed{42}
\overline{x}
\hat{\theta} \approx \bar{x}
\binom{n}{k}
P(A \mid B)
O(n \log n)
f(x) = \begin{cases} 1 & x > 0 \\ 0 & \text{else} \end{cases}
E = mc^2 \tag{1}
\nabla \cdot \vec{E}
\lim_{x \to 0} \frac{\sin x}{x} = 1
`;

test("usual formulas are what they should be", () => {
  assert.match(drawn(raw`\(a^2\)`), /^<math><msup><mi>a<\/mi><mn[^>]*>2<\/mn><\/msup><\/math>$/);
  const fraction = "<mfrac><mn>1</mn><msub><mi>x</mi><mi>i</mi></msub></mfrac>";
  assert.ok(drawn(raw`$\frac{1}{x_i}$`).includes(fraction));
  assert.match(drawn(raw`$$\sqrt[3]{x}$$`), /^<math display="block".*<mroot>.*<mi>x<\/mi>.*<mn>3<\/mn>/);
  for (const tex of USUAL.trim().split("\n"))
    assert.match(drawn(raw`\[${tex}\]`), /^<math .*<\/math>$/s, tex);
});

const OTHERS = raw`
\def\a{x}\a
\newcommand{\a}{x}
\gdef\a{\a\a}\a
\let\a=b
\label{a}
\ref{a}
\href{javascript:pwned()}{x}
\url{https://evil.example}
\includegraphics{https://evil.example/x.png}
\class{a}{x}
\id{a}{x}
\style{a}{x}
\data{a}{x}
\unicode{<b>}
\overset{a}{b}
\nonsense
}{
`;

test("definitions, names, classes, styles, links and pictures leave a formula as it was written", () => {
  for (const tex of OTHERS.trim().split("\n")) assert.equal(drawn(raw`\(${tex}\)`), "", tex);
  assert.match(
    drawn(raw`\(\text{<img src=x onerror=pwned()>}\)`),
    /<mtext>&lt;img\ssrc=x\sonerror=pwned\(\)&gt;<\/mtext>/,
  );
});

/**
 * A formula of groups within each other, about a thousand characters.
 * @param {string} begin @param {string} end
 */
function deep(begin, end) {
  const times = Math.floor(990 / (begin.length + end.length));
  return `${begin.repeat(times)}x${end.repeat(times)}`;
}

const DEEP = {
  fractions: deep(raw`\frac{1}{`, "}"),
  roots: deep(raw`\sqrt{`, "}"),
  powers: deep("x^{", "}"),
  groups: deep("{", "}"),
  brackets: deep(raw`\left(`, raw`\right)`),
  matrices: deep(raw`\begin{matrix}`, raw`\end{matrix}`),
  texts: deep(raw`\text{`, "}"),
  long: "x+".repeat(600),
};
const HOSTILE = {
  ...DEEP,
  primes: "x'".repeat(490),
  open: "(".repeat(990),
  cells: raw`\begin{matrix}${"&".repeat(900)}\end{matrix}`,
  lines: raw`\begin{matrix}${raw`\\`.repeat(450)}\end{matrix}`,
  unknown: raw`\foo`.repeat(240),
  dots: raw`\dots `.repeat(160),
  numbers: "1,234.5 ".repeat(120),
  bare: raw`\frac`.repeat(190),
};

test("a hostile formula takes no long time, and one that is deep or long stays as it was written", () => {
  for (const [name, tex] of Object.entries(HOSTILE)) {
    const begun = process.cpuUsage();
    drawn(raw`\(${tex}\)`);
    const { user, system } = process.cpuUsage(begun);
    // Of a script that runs for the first time: in a page it takes a tenth.
    assert.ok(user + system < 300_000, `${name} took ${(user + system) / 1000} ms`);
  }
  for (const [name, tex] of Object.entries(DEEP)) assert.equal(texOf(raw`\(${tex}\)`), null, name);
});

test("the formulas of many blocks are drawn in few tasks", async () => {
  globalThis.Element = class {
    constructor(formulas) {
      this.querySelectorAll = () => formulas;
    }
  };
  let [seen, tasks] = [0, 0];
  const tools = { maths: async () => ({ mathml: () => "" }) };
  /** @type {() => void} */
  let end;
  const over = new Promise((resolve) => {
    end = resolve;
  });
  const maths = new Maths(tools, () => {
    tasks += 1;
    if (seen === 200) end();
  });
  // What is no formula after all is looked at, and left as it is.
  const formula = {
    get textContent() {
      seen += 1;
      return "no formula";
    },
  };
  for (let block = 0; block < 200; block++) maths.add([new Element([formula])]);
  await over;
  assert.ok(tasks < 50, `${tasks} tasks`);
});
