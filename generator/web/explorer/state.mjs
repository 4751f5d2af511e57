// The explorer's state is its address: read from it, written to it, nothing kept elsewhere.

import { COLUMNS } from "./offerings.mjs";
import { RANGES } from "./facets.mjs";
import { nearest } from "./nearest.mjs";

export const MOST_PICKED = 6;

export const empty = () => ({ q: "", facets: {}, can: {}, ranges: {}, sort: "", cols: null, pick: [] });

/** The state an address asks for, and in `notes` what in it is not understood, with the nearest that is. */
export function read(search, offerings, facetList) {
  const state = empty();
  const notes = [];
  const params = new URLSearchParams(search);
  const list = (name) => (params.get(name) ?? "").split(",").filter(Boolean);
  state.q = (params.get("q") ?? "").slice(0, 200);
  for (const facet of facetList) {
    const [known, unknown] = split(list(facet.id), (v) => facet.has(v));
    if (known.length) state.facets[facet.id] = known;
    for (const value of unknown) notes.push(note(facet.name.toLowerCase(), value, facet.values));
  }
  const capabilities = Object.keys(offerings.data.capabilities);
  for (const [name, want] of [["can", "yes"], ["maybe", "maybe"]]) {
    const [known, unknown] = split(list(name), (v) => capabilities.includes(v));
    for (const value of known) state.can[value] = want;
    for (const value of unknown) notes.push(note("capability", value, capabilities));
  }
  for (const { id, name } of RANGES) {
    for (const end of ["min", "max"]) {
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

/** The address of a state: `?lab=microsoft&sort=input`, shortest first, empty for the whole catalog. */
export function write(state) {
  const params = [];
  const add = (name, value) => value && params.push(`${name}=${encodeURIComponent(value).replaceAll("%2C", ",").replaceAll("%2F", "/").replaceAll("%40", "@").replaceAll("%3A", ":")}`);
  add("q", state.q);
  for (const [id, values] of Object.entries(state.facets)) add(id, values.join(","));
  for (const [name, want] of [["can", "yes"], ["maybe", "maybe"]]) {
    add(name, Object.keys(state.can).filter((c) => state.can[c] === want).join(","));
  }
  for (const [id, range] of Object.entries(state.ranges)) {
    for (const end of ["min", "max"]) if (range[end] !== undefined) add(`${id}_${end}`, String(range[end]));
  }
  add("sort", state.sort);
  if (state.cols) add("cols", state.cols.filter((c) => c !== "model").join(",") || "model");
  add("pick", state.pick.join(","));
  return params.length ? `?${params.join("&")}` : "";
}

/** The columns to show: those chosen, else those that fit. */
export function shown(state, size) {
  if (state.cols) return state.cols;
  return COLUMNS.filter((c) => c.from <= size).map((c) => c.id);
}

function split(values, known) {
  return [values.filter(known), values.filter((v) => !known(v))];
}

function note(what, value, options) {
  const near = nearest(value, options);
  return `No ${what} “${value.slice(0, 60)}” here${near.length ? `; did you mean ${near.join(", ")}?` : "."}`;
}
