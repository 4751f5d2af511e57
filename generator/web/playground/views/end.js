// How a turn ended, in one line.

import { CANCELLED, sentence } from "../asking/outcome.js";
import { visible } from "../visible.js";

/** @import { PageData } from "../../types/playground.js" */
/** @import { Turn } from "../turn.js" */

/** @typedef {"end" | "isCancelled" | "attempts" | "text" | "calls" | "reasoning" | "metrics"} Part */
/** @typedef {Pick<Turn, Part>} Ended */

/**
 * In plain words, with the provider's own behind them, as playground/run/ending.py has it.
 * @param {Pick<PageData, "reasons">} data
 * @param {Ended} turn
 */
export function endOf({ reasons }, turn) {
  const { end, isCancelled, attempts } = turn;
  if (!end) return "";
  const { type, reason = "", said, message = "", cause, status } = end;
  if (type === "Finished") {
    const why = isEmpty(turn) ? emptyOf(reasons, reason, turn) : (reasons[reason] ?? reason);
    return visible(`Finished: ${why} (${said || reason})`);
  }
  if (cause === "stopped") {
    const failed = attempts.at(-1)?.failed;
    const tried = failed ? ` The last try failed: ${sentence(failed)}` : "";
    return isCancelled ? CANCELLED : visible(`Stopped.${tried}`);
  }
  return visible(type === "Failed" ? `Failed (${cause}${status ? `, ${status}` : ""}): ${message}` : message);
}

/** Whether nothing came that can be read. @param {Pick<Ended, "text" | "calls">} turn */
export const isEmpty = ({ text, calls }) => !text.trim() && !calls.length;

/** @param {PageData["reasons"]} reasons @param {string} reason @param {Ended} turn */
function emptyOf(reasons, reason, { reasoning, metrics }) {
  if (reason === "stop") return reasons.empty;
  const isSpent = reason === "length" && (reasoning || metrics?.reasoning?.value);
  return `${reasons.empty}: ${isSpent ? reasons.reasoned : (reasons[reason] ?? reason)}`;
}
