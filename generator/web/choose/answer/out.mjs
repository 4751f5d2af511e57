// Who is out, by the first reason: the first of each with why, and the rest once it is opened.

import { html, nothing } from "lit-html";
import { keyed } from "lit-html/directives/keyed.js";
import { toggled } from "../../playground/views/events.js";
import { whole } from "../meters.mjs";

/** @import { Answer, Out } from "../../types/choose.js" */
/** @import { Chooser } from "../choose.mjs" */

/** So many are drawn at once, and then all. */
const AT_ONCE = 100;

/** @param {Chooser} page @param {Answer} answer */
export function eliminated(page, answer) {
  const groups = Object.entries(answer.eliminated).sort((a, b) => b[1].count - a[1].count);
  if (!groups.length) return nothing;
  /** @param {(typeof groups)[number]} group */
  const fold = ([name, { count, offerings }]) => html`<li><details><summary><span>${name}<small>${
    page.data.reasons[name.split(":")[0]] ?? nothing
  }</small></span><b
    >${whole(count)}</b><i style="width:${(100 * count) / groups[0][1].count}%"></i></summary>
    <ul>${offerings.map((out) => line(page.root, out))}</ul>
    ${count > offerings.length ? keyed(answer, rest(page, name, count, offerings.length)) : nothing}
    </details></li>`;
  return html`<h2>Who is out, by the first reason</h2><ul class="c-out">${groups.map(fold)}</ul>`;
}

/** @param {string} root @param {Out} out */
const line = (root, { model, anchor, name, said: reason }) => html`<li><a
  href="${root}models/${model}/#${anchor}">${name}</a>: ${reason}</li>`;

/**
 * Those that are not among the first: all of them stand below, so that nothing above moves when it opens.
 * Of another answer it is closed again.
 * @param {Chooser} page @param {string} constraint @param {number} count @param {number} shown
 */
function rest(page, constraint, count, shown) {
  const all = page.out.get(constraint);
  const opened = toggled((open) => open && list(page, constraint));
  const others = html`<ul>${all?.slice(shown).map((out) => line(page.root, out))}</ul>`;
  const failed = html`They could not be listed here. <code>almanac choose --need need.yml --json</code>
    lists them all.`;
  const waiting = html`<p class="c-quiet" role="status">${all === null ? failed : "Looking …"}</p>`;
  return html`<details class="c-part" @toggle=${opened}><summary>and ${whole(count - shown)}
    more, each with why</summary>${all ? others : waiting}</details>`;
}

/** Ask for all that a constraint puts out. @param {Chooser} page @param {string} constraint */
async function list(page, constraint) {
  const { answer, changed, parts, out, own } = page;
  if (!answer || out.get(constraint)) return;
  const need = changed ? parts : answer.said;
  for (const most of [AT_ONCE, null]) {
    const rows = await page.asked({ kind: "out", need, constraint, most, ...own.asked });
    if (answer !== page.answer) return;
    out.set(constraint, rows);
    page.draw();
    if (!rows || rows.length < AT_ONCE) return;
  }
}
