// In which order models are offered, where a name may mean several of them.
//
// Python does the same (playground/naming/listing.py), which says why; a test holds both to one answer.

import { units } from "./forms.mjs";

/** @import { NamedModel } from "../../types/site.js" */

const NUMBERED = /^(?<number>[0-9.]+)(?<rest>.*)$/u;

/** The words of a model's id, and its numbers. @param {string} id */
function lineOf(id) {
  /** @type {string[]} */
  const words = [];
  /** @type {number[][]} */
  const numbers = [];
  for (const unit of units(id.slice(id.indexOf("/") + 1))) {
    const part = NUMBERED.exec(unit)?.groups;
    if (part) numbers.push(part.number.split(".").map(Number));
    if (!part) words.push(unit);
    else if (part.rest) words.push(part.rest);
  }
  return { words: words.join(" "), numbers };
}

/** As Python orders lists of numbers. @param {number[]} a @param {number[]} b */
function byNumbers(a, b) {
  const place = a.findIndex((number, at) => number !== b[at]);
  if (place < 0) return a.length - b.length;
  return place >= b.length ? 1 : a[place] - b[place];
}

/** @param {number[][]} a @param {number[][]} b */
function byVersion(a, b) {
  for (let at = 0; at < Math.min(a.length, b.length); at += 1) {
    const order = byNumbers(a[at], b[at]);
    if (order) return order;
  }
  return a.length - b.length;
}

/** @param {string} a @param {string} b */
const byText = (a, b) => (a < b ? -1 : Number(a > b));

/** The ids of models, the likeliest first. @param {NamedModel[]} models @param {number} most */
export function listed(models, most) {
  const ordered = [...models].sort((a, b) => b.places - a.places || byText(a.id, b.id));
  const ids = ordered.map(({ id }) => id);
  if (ids.length <= most) return ids;
  /** @type {Map<string, { places: number, newest: string, numbers: number[][] }>} */
  const lines = new Map();
  for (const { id, places } of ordered) {
    const { words, numbers } = lineOf(id);
    const line = lines.get(words);
    if (!line) lines.set(words, { places, newest: id, numbers });
    else {
      line.places += places;
      if (byVersion(numbers, line.numbers) > 0) Object.assign(line, { newest: id, numbers });
    }
  }
  const longest = [...lines].sort(([a, one], [b, other]) => other.places - one.places || byText(a, b));
  const newest = longest.slice(0, Math.floor(most / 2)).map(([, line]) => line.newest);
  return [...new Set([...newest, ...ids])].slice(0, most);
}

/**
 * Whether a name alone is a brand, and means no one model.
 * @param {string} name @param {number} own @param {number[]} others the places of others that begin so
 */
export function isBrand(name, own, others) {
  const parts = units(name);
  const word = parts.length === 1 && /^\p{L}+$/u.test(parts[0]);
  return word && others.length > 1 && Math.max(...others) > 2 * own;
}
