// Blocks of code in an answer, each with a button that copies it: those at its top level, whose text grows,
// and those within an item or a quotation, which stand in HTML.

import { GrowingText } from "./growing.js";

/** Blocks of code within one unit that get a button and colours; of more each is drawn as it stands. */
const MOST = 40;

/** Copies a text, and says whether it did. @typedef {(text: string) => Promise<boolean>} CopyCode */
/**
 * A block of code as it is drawn: what it says of its language, and its text.
 * @typedef {{ info: string, content: string, text: GrowingText }} Code
 */

/**
 * A block of code without its text.
 * @param {string} info what it says of its language @param {() => string} textOf @param {CopyCode} copyCode
 */
export function codeBlock(info, textOf, copyCode) {
  const element = document.createElement("div");
  element.className = "code";
  const copy = document.createElement("button");
  copy.type = "button";
  copy.className = "small copy";
  copy.textContent = "Copy";
  copy.setAttribute("aria-label", `Copy the code${info ? ` (${info})` : ""}`);
  copy.addEventListener("click", async () => {
    copy.textContent = (await copyCode(textOf())) ? "Copied" : "Not copied";
  });
  const pre = document.createElement("pre");
  pre.tabIndex = 0;
  const code = pre.appendChild(document.createElement("code"));
  element.append(pre, copy);
  return { element, text: new GrowingText(code) };
}

/**
 * Put blocks of code in the place of those in HTML that is drawn; gives them. Markdown is read without HTML,
 * so nothing else in it is a `pre`.
 * @param {ParentNode} made @param {string[]} infos of each, in order @param {CopyCode} copyCode
 * @returns {Code[]}
 */
export function withCode(made, infos, copyCode) {
  if (!infos.length || infos.length > MOST) return [];
  return [...made.querySelectorAll("pre")].map((pre, place) => {
    const [info, content] = [infos[place] ?? "", pre.textContent];
    const { element, text } = codeBlock(info, () => content, copyCode);
    while (text.grow(content));
    pre.replaceWith(element);
    return { info, content, text };
  });
}
