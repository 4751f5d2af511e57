// What a run has asked for, beside the field that it is about.

import { html, nothing } from "lit-html";
import { pointedAt } from "../asking/gaps.js";

/** @import { EvaluatePage } from "../page.js" */

/** @param {string} field as gaps.js names it */
export const lackId = (field) => `lack-${field.replaceAll(/[ .]/g, "-")}`;

/** The attributes of a field that is asked for. @param {EvaluatePage} page @param {string} field */
export function asked(page, field) {
  const isAsked = Boolean(pointedAt(page, field));
  return { invalid: isAsked ? "true" : nothing, by: isAsked ? lackId(field) : nothing };
}

/** What to do at a field, or at one within it. @param {EvaluatePage} page @param {string} field */
export function lack(page, field) {
  const text = pointedAt(page, field);
  return text ? html`<p class="lack" id=${lackId(page.pointed.field)}>${text}</p>` : nothing;
}
