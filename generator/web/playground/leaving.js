// Asks a reader who is about to leave, where something would be lost: a run that goes on, or answers that are
// neither exported nor kept on the device.

/** @import { PlaygroundPage } from "./page.js" */

/**
 * Whether leaving would lose something. After an export nothing of before would: the reader has taken what
 * was wanted.
 * @param {Pick<PlaygroundPage, "busy" | "runs" | "keepsHistory" | "stored">} page
 */
export const wouldLose = ({ busy, runs, keepsHistory, stored }) =>
  busy ||
  runs.some(
    ({ record, exported }) => record !== null && record !== exported && !(keepsHistory && stored.has(record)),
  );

/**
 * Have the browser ask before a page goes, as long as it is open; gives what ends that.
 * @param {() => boolean} loses whether leaving would lose something now
 */
export function askBeforeLeaving(loses) {
  /** @param {BeforeUnloadEvent} event */
  const ask = (event) => {
    if (loses()) event.preventDefault();
  };
  addEventListener("beforeunload", ask);
  return () => removeEventListener("beforeunload", ask);
}
