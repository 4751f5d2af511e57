// The cases: dropped, chosen, pasted; and the first of them.

import { html, nothing } from "../../playground/vendor/lit-html.js";
import { live } from "../../playground/vendor/directives/live.js";
import { chosen, written } from "../../playground/views/events.js";
import { readFile, readText } from "../actions/cases.js";

/** @import { EvaluatePage } from "../page.js" */

const SHOWN = 5;

/** @param {EvaluatePage} page */
export function cases(page) {
  /** @param {DragEvent} event */
  const dropped = (event) => {
    event.preventDefault();
    const [file] = event.dataTransfer?.files ?? [];
    if (file) readFile(page, file);
  };
  return html`<section class="step" aria-labelledby="cases-title" @drop=${dropped}
    @dragover=${(/** @type {Event} */ event) => event.preventDefault()}>
    <h2 id="cases-title">1. Cases</h2>
    <div class="row actions">
      <label class="md-button file">Choose a file<input id="file" type="file"
        @change=${chosen(([file]) => file && readFile(page, file))} /></label>
      <span class="quiet">or drop one here: CSV, one case a line, the first line names the columns.</span>
    </div>
    <details ?open=${!page.evaluation.cases.length}>
      <summary>Paste cases</summary>
      <textarea id="pasted" rows="4" spellcheck="false" aria-label="Pasted cases"
        placeholder=${"question,expected\nWhat is the capital of France?,Paris"}
        .value=${live(page.pasted)} @input=${written((value) => (page.pasted = value))}></textarea>
      <button id="read" type="button" class="small"
        @click=${() => readText(page, "", page.pasted)}>Use these cases</button>
    </details>
    ${preview(page)}
  </section>`;
}

/** @param {EvaluatePage} page */
function preview({ evaluation }) {
  const { cases: all } = evaluation;
  if (!all.length) return nothing;
  const columns = columnsOf(evaluation);
  const rest = all.length - SHOWN;
  const heads = ["Case", ...columns].map((name) => html`<th scope="col">${name}</th>`);
  return html`<div class="scroll" tabindex="0" role="region" aria-label="The first cases">
    <table class="cases"><thead><tr>${heads}</tr></thead>
      <tbody>${all
        .slice(0, SHOWN)
        .map(
          ({ name, variables }) =>
            html`<tr><th scope="row">${name}</th>${columns.map(
              (column) => html`<td>${textOf(variables[column])}</td>`,
            )}</tr>`,
        )}</tbody>
    </table></div>
    ${rest > 0 ? html`<p class="quiet">and ${rest} more</p>` : nothing}`;
}

/** The variables of all cases. @param {EvaluatePage["evaluation"]} evaluation */
export const columnsOf = ({ cases: all }) => [...new Set(all.flatMap((one) => Object.keys(one.variables)))];

/** @param {unknown} value */
export const textOf = (value) =>
  typeof value === "string" ? value : value === undefined ? "" : JSON.stringify(value);
