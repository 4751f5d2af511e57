// A need is the page's address: `?need=support`, or its parts (`?must=vision,pdf&zone=eu`), as they are.
// What they mean, and what is wrong with them, Python says.

import { decoded } from "../site/decoded.mjs";

/** @import { ChooserData, Parts, PartValue } from "../types/choose.js" */

const LONGEST = 4000;

/**
 * The named need the address asks for (`id`) and the parts it gives itself (`parts`), else null; `results`
 * are those of the site's that it asks for.
 * @param {string} search @param {string} hash @param {Pick<ChooserData, "needs" | "lists">} data
 */
export function read(search, hash, { needs, lists }) {
  const params = new URLSearchParams(search.slice(0, LONGEST));
  const asked = params.get("need");
  params.delete("need");
  const results = params.get("results") ?? "";
  params.delete("results");
  /** @type {Parts} */
  const parts = {};
  for (const [name, text] of params) {
    if (text === "") continue;
    parts[name] = lists.includes(name) ? listed(text) : text;
  }
  // Beside parts what stands after # is a place on the page.
  const named = asked ?? (params.size ? "" : decoded(hash.slice(1)));
  const known = needs.some((need) => need.id === named);
  const notes = [];
  if (named && !known) {
    const instead = params.size ? "the rest of the address counts" : "this is the first";
    notes.push(`There is no need named “${named.slice(0, 60)}”; ${instead}.`);
  }
  if (search.length > LONGEST) {
    notes.push(`The address is longer than ${LONGEST} characters; what comes after them is left out.`);
  }
  return { id: known ? named : "", parts: Object.keys(parts).length ? parts : null, notes, results };
}

/** The parts of a list that is typed with commas. @param {string} text */
export const listed = (text) =>
  text
    .split(",")
    .map((one) => one.trim())
    .filter(Boolean);

/**
 * The address of a need: its name where nothing was changed, else its parts.
 * @param {string} id @param {Parts} parts @param {boolean} changed
 */
export function write(id, parts, changed) {
  const pairs = id ? [`need=${id}`] : [];
  if (changed) {
    for (const [name, value] of Object.entries(parts)) {
      const text = written(value);
      if (text === "") continue;
      pairs.push(`${name}=${encodeURIComponent(text).replaceAll("%2C", ",").replaceAll("%2F", "/")}`);
    }
  }
  return pairs.length ? `?${pairs.join("&")}` : location.pathname;
}

/** A part as the address has it. @param {PartValue | undefined} value */
function written(value) {
  if (Array.isArray(value)) return value.join(",");
  // Speeds by offering: `openai/direct/openai/gpt-5 80,…`.
  if (typeof value === "object") {
    const pairs = Object.entries(value).map((pair) => pair.join(" "));
    return pairs.join(",");
  }
  return String(value);
}

/** A need as the YAML that `almanac choose --need` reads. @param {Parts} parts */
export function yaml(parts) {
  const lines = Object.entries(parts).map(([name, value]) => `${name}: ${JSON.stringify(value)}`);
  return `${lines.join("\n") || "{}"}\n`;
}
