// What site search reads; made in generator/exports/search.py.

/** A model: its id, name, number of places, its tags' and its providers' numbers, and its end where known. */
export type ModelEntry = [
  id: string,
  name: string,
  places: number,
  tags: number[],
  providers: number[],
  end?: string,
];

/** Another page, or a section of one. */
export type PageEntry = [path: string, name: string, about: string, kind: string, weight: number];

/** What is known of names beside the models' own; see playground/naming/index.py. */
export interface NameData {
  own: Record<string, number[]>;
  owners: Record<string, [lab: string, provider: number]>;
  variants: string[];
  versions: Record<string, string[]>;
  ids: [id: string, models: number[], provider: number][];
  moved: Record<string, string>;
  channels: Record<string, Record<string, string>>;
  served: Record<string, number[]>;
  editions: Record<string, [number, ...string[]]>;
}

/** search/almanac.json. */
export interface SearchData {
  tags: string[];
  providers: string[];
  labs: Record<string, string>;
  models: ModelEntry[];
  names: NameData;
  pages: PageEntry[];
}

/** A model as the resolver knows it; `at` are its providers' numbers. */
export interface NamedModel {
  id: string;
  name: string;
  lab: string;
  places: number;
  at: number[];
}

/** A way to write names: what a name that is known is in it, and what one that is asked for is. */
export interface Form {
  known: (text: string) => string[];
  asked: (text: string) => string[];
}

/** What a name means: a model, or those that it may mean, or those called most alike. */
export interface Resolution {
  model: string;
  provider: string;
  key: string;
  /** What stands behind it and says how it is served (`:free`), where nothing is known to be served so. */
  leftOut: string;
  choices: string[];
  near: string[];
  /** As pages take it: a key, `provider/lab/model` or `lab/model`; empty for none. */
  name: string;
}

/** What can be found: a model, a page or a section. */
export interface Hit {
  number: number;
  name: string;
  also: string;
  about: string;
  path: string;
  kind: string;
  weight: number;
}
