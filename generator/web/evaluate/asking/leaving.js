// What a reader who leaves would lose: a run that goes on, or answers neither stored nor saved as a file.

/** @import { Results } from "../results.js" */
/** @import { Store } from "../store.js" */

/**
 * What was saved in any form, or opened from a file, is there again.
 * @param {{
 *   busy: boolean,
 *   results: Pick<Results, "models"> | null,
 *   saved: Pick<Results, "models"> | null,
 *   store: Pick<Store, "on" | "trouble">,
 * }} page
 */
export function wouldLose({ busy, results, saved, store }) {
  if (busy) return true;
  const isAnswered = results?.models.some(({ count, missing }) => count > missing) ?? false;
  return isAnswered && saved !== results && !(store.on && !store.trouble);
}
