// What the explorer reads (made in generator/exports/explorer.py), and the state that its page keeps.

import type { FactValue, Mark, Model, Offering } from "./api.js";

/**
 * What a row shows of a fact: the value it is sorted by, its standing's letter, its own text, if any, and of a
 * price by the hour what the cheapest hours ask.
 */
export type Cell = readonly [value: FactValue, mark: Mark | "", text?: string | null, least?: number];

/** A column of plain text, which says what a row is and where. */
export type PlaceId = "model" | "provider" | "channel" | "version" | "variant";

/**
 * A column: what it may say, and which of that each row says. Of prices also what a reader sees of each, empty
 * where that is a dollar sign and the number.
 */
export interface Column<Codes = Uint32Array> {
  values: readonly (string | Cell | null)[];
  texts?: readonly string[];
  codes: Codes;
}

/** What a place of a model says: `before`, the model's id and `after` are its key. */
export type PlacePart = "provider" | "channel" | "version" | "variant" | "before" | "after";

/** offerings.json: `codes` and `runs` are a character for each row and each model. */
export interface ExplorerData {
  labs: Record<string, string>;
  providers: Record<string, string>;
  channels: Record<string, string>;
  capabilities: Record<string, string>;
  /** Columns of quality by what they are called; those of quality.json. */
  quality: Record<string, string>;
  modalities: string[];
  /** By its letter a standing's name, a colon and what it means. */
  standings: Record<string, string>;
  models: { values: string[]; names: string[]; runs: string };
  places: { columns: Record<PlacePart, string[]>; codes: string };
  columns: Record<string, Column<string>>;
}

/** quality.json: columns with a character for each model, in the order of the models. */
export interface Quality {
  columns: Record<string, Column<string>>;
}

/** How a column is shown: its width in pixels; the size of window from which on it is shown unasked. */
export interface Shown {
  id: string;
  label: string;
  width: number;
  from?: number;
  number?: boolean;
  capability?: boolean;
}

/** What rows are told apart by: a row's value or values, and what a reader calls a value. */
export interface Grouping {
  id: string;
  name: string;
  of(row: number): string | readonly string[];
  label(value: string): string;
}

/** A grouping with its values numbered. */
export interface Facet extends Grouping {
  values: string[];
  codes: (number | number[])[];
  has(value: string): boolean;
  code(value: string): number | undefined;
}

/** Limits of a number: dollars per million tokens, or tokens. */
export interface Range {
  min?: number;
  max?: number;
}

/** An end of a range. */
export type End = keyof Range;

/** What can be limited. */
export interface Limited {
  id: string;
  name: string;
  unit: string;
}

/** Whether a capability is to be known, or not to be known to lack. */
export type Want = "yes" | "maybe";

/** What a reader asked for; an empty `sort` is the catalog's order, `cols` null the columns that fit. */
export interface State {
  q: string;
  facets: Record<string, string[]>;
  can: Record<string, Want>;
  ranges: Record<string, Range>;
  sort: string;
  cols: string[] | null;
  pick: string[];
}

/** A row as it is counted: its number, and which filters it passes. */
export interface Counted {
  original: number;
  columnFilters: Partial<Record<string, boolean>>;
}

/** How many rows each choice would leave: by facet and code, and by capability. */
export interface Tally {
  counts: Map<string, Uint32Array>;
  able: Map<string, { unknown: number; yes: number }>;
}

/** The one control in the table that Tab reaches. */
export interface Active {
  row: number;
  part: number;
}

/** A row that is drawn: its number in the catalog, its key, its place in the table. */
export interface Drawn {
  row: number;
  key: string;
  index: number;
}

/** A column of the comparison, once its offering is there. */
export interface Compared {
  key: string;
  model: Model;
  offering: Offering;
}

/** What could not be compared, and what comes near it. */
export interface Problem {
  problem: string;
  key?: string;
  model?: Model;
  near?: string[];
}

/** An event at the element that listens to it. */
export type At<E extends EventTarget, K extends Event = Event> = K & { readonly currentTarget: E };

/** A row of the table: its number in the catalog. TanStack's types want objects; it takes numbers as well. */
export type RowNumber = number & { readonly row?: never };
