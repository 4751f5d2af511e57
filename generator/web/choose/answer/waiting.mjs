// While another answer is on its way, what belongs to the one that stands there cannot be acted on.

const ACTS = ".act, .c-try";

/** @param {Event} event */
function refuse(event) {
  const act = event.target instanceof Element && event.target.closest(ACTS);
  if (!act || !act.closest(".c-stale")) return;
  event.preventDefault();
  event.stopPropagation();
}

/** Let nothing of an old answer be acted on, by mouse or keyboard. @param {HTMLElement} place */
export function guard(place) {
  for (const kind of ["click", "auxclick"]) place.addEventListener(kind, refuse, { capture: true });
}

/** Say of each link and button whether it waits, once the page is drawn. @param {HTMLElement} place */
export function mark(place) {
  for (const act of place.querySelectorAll(ACTS)) {
    if (act.closest(".c-stale")) act.setAttribute("aria-disabled", "true");
    else act.removeAttribute("aria-disabled");
  }
}
