// The fields of a check or an extraction, each as its kind says.

import { html, nothing } from "lit-html";
import { live } from "lit-html/directives/live.js";
import { ticked, written } from "../../playground/views/events.js";
import { textOf } from "../text.js";
import { asked } from "./lack.js";

/** @import { CheckField } from "../../types/evaluate.js" */
/** @import { EvaluatePage } from "../page.js" */

/**
 * @param {EvaluatePage} page
 * @param {CheckField[]} fields
 * @param {Record<string, unknown>} values by their names, which are changed
 * @param {string} within what gaps.js has before the name of each
 */
export const fieldsOf = (page, fields, values, within) =>
  fields.map((field) => {
    /** @param {unknown} value */
    const set = (value) => {
      values[field.name] = value;
      page.changed();
    };
    return one(field, values[field.name], set, asked(page, `${within}${field.name}`));
  });

/**
 * @param {CheckField} field @param {unknown} value @param {(value: unknown) => void} set
 * @param {ReturnType<typeof asked>} lacking
 */
function one({ name, label, kind, choices = [] }, value, set, { invalid, by }) {
  if (kind === "checks") return nothing; // drawn by whoever draws checks
  if (kind === "yes")
    return html`<label class="beside"><input type="checkbox" class=${name} .checked=${live(Boolean(value))}
      @change=${ticked(set)} /> ${label}</label>`;
  if (kind === "choice")
    return html`<label>${label}<select class=${name} @change=${written(set)}>${choices.map(
      (choice, place) =>
        html`<option value=${choice.name}
          ?selected=${value ? value === choice.name : place === 0}>${choice.label}</option>`,
    )}</select></label>`;
  if (kind === "long" || kind === "list")
    return html`<label class="wide">${label}<textarea class=${name} rows=${kind === "long" ? 5 : 3}
      aria-invalid=${invalid} aria-describedby=${by} spellcheck="false"
      .value=${live(linesOf(value))} @input=${written(set)}></textarea></label>`;
  return html`<label>${label}<input class=${name} spellcheck="false"
    aria-invalid=${invalid} aria-describedby=${by} inputmode=${kind === "number" ? "decimal" : "text"}
    .value=${live(textOf(value ?? ""))} @input=${written(set)} /></label>`;
}

/** A list has an entry a line, another value that is no text is JSON. @param {unknown} value */
function linesOf(value) {
  if (Array.isArray(value) && value.every((entry) => typeof entry === "string" && !entry.includes("\n")))
    return value.join("\n");
  return typeof value === "object" && value !== null ? JSON.stringify(value, null, 2) : textOf(value ?? "");
}
