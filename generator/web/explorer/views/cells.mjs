// One cell of the table.

import { html, nothing } from "lit-html";
import { live } from "lit-html/directives/live.js";

/** @import { At, Drawn, Shown } from "../../types/explorer.js" */
/** @import { ExplorerPage } from "../page.mjs" */

/** Whether Tab reaches a part of the row. @typedef {(part: number) => 0 | -1} Reach */

/**
 * A row's cell in a column; `columns` are all that are shown.
 * @param {ExplorerPage} page @param {Drawn} drawn @param {Shown} column @param {Shown[]} columns
 */
export function cell(page, { row, key, index }, column, columns) {
  const { active, offerings, place } = page;
  const { root } = place.dataset;
  /** @type {Reach} */
  const reach = (part) => (active.row === index && active.part === part ? 0 : -1);
  if (column.id === "model") return modelCell(page, row, key, reach, columns);
  if (column.id === "provider") {
    const href = `${root}providers/${offerings.cell(row, "provider")}/`;
    const name = offerings.text(row, "provider");
    return html`<td role="gridcell"><a href="${href}" tabindex=${reach(2)}>${name}</a></td>`;
  }
  if (column.id === "channel") return html`<td role="gridcell">${offerings.text(row, "channel")}</td>`;
  const fact = offerings.cell(row, column.id);
  const mark = fact?.[1];
  const text = offerings.text(row, column.id);
  const value = column.capability || column.id === "weights" ? support(text) : text;
  const title = column.id === "regions" && Array.isArray(fact?.[0]) ? fact[0].join(", ") : "";
  const standing = mark && offerings.data.standings[mark];
  const letter =
    mark &&
    html`<a class="letter letter-${mark.toLowerCase()}" href="${claims(page, row)}"
    tabindex="-1" title=${standing} aria-label="${column.label}: ${standing}; see its claims">${mark}</a>`;
  const hourly = fact?.[3] !== undefined;
  const hours = hourly ? html`<small class="by-hour">by the hour</small>` : nothing;
  return html`<td role="gridcell" class="${column.number ? "x-number" : ""}${hourly ? " x-hourly" : ""}"
    title=${title || nothing}>${value}${letter ?? nothing}${hours}</td>`;
}

/**
 * @param {ExplorerPage} page @param {number} row @param {string} key @param {Reach} reach
 * @param {Shown[]} columns
 */
function modelCell(page, row, key, reach, columns) {
  const { offerings } = page;
  // Where it is served is told below its name where it has no column.
  const without = ["provider", "channel"].filter((id) => !columns.some((c) => c.id === id));
  const places = without.map((id) => offerings.text(row, id));
  const below = new Set([offerings.labName(offerings.lab(row)), ...places, offerings.served(row)]);
  if (offerings.retired(row)) below.add("retired");
  const second = [...below].filter(Boolean).join(" · ");
  const picked = (/** @type {At<HTMLInputElement>} */ e) => {
    const box = e.currentTarget;
    page.pick(key);
    box.checked = page.state.pick.includes(key);
  };
  const name = offerings.modelName(row);
  const whole = `${name} at ${offerings.text(row, "provider")}, ${offerings.text(row, "channel")}`;
  return html`<td role="gridcell" class="x-model"><input type="checkbox" tabindex=${reach(0)}
    aria-label=${`Compare ${whole}`} .checked=${live(page.state.pick.includes(key))} @change=${picked}><div><a
    href="${claims(page, row)}" tabindex=${reach(1)} dir="auto">${name}</a><small
    dir="auto">${second}</small></div></td>`;
}

/** Where an offering's claims stand. @param {ExplorerPage} page @param {number} row */
function claims({ offerings, place }, row) {
  return `${place.dataset.root}models/${offerings.model(row)}/#${offerings.anchor(row)}`;
}

/** @param {string} text */
function support(text) {
  if (text === "yes") return html`<span class="x-yes">✓ yes</span>`;
  return text === "no" ? html`<span class="x-no">✗ no</span>` : text;
}
