// Places in a plot of how often models pass against what they cost or how long they take, in percent.

/** @typedef {{ name: string, value: number, low: number, high: number, across: number }} Point */
/** @typedef {{ low: number, high: number, place: (value: number) => number, marks: number[] }} Scale */

/** Of each power of ten, what is marked: the first of these with three marks or more. */
const STEPS = [[1], [1, 2, 5], [1, 1.5, 2, 3, 4, 5, 6, 8]];
/** The least room at both ends, in powers of ten: with it there are always so many marks. */
const ROOM = 0.25;

/** @param {number[]} steps @param {number} low @param {number} high powers of ten @returns {number[]} */
const marked = (steps, low, high) =>
  Array.from({ length: Math.ceil(high) - Math.floor(low) + 1 }, (_, n) => Math.floor(low) + n).flatMap(
    (power) =>
      steps
        .filter((step) => power + Math.log10(step) >= low && power + Math.log10(step) <= high)
        .map((step) => Number(`${step}e${power}`)),
  );

/**
 * From a little below the least value to a little above the greatest.
 * @param {number[]} values above 0 @returns {Scale}
 */
export function logarithmic(values) {
  const [least, most] = [Math.min(...values), Math.max(...values)].map(Math.log10);
  const room = Math.max(ROOM, 0.08 * (most - least));
  const [low, high] = [least - room, most + room];
  const marks = STEPS.map((steps) => marked(steps, low, high)).find((some) => some.length > 2) ?? [];
  return { low, high, marks, place: (value) => percentOf(Math.log10(value), low, high) };
}

/**
 * Shares with room above and below, marked at whole steps.
 * @param {Point[]} points @returns {Scale}
 */
export function shares(points) {
  const least = Math.min(...points.map((point) => point.low));
  const most = Math.max(...points.map((point) => point.high));
  const room = 0.05 * (most - least || 1);
  const [low, high] = [Math.max(0, least - room), Math.min(1, most + room)];
  const step = high - low > 0.5 ? 0.2 : high - low > 0.2 ? 0.1 : 0.05;
  const marks = [];
  for (let n = Math.ceil(low / step); n <= Math.floor(high / step + 1e-9); n++) marks.push(n * step);
  return { low, high, marks, place: (value) => percentOf(value, low, high) };
}

/** @param {number} value @param {number} low @param {number} high */
const percentOf = (value, low, high) => Math.round((10_000 * (value - low)) / (high - low || 1)) / 100;

/**
 * The points that none is better than for as much or less, the least across first.
 * @param {Point[]} points
 */
export function frontier(points) {
  const ordered = points.toSorted((a, b) => a.across - b.across || b.value - a.value);
  return ordered.filter((point, place) => ordered.slice(0, place).every((one) => one.value < point.value));
}

/**
 * Where each point's name stands: to its right, or to its left near the right edge; of points near each other
 * above, below, and at both sides in turn.
 * @param {{ left: number, bottom: number }[]} places
 */
export const sides = (places) =>
  places.map(({ left, bottom }, place) => {
    /** @param {{ left: number, bottom: number }} one */
    const isNear = (one) => Math.abs(one.bottom - bottom) < 6 && Math.abs(one.left - left) < 30;
    const near = places.flatMap((one, other) => (isNear(one) ? [other] : []));
    if (near.length > 1) return ["t", "b", "r", "l"][near.indexOf(place) % 4];
    return left > 60 ? "l" : "r";
  });
