// The last runs, in the page, and on the device only where the reader says so.

import { refusal } from "../keys/guard.js";
import { MOST, recordOf } from "./record.js";
import { HISTORY, stored } from "./storage.js";

/** @import { OldRecord, RunRecord } from "../../types/playground.js" */
/** @import { PlaygroundPage } from "../page.js" */
/** @import { Run } from "./record.js" */

/** @param {{ made: string }} a @param {{ made: string }} b */
const newestFirst = (a, b) => (a.made < b.made ? 1 : -1);

/**
 * Put a run into the history, in place of what it was before more was asked in it.
 * @param {PlaygroundPage} page
 * @param {Run} run
 */
export function remember(page, run) {
  const record = recordOf(page, run);
  if (!record) return;
  const at = run.record ? page.history.indexOf(run.record) : -1;
  page.history = at < 0 ? [record, ...page.history].slice(0, MOST) : page.history.with(at, record);
  run.record = record;
  save(page);
}

/**
 * What earlier visits have kept on this device. Where it can't be read the page says so: a history that is
 * gone without a word would look like one that was never there.
 * @param {PlaygroundPage} page
 */
export function load(page) {
  const text = localStorage.getItem(HISTORY);
  page.keepsHistory = text !== null;
  if (text === null) return;
  const kept = stored(localStorage, HISTORY);
  const runs = Array.isArray(kept) ? kept.filter(isRecord) : [];
  page.history = runs;
  if (!Array.isArray(kept) || runs.length < kept.length)
    page.notice = "Some of the history on this device could not be read and is left out.";
}

/**
 * Whether the page can list it; opening it has Python check the rest.
 * @param {unknown} run
 * @returns {run is RunRecord | OldRecord}
 */
function isRecord(run) {
  if (!run || typeof run !== "object" || !("panes" in run) || !Array.isArray(run.panes)) return false;
  const turns = run.panes.every((pane) => Array.isArray(pane?.turns) || !("almanac_run" in run));
  const asked = "almanac_run" in run || ("chat" in run && Array.isArray(Object(run.chat).messages));
  return turns && asked && "made" in run && typeof run.made === "string";
}

/** @param {PlaygroundPage} page */
function save(page) {
  if (!page.keepsHistory) return;
  // Another tab may have kept runs since; they stay, the newest first.
  const kept = stored(localStorage, HISTORY);
  const own = new Set(page.history.map(beginOf));
  const others = Array.isArray(kept) ? kept.filter((run) => isRecord(run) && !own.has(beginOf(run))) : [];
  const refused = page.history.map((run) => refusalOf(page, run));
  const sound = page.history.filter((_, n) => !refused[n]);
  const all = [...sound, ...others].toSorted(newestFirst).slice(0, MOST);
  try {
    localStorage.setItem(HISTORY, JSON.stringify(all));
    page.stored = new Set(all);
    const why = refused.find(Boolean);
    if (why) page.notice = `${why} It stays in this page only.`;
  } catch {
    page.notice = "This browser has no room left for the history; what is newer stays in this page only.";
  }
}

/**
 * Why a run may not be stored; a picture's own bytes hold no text.
 * @param {PlaygroundPage} page @param {RunRecord | OldRecord} run
 */
const refusalOf = (page, run) =>
  refusal(page, "A run of the history", { ...run, images: {} }, { shapes: false });

/**
 * When a run began, which tells it from others; a record of version 1 knows only when it was made.
 * @param {RunRecord | OldRecord} run
 */
const beginOf = (run) => {
  const sent = run.almanac_run ? run.panes.flatMap(({ turns }) => turns[0]?.attempts?.[0]?.sent ?? []) : [];
  return sent.join() || run.made;
};

/**
 * Put a file's runs into the history. Where it has no room for all of them, nothing is dropped: they wait for
 * the reader to say which stay.
 * @param {PlaygroundPage} page
 * @param {RunRecord[]} runs
 */
export function takeIn(page, runs) {
  const known = new Set(page.history.map(beginOf));
  const added = runs.filter((run) => !known.has(beginOf(run)));
  const isFull = page.history.length + added.length > MOST;
  page.incoming = isFull ? added : [];
  if (!isFull) join(page, added);
}

/**
 * Keep the newest of the history and of these runs, as many as the history holds.
 * @param {PlaygroundPage} page
 * @param {RunRecord[]} added
 */
export function join(page, added) {
  page.history = [...page.history, ...added].toSorted(newestFirst).slice(0, MOST);
  page.incoming = [];
  save(page);
  page.changed();
}

/** Leave the history as it is, without the runs of the file that wait. @param {PlaygroundPage} page */
export function leaveOut(page) {
  page.incoming = [];
  page.changed();
}

/**
 * What another tab has forgotten is forgotten here, too.
 * @param {PlaygroundPage} page
 * @param {StorageEvent} event
 */
export function follow(page, { key, newValue }) {
  if (key !== HISTORY || (newValue !== null && newValue !== "[]")) return;
  page.history = [];
  page.incoming = [];
  page.keepsHistory = newValue !== null;
  page.changed();
}

/** @param {PlaygroundPage} page @param {boolean} yes */
export function keepHistory(page, yes) {
  page.keepsHistory = yes;
  if (yes) save(page);
  else localStorage.removeItem(HISTORY);
  page.changed();
}

/** @param {PlaygroundPage} page */
export function forgetHistory(page) {
  page.history = [];
  page.incoming = [];
  if (page.keepsHistory) localStorage.setItem(HISTORY, "[]");
  page.changed();
}
