// How a turn ended, in one line.

import { CANCELLED } from "../asking/outcome.js";
import { visible } from "../visible.js";

/** @import { PageData } from "../../types/playground.js" */
/** @import { Turn } from "../turn.js" */

/**
 * In plain words, with the provider's own behind them.
 * @param {Pick<PageData, "reasons">} data
 * @param {Pick<Turn, "end" | "isCancelled">} turn
 */
export function endOf({ reasons }, { end, isCancelled }) {
  if (!end) return "";
  const { type, reason = "", said, message = "", cause, status } = end;
  if (type === "Finished") return visible(`Finished: ${reasons[reason] ?? reason} (${said || reason})`);
  if (cause === "stopped") return isCancelled ? CANCELLED : "Stopped.";
  return visible(type === "Failed" ? `Failed (${cause}${status ? `, ${status}` : ""}): ${message}` : message);
}
