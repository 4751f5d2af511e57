// A long list drawn bit by bit, so that no frame is long: the first rows at once, the next with each frame.

/** So many rows stand at once, and so many come with each frame. */
export const AT_ONCE = 200;
export const MORE = 100;

/** @returns {Promise<unknown>} */
const nextFrame = () => new Promise(requestAnimationFrame);

/**
 * Draw `total` rows, of which the first `shown` stand. `draw` gets how many are to stand, and says whether it
 * drew them: where it did not, since nobody looks any longer, the rest is left.
 * @param {number} total @param {number} shown @param {(shown: number) => boolean} draw
 * @param {() => Promise<unknown>} frame
 */
export async function grown(total, shown, draw, frame = nextFrame) {
  while (shown < total) {
    await frame();
    shown = Math.min(shown + MORE, total);
    if (!draw(shown)) return;
  }
}

/**
 * Rows in parts of which only the last changes as rows are added.
 * @template Row @param {Row[]} rows @returns {Row[][]}
 */
export const parted = (rows) =>
  Array.from({ length: Math.ceil(rows.length / MORE) }, (_, at) => rows.slice(at * MORE, (at + 1) * MORE));
