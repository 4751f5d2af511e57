// What a run costs and may cost, its buttons, where its answers are stored, and how it goes on.

import { html, nothing } from "lit-html";
import { live } from "lit-html/directives/live.js";
import { ticked, written } from "../../playground/views/events.js";
import { visible } from "../../playground/visible.js";
import { keepAnswers } from "../actions/keep.js";
import { gapOf } from "../asking/gaps.js";
import { firstCheck, lacksCheck } from "../actions/propose.js";
import { forecast, pause, retryFailed, runAll, stop } from "../actions/run.js";
import { saveResults } from "../actions/results_file.js";
import { askedModels } from "../actions/save.js";
import { spentSoFar } from "../asking/spending.js";
import { count, many, usd } from "../text.js";
import { asked, lack } from "./lack.js";

/** @import { CostRange, Forecast, RunProgress } from "../../types/evaluate.js" */
/** @import { EvaluatePage } from "../page.js" */
/** @import { Results } from "../results.js" */

/** @param {EvaluatePage} page */
export function running(page) {
  const { cases, prompts, repeats } = page.evaluation;
  const requests = cases.length * prompts.length * page.panes.length * repeats;
  const failed = page.results?.models.some(({ missing }) => missing);
  const paused = page.results?.progress?.paused;
  const { invalid, by } = asked(page, "budget");
  return html`<div class="row actions">
      <label class="beside">Spend at most $<input id="budget" inputmode="decimal" placeholder="no limit"
        aria-invalid=${invalid} aria-describedby=${by}
        .value=${live(page.budget)} @input=${written((value) => {
          page.budget = value.trim();
          page.changed();
        })} /></label>
      ${
        page.budget
          ? html`<label class="beside"><input id="unpriced" type="checkbox" .checked=${live(page.unpriced)}
              @change=${ticked((yes) => {
                page.unpriced = yes;
                page.changed();
              })} /> Run models without a known price, too</label>`
          : nothing
      }
      <button class="small" id="forecast" type="button" ?disabled=${!requests}
        @click=${() => forecast(page)}>Estimate cost and time</button>
    </div>
    ${lack(page, "budget")} ${estimate(page)} ${gap(page)} ${lacksCheck(page) ? proposal(page) : nothing}
    <div class="row actions">
      <button class="md-button md-button--primary" id="run" type="button" data-asks
        aria-disabled=${page.busy ? "true" : nothing}
        @click=${() => runAll(page)}>${requests ? label(page, requests) : "Run"}</button>
      <button class="md-button" id="pause" type="button" data-next="#run" ?disabled=${!page.run}
        @click=${() => pause(page)}>${page.run && paused ? "Go on" : "Pause"}</button>
      <button class="md-button" id="stop" type="button" data-next="#run" ?disabled=${!page.busy}
        @click=${() => stop(page)}>Stop</button>
      ${
        failed && !page.busy
          ? html`<button class="md-button" id="retry" type="button" data-asks data-next="#run"
              @click=${() => retryFailed(page)}>Retry what failed</button>`
          : nothing
      }
      ${
        page.answers.size && !page.busy
          ? html`<button class="small" id="anew" type="button" data-asks data-next="#run"
              @click=${() => runAll(page, { anew: true })}>Ask all again</button>`
          : nothing
      }
    </div>
    ${storing(page)}`;
}

/** What a run would send, on its button. @param {EvaluatePage} page @param {number} requests in all */
function label(page, requests) {
  if (page.answers.size)
    return isAnswered(page) ? "Check the answers again: nothing is sent" : "Run what is missing";
  const unjudged = lacksCheck(page) ? " without a check" : "";
  return `Run ${many(requests, "request")}${unjudged}`;
}

/** @param {EvaluatePage} page */
function isAnswered(page) {
  try {
    return page.answered.isAll(page.results, page.evaluation, askedModels(page), page.edits);
  } catch {
    return false; // a parameter is no JSON yet
  }
}

/** What a run would ask for first. @param {EvaluatePage} page */
function gap({ evaluation, facts }) {
  const first = evaluation.cases.length ? gapOf(evaluation, facts.columns) : null;
  return first ? html`<p class="quiet" id="gap">Before it can run: ${first.text}</p>` : nothing;
}

/** The check that the cases ask for, one click away. @param {EvaluatePage} page */
function proposal(page) {
  const check = firstCheck(page);
  const kind = page.data.checks.find(({ name }) => name === check.name);
  const add = () => {
    if (!lacksCheck(page)) return; // the second click of a double one
    page.evaluation.checks.push(check);
    page.changed();
  };
  return html`<p class="row" id="no-check"><span>No check yet: answers will not be judged.</span>
    <button class="small" type="button" @click=${add}>Add “${kind?.label ?? check.name}
      ${check.arguments.value}”</button></p>`;
}

/** From so many times as much on the most is so far from the least that it says little. */
const WIDE = 100;
const NARROWER = " Max tokens, under Parameters for all models, makes both ranges narrower.";

/** @param {Forecast} made */
function isWide({ cost: { low, high }, seconds: [least, most] }) {
  if (most === null || high === null) return true;
  return most > WIDE * least || (low > 0 && high > WIDE * low);
}

/** @param {EvaluatePage} page */
function estimate(page) {
  const { forecast: made, panes } = page;
  if (!made) return nothing;
  const without = made.unpriced.map((place) => panes[place]?.name ?? "").filter(Boolean);
  const over = made.over.flatMap((why, place) => (why ? [`${panes[place]?.name}: ${why}`] : []));
  const cost = known(made, panes.length);
  return html`<p class="quiet" id="estimate">All ${count(made.cells)} requests: <b>${cost}</b>,
    <b>${span(made.seconds)}</b>. Estimated: tokens are counted by the length of the text, output from one
    token to the most that is allowed, at 20 to 400 tokens a second, without a provider’s limits. From ten
    answers of a model on, by what they cost and took.${isWide(made) ? NARROWER : ""}
    ${without.length ? html`No price is known for ${visible(without.join("; "))}.` : nothing}
    ${over.map((text) => html`<br />${visible(text)}`)}</p>`;
}

/** @param {CostRange} cost */
export function dollars({ low, high }) {
  if (high === null) return `at least ${usd(low)}; the most is not known`;
  return usd(low) === usd(high) ? usd(high) : `${usd(low)} to ${usd(high)}`;
}

/** @param {EvaluatePage} page */
function storing(page) {
  const { store } = page;
  const refused = store.refused
    ? html`<p class="quiet">${count(store.refused)} answers repeat a key of yours and are not stored.</p>`
    : nothing;
  return html`<label class="beside"><input id="keep" type="checkbox" .checked=${live(store.on)}
      @change=${ticked((yes) => keepAnswers(page, yes))} />
      Store cases and answers on this device, to go on after a reload or a crash; never keys</label>
    ${refused}
    ${
      store.trouble
        ? html`<div class="end failed" role="alert" id="store-trouble"><p>${store.trouble} What is
              evaluated and ${count(store.waiting)} answers are in this page only, and gone once you leave
              it. Save the results as a file, or make room and store them again.</p>
            <button class="small" type="button" @click=${() => saveResults(page)}>Save the results as a
              file</button>
            <button class="small" type="button" @click=${async () => {
              await store.retry();
              page.changed();
            }}>Store them again</button></div>`
        : nothing
    }`;
}

/** How the run goes on. @param {Results} results */
export function progress(results) {
  const { done, cells, over, progress: now } = results;
  return html`${
    over
      ? nothing
      : html`<label class="quiet">${count(done)} of ${count(cells)} requests
          <progress max=${cells} value=${done}></progress></label>`
  }
  ${now ? html`<p class="quiet" id="spent">${spending(now, results)}</p>` : nothing}
  ${
    now && !over
      ? now.waiting.map(
          ({ model, seconds, why }) =>
            html`<p class="quiet">${results.names[model]} waits ${Math.ceil(seconds)} s: ${visible(why)}</p>`,
        )
      : nothing
  }
  ${(now?.stopped ?? []).map(
    ({ model, why, cells: left }) =>
      html`<p class="end failed">${results.names[model]}: ${visible(why)}${
        left ? ` (${many(left, "request")} ${left === 1 ? "was" : "were"} not asked.)` : ""
      }</p>`,
  )}`;
}

/** @param {RunProgress} now @param {Results} results */
function spending(now, results) {
  const { cost, seconds, in_flight, paused } = now;
  const parts = [spentSoFar(now, results)];
  if (results.over) return `${parts[0]}.`;
  if (cost.low || cost.high) parts.push(`the rest ${dollars(cost)}`);
  if (seconds) parts.push(`${time(seconds)} left`);
  if (paused) parts.push(in_flight ? `paused, ${in_flight} still running` : "paused");
  return `${parts.join("; ")}.`;
}

/** @param {[number, number]} seconds */
function time([low, high]) {
  const [from, to] = [low, high].map(long);
  return from === to ? `about ${to}` : `${from} to ${to}`;
}

/** What those cost whose price is known. @param {Forecast} made @param {number} models */
function known({ cost, unpriced }, models) {
  if (unpriced.length === models) return "cost not known";
  return `${dollars(cost)}${unpriced.length ? " for those with a known price" : ""}`;
}

/** @param {Forecast["seconds"]} seconds */
function span([low, high]) {
  return high === null ? `at least ${long(low)}; the most is not known` : time([low, high]);
}

/** @param {number} seconds */
function long(seconds) {
  if (seconds < 90) return `${Math.ceil(seconds)} s`;
  return seconds < 5400 ? `${Math.round(seconds / 60)} min` : `${(seconds / 3600).toFixed(1)} h`;
}
