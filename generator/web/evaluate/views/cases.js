// The cases: dropped, chosen, pasted or typed; and what of a file cannot be run.

import { html, nothing } from "lit-html";
import { live } from "lit-html/directives/live.js";
import { chosen, left, written } from "../../playground/views/events.js";
import { addCase, addColumn, readFile, readText, renameColumn } from "../actions/cases.js";
import { share } from "../actions/link.js";
import { openResults } from "../actions/results_file.js";
import { save } from "../actions/save.js";
import { TYPED } from "../asking/gaps.js";
import { asked, lack } from "./lack.js";
import { sets } from "./sets.js";
import { conversationOf, count, textOf } from "../text.js";

/** @import { Case, LeftOut } from "../../types/evaluate.js" */
/** @import { EvaluatePage } from "../page.js" */

/** Of more cases than are typed in the page the first are shown. */
const SHOWN = 5;

/** @param {EvaluatePage} page */
export function cases(page) {
  /** @param {DragEvent} event */
  const dropped = (event) => {
    event.preventDefault();
    const [file] = event.dataTransfer?.files ?? [];
    if (file) readFile(page, file);
  };
  const { cases: all } = page.evaluation;
  return html`<section class="step" aria-labelledby="cases-title" @drop=${dropped}
    @dragover=${(/** @type {Event} */ event) => event.preventDefault()}>
    <h2 id="cases-title">1. Cases${all.length ? ` (${count(all.length)})` : ""}</h2>
    <div class="row actions">
      <label class="md-button file">Choose a file<input id="file" type="file"
        @change=${chosen(([file]) => file && readFile(page, file))} /></label>
      <label class="md-button file">Open an earlier run<input id="results-file" type="file" accept=".json"
        @change=${chosen(([file]) => file && openResults(page, file))} /></label>
      ${
        all.length <= TYPED
          ? html`<button class="md-button" id="add-case" type="button"
              @click=${() => addCase(page)}>${all.length ? "Add a case" : "Type cases"}</button>`
          : nothing
      }
      ${
        all.length
          ? html`<button class="md-button" id="save" type="button"
              @click=${() => save(page)}>Save as a file</button>
            <button class="md-button" id="share" type="button"
              @click=${() => share(page)}>Copy a link</button>`
          : nothing
      }
    </div>
    ${lack(page, "cases")} ${all.length > TYPED ? lack(page, "case") : nothing}
    ${page.link ? html`<label>Link<input id="link" readonly .value=${page.link} /></label>` : nothing}
    <p class="quiet">Or drop a file here: CSV, JSON, JSONL or YAML, a promptfoo configuration, a .prompt.yml,
      an export of OpenAI Evals, or results that were saved here. Nothing of a file is run, and it stays in
      this page.</p>
    <details ?open=${!all.length}>
      <summary>Paste cases</summary>
      <textarea id="pasted" rows="4" spellcheck="false" aria-label="Pasted cases"
        placeholder=${"question,expected\nWhat is the capital of France?,Paris"}
        .value=${live(page.pasted)} @input=${written((value) => (page.pasted = value))}></textarea>
      <button id="read" type="button" class="small"
        @click=${() => readText(page, "", page.pasted)}>Use these cases</button>
    </details>
    ${sets(page)} ${all.length ? table(page) : nothing} ${leftOut(page)}
  </section>`;
}

/** @param {EvaluatePage} page */
function table(page) {
  const { cases: all } = page.evaluation;
  const { columns, checked, talks } = page.facts;
  const typed = all.length <= TYPED;
  const rest = all.length - SHOWN;
  return html`<div class="scroll" tabindex="0" role="region" aria-label="Cases">
      <table class="cases"><thead><tr><th scope="col">Case</th>
        ${talks ? html`<th scope="col">Conversation</th>` : nothing}
        ${columns.map((name) => html`<th scope="col">${typed ? head(page, columns, name) : name}</th>`)}
      </tr></thead>
      <tbody>${(typed ? all : all.slice(0, SHOWN)).map((one, place) =>
        typed ? typedRow(page, columns, one, place, talks) : row(columns, one, talks),
      )}</tbody></table>
    </div>
    ${
      typed
        ? html`<button type="button" class="small"
            @click=${() => addColumn(page, columns)}>Add a column</button>`
        : html`<p class="quiet">and ${count(rest)} more</p>`
    }
    ${
      checked ? html`<p class="quiet">${count(checked)} of the cases have checks of their own.</p>` : nothing
    }`;
}

/** @param {EvaluatePage} page @param {string[]} columns @param {string} name */
const head = (page, columns, name) =>
  html`<input aria-label="Name of the column ${name}" spellcheck="false" .value=${name}
    @change=${left((value) => renameColumn(page, columns, name, value))} />`;

/** What a case says before the prompt, and how much that is. @param {Case} one */
const conversation = (one) => html`<td class="cut">${one.messages?.at(-1)?.text ?? ""}
  <span class="quiet">${conversationOf(one)}</span></td>`;

/** @param {string[]} columns @param {Case} one @param {boolean} talks whether some case has messages */
const row = (columns, one, talks) =>
  html`<tr><th scope="row">${one.name}</th>${talks ? conversation(one) : nothing}${columns.map(
    (column) => html`<td class="cut">${textOf(one.variables[column])}</td>`,
  )}</tr>`;

/**
 * @param {EvaluatePage} page @param {string[]} columns @param {Case} one @param {number} place
 * @param {boolean} talks whether some case has messages
 */
function typedRow(page, columns, one, place, talks) {
  const { name, variables } = one;
  const field = `case ${place + 1}`;
  const { invalid, by } = asked(page, field);
  return html`<tr><th scope="row">${name}
      <button type="button" class="small" aria-label="Remove case ${name}" @click=${() => {
        page.evaluation.cases.splice(place, 1);
        page.edited();
      }}>✕</button>${lack(page, field)}</th>
    ${talks ? conversation(one) : nothing}
    ${columns.map(
      (column) => html`<td><textarea rows="1" aria-label="${column} of case ${name}" spellcheck="false"
        aria-invalid=${invalid} aria-describedby=${by}
        .value=${live(textOf(variables[column]))} @input=${written((value) => {
          variables[column] = value;
          page.edited();
        })}></textarea></td>`,
    )}</tr>`;
}

/** What of a file is not run as it stands. @param {EvaluatePage} page */
function leftOut({ evaluation }) {
  const { left_out: parts = [] } = evaluation;
  if (!parts.length) return nothing;
  const what = parts.length === 1 ? "One part" : `${count(parts.length)} parts`;
  return html`<details id="left-out" open>
    <summary>${what} of the file ${parts.length === 1 ? "is" : "are"} not run as written</summary>
    ${partsOf(parts, "What is not run")}
  </details>`;
}

/**
 * Parts of a file with the reason why each is not as it was.
 * @param {LeftOut[]} parts @param {string} title
 */
export const partsOf = (parts, title) => html`<div class="scroll" tabindex="0" role="region"
    aria-label=${title}><table>
    <thead><tr>${["Where", "What", "Why"].map((name) => html`<th scope="col">${name}</th>`)}</tr></thead>
    <tbody>${parts
      .slice(0, 200)
      .map(
        ({ where, what: text, why }) =>
          html`<tr><td><code>${where}</code></td><td>${text}</td><td>${why}</td></tr>`,
      )}</tbody>
  </table></div>
  ${parts.length > 200 ? html`<p class="quiet">and ${count(parts.length - 200)} more</p>` : nothing}`;
