// What the results come to: the sentence, a line for each model with its interval, and each pair.

import { html, nothing } from "lit-html";
import { count, percent, seconds as inSeconds } from "../text.js";

/** @import { Figures, ModelSummary, PairSummary, Rate, Summary } from "../../types/evaluate.js" */

const MISSING =
  "Where answers are missing, the interval reaches from all of them failed to all of them passed.";

/** @param {Summary & { figures: Figures[] }} summary */
export function summary({ headline, models, pairs, figures }) {
  const repeats = Math.max(...models.map((one) => one.repeats));
  const repeated = repeats > 1;
  const heads = [
    "Model",
    "Passed",
    "95 % interval",
    ...(repeated ? [`At least 1 of ${repeats}`, `All ${repeats}`, "Cases that differ"] : []),
    "Each accepted answer",
    "Paid",
    "Median time",
    "9 in 10 within",
  ];
  return html`${headline ? html`<p class="headline">${headline}</p>` : nothing}
    <div class="scroll" tabindex="0" role="region" aria-label="Results by model"><table class="rates">
      <thead><tr>${heads.map((head) => html`<th scope="col">${head}</th>`)}</tr></thead>
      <tbody>${models.map((one, place) => line(one, repeated, figures[place]))}</tbody>
    </table></div>
    <p class="quiet">${models.some(({ rate }) => rate.missing) ? MISSING : ""}
      <a href="../method/#evaluation">How this is computed</a></p>
    ${pairs.length > 1 ? each(pairs) : nothing}`;
}

/** @param {ModelSummary} one @param {boolean} repeated @param {Figures} figures */
function line({ name, rate, cost, any, all, mixed }, repeated, { median, most }) {
  const missing = rate.missing ? `, ${count(rate.missing)} missing` : "";
  const often = repeated ? [share(any), share(all), mixed === null ? "–" : percent(mixed)] : [];
  return html`<tr><th scope="row">${name}</th>
    <td>${rate.estimate === null ? "–" : percent(rate.estimate)}${missing}</td>
    <td>${interval(rate)}</td>
    ${often.map((text) => html`<td>${text}</td>`)}
    <td>${accepted(cost)}</td>
    <td>${paid(cost, rate)}</td>
    <td>${median === null ? "–" : inSeconds(median)}</td>
    <td>${most === null ? "–" : inSeconds(most)}</td></tr>`;
}

/** The interval as figures and as a bar from 0 to 100 %. @param {Rate} rate */
const interval = ({ low, high, estimate }) => html`<span class="interval">
  <span>${percent(low)} to ${percent(high)}</span>
  <span class="bar" aria-hidden="true"><i style="left:${low * 100}%;width:${(high - low) * 100}%"></i>
    ${estimate === null ? nothing : html`<b style="left:${estimate * 100}%"></b>`}</span>
</span>`;

/** @param {Rate | null} rate */
const share = (rate) => (typeof rate?.estimate === "number" ? percent(rate.estimate) : "–");

/** @param {ModelSummary["cost"]} cost @param {Rate} rate */
function paid({ paid: known, unknown }, { asked, missing }) {
  if (known === null || (unknown && unknown === asked - missing)) return "not known";
  if (!unknown && known === "$0") return `${known}, free`;
  return unknown ? `${known}, and ${count(unknown)} answers unknown` : known;
}

/** @param {ModelSummary["cost"]} cost */
function accepted({ estimate, low, high, unknown, accepted: passed }) {
  if (estimate === null) return unknown ? "not known" : passed ? "–" : "none accepted";
  if (low === null) return estimate;
  return high === null ? `${estimate} (at least ${low})` : `${estimate} (${low} to ${high})`;
}

/** @param {PairSummary[]} pairs */
const each = (pairs) => html`<details class="pairs">
  <summary>Each pair (${pairs.length})</summary>
  <p class="quiet">A winner is named where chance alone would seldom do so, however many pairs are
    compared.</p>
  <ul>${pairs.map(({ sentence }) => html`<li>${sentence}</li>`)}</ul>
</details>`;
