// The set-up as a link: cases, prompts, checks and models in the fragment, which no server sees. No answer,
// key or address is in it, and opening it asks nothing.

import { focusField } from "../../playground/connected/lacking.js";
import { copy, refusal } from "../../playground/keys/guard.js";
import { reason } from "../../playground/reason.js";
import { LONGEST } from "../../playground/share.js";
import { NAME as LINK, readText } from "./cases.js";
import { setUp } from "./save.js";

/** @import { EvaluatePage } from "../page.js" */

const NAME = "evaluation";
/** So many bytes are unpacked at most: a short link could hold very many. */
const MOST = 4 * 1024 * 1024;

/**
 * Copy a link to the set-up, or show it where the browser does not let the page copy.
 * @param {EvaluatePage} page
 */
export async function share(page) {
  try {
    const held = setUp(page);
    page.notice = refusal(page, "The link", held, { shapes: false });
    if (!page.notice) page.notice = await linked(page, await packed(JSON.stringify(held)));
  } catch (error) {
    page.notice = reason(error);
  }
  page.changed();
}

/** @param {EvaluatePage} page @param {string} fragment */
async function linked(page, fragment) {
  const url = `${location.origin}${location.pathname}#${NAME}=${fragment}`;
  if (fragment.length > LONGEST) {
    const size = fragment.length.toLocaleString("en-GB");
    return `This is too long for a link (${size} characters, ${LONGEST} at most). Save it as a file instead.`;
  }
  const holds = "It holds cases, prompts, checks and models; no answers, keys or typed addresses.";
  if (await copy(page, "The link", url)) return `The link is copied. ${holds}`;
  page.link = url;
  focusField(page, "#link");
  return `Copy the link from its field. ${holds}`;
}

/**
 * Fill the page from the link's fragment, where there is one; nothing is asked.
 * @param {EvaluatePage} page
 */
export async function fillFromLink(page) {
  const fragment = new URLSearchParams(location.hash.slice(1)).get(NAME);
  if (!fragment) return;
  history.replaceState(null, "", location.pathname);
  try {
    await readText(page, LINK, await unpacked(fragment));
  } catch {
    page.notice = "This link is broken: a part of it is missing. Copy it again, as a whole.";
    page.changed();
  }
}

/** @param {ReadableStream<Uint8Array<ArrayBuffer>>} stream @param {number} most bytes */
async function bytesOf(stream, most) {
  /** @type {Uint8Array<ArrayBuffer>[]} */
  const parts = [];
  let length = 0;
  const reader = stream.getReader();
  for (let next = await reader.read(); !next.done; next = await reader.read()) {
    length += next.value.length;
    if (length > most) throw new Error(`more than ${most} bytes`);
    parts.push(next.value);
  }
  return new Blob(parts).arrayBuffer();
}

/** The text deflated, in the letters that a fragment may hold. @param {string} text */
async function packed(text) {
  const stream = new Blob([text]).stream().pipeThrough(new CompressionStream("deflate-raw"));
  const bytes = new Uint8Array(await bytesOf(stream, Infinity));
  const letters = Array.from(bytes, (byte) => String.fromCharCode(byte)).join("");
  return btoa(letters).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
}

/** @param {string} fragment */
async function unpacked(fragment) {
  const letters = atob(fragment.replaceAll("-", "+").replaceAll("_", "/"));
  const bytes = Uint8Array.from(letters, (letter) => letter.charCodeAt(0));
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate-raw"));
  return new TextDecoder().decode(await bytesOf(stream, MOST));
}
