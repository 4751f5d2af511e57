// How a turn ended, in one line.

/** @import { Turn } from "../turn.js" */

/** @param {Turn} turn */
export function endOf({ end }) {
  if (!end) return "";
  const { type, reason, message = "", cause, status } = end;
  if (type === "Finished") return `Finished: ${reason}`;
  if (cause === "stopped") return "Stopped.";
  return type === "Failed" ? `Failed (${cause}${status ? `, ${status}` : ""}): ${message}` : message;
}
