// One tab at a time asks the cells of an evaluation: two would pay twice for the same answers.

/** @import { Asked } from "../../types/evaluate.js" */
/** @import { EvaluatePage } from "../page.js" */

/**
 * Hold the evaluation for this tab. Gives what releases it; null where another tab has it, which is told.
 * @param {EvaluatePage} page
 * @param {Asked} asked
 * @returns {Promise<(() => void) | null>}
 */
export async function alone(page, asked) {
  // Browsers have locks, and digests, for secure origins only.
  if (!navigator.locks || !crypto.subtle) return () => {};
  const names = page.store.on ? ["almanac-evaluation kept"] : [];
  names.push(`almanac-evaluation ${await nameOf(asked)}`);
  /** @type {(() => void)[]} */
  const releases = [];
  for (const name of names) {
    const release = await hold(name);
    if (release) releases.push(release);
    else {
      for (const one of releases) one();
      page.notice =
        "Another tab of this site runs this evaluation. Nothing was asked here: go on there, " +
        "or stop it there and run it here.";
      return null;
    }
  }
  return () => releases.forEach((release) => release());
}

/** A name for what is asked of whom, whoever pays. @param {Asked} asked */
async function nameOf({ evaluation, models }) {
  const whom = models.map(({ endpoint, model, places, base_url }) => [endpoint.url, model, places, base_url]);
  const text = JSON.stringify([evaluation.prompts, evaluation.cases, whom]);
  const digest = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(text));
  return Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, "0")).join("");
}

/**
 * Take a lock, if it is free; gives what releases it.
 * @param {string} name @returns {Promise<(() => void) | null>}
 */
function hold(name) {
  return new Promise((resolve, reject) => {
    navigator.locks
      .request(name, { ifAvailable: true }, async (lock) => {
        const { promise: released, resolve: release } = Promise.withResolvers();
        resolve(lock && (() => release(undefined)));
        if (lock) await released;
      })
      .catch(reject);
  });
}
