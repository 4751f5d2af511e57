// Whether a text holds a key: one of those in memory, whole, in pieces or encoded, or what has a key's shape.
//
// Compared are letters and digits alone, so that line breaks, quotes, invisible characters or the two
// alphabets of base64 hide nothing. Nothing here keeps a key.

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

/** @param {string} code @param {number} base */
const character = (code, base) => {
  const point = parseInt(code, base);
  return point <= 0x10ffff ? String.fromCodePoint(point) : "";
};

/** The text without the escapes of URLs, JSON, JavaScript and HTML. @param {string} text */
const decoded = (text) =>
  text
    .replace(/%([0-9a-f]{2})/gi, (_, code) => character(code, 16))
    .replace(/\\u\{?([0-9a-f]{4,6})\}?|\\x([0-9a-f]{2})/gi, (_, long, short) => character(long ?? short, 16))
    .replace(/&#x([0-9a-f]{1,6});/gi, (_, code) => character(code, 16))
    .replace(/&#(\d{1,7});/g, (_, code) => character(code, 10));

/** The text as it is, and with what is escaped in it read, up to four times over. @param {string} text */
function readings(text) {
  const all = [text];
  for (let n = 0; n < 4; n++) {
    const next = decoded(all[n]);
    if (next === all[n]) break;
    all.push(next);
  }
  return all;
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
 * What gives a secret away among letters and digits alone.
 * @param {string} secret
 */
function signs(secret) {
  const own = secret.replace(PREFIX, "");
  const specific = squeezed(own).length >= SPECIFIC ? own : secret;
  const plain = squeezed(specific);
  const parts = plain.length >= SPECIFIC ? pieces(plain, PIECE).filter((piece) => !isWord(piece)) : [];
  const encoded = inBase64(specific).flatMap((text) => pieces(text, PIECE));
  const hex = inHex(specific);
  const digits = [hex, hex.toUpperCase()].flatMap((text) => pieces(text, LONG_PIECE));
  return new Set([...parts, ...pieces(plain, LONG_PIECE), ...encoded, ...digits]);
}

/** @param {string} text */
const escaped = (text) => text.replace(/[\\^$.*+?()[\]{}|/-]/g, "\\$&");

/**
 * Whether the secret as a whole stands in one of these readings, by itself where it is short.
 * @param {string[]} texts @param {string[]} bare the same, letters and digits alone @param {string} secret
 */
function isWhole(texts, bare, secret) {
  const plain = squeezed(secret);
  if (plain.length >= PIECE) {
    const forms = [plain, inHex(secret), inHex(secret).toUpperCase()];
    return bare.some((text) => forms.some((form) => text.includes(form)));
  }
  const forms = [secret, inHex(secret), btoa(String.fromCharCode(...new TextEncoder().encode(secret)))];
  const alone = forms.map((form) => `(?<![A-Za-z0-9])${escaped(form.replace(/=+$/, ""))}(?![A-Za-z0-9])`);
  const pattern = new RegExp(alone.join("|"), "i");
  return texts.some((text) => pattern.test(text));
}

/**
 * The origins whose secrets a text gives away, each once.
 * @param {string} text
 * @param {Secret[]} secrets
 * @returns {string[]}
 */
export function originsIn(text, secrets) {
  const real = secrets.filter(
    ({ secret }) => secret.length >= LEAST && !PLACEHOLDERS.has(secret.toLowerCase()),
  );
  if (!real.length) return [];
  const texts = readings(text);
  const bare = texts.map(squeezed);
  /** @type {Map<string, string>} */
  const bySign = new Map();
  for (const { origin, secret } of real) for (const sign of signs(secret)) bySign.set(sign, origin);
  const origins = new Set(
    real.filter(({ secret }) => isWhole(texts, bare, secret)).map(({ origin }) => origin),
  );
  for (const each of bare) {
    for (let at = 0; at + PIECE <= each.length; at++) {
      const origin = bySign.get(each.slice(at, at + PIECE)) ?? bySign.get(each.slice(at, at + LONG_PIECE));
      if (origin !== undefined) origins.add(origin);
    }
  }
  return [...origins];
}

/**
 * What in a text has a key's shape, shortened so that it can be shown.
 * @param {string} text
 * @param {string} shapes a regular expression
 */
export function shapesIn(text, shapes) {
  const pattern = new RegExp(shapes, "g");
  const all = readings(text).flatMap((each) => [...each.matchAll(pattern)].map(([key]) => key));
  return [...new Set(all.map((key) => `${key.slice(0, 6)}…`))];
}
