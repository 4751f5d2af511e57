// Keeps the focus in the page where the button that has it goes, or has nothing to do any more.

import { focusOn } from "./sight.js";

/** The buttons of a part that can be pressed. @param {Element} part */
const buttonsOf = (part) =>
  [...part.querySelectorAll("button")].filter((one) => !one.disabled && one.checkVisibility());

/**
 * What puts the focus back where its button was taken away, with what it removed or once it has nothing to
 * do: to the one that this names in `data-next`, of the same pane or else of the page; without a name, to the
 * one in its place, of the same list where that has one.
 * @param {HTMLElement} root as it is before it is drawn
 */
export function staying(root) {
  const { activeElement: focused } = document;
  if (!(focused instanceof HTMLButtonElement) || !root.contains(focused)) return () => {};
  const { next } = focused.dataset;
  const within = focused.closest(".pane") ?? root;
  const parts = ["tbody", "#panes", ".step"].flatMap((selector) => focused.closest(selector) ?? []);
  const places = parts.map((part) => buttonsOf(part).indexOf(focused));
  return () => {
    if (focused.isConnected && !focused.disabled) return;
    const named = next && within.querySelector(next);
    if (named instanceof HTMLElement) {
      focusOn(named);
      return;
    }
    const at = parts.findIndex((part) => part.isConnected && buttonsOf(part).length);
    if (at < 0) return;
    const buttons = buttonsOf(parts[at]);
    buttons[Math.min(places[at], buttons.length - 1)].focus({ preventScroll: true });
  };
}
