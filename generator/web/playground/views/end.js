// How a turn ended, in one line.

import { visible } from "../visible.js";

/** @import { Turn } from "../turn.js" */

/** @param {Turn} turn */
export function endOf({ end }) {
  if (!end) return "";
  const { type, reason, message = "", cause, status } = end;
  if (type === "Finished") return visible(`Finished: ${reason}`);
  if (cause === "stopped") return "Stopped.";
  return visible(type === "Failed" ? `Failed (${cause}${status ? `, ${status}` : ""}): ${message}` : message);
}
