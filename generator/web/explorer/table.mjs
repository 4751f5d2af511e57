// The explorer's table: TanStack Table filters and sorts the rows.

import {
  columnFilteringFeature,
  constructTable,
  createFilteredRowModel,
  createSortedRowModel,
  rowSortingFeature,
  tableFeatures,
} from "@tanstack/table-core";
import { storeReactivityBindings } from "@tanstack/table-core/store-reactivity-bindings";

import { oneOf } from "./facets.mjs";
import { DOUBTFUL } from "./offerings.mjs";

/** @import { ColumnDef, Row } from "@tanstack/table-core" */
/** @import { Facet, Range, RowNumber, Want } from "../types/explorer.js" */
/** @import { Offerings } from "./offerings.mjs" */

const features = () =>
  tableFeatures({
    coreReactivityFeature: storeReactivityBindings(),
    columnFilteringFeature,
    rowSortingFeature,
    filteredRowModel: createFilteredRowModel(),
    sortedRowModel: createSortedRowModel(),
  });

const RETIRED = "retired";

/**
 * What rows are sorted by: what is retired comes last, whatever a reader sorts by.
 * @param {string} wanted a column's id, with a minus before it from the largest down; empty for none
 */
export function sorting(wanted) {
  if (!wanted) return [];
  return [
    { id: RETIRED, desc: false },
    { id: wanted.replace(/^-/, ""), desc: wanted.startsWith("-") },
  ];
}

/** @typedef {ReturnType<typeof features>} Features */
/** @typedef {Row<Features, RowNumber>} TableRow */

/**
 * A table of TanStack over the offerings, filtered by facets, capabilities, ranges and the search.
 * @param {Offerings} offerings @param {Facet[]} facetList @param {string[]} capabilities
 */
export function makeTable(offerings, facetList, capabilities) {
  /** @param {TableRow} a @param {TableRow} b @param {string} id */
  const byRank = (a, b, id) => Number(a.getValue(id)) - Number(b.getValue(id));
  /** @param {TableRow} row @param {string} id @param {Range} range */
  const inRange = (row, id, { min = -Infinity, max = Infinity }) => {
    const [value, mark] = offerings.cell(row.original, id) ?? [];
    return typeof value === "number" && mark !== DOUBTFUL && value >= min && value <= max;
  };
  /** @param {TableRow} row @param {string} id @param {Want} how */
  const able = (row, id, how) => {
    const value = offerings.cell(row.original, id)?.[0];
    return how === "yes" ? value === "yes" : value !== "no";
  };
  /** @param {TableRow} row @param {string} _ @param {string[]} terms */
  const matches = (row, _, terms) => {
    const haystack = offerings.haystack(row.original);
    return terms.every((term) => haystack.includes(term));
  };
  matches.resolveFilterValue = (/** @type {string} */ q) => q.toLowerCase().split(/\s+/).filter(Boolean);
  /** @type {ColumnDef<Features, RowNumber>[]} */
  const columns = offerings.columns.map(({ id }) => ({
    id,
    accessorFn: (row) => offerings.rank(row, id),
    sortFn: byRank,
    sortUndefined: "last",
    filterFn: capabilities.includes(id) ? able : inRange,
  }));
  for (const facet of facetList) {
    columns.push({ id: `f.${facet.id}`, accessorFn: (row) => row, filterFn: oneOf(facet) });
  }
  columns.push({
    id: RETIRED,
    accessorFn: (row) => Number(offerings.retired(row)),
    sortFn: byRank,
  });
  columns.push({ id: "q", accessorFn: (row) => row, filterFn: matches });
  return constructTable({
    features: features(),
    columns,
    data: /** @type {RowNumber[]} */ (offerings.order()),
    getRowId: (row) => String(row),
  });
}
