// Who is first and how many are left, in a line that stays in sight while the need is changed.

import { html } from "lit-html";
import { counted, whole } from "../meters.mjs";
import { unread } from "./faults.mjs";

/** @import { Answer } from "../../types/choose.js" */
/** @import { Chooser } from "../choose.mjs" */

/** The text changes once for each answer, so that it is read out once. @param {Chooser} page */
export function first({ answer, stale }) {
  return html`<p class="c-first ${stale ? "c-stale" : ""}" role="status"><span>${
    answer ? line(answer) : "Answering …"
  }</span></p>`;
}

/** @param {Answer} answer */
function line(answer) {
  if (unread(answer).length) return "Not an answer yet: something that is asked could not be read.";
  const left = counted(answer.left_models + (answer.own?.left_models ?? 0), "model");
  const [best] = answer.own?.models.length ? answer.own.models : answer.models;
  if (!best) return "Nobody is left.";
  return html`<b dir="auto">${best.name}</b>, ${best.place}, ${best.cost} a month: first of ${left},
    ${whole(answer.left + (answer.own?.left ?? 0))} places`;
}
