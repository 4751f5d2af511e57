// What could not be read in a need, with what was likely meant, a button each.

import { html, nothing } from "lit-html";

/** @import { Answer, Fault, FormSection, Parts } from "../../types/choose.js" */
/** @import { Chooser } from "../choose.mjs" */

/** The parts of which nothing was read: what is left without them is no answer. @param {Answer} answer */
export const unread = ({ faults: wrong, said }) => wrong.filter(({ part }) => !(part in said));

/**
 * The need without what was typed; of several values the others stay.
 * @param {Parts} parts @param {Fault} fault
 * @returns {Parts}
 */
function without(parts, { part, typed = "" }) {
  const { [part]: held, ...others } = parts;
  const kept = Array.isArray(held) ? held.filter((one) => one !== typed) : [];
  return kept.length ? { ...others, [part]: kept } : others;
}

/**
 * The need with what was meant in the place of what was typed.
 * @param {Parts} parts @param {Fault} fault @param {[string, string]} meant the part, and its value
 * @returns {Parts}
 */
export function corrected(parts, fault, [into, value]) {
  const changed = without(parts, fault);
  const there = changed[into];
  const several = Array.isArray(parts[fault.part]) || Array.isArray(there);
  return { ...changed, [into]: several ? [...(Array.isArray(there) ? there : []), value] : value };
}

/**
 * A button for each thing that may have been meant, and one that asks for it no more.
 * @param {Chooser} page @param {Fault} fault
 */
export function ways(page, fault) {
  const { meant = [], part } = fault;
  const called = titles(page.data.form);
  /** @param {[string, string]} one */
  const use = (one) => html`<button type="button" class="act"
    @click=${() => page.change(corrected(page.parts, fault, one))}>${
      one[0] === part ? `Use ${one[1]}` : `${called(one[0])}: ${one[1]}`
    }</button>`;
  return html`<span class="c-ways">${meant.map(use)}
    <button type="button" class="act"
      @click=${() => page.change(without(page.parts, fault))}>Ask without it</button></span>`;
}

/** @param {Chooser} page @param {Answer} answer */
export function faults(page, { faults: wrong }) {
  if (!wrong.length) return nothing;
  const called = titles(page.data.form);
  return html`<ul class="c-faults" role="alert">${wrong.map(
    (fault) => html`<li>${called(fault.part)}: ${fault.message} ${ways(page, fault)}</li>`,
  )}</ul>`;
}

/** What a part is called on the page. @param {FormSection[]} form @returns {(part: string) => string} */
const titles = (form) => (part) =>
  form.flatMap(({ parts }) => parts).find(({ name }) => name === part)?.label ?? part;
