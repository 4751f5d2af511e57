// The ways in which a text may be read: as it stands, in plain letters, with what is escaped in it read, and
// what is packed in it by base64 or in hexadecimal. readings.py of the terminal reads the same; a test holds
// both to one answer.

/** So often what is escaped, and what is packed, may be so again. */
const ESCAPED = 5;
const PACKED = 3;
/**
 * Letters that no normal form makes plain: the first and the last of each row, and what the first stands for.
 */
const ROWS = [
  ...[
    [0x2776, 0x277e, "1"],
    [0x2780, 0x2788, "1"],
    [0x278a, 0x2792, "1"],
  ], // circled digits
  ...[
    [0x1f150, 0x1f169, "A"],
    [0x1f170, 0x1f189, "A"],
    [0x1f1e6, 0x1f1ff, "A"],
  ], // white on black, flags
  [0xe0021, 0xe007e, "!"], // tags, which nobody sees
];
/** @type {Map<string, string>} */
const PLAIN = new Map();
for (const [first, last, stands] of /** @type {[number, number, string][]} */ (ROWS))
  for (let point = first; point <= last; point++)
    PLAIN.set(String.fromCodePoint(point), String.fromCharCode(stands.charCodeAt(0) + point - first));
const ODD = new RegExp(`[${[...PLAIN.keys()].join("")}]`, "gu");
/** Named characters of HTML that begin or end an escape. @type {Record<string, string>} */
const NAMED = { amp: "&", bsol: "\\", num: "#", percnt: "%", semi: ";" };
const LETTER = /^([A-Za-z])(?:scr|opf|fr)$/;

/** @param {string} code @param {number} base */
function character(code, base) {
  const point = parseInt(code, base);
  return point <= 0x10ffff ? String.fromCodePoint(point) : "";
}

const utf8 = new TextDecoder("utf-8", { ignoreBOM: true });

/** What a row of hexadecimal digits says. @param {string} digits */
const fromHex = (digits) =>
  utf8.decode(Uint8Array.from(digits.match(/../g) ?? [], (both) => parseInt(both, 16)));

const LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
/** By its code, what a character of base64 counts, in either alphabet. */
const VALUES = new Uint8Array(128);
for (const alphabet of [`${LETTERS}+/`, `${LETTERS}-_`])
  for (const [value, one] of [...alphabet].entries()) VALUES[one.charCodeAt(0)] = value;

/** What a row of base64 says. @param {string} run */
function fromBase64(run) {
  const bytes = new Uint8Array(Math.floor((run.length * 6) / 8));
  for (let [at, from, bits, rest] = [0, 0, 0, 0]; at < bytes.length; from++) {
    rest = (rest << 6) | VALUES[run.charCodeAt(from)];
    bits += 6;
    if (bits < 8) continue;
    bits -= 8;
    bytes[at++] = rest >> bits;
  }
  return utf8.decode(bytes);
}

/** The text in the letters of ASCII that others are forms of, without all the rest. @param {string} text */
const plain = (text) =>
  text.replace(/[\u0080-\uffff]+/g, (forms) =>
    forms
      .replace(ODD, (one) => PLAIN.get(one) ?? "")
      .normalize("NFKD")
      .replace(/[\u0080-\uffff]+/g, ""),
  );

/** The text without the escapes of URLs, JSON, JavaScript, Python and HTML. @param {string} text */
const unescaped = (text) =>
  text
    .replace(/%[0-9A-Fa-f]{2}(?:%[0-9A-Fa-f]{2}){0,3599}/g, (run) => fromHex(run.replaceAll("%", "")))
    .replace(
      /\\{1,16}(?:u\{([0-9A-Fa-f]{1,6})\}|u([0-9A-Fa-f]{4})|U([0-9A-Fa-f]{8})|x([0-9A-Fa-f]{2})|[bfnrtv])/g,
      (_, braced, four, eight, two) => {
        const code = braced ?? four ?? eight ?? two;
        return code ? character(code, 16) : " ";
      },
    )
    .replace(/&#[xX]([0-9A-Fa-f]{1,8});?/g, (_, code) => character(code, 16))
    .replace(/&#([0-9]{1,8});?/g, (_, code) => character(code, 10))
    .replace(/&([A-Za-z][A-Za-z0-9]{1,31});/g, (_, name) => NAMED[name] ?? LETTER.exec(name)?.[1] ?? " ");

/** What is packed in these texts, a line each. @param {string[]} texts */
function unpacked(texts) {
  // In parts: a pattern without an end overflows in a long row.
  const runs = new Set(texts.flatMap((text) => text.match(/[A-Za-z0-9+/_-]{20,8000}/g) ?? []));
  const digits = new Set([...runs].flatMap((run) => run.match(/[0-9A-Fa-f]{20,8000}/g) ?? []));
  const apart = /[0-9A-Fa-f]{2}(?:[ :,\n-][0-9A-Fa-f]{2}){9,4000}/g;
  for (const row of texts.flatMap((text) => text.match(apart) ?? []))
    digits.add(row.replace(/[^0-9A-Fa-f]/g, ""));
  return [...[...runs].map(fromBase64), ...[...digits].map(fromHex)].join("\n");
}

/**
 * The text as it is, in plain letters, and with what is escaped in it read.
 * @param {string} text
 */
export function asWritten(text) {
  const all = new Set([text]);
  for (let [n, before, last] = [0, 0, text]; n < ESCAPED && before < all.size; n++) {
    before = all.size;
    const letters = plain(last);
    last = unescaped(letters);
    all.add(letters).add(last);
  }
  return [...all];
}

/** The same, and what is packed in it. @param {string} text */
export function readings(text) {
  const all = [];
  for (let [n, next] = [0, text]; n < PACKED && next; n++) {
    const texts = asWritten(next);
    all.push(...texts);
    next = unpacked(texts);
  }
  return all;
}
