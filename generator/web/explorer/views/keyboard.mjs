// The table is one stop of Tab; arrows move within it.

/** @import { Active } from "../../types/explorer.js" */
/** @import { ExplorerPage } from "../page.mjs" */

/** What Tab or an arrow can reach in a row. @param {Element} tr @returns {HTMLElement[]} */
const reachable = (tr) => [...tr.querySelectorAll("input, a")].filter((part) => part instanceof HTMLElement);

/**
 * The row that an event comes from, what of it can be reached, and which of that it comes from.
 * @param {Event} event
 */
function here({ target }) {
  const tr = target instanceof HTMLElement ? target.closest("tr") : null;
  if (!tr) throw new Error("The event comes from no row");
  const parts = reachable(tr);
  return { index: Number(tr.dataset.index), parts, at: parts.findIndex((part) => part === target) };
}

/** @param {{ active: Active }} page @param {FocusEvent} event */
export function rememberFocus({ active }, event) {
  const { at, index } = here(event);
  active.row = index;
  active.part = Math.max(0, at);
}

/** @param {ExplorerPage} page @param {KeyboardEvent} event */
export function move(page, event) {
  const { rows } = page;
  const { at, index, parts } = here(event);
  const perPage = Math.max(1, Math.floor(page.scroller.clientHeight / page.rowHeight) - 2);
  /** @type {Record<string, number>} */
  const keys = {
    ArrowDown: index + 1,
    ArrowUp: index - 1,
    PageDown: index + perPage,
    PageUp: index - perPage,
    ...(event.ctrlKey ? { Home: 0, End: rows.length - 1 } : {}),
  };
  const row = keys[event.key];
  if (typeof row === "number") {
    event.preventDefault();
    go(page, Math.min(rows.length - 1, Math.max(0, row)), at);
  } else if (event.key === "ArrowRight" || event.key === "ArrowLeft") {
    event.preventDefault();
    const next = at + (event.key === "ArrowRight" ? 1 : -1);
    parts[Math.min(parts.length - 1, Math.max(0, next))].focus();
  }
}

/** @param {ExplorerPage} page @param {number} index @param {number} part */
function go(page, index, part) {
  const { active, place, virtual } = page;
  virtual.scrollToIndex(index, { align: "auto" });
  active.row = index;
  active.part = part;
  let tries = 0;
  const focus = () => {
    page.drawRows();
    const tr = place.querySelector(`.x-grid tr[data-index="${index}"]`);
    const parts = tr ? reachable(tr) : [];
    if (parts.length) parts[Math.min(part, parts.length - 1)].focus({ preventScroll: true });
    else if ((tries += 1) < 20) requestAnimationFrame(focus);
  };
  focus();
}
