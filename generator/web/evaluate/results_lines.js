// Saved results as text: the head in the first line, then one answer a line, as the terminal writes them. So
// a file of any size is written and read in parts, and the page goes on answering.

import { rest } from "./rest.js";

const BEGIN = '"results":[';
const END = "]}";
/** Answers between pauses. */
const BATCH = 500;

/**
 * A file of saved results.
 * @param {object} head all but the results @param {Blob[]} lines the results, as `withoutKeys` gives them
 */
export function inLines(head, lines) {
  const begun = JSON.stringify({ ...head, results: [] }).slice(0, -END.length);
  return new Blob([begun, ...lines, `\n${END}\n`], { type: "application/json" });
}

/**
 * The file's values in parts: its head first, with an empty list of results, then lists of results.
 * @param {Blob} file @returns {AsyncGenerator<unknown>}
 */
export async function* partsOf(file) {
  const lines = linesOf(file);
  const first = (await lines.next()).value ?? "";
  if (!first.endsWith(BEGIN)) {
    yield* wholeOf(parsed(await file.text()));
    return;
  }
  yield parsed(first + END);
  /** @type {unknown[]} */
  let rows = [];
  /** What is wrong with a line; the last one may be torn by a kill while it was written. @type {unknown} */
  let torn;
  for await (const line of lines) {
    const row = line.replace(/^,|,$/g, "");
    if (!row || row === END || row === "}") continue;
    if (torn) throw torn;
    try {
      rows.push(parsed(row));
    } catch (error) {
      torn = error;
    }
    if (rows.length < BATCH) continue;
    yield rows;
    rows = [];
    await rest();
  }
  yield rows;
}

/** A file that does not stand in lines, as others may have written it. @param {unknown} value */
function* wholeOf(value) {
  const { results, ...head } = Object(value);
  yield { ...head, results: [] };
  yield results;
}

/** @param {Blob} file @returns {AsyncGenerator<string, void>} */
async function* linesOf(file) {
  const reader = file.stream().pipeThrough(new TextDecoderStream()).getReader();
  /** @type {string[]} */
  let begun = [];
  for (;;) {
    const { done, value = "" } = await reader.read();
    const pieces = value.split("\n");
    begun.push(pieces[0]);
    for (const piece of pieces.slice(1)) {
      yield begun.join("").trimEnd();
      begun = [piece];
    }
    if (!done) continue;
    if (begun.join("")) yield begun.join("").trimEnd();
    return;
  }
}

/**
 * The results but those of which `holdsKey` says that they hold a key, and their lines.
 * @template Row @param {Row[]} results @param {(row: Row) => boolean} holdsKey
 */
export async function withoutKeys(results, holdsKey) {
  /** @type {Row[]} */
  const saved = [];
  /** @type {Blob[]} */
  const lines = [];
  for (let place = 0; place < results.length; place += BATCH) {
    let text = "";
    for (const result of results.slice(place, place + BATCH)) {
      if (holdsKey(result)) continue;
      text += `${saved.length ? "," : ""}\n${JSON.stringify(result)}`;
      saved.push(result);
    }
    // A part of the file is made of it now: of all at once it takes the page's time.
    lines.push(new Blob([text]));
    await rest();
  }
  return { saved, lines, left: results.length - saved.length };
}

/**
 * The value of a JSON text. A number beyond those of JavaScript would be null once it is saved.
 * @param {string} text @returns {unknown}
 */
const parsed = (text) =>
  JSON.parse(text, (name, value) => {
    if (typeof value !== "number" || Number.isFinite(value)) return value;
    throw new Error(`${name} has a number larger than any here; write it as a text`);
  });
