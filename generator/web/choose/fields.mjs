// The controls of a need and of a bill, one for each sort of part; which parts there are, Python says.

import { html, nothing } from "lit-html";
import { live } from "lit-html/directives/live.js";
import { ticked, written } from "../playground/views/events.js";
import { listed } from "./state.mjs";

/** @import { TemplateResult } from "lit-html" */
/** @import { Choice, ControlName, FormPart, FormSection, Holder, PartValue } from "../types/choose.js" */

/**
 * The sections in which something is asked: they begin open.
 * @param {FormSection[]} form @param {object} parts
 */
export const asking = (form, parts) =>
  new Set(form.filter((section) => section.parts.some(({ name }) => name in parts)).map(({ id }) => id));

/** The controls of these parts, as `holder` holds them. @param {FormPart[]} parts @param {Holder} holder */
export const fields = (parts, holder) => parts.map((part) => CONTROLS[part.control](part, holder));

/** @type {Record<ControlName, (part: FormPart, holder: Holder) => TemplateResult>} */
const CONTROLS = { number, share, weight, tick, ticks, choice, text, list, lines };

/** A number, read with each key. @param {FormPart} part @param {Holder} holder */
function number({ name, label, placeholder = "", beside = [] }, holder) {
  const none = beside.some((other) => Number(holder.values[other]) && !unasked(other, holder));
  return html`<label class="c-field">${label}
    <input type="text" inputmode="decimal" name=${name} placeholder=${none ? "0" : placeholder}
      .value=${live(String(holder.values[name] ?? ""))} aria-invalid=${wrong(name, holder)}
      ?disabled=${unasked(name, holder)} aria-describedby=${faultId(name, holder)}
      @input=${written((typed) => holder.set(name, typed.trim()))}>${under(name, holder)}</label>`;
}

/** A share from 0 to 1, shown and moved in per cent. @param {FormPart} part @param {Holder} holder */
function share({ name, label }, holder) {
  const percent = Math.round(100 * Number(holder.values[name] ?? 0)) || 0;
  const moved = written((typed) => holder.set(name, Number(typed) ? String(Number(typed) / 100) : ""));
  return html`<label class="c-field c-share"><span><output>${percent} %</output> ${label}</span>
    <input type="range" min="0" max="100" step="5" name=${name} .value=${live(String(percent))}
      aria-valuetext="${percent} percent ${label}" aria-describedby=${faultId(name, holder)}
      ?disabled=${unasked(name, holder)} @input=${moved}>${under(name, holder)}</label>`;
}

/** A weight; idle without what it goes by. @param {FormPart} part @param {Holder} holder */
function weight({ name, label, usual, needs, most = 0 }, holder) {
  const { values } = holder;
  const value = values[name] ?? usual;
  const idle = needs !== undefined && !values[needs] && !Number(values[name]);
  return html`<label class="c-field c-share"><span><output>${Number(value) || 0}</output> ${label}</span>
    <input type="range" min="0" max=${most} step="1" name=${name} .value=${live(String(value))}
      ?disabled=${idle} aria-describedby=${faultId(name, holder)}
      @input=${written((typed) => holder.set(name, typed))}>${fault(name, holder)}</label>`;
}

/** @param {FormPart} part @param {Holder} holder */
function tick({ name, label, note }, holder) {
  const set = ticked((on) => holder.set(name, on ? true : ""));
  const idle = unasked(name, holder);
  const said = idle ? holder.unasked : note;
  const more = said ? html` <small>${said}</small>` : nothing;
  return html`<label class="c-tick"><input type="checkbox" name=${name} ?disabled=${idle}
    .checked=${live(yes(holder.values[name]))} @change=${set}><span>${label}${more}</span></label>`;
}

/** Several of a few. @param {FormPart} part @param {Holder} holder */
function ticks({ name, usual, fieldsets = [] }, holder) {
  const chosen = several(holder.values[name] ?? usual);
  /** @param {Choice} choice */
  const box = ([id, called]) => {
    const set = ticked((on) => holder.set(name, on ? [...chosen, id] : chosen.filter((one) => one !== id)));
    const idle = unasked(name, holder, id);
    const said = idle ? html` <small>${holder.unasked}</small>` : nothing;
    return html`<label class="c-tick"><input type="checkbox" name=${name} ?disabled=${idle}
      .checked=${live(chosen.includes(id))} @change=${set}><span>${called}${said}</span></label>`;
  };
  const drawn = fieldsets.map(
    ({ legend, choices }) =>
      html`<fieldset class="c-ticks"><legend>${legend}</legend>${choices.map(box)}</fieldset>`,
  );
  return html`${drawn}`;
}

/** One of a few. @param {FormPart} part @param {Holder} holder */
function choice({ name, label, usual = "", choices = [] }, holder) {
  const now = holder.values[name] ?? usual;
  const set = written((picked) => holder.set(name, picked === usual ? "" : picked));
  const options = choices.map(
    ([id, called]) => html`<option value=${id} ?selected=${id === now}>${called}</option>`,
  );
  return html`<label class="c-field">${label} <select name=${name} aria-describedby=${faultId(name, holder)}
    ?disabled=${unasked(name, holder)}
    @change=${set}>${options}</select>${under(name, holder)}</label>`;
}

/** A text, read once it is left. @param {FormPart} part @param {Holder} holder */
function text(part, holder) {
  return line(part, holder, String(holder.values[part.name] ?? ""), (typed) => typed.trim());
}

/** Several texts with commas between them. @param {FormPart} part @param {Holder} holder */
function list(part, holder) {
  return line(part, holder, several(holder.values[part.name]).join(", "), listed);
}

/** Names with a number each, a pair a line. @param {FormPart} part @param {Holder} holder */
function lines({ name, label, placeholder = "" }, holder) {
  const left = written((typed) => holder.set(name, typed.trim().replaceAll(/\s*\n\s*/g, ", ")));
  return html`<label class="c-field">${label}<textarea
    name=${name} rows="2" spellcheck="false" placeholder=${placeholder}
    .value=${live(holder.drafts[name] ?? pairs(holder.values[name]))} @input=${draft(name, holder)}
    aria-invalid=${wrong(name, holder)} aria-describedby=${faultId(name, holder)}
    @change=${left}></textarea>${fault(name, holder)}</label>`;
}

/**
 * A line of text, for which what is known is offered.
 * @param {FormPart} part @param {Holder} holder @param {string} shown
 * @param {(typed: string) => string | string[]} read
 */
function line({ name, label, placeholder = "", choices = [] }, holder, shown, read) {
  const options = choices.map(([id, called]) => html`<option value=${id}>${called}</option>`);
  return html`<label class="c-field">${label}
    <input type="text" name=${name} placeholder=${placeholder}
      list=${choices.length ? `known-${name}` : nothing} .value=${live(holder.drafts[name] ?? shown)}
      aria-invalid=${wrong(name, holder)} aria-describedby=${faultId(name, holder)}
      @input=${draft(name, holder)} @change=${written((typed) => holder.set(name, read(typed)))}>
    ${choices.length ? html`<datalist id="known-${name}">${options}</datalist>` : nothing}
    ${under(name, holder, shown)}</label>${holder.ways?.[name] ?? nothing}`;
}

/** @param {string} name @param {Holder} holder */
const wrong = (name, { faults }) => (faults[name] ? "true" : nothing);
/** @param {string} name @param {Holder} holder */
const faultId = (name, { faults }) => (faults[name] ? `fault-${name}` : nothing);
/** @param {string} name @param {Holder} holder */
const fault = (name, { faults }) =>
  faults[name] ? html`<small class="c-fault" id="fault-${name}">${faults[name]}</small>` : nothing;
// Whether a part, or one value of it, asks nothing of the kind of model that is asked for.
/** @param {string} name @param {Holder} holder @param {string} [value] */
const unasked = (name, { idle = {} }, value = "") =>
  idle[name] !== undefined && (value === "" ? !idle[name].length : idle[name].includes(value));
/** What is said under a field. @param {string} name @param {Holder} holder @param {string} [value] */
const under = (name, holder, value) =>
  unasked(name, holder, value) ? html`<small>${holder.unasked}</small>` : fault(name, holder);
// What is typed into a field that is read once it is left must outlive the answers that come meanwhile.
/** @param {string} name @param {Holder} holder */
const draft = (name, { drafts }) => written((typed) => (drafts[name] = typed));

/** @param {PartValue | undefined} value */
const yes = (value) => value === true || value === "true" || value === "yes";
/** @param {PartValue | undefined} value @returns {string[]} */
const several = (value) => (Array.isArray(value) ? value : value === undefined ? [] : listed(String(value)));
/** A mapping as it is typed: it comes as that text, or by name. @param {PartValue | undefined} value */
const pairs = (value = "") =>
  typeof value === "object"
    ? Object.entries(value)
        .map(([key, n]) => `${key} ${n}`)
        .join("\n")
    : String(value).replaceAll(/\s*,\s*/g, "\n");
