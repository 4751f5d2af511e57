// The controls that the Choose page and the bill share.

import { html, nothing } from "lit-html";
import { live } from "lit-html/directives/live.js";
import { written } from "../playground/views/events.js";

/** @import { Holder } from "../types/choose.js" */

/** The controls of what `holder` holds. @param {Holder} holder */
export function fields({ values, drafts, faults, set }) {
  /** @param {string} name */
  const wrong = (name) => (faults[name] ? "true" : nothing);
  /** @param {string} name */
  const faultId = (name) => (faults[name] ? `fault-${name}` : nothing);
  /** @param {string} name */
  const fault = (name) =>
    faults[name] ? html`<small class="c-fault" id="fault-${name}">${faults[name]}</small>` : nothing;
  // What is typed into a field that is read once it is left must outlive the answers that come meanwhile.
  /** @param {string} name */
  const draft = (name) => written((typed) => (drafts[name] = typed));

  /** A number, read with each key. @param {string} name @param {string} label */
  const number = (name, label, placeholder = "") => html`<label class="c-field">${label}
    <input type="text" inputmode="decimal" name=${name} placeholder=${placeholder}
      .value=${live(String(values[name] ?? ""))} aria-invalid=${wrong(name)} aria-describedby=${faultId(name)}
      @input=${written((typed) => set(name, typed.trim()))}>${fault(name)}</label>`;

  /** A share from 0 to 1, shown and moved in per cent. @param {[name: string, label: string]} share */
  const share = ([name, label]) => {
    const percent = Math.round(100 * Number(values[name] ?? 0)) || 0;
    const moved = written((typed) => set(name, Number(typed) ? String(Number(typed) / 100) : ""));
    return html`<label class="c-field c-share"><span><output>${percent} %</output> ${label}</span>
      <input type="range" min="0" max="100" step="5" name=${name} .value=${live(String(percent))}
        aria-valuetext="${percent} percent ${label}" aria-describedby=${faultId(name)}
        @input=${moved}>${fault(name)}</label>`;
  };

  /**
   * A text, read once it is left; `known` are offered, by id with what each is called.
   * @param {string} name @param {string} label @param {string} placeholder
   * @param {[id: string, name: string][]} known @param {string} shown
   * @param {(typed: string) => string | string[]} read
   */
  const text = (
    name,
    label,
    placeholder,
    known = [],
    shown = String(values[name] ?? ""),
    read = (typed) => typed.trim(),
  ) => html`<label class="c-field">${label}
    <input type="text" name=${name} placeholder=${placeholder}
      list=${known.length ? `known-${name}` : nothing} .value=${live(drafts[name] ?? shown)}
      aria-invalid=${wrong(name)} aria-describedby=${faultId(name)}
      @input=${draft(name)} @change=${written((typed) => set(name, read(typed)))}>
    ${known.length ? options(name, known) : nothing}${fault(name)}</label>`;

  return { wrong, faultId, fault, draft, number, share, text };
}

/** What is known by its id alone. @param {string} id @returns {[id: string, name: string]} */
export const unnamed = (id) => [id, ""];

/** @param {string} name @param {[id: string, name: string][]} known */
const options = (name, known) => html`<datalist
  id="known-${name}">${known.map(([id, called]) => html`<option value=${id}>${called}</option>`)}</datalist>`;
