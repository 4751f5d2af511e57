// Brings into sight what a reader is led to: an answer as it begins, where the focus stays, and with it a
// screen reader's place; a field or a button that takes the focus.

/** @import { PlaygroundPage } from "../page.js" */
/** @import { Pane } from "../pane.js" */

/** Of the height of the window: an answer that begins below this has no room to be read. */
const LOWEST = 0.6;
/** Pixels: what a control is called stands above it, and what the page says may lie over the window's end. */
const ABOVE = 32;
const BELOW = 72;
const DOUBLE = 600; // milliseconds in which the second click of a double one comes

/** Where the page's header ends, which lies over what is scrolled below it. */
const headerEnd = () => document.querySelector(".md-header")?.getBoundingClientRect().bottom ?? 0;

/** Scroll to a part of the page unless all of it is well in sight. @param {Element} part */
export function bringInSight(part) {
  const { top, bottom } = part.getBoundingClientRect();
  if (top >= headerEnd() + ABOVE && bottom <= innerHeight - BELOW) return;
  part.scrollIntoView({ behavior: "instant", block: "center" });
}

/**
 * Scroll to a part of the page that has come below a place where the reader waits for it, once it is drawn:
 * not where it begins well in sight, and not where the reader has left that place.
 * @param {() => Element | null} part @param {Element | null} place
 */
export function bringAfterWait(part, place) {
  const { top = -1, bottom = 0 } = place?.getBoundingClientRect() ?? {};
  if (bottom <= 0 || top >= innerHeight) return;
  requestAnimationFrame(() =>
    requestAnimationFrame(() => {
      const there = part();
      if (there && there.getBoundingClientRect().top > LOWEST * innerHeight) toBegin(there);
    }),
  );
}

/** @param {Element} part how much stays above it is in the CSS */
function toBegin(part) {
  const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
  part.scrollIntoView({ behavior: still ? "instant" : "smooth", block: "start" });
}

/**
 * Move the focus to a control, where all of it is seen. `later`: not before a second click is over, so that
 * it finds the button that the first one found.
 * @param {HTMLElement} control @param {{ later?: boolean }} [how]
 */
export function focusOn(control, { later = false } = {}) {
  control.focus({ preventScroll: true });
  if (!later) {
    bringInSight(control);
    return;
  }
  setTimeout(() => {
    // The second click on a button that the first one has disabled takes the focus to nowhere.
    if (document.activeElement === document.body) control.focus({ preventScroll: true });
    if (document.activeElement === control) bringInSight(control);
  }, DOUBLE);
}

/**
 * Scroll to a pane's last turn, once it is drawn, where it does not begin well in sight.
 * @param {PlaygroundPage} page
 * @param {Pane} pane
 */
export function bringToAnswer(page, pane) {
  requestAnimationFrame(() =>
    requestAnimationFrame(() => {
      const place = page.root.querySelectorAll(".pane")[page.panes.indexOf(pane)];
      const turn = place && [...place.querySelectorAll(".turn")].at(-1);
      if (!turn) return;
      const { top } = turn.getBoundingClientRect();
      if (top >= 0 && top <= LOWEST * innerHeight) return;
      // With whose answer it is, where both have room.
      const name = place.querySelector(".picker");
      const begin = name?.getBoundingClientRect().top ?? -Infinity;
      toBegin(name && top - begin < LOWEST * innerHeight ? name : turn);
    }),
  );
}
