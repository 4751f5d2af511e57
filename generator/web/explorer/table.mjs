// The explorer's table: TanStack Table filters and sorts the rows.

import { columnFilteringFeature, constructTable, createFilteredRowModel, createSortedRowModel, rowSortingFeature, tableFeatures } from "@tanstack/table-core";
import { storeReactivityBindings } from "@tanstack/table-core/store-reactivity-bindings";

import { oneOf } from "./facets.mjs";

/** A table of TanStack over the offerings, filtered by facets, capabilities, ranges and the search. */
export function makeTable(offerings, facetList, capabilities) {
  const byRank = (a, b, id) => a.getValue(id) - b.getValue(id);
  const inRange = (row, id, { min = -Infinity, max = Infinity }) => {
    const value = offerings.cell(row.original, id)?.[0];
    return typeof value === "number" && value >= min && value <= max;
  };
  const able = (row, id, how) => {
    const value = offerings.cell(row.original, id)?.[0];
    return how === "yes" ? value === "yes" : value !== "no";
  };
  const matches = (row, _, terms) => {
    const haystack = offerings.haystack(row.original);
    return terms.every((term) => haystack.includes(term));
  };
  matches.resolveFilterValue = (q) => q.toLowerCase().split(/\s+/).filter(Boolean);
  const columns = offerings.columns.map(({ id }) => ({
    id,
    accessorFn: (row) => offerings.rank(row, id),
    sortFn: byRank,
    sortUndefined: "last",
    filterFn: capabilities.includes(id) ? able : inRange,
  }));
  for (const facet of facetList) columns.push({ id: `f.${facet.id}`, accessorFn: (row) => row, filterFn: oneOf(facet) });
  columns.push({ id: "q", accessorFn: (row) => row, filterFn: matches });
  return constructTable({
    features: tableFeatures({
      coreReactivityFeature: storeReactivityBindings(),
      columnFilteringFeature,
      rowSortingFeature,
      filteredRowModel: createFilteredRowModel(),
      sortedRowModel: createSortedRowModel(),
    }),
    columns,
    data: offerings.order(),
    getRowId: (row) => String(row),
  });
}
