// A long list comes bit by bit: how much with a frame, and that it stops where nobody looks.

import assert from "node:assert/strict";
import { test } from "node:test";

import { AT_ONCE, MORE, grown, parted } from "../../../../generator/web/choose/answer/growing.mjs";

/** @param {number} total @param {number} shown @param {(shown: number) => boolean} [wanted] */
async function drawn(total, shown, wanted = () => true) {
  /** @type {string[]} */
  const seen = [];
  const frame = async () => void seen.push("frame");
  await grown(total, shown, (now) => wanted(now) && Boolean(seen.push(String(now))), frame);
  return seen;
}

test("each frame brings a few rows, and the last the rest of them", async () => {
  const total = AT_ONCE + 2 * MORE + 1;
  const steps = [AT_ONCE + MORE, AT_ONCE + 2 * MORE, total];
  assert.deepEqual(
    await drawn(total, AT_ONCE),
    steps.flatMap((shown) => ["frame", String(shown)]),
  );
});

test("what stands already is not drawn again", async () => {
  assert.deepEqual(await drawn(3, AT_ONCE), []);
  assert.deepEqual(await drawn(AT_ONCE, AT_ONCE), []);
  assert.deepEqual(await drawn(0, 0), []);
});

test("a list that is closed grows no further, and goes on from there", async () => {
  let open = true;
  const cut = await drawn(10 * MORE, MORE, (shown) => open && ((open = shown < 3 * MORE), true));
  assert.equal(cut.filter((step) => step !== "frame").at(-1), String(3 * MORE));
  const [, first, ...others] = await drawn(10 * MORE, 3 * MORE);
  assert.equal(first, String(4 * MORE));
  assert.equal(others.at(-1), String(10 * MORE));
});

test("parts that are full stay what they are when rows are added", () => {
  const rows = Array.from({ length: 2 * MORE + 7 }, (_, row) => row);
  assert.deepEqual(parted(rows).flat(), rows);
  assert.deepEqual(parted(rows.slice(0, MORE + 1))[0], parted(rows)[0]);
  assert.deepEqual(parted([]), []);
});
