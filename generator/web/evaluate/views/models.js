// The models that are asked.

import { removeModel } from "../../playground/asking/removing.js";
import { modelForm } from "../../playground/connected/model.js";
import { ownButton } from "../../playground/connected/own.js";
import { html } from "lit-html";
import { repeat } from "lit-html/directives/repeat.js";
import { parameters, setCount } from "../../playground/views/parameters.js";
import { left } from "../../playground/views/events.js";
import { lack } from "./lack.js";
import { running } from "./running.js";

/** @import { Pane } from "../../playground/pane.js" */
/** @import { EvaluatePage } from "../page.js" */

/** Every effort without a remark: that hangs on the model. @param {EvaluatePage} page */
const unmarked = (page) => Object.fromEntries(Object.keys(page.data.efforts).map((effort) => [effort, ""]));

/** Whether nothing is chosen in a pane that wants a key. @param {Pane} pane */
const isIdle = (pane) => pane.unready && !pane.model;

/** @param {EvaluatePage} page */
export function models(page) {
  return html`<section class="step" aria-labelledby="models-title">
    <h2 id="models-title">4. Models</h2>
    <div id="panes">${repeat(
      page.panes,
      (pane) => pane.id,
      (pane, place) => html`<section class="pane" aria-label=${pane.name}>
        <h3>Model ${place + 1}</h3>
        ${modelForm(page, pane)}
        <div class="row actions"><button class="small remove" type="button" aria-label="Remove ${pane.name}"
          @click=${() => removeModel(page, pane)}>Remove</button></div>
      </section>`,
    )}</div>
    <details class="options">
      <summary>Parameters for all models${setCount(page.options)}</summary>
      ${parameters(page, page.options, {}, unmarked(page))}
    </details>
    <div class="row actions">
      <button class="md-button" id="add" type="button" ?disabled=${page.full}
        @click=${() => page.add()}>Add a model</button>
      ${ownButton(page, isIdle)}
      <label class="beside">Ask each case <input id="repeats" type="number" min="1" max="100"
        .value=${String(page.evaluation.repeats)} @change=${left((value) => {
          page.evaluation.repeats = Math.max(1, Math.min(100, Math.trunc(Number(value)) || 1));
          page.changed();
          return String(page.evaluation.repeats);
        })} /> times</label>
    </div>
    ${lack(page, "models")} ${running(page)}
  </section>`;
}
