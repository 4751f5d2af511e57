// What the page stores in the browser beside keys: a history of runs, and the addresses it was allowed to talk to.

export const HISTORY = "almanac-history";
export const ORIGINS = "almanac-origins";

/** What stands under a name, or null where it is nothing that can be read. */
export function stored(storage, name) {
  try {
    return JSON.parse(storage.getItem(name));
  } catch {
    return null;
  }
}
