// Results of the reader's own cases on their way from Evaluate to Choose: in this tab's storage, and nowhere
// else. They are figures by model; no case, answer or key is in them.

import { OBSERVED } from "../keys/names.js";

/** @import { Carried } from "../../types/evaluate.js" */

/**
 * What was given in this tab; null where nothing was, or the browser stores nothing.
 * @returns {Carried | null}
 */
export function carried() {
  try {
    const { observed, floor, used } = Object(JSON.parse(sessionStorage.getItem(OBSERVED) ?? "null"));
    return observed ? { observed, floor: String(floor ?? ""), used: used !== false } : null;
  } catch {
    return null;
  }
}

/** Throws where the browser stores nothing, or has no room. @param {Carried} given */
export const carry = (given) => sessionStorage.setItem(OBSERVED, JSON.stringify(given));

/** Forget what was given in this tab. */
export function dropCarried() {
  try {
    sessionStorage.removeItem(OBSERVED);
  } catch {
    // Where the browser stores nothing there is nothing to forget.
  }
}
