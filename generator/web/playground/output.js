// What answers are drawn with: Markdown and its sanitiser, loaded once; JSON as a tree; differences.
//
// A model's output is untrusted: Markdown is read without HTML, then sanitised; nothing loads by itself.

import { markdownOf } from "./answer/markdown.js";
import { visible } from "./visible.js";

/** @import { Differences, MarkdownModule, Tools } from "../types/libraries.js" */

/** @type {Promise<Tools> | undefined} */
let loading;

/**
 * Load Markdown and its sanitiser once.
 * @param {string} vendor
 */
export function loadMarkdown(vendor) {
  loading ??= Promise.all([import(`${vendor}markdown-it.mjs`), import(`${vendor}purify.js`)]).then(
    /** @param {[MarkdownModule, unknown]} modules */
    ([{ default: MarkdownIt }]) => {
      const purify = globalThis.DOMPurify();
      purify.addHook("afterSanitizeAttributes", (node) => {
        if (!(node instanceof HTMLAnchorElement)) return;
        node.setAttribute("target", "_blank");
        node.setAttribute("rel", "noopener noreferrer nofollow");
        node.removeAttribute("title"); // a tooltip that could claim another target
      });
      const highlighter = () => import(`${vendor}highlight.js`);
      const maths = () => import(`${vendor}maths.js`);
      return { markdown: markdownOf(MarkdownIt), purify, highlighter, maths };
    },
  );
  return loading;
}

/**
 * The JSON in an answer (a fence around it is taken off), or undefined.
 * @param {string} text
 * @returns {unknown}
 */
export function jsonIn(text) {
  const plain = text.trim().replace(/^```(?:json)?\s*\n([\s\S]*?)\n```$/, "$1");
  try {
    return JSON.parse(plain);
  } catch {
    return undefined;
  }
}

/**
 * A value as nested, foldable lists of text nodes.
 * @param {unknown} value
 * @returns {Node}
 */
export function jsonTree(value, name = "", depth = 0, left = { nodes: 5000 }) {
  if (left.nodes-- <= 0) return document.createTextNode("…");
  const label = name === "" ? "" : `${name}: `;
  if (value === null || typeof value !== "object") {
    const leaf = document.createElement("div");
    leaf.textContent = visible(label + JSON.stringify(value));
    return leaf;
  }
  const entries = Object.entries(value);
  const node = document.createElement("details");
  node.open = depth < 3;
  const head = document.createElement("summary");
  head.textContent = visible(label) + (Array.isArray(value) ? `[${entries.length}]` : `{${entries.length}}`);
  node.append(head, ...(depth > 60 ? ["…"] : entries.map(([n, v]) => jsonTree(v, n, depth + 1, left))));
  return node;
}

/**
 * What changed from one text to the other, word by word.
 * @param {string} vendor
 * @param {string} one
 * @param {string} other
 */
export async function difference(vendor, one, other) {
  /** @type {Differences} */
  const { diffLines, diffWordsWithSpace } = await import(`${vendor}diff.js`);
  const short = one.length + other.length < 40_000;
  const parts = short ? diffWordsWithSpace(one, other) : diffLines(one, other);
  return parts.map(({ added, removed, value }) => {
    const node = document.createElement(added ? "ins" : removed ? "del" : "span");
    node.textContent = visible(value);
    return node;
  });
}
