// Saving the results: the form, and what that form cannot hold.

import { html, nothing } from "lit-html";
import { written } from "../../playground/views/events.js";
import { saveAs } from "../actions/export.js";
import { partsOf } from "./cases.js";

/** @import { Form } from "../../types/evaluate.js" */
/** @import { EvaluatePage } from "../page.js" */

/** Our own form, which this page writes itself; Python knows the others. */
const OWN = { name: "json", label: "results, to be opened again (JSON)" };

/** @param {EvaluatePage} page @param {boolean} ready whether the results are all there */
export const saving = (page, ready) => html`<button class="md-button" id="save-results" type="button"
    ?disabled=${!ready} @click=${() => saveAs(page)}>Save the results</button>
  <label>Save as<select id="save-form" @change=${written((value) => {
    page.form = /** @type {Form | "json"} */ (value);
  })}>${[OWN, ...page.data.forms].map(
    ({ name, label }) => html`<option value=${name} ?selected=${name === page.form}>${label}</option>`,
  )}</select></label>`;

/** What of the results is not the same in the file that was saved. @param {EvaluatePage} page */
export function notSaved({ notSaved: parts }) {
  if (!parts.length) return nothing;
  return html`<details id="not-saved" open>
    <summary>Not the same in the saved file</summary>
    ${partsOf(parts, "What is not the same")}
  </details>`;
}
