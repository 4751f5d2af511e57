// What every case is asked: one prompt or several, each with a system prompt and messages.

import { html, nothing } from "lit-html";
import { live } from "lit-html/directives/live.js";
import { written } from "../../playground/views/events.js";
import { insertColumn, obviousColumn, usePrompt } from "../actions/columns.js";
import { asked, lack } from "./lack.js";

/** @import { PromptTemplate, TurnTemplate } from "../../types/evaluate.js" */
/** @import { EvaluatePage } from "../page.js" */

/** @param {EvaluatePage} page */
export function prompts(page) {
  const { columns } = page.facts;
  const { prompts: all } = page.evaluation;
  /** @param {FocusEvent} event */
  const entered = ({ target }) => {
    if (target instanceof HTMLTextAreaElement) page.written = target;
  };
  return html`<section class="step" aria-labelledby="prompts-title" @focusin=${entered}>
    <h2 id="prompts-title">2. Prompt</h2>
    ${all.map((prompt, place) => form(page, prompt, place))} ${proposal(page)}
    <div class="row actions">
      <button type="button" class="small" id="add-prompt" @click=${() => {
        all.push({ name: `Prompt ${all.length + 1}`, messages: [{ role: "user", text: "" }] });
        page.changed();
      }}>Add a prompt to compare</button>
    </div>
    ${
      columns.length
        ? html`<div class="row columns"><span>Columns to use:</span>${columns.map(
            (name) => html`<button type="button" class="small" aria-label="Insert {{${name}}} into the prompt"
              @click=${() => insertColumn(page, name)}><code>{{${name}}}</code></button>`,
          )}</div>`
        : nothing
    }
  </section>`;
}

/** The prompt that the cases ask for, one click away. @param {EvaluatePage} page */
function proposal(page) {
  const column = obviousColumn(page);
  return column
    ? html`<p class="row" id="no-prompt"><span>No prompt yet.</span>
        <button type="button" class="small" @click=${() => usePrompt(page, column)}>Use {{${column}}} as the
          prompt</button></p>`
    : nothing;
}

/** What a prompt may look like, with a column that is there. @param {EvaluatePage} page */
function example({ facts }) {
  const [column = "question"] = facts.columns;
  return `For example: Answer in one word: {{${column}}}`;
}

/** @param {EvaluatePage} page @param {PromptTemplate} prompt @param {number} place */
function form(page, prompt, place) {
  const several = page.evaluation.prompts.length > 1;
  const messages = prompt.messages ?? [];
  const id = place ? `-${place + 1}` : "";
  const field = `prompt ${place + 1}`;
  return html`<div class="prompt">
    ${several ? heading(page, prompt, place) : nothing}
    <details ?open=${Boolean(prompt.system)}>
      <summary>System prompt</summary>
      <textarea id="system${id}" rows="2" aria-label="System prompt of ${prompt.name}"
        .value=${live(prompt.system ?? "")} @input=${written((value) => {
          prompt.system = value;
          page.changed();
        })}></textarea>
    </details>
    ${messages.map((turn, n) => {
      const last = n === messages.length - 1;
      return message(page, messages, turn, n, { id: last ? id : `${id}-${n + 1}`, field: last ? field : "" });
    })}
    ${lack(page, field)}
    <button type="button" class="small" @click=${() => {
      const last = messages.at(-1)?.role ?? "assistant";
      messages.push({ role: last === "user" ? "assistant" : "user", text: "" });
      prompt.messages = messages;
      page.changed();
    }}>Add a message</button>
  </div>`;
}

/** @param {EvaluatePage} page @param {PromptTemplate} prompt @param {number} place */
function heading(page, prompt, place) {
  return html`<div class="row">
    <label>Name<input .value=${live(prompt.name)} @input=${written((value) => {
      prompt.name = value;
      page.changed();
    })} /></label>
    <button type="button" class="small" aria-label="Remove ${prompt.name}" @click=${() => {
      page.evaluation.prompts.splice(place, 1);
      page.changed();
    }}>Remove</button>
  </div>`;
}

/**
 * @param {EvaluatePage} page
 * @param {TurnTemplate[]} messages
 * @param {TurnTemplate} turn
 * @param {number} place
 * @param {{ id: string, field: string }} at the end of its element's id; the field as gaps.js names it
 */
function message(page, messages, turn, place, { id, field }) {
  const { invalid, by } = asked(page, field);
  const label = turn.role === "assistant" ? "The model’s reply before it" : "Prompt";
  const images = turn.images?.length ?? 0;
  return html`<label for="prompt${id}">${label}${images ? `, with ${images} image(s)` : ""}</label>
    <div class="row message">
      <textarea id="prompt${id}" rows="3" placeholder=${example(page)}
        aria-invalid=${invalid} aria-describedby=${by}
        .value=${live(turn.text)} @input=${written((value) => {
          turn.text = value;
          page.changed();
        })}></textarea>
      ${
        messages.length > 1
          ? html`<button type="button" class="small" aria-label="Remove message ${place + 1}" @click=${() => {
              messages.splice(place, 1);
              page.changed();
            }}>✕</button>`
          : nothing
      }
    </div>`;
}
