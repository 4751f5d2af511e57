// Draws an answer: the shortlist with why, costs and other places; who is out; what would change it.

import { html, nothing } from "lit-html";
import { repeat } from "lit-html/directives/repeat.js";
import { evaluate, playground, row } from "./answer/row.mjs";
import { MOST_MODELS } from "../evaluate/contestants.js";
import { faults, unread } from "./answer/faults.mjs";
import { eliminated } from "./answer/out.mjs";
import { given, own } from "./answer/own.mjs";
import { counted, ranked, whole } from "./meters.mjs";

/** @import { Answer, Left, Pending, Relaxation, Swap, ToAsk, Untested } from "../types/choose.js" */
/** @import { Chooser } from "./choose.mjs" */

/** @param {Chooser} page @param {Answer} answer */
export function answered(page, answer) {
  const { root } = page;
  const listed = [...(answer.own?.models ?? []), ...answer.models];
  const calls = [...new Set(listed.flatMap((m) => m.call || []))];
  const four = calls.slice(0, 4);
  const last = listed.findIndex((m) => m.call && m.call === four.at(-1));
  const passed = listed.slice(0, last + 1).filter((m) => !m.call);
  const tried = html`<a class="act main" href=${playground(root, four)}>${
    four.length > 1 ? `Try the first ${four.length} side by side` : "Try it in the playground"
  }</a>`;
  const several = `the first ${Math.min(calls.length, MOST_MODELS)}`;
  const ran = `Run your own cases on ${calls.length > 1 ? several : "it"}`;
  const content = html`${sum(answer)} ${idle(answer)} ${leftOut(page, answer)}
    ${given(page)} ${own(page, answer)} ${answer.own ? untried(root, answer, answer.own) : nothing}
    ${head(answer)} ${evidence(answer)}
    ${answer.models.length ? shortlist(page, answer) : answer.own?.left ? nothing : nobody(page, answer)}
    ${cascade(root, answer)} ${spread(answer)}
    <p class="actions c-actions">
      ${calls.length ? tried : nothing}
      ${calls.length ? html`<a class="act" href=${evaluate(root, calls)}>${ran}</a>` : nothing}
      <button type="button" class="act" @click=${() => page.share()}>Copy a link</button>
      <button type="button" class="act" @click=${() => page.download(answer)}>Decision record</button>
      <button type="button" class="act" @click=${() => page.need(answer)}>need.yml</button>
    </p>
    ${passedOver(passed, listed, calls.length > 0)}
    ${unread(answer).length ? nothing : notice(page)} ${untested(root, answer)}
    ${toAsk(root, answer)} ${flips(answer)} ${pending(root, answer)} ${unknown(answer)}
    ${eliminated(page, answer)}
    <p class="c-quiet">Catalog of ${answer.as_of}, <code>${answer.catalog.slice(0, 12)}</code>; what ends, and
      when, is counted from ${answer.date}. The same need over the same catalog gives the same answer, here
      and in <a href="${root}guides/needs/"><code>almanac choose</code></a>.</p>`;
  return html`<section class="c-answer ${page.stale ? "c-stale" : ""}" aria-label="Answer">
    ${faults(page, answer)}
    <h2 class="c-hidden">Who is left</h2>
    ${unread(answer).length ? [notice(page), unanswered(answer, content)] : content}
  </section>`;
}

const WAITS =
  "An answer is on its way. What stands here, its buttons too, is still the one to what was asked before.";

/** @param {Chooser} page */
const notice = (page) =>
  html`<p class="c-told" role="status">${page.notice || (page.stale && !page.python?.live ? WAITS : "")}</p>`;

/**
 * Which of the first the links leave out, and why.
 * @param {Left[]} passed @param {Left[]} listed @param {boolean} some whether any can be tried
 */
function passedOver(passed, listed, some) {
  const out = some ? passed : listed.slice(0, 4);
  if (!out.length || !listed.length) return nothing;
  const each = out.map(
    (m, i) => html`${i ? "; " : nothing}${listed.indexOf(m) + 1}. <b>${m.name}</b>, ${m.place}: ${m.no_call}`,
  );
  const begin = some ? "These links leave out" : "None of the first can be tried from here";
  return html`<p class="c-quiet">${begin}: ${each}.</p>`;
}

/**
 * What would be left of a need without what could not be read.
 * @param {Answer} answer @param {unknown} rest
 */
const unanswered = (answer, rest) => html`<details class="c-part"><summary>No answer to what is asked:
    without it ${counted(answer.left_models, "model")} would be left</summary><div>${rest}</div></details>`;

/**
 * Those that were not run, below those that were: by public evidence, with an offer to run them.
 * @param {string} root @param {Answer} answer @param {NonNullable<Answer["own"]>} ran
 */
function untried(root, { models, untested: { offerings } }, { author }) {
  const calls = [...models, ...offerings].flatMap((m) => m.call || []).slice(0, MOST_MODELS);
  const offer = html`<p>Public evidence says nothing of ${author ? "those" : "your"} cases, so these stand
      below, in an order of their own. <a class="act" href=${evaluate(root, calls)}>Run ${calls.length} of
      these on your cases</a></p>
    <p class="c-quiet">Evaluate opens with these models, beside the cases that are stored on this device; open
      your file of cases again where none are.</p>`;
  const cases = author ? "these cases" : "your cases yet";
  return html`<h2>Not run on ${cases}</h2>${calls.length ? offer : nothing}`;
}

/** @param {number} n */
const meets = (n) => (n === 1 ? "meets" : "meet");

/** How many are left. @param {Answer} answer */
function sum({ own: ran, need, runs, total, unscored, ...others }) {
  const left = others.left + (ran?.left ?? 0);
  const left_models = others.left_models + (ran?.left_models ?? 0);
  const without = html`${whole(unscored)} of them have no score in <i>${need.benchmark}</i>. ${runs}`;
  return html`<p class="c-sum"><b>${whole(left)}</b> of ${counted(total, "offering")}
    ${left === 1 ? "is" : "are"} left, of <b>${counted(left_models, "model")}</b>.
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

/** What was asked and asks nothing of this kind of model. @param {Answer} answer */
const idle = ({ idle: which }) => (which ? html`<p class="c-quiet">${which}.</p>` : nothing);

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
function untested(root, { untested: { count, then, offerings } }) {
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
      ${o.why}${o.before ? before(o.before) : nothing}${
        o.unknown.length ? html`; nobody says: ${o.unknown.join(", ")}` : nothing
      }
      ${o.call ? html`<a class="c-try" href=${playground(root, [o.call])}>Try it</a>` : nothing}</li>`;
  return html`<h2>No public evidence: try them</h2>
    <p>${counted(count, "offering")} ${meets(count)} all that is asked, as far as is known, and no
      order of them is known: no public test has
      their models, or only a lab's own claims do, with nothing that bears them out. First
      those whose claims, or whose predecessor's tests, make a trial worth it; then ${then}:</p>
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
    ${more > 0 ? html`<p class="c-quiet">Left: ${counted(more, "more model")}. ${rest}</p>` : nothing}`;
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

/** @param {Chooser} page @param {Answer} answer */
function nobody(page, answer) {
  const { conflict, relaxations, remedies } = answer;
  const names = conflict.map((name, i) => html`${i ? " and " : nothing}<b>${asked(name, answer)}</b>`);
  const met = html`No offering meets ${names} together. What would help:`;
  const ways = remedies.slice(0, 6).map((remedy, i) => html`<li>${remedy} ${way(page, relaxations[i])}</li>`);
  return html`<div class="c-nobody"><p><b>Nobody is left.</b> ${conflict.length ? met : nothing}</p>
    <ul>${ways}</ul>${nearest(page.root, answer)}</div>`;
}

/** A constraint with the names that are asked for. @param {string} name @param {Answer} answer */
function asked(name, { said }) {
  const names = said[`${name}s`];
  return Array.isArray(names) ? `${name} (${names.join(" or ")})` : name;
}

/** Of whom the need names, the models that fail least. @param {string} root @param {Answer} answer */
function nearest(root, { nearest: near }) {
  if (!near?.length) return nothing;
  /** @param {(typeof near)[number]} one */
  const line = ({ model, anchor, name, lacks }) => html`<li><a
    href="${root}models/${model}/#${anchor}">${name}</a>: ${lacks}</li>`;
  return html`<p>The nearest of those that you name, and what each lacks:</p><ul>${near.map(line)}</ul>`;
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
function flips({ models, names = {}, swaps = [] }) {
  const shown = new Set(models.map((m) => m.offering));
  const drawn = swaps.filter((s) => shown.has(s.first) && shown.has(s.second));
  if (!drawn.length) return nothing;
  /** @param {Swap} swap */
  const line = ({ first, second, when }) => {
    const cases = when.map((one, i) => html`${i ? ", or " : nothing}<span class="c-when">${one}</span>`);
    return html`<li><b>${names[second]}</b> goes before <b>${names[first]}</b> ${cases}.</li>`;
  };
  const more = html`<details class="c-part"><summary>${counted(drawn.length - SWAPS, "more pair")} of
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
  return html`<h2>Ask the provider</h2><p>${counted(count, "offering")} ${meets(count)} all else;
      of one thing that is asked
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
