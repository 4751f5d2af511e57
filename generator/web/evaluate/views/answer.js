// One cell opened: the answer, what it was checked for, and why it passed or failed.

import { html, nothing } from "../../playground/vendor/lit-html.js";
import { textOf } from "./cases.js";

/** @import { CellResult } from "../../types/evaluate.js" */
/** @import { EvaluatePage } from "../page.js" */

/** @param {EvaluatePage} page */
export function answer(page) {
  const { open, results } = page;
  if (!open || !results) return nothing;
  const { case: asked } = results.asked(open.row);
  const tried = results.rows[open.row][open.model];
  const close = () => {
    page.open = null;
    page.changed();
  };
  return html`<section class="sheet" id="answer" aria-label="Answer">
    <div class="row"><h2>Case ${asked.name}, ${results.names[open.model]}</h2>
      <button class="small" type="button" @click=${close}>Close</button></div>
    <dl class="metrics">${Object.entries(asked.variables).map(
      ([name, value]) => html`<dt>${name}</dt><dd>${textOf(value)}</dd>`,
    )}</dl>
    ${tried.results.map((result) => (result ? one(result) : nothing))}
  </section>`;
}

/** @param {CellResult} result */
function one(result) {
  return html`<article class="turn">
    <div class="answer plain" tabindex="0" dir="auto">${result.text}</div>
    ${result.failure ? html`<p class="end failed">${result.failure}</p>` : nothing}
    <ol class="steps">${result.verdicts.map(
      ({ passed, reason }) =>
        html`<li class=${passed ? "good" : "bad"}>${passed ? "Passed" : "Failed"}: ${reason}</li>`,
    )}</ol>
    <p class="quiet">${result.seconds === null ? nothing : `${result.seconds.toFixed(2)} s`}${
      result.cost === null ? nothing : `, $${result.cost.toPrecision(3)}`
    }</p>
  </article>`;
}
