// The chooser: a need, moved by controls, and its answer.
// A named need is answered by what was made with the site; once a control is moved, or the address brings a
// need of its own, Python in a worker answers, from the catalog, in the page.

import { html, nothing, render } from "lit-html";
import { save } from "../explorer/download.mjs";
import { reason } from "../playground/reason.js";
import { element } from "../site/element.mjs";
import { Address } from "./address.mjs";
import { beginnings, reveal } from "./answer/beginnings.mjs";
import { claimed, json } from "./answer/claims.mjs";
import { first } from "./answer/first.mjs";
import { Given } from "./answer/given.mjs";
import { given } from "./answer/own.mjs";
import { answered } from "./answer.mjs";
import { controls } from "./controls.mjs";
import { asking } from "./fields.mjs";
import { Names } from "./names.mjs";
import { Latest, Python, starting } from "./python.mjs";
import { read, write, yaml } from "./state.mjs";
import { guard, mark } from "./answer/waiting.mjs";

/** @import { Answer, Answers, ChooserData, Drafts, Listed, ModelPlace } from "../types/choose.js" */
/** @import { Parts, PartValue, Question, Unsettled } from "../types/choose.js" */
/** @import { Carried } from "../types/evaluate.js" */
/** @import { BootMessage } from "../types/playground.js" */

/** How long no control is moved until more is asked, in milliseconds. */
const REST = 400;

export class Chooser {
  /** @type {Parts} */
  parts = {};
  id = "";
  changed = false;
  most = 0;
  /** @type {Answer | null} */
  answer = null;
  /** @type {Drafts} */
  drafts = {};
  /** @type {Map<string, ModelPlace[]>} */
  elsewhere = new Map();
  /** By constraint what it puts out, as far as it is listed. @type {Map<string, Listed>} */
  out = new Map();
  /** @type {Set<string>} */
  open = new Set();
  stale = false;
  notice = "";
  /** @type {Unsettled[]} models that must be asked about */
  questions = [];
  /** @type {BootMessage | null} */
  boot = null;
  /** Results of the reader's own cases, where Evaluate has given any. */
  own = new Given(() => this.ask());
  #latest = new Latest();
  #rest = 0;

  /** @param {HTMLElement} place @param {ChooserData} data */
  constructor(place, data) {
    this.place = place;
    this.data = data;
    this.root = place.dataset.root ?? "";
    this.names = new Names(this.root, {});
    this.assets = new URL(".", import.meta.url);
    this.python = place.dataset.runtime
      ? new Python(place.dataset.runtime, (message) => {
          this.boot = message;
          this.draw();
        })
      : null;
    guard(place);
    this.address = new Address(
      () => this.begin(),
      () => !location.search && read("", location.hash, data).id !== "",
    );
    this.begin();
  }

  /** Begin from the page's address: when it is opened, and when the reader goes back to another one of it. */
  begin() {
    const { id, parts, notes, results } = read(location.search, location.hash, this.data);
    clearTimeout(this.#rest);
    render(nothing, this.place);
    this.id = id;
    this.notice = notes.join(" ");
    this.questions = [];
    this.answer = null;
    this.most = this.data.models.shown;
    this.drafts = {};
    if (parts) {
      this.parts = parts;
      this.changed = true;
      this.open = asking(this.data.form, parts);
      this.ask();
    } else this.pick(id || this.data.needs[0]?.id, false);
    if (results && !this.own.any) this.useResults(results);
  }

  /** Begin from a named need. @param {string} id */
  async pick(id, write_ = true) {
    const need = this.data.needs.find((one) => one.id === id);
    this.open = asking(this.data.form, need?.need ?? {});
    if (!need) return this.draw();
    this.id = id;
    this.parts = structuredClone(need.need);
    this.questions = [];
    this.changed = false;
    this.most = this.data.models.shown;
    this.drafts = {};
    this.elsewhere = new Map();
    if (write_) this.address.write(write(id, this.parts, false));
    if (this.own.used) return this.ask(); // what was made with the site knows nothing of them
    const latest = this.#latest.next();
    this.stale = true;
    this.draw();
    /** @type {Answer | null} */
    const prepared = await json(new URL(`needs/${id}.json`, this.assets));
    if (!latest()) return undefined;
    if (prepared) this.show(prepared);
    else {
      this.answer = null; // what stands there answers another need
      this.say("This answer could not be loaded. Try again.");
    }
    return undefined;
  }

  /**
   * One part of the need, as it was typed; empty takes it away.
   * @param {string} name @param {PartValue} value
   */
  set(name, value) {
    delete this.drafts[name];
    /** @type {Parts} */
    const parts = { ...this.parts, [name]: value };
    if (value === "" || (Array.isArray(value) && !value.length)) delete parts[name];
    this.change(parts);
  }

  /** Another need: it stands in the address, and is asked. @param {Parts} parts */
  change(parts) {
    this.parts = parts;
    this.changed = true;
    this.notice = "";
    this.address.write(write(this.id, parts, true));
    this.ask();
  }

  /** Order by results that the site's owner publishes. @param {string} id */
  async useResults(id) {
    const known = this.data.evaluations.some((one) => one.id === id);
    if (known && (await this.own.load(new URL(`evaluations/${id}.json`, this.assets)))) return this.ask();
    return this.say(`This site has no results “${id.slice(0, 60)}”, or they could not be loaded.`);
  }

  /** Let the reader's own results count otherwise, or forget them. @param {Partial<Carried> | null} change */
  changeOwn(change) {
    if (change) this.own.change(change);
    else this.own.forget();
    this.ask();
  }

  /** More of the models that are left. */
  more() {
    this.most += this.data.models.shown;
    this.ask();
  }

  /** Give way by as much as is enough for somebody to be left. @param {Record<string, number>} enough */
  relax(enough) {
    const less = Object.entries(enough).map(([name, value]) => [name, String(value)]);
    this.change({ ...this.parts, ...Object.fromEntries(less) });
  }

  /** Let in what is left out though nobody asked for that. @param {Parts} parts */
  include(parts) {
    this.change({ ...this.parts, ...parts });
  }

  ask() {
    clearTimeout(this.#rest); // what was to be asked of the last answer
    this.stale = true;
    this.draw();
    return this.#latest.ask(
      async () =>
        (await this.settle())
          ? this.asked({ kind: "choose", need: this.parts, most: this.most, ...this.own.asked })
          : null,
      (answer) => this.show(answer),
    );
  }

  /** Call the models of the need as the catalog does; false where one must be asked about first. */
  async settle() {
    const { parts } = this;
    this.questions = [];
    if (!Array.isArray(parts.models)) return true;
    try {
      const { models, questions } = await this.names.settleModels(parts.models);
      if (parts !== this.parts) return false; // the reader asks something else
      if (questions.length) {
        this.questions = questions;
        this.answer = null; // what stands there answers another need
        this.say("");
        return false;
      }
      this.parts = { ...parts, models };
      this.address.write(write(this.id, this.parts, true));
    } catch (error) {
      this.notice = `The models could not be looked up (${reason(error)}); write their ids, or try again.`;
    }
    return true;
  }

  /** Go on with the model that a name is to mean. @param {Unsettled} question @param {string} model */
  mean({ typed }, model) {
    const named = Array.isArray(this.parts.models) ? this.parts.models : [];
    this.set(
      "models",
      named.map((name) => (name === typed ? model : name)),
    );
  }

  /**
   * Python's answer to a question; null, with a notice, where there is none.
   * @template {Question} Asked
   * @param {Asked} question
   * @returns {Promise<Answers[Asked["kind"]] | null>}
   */
  async asked(question) {
    if (!this.python) {
      this.say("Python cannot run on this page; the named needs are answered without it.");
      return null;
    }
    try {
      return await this.python.ask(question);
    } catch (error) {
      this.say(`${reason(error)} What you typed is kept; change something to try again.`);
      return null;
    }
  }

  /** Start Python before it is needed; what goes wrong is said when it is asked. */
  wake() {
    this.python?.start().catch(() => {});
  }

  /** @param {Answer} answer */
  show(answer) {
    this.answer = answer;
    this.stale = false;
    this.elsewhere = new Map(Object.entries(answer.places ?? {}));
    this.out = new Map();
    this.draw();
    clearTimeout(this.#rest);
    if (!answer.swaps) this.#rest = setTimeout(() => this.complete(answer), REST);
  }

  /**
   * What would change the order, and who one missing fact keeps from the first place: asked once the reader
   * rests, as it takes as long as all else.
   * @param {Answer} answer
   */
  async complete(answer) {
    const rest = await this.asked({ kind: "rest", need: this.parts, ...this.own.asked });
    if (!rest || answer !== this.answer) return;
    Object.assign(answer, rest);
    this.draw();
  }

  /** Where else a model runs, once it is looked at. @param {string} model */
  async places(model) {
    if (this.elsewhere.has(model) || !this.python?.live) return;
    const { answer } = this;
    if (!answer) return;
    const places = await this.asked({ kind: "places", need: this.changed ? this.parts : answer.said, model });
    if (!places || answer !== this.answer) return;
    this.elsewhere.set(model, places);
    this.draw();
  }

  async share() {
    try {
      await navigator.clipboard.writeText(location.href);
      this.say("The link is copied. It carries what you asked for, and nothing else.");
    } catch {
      this.say("The browser did not let the page copy. Copy the address instead.");
    }
  }

  /** @param {Answer} answer */
  need(answer) {
    save("need.yml", "application/yaml", yaml(answer.said));
  }

  /** @param {Answer} answer */
  async download(answer) {
    const title = this.data.needs.find((one) => one.id === this.id)?.title ?? "";
    const claims = await claimed(this.root, answer);
    const site = new URL(this.root, location.href).href;
    const text = await this.asked({
      kind: "record",
      need: answer.said,
      title,
      site,
      claims,
      ...this.own.asked,
    });
    if (text) save(`decision-${this.id || "record"}-${answer.date}.md`, "text/markdown", text);
  }

  /** @param {string} text */
  say(text) {
    this.notice = text;
    this.draw();
  }

  draw() {
    const need = this.data.needs.find((one) => one.id === this.id);
    const told = this.names.view(this.questions, (question, model) => this.mean(question, model));
    const waiting = html`<div class="c-told" role="status">${
      told.length ? told : this.notice || "Answering …"
    }</div>`;
    const content = html`
      ${beginnings(this, need)} ${this.boot ? starting(this.boot) : nothing} ${first(this)}
      <div class="c-body">
        <details class="c-side"
          ?open=${wide.matches}><summary>Change what is asked</summary>${controls(this)}</details>
        <div class="c-main">${this.answer ? answered(this, this.answer) : [waiting, given(this)]}</div>
      </div>`;
    render(content, this.place);
    mark(this.place);
    reveal(this.place);
  }
}

const wide = matchMedia("(min-width: 60em)");

const response = await fetch(new URL("choose.json", import.meta.url)).catch(() => null);
if (response?.ok) {
  new Chooser(element(document, "#choose", HTMLElement), await response.json());
  document.documentElement.classList.add("c-live");
}
