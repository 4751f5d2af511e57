// Places in a plot of how often models pass against what they cost or how long they take, in percent.

/** @typedef {{ name: string, value: number, low: number, high: number, across: number }} Point */
/** @typedef {{ low: number, high: number, place: (value: number) => number, marks: number[] }} Scale */

/**
 * From the power of ten (or its half) below the least value to the one above the greatest.
 * @param {number[]} values above 0 @returns {Scale}
 */
export function logarithmic(values) {
  const [least, most] = [Math.min(...values), Math.max(...values)].map(Math.log10);
  const room = Math.max(0.15, 0.08 * (most - least));
  const [low, high] = [least - room, most + room];
  const steps = high - low > 3 ? [1] : [1, 2, 5];
  const marks = [];
  for (let power = Math.floor(low); power <= Math.ceil(high); power++)
    for (const step of steps) {
      const at = power + Math.log10(step);
      if (at >= low && at <= high) marks.push(Number(`${step}e${power}`));
    }
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
