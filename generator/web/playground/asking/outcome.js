// What the page says of questions to several models: who is asked, who is not and why, how it ended.

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
 * Once those that were asked together have ended.
 * @param {string[]} ends how each ended
 * @param {number} going models that still answer, asked earlier or later
 * @param {string} missing
 */
export function ended(ends, going, missing) {
  const stopped = ends.filter((end) => end === "Stopped").length;
  const failed = ends.filter((end) => end !== "Finished").length - stopped;
  const rest = notAsked(missing);
  const told = [
    ...(failed ? [`${failed} of ${ends.length} models did not finish.`] : []),
    ...(stopped ? [`You stopped ${stopped} of ${ends.length} models.`] : []),
  ];
  const done = told.join(" ");
  if (going)
    return `${done || `Finished: ${models(ends.length)}.`} Still answering: ${models(going)}.${rest}`;
  return `${done || "All models have finished."}${rest}`;
}
