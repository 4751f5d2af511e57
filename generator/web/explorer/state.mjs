// The explorer's state is its address: read from it, written to it, nothing kept elsewhere.

import { COLUMNS } from "./offerings.mjs";
import { ENDS, RANGES } from "./facets.mjs";
import { nearest } from "./nearest.mjs";

/** @import { Facet, State } from "../types/explorer.js" */
/** @import { Offerings } from "./offerings.mjs" */

/** Where in the address capabilities stand, and what is wanted of them there. */
const WANTS = /** @type {const} */ ([
  ["can", "yes"],
  ["maybe", "maybe"],
]);

export const MOST_PICKED = 6;

/** @returns {State} */
export const empty = () => ({ q: "", facets: {}, can: {}, ranges: {}, sort: "", cols: null, pick: [] });

/**
 * The state an address asks for, and in `notes` what in it is not understood, with the nearest that is.
 * @param {string} search @param {Pick<Offerings, "data" | "columns">} offerings @param {Facet[]} facetList
 */
export function read(search, offerings, facetList) {
  const state = empty();
  /** @type {string[]} */
  const notes = [];
  const params = new URLSearchParams(search);
  const list = (/** @type {string} */ name) => (params.get(name) ?? "").split(",").filter(Boolean);
  state.q = (params.get("q") ?? "").slice(0, 200);
  for (const facet of facetList) {
    const [known, unknown] = split(list(facet.id), (v) => facet.has(v));
    if (known.length) state.facets[facet.id] = known;
    for (const value of unknown) notes.push(note(facet.name.toLowerCase(), value, facet.values));
  }
  const capabilities = Object.keys(offerings.data.capabilities);
  for (const [name, want] of WANTS) {
    const [known, unknown] = split(list(name), (v) => capabilities.includes(v));
    for (const value of known) state.can[value] = want;
    for (const value of unknown) notes.push(note("capability", value, capabilities));
  }
  for (const { id, name } of RANGES) {
    for (const end of ENDS) {
      const text = params.get(`${id}_${end}`);
      if (text === null || text === "") continue;
      const number = Number(text);
      if (Number.isFinite(number) && number >= 0) state.ranges[id] = { ...state.ranges[id], [end]: number };
      else notes.push(`${name}: “${text.slice(0, 40)}” is no number.`);
    }
  }
  const columns = offerings.columns.map((c) => c.id);
  const sort = params.get("sort") ?? "";
  if (columns.includes(sort.replace(/^-/, ""))) state.sort = sort;
  else if (sort) notes.push(note("column to sort by", sort, columns));
  if (params.has("cols")) {
    const [known, unknown] = split(list("cols"), (v) => columns.includes(v));
    state.cols = ["model", ...known.filter((c) => c !== "model")];
    for (const value of unknown) notes.push(note("column", value, columns));
  }
  state.pick = [...new Set(list("pick"))].slice(0, MOST_PICKED);
  return { state, notes };
}

/**
 * The address of a state: `?lab=microsoft&sort=input`, shortest first, empty for the whole catalog.
 * @param {State} state
 */
export function write(state) {
  /** @type {string[]} */
  const params = [];
  /** @param {string} name @param {string} value */
  const add = (name, value) => value && params.push(`${name}=${readable(encodeURIComponent(value))}`);
  add("q", state.q);
  for (const [id, values] of Object.entries(state.facets)) add(id, values.join(","));
  for (const [name, want] of WANTS) {
    add(
      name,
      Object.keys(state.can)
        .filter((c) => state.can[c] === want)
        .join(","),
    );
  }
  for (const [id, range] of Object.entries(state.ranges)) {
    for (const end of ENDS) if (range[end] !== undefined) add(`${id}_${end}`, String(range[end]));
  }
  add("sort", state.sort);
  if (state.cols) add("cols", state.cols.filter((c) => c !== "model").join(",") || "model");
  add("pick", state.pick.join(","));
  return params.length ? `?${params.join("&")}` : "";
}

/** What an address may hold as it is. @param {string} encoded */
function readable(encoded) {
  return encoded.replace(/%(?:2C|2F|40|3A)/g, decodeURIComponent);
}

/** The columns to show: those chosen, else those that fit. @param {State} state @param {number} size */
export function shown(state, size) {
  if (state.cols) return state.cols;
  return COLUMNS.filter((c) => c.from !== undefined && c.from <= size).map((c) => c.id);
}

/** @param {string[]} values @param {(value: string) => boolean} known */
function split(values, known) {
  return [values.filter(known), values.filter((v) => !known(v))];
}

/** @param {string} what @param {string} value @param {string[]} options */
function note(what, value, options) {
  const near = nearest(value, options);
  return `No ${what} “${value.slice(0, 60)}” here${near.length ? `; did you mean ${near.join(", ")}?` : "."}`;
}
