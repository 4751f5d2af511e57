// Who is out, by the first reason: the first of each with why, and the rest once it is opened.

import { html, nothing } from "lit-html";
import { guard } from "lit-html/directives/guard.js";
import { keyed } from "lit-html/directives/keyed.js";
import { whole } from "../meters.mjs";
import { AT_ONCE, grown, parted } from "./growing.mjs";

/** @import { Answer, Out } from "../../types/choose.js" */
/** @import { Chooser } from "../choose.mjs" */

/** @param {Chooser} page @param {Answer} answer */
export function eliminated(page, answer) {
  const groups = Object.entries(answer.eliminated).sort((a, b) => b[1].count - a[1].count);
  if (!groups.length) return nothing;
  /** @param {(typeof groups)[number]} group */
  const fold = ([name, { count, offerings }]) => html`<li><details @toggle=${(
    /** @type {Event} */ { currentTarget: outer },
  ) => again(page, name, outer)}><summary><span>${name}<small>${
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
  const { rows, shown: drawn } = page.out.get(constraint) ?? { shown: 0 };
  const opened = (/** @type {Event} */ { currentTarget: fold }) => {
    if (fold instanceof HTMLDetailsElement && fold.open) list(page, constraint, fold);
  };
  // Of what stands already no row is looked at again when the next ones come.
  const others = html`<ul>${parted((rows ?? []).slice(shown, drawn)).map((part, at) =>
    guard([rows, at, part.length], () => part.map((out) => line(page.root, out))),
  )}</ul>`;
  const failed = html`They could not be listed here. <code>almanac choose --need need.yml --json</code>
    lists them all.`;
  const waiting = html`<p class="c-quiet" role="status">${rows === null ? failed : "Looking …"}</p>`;
  return html`<details class="c-part" @toggle=${opened}><summary>and ${whole(count - shown)}
    more, each with why</summary>${rows ? others : waiting}</details>`;
}

/**
 * Ask for all that a constraint puts out, and draw it bit by bit for as long as the fold is open.
 * @param {Chooser} page @param {string} constraint @param {HTMLDetailsElement} fold
 */
async function list(page, constraint, fold) {
  const { answer, changed, parts, out, own } = page;
  const listed = out.get(constraint) ?? { shown: 0, whole: false, busy: false };
  if (!answer || listed.busy) return;
  out.set(constraint, listed);
  listed.busy = true;
  const need = changed ? parts : answer.said;
  for (const most of listed.whole ? [] : [AT_ONCE, null]) {
    const rows = await page.asked({ kind: "out", need, constraint, most, ...own.asked });
    if (answer !== page.answer) return;
    Object.assign(listed, { rows, shown: AT_ONCE, whole: rows && (most === null || rows.length < most) });
    page.draw();
    if (!rows || listed.whole) break;
  }
  await grown(listed.rows?.length ?? 0, listed.shown, (shown) => {
    const wanted = answer === page.answer && seen(fold);
    if (wanted) {
      listed.shown = shown;
      page.draw();
    }
    return wanted;
  });
  listed.busy = false;
}

/**
 * Go on with a list that was cut off when what holds it was closed.
 * @param {Chooser} page @param {string} constraint @param {EventTarget | null} outer
 */
function again(page, constraint, outer) {
  if (!(outer instanceof HTMLDetailsElement) || !outer.open) return;
  const inner = outer.querySelector("details");
  if (inner?.open) list(page, constraint, inner);
}

/** Whether a fold and all that hold it are open. @param {HTMLDetailsElement} fold */
function seen(fold) {
  for (let at = /** @type {Element | null} */ (fold); at; at = at.parentElement?.closest("details") ?? null)
    if (!at.hasAttribute("open")) return false;
  return fold.isConnected;
}
