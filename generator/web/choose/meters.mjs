// A month's bill, meter by meter, as the chooser and the bill page show it.

import { html, nothing } from "lit-html";

/** @import { BillLine, Month } from "../types/choose.js" */

/** A count as a reader sees it, to the whole. @param {number} n */
export const whole = (n) => n.toLocaleString("en", { maximumFractionDigits: 0 });

/** `1 offering`, `1,204 offerings`. @param {number} n @param {string} one */
export const counted = (n, one) => `${whole(n)} ${one}${n === 1 ? "" : "s"}`;

/** What a month is ordered by: where the price goes by the hour, the dearest. @param {Month | null} month */
export const ranked = (month) => (month?.by_hour ? month.high : month?.low) ?? 0;

/** The meters of a bill. @param {string} name whose bill it is @param {Month} month */
export const meters = (name, { lines }) => html`<div class="c-scroll" tabindex="0" role="region"
  aria-label="Bill of ${name}"><table class="c-table"><thead><tr><th scope="col">Meter</th><th
  scope="col" class="c-number">Count</th><th scope="col" class="c-number">A unit</th><th
  scope="col" class="c-number">Cost</th></tr></thead><tbody>${lines.map(meter)}</tbody></table></div>`;

/** @param {BillLine} line */
const meter = ({ label, mode, count, price, cost }) => html`<tr><th
  scope="row">${label}${mode === "standard" ? nothing : html` <small>${mode}</small>`}</th><td
  class="c-number">${whole(count)}</td><td class="c-number">${price}</td><td
  class="c-number">${cost}</td></tr>`;
