// Reads code for its colours, bundled by esbuild into one file: CodeMirror's stream parsers, line by line.

import { c, cpp, csharp, java, kotlin } from "@codemirror/legacy-modes/mode/clike";
import { css, less, sCSS } from "@codemirror/legacy-modes/mode/css";
import { diff } from "@codemirror/legacy-modes/mode/diff";
import { dockerFile } from "@codemirror/legacy-modes/mode/dockerfile";
import { go } from "@codemirror/legacy-modes/mode/go";
import { javascript, json, typescript } from "@codemirror/legacy-modes/mode/javascript";
import { python } from "@codemirror/legacy-modes/mode/python";
import { rust } from "@codemirror/legacy-modes/mode/rust";
import { shell } from "@codemirror/legacy-modes/mode/shell";
import { standardSQL } from "@codemirror/legacy-modes/mode/sql";
import { toml } from "@codemirror/legacy-modes/mode/toml";
import { html, xml } from "@codemirror/legacy-modes/mode/xml";
import { yaml } from "@codemirror/legacy-modes/mode/yaml";
import { StringStream } from "@codemirror/streamparser";

/** @import { StreamParser } from "@codemirror/streamparser" */
/** @import { Mark } from "./types/libraries.js" */

const TAB = 4;
const INDENT = 2;
/** How often a parser may change its state before it takes a character. */
const TRIES = 10;

/** Language → its parser. @type {Record<string, StreamParser<unknown>>} */
export const PARSERS = {
  ...{ c, cpp, csharp, css, diff, dockerfile: dockerFile, go, java, javascript, json, kotlin, less },
  ...{ python, rust, scss: sCSS, shell, sql: standardSQL, toml, typescript, xml, yaml },
  html: htmlWith({ script: javascript, style: css }),
  jsx: withTags(javascript),
  tsx: withTags(typescript),
};

/** What a parser calls a token, by its last word that says so → the kind that has a colour. */
const KINDS = new Map(
  Object.entries({
    comment: "comment",
    keyword: "keyword modifier qualifier self operatorKeyword definitionKeyword",
    string: "string character attributeValue regexp",
    number: "number atom bool null unit color",
    type: "type typeName className tag tagName namespace builtin standard",
    name: "def definition",
    property: "property propertyName attribute attributeName",
    meta: "meta annotation macroName processingInstruction",
    inserted: "inserted",
    deleted: "deleted",
  }).flatMap(([kind, names]) => names.split(" ").map((name) => [name, kind])),
);

/**
 * Where colours begin and end in a code, and their kinds. A step of the generator is a token, so that who
 * asks can pause.
 * @param {string} code
 * @param {string} language one of PARSERS
 * @returns {Generator<Mark | null, void, void>}
 */
export function* marks(code, language) {
  const parser = PARSERS[language];
  const state = parser.startState?.(INDENT) ?? {};
  let at = 0;
  for (const line of code.split("\n")) {
    const stream = new StringStream(line, TAB, INDENT);
    if (!line) parser.blankLine?.(state, INDENT);
    while (!stream.eol()) {
      const kind = kindOf(token(parser, stream, state));
      yield kind ? { from: at + stream.start, to: at + stream.pos, kind } : null;
    }
    at += line.length + 1;
  }
}

/**
 * The next token of a line, which has a character at least.
 * @param {StreamParser<unknown>} parser @param {StringStream} stream @param {unknown} state
 */
function token(parser, stream, state) {
  stream.start = stream.pos;
  for (let tried = 0; tried < TRIES; tried++) {
    const style = parser.token(stream, state);
    if (stream.pos > stream.start) return style;
  }
  throw new Error(`${parser.name} goes no further`);
}

/** @param {string | null} style words with modifiers after a dot, as `variableName.definition` */
function kindOf(style) {
  const words = style?.split(/[ .]/).reverse() ?? [];
  return words.map((word) => KINDS.get(word)).find((kind) => kind);
}

/**
 * Where reading HTML is, and a text in it that another parser reads, up to its end.
 * @typedef {{ parser: StreamParser<unknown>, state: unknown, end: RegExp }} Inner
 * @typedef {{ outer: { context: { tagName: string } | null }, inner: Inner | null }} Place
 */

/**
 * HTML in which these elements' text is read by other parsers.
 * @param {Record<string, StreamParser<unknown>>} inside
 * @returns {StreamParser<Place>}
 */
function htmlWith(inside) {
  return {
    name: "html",
    startState: (unit) => {
      const outer = /** @type {Place["outer"]} */ (html.startState?.(unit));
      return { outer, inner: null };
    },
    token(stream, state) {
      const { inner } = state;
      if (inner && !stream.match(inner.end, false)) return inner.parser.token(stream, inner.state);
      state.inner = null;
      const style = html.token(stream, state.outer);
      const name = state.outer.context?.tagName.toLowerCase() ?? "";
      if (stream.current() === ">" && Object.hasOwn(inside, name)) {
        const parser = inside[name];
        const end = new RegExp(`^</${name}`, "i");
        state.inner = { parser, state: parser.startState?.(INDENT) ?? {}, end };
      }
      return style;
    },
  };
}

/** What may stand before an expression, as the parser of JavaScript names it. */
const BEFORE = /^(?:operator|sof|keyword [bcd]|case|new|export|default|spread|[[{}(,;:]|=>)$/;

/**
 * Where reading JSX is: tags, or code with the braces that are open in it.
 * @typedef {{ context: unknown, tokenize: { isInText?: boolean } }} Tags
 * @typedef {{ tags: Tags } | { code: { lastType?: string }, open: number }} Within
 */

/**
 * The parser of tags, with what its type leaves out: it takes the value of an attribute as read.
 * @typedef {StreamParser<Tags> & { startState(unit: number): Tags, skipAttribute(state: Tags): void }} Tagged
 */
const tagged = /** @type {Tagged} */ (xml);

/**
 * JavaScript with tags in it: in them braces hold code again.
 * @param {StreamParser<unknown>} script
 * @returns {StreamParser<{ within: Within[] }>}
 */
function withTags(script) {
  /** @returns {Within} */
  const code = () => ({
    code: /** @type {{ lastType?: string }} */ (script.startState?.(INDENT)),
    open: 0,
  });
  return {
    name: "jsx",
    startState: () => ({ within: [code()] }),
    token(stream, { within }) {
      const here = within[within.length - 1];
      if ("code" in here) {
        if (BEFORE.test(here.code.lastType ?? "") && stream.match(/^<[\w$]/, false)) {
          within.push({ tags: tagged.startState(INDENT) });
          return null;
        }
        if (within.length > 1 && !here.open && stream.eat("}")) {
          within.pop();
          return null;
        }
        const style = script.token(stream, here.code);
        here.open += { "{": 1, "}": -1 }[stream.current()] ?? 0;
        return style;
      }
      if (stream.peek() === "{") {
        stream.next();
        tagged.skipAttribute(here.tags);
        within.push(code());
        return null;
      }
      if (here.tags.tokenize.isInText && stream.match(/^[^{<&]+/)) return null;
      const style = tagged.token(stream, here.tags);
      if (stream.current().endsWith(">") && !here.tags.context) within.pop();
      return style;
    },
  };
}
