// Fields for the parameters of a chat: for all models, or for one.

import { html, nothing } from "../vendor/lit-html.js";
import { live } from "../vendor/directives/live.js";
import { written } from "./events.js";

/** @import { Efforts, Options, Refusals } from "../../types/playground.js" */
/** @import { ConnectedPage } from "../connected/page.js" */

/** @type {Record<string, number>} */
const LONG = { tools: 5, schema: 5, stop: 2 };
/** @type {Record<string, string>} */
const HELP = {
  tools:
    'A list of functions: [{"name": "weather", "description": "…", "parameters": {"type": "object", …}}]',
  schema: 'The JSON Schema the answer must satisfy: {"type": "object", "properties": {…}}',
  stop: "One for each line",
};

/** How many of the options are set, to stand after a heading. @param {Options} options */
export const setCount = (options) => {
  const count = Object.values(options).filter((value) => value !== "" && value !== undefined).length;
  return count ? ` (${count} set)` : "";
};

/**
 * Fields for the parameters of a chat; those not taken are listed with the reason.
 * @param {ConnectedPage} page
 * @param {Options} values
 * @param {Refusals} refused
 * @param {Efforts} efforts
 */
export function parameters(page, values, refused, efforts) {
  const fields = page.data.parameters.filter((p) => p.name !== "images");
  /** @param {string} name */
  const change = (name, number = false) =>
    written((value) => {
      values[name] = number && value !== "" ? Number(value) : value;
      page.changed();
    });
  const left = fields.filter((p) => refused[p.name]);
  return html`<div class="row fields">${fields
    .filter((p) => !refused[p.name])
    .map(({ name, label, min, max, step }) => {
      if (name === "effort") {
        const chosen = values.effort ?? "";
        return html`<label>${label}<select @change=${change(name)}>
            <option value="" ?selected=${!chosen}>provider’s own</option>
            ${Object.entries(efforts).map(
              ([e, note]) =>
                html`<option value=${e} ?selected=${chosen === e}>${note ? `${e} (${note})` : e}</option>`,
            )}
          </select></label>`;
      }
      if (LONG[name]) {
        return html`<label class="wide">${label} <small>${HELP[name]}</small><textarea rows=${LONG[name]}
          spellcheck="false" .value=${live(String(values[name] ?? ""))}
          @input=${change(name)}></textarea></label>`;
      }
      return html`<label>${label}<input type="number" min=${min ?? nothing} max=${max ?? nothing}
        step=${step ?? "any"} placeholder="provider’s own" .value=${live(String(values[name] ?? ""))}
        @input=${change(name, true)} /></label>`;
    })}</div>
    ${
      left.length
        ? html`<p class="quiet">Not offered: ${left
            .map((p) => `${p.label} (${refused[p.name]})`)
            .join("; ")}.</p>`
        : nothing
    }`;
}
