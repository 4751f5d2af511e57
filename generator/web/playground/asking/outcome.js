// What the page says of questions to several models: who is asked, who is not and why, how it ended.

/** @import { Turn } from "../turn.js" */

/** What is told of a download that was cancelled before its model was asked. */
export const CANCELLED = "The download was cancelled. Run begins it again.";

/**
 * Whether it is open which of several causes a failure has: to a page they all look the same.
 * @param {Pick<Turn, "end" | "advice">} turn
 */
export const isOpen = ({ end, advice }) => end?.cause === "unreachable" && advice.length > 1;

/** A sentence, to stand within another one. @param {string} text */
export const within = (text) => `${text.charAt(0).toLowerCase()}${text.slice(1)}`;

/** @param {string} text */
const capital = (text) => text[0].toUpperCase() + text.slice(1);

/** A text of somebody's with a stop at its end, for another sentence comes after it. @param {string} text */
export const sentence = (text) => (/[.!?…:]$/.test(text.trim()) ? text.trim() : `${text.trim()}.`);

/** @param {number} count */
const models = (count) => (count === 1 ? "one model" : `${count} models`);

/**
 * Once they are asked; `missing` is what keeps others from being asked.
 * @param {number} count
 * @param {string} missing
 */
export const asking = (count, missing) => `Asking ${models(count)}.${notAsked(missing)}`;

/** @param {string} missing what keeps a model from being asked */
const notAsked = (missing) => (missing ? ` Not asked until you fill in: ${missing}.` : "");

/**
 * How a question ended, empty where it has not: Refused is one that nobody was asked, Lost one whose answer
 * nobody waits for any more.
 * @param {Pick<Turn, "end" | "attempts" | "isCancelled">} turn
 */
export function outcomeOf({ end, attempts, isCancelled }) {
  if (!end) return "";
  if (end.type === "Refused") return attempts.length ? "Lost" : "Refused";
  if (end.type !== "Failed" || end.cause !== "stopped") return end.type;
  return isCancelled ? "Cancelled" : "Stopped";
}

/**
 * Once those that were asked together have ended.
 * @param {string[]} ends how each ended, of those that are still there
 * @param {number} going models that still answer, asked earlier or later
 * @param {string} missing
 */
export function ended(ends, going, missing) {
  /** @param {string[]} some */
  const counted = (...some) => ends.filter((end) => some.includes(end)).length;
  const [stopped, cancelled, refused] = [counted("Stopped"), counted("Cancelled"), counted("Refused")];
  const failed = ends.length - stopped - cancelled - refused - counted("Finished");
  const rest = notAsked(missing);
  /** @param {number} some */
  const those = (some) => (ends.length === 1 ? "the model" : `${some} of ${ends.length} models`);
  const told = [
    ...(refused ? [`${capital(those(refused))} ${refused > 1 ? "were" : "was"} not asked.`] : []),
    ...(failed ? [`${capital(those(failed))} did not finish.`] : []),
    ...(stopped ? [`You stopped ${those(stopped)}.`] : []),
    ...(cancelled ? [CANCELLED] : []),
  ];
  const done = told.join(" ");
  const finished = ends.length ? `Finished: ${models(ends.length)}. ` : "";
  if (going) return `${done ? `${done} ` : finished}Still answering: ${models(going)}.${rest}`;
  if (!ends.length) return rest.trim();
  return `${done || (ends.length === 1 ? "The model has finished." : "All models have finished.")}${rest}`;
}
