// The blocks of a text in Markdown, taken apart; what of them is too long or too hard to be read.

import { visible } from "../visible.js";

/** @import { Container, Token, Unit } from "../../types/libraries.js" */

/**
 * Characters of a unit beyond which it is shown as it was written; marks of Markdown in it; brackets that are
 * opened and not closed. Reading takes as long as the square of these, or longer.
 */
const LONG = 20_000;
const MARKS = 1000;
/** Of its tokens: so many elements take long to draw. */
const TOKENS = 1000;
const OPEN = 60;
/** Characters and lines of a block beyond which it and all after it are shown as they were written. */
const LONGEST = 300_000;
const LINES = 3500;
/** The same of what is no block: targets of links, empty lines. */
const GAP = 8000;

/** Blocks of code: between fences, and set in. */
const CODES = ["fence", "code_block"];

/** @param {Token} token */
export const isHidden = ({ hidden }) => Number(hidden);

/**
 * What each block of code says of its language.
 * @param {Token[]} tokens @param {(text: string) => string} unescaped
 */
export const codesOf = (tokens, unescaped) =>
  tokens.filter(({ type }) => CODES.includes(type)).map(({ info }) => unescaped(info).trim());

/** @param {Token | undefined} token */
export const isFence = (token) => token?.type === "fence";

/**
 * Code, which is no HTML: its text grows.
 * @param {Token} token @param {string} info @param {number} name
 * @returns {Unit}
 */
export function code({ content }, info, name) {
  const key = ["code", name, info, content].join("\n");
  return {
    name,
    key,
    within: [],
    refers: false,
    code: info.trim(),
    codes: [],
    text: content,
    make: () => "",
  };
}

/** What is shown as it was written. @param {string} text @param {number} name @returns {Unit} */
export function written(text, name) {
  const key = ["written", name, text].join("\n");
  return { name, key, within: [], refers: false, codes: [], plain: true, text, make: () => "" };
}

/** The first and the last token of each block. @param {Token[]} tokens @returns {[number, number][]} */
export function blocksOf(tokens) {
  /** @type {[number, number][]} */
  const blocks = [];
  let first = 0;
  for (const [i, { level, nesting }] of tokens.entries()) {
    if (level || nesting === 1) continue;
    blocks.push([first, i]);
    first = i + 1;
  }
  return blocks;
}

/**
 * The parts of this kind, each from its beginning to its end.
 * @param {Token[]} tokens @param {string} kind @param {number} level
 */
export function parts(tokens, kind, level) {
  /** @type {Token[][]} */
  const all = [];
  let from = -1;
  for (const [i, token] of tokens.entries()) {
    if (token.level !== level) continue;
    if (token.type === `${kind}_open`) from = i;
    else if (token.type === `${kind}_close`) all.push(tokens.slice(from, i + 1));
  }
  return all;
}

/**
 * Cells of a row of a table that is read in parts. markdown-it fills in the cells that rows lack, 65,536
 * at most in a table; with no more than these, a table is too long before it comes so far.
 */
export const CELLS = 18;

/** The rows of a table's body; none of what is no table. @param {Token[]} tokens of a block */
export const rowsOf = (tokens) =>
  tokens[0].type === "table_open" ? parts(tokens, "tbody", 1).flatMap((group) => parts(group, "tr", 2)) : [];

/** How many cells a row has. @param {Token[]} row */
export const cellsOf = (row) => row.filter(({ type }) => type === "td_open").length;

/** The sides of its cells: the line that says them comes after the head, and grows. @param {Token[]} row */
export const alignment = (row) =>
  row.map((token) => (/^t[hd]_open$/.test(token.type) ? token.attrGet("style") : ""));

/** The lines of the first token from there on that says so. @param {Token[]} tokens @param {number} i */
export function mapOf(tokens, i) {
  return tokens.slice(i).find(({ map }) => map)?.map ?? [0, 0];
}

/**
 * The first block that is too long to be read, or so much that is no block before one, and where that begins.
 * Of the first, a `table`, so many rows were read before.
 * @param {Token[]} tokens @param {[number, number][]} blocks @param {number[]} offsets
 * @param {{ text: string, table: { lines: number, length: number } | null }} read
 */
export function tooLong(tokens, blocks, offsets, { text, table }) {
  let end = 0;
  for (const [n, [first, last]] of blocks.entries()) {
    const [begins, ends] = mapOf(tokens, first);
    const [from, to] = [offsetOf(offsets, begins, text), offsetOf(offsets, ends, text)];
    if (from - end > GAP) return { long: n, from: end };
    const { lines, length } = (n === 0 && table) || { lines: 0, length: 0 };
    const isLong = to - from + length > LONGEST || ends - begins + lines > LINES;
    if (isLong && !isFence(tokens[last])) return { long: n, from };
    end = to;
  }
  return text.length - end > GAP ? { long: blocks.length, from: end } : { long: -1, from: 0 };
}

/** Whether reading it, or drawing it, may take long. @param {string} source @param {Token[]} tokens */
export function isHard(source, tokens) {
  /** @param {RegExp} mark */
  const count = (mark) => source.match(mark)?.length ?? 0;
  if (source.length > LONG || tokens.length > TOKENS || count(/[[*_`!\\<$]/g) > MARKS) return true;
  return count(/\[/g) - count(/\]/g) > OPEN || count(/\(/g) - count(/\)/g) > OPEN;
}

/** The text as Markdown reads it, with what is hidden in it shown. @param {string} text */
export const sourceOf = (text) => visible(text).replaceAll(/\r\n?/g, "\n");

/** Where each line begins. @param {string} text */
export function lineOffsets(text) {
  const offsets = [0];
  for (const { index, 0: end } of text.matchAll(/\r\n?|\n/g)) offsets.push(index + end.length);
  return offsets;
}

/** @param {number[]} offsets @param {number} line @param {string} text */
export const offsetOf = (offsets, line, text) => offsets[line] ?? text.length;

/** The HTML of units in one text. @param {Unit[]} units */
export function htmlOf(units) {
  let html = "";
  /** @type {Container[]} */
  let within = [];
  /** @param {Container[]} next */
  const move = (next) => {
    let same = 0;
    while (same < within.length && isSame(within[same], next[same])) same += 1;
    for (const { close } of within.slice(same).reverse()) html += close;
    for (const { open } of next.slice(same)) html += open;
    within = next;
  };
  for (const unit of units) {
    move(unit.within);
    html += unit.make();
  }
  move([]);
  return html;
}

/** @param {Container} one @param {Container | undefined} other */
export const isSame = (one, other) => one.name === other?.name && one.open === other.open;
