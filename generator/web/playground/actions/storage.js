// What the page stores in the browser beside keys: a history of runs.

export const HISTORY = "almanac-history";

/**
 * What stands under a name, or null where it is nothing that can be read.
 * @template Value what the page itself has put there
 * @param {Storage} storage
 * @param {string} name
 * @returns {Value | null}
 */
export function stored(storage, name) {
  try {
    return JSON.parse(storage.getItem(name) ?? "null");
  } catch {
    return null;
  }
}
