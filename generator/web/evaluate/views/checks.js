// What every answer is checked for.

import { html } from "../../playground/vendor/lit-html.js";
import { live } from "../../playground/vendor/directives/live.js";
import { ticked, written } from "../../playground/views/events.js";
import { columnsOf, textOf } from "./text.js";

/** @import { Check } from "../../types/evaluate.js" */
/** @import { EvaluatePage } from "../page.js" */

/** Columns that hold the right answer, as people call them. */
const RIGHT = /^(?:expected|answer|ideal|target|label|reference|output|correct)/i;

/** @param {EvaluatePage} page */
export function checks(page) {
  const { checks: all } = page.evaluation;
  const add = () => {
    const columns = columnsOf(page.evaluation);
    const right = columns.find((name) => RIGHT.test(name));
    all.push({ name: page.data.checks[0].name, arguments: { value: right ? `{{${right}}}` : "" } });
    page.changed();
  };
  return html`<section class="step" aria-labelledby="checks-title">
    <h2 id="checks-title">3. Checks</h2>
    <p class="quiet">An answer passes where all of its checks pass.</p>
    ${all.map((check, place) => form(page, check, place))}
    <button type="button" class="small" id="add-check" @click=${add}>Add a check</button>
  </section>`;
}

/**
 * A kind of check or its contrary.
 * @param {Check} check
 * @param {string} name
 * @param {string} label
 * @param {boolean} not
 */
function option(check, name, label, not) {
  const selected = name === check.name && not === Boolean(check.not);
  const value = not ? `${name} not` : name;
  return html`<option value=${value} ?selected=${selected}>${not ? `not: ${label}` : label}</option>`;
}

/** @param {EvaluatePage} page @param {Check} check @param {number} place */
function form(page, check, place) {
  const kinds = page.data.checks;
  const kind = kinds.find((one) => one.name === check.name);
  return html`<fieldset class="check row"><legend>Check ${place + 1}</legend>
    <label>The answer<select class="kind" @change=${written((value) => {
      const [name, not] = value.split(" ");
      Object.assign(check, { name, not: not === "not" });
      page.changed();
    })}>${kinds.flatMap(({ name, label }) =>
      [false, true].map((not) => option(check, name, label, not)),
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
