// Fields for the parameters of a chat: for all models, or for one.

import { html, nothing } from "lit-html";
import { live } from "lit-html/directives/live.js";
import { leave, toldOf } from "../asking/limits.js";
import { written } from "./events.js";

/** @import { Efforts, Options, Refusals } from "../../types/playground.js" */
/** @import { ConnectedPage } from "../connected/page.js" */

/** How many of the options are set, to stand after a heading. @param {Options} options */
export const setCount = (options) => {
  const count = Object.values(options).filter((value) => value !== "" && value !== undefined).length;
  return count ? ` (${count} set)` : "";
};

/** @param {string} fault @param {string} id */
const told = (fault, id) => (fault ? html`<small class="needed" id=${id}>${fault}</small>` : nothing);

/**
 * Fields for the parameters of a chat; those not taken are listed with the reason.
 * @param {ConnectedPage} page
 * @param {Options} values
 * @param {Refusals} refused
 * @param {Efforts} efforts
 * @param {string | number} of whose they are, for the ids of what is told at them
 */
export function parameters(page, values, refused, efforts, of = "all") {
  const fields = page.data.parameters.filter((p) => p.control !== "none");
  /** @param {string} name */
  const change = (name, number = false) =>
    written((value) => {
      values[name] = number && value !== "" ? Number(value) : value;
      page.changed();
    });
  const left = fields.filter((p) => refused[p.name]);
  return html`<div class="row fields">${fields
    .filter((p) => !refused[p.name])
    .map((field) => {
      const { name, label } = field;
      if (field.control === "effort") {
        const chosen = values.effort ?? "";
        return html`<label>${label}<select @change=${change(name)}>
            <option value="" ?selected=${!chosen}>the provider’s default</option>
            ${Object.entries(efforts).map(
              ([e, note]) =>
                html`<option value=${e} ?selected=${chosen === e}>${note ? `${e} (${note})` : e}</option>`,
            )}
          </select></label>`;
      }
      const fault = toldOf(field, values);
      const [kind, id] = [fault ? "fault" : "", `fault-${of}-${name}`];
      const [invalid, by] = fault ? ["true", id] : [nothing, nothing];
      if (field.control === "text") {
        return html`<label class="wide">${label} <small>${field.help}</small><textarea rows=${field.lines}
          class=${kind} aria-invalid=${invalid} aria-describedby=${by}
          spellcheck="false" .value=${live(String(values[name] ?? ""))} @change=${() => {
            leave(values, name);
            page.changed();
          }} @input=${change(name)}></textarea>${told(fault, id)}</label>`;
      }
      const { min, max, step } = field.control === "number" ? field : {};
      return html`<label>${label}<input class=${kind} type="number"
        aria-invalid=${invalid} aria-describedby=${by} min=${min ?? nothing} max=${max ?? nothing}
        step=${step ?? "any"} placeholder="the provider’s default" .value=${live(String(values[name] ?? ""))}
        @input=${change(name, true)} />${told(fault, id)}</label>`;
    })}</div>
    ${
      left.length
        ? html`<p class="quiet">Not available here: ${left
            .map((p) => `${p.label} (${refused[p.name]})`)
            .join("; ")}.</p>`
        : nothing
    }`;
}
