// Formulas in an answer, once their block has ended: as MathML, which browsers draw and read out. One that is
// not known, too long or too hard stays as it was written; all do where their reader does not come.

/** @import { Tools } from "../../types/libraries.js" */

/** Characters, braces within each other, and characters of MathML beyond which a formula stays as it is. */
const LONG = 1000;
const DEEP = 30;
const LARGE = 20_000;
/** Milliseconds that are taken at once, and formulas that are drawn of one answer. */
const BUSY = 12;
const MOST = 1000;
/**
 * What a formula begins and ends with; whether it then has a line of its own.
 * @type {[string, string, boolean][]}
 */
const DELIMITERS = [
  ["\\(", "\\)", false],
  ["\\[", "\\]", true],
  ["$$", "$$", true],
  ["$", "$", false],
];
/** Definitions; names of formulas; what Temml 0.13.5 makes powers of: signs above and below a letter. */
const NAMES = [
  ..."def edef gdef xdef let futurelet newcommand renewcommand providecommand csname".split(" "),
  ..."label ref eqref overset underset stackrel".split(" "),
];
const NOT_DRAWN = new RegExp(String.raw`\\(?:${NAMES.join("|")})(?![a-zA-Z])`);
/** Lines around and through what stands there: browsers draw them by the style of these two classes. */
const LINES = /<menclose (?!notation="(?:top|bottom)" class="tml-(?:over|under)line")/;
const TAGS = [
  ..."math mrow mi mn mo ms mtext mspace mfrac msqrt mroot mstyle mpadded mphantom menclose".split(" "),
  ..."msub msup msubsup munder mover munderover mmultiscripts mprescripts mtable mtr mtd".split(" "),
];
const ATTRIBUTES = [
  ..."accent accentunder class depth display displaystyle fence form height largeop linethickness".split(" "),
  ..."lspace mathsize mathvariant maxsize minsize movablelimits notation rspace scriptlevel".split(" "),
  ..."separator stretchy style symmetric voffset width".split(" "),
];
/** @satisfies {import("dompurify").Config} */
const SAFE = {
  ALLOWED_TAGS: TAGS,
  ALLOWED_ATTR: ATTRIBUTES,
  ALLOW_DATA_ATTR: false,
  ALLOW_ARIA_ATTR: false,
  RETURN_DOM_FRAGMENT: /** @type {const} */ (true),
};
/** Of the styles that Temml writes, those that columns and boxes need. */
const STYLES = [
  String.raw`padding(?:-left|-right)?:\d{1,2}(?:\.\d+)?(?:em|pt)?`,
  "width:(?:50|100)%",
  String.raw`border(?:-\w+)?:(?:0\.06em|1px) (?:solid|dashed)`,
  "math-depth:0",
];
const STYLE = new RegExp(`^(?:(?:${STYLES.join("|")});)+$`);

const nextTask = () =>
  new Promise((done) => {
    setTimeout(done);
  });

/**
 * A formula without its delimiters, and whether it has a line of its own; null for one that is not drawn.
 * @param {string} written
 */
export function texOf(written) {
  const [begin, end, display] = DELIMITERS.find(([first]) => written.startsWith(first)) ?? [];
  if (begin === undefined || end === undefined || !written.endsWith(end)) return null;
  const tex = written.slice(begin.length, -end.length);
  if (!tex.trim() || tex.length > LONG || NOT_DRAWN.test(tex) || depthOf(tex) > DEEP) return null;
  return { tex, display: Boolean(display) };
}

/** How deep its groups stand within each other. @param {string} tex */
function depthOf(tex) {
  let [deep, most] = [0, 0];
  for (const [mark] of tex.matchAll(/\\(?:left|begin|right|end)(?![a-zA-Z])|\\.|[{}]/gs)) {
    if (mark === "{" || mark === "\\left" || mark === "\\begin") deep += 1;
    else if (mark === "}" || mark === "\\right" || mark === "\\end") deep -= 1;
    most = Math.max(most, deep);
  }
  return most;
}

/** The formulas of one answer, one after the other. */
export class Maths {
  /** Those that are still to be drawn, of all blocks: a task for each block would take as long as a timer. */
  #waiting = /** @type {Element[]} */ ([]);
  #isDrawing = false;
  #count = 0;

  /** @param {Tools} tools @param {() => void} ondrawn hears of those that were drawn */
  constructor(tools, ondrawn) {
    this.tools = tools;
    this.ondrawn = ondrawn;
  }

  /** Draw the formulas in nodes that change no more, in tasks of their own. @param {ChildNode[]} nodes */
  add(nodes) {
    const formulas = nodes.flatMap((node) =>
      node instanceof Element ? [...node.querySelectorAll(".formula")] : [],
    );
    if (!formulas.length) return;
    this.#waiting.push(...formulas);
    if (!this.#isDrawing) this.#draw();
  }

  async #draw() {
    this.#isDrawing = true;
    try {
      const { mathml } = await this.tools.maths();
      while (this.#waiting.length && this.#count < MOST) {
        await nextTask();
        const until = performance.now() + BUSY;
        do draw(/** @type {Element} */ (this.#waiting.shift()), mathml, this.tools);
        while (++this.#count < MOST && this.#waiting.length && performance.now() < until);
        this.ondrawn();
      }
    } catch {
      // As it was written will do where its reader fails.
    }
    if (this.#count >= MOST) this.#waiting = [];
    this.#isDrawing = false;
  }
}

/** @param {Element} formula @param {(tex: string, display: boolean) => string} mathml @param {Tools} tools */
function draw(formula, mathml, { purify }) {
  const written = formula.textContent;
  const read = texOf(written);
  if (!read) return;
  let markup;
  try {
    markup = mathml(read.tex, read.display);
  } catch {
    return; // it is no TeX, or none that is known
  }
  if (markup.length > LARGE || LINES.test(markup)) return;
  const made = purify.sanitize(markup, SAFE);
  const math = made.firstElementChild;
  if (!math) return;
  for (const styled of made.querySelectorAll("[style]"))
    if (!STYLE.test(styled.getAttribute("style") ?? "")) styled.removeAttribute("style");
  math.setAttribute("alttext", read.tex);
  // What is copied and searched is what was written; what is read out is the formula.
  const source = document.createElement("span");
  source.className = "written";
  source.ariaHidden = "true";
  source.textContent = written;
  formula.classList.add("drawn");
  formula.classList.toggle("alone", read.display);
  formula.replaceChildren(math, source);
}
