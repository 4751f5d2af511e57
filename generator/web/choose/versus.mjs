// Any two models against each other: `?a=openai/gpt-5&b=xai/grok-4`.
// A pair that has a page of its own leads there; for any other, or for other work than the pages have, Python
// in a worker reads the catalog and says the same sentences.

import { html, nothing, render } from "lit-html";
import { live } from "lit-html/directives/live.js";
import { reason } from "../playground/reason.js";
import { submitted, written } from "../playground/views/events.js";
import { element } from "../site/element.mjs";
import { Address } from "./address.mjs";
import { Given } from "./answer/given.mjs";
import { ownPair } from "./answer/pair.mjs";
import { Names } from "./names.mjs";
import { Latest, Python, starting } from "./python.mjs";

/** @import { TemplateResult } from "lit-html" */
/** @import { Mark } from "../types/api.js" */
/** @import { CitedFact, FigureRow, Pair, ScoreRow, Sentence } from "../types/choose.js" */
/** @import { Side, Unsettled, VersusData, Which, WorkPart } from "../types/choose.js" */
/** @import { BootMessage } from "../types/playground.js" */

/** @type {Which[]} */
const WHICH = ["a", "b"];

const place = element(document, "#versus", HTMLElement);
const { root = "", runtime } = place.dataset;
const assets = new URL(".", import.meta.url);

class Versus {
  notice = "";
  /** @type {Unsettled[]} */
  questions = [];
  a = "";
  b = "";
  /** @type {Record<string, string>} what of the month's work is other than usual */
  work = {};
  /** @type {BootMessage | null} */
  boot = null;
  /** @type {Pair | null} */
  pair = null;
  /** @type {Python | null} */
  #python = null;
  /** Results of the reader's own cases, where Evaluate has given any. */
  own = new Given(() => this.hold());
  #latest = new Latest();

  /** @param {VersusData} data */
  constructor(data) {
    this.data = data;
    this.names = new Names(root, data.models);
    this.address = new Address(() => this.begin());
    this.begin();
  }

  /** Begin from the page's address: when it is opened, and when the reader goes back to another one of it. */
  begin() {
    this.#latest.next(); // what was asked before is no answer to this
    const asked = new URLSearchParams(location.search);
    this.a = (asked.get("a") ?? "").trim();
    this.b = (asked.get("b") ?? "").trim();
    const work = this.data.work.map(({ name }) => [name, (asked.get(name) ?? "").trim()]);
    this.work = Object.fromEntries(work.filter(([, value]) => value));
    this.notice = "";
    this.questions = [];
    this.pair = null;
    this.draw();
    if (this.a && this.b) this.hold();
  }

  /** The page that a pair has of its own, or null. @param {string} a @param {string} b */
  page(a, b) {
    const places = [a, b].map((model) => this.data.pages.indexOf(model));
    if (places.includes(-1) || places[0] === places[1]) return null;
    const [first, second] = places.sort((x, y) => x - y).map((at) => this.data.pages[at].split("/")[1]);
    return `${root}versus/${first}-or-${second}/`;
  }

  async hold() {
    const latest = this.#latest.next();
    this.pair = null;
    this.questions = [];
    this.#write();
    if (!this.a || !this.b) return this.say("Name two models.");
    const settled = await this.settle();
    if (!latest()) return undefined;
    if (!settled) return this.draw();
    const { a, b } = this;
    this.#write();
    if (a === b) return this.say("These are the same; name two.");
    // The pair's own page was made with the site, and knows no results of the reader's.
    const page = this.own.used || Object.keys(this.work).length ? null : this.page(a, b);
    if (page) return location.assign(page);
    if (!runtime) {
      return this.say(
        "Python cannot run on this site; the pairs below are held against each other without it.",
      );
    }
    this.#python ??= new Python(runtime, (message) => {
      this.boot = message;
      this.draw();
    });
    /** @type {Pair | null} */
    let pair = null;
    let notice = "";
    try {
      pair = await this.#python.ask({ kind: "versus", a, b, work: this.work, ...this.own.asked });
    } catch (error) {
      notice = reason(error);
    }
    if (latest()) {
      this.pair = pair;
      this.notice = notice;
    }
    return this.draw();
  }

  /** Call both as the catalog does; false where one must be asked about first. */
  async settle() {
    const { a, b } = this;
    this.notice = "";
    try {
      const { names, questions } = await this.names.settle([a, b]);
      this.questions = questions;
      if (questions.length === 0) [this.a, this.b] = names;
    } catch (error) {
      this.notice = `The names could not be looked up (${reason(error)}); press again, or write their ids.`;
    }
    return this.questions.length === 0 && !this.notice;
  }

  /** Go on with the model that a name is to mean. @param {Unsettled} question @param {string} model */
  pick({ typed }, model) {
    for (const which of WHICH) if (this[which] === typed) this[which] = model;
    return this.hold();
  }

  #write() {
    const work = Object.entries(this.work).map(([name, value]) => `&${name}=${encodeURIComponent(value)}`);
    this.address.write(`?a=${encodeURI(this.a)}&b=${encodeURI(this.b)}${work.join("")}`);
  }

  /** @param {string} text */
  say(text) {
    this.notice = text;
    this.draw();
  }

  draw() {
    const models = Object.entries(this.data.models).map(
      ([id, name]) => html`<option value=${id}>${name}</option>`,
    );
    const content = html`<form class="v-form" @submit=${submitted(() => this.hold())}>
        ${this.field("a", "First model")} ${this.field("b", "Second model")}
        <datalist id="v-models">${models}</datalist>
        ${this.data.work.map((part) => this.amount(part))}
        <button class="act main" type="submit">Compare</button></form>
      ${this.boot ? starting(this.boot) : nothing}
      <div class="c-told" role="status">${this.notice}${this.names.view(this.questions, (q, model) =>
        this.pick(q, model),
      )}</div>
      ${this.pair ? pairView(this.pair) : nothing}`;
    render(content, place);
  }

  /** A part of the month's work. @param {WorkPart} part */
  amount({ name, label, usual }) {
    const typed = written((value) => {
      this.work = { ...this.work };
      if (value.trim() === "" || value.trim() === usual) delete this.work[name];
      else this.work[name] = value.trim();
    });
    return html`<label class="c-field v-amount">${label}<input type="text" inputmode="numeric" name=${name}
      .value=${live(this.work[name] ?? "")} placeholder=${usual} @input=${typed}></label>`;
  }

  /** @param {Which} which @param {string} label */
  field(which, label) {
    const typed = written((name) => (this[which] = name.trim()));
    return html`<label class="c-field">${label}<input type="text" list="v-models" name=${which}
      .value=${live(this[which])} placeholder="name or id" @input=${typed}></label>`;
  }
}

/** @param {Side} side */
const page = (side) => `${root}models/${side.model}/#${side.anchor}`;

/** @param {Mark | ""} mark @param {string} href */
function letter(mark, href) {
  if (!mark) return nothing;
  return html`<a class="letter letter-${mark.toLowerCase()}" href=${href} aria-label="who says it"
    title="who says it">${mark}</a>`;
}

/** @param {Pair} pair */
function pairView(pair) {
  const { a, b, same, scores } = pair;
  const heads = [a, b].map((s) => html`<th scope="col" class="c-number">${s.name}</th>`);
  const both = `${encodeURI(a.offering)},${encodeURI(b.offering)}`;
  const unscored = html`<p>No test has a score of both.</p>`;
  const lines = same.map((s) => html`<li>${s.text}</li>`);
  const alike = html`<details><summary>What is the same
    (${same.length})</summary><ul>${lines}</ul></details>`;
  return html`<section class="v-pair" aria-label="${a.name} or ${b.name}">
    ${verdictView(pair)}
    <p class="actions"><a class="act" href="${root}choose/?models=${a.model},${b.model}">Ask with your own
      work</a> <a class="act" href="${root}compare/?o=${both}">Every fact side by side</a></p>
    ${WHICH.map((which) => reasons(pair, which))}
    <h2>Side by side</h2>
    <div class="c-scroll" tabindex="0" role="region" aria-label="Side by side"><table
      class="c-table"><thead><tr><th scope="col">What</th>${heads}</tr></thead><tbody>
      <tr><th scope="row">A month</th>${WHICH.map(
        (which) => html`<td class="c-number">${pair.verdict.month[which]}</td>`,
      )}</tr>
      ${pair.side_by_side.map((row) => figures(pair, row))}</tbody></table></div>
    ${ownPair(pair)}
    <h2>What benchmarks say</h2>
    ${scores.length ? scoreTable(scores, heads) : unscored}
    ${same.length ? alike : nothing}
    ${unknown(pair)}
  </section>`;
}

/** Which is for most, how sure that is, why, and when to take the other. @param {Pair} pair */
function verdictView(pair) {
  const { head, sure_text: sure, why, when, notes, month } = pair.verdict;
  const chosen = WHICH.filter((which) => when[which]).map(
    (which) => html`<p><strong>Choose ${pair[which].name} if</strong> ${when[which]}.</p>`,
  );
  const badge = sure ? html` <span class="verdict-sure verdict-is-${sure}">${sure}</span>` : nothing;
  return html`<section class="verdict" aria-label="Verdict">
    <p class="verdict-head"><strong>${head}</strong>${badge}</p>
    <ul>${why.map((s) => html`<li>${s.text}${sources(pair, s.facts)}</li>`)}</ul>
    ${chosen}
    ${notes.map((s) => html`<p class="verdict-note">${s.text}${sources(pair, s.facts)}</p>`)}
    <p class="verdict-note">The month: ${month.text}.</p>
  </section>`;
}

/** Who says what a sentence rests on: a letter for each fact, and whose scores. @param {Pair} pair
 *  @param {CitedFact[]} facts */
function sources(pair, facts) {
  const sides = [pair.a, pair.b];
  /** @param {CitedFact} fact */
  const home = (fact) =>
    sides.find((s) => fact.of === s.offering) ??
    sides.find((s) => fact.of.endsWith(s.model) || fact.of === s.model) ??
    pair.a;
  return facts.map((fact) =>
    fact.field === "ability"
      ? html` <a href="${root}models/${fact.of}/#strengths"><small>scores</small></a>`
      : [letter(fact.mark, page(home(fact))), itsPage(fact)],
  );
}

/** The page where a provider says it, with its words and the day. @param {CitedFact} fact */
function itsPage({ stated }) {
  if (!stated) return nothing;
  const quote = `${stated.quote ? `“${stated.quote}” ` : ""}(read ${stated.read})`;
  return html` <a href=${stated.url} title=${quote} rel="noreferrer">its page</a>`;
}

/** When to choose one of the two. @param {Pair} pair @param {Which} which */
function reasons(pair, which) {
  const side = pair[which];
  const sentences = which === "a" ? pair.for_a : pair.for_b;
  /** @param {Sentence} sentence */
  const line = ({ text, facts }) => html`<li>${text}${sources(pair, facts)}</li>`;
  const list = sentences.length
    ? html`<ul>${sentences.map(line)}</ul>`
    : html`<p>Nothing that is known here speaks for it.</p>`;
  return html`<h2>Choose <a href=${page(side)}>${side.name}</a> when</h2><p
    class="c-quiet">${side.place}</p>${list}`;
}

/** @param {Pair} pair @param {FigureRow} row */
function figures(pair, row) {
  const cells = WHICH.map((which) => {
    const { text, mark } = row[which];
    return html`<td class="c-number">${text || "—"}${letter(mark, page(pair[which]))}</td>`;
  });
  return html`<tr><th scope="row">${row.label}</th>${cells}</tr>`;
}

/** @param {ScoreRow[]} scores @param {TemplateResult[]} heads */
function scoreTable(scores, heads) {
  /** @param {ScoreRow} row */
  const line = (row) => {
    const cells = WHICH.map((which) => {
      const { link, score, interval } = row[which];
      const better = row.better === which ? " ✓" : "";
      return html`<td class="c-number"><a href=${link} rel="noreferrer">${score}</a>${better}
        ${interval ? html`<small>${interval}</small>` : nothing}</td>`;
    });
    const differs = row.differs.length ? html`<small>${row.differs.join("; ")}</small>` : nothing;
    return html`<tr><th scope="row">${row.series || row.test} ${differs}</th>${cells}</tr>`;
  };
  /** @param {string} title @param {ScoreRow[]} rows */
  const table = (title, rows) =>
    rows.length
      ? html`<h3>${title}</h3><div class="c-scroll" tabindex="0" role="region" aria-label=${title}><table
    class="c-table"><thead><tr><th scope="col">Test</th>${heads}</tr></thead><tbody
    >${rows.map(line)}</tbody></table></div>`
      : nothing;
  return [
    table(
      "Run alike",
      scores.filter((row) => !row.differs.length),
    ),
    table(
      "The same test, run differently: no figure here is better",
      scores.filter((row) => row.differs.length),
    ),
  ];
}

/** @param {Pair} pair */
function unknown(pair) {
  const { unknown: missing } = pair;
  if (!WHICH.some((which) => missing[which].length)) return nothing;
  /** @param {Which} which */
  const line = (which) =>
    missing[which].length
      ? html`<li>Of ${pair[which].name} there: ${missing[which].join(", ")}.</li>`
      : nothing;
  return html`<h2>What is not recorded here</h2><ul>${WHICH.map(line)}</ul>`;
}

const response = await fetch(new URL("versus.json", assets)).catch(() => null);
if (response?.ok) new Versus(await response.json());
