// The models that are asked, and the buttons that run the evaluation.

import { modelForm } from "../../playground/connected/model.js";
import { html } from "../../playground/vendor/lit-html.js";
import { repeat } from "../../playground/vendor/directives/repeat.js";
import { live } from "../../playground/vendor/directives/live.js";
import { parameters, setCount } from "../../playground/views/parameters.js";
import { written } from "../../playground/views/events.js";
import { runAll, stop } from "../actions/run.js";
import { count } from "./text.js";

/** @import { EvaluatePage } from "../page.js" */

/** Every effort without a remark: that hangs on the model. @param {EvaluatePage} page */
const unmarked = (page) => Object.fromEntries(Object.keys(page.data.efforts).map((effort) => [effort, ""]));

/** @param {EvaluatePage} page */
export function models(page) {
  const { cases, prompts, repeats } = page.evaluation;
  const requests = cases.length * prompts.length * page.panes.length * repeats;
  return html`<section class="step" aria-labelledby="models-title">
    <h2 id="models-title">4. Models</h2>
    <div id="panes">${repeat(
      page.panes,
      (pane) => pane.id,
      (pane) => html`<section class="pane" aria-label=${pane.name}>
        ${modelForm(page, pane)}
        <div class="row actions"><button class="small remove" type="button" aria-label="Remove ${pane.name}"
          @click=${() => page.remove(pane)}>Remove</button></div>
      </section>`,
    )}</div>
    <details class="options">
      <summary>Parameters for all models${setCount(page.options)}</summary>
      ${parameters(page, page.options, {}, unmarked(page))}
    </details>
    <div class="row actions">
      <button class="md-button" id="add" type="button" ?disabled=${page.full}
        @click=${() => page.add()}>Add a model</button>
      <label class="beside">Ask each case <input id="repeats" type="number" min="1" max="100"
        .value=${live(String(repeats))} @change=${written((value) => {
          page.evaluation.repeats = Math.max(1, Math.min(100, Math.trunc(Number(value)) || 1));
          page.changed();
        })} /> times</label>
      <button class="md-button md-button--primary" id="run" type="button" ?disabled=${page.busy}
        @click=${() => runAll(page)}>${requests ? `Run ${count(requests)} requests` : "Run"}</button>
      <button class="md-button" id="stop" type="button" ?disabled=${!page.busy}
        @click=${() => stop(page)}>Stop</button>
    </div>
  </section>`;
}
