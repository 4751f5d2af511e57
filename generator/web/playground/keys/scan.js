// Whether a text holds a key: one of those in memory, whole, in pieces or encoded, or what has a key's shape.
//
// Compared are letters and digits alone, so that line breaks, quotes, invisible characters or the two
// alphabets of base64 hide nothing. Nothing here keeps a key.

import { asWritten, readings } from "./readings.js";

/** @typedef {{ origin: string, secret: string }} Secret a secret and the origin that it goes to */

/** A shorter key can't be told from ordinary text. */
const LEAST = 6;
/** So many letters and digits of a key in a row give it away. */
const PIECE = 8;
/** So many where they may be words. */
const LONG_PIECE = 12;
/** What servers that check no key have people type. */
const PLACEHOLDERS = new Set([
  ...["bearer", "dummy", "empty", "fake-key", "lm-studio", "no-key", "no-key-required", "not-needed"],
  ...["ollama", "placeholder", "sk-no-key-required", "token-abc123", "your-api-key"],
]);
/** How keys of one vendor all begin: `sk-proj-`, `gsk_`, and Bedrock's, which is base64 of its name. */
const PREFIX = /^(?:ABSKQmVkcm9ja0FQSUtleS|AIzaSy|(?:[A-Za-z]{1,7}\d{0,3}[-_])+)/;
/** Without its prefix a key must be as long for pieces of it to be looked for. */
const SPECIFIC = 12;

/** @param {string} text */
const squeezed = (text) => text.replace(/[^A-Za-z0-9]+/g, "");

/** By its code, whether a character is a letter or a digit. */
const IS_LETTER = new Uint8Array(1 << 16);
for (const one of "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789")
  IS_LETTER[one.charCodeAt(0)] = 1;

/**
 * The codes of a text's letters and digits. A text made of them by a pattern takes ten times as long.
 * @param {string} text
 */
function lettersOf(text) {
  const codes = new Uint8Array(text.length);
  let length = 0;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (IS_LETTER[code]) codes[length++] = code;
  }
  return codes.subarray(0, length);
}

/**
 * What base64 makes of a secret wherever in a text it stands: only the characters that hang on it alone.
 * @param {string} secret
 */
function inBase64(secret) {
  const bytes = new TextEncoder().encode(secret);
  return [0, 1, 2].map((before) => {
    const encoded = btoa(String.fromCharCode(...new Uint8Array(before), ...bytes));
    const whole = Math.floor(((before + bytes.length) * 8) / 6);
    return squeezed(encoded.slice(Math.ceil((before * 8) / 6), whole));
  });
}

/** @param {string} secret */
const inHex = (secret) =>
  [...new TextEncoder().encode(secret)].map((byte) => byte.toString(16).padStart(2, "0")).join("");

/** Whether a piece may be a word. @param {string} piece */
const isWord = (piece) => /^(?:[a-z]+|[A-Z]?[a-z]+|[A-Z]+)$/.test(piece);

/** The pieces of a text, each of so many characters. @param {string} text @param {number} size */
const pieces = (text, size) =>
  Array.from({ length: Math.max(0, text.length - size + 1) }, (_, at) => text.slice(at, at + size));

/**
 * What gives a secret away among letters and digits alone: each of eight or more.
 * @param {string} secret
 */
function signs(secret) {
  const own = secret.replace(PREFIX, "");
  const specific = squeezed(own).length >= SPECIFIC ? own : secret;
  const plain = squeezed(specific);
  const parts = plain.length >= SPECIFIC ? pieces(plain, PIECE).filter((piece) => !isWord(piece)) : [];
  const encoded = inBase64(specific).flatMap((text) => pieces(text, PIECE));
  const digits = pieces(inHex(specific), LONG_PIECE);
  const whole = squeezed(secret).length >= PIECE ? [squeezed(secret), inHex(secret)] : [];
  const upper = [...digits, ...whole.slice(1)].map((text) => text.toUpperCase());
  return new Set([...parts, ...pieces(plain, LONG_PIECE), ...encoded, ...digits, ...whole, ...upper]);
}

/** @param {string} text */
const escaped = (text) => text.replace(/[\\^$.*+?()[\]{}|/-]/g, "\\$&");

/**
 * What a secret too short for pieces looks like where it stands by itself; null of a longer one.
 * @param {string} secret
 */
function alone(secret) {
  if (squeezed(secret).length >= PIECE) return null;
  const forms = [secret, inHex(secret), btoa(String.fromCharCode(...new TextEncoder().encode(secret)))];
  const each = forms.map((form) => `(?<![A-Za-z0-9])${escaped(form.replace(/=+$/, ""))}(?![A-Za-z0-9])`);
  return new RegExp(each.join("|"), "i");
}

/** So many numbers that the first three letters of a sign make: most places of a text begin no sign. */
const MARKS = 1 << 13;
/** @param {number} first @param {number} second @param {number} third */
const mark = (first, second, third) => ((first << 10) ^ (second << 5) ^ third) & (MARKS - 1);

class Signs {
  #marked = new Uint8Array(MARKS);
  /** @type {Map<number, [sign: string, origin: string][]>} */
  #by = new Map();

  /** @param {string} sign @param {string} origin */
  add(sign, origin) {
    const number = mark(sign.charCodeAt(0), sign.charCodeAt(1), sign.charCodeAt(2));
    if (this.#marked[number]) this.#by.get(number)?.push([sign, origin]);
    else this.#by.set(number, [[sign, origin]]);
    this.#marked[number] = 1;
  }

  /** Take in the origins of those that a text has. @param {string} text @param {Set<string>} origins */
  search(text, origins) {
    const codes = lettersOf(text);
    /** @param {string} sign @param {number} at */
    const isAt = (sign, at) => {
      let place = 0;
      while (place < sign.length && sign.charCodeAt(place) === codes[at + place]) place++;
      return place === sign.length;
    };
    for (let at = 0; at + PIECE <= codes.length; at++) {
      const number = mark(codes[at], codes[at + 1], codes[at + 2]);
      if (!this.#marked[number]) continue;
      for (const [sign, origin] of this.#by.get(number) ?? []) if (isAt(sign, at)) origins.add(origin);
    }
  }
}

/**
 * Every text and number in a value, names too, a line each. Its JSON would have letters between those of a
 * key that stands in lines: `\n`.
 * @param {unknown} value
 */
export function textIn(value) {
  if (typeof value === "string") return value;
  /** @type {(string | number)[]} */
  const lines = [];
  /** @param {unknown} one */
  const take = (one) => {
    if (typeof one === "string" || typeof one === "number") lines.push(one);
    else if (Array.isArray(one)) one.forEach(take);
    else if (one && typeof one === "object")
      for (const [name, entry] of Object.entries(one)) {
        lines.push(name);
        take(entry);
      }
  };
  take(value);
  return lines.join("\n");
}

/**
 * What gives the origins whose secrets a text gives away, each once; for many texts it is made once.
 * @param {Secret[]} secrets
 * @returns {(text: string) => string[]}
 */
export function scanner(secrets) {
  const real = secrets.filter(
    ({ secret }) => secret.length >= LEAST && !PLACEHOLDERS.has(secret.toLowerCase()),
  );
  const all = new Signs();
  /** @type {[RegExp, string][]} */
  const short = [];
  for (const { origin, secret } of real) {
    for (const sign of signs(secret)) all.add(sign, origin);
    const pattern = alone(secret);
    if (pattern) short.push([pattern, origin]);
  }
  return (text) => {
    if (!real.length) return [];
    /** @type {Set<string>} */
    const origins = new Set();
    for (const each of readings(text)) {
      all.search(each, origins);
      for (const [pattern, origin] of short) if (pattern.test(each)) origins.add(origin);
    }
    return [...origins];
  };
}

/**
 * The origins whose secrets a text gives away, each once.
 * @param {string} text
 * @param {Secret[]} secrets
 */
export const originsIn = (text, secrets) => scanner(secrets)(text);

/**
 * What in a text has a key's shape, shortened so that it can be shown.
 * @param {string} text
 * @param {string} shapes a regular expression
 */
export function shapesIn(text, shapes) {
  const pattern = new RegExp(shapes, "g");
  const all = asWritten(text).flatMap((each) => [...each.matchAll(pattern)].map(([key]) => key));
  return [...new Set(all.map((key) => `${key.slice(0, 6)}…`))];
}
