// Below the table: the offerings to compare.

import { html, nothing } from "lit-html";

/** @import { Offerings } from "../offerings.mjs" */
/** @import { ExplorerPage } from "../page.mjs" */

/** What is picked to compare. @param {ExplorerPage} page */
export function tray(page) {
  const { place, state } = page;
  if (!state.pick.length) return nothing;
  const known = new Map(state.pick.map((key) => [key, named(page.offerings, key)]));
  const enough = state.pick.length >= 2;
  const keys = state.pick.map((k) => encodeURIComponent(k).replaceAll("%2F", "/")).join(",");
  const picked = state.pick.map(
    (key) => html`<li><button type="button"
    aria-label=${`Take out ${known.get(key)}`}
    @click=${() => page.pick(key)}>${known.get(key)} <span aria-hidden="true">×</span></button></li>`,
  );
  const compare = html`<a class="x-compare" href="${place.dataset.root}compare/?o=${keys}"
    >Compare ${state.pick.length}</a>`;
  return html`<section class="x-tray" aria-label="To compare"><ul>${picked}</ul>
    ${enough ? compare : html`<p>Choose one more to compare.</p>`}</section>`;
}

/** @param {Offerings} offerings @param {string} key */
function named(offerings, key) {
  const row = offerings.row(key);
  if (row === undefined) return key;
  const place = `${offerings.text(row, "provider")}, ${offerings.text(row, "channel")}`;
  return `${offerings.modelName(row)} · ${place}`;
}
