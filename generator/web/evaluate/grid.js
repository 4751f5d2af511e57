// The table of results: only the rows in sight are drawn. It is one stop of Tab; arrows move within it.

import { Virtualizer, elementScroll, observeElementOffset, observeElementRect } from "@tanstack/virtual-core";

import { rowsOf } from "./rows.js";

/** @import { EvaluatePage } from "./page.js" */
/** @import { Matched } from "./earlier.js" */
/** @import { Results } from "./results.js" */
/** @import { Shown } from "./rows.js" */

export const HEIGHT = 40; // pixels of a row, as evaluate.css has it

export class Grid {
  /** The places of the rows that are shown. @type {number[]} */
  rows = [];
  /** The one cell that Tab reaches: its row among those shown, and its model. */
  active = { row: 0, model: 0 };
  #attached = false;
  /** Of what the rows are: results, how many, the earlier run, what is asked for. @type {unknown[]} */
  #last = [];

  /** @param {EvaluatePage} page */
  constructor(page) {
    this.page = page;
    /** @type {Virtualizer<HTMLElement, HTMLElement>} */
    this.virtual = new Virtualizer({
      count: 0,
      getScrollElement: () => this.scroller,
      estimateSize: () => HEIGHT,
      overscan: 8,
      scrollToFn: elementScroll,
      observeElementRect,
      observeElementOffset,
      onChange: () => page.progressedAtOnce(),
    });
  }

  /** @returns {HTMLElement | null} */
  get scroller() {
    return this.page.root.querySelector(".matrix-scroll");
  }

  /**
   * Show these rows of the results from now on; they are looked for again only where something has changed.
   * @param {Results} results @param {Shown} shown @param {Matched | null} matched
   */
  show(results, shown, matched) {
    const asked = [results, results.done, matched, shown.which, shown.text];
    if (asked.every((part, place) => part === this.#last[place])) return;
    this.#last = asked;
    this.rows = rowsOf(results, shown, matched);
    this.virtual.setOptions({ ...this.virtual.options, count: this.rows.length });
  }

  /** The table is drawn: from now on its scrolling counts. */
  attach() {
    if (!this.scroller) return;
    if (!this.#attached) this.virtual._didMount();
    this.#attached = true;
    this.virtual._willUpdate();
  }

  /** The rows in sight by their place among those shown, and the pixels before and after them. */
  get inSight() {
    const items = this.virtual.getVirtualItems();
    const last = items.at(-1);
    return {
      places: items.map((item) => item.index),
      before: items.length ? items[0].start : 0,
      after: last ? this.virtual.getTotalSize() - last.end : 0,
    };
  }

  /** @param {KeyboardEvent} event */
  move(event) {
    const { row, model } = this.active;
    const page = Math.max(1, Math.floor((this.scroller?.clientHeight ?? 0) / HEIGHT) - 2);
    const models = this.page.results?.names.length ?? 1;
    /** @type {Record<string, [number, number]>} */
    const moves = {
      ArrowDown: [row + 1, model],
      ArrowUp: [row - 1, model],
      ArrowRight: [row, model + 1],
      ArrowLeft: [row, model - 1],
      PageDown: [row + page, model],
      PageUp: [row - page, model],
      Home: [event.ctrlKey ? 0 : row, 0],
      End: [event.ctrlKey ? this.rows.length - 1 : row, models - 1],
    };
    const to = moves[event.key];
    if (!to) return;
    event.preventDefault();
    this.active = {
      row: Math.max(0, Math.min(this.rows.length - 1, to[0])),
      model: Math.max(0, Math.min(models - 1, to[1])),
    };
    this.virtual.scrollToIndex(this.active.row, { align: "auto" });
    this.#focus(20);
  }

  /** Focus the active cell once its row is drawn. @param {number} tries */
  #focus(tries) {
    this.page.progressedAtOnce();
    // Until then the cell that Tab reaches is the one before.
    requestAnimationFrame(() => {
      const cell = this.scroller?.querySelector('[role="gridcell"][tabindex="0"]');
      if (cell instanceof HTMLElement) cell.focus({ preventScroll: true });
      else if (tries) this.#focus(tries - 1);
    });
  }
}
