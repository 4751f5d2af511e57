// What came of the run: a pass rate for each model, and a table of cases by models.

import { html, nothing } from "../../playground/vendor/lit-html.js";
import { textOf } from "./cases.js";

/** @import { Results, Tried } from "../results.js" */
/** @import { EvaluatePage } from "../page.js" */

/** @param {EvaluatePage} page */
export function results(page) {
  const { results: all } = page;
  if (!all) return nothing;
  const { names, models, cells, done } = all;
  const progress = html`<progress max=${cells} value=${done} aria-label="Requests done"></progress>`;
  return html`<section class="step" aria-labelledby="results-title">
    <h2 id="results-title">Results</h2>
    ${all.over ? nothing : progress}
    <ul class="rates">${names.map((name, place) => html`<li>${name}: ${rate(models[place])}</li>`)}</ul>
    <div class="scroll" tabindex="0" role="region" aria-label="Results by case"><table class="matrix">
      <thead><tr>${["Case", ...names].map((name) => html`<th scope="col">${name}</th>`)}</tr></thead>
      <tbody>${all.rows.map((row, place) => line(page, all, row, place))}</tbody>
    </table></div>
  </section>`;
}

/** @param {Tried} tried */
function rate({ passed, failed, missing }) {
  const judged = passed + failed;
  const without = missing ? `, ${missing} without an answer` : "";
  if (!judged) return `no answers yet${without}`;
  return `${passed} of ${judged} passed (${Math.round((100 * passed) / judged)} %)${without}`;
}

/** @param {EvaluatePage} page @param {Results} all @param {Tried[]} row @param {number} place */
function line(page, all, row, place) {
  const { case: asked } = all.asked(place);
  const [first = ""] = Object.values(asked.variables);
  return html`<tr><th scope="row"><b>${asked.name}</b> ${textOf(first)}</th>${row.map(
    (tried, model) =>
      html`<td>${
        tried.count
          ? html`<button type="button" class="outcome ${look(tried)}" @click=${() => {
              page.open = { row: place, model, repeat: 0 };
              page.changed();
            }}>${outcome(tried)}</button>`
          : nothing
      }</td>`,
  )}</tr>`;
}

/** @param {Tried} tried */
const look = ({ passed, failed, count }) =>
  passed === count ? "passed" : failed === count ? "failed" : passed ? "mixed" : "missing";

/** @param {Tried} tried */
function outcome({ passed, failed, missing, count }) {
  if (count > 1) return `${passed} of ${count} passed`;
  if (missing) return "No answer";
  return failed ? "✗ Failed" : "✓ Passed";
}
