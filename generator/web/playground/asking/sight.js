// Brings an answer into sight as it begins. The focus stays where it is, and with it a screen reader's place.

/** @import { PlaygroundPage } from "../page.js" */
/** @import { Pane } from "../pane.js" */

/** Of the height of the window: an answer that begins below this has no room to be read. */
const LOWEST = 0.6;

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
      const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
      // How much stays above it is in the CSS.
      turn.scrollIntoView({ behavior: still ? "instant" : "smooth", block: "start" });
    }),
  );
}
