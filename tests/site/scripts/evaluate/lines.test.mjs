// Saved results are written and read a line at a time, whoever wrote the file and however it was cut.

import assert from "node:assert/strict";
import { test } from "node:test";

import { inLines, partsOf, withoutKeys } from "../../../../generator/web/evaluate/results_lines.js";

const HEAD = { almanac_results: 1, models: ["m"] };

/**
 * The head and the results of a file.
 * @param {string[]} parts of its text @returns {Promise<[unknown, unknown[]]>}
 */
async function read(...parts) {
  const all = [];
  for await (const part of partsOf(new Blob(parts))) all.push(part);
  return [all[0], all.slice(1).flat()];
}

test("results come back from the lines that they were written in", async () => {
  for (const count of [0, 1, 500, 1234]) {
    const rows = Array.from({ length: count }, (_, n) => ({ text: `“${n}”,\n]}`, place: n }));
    const { lines } = await withoutKeys(rows, () => false);
    const text = await inLines(HEAD, lines).text();
    assert.deepEqual(JSON.parse(text), { ...HEAD, results: rows });
    assert.equal(text.split("\n").length, count + 3);
    assert.deepEqual(await read(text), [{ ...HEAD, results: [] }, rows]);
  }
});

test("a file in one line or in many is read as well", async () => {
  const whole = { ...HEAD, results: [{ a: 1 }, { a: 2 }] };
  for (const text of [JSON.stringify(whole), JSON.stringify(whole, null, 2)])
    assert.deepEqual(await read(text), [{ ...HEAD, results: [] }, whole.results]);
  assert.deepEqual(await read(JSON.stringify(HEAD)), [{ ...HEAD, results: [] }, [undefined]]);
});

test("a last line that a kill tore is dropped, and any other refuses the file", async () => {
  const [begun] = (await inLines(HEAD, []).text()).split("\n");
  assert.deepEqual((await read(begun, '\n{"a":1},\n{"a":')).at(1), [{ a: 1 }]);
  assert.deepEqual((await read(begun, '\n{"a":1},\n{"a":2}}\n]}\n')).at(1), [{ a: 1 }]);
  await assert.rejects(read(begun, '\n{"a":\n{"a":2}\n]}\n'), SyntaxError);
  await assert.rejects(read("no JSON"), SyntaxError);
});

test("a result with a key is left out and counted", async () => {
  const rows = [{ text: "sk-1" }, { text: "a" }, { text: "b" }];
  const { saved, lines, left } = await withoutKeys(rows, ({ text }) => text.includes("sk-1"));
  assert.deepEqual([saved, left], [rows.slice(1), 1]);
  assert.deepEqual(JSON.parse(await inLines(HEAD, lines).text()).results, rows.slice(1));
});
