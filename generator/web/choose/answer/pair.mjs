// What the reader's own cases say of two models, beside what is published of them.

import { html, nothing } from "lit-html";
import { visible } from "../../playground/visible.js";

/** @import { OwnFigures, Pair } from "../../types/choose.js" */

/** @param {Pair} pair */
export function ownPair({ own }) {
  if (!own || own.a.length + own.b.length === 0) return nothing;
  const heads = ["Model", "Passed", "Each accepted answer", "Output tokens", "Median speed"];
  const whose = own.author ? `the cases of ${visible(own.author)}` : "your own cases";
  return html`<h2 dir="auto">What ${whose} say</h2>
    <p>${visible(own.source)}. The verdict above goes by public evidence; these cases are no part of it.</p>
    <div class="c-scroll" tabindex="0" role="region" aria-label="Results by case"><table class="c-table">
      <thead><tr>${heads.map((head) => html`<th scope="col">${head}</th>`)}</tr></thead>
      <tbody>${[...own.a, ...own.b].map(line)}</tbody></table></div>`;
}

/** @param {OwnFigures} figures */
const line = ({ name, rate, cost, output, speed }) => html`<tr><th scope="row"
  dir="auto">${visible(name)}</th>${[rate, cost, output, speed || "not known"].map(
    (text) => html`<td>${text}</td>`,
  )}</tr>`;
