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

/** search/almanac.json. */
export interface SearchData {
  tags: string[];
  providers: string[];
  labs: Record<string, string>;
  models: ModelEntry[];
  pages: PageEntry[];
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
