// One cell of the table.

import { html, nothing } from "lit-html";
import { live } from "lit-html/directives/live.js";

/** A row's cell in a column; `columns` are all that are shown. */
export function cell(page, { row, key, index }, column, columns) {
  const { active, offerings, place } = page;
  const { root } = place.dataset;
  const reach = (part) => (active.row === index && active.part === part ? 0 : -1);
  if (column.id === "model") return modelCell(page, row, key, reach, columns);
  if (column.id === "provider") return html`<td role="gridcell"><a href="${root}providers/${offerings.cell(row, "provider")}/" tabindex=${reach(2)}>${offerings.text(row, "provider")}</a></td>`;
  if (column.id === "channel") return html`<td role="gridcell">${offerings.text(row, "channel")}</td>`;
  const fact = offerings.cell(row, column.id);
  const mark = fact?.[1];
  const text = offerings.text(row, column.id);
  const value = column.capability || column.id === "weights" ? support(text) : text;
  const title = column.id === "regions" && Array.isArray(fact?.[0]) ? fact[0].join(", ") : "";
  return html`<td role="gridcell" class=${column.number ? "x-number" : ""} title=${title || nothing}>${value}${mark ? html`<a class="standing standing-${mark.toLowerCase()}" href="${claims(page, row)}" tabindex="-1" title=${offerings.data.standings[mark]} aria-label="${column.label}: ${offerings.data.standings[mark]}; see its claims">${mark}</a>` : nothing}</td>`;
}

function modelCell(page, row, key, reach, columns) {
  const { offerings } = page;
  // Where it is served is told below its name where it has no column.
  const places = ["provider", "channel"].filter((id) => !columns.some((c) => c.id === id)).map((id) => offerings.text(row, id));
  const second = [...new Set([offerings.labName(offerings.lab(row)), ...places, offerings.served(row)])].filter(Boolean).join(" · ");
  const picked = (e) => {
    page.pick(key);
    e.target.checked = page.state.pick.includes(key);
  };
  return html`<td role="gridcell" class="x-model"><input type="checkbox" tabindex=${reach(0)} aria-label=${`Compare ${offerings.modelName(row)} at ${offerings.text(row, "provider")}, ${offerings.text(row, "channel")}`} .checked=${live(page.state.pick.includes(key))} @change=${picked}><div><a href="${claims(page, row)}" tabindex=${reach(1)} dir="auto">${offerings.modelName(row)}</a><small dir="auto">${second}</small></div></td>`;
}

/** Where an offering's claims stand. */
const claims = ({ offerings, place }, row) => `${place.dataset.root}models/${offerings.model(row)}/#${offerings.anchor(row)}`;

const support = (text) => ({ yes: html`<span class="x-yes">✓ yes</span>`, no: html`<span class="x-no">✗ no</span>` })[text] ?? text;
