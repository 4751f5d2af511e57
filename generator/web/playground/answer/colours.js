// Colours of code in an answer, once its block has ended: spans with classes around its text. Code in a
// language that is not known, too long or too hard stays as it is; all does where its reader does not come.

import { languageOf } from "./languages.js";

/** @import { Mark, Tools } from "../../types/libraries.js" */

/** Characters of code beyond which it stays as it is; of a line, of blanks: one token takes their square. */
const LONG = 20_000;
const LONG_LINE = /[^\n]{1001}|[^\S\n]{101}/;
/** Milliseconds that are taken at once, and for one block in all. */
const BUSY = 12;
const MOST = 500;

/**
 * An element whose text is in elements, each of whole lines.
 * @typedef {{ children: Iterable<Pick<Element, "textContent" | "replaceChildren">> }} Pieces
 */

const nextTask = () =>
  new Promise((done) => {
    setTimeout(done);
  });

/** The colours of one answer's blocks, one block after the other. */
export class Colours {
  #before = Promise.resolve();

  /** @param {Tools["highlighter"]} highlighter */
  constructor(highlighter) {
    this.highlighter = highlighter;
  }

  /**
   * Colour code that changes no more, in tasks of its own.
   * @param {Pieces} code
   * @param {string} text
   * @param {string} info what its block says of the language
   */
  add(code, text, info) {
    const language = languageOf(info);
    if (!language || text.length > LONG || LONG_LINE.test(text)) return;
    // Plain text will do where its reader fails.
    this.#before = this.#before.then(() => this.#colour(code, text, language)).catch(() => {});
  }

  /** @param {Pieces} code @param {string} text @param {string} language */
  async #colour(code, text, language) {
    const { marks } = await this.highlighter();
    /** @type {Mark[]} */
    const found = [];
    let spent = 0;
    await nextTask();
    let begun = performance.now();
    for (const mark of marks(text, language)) {
      if (mark) join(found, mark);
      const busy = performance.now() - begun;
      if (busy < BUSY) continue;
      spent += busy;
      if (spent > MOST) return;
      await nextTask();
      begun = performance.now();
    }
    let from = 0;
    for (const piece of code.children) {
      await nextTask();
      const shown = piece.textContent;
      piece.replaceChildren(...partsOf(shown, from, found).map(([part, kind]) => nodeOf(part, kind)));
      from += shown.length;
    }
  }
}

/** Add a mark, to the one before it where that is the same. @param {Mark[]} found @param {Mark} mark */
function join(found, mark) {
  const last = found.at(-1);
  if (last?.to === mark.from && last.kind === mark.kind) last.to = mark.to;
  else found.push(mark);
}

/**
 * A text in parts, each with the kind that has a colour, or none.
 * @param {string} text
 * @param {number} from where it begins in what was read
 * @param {Mark[]} found
 */
export function partsOf(text, from, found) {
  /** @type {[string, string][]} */
  const parts = [];
  let at = 0;
  for (const mark of found) {
    const [begin, end] = [Math.max(mark.from - from, at), Math.min(mark.to - from, text.length)];
    if (begin >= end) continue;
    if (begin > at) parts.push([text.slice(at, begin), ""]);
    parts.push([text.slice(begin, end), mark.kind]);
    at = end;
  }
  if (at < text.length) parts.push([text.slice(at), ""]);
  return parts;
}

/** @param {string} text @param {string} kind */
function nodeOf(text, kind) {
  if (!kind) return document.createTextNode(text);
  const element = document.createElement("span");
  element.className = `tok-${kind}`;
  element.textContent = text;
  return element;
}
