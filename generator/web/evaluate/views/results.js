// What came of the run: a rate for each model, and the table of cases by models.

import { html, nothing } from "lit-html";
import { guard } from "lit-html/directives/guard.js";
import { live } from "lit-html/directives/live.js";
import { chosen, written } from "../../playground/views/events.js";
import { openEarlier } from "../actions/results_file.js";
import { contestantsOf } from "../contestants.js";
import { CHANGED, SHOWN } from "../rows.js";
import { notSaved, saving } from "./export.js";
import { toChoose } from "./observed.js";
import { plots } from "./plots/quality.js";
import { times } from "./plots/times.js";
import { summary } from "./summary.js";
import { progress } from "./running.js";
import { beginningOf, count, usd } from "../text.js";

/** @import { Results, Tally } from "../results.js" */
/** @import { EvaluatePage } from "../page.js" */

/** @param {EvaluatePage} page */
export function results(page) {
  const { results: all } = page;
  if (!all) return nothing;
  const { names, models, done } = all;
  return html`<section class="step" aria-labelledby="results-title">
    <h2 id="results-title">Results</h2>
    ${progress(all)}
    ${guard([all, done, page.summary], () =>
      page.summary?.models.length
        ? html`${summary(page.summary)} ${plots(page.summary)}`
        : counted(names, models),
    )}
    ${guard([all, done, page.summary], () =>
      page.summary ? times(contestantsOf(all), page.summary.figures) : nothing,
    )}
    ${toChoose(page)}
    ${guard([all.over, done, page.matched], () => sinceEarlier(page))} ${filters(page)} ${matrix(page, all)}
    <div class="row actions">
      ${saving(page, all.over)}
      <label class="md-button file">Compare with an earlier run<input id="earlier" type="file" accept=".json"
        @change=${chosen(([file]) => file && openEarlier(page, file))} /></label>
    </div>
    ${notSaved(page)}
  </section>`;
}

/** How many passed, while the results come. @param {string[]} names @param {Tally[]} models */
const counted = (names, models) => html`<div class="scroll" tabindex="0" role="region"
  aria-label="Results by model"><table class="rates">
  <thead><tr>${["Model", "Passed", "No answer", "Cost"].map(
    (head) => html`<th scope="col">${head}</th>`,
  )}</tr></thead>
  <tbody>${names.map((name, place) => rate(name, models[place]))}</tbody>
</table></div>`;

/** How many answers are worse and better than in the earlier run. @param {EvaluatePage} page */
function sinceEarlier(page) {
  const { matched, results: all } = page;
  if (!matched || !all?.over) return nothing;
  const lines = all.names.flatMap((name, model) => {
    const { compared, worse, better } = matched.counted(model);
    if (!compared) return [];
    const text = `${count(worse)} worse, ${count(better)} better, of ${count(compared)}`;
    return [html`<li>${name}: ${text}</li>`];
  });
  const none = html`<p class="quiet">Nothing to compare: no case has checked answers of one model in both
    runs.</p>`;
  return html`<div id="since">
    <h3>Since the earlier run</h3>${lines.length ? html`<ul>${lines}</ul>` : none}
  </div>`;
}

/** @param {string} name @param {Tally} tally */
function rate(name, { passed, failed, missing, unchecked, cost, priced, count: all }) {
  const judged = passed + failed;
  const share = judged
    ? `${count(passed)} of ${count(judged)} (${Math.round((100 * passed) / judged)} %)`
    : "–";
  const without = unchecked ? `, ${count(unchecked)} not checked` : "";
  const spent = priced ? `${usd(cost)}${priced < all ? ` for ${count(priced)} of ${count(all)}` : ""}` : "–";
  const cells = [share + without, missing ? count(missing) : "–", spent];
  return html`<tr><th scope="row">${name}</th>${cells.map((text) => html`<td>${text}</td>`)}</tr>`;
}

/** @param {EvaluatePage} page */
function filters(page) {
  const { shown } = page;
  return html`<div class="row filters">
    <label>Cases<select id="which" @change=${written((value) => {
      shown.which = value;
      page.progressedAtOnce();
    })}>${Object.entries({ ...SHOWN, ...(page.matched ? CHANGED : {}) }).map(
      ([which, label]) => html`<option value=${which} ?selected=${which === shown.which}>${label}</option>`,
    )}</select></label>
    <label>Text in the case<input id="find" type="search" .value=${live(shown.text)}
      @input=${written((value) => {
        shown.text = value;
        page.progressedAtOnce();
      })} /></label>
  </div>`;
}

/** @param {EvaluatePage} page @param {Results} all */
function matrix(page, all) {
  const { grid } = page;
  grid.show(all, page.shown, page.matched);
  const { places, before, after } = grid.inSight;
  if (places.length && !places.includes(grid.active.row)) grid.active.row = places[0];
  const rows = `${count(grid.rows.length)} of ${count(all.rows.length)} rows`;
  return html`<p class="quiet" role="status" id="counted">${rows}</p>
    <div class="matrix-scroll"><table class="matrix" role="grid" aria-label="Results by case"
      aria-rowcount=${grid.rows.length + 1} aria-colcount=${all.names.length + 1}>
      <thead><tr role="row" aria-rowindex="1">${["Case", ...all.names].map(
        (name) =>
          html`<th scope="col" role="columnheader" title=${name}><span class="name">${name}</span></th>`,
      )}</tr></thead>
      <tbody @keydown=${(/** @type {KeyboardEvent} */ event) => grid.move(event)}>
        ${space(before)}${places.map((place) => line(page, all, place))}${space(after)}
      </tbody></table></div>`;
}

/** @param {number} height in pixels */
const space = (height) =>
  height ? html`<tr aria-hidden="true"><td class="space" style="height:${height}px"></td></tr>` : nothing;

/** @param {EvaluatePage} page @param {Results} all @param {number} place among the rows that are shown */
function line(page, all, place) {
  const row = page.grid.rows[place];
  if (row === undefined) return nothing;
  const { case: asked, prompt } = all.asked(row);
  const several = all.evaluation.prompts.length > 1;
  const text = beginningOf(asked).slice(0, 200);
  const after = several ? ` ${prompt.name}: ${text}` : ` ${text}`;
  return html`<tr role="row" aria-rowindex=${place + 2}>
    <th scope="row" role="rowheader" title=${text}><span class="name"><b>${asked.name}</b>${after}</span></th>
    ${all.rows[row].map((tally, model) => cell(page, tally, { row, model, place }))}
  </tr>`;
}

/**
 * @param {EvaluatePage} page
 * @param {Tally} tally
 * @param {{ row: number, model: number, place: number }} at
 */
function cell(page, tally, { row, model, place }) {
  const { active } = page.grid;
  const open = () => {
    page.grid.active = { row: place, model };
    if (!tally.count) return;
    page.open = { row, model };
    page.compared = { with: "", parts: [] };
    page.progressedAtOnce();
  };
  /** @param {KeyboardEvent} event */
  const pressed = (event) => {
    if (event.key !== "Enter" && event.key !== " ") return;
    event.preventDefault();
    open();
  };
  return html`<td role="gridcell" class="outcome" data-outcome=${tally.outcome ?? ""}
    tabindex=${active.row === place && active.model === model ? 0 : -1}
    @click=${open} @keydown=${pressed}>${tally.count ? outcome(tally) : ""}${since(page, row, model)}</td>`;
}

/** @param {Tally} tally */
function outcome({ passed, failed, missing, unchecked, count: all }) {
  if (all > 1) {
    const share = passed + failed ? `${passed} of ${passed + failed}` : "–";
    return missing ? `${share}, ${missing} none` : share;
  }
  if (missing) return "No answer";
  if (unchecked) return "Not checked";
  return failed ? "✗ Failed" : "✓ Passed";
}

/**
 * A mark where answers pass less or more often than in the earlier run.
 * @param {EvaluatePage} page @param {number} row @param {number} model
 */
function since(page, row, model) {
  const change = page.matched?.change({ row, model });
  if (!change) return nothing;
  return change < 0
    ? html` <small class="since">▼ worse</small>`
    : html` <small class="since">▲ better</small>`;
}
