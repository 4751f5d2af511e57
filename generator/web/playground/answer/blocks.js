// A text in Markdown that grows, as units: its blocks, the items of its lists, the rows of its tables. What
// grows last is read again, everything before is not; in the end the units are those of the whole text.

import { settledLength, visible } from "../visible.js";
import {
  CELLS,
  alignment,
  blocksOf,
  cellsOf,
  code,
  codesOf,
  isFence,
  isHard,
  isHidden,
  lineOffsets,
  mapOf,
  offsetOf,
  parts,
  rowsOf,
  sourceOf,
  tooLong,
  written,
} from "./units.js";

/** @import { Container, Env, Markdown, Taken, Token, Unit } from "../../types/libraries.js" */

/** Characters of a block of code beyond which only its new lines are read. */
const CODE = 4000;
/** Rows of a table beyond which only its new ones are read; the last may change yet. */
const ROWS = 60;
const LAST = 2;
const LISTS = ["bullet_list_open", "ordered_list_open"];
const FENCE = /^(`{3,}|~{3,})[^\n]*\n/;

/**
 * A block of code whose end has not come: its unit, what ends it, how much of the text is in it.
 * `within` says whether a part of its last line is in it.
 * @typedef {{ unit: Unit, end: RegExp, at: number, within: boolean }} Open
 */

/**
 * A long table whose end has not come: its first two lines, with which its last rows are read; where it
 * begins in the text and among the units; its rows that are closed, and their characters.
 * @typedef {{ head: string, at: number, first: number, lines: number, length: number }} Table
 */

export class Blocks {
  #markdown;
  /** @type {Unit[]} */
  #units = [];
  /** How many of them can change no more. */
  #closed = 0;
  /** Where the rest begins in the text. */
  #at = 0;
  /** How many blocks are closed, to name those that come. */
  #count = 0;
  /** Targets of links that closed blocks define. @type {Env["references"]} */
  #references = {};
  /** Whether these are those of the whole text. */
  #hasAll;
  #rows;
  /** What was defined when closed units that may refer to it were read. @type {Set<string>} */
  #known = new Set();
  /** @type {Open | null} */
  #open = null;
  /** @type {Table | null} */
  #table = null;
  /** What shows the rest as it was written, once a block is too long. @type {Unit | null} */
  #plain = null;

  /**
   * @param {Markdown} markdown
   * @param {Env["references"]} [references] of the whole text: beside them nothing on the way is one
   * @param {number} [rows] of a table beyond which only its new ones are read
   */
  constructor(markdown, references, rows = ROWS) {
    this.#markdown = markdown;
    this.#rows = rows;
    this.#hasAll = references !== undefined;
    this.#references = this.#hasAll ? new Proxy({ ...references }, { set: () => true }) : {};
  }

  /** Where reading goes on. */
  get at() {
    return this.#open?.at ?? this.#at;
  }

  /**
   * Take in the text so far, or all of it. Gives the units with how many of them are those of before; or the
   * targets of links with which it has to be read anew, since a link stands before its target.
   * @param {string} text
   * @param {boolean} whole
   * @returns {Taken}
   */
  take(text, whole) {
    if (this.#plain) this.#write(this.#plain, text, whole);
    if (this.#plain || (this.#open && !this.#grown(text, whole)))
      return this.#late(whole, this.#references) ?? { units: this.#units, same: this.#units.length };
    const rest = this.#head + text.slice(this.#at);
    /** @type {Env} */
    const env = { references: this.#hasAll ? this.#references : { ...this.#references } };
    /** @type {Token[]} */
    const tokens = [];
    const source = sourceOf(rest);
    this.#markdown.block.parse(source, this.#markdown, env, tokens);
    const lines = source.split("\n");
    const blocks = blocksOf(tokens);
    const known = JSON.stringify(env.references);
    const late = this.#late(whole, env.references);
    if (late) return late;
    const offsets = lineOffsets(rest);
    const { long, from } = tooLong(tokens, blocks, offsets, { text: rest, table: this.#table });
    if (long === 0 && this.#table) return this.#unread(this.#table, text, whole);
    const read = long < 0 ? blocks : blocks.slice(0, long);
    const all = read.flatMap(([first, last], n) =>
      this.#unitsOf(tokens.slice(first, last + 1), lines, { env, known, name: this.#count + n }),
    );
    const units = this.#table ? all.slice(1) : all; // its head is closed
    const same = this.#replaced(units);
    const starts = blocks.map(([first]) => mapOf(tokens, first)[0]);
    if (long >= 0) {
      this.#close(long, rest.slice(0, from), known);
      this.#plain = written("", this.#count);
      this.#units.push(this.#plain);
      this.#write(this.#plain, text, whole);
      return { units: this.#units, same };
    }
    if (!whole) this.#settle(tokens, blocks, starts, { rest, offsets, known });
    return { units: this.#units, same };
  }

  /**
   * The targets of links to begin with, where a link that is closed stands before its target.
   * @param {boolean} whole
   * @param {Env["references"]} references
   */
  #late(whole, references) {
    const known = JSON.stringify(references);
    const isLate = whole && !this.#hasAll && [...this.#known].some((before) => before !== known);
    return isLate ? { references } : null;
  }

  /** Show the text on. @param {Unit} unit @param {string} text @param {boolean} whole */
  #write(unit, text, whole) {
    const rest = text.slice(this.#at);
    const end = whole ? rest.length : settledLength(rest);
    unit.text += visible(rest.slice(0, end));
    this.#at += end;
  }

  /** The first lines of an open table, which stand before the rest. */
  get #head() {
    return this.#table?.head ?? "";
  }

  /**
   * Show an open table that has grown too long as it was written.
   * @param {Table} table @param {string} text @param {boolean} whole
   */
  #unread({ at, first }, text, whole) {
    this.#table = null;
    this.#at = at;
    this.#closed = first;
    this.#plain = written("", this.#count);
    this.#units.splice(first, this.#units.length, this.#plain);
    this.#write(this.#plain, text, whole);
    return { units: this.#units, same: first };
  }

  /**
   * Put these in the place of what may change; those that are the same stay. Gives how many units those are.
   * @param {Unit[]} units
   */
  #replaced(units) {
    let same = this.#closed;
    for (const unit of units) {
      if (this.#units[same]?.key !== unit.key) break;
      same += 1;
    }
    const added = units.slice(same - this.#closed);
    this.#units.splice(same, this.#units.length, ...added);
    return same;
  }

  /**
   * Close what cannot change any more: all but the last two blocks, since the last line may yet join the one
   * before it to the other. All before a long block of code whose first line is there; all before a long
   * table, and its rows but the last.
   * @param {Token[]} tokens
   * @param {[number, number][]} blocks
   * @param {number[]} starts
   * @param {{ rest: string, offsets: number[], known: string }} read
   */
  #settle(tokens, blocks, starts, { rest, offsets, known }) {
    const last = blocks.at(-1);
    if (!last) return;
    const from = offsetOf(offsets, starts[starts.length - 1], rest);
    const rows = rowsOf(tokens.slice(last[0], last[1] + 1));
    const [, mark] = FENCE.exec(rest.slice(from)) ?? [];
    if (mark && isFence(tokens[last[1]]) && rest.length - from > CODE) {
      this.#close(blocks.length - 1, rest.slice(0, from), known);
      const unit = this.#units[this.#closed];
      const end = new RegExp(`^ {0,3}${mark[0] === "~" ? "~" : "`"}{${mark.length},}[ \\t]*$`);
      const first = rest.indexOf("\n", from) + 1;
      this.#open = { unit, end, at: this.#at + (first - from), within: false };
      unit.text = "";
      unit.key = "";
      this.#grown(rest.slice(from), false, this.#at);
    } else if (rows.length > this.#rows && cellsOf(rows[0]) <= CELLS) {
      const begins = rows.map((row) => offsetOf(offsets, mapOf(row, 0)[0], rest));
      const origin = this.#at - this.#head.length;
      if (blocks.length > 1) this.#close(blocks.length - 1, rest.slice(0, from), known);
      this.#closeRows(begins, { rest, from, origin, known });
    } else if (blocks.length > 2) {
      this.#close(
        blocks.length - 2,
        rest.slice(0, offsetOf(offsets, starts[blocks.length - 2], rest)),
        known,
      );
    }
  }

  /**
   * @param {number} count blocks of the rest
   * @param {string} source what they were made of
   * @param {string} known
   */
  #close(count, source, known) {
    this.#count += count;
    while (this.#units[this.#closed]?.name < this.#count) {
      if (this.#units[this.#closed].refers) this.#known.add(known);
      this.#closed += 1;
    }
    // Only what stands in it: a target after it may not have come whole.
    if (source.includes("]:")) {
      const env = { references: this.#references, goesOn: true };
      this.#markdown.block.parse(sourceOf(source), this.#markdown, env, []);
    }
    this.#at += source.length - this.#head.length;
    if (count) this.#table = null;
  }

  /**
   * Close the rows of the table that the rest ends with, but the last.
   * @param {number[]} begins where each row does, in the rest
   * @param {{ rest: string, from: number, origin: number, known: string }} read `from` is where the table
   *   begins in it, `origin` where it begins itself in the text
   */
  #closeRows(begins, { rest, from, origin, known }) {
    const head = rest.slice(from, begins[0]);
    this.#table ??= { head, at: origin + from, first: this.#closed, lines: 0, length: 0 };
    const until = begins[begins.length - LAST];
    this.#table.lines += begins.length - LAST;
    this.#table.length += until - begins[0];
    this.#at = origin + until;
    for (; this.#closed < this.#units.length - LAST; this.#closed++)
      if (this.#units[this.#closed].refers) this.#known.add(known);
  }

  /**
   * Take the new lines of an open block of code in; whether it has ended.
   * @param {string} text
   * @param {boolean} whole
   * @param {number} [before] characters before what `text` begins with
   */
  #grown(text, whole, before = 0) {
    const open = this.#open;
    if (!open) return true;
    const added = text.slice(open.at - before);
    for (const line of added.split(/(?<=\n)/)) {
      const isComplete = line.endsWith("\n");
      if (!open.within && (isComplete || whole) && open.end.test(line.replace(/\r?\n$/, ""))) {
        open.at += line.length;
        this.#at = open.at;
        this.#closed += 1;
        this.#count += 1;
        this.#open = null;
        return true;
      }
      // What comes may make an end of a line that is not complete.
      if (!isComplete && !whole && !open.within && /^ {0,3}[`~]*[ \t]*$/.test(line)) break;
      const end = isComplete || whole ? line.length : settledLength(line);
      open.unit.text += visible(line.slice(0, end)).replaceAll("\r\n", "\n");
      open.at += end;
      open.within = !isComplete && (open.within || end > 0);
    }
    return false;
  }

  /**
   * @param {Token[]} tokens of one block
   * @param {string[]} lines
   * @param {{ env: Env, known: string, name: number }} read
   * @returns {Unit[]}
   */
  #unitsOf(tokens, lines, { env, known, name }) {
    const [first] = tokens;
    const { renderer, options } = this.#markdown;
    /** @param {Token[]} own @param {Container[]} within @param {string} [kind] */
    const unit = (own, within, kind = "") => {
      const [from, to] = own[0].map ?? mapOf(own, 0);
      const source = lines.slice(from, to).join("\n") + (to < lines.length ? "\n" : "");
      const refers = source.includes("[");
      if (own[0].type === "fence") return code(own[0], this.#markdown.utils.unescapeAll(own[0].info), name);
      if (isHard(source, own)) return written(source, name);
      // The same lines are a formula until an empty one comes before its end.
      const formulas = own.filter(({ type }) => type === "formula_block").length;
      const what = [name, formulas, kind, within.map(({ open }) => open).join("")];
      const key = [...what, refers ? known : "", source].join("\n");
      const codes = codesOf(own, this.#markdown.utils.unescapeAll);
      return { name, key, within, refers, codes, text: "", make: () => this.#html(own, env) };
    };
    if (LISTS.includes(first.type)) {
      const within = [{ open: renderer.renderToken(tokens, 0, options), close: `</${first.tag}>\n`, name }];
      // What comes after an item says whether its texts are paragraphs.
      return parts(tokens, "list_item", 1).map((item) => unit(item, within, item.map(isHidden).join("")));
    }
    if (first.type === "table_open") {
      const table = { open: "<table>\n", close: "</table>\n", name };
      const body = { open: "<tbody>\n", close: "</tbody>\n", name };
      return [
        ...parts(tokens, "thead", 1).map((head) => unit(head, [table], String(alignment(head)))),
        ...rowsOf(tokens).map((row) => unit(row, [table, body], String(alignment(row)))),
      ];
    }
    return [unit(tokens, [])];
  }

  /** @param {Token[]} tokens @param {Env} env */
  #html(tokens, env) {
    const markdown = this.#markdown;
    const state = new markdown.core.State("", markdown, env);
    state.tokens = tokens;
    // What comes after reading the text into blocks.
    for (const rule of markdown.core.ruler.getRules("").slice(2)) rule(state);
    return markdown.renderer.render(tokens, markdown.options, env);
  }
}
