// A model's output is untrusted: Markdown is made without HTML, then sanitised; images and links load nothing
// by themselves. Long or hopeless text is shown as it is.

import { settledLength, visible } from "./visible.js";

/** @import { MarkdownModule, Tools } from "../types/libraries.js" */

const LONGEST = 200_000; // characters; beyond it Markdown is not worth its time
const UNBROKEN = 10_000; // characters of a block that still grows, since it is drawn again with each piece
const TAGS = [
  ..."a b blockquote br code del em h3 h4 h5 h6 hr i li ol p pre s strong sub sup".split(" "),
  ..."table tbody td th thead tr ul".split(" "),
];
const TARGET = 80; // characters of a link's target that are shown beside it
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
      const markdown = new MarkdownIt({ html: false, linkify: false, breaks: false });
      const { rules } = markdown.renderer;
      rules.image = (tokens, i, options, env, self) => {
        const escape = markdown.utils.escapeHtml;
        const label = self.renderInlineAsText(tokens[i].children ?? [], options, env);
        const url = tokens[i].attrGet("src") ?? "";
        return /^https?:/.test(url)
          ? `<a href="${escape(url)}">Image, not loaded: ${escape(label || url)}</a>`
          : `<em>Image, not shown: ${escape(label)}</em>`;
      };
      for (const name of ["heading_open", "heading_close"]) {
        // The page's own headings end at the third level.
        rules[name] = (tokens, i, options, _env, self) => {
          tokens[i].tag = `h${Math.min(6, Number(tokens[i].tag.slice(1)) + 2)}`;
          return self.renderToken(tokens, i, options);
        };
      }
      const purify = globalThis.DOMPurify();
      purify.addHook("afterSanitizeAttributes", (node) => {
        if (!(node instanceof HTMLAnchorElement)) return;
        node.setAttribute("target", "_blank");
        node.setAttribute("rel", "noopener noreferrer nofollow");
        node.removeAttribute("title"); // a tooltip that could claim another target
      });
      return { markdown, purify };
    },
  );
  return loading;
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

/**
 * The text as a sanitised fragment.
 * @param {Tools} tools
 * @param {string} text
 */
function fragment({ markdown, purify }, text) {
  const made = purify.sanitize(markdown.render(visible(text)), {
    ALLOWED_TAGS: TAGS,
    ALLOWED_ATTR: ["href", "title", "start"],
    ALLOWED_URI_REGEXP: /^(?:https?|mailto):/i,
    ALLOW_DATA_ATTR: false,
    ALLOW_ARIA_ATTR: false,
    RETURN_DOM_FRAGMENT: true,
  });
  return withTargets(made);
}

/** Draws a growing text as Markdown: finished blocks once, the last again as it grows; long ones plain. */
export class MarkdownView {
  /** @type {Tools} */
  #tools;
  #done = 0;
  #long = false;
  #head = document.createElement("div");
  #tail = document.createElement("div");

  /** @param {HTMLElement} element @param {Tools} tools */
  constructor(element, tools) {
    this.#tools = tools;
    element.replaceChildren(this.#head, this.#tail);
  }

  /** @param {string} text @param {boolean} whole */
  draw(text, whole) {
    if (text.length > LONGEST) {
      this.#drawPlain(text, whole);
      return;
    }
    if (text.length < this.#done || whole) {
      this.#done = 0;
      this.#head.replaceChildren();
    }
    const end = whole ? 0 : lastBreak(text, this.#done);
    if (end > this.#done) {
      this.#head.append(fragment(this.#tools, text.slice(this.#done, end)));
      this.#done = end;
    }
    const rest = text.slice(this.#done);
    const plain = rest.length > UNBROKEN && !whole;
    this.#tail.classList.toggle("plain", plain);
    this.#tail.replaceChildren(plain ? visible(rest) : fragment(this.#tools, rest));
  }

  /** @param {string} text @param {boolean} whole */
  #drawPlain(text, whole) {
    if (!this.#long) {
      this.#long = true;
      this.#done = 0;
      this.#head.className = "plain";
      this.#head.replaceChildren();
      this.#tail.replaceChildren();
    }
    const end = whole ? text.length : Math.max(this.#done, settledLength(text));
    this.#head.append(visible(text.slice(this.#done, end)));
    this.#done = end;
  }
}

/**
 * Where the last blank line outside a fence ends.
 * @param {string} text
 * @param {number} from
 */
function lastBreak(text, from) {
  let fence = "";
  let end = from;
  let at = from;
  for (const line of text.slice(from).split(/(?<=\n)/)) {
    at += line.length;
    const mark = /^ {0,3}(`{3,}|~{3,})/.exec(line)?.[1];
    if (mark && !fence) fence = mark;
    else if (mark && mark.startsWith(fence)) fence = "";
    if (!fence && line.trim() === "" && line.endsWith("\n")) end = at;
  }
  return end;
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
  await import(`${vendor}diff.js`);
  const short = one.length + other.length < 40_000;
  const parts = short
    ? globalThis.Diff.diffWordsWithSpace(one, other)
    : globalThis.Diff.diffLines(one, other);
  return parts.map(({ added, removed, value }) => {
    const node = document.createElement(added ? "ins" : removed ? "del" : "span");
    node.textContent = visible(value);
    return node;
  });
}
