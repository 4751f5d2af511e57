// What is pressed is pressed once: a run costs money. A key that is held presses nothing again, wherever the
// focus has gone meanwhile, and the second click of a double one asks no model.

/** Fields in which a held Enter makes lines and a held space makes spaces. */
const LINES = "textarea, [contenteditable=true]";
const TEXTS = `input:not([type=checkbox], [type=radio], [type=file]), ${LINES}`;

/**
 * Whether a key that is held writes on where the focus is, and presses nothing.
 * @param {Pick<KeyboardEvent, "key" | "ctrlKey" | "metaKey">} event @param {Element} focused
 */
function writes({ key, ctrlKey, metaKey }, focused) {
  if (key === " ") return focused.matches(TEXTS);
  return !ctrlKey && !metaKey && focused.matches(LINES);
}

/** @param {Event} event */
function drop(event) {
  event.preventDefault();
  event.stopImmediatePropagation();
}

/** @param {KeyboardEvent} event */
function held(event) {
  const { key, repeat, target } = event;
  if (!repeat || (key !== "Enter" && key !== " ")) return;
  if (target instanceof Element && !writes(event, target)) drop(event);
}

/** @param {MouseEvent} event */
function doubled(event) {
  const { detail, target } = event;
  if (detail > 1 && target instanceof Element && target.closest("[data-asks]")) drop(event);
}

/** Of a page whose buttons with `data-asks` ask models. @param {HTMLElement} root */
export function pressOnce(root) {
  root.addEventListener("keydown", held, true);
  root.addEventListener("click", doubled, true);
}
