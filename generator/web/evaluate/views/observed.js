// The way from the results into the decision.

import { html, nothing } from "lit-html";
import { live } from "lit-html/directives/live.js";
import { ticked } from "../../playground/views/events.js";
import { useInChoose } from "../actions/observed.js";

/** @import { EvaluatePage } from "../page.js" */

/** @param {EvaluatePage} page */
export function toChoose(page) {
  if (!page.observed) return nothing;
  const where = page.store.on ? "" : " It opens in a new tab, as the answers are in this page only.";
  return html`<div class="row actions">
      <button class="md-button md-button--primary" id="use-in-choose" type="button"
        @click=${() => useInChoose(page)}>Use these results in Choose</button>
      <label class="beside"><input id="with-texts" type="checkbox" .checked=${live(page.withTexts)}
        @change=${ticked((yes) => {
          page.withTexts = yes;
          page.progressedAtOnce();
        })} /> With the text of the prompts, for the decision record</label>
    </div>
    <p class="quiet">Choose then orders these models by what an accepted answer costs. Figures go
      there, within this browser; no case, answer or key.${where}</p>`;
}
