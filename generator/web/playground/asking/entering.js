// Enter in the fields of a model asks, as it does in the form of the prompt: a reader who has filled in the
// last of them wants to run.

import { composes } from "../views/events.js";

/** Fields of one line: of several lines Enter makes one more, and of the model it chooses from a list. */
const LINE = "input:not(.model, [type=checkbox], [type=radio], [type=file])";

/**
 * Whether a key asks all models: Enter in a field of one line, Ctrl+Enter in any; not what a composed text
 * ends with, what another has used, or what stands in an answer.
 * @param {KeyboardEvent} event
 */
export function asks(event) {
  const { key, ctrlKey, metaKey, defaultPrevented, target } = event;
  if (key !== "Enter" || defaultPrevented || composes(event)) return false;
  if (!(target instanceof Element) || target.closest(".turn")) return false;
  return target.matches(ctrlKey || metaKey ? "input, textarea" : LINE);
}
