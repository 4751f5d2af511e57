// What Python makes without the network.

import { reason } from "../reason.js";

/** @import { Answers, Questions } from "../../types/playground.js" */
/** @import { PlaygroundPage } from "../page.js" */

/**
 * Ask Python something that needs no network, and show its error if it has one.
 * @template {keyof Questions} Kind
 * @param {PlaygroundPage} page
 * @param {Questions[Kind] & { kind: Kind }} asked
 * @param {(answer: Answers[Kind]) => void} use
 */
export async function askPython(page, asked, use) {
  try {
    await page.start();
    use(/** @type {Answers[Kind]} */ (await page.runtime.ask(asked)));
  } catch (error) {
    page.notice = reason(error);
  }
  page.changed();
}
