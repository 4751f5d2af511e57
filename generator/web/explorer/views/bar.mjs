// Above the table: the search, how many rows there are, columns and downloads, and the filters in use.

import { html, nothing } from "lit-html";
import { live } from "lit-html/directives/live.js";

import { RANGES } from "../facets.mjs";
import { counted } from "../offerings.mjs";
import { empty } from "../state.mjs";

/** @import { TemplateResult } from "lit-html" */
/** @import { At, Shown } from "../../types/explorer.js" */
/** @import { ExplorerPage } from "../page.mjs" */

/** @typedef {[text: string, off: () => void]} Chip a filter in use, and what takes it off */

/** @param {ExplorerPage} page */
export function bar(page) {
  const { offerings, rows, state } = page;
  const typed = (/** @type {At<HTMLInputElement>} */ e) => page.search(e.currentTarget.value);
  const rest = rows.length === offerings.count ? "offerings" : `of ${counted(offerings.count)}`;
  const choices = offerings.columns.filter((c) => c.id !== "model").map((c) => columnChoice(page, c));
  return html`<div class="x-bar">
      <label class="x-search"><span class="x-hidden">Search offerings</span>
        <input type="search" placeholder="Model, lab, provider or id" .value=${live(state.q)}
          @input=${typed}></label>
      <p class="x-count" role="status"><b>${counted(rows.length)}</b> ${rest}</p>
      ${menu("Columns", html`<fieldset><legend>Columns</legend>${choices}</fieldset>`)}
      ${menu(
        "Download",
        html`<button type="button" @click=${() => page.download("csv")}
        >CSV, ${counted(rows.length)} rows</button><button type="button" @click=${() => page.download("json")}
        >JSON, ${counted(rows.length)} rows</button>`,
      )}
    </div>`;
}

/** @param {At<HTMLDetailsElement, FocusEvent>} e */
function focusLeft({ currentTarget: menu, relatedTarget: next }) {
  if (next instanceof Node && !menu.contains(next)) menu.open = false;
}

/** @param {At<HTMLDetailsElement, KeyboardEvent>} e */
function escaped({ currentTarget: menu, key }) {
  if (key !== "Escape") return;
  menu.open = false;
  menu.querySelector("summary")?.focus();
}

/** @param {string} name @param {TemplateResult} body */
const menu = (name, body) => html`<details class="x-menu" @focusout=${focusLeft}
  @keydown=${escaped}><summary>${name}</summary><div>${body}</div></details>`;

/** @param {ExplorerPage} page @param {Shown} column */
function columnChoice(page, column) {
  const now = page.columnIds;
  const change = () => {
    const all = page.offerings.columns.map((c) => c.id);
    page.set({ cols: all.filter((id) => now.includes(id) !== (id === column.id)) });
  };
  return html`<label class="x-choice"><input type="checkbox" .checked=${live(now.includes(column.id))}
    @change=${change}> ${column.label}</label>`;
}

/** The filters in use, each with a way to take it off. @param {ExplorerPage} page */
export function chips(page) {
  const { state } = page;
  const all = [...facetChips(page), ...supportChips(page), ...rangeChips(page)];
  if (!all.length) return nothing;
  const { q, sort, cols, pick } = state;
  const takeOff = () => page.set({ ...empty(), q, sort, cols, pick });
  const drawn = all.map(
    ([text, off]) => html`<li><button type="button" @click=${off}
    aria-label=${`Take off: ${text}`}>${text} <span aria-hidden="true">×</span></button></li>`,
  );
  return html`<ul class="x-chips" aria-label="Filters in use">${drawn}
      <li><button type="button" class="x-link" @click=${takeOff}>Take all off</button></li></ul>`;
}

/** @param {ExplorerPage} page @returns {Chip[]} */
function facetChips(page) {
  return page.facetList.flatMap((facet) =>
    (page.state.facets[facet.id] ?? []).map((value) => [
      `${facet.name}: ${facet.label(value)}`,
      () => page.toggle(facet.id, value),
    ]),
  );
}

/** @param {ExplorerPage} page @returns {Chip[]} */
function supportChips(page) {
  return Object.entries(page.state.can).map(([c, how]) => [
    `${page.offerings.data.capabilities[c]}: ${how === "yes" ? "yes" : "not no"}`,
    () => page.want(c, ""),
  ]);
}

/** @param {ExplorerPage} page @returns {Chip[]} */
function rangeChips(page) {
  const { ranges } = page.state;
  return RANGES.filter(({ id }) => ranges[id]).map(({ id, name }) => {
    const { min, max } = ranges[id];
    const from = min !== undefined && `from ${counted(min)}`;
    const upTo = max !== undefined && `up to ${counted(max)}`;
    const limits = [from, upTo].filter(Boolean).join(" ");
    const { [id]: _, ...others } = ranges;
    return [`${name} ${limits}`, () => page.set({ ranges: others })];
  });
}

/** The models that a search may mean by which no row is called. @param {ExplorerPage} page */
export function likely(page) {
  const models = page.likely.map(
    (model) => html`<button type="button" class="x-link" @click=${() => page.set({ q: model })}
      >${model}</button> `,
  );
  return html`<span role="status">${models.length ? html`<br>Did you mean ${models}` : nothing}</span>`;
}
