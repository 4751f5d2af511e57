// Draws an answer: the shortlist with why, what it costs and where else it runs; who is out; what would change it.

import { html, nothing } from "lit-html";
import { repeat } from "lit-html/directives/repeat.js";

const whole = (n) => n.toLocaleString("en");
const money = (usd) => (usd === null ? "unknown" : usd >= 0.01 || usd === 0 ? `$${usd.toLocaleString("en", { minimumFractionDigits: 2, maximumFractionDigits: 2 })}` : `$${usd.toPrecision(3)}`);
const WORD = { yes: "yes", no: "no", unknown: "nobody says" };

export function answered(page) {
  const { answer, root } = page;
  if (!answer) return nothing;
  const dearest = Math.max(...answer.models.map((m) => m.month?.low ?? 0), 0);
  const calls = answer.models.map((m) => m.call).filter(Boolean).slice(0, 4);
  return html`<section class="c-answer ${page.stale ? "c-stale" : ""}" aria-label="Answer">
    ${answer.faults.length ? html`<ul class="c-faults" role="alert">${answer.faults.map((f) => html`<li>${f.part}: ${f.message}</li>`)}</ul>` : nothing}
    <h2 class="c-hidden">Who is left</h2>
    <p class="c-sum" role="status"><b>${whole(answer.left)}</b> of ${whole(answer.total)} offerings are left, of <b>${whole(answer.left_models)}</b> models.
      ${answer.need.benchmark ? html`${whole(answer.unscored)} of them have no score in <i>${answer.need.benchmark}</i>; they come last where quality weighs.` : nothing}</p>
    ${answer.models.length
      ? html`<ol class="c-list">${repeat(answer.models, (m) => m.offering, (m, i) => row(page, m, i, dearest))}</ol>
        ${answer.left_models > answer.models.length ? html`<p class="c-quiet">${whole(answer.left_models - answer.models.length)} more models are left. ${answer.models.length < page.data.models.most ? html`<button type="button" class="act" @click=${() => page.more()}>Show more</button>` : html`<code>almanac choose</code> lists them all.`}</p>` : nothing}`
      : nobody(page)}
    ${answer.spread.length ? html`<h2>Shared out among labs</h2><ul>${answer.spread.map((p) => html`<li>${Math.round(100 * p.share)} % of the requests: <code>${p.offering}</code></li>`)}</ul>` : nothing}
    <p class="actions c-actions">
      ${calls.length ? html`<a class="act main" href=${playground(root, calls)}>Try the first ${calls.length} side by side</a>` : nothing}
      <button type="button" class="act" @click=${() => page.share()}>Copy a link</button>
      <button type="button" class="act" @click=${() => page.download()}>Decision record</button>
      <button type="button" class="act" @click=${() => page.need()}>need.yml</button>
    </p>
    <p class="c-told" role="status">${page.notice}</p>
    ${flips(page)} ${pending(page)} ${unknown(answer)} ${eliminated(page)}
    <p class="c-quiet">As of ${answer.date}, catalog <code>${answer.catalog.slice(0, 12)}</code>. The same need over the same catalog gives the same answer, here and in <a href="${root}guides/needs/"><code>almanac choose</code></a>.</p>
  </section>`;
}

const playground = (root, calls) => `${root}playground/#${new URLSearchParams([["v", "1"], ...calls.map((call) => ["model", call])])}`;

function row(page, m, i, dearest) {
  const { root, answer } = page;
  const doubts = m.verdicts.filter((v) => v.holds === "unknown");
  const month = m.month?.low ?? 0;
  return html`<li class="c-item"><details class="c-row" @toggle=${(e) => e.target.open && page.places(m.model)}>
    <summary>
      <span class="c-rank">${i + 1}</span>
      <span class="c-who"><b dir="auto">${m.name}</b>${m.front ? html` <abbr title="Nobody beats it in cost and all else that counts">†</abbr>` : nothing}<small>${m.place}</small>
        ${doubts.length ? html`<small class="c-doubt">nobody says: ${doubts.map((v) => v.constraint).join(", ")}</small>` : nothing}</span>
      ${answer.need.benchmark ? html`<span class="c-score">${m.score ? m.score.score : "–"}<small>score</small></span>` : nothing}
      <span class="c-cost"><span>${m.cost}</span><small>a month</small><i style="width:${dearest ? Math.max(2, (100 * month) / dearest) : 0}%"></i></span>
    </summary>
    <div class="c-why">
      <p class="actions">
        ${m.call ? html`<a class="act" href=${playground(root, [m.call])}>Try it in the playground</a>` : nothing}
        <a class="act" href="${root}models/${m.model}/#${m.anchor}">Its facts and who says them</a>
        ${i ? html`<a class="act" href="${root}compare/?o=${encodeURI(answer.models[0].offering)},${encodeURI(m.offering)}">Compare with the first</a>` : nothing}
      </p>
      <h3>Why it is left</h3>
      <div class="c-scroll" tabindex="0" role="region" aria-label="Verdicts on ${m.name}"><table class="c-table"><thead><tr><th scope="col">Asked</th><th scope="col">Holds</th><th scope="col">Said</th></tr></thead><tbody>
        ${m.verdicts.map((v) => html`<tr><th scope="row">${v.constraint}</th><td class="c-${v.holds}">${WORD[v.holds]}</td><td>${v.said.startsWith("https://") ? html`<a href=${v.said} rel="noreferrer">${v.said}</a>` : v.said}${v.mark ? html`<a class="standing standing-${v.mark.toLowerCase()}" href="${root}models/${m.model}/#${m.anchor}" aria-label="who says it" title="who says it">${v.mark}</a>` : nothing}</td></tr>`)}
      </tbody></table></div>
      ${m.month?.lines.length ? bill(m) : html`<p>No price is known, so neither is the cost.</p>`}
      ${m.score ? html`<p>Score ${m.score.score} in ${m.score.series}, ${m.score.as_of || "no date given"}: <a href=${m.score.link} rel="noreferrer">where it is published</a>.</p>` : nothing}
      <h3>Where else it runs</h3>
      ${elsewhere(page, m)}
    </div>
  </details></li>`;
}

const bill = (m) => html`<h3>What it costs a month${m.region ? html`, in ${m.region}` : nothing}</h3>
  <div class="c-scroll" tabindex="0" role="region" aria-label="Bill of ${m.name}"><table class="c-table"><thead><tr><th scope="col">Meter</th><th scope="col" class="c-number">Count</th><th scope="col" class="c-number">A unit</th><th scope="col" class="c-number">Cost</th></tr></thead><tbody>
  ${m.month.lines.map((line) => html`<tr><th scope="row">${line.label}${line.mode === "standard" ? nothing : html` <small>${line.mode}</small>`}</th><td class="c-number">${whole(Math.round(line.count))}</td><td class="c-number">${line.usd_per_unit === null ? "unknown" : `$${line.usd_per_unit}`}</td><td class="c-number">${money(line.usd)}</td></tr>`)}
  </tbody></table></div>`;

function elsewhere(page, m) {
  const places = page.elsewhere.get(m.model);
  if (!places) return html`<p class="c-quiet">Looking …</p>`;
  const others = places.filter((p) => p.offering !== m.offering);
  if (!others.length) return html`<p>Nowhere else.</p>`;
  return html`<ul class="c-places">${others.map((p) => html`<li><a href="${page.root}models/${p.model}/#${p.anchor}">${p.place}</a> ${p.out ? html`<small>out: ${p.out}</small>` : html`<small>${p.cost}</small>`}</li>`)}</ul>`;
}

function nobody(page) {
  const { answer } = page;
  const way = ({ without, enough }) => Object.keys(enough).length === without.length;
  return html`<div class="c-nobody"><p><b>Nobody is left.</b> ${answer.conflict.length ? html`No offering meets ${answer.conflict.map((name, i) => html`${i ? " and " : nothing}<b>${name}</b>`)} together. What would help:` : nothing}</p>
    <ul>${answer.remedies.slice(0, 6).map((remedy, i) => html`<li>${remedy} ${way(answer.relaxations[i]) ? html`<button type="button" class="act" @click=${() => page.relax(answer.relaxations[i].enough)}>Ask for that</button>` : nothing}</li>`)}</ul></div>`;
}

const SWAPS = 4;

function flips({ answer }) {
  const shown = new Set(answer.models.map((m) => m.offering));
  const swaps = answer.swaps.filter((s) => shown.has(s.first) && shown.has(s.second));
  if (!swaps.length) return nothing;
  const line = (s) => html`<li><b>${answer.names[s.second]}</b> goes before <b>${answer.names[s.first]}</b> ${s.when.map((when, i) => html`${i ? ", or " : nothing}<span class="c-when">${when}</span>`)}.</li>`;
  return html`<h2>What would change the order</h2><ul class="c-flips">${swaps.slice(0, SWAPS).map(line)}</ul>
    ${swaps.length > SWAPS ? html`<details class="c-part"><summary>${swaps.length - SWAPS} more pairs of neighbours</summary><ul class="c-flips">${swaps.slice(SWAPS).map(line)}</ul></details>` : nothing}`;
}

function pending({ answer, root }) {
  if (!answer.pending?.length) return nothing;
  return html`<h2>What would be worth finding out</h2><ul>${answer.pending.map((p) => html`<li><a href="${root}models/${p.model}/#${p.anchor}">${p.name}</a> would come first, at ${p.cost} a month, but nobody says: <b>${p.doubt}</b>.</li>`)}</ul>`;
}

function unknown({ unknown: counts }) {
  const missing = Object.entries(counts);
  if (!missing.length) return nothing;
  return html`<h2>What nobody says</h2><ul>${missing.map(([name, n]) => html`<li>${name}: of ${whole(n)} of those left</li>`)}</ul>`;
}

function eliminated({ answer, root }) {
  const groups = Object.entries(answer.eliminated).sort((a, b) => b[1].count - a[1].count);
  if (!groups.length) return nothing;
  return html`<h2>Who is out, by the first reason</h2><ul class="c-out">${groups.map(([name, group]) => html`<li><details><summary><span>${name}</span><b>${whole(group.count)}</b><i style="width:${(100 * group.count) / groups[0][1].count}%"></i></summary>
    <ul>${group.offerings.map((o) => html`<li><a href="${root}models/${modelOf(o.offering)}/">${o.name}</a>: ${o.said}</li>`)}</ul></details></li>`)}</ul>`;
}

const modelOf = (key) => key.split("/").slice(2).join("/").replace(/[@:].*$/, "");
