// What stands empty so that nothing can be asked; and where a reader is led to fill it in.

import { focusOn } from "../../playground/asking/sight.js";

/** @import { Case, Evaluation, PromptTemplate } from "../../types/evaluate.js" */
/** @import { EvaluatePage } from "../page.js" */
/** @typedef {{ text: string, field: string }} Gap what to do; the field as playground/errors.py has it */

/** Of more cases none is typed in the page: they come from a file, as its author wants them. */
export const TYPED = 30;

/** @param {PromptTemplate} prompt */
export const isBlank = ({ messages = [] }) =>
  messages.every(({ text, images }) => !text.trim() && !images?.length);

/** @param {unknown} value */
const isNothing = (value) => value === null || (typeof value === "string" && !value.trim());

/** Whether nothing is filled in of a case. @param {Case} one */
function isEmpty({ variables, messages = [] }) {
  const values = Object.values(variables);
  return !messages.length && values.length > 0 && values.every(isNothing);
}

/**
 * The first part that stands empty; null where something can be asked.
 * @param {Evaluation} evaluation
 * @param {string[]} columns of its cases
 * @returns {Gap | null}
 */
export function gapOf({ cases, prompts }, [column = "question"]) {
  if (!cases.length)
    return { text: "There are no cases yet: choose a file, paste some or type them.", field: "cases" };
  const empty = cases.length > TYPED ? -1 : cases.findIndex(isEmpty);
  if (empty >= 0) {
    const text = `Case ${cases[empty].name} is empty: fill it in or remove it.`;
    return { text, field: `case ${empty + 1}` };
  }
  const blank = cases.some(({ messages }) => !messages?.length) ? prompts.findIndex(isBlank) : -1;
  if (blank < 0) return null;
  const which = prompts.length > 1 ? `${prompts[blank].name} is empty: write` : "The prompt is empty: write";
  return {
    text: `${which} what each case is asked, with {{${column}}} where its own text goes.`,
    field: `prompt ${blank + 1}`,
  };
}

/**
 * Say what stands empty, for as long as it does, and lead there. Whether there is something.
 * @param {EvaluatePage} page
 */
export function tellsGap(page) {
  const gap = () => gapOf(page.evaluation, page.facts.columns);
  const first = gap();
  if (!first) return false;
  page.tell(() => (gap()?.field === first.field ? `Nothing was sent. ${first.text}` : ""));
  pointTo(page, first.field, first.text);
  return true;
}

/** @type {Record<string, string>} */
const FIELDS = { cases: "#add-case", models: "#add", budget: "#budget" };

/**
 * Say at a field what to do there, for as long as the page says it, and lead there.
 * @param {EvaluatePage} page @param {string} field @param {string} text
 */
export function pointTo(page, field, text) {
  page.pointed = { field, text };
  page.changed();
  requestAnimationFrame(() => requestAnimationFrame(() => leadTo(page, field)));
}

/**
 * What is to be done at a field just now; empty for nothing.
 * @param {EvaluatePage} page @param {string} field
 */
export function pointedAt({ pointed, notice }, field) {
  return pointed.field === field && notice.includes(pointed.text) ? pointed.text : "";
}

/**
 * Move the focus to a field, as playground/errors.py names it, where the page has it.
 * @param {EvaluatePage} page @param {string} field @param {{ later?: boolean }} [how] as in sight.js
 */
export function leadTo({ root }, field, how) {
  const [kind, number = ""] = field.split(" ");
  const nth = Number(number);
  /** @type {Record<string, Element | null | undefined>} */
  const numbered = {
    prompt: root.querySelector(`#prompt${nth > 1 ? `-${nth}` : ""}`),
    case: root.querySelector(`.cases tbody tr:nth-child(${nth || 1}) textarea`),
    check: root.querySelectorAll("#checks-title ~ .check")[nth - 1]?.querySelector("input.value, textarea"),
  };
  const place = numbered[kind] ?? (FIELDS[kind] ? root.querySelector(FIELDS[kind]) : null);
  if (place instanceof HTMLElement) focusOn(place, how);
}
