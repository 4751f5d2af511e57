// How a turn ended, in one line.

import { visible } from "../visible.js";

/** @import { Turn } from "../turn.js" */

/** @param {Turn} turn */
export function endOf({ end }) {
  if (!end) return "";
  const { type, reason, said, message = "", cause, status } = end;
  // What we have no word for stands in the provider's own.
  if (type === "Finished")
    return visible(`Finished: ${reason}${reason === "other" && said ? ` (${said})` : ""}`);
  if (cause === "stopped") return "Stopped.";
  return visible(type === "Failed" ? `Failed (${cause}${status ? `, ${status}` : ""}): ${message}` : message);
}
