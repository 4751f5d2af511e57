// The table: its head, and the rows in sight.

import { html, nothing, render } from "lit-html";

import { cell } from "./cells.mjs";
import { move, rememberFocus } from "./keyboard.mjs";

/** @import { Shown } from "../../types/explorer.js" */
/** @import { ExplorerPage } from "../page.mjs" */

/** @param {ExplorerPage} page */
export function grid(page) {
  const { columns, rows, state } = page;
  const total = columns.reduce((sum, c) => sum + c.width, 0);
  return html`<table class="x-grid" role="grid" aria-label="Offerings"
    aria-rowcount=${rows.length + 1} aria-colcount=${columns.length}
    style="min-width:${page.isSmall && !state.cols ? 0 : total}px">
    <colgroup>${columns.map((c) => html`<col style="width:${(100 * c.width) / total}%">`)}</colgroup>
    <thead><tr aria-rowindex="1">${columns.map((column) => header(page, column))}</tr></thead>
    <tbody @keydown=${(/** @type {KeyboardEvent} */ e) => move(page, e)}
      @focusin=${(/** @type {FocusEvent} */ e) => rememberFocus(page, e)}></tbody></table>`;
}

/** @param {ExplorerPage} page @param {Shown} column */
function header(page, column) {
  const { state } = page;
  const by = state.sort.replace(/^-/, "") === column.id;
  const down = state.sort.startsWith("-");
  return html`<th scope="col" role="columnheader" class=${column.number ? "x-number" : ""}
    aria-sort=${by ? (down ? "descending" : "ascending") : "none"}><button type="button"
    @click=${() => page.sortBy(column.id)}>${column.label}<span aria-hidden="true"
    >${by ? (down ? " ↓" : " ↑") : ""}</span></button></th>`;
}

/** Draw the rows in sight. @param {ExplorerPage} page */
export function drawRows(page) {
  const { active, columns, place, virtual } = page;
  const body = place.querySelector(".x-grid tbody");
  if (!(body instanceof HTMLElement)) return;
  const items = virtual.getVirtualItems();
  const before = items.length ? items[0].start : 0;
  const after = items.length ? virtual.getTotalSize() - items[items.length - 1].end : 0;
  // The one row Tab reaches is among those drawn, or Tab would pass the table by.
  if (items.length && !items.some((i) => i.index === active.row)) active.row = items[0].index;
  const lines = items.map((item) => line(page, item.index, columns));
  render(html`${space(before)}${lines}${space(after)}`, body);
}

/** @param {number} height in pixels */
const space = (height) =>
  html`<tr aria-hidden="true" class="x-space"><td style="height:${height}px"></td></tr>`;

/** @param {ExplorerPage} page @param {number} index @param {Shown[]} columns */
function line(page, index, columns) {
  const { offerings, rows, state } = page;
  const row = rows[index]?.original;
  if (row === undefined) return nothing;
  const key = offerings.key(row);
  const cells = columns.map((c) => cell(page, { row, key, index }, c, columns));
  return html`<tr aria-rowindex=${index + 2} data-index=${index}
    class=${state.pick.includes(key) ? "x-picked" : ""}>${cells}</tr>`;
}
