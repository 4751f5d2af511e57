// Saving the results: the form, and what that form cannot hold.

import { html, nothing } from "../../playground/vendor/lit-html.js";
import { written } from "../../playground/views/events.js";
import { FORMS, saveAs } from "../actions/export.js";
import { partsOf } from "./cases.js";

/** @import { Form } from "../../types/evaluate.js" */
/** @import { EvaluatePage } from "../page.js" */

/** @param {EvaluatePage} page @param {boolean} ready whether the results are all there */
export const saving = (page, ready) => html`<button class="md-button" id="save-results" type="button"
    ?disabled=${!ready} @click=${() => saveAs(page)}>Save the results</button>
  <label>Save as<select id="save-form" @change=${written((value) => {
    page.form = /** @type {Form | "json"} */ (value);
  })}>${Object.entries(FORMS).map(
    ([form, label]) => html`<option value=${form} ?selected=${form === page.form}>${label}</option>`,
  )}</select></label>`;

/** What of the results is not the same in the file that was saved. @param {EvaluatePage} page */
export function notSaved({ notSaved: parts }) {
  if (!parts.length) return nothing;
  return html`<details id="not-saved" open>
    <summary>Not the same in the saved file</summary>
    ${partsOf(parts, "What is not the same")}
  </details>`;
}
