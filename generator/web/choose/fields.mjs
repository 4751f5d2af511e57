// The controls that the Choose page and the bill share. `holder` holds what is asked (`values`), what is being typed
// (`drafts`), what is wrong (`faults`), and takes a change (`set(name, text)`; empty takes the part away).

import { html, nothing } from "lit-html";
import { live } from "lit-html/directives/live.js";

export function fields({ values, drafts, faults, set }) {
  const wrong = (name) => (faults[name] ? "true" : nothing);
  const faultId = (name) => (faults[name] ? `fault-${name}` : nothing);
  const fault = (name) => (faults[name] ? html`<small class="c-fault" id="fault-${name}">${faults[name]}</small>` : nothing);
  // What is typed into a field that is read once it is left must outlive the answers that come meanwhile.
  const draft = (e) => (drafts[e.target.name] = e.target.value);

  /** A number, read with each key. */
  const number = (name, label, placeholder = "") => html`<label class="c-field">${label}
    <input type="text" inputmode="decimal" name=${name} placeholder=${placeholder} .value=${live(String(values[name] ?? ""))}
      aria-invalid=${wrong(name)} aria-describedby=${faultId(name)} @input=${(e) => set(name, e.target.value.trim())}>${fault(name)}</label>`;

  /** A share from 0 to 1, shown and moved in per cent. */
  const share = ([name, label]) => {
    const percent = Math.round(100 * Number(values[name] ?? 0)) || 0;
    return html`<label class="c-field c-share"><span><output>${percent} %</output> ${label}</span>
      <input type="range" min="0" max="100" step="5" name=${name} .value=${live(String(percent))} aria-valuetext="${percent} percent ${label}"
        aria-describedby=${faultId(name)} @input=${(e) => set(name, Number(e.target.value) ? String(Number(e.target.value) / 100) : "")}>${fault(name)}</label>`;
  };

  /** A text, read once it is left; `known` are offered, by id with what each is called. */
  const text = (name, label, placeholder, known = [], shown = String(values[name] ?? ""), read = (typed) => typed.trim()) => html`<label class="c-field">${label}
    <input type="text" name=${name} placeholder=${placeholder} list=${known.length ? `known-${name}` : nothing} .value=${live(drafts[name] ?? shown)}
      aria-invalid=${wrong(name)} aria-describedby=${faultId(name)} @input=${draft} @change=${(e) => set(name, read(e.target.value))}>
    ${known.length ? html`<datalist id="known-${name}">${known.map(([id, called]) => html`<option value=${id}>${called}</option>`)}</datalist>` : nothing}${fault(name)}</label>`;

  return { wrong, faultId, fault, draft, number, share, text };
}
