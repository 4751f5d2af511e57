// The models that are asked, and the buttons that run the evaluation.

import { modelForm } from "../../playground/connected/model.js";
import { html } from "../../playground/vendor/lit-html.js";
import { repeat } from "../../playground/vendor/directives/repeat.js";
import { live } from "../../playground/vendor/directives/live.js";
import { written } from "../../playground/views/events.js";
import { runAll, stop } from "../actions/run.js";

/** @import { EvaluatePage } from "../page.js" */

/** @param {EvaluatePage} page */
export function models(page) {
  const { cases, prompts, repeats } = page.evaluation;
  const count = cases.length * prompts.length * page.panes.length * repeats;
  return html`<section class="step" aria-labelledby="models-title">
    <h2 id="models-title">3. Models</h2>
    <div id="panes">${repeat(
      page.panes,
      (pane) => pane.id,
      (pane) => html`<section class="pane" aria-label=${pane.name}>
        ${modelForm(page, pane)}
        <div class="row actions"><button class="small remove" type="button" aria-label="Remove ${pane.name}"
          @click=${() => page.remove(pane)}>Remove</button></div>
      </section>`,
    )}</div>
    <div class="row actions">
      <button class="md-button" id="add" type="button" ?disabled=${page.full}
        @click=${() => page.add()}>Add a model</button>
      <label class="beside">Ask each case <input id="repeats" type="number" min="1" max="100"
        .value=${live(String(repeats))} @input=${written((value) => {
          page.evaluation.repeats = Math.max(1, Math.min(100, Math.trunc(Number(value)) || 1));
          page.changed();
        })} /> times</label>
      <button class="md-button md-button--primary" id="run" type="button" ?disabled=${page.busy}
        @click=${() => runAll(page)}>Run ${count ? `${count.toLocaleString("en")} requests` : ""}</button>
      <button class="md-button" id="stop" type="button" ?disabled=${!page.busy}
        @click=${() => stop(page)}>Stop</button>
    </div>
  </section>`;
}
