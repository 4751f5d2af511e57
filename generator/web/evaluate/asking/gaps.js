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
 * Say at a field what to do there, for as long as the page says it, and lead there unless the reader fills in
 * another one by now.
 * @param {EvaluatePage} page @param {string} field @param {string} text
 */
export function pointTo(page, field, text) {
  page.pointed = { field, text };
  page.changed();
  if (page.isWaitedFor) requestAnimationFrame(() => requestAnimationFrame(() => leadTo(page, field)));
}

/**
 * What is to be done just now at a field, or at one within it; empty for nothing.
 * @param {EvaluatePage} page @param {string} field
 */
export function pointedAt({ pointed, notice }, field) {
  const isAt = pointed.field === field || pointed.field.startsWith(`${field} `);
  return isAt && notice.includes(pointed.text) ? pointed.text : "";
}

/**
 * The control of a check's argument, `extract.` before one of what it looks at; else the first to write in.
 * @param {Element | null} check @param {string} name
 */
function inCheck(check, name) {
  const [argument, taken] = name.split(".");
  const place = taken ? `.looks-at .${taken}` : `:scope > .row .${argument}, :scope > button.${argument}`;
  return (
    (name && check?.querySelector(place)) || check?.querySelector("input:not([type=checkbox]), textarea")
  );
}

/**
 * Move the focus to a field, as playground/errors.py names it, where the page has it.
 * @param {EvaluatePage} page @param {string} field @param {{ later?: boolean }} [how] as in sight.js
 */
export function leadTo({ root }, field, how) {
  const place = placeOf(root, field);
  if (place instanceof HTMLElement) focusOn(place, how);
}

/** @param {HTMLElement} root @param {string} field */
function placeOf(root, field) {
  const [kind, number = "", name = ""] = field.split(" ");
  if (kind === "prompt") return root.querySelector(number === "1" ? "#prompt" : `#prompt-${number}`);
  if (kind === "check") return inCheck(root.querySelector(`.check[data-number="${number}"]`), name);
  if (kind !== "case") return FIELDS[kind] ? root.querySelector(FIELDS[kind]) : null;
  // Of more cases than are typed here, each is as its file has it.
  return root.querySelector(`.cases tbody tr:nth-child(${number}) textarea`) ?? root.querySelector("#file");
}
