// Whether a last day of service is over, by the reader's own clock and not the build's.

/** A last day (YYYY-MM-DD), or what is said where it is over whatever the day. @param {string} end */
export function isPast(end, now = Date.now()) {
  return end === "retired" || new Date(`${end}T23:59:59`).getTime() < now;
}
