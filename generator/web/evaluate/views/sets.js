// For who has no cases at hand: a run that was recorded, and the sets that can be opened.

import { html, nothing } from "lit-html";
import { openSet, runFew } from "../actions/sets.js";
import { seconds } from "../text.js";
import { summary } from "./summary.js";

/** @import { RecordedRun } from "../../types/evaluate.js" */
/** @import { EvaluatePage } from "../page.js" */

/**
 * What a run comes to, before there is one of the reader's own: it goes with their results, not with their
 * first case, for what is clicked may not move away.
 * @param {EvaluatePage} page
 */
export function recorded(page) {
  const { recorded: run, results } = page;
  if (!run || results) return nothing;
  return html`<section class="step example" aria-labelledby="example-title">
    <h2 id="example-title">What comes out: a recorded run</h2>
    <p class="quiet">Not asked just now: recorded on
      <time datetime=${run.recorded}>${day(run.recorded)}</time>, “${run.name}”, ${run.cases} cases, on a
      model small enough to run in a browser.</p>
    ${summary(run.summary)} ${live(page, run)}
  </section>`;
}

/** @param {EvaluatePage} page @param {RecordedRun} run */
function live(page, run) {
  const row = page.rows.get(page.data.keyless);
  if (!row) return nothing;
  const [{ median }] = run.summary.figures;
  const took = median === null ? "" : ` and about ${seconds(8 * median)}, by this recording`;
  const size = Math.round(page.data.weights.bytes / 1e6);
  return html`<p class="row actions"><button class="md-button" id="few" type="button" data-asks
      data-next="#run" ?disabled=${page.busy}
      @click=${() => runFew(page)}>Run eight of its cases here, without a key</button>
    <span class="quiet">${
      page.hasWeights ? "Its file is in this browser already." : `It takes a download of ${size} MB${took}.`
    } The model runs in this page.</span></p>`;
}

/** @param {string} text */
const day = (text) =>
  new Date(text).toLocaleDateString("en-GB", {
    day: "numeric",
    month: "long",
    year: "numeric",
    timeZone: "UTC",
  });

/** The sets, where there are no cases yet. @param {EvaluatePage} page */
export function sets(page) {
  if (!page.sets.length) return nothing;
  return html`<details id="sets" ?open=${!page.evaluation.cases.length}>
    <summary>Begin with a ready-made set</summary>
    <ul class="sets">${page.sets.map(
      ({ file, name, cases, about }) =>
        html`<li><button class="small" type="button" @click=${() => openSet(page, file)}>${name}</button>
          <span class="quiet">${about}. ${cases} cases.
            <a href=${`sets/${file}`} download=${file}>Download</a></span></li>`,
    )}</ul>
  </details>`;
}
