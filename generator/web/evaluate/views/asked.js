// What every case is asked, and what its answers are checked for.

import { html, nothing } from "../../playground/vendor/lit-html.js";
import { live } from "../../playground/vendor/directives/live.js";
import { ticked, written } from "../../playground/views/events.js";
import { columnsOf, textOf } from "./cases.js";

/** @import { Check } from "../../types/evaluate.js" */
/** @import { EvaluatePage } from "../page.js" */

/** @param {EvaluatePage} page */
export function asked(page) {
  const [prompt] = page.evaluation.prompts;
  const columns = columnsOf(page.evaluation);
  const message = prompt.messages?.at(-1);
  return html`<section class="step" aria-labelledby="asked-title">
    <h2 id="asked-title">2. Prompt and check</h2>
    <details ?open=${Boolean(prompt.system)}>
      <summary>System prompt</summary>
      <textarea id="system" rows="2" aria-label="System prompt" .value=${live(prompt.system ?? "")}
        @input=${written((value) => {
          prompt.system = value;
          page.changed();
        })}></textarea>
    </details>
    <label for="prompt">Prompt</label>
    <textarea id="prompt" rows="3" placeholder="Answer in one word: {{question}}"
      .value=${live(message?.text ?? "")} @input=${written((value) => {
        if (message) message.text = value;
        page.changed();
      })}></textarea>
    ${
      columns.length
        ? html`<p class="quiet">Columns: ${columns.map((name) => html`<code>{{${name}}}</code> `)}</p>`
        : nothing
    }
    ${page.evaluation.checks.map((check, place) => checkForm(page, check, place))}
    <button type="button" class="small" id="add-check" @click=${() => {
      page.evaluation.checks.push({ name: page.data.checks[0].name, arguments: { value: "" } });
      page.changed();
    }}>Add a check</button>
  </section>`;
}

/** @param {EvaluatePage} page @param {Check} check @param {number} place */
function checkForm(page, check, place) {
  const kind = page.data.checks.find((one) => one.name === check.name);
  return html`<fieldset class="check row"><legend>Check ${place + 1}</legend>
    <label>The answer<select class="kind" @change=${written((name) => {
      check.name = name;
      page.changed();
    })}>${page.data.checks.map(
      (one) => html`<option value=${one.name} ?selected=${one.name === check.name}>${one.label}</option>`,
    )}</select></label>
    ${(kind?.fields ?? []).map((field) =>
      field.kind === "yes"
        ? html`<label class="beside"><input type="checkbox"
            .checked=${live(Boolean(check.arguments[field.name]))} @change=${ticked((yes) => {
              check.arguments[field.name] = yes;
              page.changed();
            })} /> ${field.label}</label>`
        : html`<label>${field.label}<input class=${field.name} spellcheck="false"
            .value=${live(textOf(check.arguments[field.name]))} @input=${written((value) => {
              check.arguments[field.name] = value;
              page.changed();
            })} /></label>`,
    )}
    <button type="button" class="small" aria-label="Remove check ${place + 1}" @click=${() => {
      page.evaluation.checks.splice(place, 1);
      page.changed();
    }}>Remove</button>
  </fieldset>`;
}
