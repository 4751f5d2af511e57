// What the explorer filters by. A facet gives each row a value of a short list (or several); a range gives it a
// number. Counts say how many rows a choice would leave, with every other filter as it is.

const ENDINGS = { past: "Date is past", soon: "Within six months", later: "Later", unknown: "No date known" };
const SUPPORTS = { yes: "Yes", no: "No", unknown: "Unknown" };
const STANDINGS = {
  A: "Agreed", S: "Single source", D: "Disputed", O: "Overridden", M: "Observed", H: "Held back", none: "No price known",
};

/** Each facet: `of(row)` its value or values, `label(value)` what a reader calls it. */
export function facets(offerings) {
  const plain = (id, name) => ({
    id, name, of: (row) => offerings.cell(row, id)?.[0] ?? "unknown", label: (v) => (v === "unknown" ? "Unknown" : v),
  });
  return [
    { id: "lab", name: "Lab", of: (row) => offerings.lab(row), label: (v) => offerings.labName(v) },
    { id: "provider", name: "Provider", of: (row) => offerings.cell(row, "provider"), label: (v) => offerings.providerName(v) },
    { id: "channel", name: "Access channel", of: (row) => offerings.cell(row, "channel"), label: (v) => offerings.channelName(v) },
    plain("kind", "Kind of model"),
    { id: "weights", name: "Open weights", of: (row) => offerings.cell(row, "weights")?.[0] ?? "unknown", label: (v) => SUPPORTS[v] },
    plain("licence", "Licence"),
    plain("status", "Status"),
    { id: "retires", name: "Retires", of: (row) => offerings.ending(row), label: (v) => ENDINGS[v] },
    { id: "region", name: "Region", of: (row) => offerings.cell(row, "regions")?.[0] ?? "unknown", label: (v) => (v === "unknown" ? "Unknown" : v) },
    { id: "standing", name: "Standing of the input price", of: (row) => offerings.cell(row, "input")?.[1] ?? "none", label: (v) => STANDINGS[v] },
  ].map((facet) => coded(facet, offerings.count));
}

export const RANGES = [
  { id: "input", name: "Input price", unit: "$ per million tokens" },
  { id: "output", name: "Output price", unit: "$ per million tokens" },
  { id: "context", name: "Context", unit: "tokens" },
];

/** The facet with its values numbered once, so that filtering and counting touch numbers only. */
function coded(facet, count) {
  const number = new Map();
  const codeOf = (value) => {
    if (!number.has(value)) number.set(value, number.size);
    return number.get(value);
  };
  const codes = Array.from({ length: count }, (_, row) => {
    const value = facet.of(row);
    return Array.isArray(value) ? value.map(codeOf) : codeOf(value);
  });
  return { ...facet, values: [...number.keys()], codes, has: (value) => number.has(value), code: (value) => number.get(value) };
}

/** A filter of TanStack Table: the row's value is one of those wanted. */
export function oneOf(facet) {
  const passes = (row, _, allowed) => {
    const code = facet.codes[row.original];
    return Array.isArray(code) ? code.some((c) => allowed[c]) : allowed[code] === 1;
  };
  passes.resolveFilterValue = (wanted) => {
    const allowed = new Uint8Array(facet.values.length);
    for (const value of wanted) if (facet.has(value)) allowed[facet.code(value)] = 1;
    return allowed;
  };
  return passes;
}

/** How many rows each choice would leave: those that pass every filter but the facet's own.
 *  @param filters the ids of the filters in use, as TanStack Table knows them. */
export function count(rows, filters, facetList, capabilities, offerings) {
  const counted = facetList.map((f) => ({ codes: f.codes, own: new Uint32Array(f.values.length), filter: filters.indexOf(`f.${f.id}`) }));
  const asked = capabilities.map((c) => ({ codes: offerings.supports(c), own: new Uint32Array(3), filter: filters.indexOf(c) }));
  for (const { original: row, columnFilters: passed } of rows) {
    let failed = -1; // the one filter the row fails, if it is one
    let fails = 0;
    for (let i = 0; i < filters.length; i += 1) if (passed[filters[i]] === false) { fails += 1; failed = i; }
    if (fails > 1) continue;
    for (const { codes, own, filter } of counted) {
      if (fails && failed !== filter) continue;
      const code = codes[row];
      if (typeof code === "number") own[code] += 1;
      else for (const c of code) own[c] += 1;
    }
    for (const { codes, own, filter } of asked) if (!fails || failed === filter) own[codes[row]] += 1;
  }
  return {
    counts: new Map(facetList.map((f, i) => [f.id, counted[i].own])),
    able: new Map(capabilities.map((c, i) => [c, { unknown: asked[i].own[0], yes: asked[i].own[1] }])),
  };
}
