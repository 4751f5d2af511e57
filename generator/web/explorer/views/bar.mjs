// Above the table: the search, how many rows there are, columns and downloads, and the filters in use.

import { html, nothing } from "lit-html";
import { live } from "lit-html/directives/live.js";

import { RANGES } from "../facets.mjs";
import { counted } from "../offerings.mjs";
import { empty } from "../state.mjs";

export function bar(page) {
  const { offerings, rows, state } = page;
  return html`<div class="x-bar">
      <label class="x-search"><span class="x-hidden">Search offerings</span>
        <input type="search" placeholder="Model, lab, provider or id" .value=${live(state.q)} @input=${(e) => page.search(e.target.value)}></label>
      <p class="x-count" role="status">${rows.length === offerings.count ? html`<b>${counted(rows.length)}</b> offerings` : html`<b>${counted(rows.length)}</b> of ${counted(offerings.count)}`}</p>
      ${menu("Columns", html`<fieldset><legend>Columns</legend>${offerings.columns.filter((c) => c.id !== "model").map((c) => columnChoice(page, c))}</fieldset>`)}
      ${menu("Download", html`<button type="button" @click=${() => page.download("csv")}>CSV, ${counted(rows.length)} rows</button><button type="button" @click=${() => page.download("json")}>JSON, ${counted(rows.length)} rows</button>`)}
    </div>`;
}

const menu = (name, body) => html`<details class="x-menu" @focusout=${(e) => { if (!e.currentTarget.contains(e.relatedTarget) && e.relatedTarget) e.currentTarget.open = false; }} @keydown=${(e) => { if (e.key === "Escape") { e.currentTarget.open = false; e.currentTarget.firstElementChild.focus(); } }}><summary>${name}</summary><div>${body}</div></details>`;

function columnChoice(page, column) {
  const now = page.columnIds;
  const change = () => {
    const next = page.offerings.columns.map((c) => c.id).filter((id) => (id === column.id ? !now.includes(id) : now.includes(id)));
    page.set({ cols: next });
  };
  return html`<label class="x-choice"><input type="checkbox" .checked=${live(now.includes(column.id))} @change=${change}> ${column.label}</label>`;
}

/** The filters in use, each with a way to take it off. */
export function chips(page) {
  const { state } = page;
  const all = [...facetChips(page), ...supportChips(page), ...rangeChips(page)];
  if (!all.length) return nothing;
  return html`<ul class="x-chips" aria-label="Filters in use">${all.map(([text, off]) => html`<li><button type="button" @click=${off} aria-label=${`Take off: ${text}`}>${text} <span aria-hidden="true">×</span></button></li>`)}
      <li><button type="button" class="x-link" @click=${() => page.set({ ...empty(), q: state.q, sort: state.sort, cols: state.cols, pick: state.pick })}>Take all off</button></li></ul>`;
}

function facetChips(page) {
  return page.facetList.flatMap((facet) =>
    (page.state.facets[facet.id] ?? []).map((value) => [`${facet.name}: ${facet.label(value)}`, () => page.toggle(facet.id, value)]),
  );
}

function supportChips(page) {
  return Object.entries(page.state.can).map(([c, how]) => [
    `${page.offerings.data.capabilities[c]}: ${how === "yes" ? "yes" : "not no"}`,
    () => page.want(c, ""),
  ]);
}

function rangeChips(page) {
  const { ranges } = page.state;
  return RANGES.filter(({ id }) => ranges[id]).map(({ id, name }) => {
    const { min, max } = ranges[id];
    const limits = [min !== undefined && `from ${counted(min)}`, max !== undefined && `up to ${counted(max)}`].filter(Boolean).join(" ");
    const { [id]: _, ...others } = ranges;
    return [`${name} ${limits}`, () => page.set({ ranges: others })];
  });
}
