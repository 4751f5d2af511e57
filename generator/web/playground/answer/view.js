// A growing answer as a reader sees it: drawn by unit, in pieces that leave the page its time.

import { visible } from "../visible.js";
import { Blocks } from "./blocks.js";
import { codeBlock, withCode } from "./code.js";
import { Colours } from "./colours.js";
import { GrowingText } from "./growing.js";
import { Groups } from "./groups.js";
import { Maths } from "./maths.js";
import { MANY, keepColumns } from "./tables.js";
import { isSame } from "./units.js";

/** @import { Container, Env, Tools, Unit } from "../../types/libraries.js" */
/** @import { Code, CopyCode } from "./code.js" */

/** Characters that are read at once. */
const PIECE = 8000;
/** Milliseconds that drawing takes at once; what is left comes in the next task. */
const BUSY = 12;
const TAGS = [
  ..."a b blockquote br code del em h3 h4 h5 h6 hr i li ol p pre s span strong sub sup".split(" "),
  ..."table tbody td th thead tr ul".split(" "),
];
/** @satisfies {import("dompurify").Config} */
const SAFE = {
  ALLOWED_TAGS: TAGS,
  // Markdown is read without HTML, so a class is one of ours.
  ALLOWED_ATTR: ["href", "title", "start", "class"],
  ALLOWED_URI_REGEXP: /^(?:https?|mailto):/i,
  ALLOW_DATA_ATTR: false,
  ALLOW_ARIA_ATTR: false,
  RETURN_DOM_FRAGMENT: /** @type {const} */ (true),
};
const TARGET = 80; // characters of a link's target that are shown beside it

/** Nodes, the text in them that may grow, and the blocks of code in them that do not. */
/** @typedef {{ nodes: ChildNode[], text?: GrowingText, codes?: Code[] }} Made */
/** An element of a container, and how often something was put into it. */
/** @typedef {{ container: Container, element: Element, times: number }} Within */
/**
 * What is drawn of a unit, in its containers' elements; whether it was seen to its end.
 * @typedef {Made & { unit: Unit, within: Within[], ended: boolean }} Drawn
 */

export class AnswerView {
  /** @type {Blocks} */
  #blocks;
  /** @type {Drawn[]} */
  #drawn = [];
  #text = "";
  #whole = false;
  /** Whether there comes no more of the text. */
  #isOver = false;
  /** How much of the text was taken in. */
  #taken = 0;
  /** Units that were read and not drawn yet. @type {Unit[]} */
  #units = [];
  /** @type {ReturnType<typeof setTimeout> | null} */
  #timer = null;

  /**
   * `ondrawn` hears of each piece that was drawn; `copyCode` copies a text, and says whether it did.
   * @param {HTMLElement} element @param {Tools} tools
   * @param {{ ondrawn: () => void, copyCode: CopyCode }} page
   */
  constructor(element, tools, { ondrawn, copyCode }) {
    this.element = element;
    this.ondrawn = ondrawn;
    this.copyCode = copyCode;
    this.tools = tools;
    this.#blocks = new Blocks(tools.markdown);
    this.colours = new Colours(tools.highlighter);
    this.maths = new Maths(tools, ondrawn);
    this.groups = new Groups(element);
  }

  /**
   * Draw the text so far, or all of it; a long one goes on after this.
   * @param {string} text @param {boolean} whole
   */
  draw(text, whole) {
    this.#text = text;
    this.#whole = whole;
    this.#isOver = whole;
    // In a task of its own: what is drawn has to be laid out after it.
    this.#timer ??= setTimeout(() => this.#go());
  }

  /** Draw no more. */
  close() {
    if (this.#timer !== null) clearTimeout(this.#timer);
  }

  #go() {
    this.#timer = null;
    // Reading a long block takes time of its own, so there is one in a task, and it comes first.
    const until = performance.now() + BUSY;
    const hasRead = this.#drawn.length === this.#units.length && this.#read();
    let isLeft = true;
    let count = 0;
    while (isLeft && performance.now() < until) {
      isLeft = this.#drawNext();
      count += Number(isLeft);
    }
    if (count) this.ondrawn();
    if (hasRead || isLeft || this.#isUnread) this.#timer = setTimeout(() => this.#go());
    else if (this.#isOver) this.#ended(this.#drawn.at(-1));
  }

  get #isUnread() {
    return this.#taken < this.#text.length || this.#whole;
  }

  /** Take the next piece of the text in; whether there was one. */
  #read() {
    if (!this.#isUnread) return false;
    const end = Math.min(this.#text.length, Math.max(this.#taken, this.#blocks.at) + PIECE);
    const isLast = this.#whole && end === this.#text.length;
    const taken = this.#blocks.take(this.#text.slice(0, end), isLast);
    this.#taken = end;
    if (isLast) this.#whole = false; // once
    if (taken.references) this.#restart(taken.references);
    else {
      // From its end: each item that goes has those after it counted anew.
      for (const drawn of this.#drawn.splice(taken.same).reverse()) remove(drawn);
      this.#units = taken.units;
    }
    return true;
  }

  /** @param {Env["references"]} references */
  #restart(references) {
    this.#blocks = new Blocks(this.tools.markdown, references);
    this.#drawn = [];
    this.groups = new Groups(this.element);
    this.#units = [];
    this.#taken = 0;
    this.#whole = true;
  }

  /** Draw one unit that is not, or what has grown; whether there was something. */
  #drawNext() {
    const last = this.#drawn.at(-1);
    if (last?.text?.grow(last.unit.text)) return true;
    const unit = this.#units[this.#drawn.length];
    if (!unit) return false;
    this.#ended(last);
    const within = this.#containers(unit, last);
    const place = within.at(-1);
    const isHtml = unit.code === undefined && !unit.plain;
    const made = isHtml ? this.#html(unit) : grown(unit, this.copyCode);
    (place?.element ?? this.groups.next()).append(...made.nodes);
    if (place && ++place.times === MANY && place.element.matches("tbody")) keepColumns(place.element);
    this.#drawn.push({ ...made, unit, within, ended: false });
    return true;
  }

  /** It grows no more: code gets its colours, and formulas are drawn. @param {Drawn | undefined} drawn */
  #ended(drawn) {
    if (!drawn || drawn.ended) return;
    drawn.ended = true;
    const { unit, nodes, text, codes = [] } = drawn;
    if (unit.code === undefined && !unit.plain) this.maths.add(nodes);
    if (unit.code && text) this.colours.add(text.element, unit.text, unit.code);
    for (const code of codes) this.colours.add(code.text.element, code.content, code.info);
  }

  /**
   * The elements that a unit stands in: those of the unit before it, as far as they are the same.
   * @param {Unit} unit @param {Drawn | undefined} last
   */
  #containers(unit, last) {
    /** @type {Drawn["within"]} */
    const within = [];
    for (const [depth, container] of unit.within.entries()) {
      const before = last?.within[depth];
      if (before && isSame(before.container, container) && within.length === depth) within.push(before);
      else {
        const place = within.at(-1)?.element ?? this.groups.next();
        const [element] = this.#safe(container.open + container.close, unit.within.slice(0, depth));
        if (!(element instanceof Element)) throw new Error(`${container.open} makes no element`);
        place.append(element);
        within.push({ container, element, times: 0 });
      }
    }
    return within;
  }

  /** @param {Unit} unit @returns {Made} */
  #html(unit) {
    /** @type {Code[]} */
    const codes = [];
    const nodes = this.#safe(unit.make(), unit.within, (made) => {
      codes.push(...withCode(made, unit.codes, this.copyCode));
    });
    return { nodes, codes };
  }

  /**
   * Sanitised nodes of HTML that stands in these containers, which decide how it is read.
   * @param {string} html @param {Container[]} within
   * @param {(made: DocumentFragment) => void} [finish] what is to be done with them before
   */
  #safe(html, within, finish = () => {}) {
    const opened = within.map(({ open }) => open).join("");
    const closed = within
      .map(({ close }) => close)
      .reverse()
      .join("");
    const made = this.tools.purify.sanitize(opened + html + closed, SAFE);
    finish(made);
    /** @type {DocumentFragment | Element} */
    let inner = withTargets(made);
    for (let depth = 0; depth < within.length; depth++) inner = inner.firstElementChild ?? inner;
    return [...inner.childNodes].filter((node) => !within.length || node instanceof Element);
  }
}

/** @param {Drawn} drawn */
function remove({ nodes, within }) {
  for (const node of nodes) node.remove();
  for (const { element } of within.toReversed()) if (!element.firstElementChild) element.remove();
}

/**
 * Code with a button that copies it, or what is shown as it was written.
 * @param {Unit} unit
 * @param {CopyCode} copyCode
 * @returns {Made}
 */
function grown(unit, copyCode) {
  if (unit.plain) {
    const element = document.createElement("div");
    element.className = "plain";
    return { nodes: [element], text: new GrowingText(element) };
  }
  const { element, text } = codeBlock(unit.code ?? "", () => unit.text, copyCode);
  return { nodes: [element], text };
}

/**
 * Write each link's real target beside it, where the link does not say just that itself.
 * @param {DocumentFragment} made
 */
function withTargets(made) {
  for (const link of made.querySelectorAll("a[href]")) {
    if (!(link instanceof HTMLAnchorElement)) continue;
    // What stands before an @ in an address is no host, and only made to look like one.
    if (link.username || link.password) Object.assign(link, { username: "", password: "" });
    const target = link.href.replace(/^mailto:/i, "");
    const plain = link.textContent.trim();
    if ([target, `${target}/`, target.replace(/\/$/, "")].includes(plain)) continue;
    const note = document.createElement("small");
    note.textContent = ` (${visible(target.length > TARGET ? `${target.slice(0, TARGET)}…` : target)})`;
    link.after(note);
  }
  return made;
}
