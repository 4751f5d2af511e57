// What the reader's own cases say of two models, beside what is published of them.

import { html, nothing } from "lit-html";
import { visible } from "../../playground/visible.js";

/** @import { OwnFigures, Pair } from "../../types/choose.js" */

/** @param {Pair} pair */
export function ownPair({ own }) {
  if (!own || own.a.length + own.b.length === 0) return nothing;
  const heads = ["Model", "Passed", "Each accepted answer", "Output tokens", "Median speed"];
  return html`<h2>What your own cases say</h2>
    <p>${visible(own.source)}. The verdict above goes by what is published; your cases are no part of it.</p>
    <div class="c-scroll" tabindex="0" role="region" aria-label="Your own cases"><table class="c-table">
      <thead><tr>${heads.map((head) => html`<th scope="col">${head}</th>`)}</tr></thead>
      <tbody>${[...own.a, ...own.b].map(line)}</tbody></table></div>`;
}

/** @param {OwnFigures} figures */
const line = ({ name, rate, cost, output, speed }) => html`<tr><th scope="row"
  dir="auto">${visible(name)}</th>${[rate, cost, output, speed || "not known"].map(
    (text) => html`<td>${text}</td>`,
  )}</tr>`;
