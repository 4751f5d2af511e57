// Markdown as the page reads it: no HTML, no image that loads by itself, formulas as written, tasks.

/** @import { BlockState, InlineState, Markdown, MarkdownModule, Token } from "../../types/libraries.js" */

/** A formula: how it begins, and how it ends. */
const FORMULAS = [
  ["\\(", "\\)"],
  ["\\[", "\\]"],
  ["$$", "$$"],
];
/** One between single dollars has a sign that money and variables have not, and no word beside it. */
const DOLLARS = /^\$(?=[^$\n]*[\\^_])(?!\s)[^$\n]*[^\s$]\$(?![\w$])/;
/** Or it is short, begins with no digit, as money does, and has no word in it: `$n$`, `$f(x) = 2$`. */
const SHORT = /^\$(?=[a-zA-Z(|[-])(?![^$\n]*[a-zA-Z]{3})[^$\n]{0,40}[^\s$]\$(?![\w$])/;
/** Longer ones are read as text. */
const LONGEST = 5000;
const TASK = /^\[([ xX])\](?=\s|$)/;

/** @param {MarkdownModule["default"]} MarkdownIt @returns {Markdown} */
export function markdownOf(MarkdownIt) {
  const markdown = new MarkdownIt({ html: false, linkify: false, breaks: false });
  const { rules } = markdown.renderer;
  const { escapeHtml } = markdown.utils;
  rules.image = (tokens, i, options, env, self) => {
    const label = self.renderInlineAsText(tokens[i].children ?? [], options, env);
    const url = tokens[i].attrGet("src") ?? "";
    return /^https?:/.test(url)
      ? `<a href="${escapeHtml(url)}">Image, not loaded: ${escapeHtml(label || url)}</a>`
      : `<em>Image, not shown: ${escapeHtml(label)}</em>`;
  };
  for (const name of ["heading_open", "heading_close"]) {
    // The page's own headings end at the third level.
    rules[name] = (tokens, i, options, _env, self) => {
      tokens[i].tag = `h${Math.min(6, Number(tokens[i].tag.slice(1)) + 2)}`;
      return self.renderToken(tokens, i, options);
    };
  }
  for (const name of ["th_open", "td_open"]) {
    rules[name] = (tokens, i) => {
      const side = /(?:right|center)/.exec(tokens[i].attrGet("style") ?? "");
      return `<${tokens[i].tag}${side ? ` class="to-${side[0]}"` : ""}>`;
    };
  }
  // Code inside of an item or a quotation, without a class that the model names: code.js draws it.
  rules.fence = (tokens, i) => `<pre><code>${escapeHtml(tokens[i].content)}</code></pre>\n`;
  /** @param {Token[]} tokens @param {number} i */
  const formulaHtml = (tokens, i) => `<span class="formula">${escapeHtml(tokens[i].content)}</span>`;
  rules.formula = formulaHtml;
  rules.task = (tokens, i) => `<span class="task">${tokens[i].content === " " ? "☐" : "☑"}</span>`;
  rules.formula_block = (tokens, i) => `<p>${formulaHtml(tokens, i)}</p>\n`;
  markdown.inline.ruler.before("escape", "formula", formula);
  const alt = ["paragraph", "reference", "blockquote", "list"];
  markdown.block.ruler.before("fence", "formula_block", formulaBlock, { alt });
  markdown.core.ruler.push("tasks", ({ tokens }) => tasks(tokens));
  return markdown;
}

/**
 * A formula keeps its backslashes, underscores and stars.
 * @param {InlineState} state
 * @param {boolean} silent
 */
function formula(state, silent) {
  const length = formulaAt(state.src.slice(state.pos, Math.min(state.posMax, state.pos + LONGEST)));
  if (!length || (state.src[state.pos] === "$" && /[\w$]/.test(state.src[state.pos - 1] ?? ""))) return false;
  if (!silent) state.push("formula", "", 0).content = state.src.slice(state.pos, state.pos + length);
  state.pos += length;
  return true;
}

/**
 * A formula of several lines is a block: one of them may begin with a sign that Markdown takes for a list's.
 * It has no empty line. Where the text ends before it, it is one, too: what streams may bring its end.
 * @param {BlockState} state
 * @param {number} from
 * @param {number} end
 * @param {boolean} silent
 */
function formulaBlock(state, from, end, silent) {
  if (state.sCount[from] - state.blkIndent >= 4) return false;
  const lineAt = (/** @type {number} */ line) =>
    state.src.slice(state.bMarks[line] + state.tShift[line], state.eMarks[line]);
  const [begins, ends] = FORMULAS.slice(1).find(([first]) => lineAt(from).startsWith(first)) ?? [];
  if (begins === undefined || ends === undefined) return false;
  let length = 0;
  for (let line = from; line < end && (line === from || isWithin(state, line)); line++) {
    const text = lineAt(line).trimEnd();
    length += text.length + 1;
    if (length > LONGEST) return false;
    const at = text.indexOf(ends, line === from ? begins.length : 0);
    if (at < 0 && (line + 1 < state.lineMax || state.env.goesOn)) continue;
    if (at >= 0 && at + ends.length < text.length) return false;
    if (silent) return true;
    state.line = line + 1;
    const token = state.push("formula_block", "", 0);
    token.map = [from, state.line];
    token.content = state.getLines(from, state.line, state.blkIndent, false).trim();
    return true;
  }
  return false;
}

/** Whether a line goes on in its container. @param {BlockState} state @param {number} line */
const isWithin = (state, line) => !state.isEmpty(line) && state.sCount[line] >= state.blkIndent;

/** How long the formula is that a text begins with, or 0. @param {string} text */
function formulaAt(text) {
  const [begin, end] = FORMULAS.find(([first]) => text.startsWith(first)) ?? [];
  if (begin === undefined || end === undefined) return (DOLLARS.exec(text)?.[0] ?? shortIn(text)).length;
  const at = text.indexOf(end, begin.length);
  return at > begin.length ? at + end.length : 0;
}

/**
 * The short formula that a text begins with: its brackets are closed, as those around money are not.
 * @param {string} text
 */
function shortIn(text) {
  const [short] = SHORT.exec(text) ?? [""];
  const count = (/** @type {string} */ marks) => [...short].filter((mark) => marks.includes(mark)).length;
  return count("([") === count(")]") ? short : "";
}

/** `[ ]` and `[x]` at the beginning of an item are boxes. @param {Token[]} tokens */
function tasks(tokens) {
  for (let i = 2; i < tokens.length; i++) {
    const { children } = tokens[i];
    if (tokens[i].type !== "inline" || tokens[i - 2].type !== "list_item_open" || !children?.length) continue;
    const [first] = children;
    const [box, mark] = (first.type === "text" && TASK.exec(first.content)) || [];
    if (box === undefined || mark === undefined) continue;
    /** @type {Token} */
    const task = Object.assign(Object.create(Object.getPrototypeOf(first)), first, {
      type: "task",
      content: mark,
    });
    first.content = first.content.slice(box.length);
    children.unshift(task);
  }
}
