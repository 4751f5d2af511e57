// What is stored of an evaluation where the reader says so: cases, prompts, checks and models, beside the
// answers.

import { refusal } from "../../playground/keys/guard.js";
import { Pane } from "../../playground/pane.js";
import { reason } from "../../playground/reason.js";
import { megabytes } from "../store.js";
import { count } from "../text.js";

/** @import { KeptEvaluation } from "../../types/evaluate.js" */
/** @import { EvaluatePage } from "../page.js" */

/** What stands in the page, without keys. @param {EvaluatePage} page @returns {KeptEvaluation} */
function written(page) {
  const panes = page.panes.map(({ row, model, places, options, auth }) => ({
    row: row.id,
    model,
    places,
    options,
    auth,
  }));
  const { evaluation, options, budget, unpriced } = page;
  return { evaluation, options, panes, budget, unpriced };
}

/**
 * Before a run: store what is asked, and take in what another tab has answered meanwhile.
 * @param {EvaluatePage} page @param {{ anew?: boolean }} how
 */
export async function keepRun(page, { anew = false }) {
  const { store } = page;
  if (!store.on) return;
  if (anew) await store.clear();
  else await store.fill(page.answers);
  await keepPage(page);
}

/** @param {EvaluatePage} page */
async function keepPage(page) {
  const stored = structuredClone(written(page));
  const refused = refusal(page, "What is stored on this device", stored, { shapes: false });
  if (refused) throw new Error(refused);
  await page.store.putPage(stored);
}

/** Store what stands in the page and every answer that is there. @param {EvaluatePage} page */
async function keepAll(page) {
  await keepPage(page);
  await page.store.putAll(page.answers.values());
}

/** Store what was opened from a file, where the reader wants all stored. @param {EvaluatePage} page */
export async function keepOpened(page) {
  if (!page.store.on) return;
  try {
    await keepAll(page);
  } catch (error) {
    page.notice += ` This browser did not store it (${reason(error)}).`;
    page.changed();
  }
}

/**
 * Store the evaluation and its answers on this device from now on, or no more.
 * @param {EvaluatePage} page @param {boolean} yes
 */
export async function keepAnswers(page, yes) {
  const { store } = page;
  try {
    if (!yes) {
      await store.end();
      page.notice = "Nothing of this evaluation is stored on this device any more; it stays in this page.";
    } else {
      const lasting = await store.begin();
      page.notice = "Storing it on this device.";
      page.changed();
      await keepAll(page);
      const room = await store.room();
      const left = room ? ` It may use ${megabytes(room.quota - room.usage)} more.` : "";
      if (store.trouble) page.notice = "";
      else
        page.notice = lasting
          ? `Stored on this device, without keys, until you forget it.${left}`
          : `Stored on this device, without keys; the browser may remove it when it needs room.${left}`;
    }
  } catch (error) {
    if (yes) await store.end().catch(() => {});
    page.notice = `This browser did not store it (${reason(error)}). All stays in this page.`;
  }
  page.changed();
}

/** What is said of what was opened. @param {EvaluatePage} page @param {string} rest */
export function openedStored({ evaluation, answers }, rest) {
  let answered = 0;
  for (const { failure } of answers.values()) if (!failure) answered += 1;
  return (
    `Opened what is stored on this device: ${count(evaluation.cases.length)} cases, ` +
    `${count(answered)} answers. ${rest}`
  );
}

/** Open what is stored on this device. @param {EvaluatePage} page */
export async function openKept(page) {
  const { store } = page;
  if (!store.on) return;
  try {
    const stored = await store.page();
    if (!stored) return;
    await store.fill(page.answers);
    const { evaluation, options, panes, budget, unpriced } = stored;
    Object.assign(page, { evaluation, options, budget, unpriced });
    page.panes = panes.flatMap(({ row: id, model, places, options: own, auth }) => {
      const row = page.rows.get(id);
      return row ? [Object.assign(new Pane(page, row, model), { places, options: own, auth })] : [];
    });
    page.notice = openedStored(page, "Run asks what is missing.");
  } catch (error) {
    page.notice = `What is stored on this device could not be opened (${reason(error)}).`;
  }
  page.changed();
}
