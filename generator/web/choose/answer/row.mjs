// A model of the shortlist: its line, and in full why it is left, what it costs and where else it runs.

import { html, nothing } from "lit-html";
import { MOST_MODELS } from "../../evaluate/contestants.js";
import { toggled } from "../../playground/views/events.js";
import { meters, ranked } from "../meters.mjs";

/** @import { Answer, Left, ModelPlace, Month, Score, Verdict } from "../../types/choose.js" */
/** @import { Chooser } from "../choose.mjs" */

const UNBEATEN = "Nobody left beats it in cost and all else that is asked: ability, score, speed, wishes met";
const WORD = { yes: "yes", no: "no", unknown: "nobody says" };

/** The playground with these models. @param {string} root @param {string[]} calls */
export function playground(root, calls) {
  const parts = [["v", "1"], ...calls.map((call) => ["model", call])];
  return `${root}playground/#${new URLSearchParams(parts)}`;
}

/**
 * Evaluate with these models, as many as it compares at once.
 * @param {string} root @param {string[]} calls
 */
export function evaluate(root, calls) {
  const parts = [["v", "1"], ...calls.slice(0, MOST_MODELS).map((call) => ["model", call])];
  return `${root}evaluate/#${new URLSearchParams(parts)}`;
}

/**
 * @param {Chooser} page @param {Answer} answer @param {Left} m @param {number} i
 * @param {number} dearest dollars a month
 */
export function row(page, answer, m, i, dearest) {
  const doubts = m.verdicts.filter((v) => v.holds === "unknown");
  const width = dearest ? Math.max(2, (100 * ranked(m.month)) / dearest) : 0;
  const front = html` <abbr title=${UNBEATEN}>†</abbr>`;
  const doubt = html`<small
    class="c-doubt">nobody says: ${doubts.map((v) => v.constraint).join(", ")}</small>`;
  const score = html`<span class="c-score">${m.score ? m.score.score : "–"}<small>score</small></span>`;
  const able = html`<span class="c-score">${m.ability?.text}<small>${ability(answer, m)}</small></span>`;
  const proof = html`<small>${m.ability?.why}</small>${
    m.ability?.enough ? html`<small class="c-doubt">${m.ability.enough}</small>` : nothing
  }`;
  const opened = toggled((open) => open && page.places(m.model));
  return html`<li class="c-item"><details class="c-row" @toggle=${opened}>
    <summary>
      <span class="c-rank">${i + 1}</span>
      <span class="c-who"><b dir="auto">${m.name}</b>${m.front ? front : nothing}<small>${m.place}</small>
        ${m.then ? html`<small class="c-doubt">${m.then}</small>` : nothing}
        ${m.ability ? proof : nothing}
        ${answer.runs && m.score ? html`<small>score: ${m.score.run}</small>` : nothing}
        ${doubts.length ? doubt : nothing}
        ${m.behind ? html`<small class="c-behind">${m.behind}</small>` : nothing}</span>
      ${m.ability ? able : nothing} ${answer.need.benchmark ? score : nothing}
      <span class="c-cost"><span>${m.cost}</span><small>a month</small><i style="width:${width}%"></i></span>
    </summary>
    ${why(page, answer, m, i)}
  </details></li>`;
}

/** At what it is able: the need's task where it has scores there. @param {Answer} answer @param {Left} m */
function ability({ need: { task } }, m) {
  if (!task) return "ability";
  return m.ability?.of_task ? `ability at ${task}` : "ability in general";
}

/** @param {Chooser} page @param {Answer} answer @param {Left} m @param {number} i */
export function why(page, answer, m, i) {
  const { root } = page;
  const tried = html`<a class="act" href=${playground(root, [m.call])}>Try it in the playground</a>`;
  const both = `${encodeURI(answer.models[0].offering)},${encodeURI(m.offering)}`;
  return html`<div class="c-why">
      <p class="actions">
        ${m.call ? tried : html`<span class="c-quiet">Not in the playground: ${m.no_call}.</span>`}
        <a class="act" href="${root}models/${m.model}/#${m.anchor}">Its facts and who says them</a>
        ${i ? html`<a class="act" href="${root}compare/?o=${both}">Compare with the first</a>` : nothing}
      </p>
      <h3>Why it is left</h3>
      <div class="c-scroll" tabindex="0" role="region" aria-label="Verdicts on ${m.name}"><table
        class="c-table"><thead><tr><th scope="col">Asked</th><th scope="col">Holds</th><th
        scope="col">Said</th></tr></thead><tbody>
        ${m.verdicts.map((v) => verdict(root, m, v))}
      </tbody></table></div>
      ${m.month?.lines.length ? bill(m, m.month) : html`<p>No price is known, so neither is the cost.</p>`}
      ${m.score ? published(m.score) : nothing}
      <h3>Where else it runs</h3>
      ${elsewhere(page, m)}
    </div>`;
}

/** @param {Score} score */
function published({ score, series, as_of, link }) {
  const place = html`<a href=${link} rel="noreferrer">where it is published</a>`;
  return html`<p>Score ${score} in ${series}, ${as_of || "no date given"}: ${place}.</p>`;
}

/** @param {string} root @param {Left} m @param {Verdict} v */
function verdict(root, m, v) {
  const link = html`<a class="c-page" href=${v.said} rel="noreferrer">${v.said}</a>`;
  const letter =
    v.mark &&
    html`<a class="letter letter-${v.mark.toLowerCase()}"
    href="${root}models/${m.model}/#${m.anchor}" aria-label="who says it" title="who says it">${v.mark}</a>`;
  const page = !v.mark && v.links?.[0] && v.links[0] !== v.said ? v.links[0] : "";
  const itsPage = page && html` <a class="c-page" href=${page} rel="noreferrer">where it says so</a>`;
  return html`<tr><th scope="row">${v.constraint}</th><td
    class="c-${v.holds}">${WORD[v.holds]}</td><td
    >${v.said.startsWith("https://") ? link : v.said}${letter || nothing}${itsPage || nothing}</td></tr>`;
}

/** @param {Left} m @param {Month} month */
const bill = (m, month) => html`<h3>What it costs a month${m.region ? html`, in ${m.region}` : nothing}</h3>
  ${meters(m.name, month)}`;

/** @param {Chooser} page @param {Left} m */
function elsewhere({ elsewhere: known, root }, m) {
  const places = known.get(m.model);
  if (!places) return html`<p class="c-quiet">Looking …</p>`;
  const others = places.filter((p) => p.offering !== m.offering);
  if (!others.length) return html`<p>Nowhere else.</p>`;
  /** @param {ModelPlace} other */
  const line = ({ model, anchor, place, cost, out }) => html`<li><a
    href="${root}models/${model}/#${anchor}">${place}</a> <small>${out ? `out: ${out}` : cost}</small></li>`;
  return html`<ul class="c-places">${others.map(line)}</ul>`;
}
