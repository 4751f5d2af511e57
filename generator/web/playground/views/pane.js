// One pane: the form of its model, and the conversation with it.

import { isGoing, retry } from "../actions/runs.js";
import { hasCode, showCode } from "../asking/code.js";
import { removeModel } from "../asking/removing.js";
import { html, nothing } from "lit-html";
import { repeat } from "lit-html/directives/repeat.js";
import { estimateOf } from "./estimate.js";
import { written } from "./events.js";
import { modelForm } from "../connected/model.js";
import { turn } from "./turn.js";

/** @import { View } from "../../types/playground.js" */
/** @import { PlaygroundPage } from "../page.js" */
/** @import { Pane } from "../pane.js" */

/** @type {View[]} */
const VIEWS = ["markdown", "text", "json"];
/** What the button sends that asks a model once more: not what stands as the prompt by now. */
const REPEATS =
  "Asks this model its last question once more, as it was asked, with the parameters and the system prompt " +
  "of now. Run asks the prompt above.";

// Its buttons stand above the answers: what streams must not move Stop from under the pointer.
/** @param {PlaygroundPage} page @param {Pane} p */
export function pane(page, p) {
  return html`<section class="pane" aria-label=${p.name}>
    ${modelForm(page, p)}
    <p class="quiet estimate">${estimateOf(page, p)}</p>
    <div class="row actions">
      <button class="small one" type="button" data-next=".again" ?disabled=${!p.running}
        @click=${() => p.stop()}>Stop</button>
      <button class="small again" type="button" data-asks ?disabled=${isGoing(page, p) || !p.last}
        title=${REPEATS}
        @click=${() => retry(page, p)}>Repeat question</button>
      ${
        hasCode(p)
          ? html`<button class="small" type="button" ?disabled=${!p.model}
              @click=${() => showCode(page, p)}>Get code</button>`
          : nothing
      }
      <label class="beside">View <select @change=${written((value) => {
        p.setView(VIEWS.find((view) => view === value) ?? "markdown");
        page.changed();
      })}>${VIEWS.map((v) => html`<option ?selected=${p.view === v}>${v}</option>`)}</select></label>
      <button class="small remove" type="button" aria-label="Remove ${p.name}"
        @click=${() => removeModel(page, p)}>Remove</button>
    </div>
    ${repeat(
      p.turns,
      (t) => t,
      (t, i) => turn(page, p, t, i === p.turns.length - 1, i),
    )}
  </section>`;
}
