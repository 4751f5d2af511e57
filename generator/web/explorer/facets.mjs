// What the explorer filters by, and how many rows each choice would leave.
// A facet gives each row a value of a short list (or several); a range gives it a number.

/** @import { Counted, Facet, Grouping, Limited, Tally } from "../types/explorer.js" */
/** @import { Offerings } from "./offerings.mjs" */

/** @type {Record<string, string>} */
const ENDINGS = { past: "Date is past", soon: "Within six months", later: "Later", unknown: "No date known" };
/** @type {Record<string, string>} */
const SUPPORTS = { yes: "Yes", no: "No", unknown: "Unknown" };
/** A standing without what it means. @param {string} [text] */
const called = (text = "no price known") => text[0].toUpperCase() + text.split(":")[0].slice(1);

/** Each facet of the offerings. @param {Offerings} offerings */
export function facets(offerings) {
  /** @param {string} id @param {string} name @param {string} column @returns {Grouping} */
  const plain = (id, name, column = id) => ({
    id,
    name,
    of: (row) => {
      const value = offerings.cell(row, column)?.[0] ?? "unknown";
      return typeof value === "number" ? String(value) : value;
    },
    label: (v) => (v === "unknown" ? "Unknown" : v),
  });
  /** @type {Grouping[]} */
  const all = [
    { id: "lab", name: "Lab", of: (row) => offerings.lab(row), label: (v) => offerings.labName(v) },
    {
      id: "provider",
      name: "Provider",
      of: (row) => offerings.cell(row, "provider"),
      label: (v) => offerings.providerName(v),
    },
    {
      id: "channel",
      name: "Access channel",
      of: (row) => offerings.cell(row, "channel"),
      label: (v) => offerings.channelName(v),
    },
    plain("kind", "Kind of model"),
    { ...plain("weights", "Open weights"), label: (v) => SUPPORTS[v] },
    plain("licence", "Licence"),
    plain("evidence", "Evidence of quality"),
    plain("status", "Status"),
    { id: "retires", name: "Retires", of: (row) => offerings.ending(row), label: (v) => ENDINGS[v] },
    plain("region", "Region", "regions"),
    {
      id: "standing",
      name: "Standing of the input price",
      of: (row) => offerings.cell(row, "input")?.[1] ?? "none",
      label: (v) => called(offerings.data.standings[v]),
    },
  ];
  return all.map((facet) => coded(facet, offerings.count));
}

/** @type {Limited[]} */
export const RANGES = [
  { id: "input", name: "Input price", unit: "$ per million tokens" },
  { id: "output", name: "Output price", unit: "$ per million tokens" },
  { id: "context", name: "Context", unit: "tokens" },
  { id: "tier_overall", name: "Tier overall", unit: "1 is the best" },
];

/** The ends that a range may have. */
export const ENDS = /** @type {const} */ (["min", "max"]);

/**
 * The facet with its values numbered once, so that filtering and counting touch numbers only.
 * @param {Grouping} facet @param {number} rows how many @returns {Facet}
 */
function coded(facet, rows) {
  /** @type {Map<string, number>} */
  const number = new Map();
  const codeOf = (/** @type {string} */ value) => {
    const code = number.get(value) ?? number.size;
    number.set(value, code);
    return code;
  };
  const codes = Array.from({ length: rows }, (_, row) => {
    const value = facet.of(row);
    return typeof value === "string" ? codeOf(value) : value.map(codeOf);
  });
  return {
    ...facet,
    values: [...number.keys()],
    codes,
    has: (value) => number.has(value),
    code: (value) => number.get(value),
  };
}

/** A filter of TanStack Table: the row's value is one of those wanted. @param {Facet} facet */
export function oneOf(facet) {
  /** @param {{ original: number }} row @param {string} _ @param {Uint8Array} allowed by code: 1 is wanted */
  const passes = (row, _, allowed) => {
    const code = facet.codes[row.original];
    return Array.isArray(code) ? code.some((c) => allowed[c]) : allowed[code] === 1;
  };
  passes.resolveFilterValue = (/** @type {string[]} */ wanted) => {
    const allowed = new Uint8Array(facet.values.length);
    for (const value of wanted) {
      const code = facet.code(value);
      if (code !== undefined) allowed[code] = 1;
    }
    return allowed;
  };
  return passes;
}

/**
 * How many rows each choice would leave: those that pass every filter but the facet's own.
 * @param {readonly Counted[]} rows
 * @param {string[]} filters the ids of the filters in use, as TanStack Table knows them
 * @param {Facet[]} facetList @param {string[]} capabilities @param {Pick<Offerings, "supports">} offerings
 * @returns {Tally}
 */
export function count(rows, filters, facetList, capabilities, offerings) {
  const counted = facetList.map((f) => ({
    codes: f.codes,
    own: new Uint32Array(f.values.length),
    filter: filters.indexOf(`f.${f.id}`),
  }));
  const asked = capabilities.map((c) => ({
    codes: offerings.supports(c),
    own: new Uint32Array(3),
    filter: filters.indexOf(c),
  }));
  for (const { original: row, columnFilters: passed } of rows) {
    let failed = -1; // the one filter the row fails, if it is one
    let fails = 0;
    for (let i = 0; i < filters.length; i += 1) {
      if (passed[filters[i]] !== false) continue;
      fails += 1;
      failed = i;
    }
    if (fails > 1) continue;
    for (const { codes, own, filter } of counted) {
      if (fails && failed !== filter) continue;
      const code = codes[row];
      if (typeof code === "number") own[code] += 1;
      else for (const c of code) own[c] += 1;
    }
    for (const { codes, own, filter } of asked) {
      if (!fails || failed === filter) own[codes[row]] += 1;
    }
  }
  return {
    counts: new Map(facetList.map((f, i) => [f.id, counted[i].own])),
    able: new Map(capabilities.map((c, i) => [c, { unknown: asked[i].own[0], yes: asked[i].own[1] }])),
  };
}
