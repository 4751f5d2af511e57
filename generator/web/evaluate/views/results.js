// What came of the run: a rate for each model, and the table of cases by models.

import { html, nothing } from "../../playground/vendor/lit-html.js";
import { live } from "../../playground/vendor/directives/live.js";
import { written } from "../../playground/views/events.js";
import { SHOWN } from "../results.js";
import { progress } from "./running.js";
import { count, textOf } from "./text.js";

/** @import { Results, Tally } from "../results.js" */
/** @import { EvaluatePage } from "../page.js" */

/** @param {EvaluatePage} page */
export function results(page) {
  const { results: all } = page;
  if (!all) return nothing;
  const { names, models } = all;
  const heads = ["Model", "Passed", "No answer", "Cost"];
  return html`<section class="step" aria-labelledby="results-title">
    <h2 id="results-title">Results</h2>
    ${progress(all)}
    <div class="scroll" tabindex="0" role="region" aria-label="Results by model"><table class="rates">
      <thead><tr>${heads.map((head) => html`<th scope="col">${head}</th>`)}</tr></thead>
      <tbody>${names.map((name, place) => rate(name, models[place]))}</tbody>
    </table></div>
    ${filters(page)} ${matrix(page, all)}
  </section>`;
}

/** @param {string} name @param {Tally} tally */
function rate(name, { passed, failed, missing, unchecked, cost, priced, count: all }) {
  const judged = passed + failed;
  const share = judged
    ? `${count(passed)} of ${count(judged)} (${Math.round((100 * passed) / judged)} %)`
    : "–";
  const without = unchecked ? `, ${count(unchecked)} not checked` : "";
  const spent = priced
    ? `$${cost.toPrecision(3)}${priced < all ? ` for ${count(priced)} of ${count(all)}` : ""}`
    : "–";
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
    })}>${Object.entries(SHOWN).map(
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
  grid.show(all, page.shown);
  const { places, before, after } = grid.inSight;
  if (places.length && !places.includes(grid.active.row)) grid.active.row = places[0];
  const counted = `${count(grid.rows.length)} of ${count(all.rows.length)} rows`;
  return html`<p class="quiet" role="status" id="counted">${counted}</p>
    <div class="matrix-scroll"><table class="matrix" role="grid" aria-label="Results by case"
      aria-rowcount=${grid.rows.length + 1} aria-colcount=${all.names.length + 1}>
      <thead><tr role="row" aria-rowindex="1">${["Case", ...all.names].map(
        (name) => html`<th scope="col" role="columnheader">${name}</th>`,
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
  const [first = ""] = Object.values(asked.variables);
  const text = textOf(first).slice(0, 200);
  const after = several ? ` ${prompt.name}: ${text}` : ` ${text}`;
  return html`<tr role="row" aria-rowindex=${place + 2}>
    <th scope="row" role="rowheader" title=${text}><b>${asked.name}</b>${after}</th>
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
    @click=${open} @keydown=${pressed}>${tally.count ? outcome(tally) : ""}</td>`;
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
