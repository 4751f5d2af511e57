// Whose keys the reader's keys are, by the address that each was entered for.

/** @import { Row } from "../../types/playground.js" */

/** An address up to its path, in which the reader fills in what stands in braces. */
const ORIGIN = /^https?:\/\/[^/]+/;

/** @param {Row} row @param {string} origin */
function isAt({ endpoint, keyed }, origin) {
  const [address] = ORIGIN.exec(endpoint.url) ?? [];
  if (!keyed || !address) return false;
  const parts = address.split(/\{\w+\}/).map((part) => part.replaceAll(/[.+*?^$()|[\]\\]/g, "\\$&"));
  return new RegExp(`^${parts.join("[a-z0-9-]+")}$`, "i").test(origin);
}

/**
 * The providers that are called at an address; none where it is a server of the reader's own.
 * @param {Row[]} rows @param {string} origin
 */
export function providersAt(rows, origin) {
  const names = rows.filter((row) => isAt(row, origin)).map(({ name }) => name.split(": ")[0]);
  return [...new Set(names)];
}
