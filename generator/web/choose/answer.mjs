// Draws an answer: the shortlist with why, costs and other places; who is out; what would change it.

import { html, nothing } from "lit-html";
import { repeat } from "lit-html/directives/repeat.js";
import { toggled } from "../playground/views/events.js";
import { meters, ranked, whole } from "./meters.mjs";

/** @import { Answer, Left, ModelPlace, Month, Out, Pending } from "../types/choose.js" */
/** @import { Relaxation, Score, Swap, ToAsk, Untested, Verdict } from "../types/choose.js" */
/** @import { Chooser } from "./choose.mjs" */

const WORD = { yes: "yes", no: "no", unknown: "nobody says" };

/** @param {Chooser} page @param {Answer} answer */
export function answered(page, answer) {
  const { root } = page;
  const calls = answer.models.flatMap((m) => m.call || []).slice(0, 4);
  const tried = html`<a class="act main" href=${playground(root, calls)}>${
    calls.length > 1 ? `Try the first ${calls.length} side by side` : "Try it in the playground"
  }</a>`;
  return html`<section class="c-answer ${page.stale ? "c-stale" : ""}" aria-label="Answer">
    ${faults(answer)}
    <h2 class="c-hidden">Who is left</h2>
    ${sum(answer)} ${leftOut(page, answer)}
    ${head(answer)} ${evidence(answer)}
    ${answer.models.length ? shortlist(page, answer) : nobody(page, answer)}
    ${cascade(root, answer)} ${spread(answer)}
    <p class="actions c-actions">
      ${calls.length ? tried : nothing}
      <button type="button" class="act" @click=${() => page.share()}>Copy a link</button>
      <button type="button" class="act" @click=${() => page.download(answer)}>Decision record</button>
      <button type="button" class="act" @click=${() => page.need(answer)}>need.yml</button>
    </p>
    <p class="c-told" role="status">${page.notice}</p>
    ${untested(root, answer)}
    ${toAsk(root, answer)} ${flips(answer)} ${pending(root, answer)} ${unknown(answer)}
    ${eliminated(root, answer)}
    <p class="c-quiet">As of ${answer.date}, catalog <code>${answer.catalog.slice(0, 12)}</code>. The same
      need over the same catalog gives the same answer, here and in <a
      href="${root}guides/needs/"><code>almanac choose</code></a>.</p>
  </section>`;
}

/** @param {Answer} answer */
function faults({ faults: wrong }) {
  if (!wrong.length) return nothing;
  return html`<ul class="c-faults"
    role="alert">${wrong.map((f) => html`<li>${f.part}: ${f.message}</li>`)}</ul>`;
}

/** How many are left. @param {Answer} answer */
function sum({ left, left_models, need, runs, total, unscored }) {
  const without = html`${whole(unscored)} of them have no score in <i>${need.benchmark}</i>. ${runs}`;
  return html`<p class="c-sum" role="status"><b>${whole(left)}</b> of ${whole(total)} offerings are left, of
    <b>${whole(left_models)}</b> ${left_models === 1 ? "model" : "models"}.
      ${need.benchmark ? without : nothing}</p>`;
}

/**
 * Who is left out though nobody asked for that, in a line, and a button that lets them in or out again.
 * @param {Chooser} page @param {Answer} answer
 */
function leftOut(page, { left_out: { sentence, groups, included, include } }) {
  const out = () => page.set("include_left_out", "");
  if (included) {
    return html`<p class="c-left-out">Nothing is left out unasked: any seller, prices in doubt, near ends and
      names that move are in. <button type="button" class="act" @click=${out}>Leave them out</button></p>`;
  }
  if (!sentence) return nothing;
  /** @param {(typeof groups)[number]} group */
  const one = (group) => html`<li>${group.phrase.replace("{}", whole(group.count))}
    <button type="button" class="act" @click=${() => page.include(group.include)}>Include</button></li>`;
  const each = html`<details class="c-part"><summary>One by one</summary>
    <ul>${groups.map(one)}</ul></details>`;
  return html`<p class="c-left-out">${sentence}.
      <button type="button" class="act" @click=${() => page.include(include)}>Include them</button></p>
    ${groups.length > 1 ? each : nothing}`;
}

/** How sure the order is, and what would turn or settle it. @param {Answer} answer */
function head({ head: known }) {
  if (!known) return nothing;
  const [first, ...others] = known.sentences;
  const rest = first.slice(known.claim.length);
  return html`<p class="c-sure"><b>${known.claim}</b>${rest} ${others.join(" ")}
    <a href="../method/#choosing">How that is known</a></p>`;
}

/** What the order rests on. @param {Answer} answer */
function evidence({ evidence: sentences }) {
  return sentences.length ? html`<p class="c-quiet">${sentences.join(" ")}</p>` : nothing;
}

/** Two models in a row, where that costs less than one. @param {string} root @param {Answer} answer */
function cascade(root, { cascade: pair }) {
  if (!pair) return nothing;
  const both = html`<p class="actions"><a class="act" href=${playground(root, pair.calls)}>Try both on your
    prompts</a></p>`;
  return html`<h2>Two models in a row</h2>
    <ul class="c-flips">${pair.sentences.map((one) => html`<li>${one}</li>`)}</ul>
    ${pair.calls.length === 2 ? both : nothing}`;
}

/** Models of which nothing public says where they stand. @param {string} root @param {Answer} answer */
function untested(root, { untested: { count, offerings } }) {
  if (!count) return nothing;
  const calls = offerings.flatMap((o) => o.call || []).slice(0, 4);
  const tried = html`<p class="actions"><a class="act"
    href=${playground(root, calls)}>Try ${calls.length} of them on your prompts</a></p>`;
  /** @param {NonNullable<Untested["before"]>} one */
  const before = (one) => html`; before it <a href="${root}models/${one.model}/">${one.name}</a>: tier
    ${one.tier} of ${one.tiers}, ability ${one.ability}`;
  /** @param {Untested} o */
  const one = (o) => html`<li><a href="${root}models/${o.model}/#${o.anchor}">${o.name}</a>,
      ${o.cost === "unknown" ? "cost unknown" : `${o.cost} a month`}:
      ${o.why}${o.before ? before(o.before) : nothing}
      ${o.call ? html`<a class="c-try" href=${playground(root, [o.call])}>Try it</a>` : nothing}</li>`;
  return html`<h2>No public evidence: try them</h2>
    <p>${whole(count)} offerings meet all that is asked, and no order of them is known: no public test has
      their models, or only a lab's own claims do, with nothing that bears them out. First
      those whose claims, or whose predecessor's tests, make a trial worth it; then by cost:</p>
    <ul class="c-untested">${offerings.map(one)}</ul>${calls.length ? tried : nothing}`;
}

/** @param {Chooser} page @param {Answer} answer */
function shortlist(page, answer) {
  const dearest = Math.max(...answer.models.map((m) => ranked(m.month)), 0);
  const more = answer.left_models - answer.models.length;
  const rest =
    answer.models.length < page.data.models.most
      ? html`<button type="button" class="act" @click=${() => page.more()}>Show more</button>`
      : html`<code>almanac choose</code> lists them all.`;
  const rows = repeat(
    answer.models,
    (m) => m.offering,
    (m, i) => row(page, answer, m, i, dearest),
  );
  return html`<ol class="c-list">${rows}</ol>
    ${more > 0 ? html`<p class="c-quiet">${whole(more)} more models are left. ${rest}</p>` : nothing}`;
}

/** @param {Answer} answer */
function spread({ spread: places }) {
  if (!places.length) return nothing;
  const lines = places.map(
    ({ share, offering }) =>
      html`<li>${Math.round(100 * share)} % of the requests: <code>${offering}</code></li>`,
  );
  return html`<h2>Shared out among labs</h2><ul>${lines}</ul>`;
}

/** @param {string} root @param {string[]} calls */
function playground(root, calls) {
  const parts = [["v", "1"], ...calls.map((call) => ["model", call])];
  return `${root}playground/#${new URLSearchParams(parts)}`;
}

/**
 * @param {Chooser} page @param {Answer} answer @param {Left} m @param {number} i
 * @param {number} dearest dollars a month
 */
function row(page, answer, m, i, dearest) {
  const doubts = m.verdicts.filter((v) => v.holds === "unknown");
  const width = dearest ? Math.max(2, (100 * ranked(m.month)) / dearest) : 0;
  const front = html` <abbr title="Nobody beats it in cost and all else that counts">†</abbr>`;
  const doubt = html`<small
    class="c-doubt">nobody says: ${doubts.map((v) => v.constraint).join(", ")}</small>`;
  const score = html`<span class="c-score">${m.score ? m.score.score : "–"}<small>score</small></span>`;
  const able = html`<span class="c-score">${m.ability?.text}<small>ability</small></span>`;
  const proof = html`<small>${m.ability?.why}</small>`;
  const opened = toggled((open) => open && page.places(m.model));
  return html`<li class="c-item"><details class="c-row" @toggle=${opened}>
    <summary>
      <span class="c-rank">${i + 1}</span>
      <span class="c-who"><b dir="auto">${m.name}</b>${m.front ? front : nothing}<small>${m.place}</small>
        ${m.then ? html`<small class="c-doubt">${m.then}</small>` : nothing}
        ${m.ability ? proof : nothing}
        ${answer.runs && m.score ? html`<small>score: ${m.score.run}</small>` : nothing}
        ${doubts.length ? doubt : nothing}</span>
      ${m.ability ? able : nothing} ${answer.need.benchmark ? score : nothing}
      <span class="c-cost"><span>${m.cost}</span><small>a month</small><i style="width:${width}%"></i></span>
    </summary>
    ${why(page, answer, m, i)}
  </details></li>`;
}

/** @param {Chooser} page @param {Answer} answer @param {Left} m @param {number} i */
function why(page, answer, m, i) {
  const { root } = page;
  const tried = html`<a class="act" href=${playground(root, [m.call])}>Try it in the playground</a>`;
  const both = `${encodeURI(answer.models[0].offering)},${encodeURI(m.offering)}`;
  return html`<div class="c-why">
      <p class="actions">
        ${m.call ? tried : nothing}
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
    html`<a class="standing standing-${v.mark.toLowerCase()}"
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

/** @param {Chooser} page @param {Answer} answer */
function nobody(page, answer) {
  const { conflict, relaxations, remedies } = answer;
  const names = conflict.map((name, i) => html`${i ? " and " : nothing}<b>${name}</b>`);
  const met = html`No offering meets ${names} together. What would help:`;
  const ways = remedies.slice(0, 6).map((remedy, i) => html`<li>${remedy} ${way(page, relaxations[i])}</li>`);
  return html`<div class="c-nobody"><p><b>Nobody is left.</b> ${conflict.length ? met : nothing}</p>
    <ul>${ways}</ul></div>`;
}

/**
 * A button that gives way by enough, where there is an amount for all.
 * @param {Chooser} page @param {Relaxation} relaxation
 */
function way(page, { without, enough }) {
  if (Object.keys(enough).length !== without.length) return nothing;
  return html`<button type="button" class="act" @click=${() => page.relax(enough)}>Ask for that</button>`;
}

const SWAPS = 4;

/** @param {Answer} answer */
function flips({ models, names, swaps }) {
  const shown = new Set(models.map((m) => m.offering));
  const drawn = swaps.filter((s) => shown.has(s.first) && shown.has(s.second));
  if (!drawn.length) return nothing;
  /** @param {Swap} swap */
  const line = ({ first, second, when }) => {
    const cases = when.map((one, i) => html`${i ? ", or " : nothing}<span class="c-when">${one}</span>`);
    return html`<li><b>${names[second]}</b> goes before <b>${names[first]}</b> ${cases}.</li>`;
  };
  const more = html`<details class="c-part"><summary>${drawn.length - SWAPS} more pairs of
    neighbours</summary><ul class="c-flips">${drawn.slice(SWAPS).map(line)}</ul></details>`;
  return html`<h2>What would change the order</h2><ul
    class="c-flips">${drawn.slice(0, SWAPS).map(line)}</ul>
    ${drawn.length > SWAPS ? more : nothing}`;
}

/**
 * Those whose provider says nothing of a thing that is asked: no yes, and worth a question.
 * @param {string} root @param {Answer} answer
 */
function toAsk(root, { to_ask: { count, offerings } }) {
  if (!count) return nothing;
  /** @param {ToAsk} one */
  const line = ({ model, anchor, name, ask, page }) => {
    const where = html`: <a href=${page} rel="noreferrer">its page</a>`;
    return html`<li><a href="${root}models/${model}/#${anchor}">${name}</a> does not say:
      <b>${ask.join(", ")}</b>${page?.startsWith("https://") ? where : nothing}</li>`;
  };
  return html`<h2>Ask the provider</h2><p>${whole(count)} offerings meet all else; of one thing that is asked
      their provider says nothing here, so they count as a question, not as a yes. The first:</p>
    <ul>${offerings.map(line)}</ul>`;
}

/** @param {string} root @param {Answer} answer */
function pending(root, { pending: near }) {
  if (!near?.length) return nothing;
  /** @param {Pending} one */
  const line = ({ model, anchor, name, cost, doubt }) => html`<li><a
    href="${root}models/${model}/#${anchor}">${name}</a> would come first, at ${cost} a month,
    but nobody says: <b>${doubt}</b>.</li>`;
  return html`<h2>What would be worth finding out</h2><ul>${near.map(line)}</ul>`;
}

/** @param {Answer} answer */
function unknown({ unknown: counts }) {
  const missing = Object.entries(counts);
  if (!missing.length) return nothing;
  const lines = missing.map(([name, n]) => html`<li>${name}: of ${whole(n)} of those left</li>`);
  return html`<h2>What nobody says</h2><ul>${lines}</ul>`;
}

/** @param {string} root @param {Answer} answer */
function eliminated(root, answer) {
  const groups = Object.entries(answer.eliminated).sort((a, b) => b[1].count - a[1].count);
  if (!groups.length) return nothing;
  /** @param {Out} out */
  const line = ({ model, name, said: reason }) => html`<li><a
    href="${root}models/${model}/">${name}</a>: ${reason}</li>`;
  /** @param {(typeof groups)[number]} group */
  const fold = ([name, { count, offerings }]) => html`<li><details><summary><span>${name}</span><b
    >${whole(count)}</b><i style="width:${(100 * count) / groups[0][1].count}%"></i></summary>
    <ul>${offerings.map(line)}</ul></details></li>`;
  return html`<h2>Who is out, by the first reason</h2><ul class="c-out">${groups.map(fold)}</ul>`;
}
