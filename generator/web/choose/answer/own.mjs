// Draws the part of an answer that rests on the reader's own cases or on those of the site's owner, and
// whether they count.

import { html, nothing } from "lit-html";
import { toggled, written } from "../../playground/views/events.js";
import { visible } from "../../playground/visible.js";
import { whole } from "../meters.mjs";
import { why } from "./row.mjs";

/** @import { Answer, OwnFigures, OwnPlace } from "../../types/choose.js" */
/** @import { Chooser } from "../choose.mjs" */

const MEETS = {
  surely: "surely meets your pass rate",
  perhaps: "perhaps meets your pass rate",
  "surely not": "surely below your pass rate",
};

/**
 * Results that do not count now, or without an answer that could show them; else those that the site offers.
 * @param {Chooser} page
 */
export function given(page) {
  const { own: results, answer } = page;
  if (!results.any) return offered(page);
  if (results.used && (answer || page.stale)) return nothing;
  const whose = results.author ? `Results of ${visible(results.author)}` : "Results of your own cases";
  if (results.used)
    return html`<p class="c-own">${whose} are in this tab.
      <button type="button" class="act" @click=${() => page.changeOwn(null)}>Forget them</button></p>`;
  return html`<p class="c-own">${whose} are in this tab and do not count now: this is public
    evidence alone. <button type="button" class="act"
      @click=${() => page.changeOwn({ used: true })}>Use them</button>
    <button type="button" class="act" @click=${() => page.changeOwn(null)}>Forget them</button></p>`;
}

/** What the site's owner publishes. @param {Chooser} page */
function offered(page) {
  const { evaluations } = page.data;
  if (!evaluations.length) return nothing;
  return html`<div class="c-own"><p>This site has results of its own cases; its models can be ordered by
      them.</p>
    <ul>${evaluations.map(
      ({ id, source }) => html`<li><a href="${page.root}evaluations/#${id}" dir="auto">${visible(source)}</a>
        <button type="button" class="act" @click=${() => page.useResults(id)}>Order by these</button></li>`,
    )}</ul></div>`;
}

/** @param {Chooser} page @param {Answer} answer */
export function own(page, answer) {
  const { own: ran } = answer;
  if (!ran) return nothing;
  const { source, head, models, under, out, elsewhere } = ran;
  return html`<h2 dir="auto">${visible(ran.heading)}</h2>
    <div class="c-own"><p><b dir="auto">${visible(source)}.</b> Data set
        <code>${ran.dataset.slice(0, 12)}</code>${prices(ran.catalog, answer.catalog)}</p>
      <p class="c-own-controls"><label>Pass rate at least, per cent <input type="text" inputmode="decimal"
          name="floor" placeholder="none" .value=${page.own.floor}
          @change=${written((typed) => page.changeOwn({ floor: typed.trim() }))} /></label>
        <button type="button" class="act"
          @click=${() => page.changeOwn({ used: false })}>Use public evidence alone</button>
        <button type="button" class="act"
          @click=${() => page.changeOwn(null)}>${
            ran.author ? "Leave these results" : "Forget these results"
          }</button></p>
      <p class="c-quiet">${ran.floor_text}</p></div>
    <p class="c-sure" role="status">${head.map(visible).join(" ")}</p>
    ${models.length ? list(page, answer, models, true) : nothing}
    ${under.length ? html`<h3>Surely below your pass rate</h3>${list(page, answer, under, false)}` : nothing}
    ${out.length ? html`<h3>Run, and not left of what you need</h3><ul>${out.map(gone)}</ul>` : nothing}
    ${elsewhere.length ? unknown(elsewhere) : nothing}`;
}

/** @param {string} then @param {string} now the hashes of catalogs */
const prices = (then, now) =>
  then === now
    ? ", with the prices of this catalog."
    : then
      ? html`, with the prices of catalog <code>${then.slice(0, 12)}</code>.`
      : ", with the prices of a catalog that was not noted.";

/** @param {Chooser} page @param {Answer} answer @param {OwnPlace[]} places @param {boolean} isRanked */
const list = (page, answer, places, isRanked) =>
  html`<ol class="c-list">${places.map((one, i) => place(page, answer, one, isRanked ? i + 1 : 0))}</ol>`;

/** @param {Chooser} page @param {Answer} answer @param {OwnPlace} one @param {number} rank or 0 */
function place(page, answer, one, rank) {
  const { own: mine } = one;
  const opened = toggled((open) => open && page.places(one.model));
  const elsewhere = one.ran_here ? nothing : html`<small class="c-doubt">${ranAt(mine, answer)}</small>`;
  return html`<li class="c-item"><details class="c-row c-ran" @toggle=${opened}>
    <summary>
      <span class="c-rank">${rank || "–"}</span>
      <span class="c-who"><b dir="auto">${visible(mine.name)}</b><small>${one.place}</small>${elsewhere}
        ${one.then ? html`<small class="c-doubt">${one.then}</small>` : nothing}
        ${rank && answer.own?.floor ? html`<small>${MEETS[one.meets]}</small>` : nothing}</span>
      <span class="c-passed">${bar(mine)}<small>${mine.rate} passed</small></span>
      <span class="c-accepted"><b>${mine.each}</b><small>${mine.limits}</small><small>for each
        accepted answer</small></span>
    </summary>
    <div class="c-why"><h3>${answer.own?.author ? "These cases" : "Your cases"}</h3>${figures(one)}</div>
    ${why(page, answer, one, 0)}
  </details></li>`;
}

/** @param {OwnFigures} mine @param {Answer} answer */
function ranAt({ where }, { own: ran }) {
  const cases = ran?.author ? "these cases" : "your cases";
  return where
    ? `${cases} ran at ${visible(where)}; what an answer cost is what it cost there`
    : `where ${cases} ran was not noted`;
}

/** A pass rate's interval from 0 to 100 %; its figures stand beside it. @param {OwnFigures} mine */
const bar = ({ low, high, estimate }) => html`<span class="c-bar" aria-hidden="true"><i
    style="left:${low * 100}%;width:${(high - low) * 100}%"></i>${
      estimate === null ? nothing : html`<b style="left:${estimate * 100}%"></b>`
    }</span>`;

/** @param {OwnPlace} place */
function figures({ own: mine, cost: month, measured }) {
  const { rate, cost, speed, output, parameters, where } = mine;
  const tokens = measured === null ? "the output tokens asked" : `${whole(measured)} output tokens an answer`;
  const rows = [
    ["Passed, 95 % interval", rate],
    ["Each accepted answer, 95 % interval", cost],
    ["Median speed", speed || "not known"],
    ["Output tokens an answer, reasoning included", output],
    ["A month of the work asked", `${month}, with ${tokens}`],
    ["Parameters", parameters || "none set"],
    ["Ran at", where || "not noted"],
  ];
  return html`<dl class="c-own-figures">${rows.map(
    ([name, text]) => html`<div><dt>${name}</dt><dd dir="auto">${visible(text)}</dd></div>`,
  )}</dl>`;
}

/** @param {NonNullable<Answer["own"]>["out"][number]} out */
const gone = ({ own: mine, constraint, reason }) => html`<li><b dir="auto">${visible(mine.name)}</b>
  (${mine.rate} passed, ${mine.cost} for each accepted answer):
  ${constraint}${reason ? `: ${reason}` : ""}</li>`;

/** @param {OwnFigures[]} all */
const unknown = (all) => html`<h3>Run, and not in this catalog</h3>
  <p>Nothing that you need can be checked for these, so they have no place in the order.</p>
  <ul>${all.map(
    (mine) => html`<li><b dir="auto">${visible(mine.name)}</b>
      ${mine.where ? `at ${visible(mine.where)}` : nothing}:
      ${mine.rate} passed, ${mine.cost} for each accepted answer</li>`,
  )}</ul>`;
