// The bill: a month's work at up to twelve offerings.
// The first answer was made with the site; once something is changed, Python in a worker computes, from the
// catalog, in the page. What is pasted goes nowhere.

import { html, nothing, render } from "lit-html";
import { live } from "lit-html/directives/live.js";
import { chosen, submitted, written } from "../playground/views/events.js";
import { reason } from "../playground/reason.js";
import { element } from "../site/element.mjs";
import { Address } from "./address.mjs";
import { Given } from "./answer/given.mjs";
import { billed } from "./bills.mjs";
import { asking, fields } from "./fields.mjs";
import { counted, whole } from "./meters.mjs";
import { Names } from "./names.mjs";
import { Latest, Python, starting } from "./python.mjs";
import { listed } from "./state.mjs";
import { guard, mark } from "./answer/waiting.mjs";

/** @import { Answers, BillData, Bills, Choice, Drafts, FormPart } from "../types/choose.js" */
/** @import { PartValue, Question, Unsettled, Usage, Work } from "../types/choose.js" */
/** @import { BootMessage } from "../types/playground.js" */

const place = element(document, "#bill", HTMLElement);
const { runtime } = place.dataset;
const assets = new URL(".", import.meta.url);

export class BillPage {
  notice = "";
  /** @type {BootMessage | null} */
  boot = null;
  read = "";
  typed = "";
  stale = false;
  /** @type {Set<string>} the sections that begin open */
  open = new Set();
  /** @type {Drafts} */
  drafts = {};
  /** @type {Work} */
  work = {};
  /** @type {string[]} */
  names = [];
  /** @type {Unsettled[]} names that must be asked about */
  questions = [];
  /** @type {Bills | null} */
  answer = null;
  /** Results of the reader's own cases, where Evaluate has given any; a guide's bill is as it stands. */
  ran = new Given(() => this.ask());
  /** @type {Address | null} */
  #address = null;
  #python = runtime
    ? new Python(runtime, (message) => {
        this.boot = message;
        this.draw();
      })
    : null;
  #latest = new Latest();
  root = place.dataset.root ?? "";

  /** @param {BillData} data */
  constructor(data) {
    this.data = data;
    this.known = new Names(this.root, data.models);
    // In a guide the page brings the work and the models, and its address stays as it is.
    this.own = !place.dataset.names;
    if (this.own) this.#address = new Address(() => this.begin());
    guard(place);
    this.begin();
  }

  /** Begin from the page's address: when it is opened, and when the reader goes back to another one of it. */
  begin() {
    const { data } = this;
    this.#latest.next(); // what was asked before is no answer to this
    render(nothing, place);
    this.notice = this.read = this.typed = "";
    this.questions = [];
    this.drafts = {};
    this.stale = false;
    const given = `o=${place.dataset.names}&${place.dataset.work}`;
    const params = new URLSearchParams(this.own ? location.search.slice(0, 4000) : given);
    const names = listed(params.get("o") ?? "");
    const parts = [...params].filter(([name, value]) => this.knows(name) && value !== "");
    this.work = Object.fromEntries(parts);
    this.names = names.slice(0, data.most);
    this.open = asking(data.form, this.work);
    this.answer = null;
    if (!this.own) {
      this.names = names;
      this.answer = JSON.parse(element(document, "#billed", HTMLScriptElement).text);
      this.draw();
    } else if (names.length || Object.keys(this.work).length) {
      if (!names.length) this.names = [...data.names];
      const more = names.length - data.most;
      if (more > 0) this.notice = `${data.most} are compared at once; ${more} left out.`;
      if (this.names.every((name) => this.known.knows(name))) this.ask();
      else this.settle(this.names, []);
    } else {
      this.work = asTyped(data.work);
      this.names = [...data.names];
      if (this.ran.used)
        this.ask(); // what was made with the site knows nothing of the reader's answers
      else {
        this.answer = data.answer;
        this.draw();
      }
    }
  }

  /** What a question brings of the reader's own results. */
  get given() {
    return this.own ? this.ran.asked : {};
  }

  /** Count output tokens as the reader's own answers had them, or as they are asked. @param {boolean} used */
  use(used) {
    this.ran.change({ used });
    this.ask();
  }

  /** Whether there is such a part of the work. @param {string} name */
  knows(name) {
    return this.data.form.some(({ parts }) => parts.some((part) => part.name === name));
  }

  /** A part of the work, as it was typed; empty takes it away. @param {string} name @param {string} value */
  set(name, value) {
    delete this.drafts[name];
    this.work = { ...this.work };
    if (value === "") delete this.work[name];
    else this.work[name] = value;
    this.changed();
  }

  changed() {
    const pairs = Object.entries(this.work).map(([k, v]) => `${k}=${encodeURIComponent(v)}`);
    if (this.names.length) pairs.unshift(`o=${this.names.map(inAddress).join(",")}`);
    this.#address?.write(pairs.length ? `?${pairs.join("&")}` : location.pathname);
    this.ask();
  }

  add() {
    const name = this.typed;
    if (!name) return;
    const { most } = this.data;
    if (this.names.length >= most) {
      this.say(`${most} are compared at once; take one out first.`);
      return;
    }
    this.typed = "";
    this.settle([name], this.names);
  }

  /**
   * Take names as the catalog has them, beside those that are there; ask about the others.
   * @param {string[]} typed @param {string[]} names
   */
  async settle(typed, names) {
    const latest = this.#latest.next();
    try {
      const settled = await this.known.settle(typed);
      if (!latest()) return;
      this.questions = settled.questions;
      this.names = [...new Set([...names, ...settled.names])];
      if (settled.names.length) this.changed();
      else this.draw();
    } catch (error) {
      if (latest()) this.say(`The name could not be looked up (${reason(error)}); add it again.`);
    }
  }

  /** Take the model that a name is to mean. @param {Unsettled} question @param {string} model */
  pick(question, model) {
    this.questions = this.questions.filter((other) => other !== question);
    if (!this.names.includes(model)) this.names = [...this.names, model];
    this.changed();
  }

  /** @param {string} name */
  remove(name) {
    this.names = this.names.filter((n) => n !== name);
    this.changed();
  }

  ask() {
    this.stale = true;
    this.draw();
    return this.#latest.ask(
      () =>
        this.asked({
          kind: "bills",
          work: this.work,
          names: this.names,
          ...(this.own ? this.ran.asked : {}),
        }),
      (bills) => {
        this.answer = bills;
        this.stale = false;
        this.draw();
      },
    );
  }

  /**
   * Python's answer to a question; null, with a notice, where there is none.
   * @template {Question} Asked
   * @param {Asked} question
   * @returns {Promise<Answers[Asked["kind"]] | null>}
   */
  async asked(question) {
    if (!this.#python) {
      this.say("Python cannot run on this site; `almanac cost` computes it in a terminal.");
      return null;
    }
    try {
      return await this.#python.ask(question);
    } catch (error) {
      this.say(reason(error));
      return null;
    }
  }

  /** A usage export as the work. @param {string} text */
  async import(text) {
    const usage = await this.asked({ kind: "usage", text });
    if (!usage) return;
    this.work = asTyped(usage.work);
    // What is used now is what others are held against.
    const { names } = await this.known.settle(usage.models).catch(() => ({ names: [] }));
    this.names = [...new Set([...names, ...this.names])].slice(0, this.data.most);
    this.read = described(usage);
    this.notice = "";
    this.changed();
  }

  /** @param {string} text */
  say(text) {
    this.notice = text;
    this.stale = false;
    this.draw();
  }

  draw() {
    const content = html`<div class="c-body">
      ${this.form()}
      <div class="c-main">
        ${this.boot ? starting(this.boot) : nothing}
        ${this.read ? html`<p class="b-read" role="status">${this.read}</p>` : nothing}
        <div class="c-told" role="status">${this.notice}${this.known.view(this.questions, (q, model) =>
          this.pick(q, model),
        )}</div>
        ${this.answer ? billed(this, this.answer) : nothing}
      </div></div>`;
    render(content, place);
    mark(place);
  }

  form() {
    const faults = Object.fromEntries((this.answer?.faults ?? []).map((f) => [f.part, f.message]));
    const holder = {
      values: this.work,
      drafts: this.drafts,
      faults,
      set: (/** @type {string} */ name, /** @type {PartValue} */ value) => this.set(name, String(value)),
    };
    /** @type {Choice[]} */
    const regions = [...new Set((this.answer?.bills ?? []).flatMap((b) => b.regions))].map((id) => [id, ""]);
    /** @param {FormPart} part */
    const here = (part) => (part.name === "region" ? { ...part, choices: regions } : part);
    const sections = this.data.form.map(({ id, title, open, parts }) => {
      const drawn = fields(parts.map(here), holder);
      if (open) return drawn;
      return html`<details class="c-part" ?open=${this.open.has(id)}><summary>${title}</summary><div>
        ${drawn}</div></details>`;
    });
    return html`<form class="c-form" aria-label="The work" @submit=${submitted(() => this.add())}>
        <div class="b-fields">
        ${sections}
        ${this.adding()}
        ${this.pasting()}
        </div>
      </form>`;
  }

  adding() {
    const models = Object.entries(this.data.models).map(
      ([id, name]) => html`<option value=${id}>${name}</option>`,
    );
    const count = `${this.names.length} of ${this.data.most}`;
    return html`<label class="c-field">Add a model or an offering (${count})<input type="text" name="add"
          list="b-models" placeholder="openai/gpt-5" .value=${live(this.typed)}
          @input=${written((name) => (this.typed = name.trim()))}></label>
        <datalist id="b-models">${models}</datalist>
        <button type="submit" class="act">Add it</button>`;
  }

  pasting() {
    const pasted = written((text) => text.trim() && this.import(text));
    const opened = chosen(async ([file]) => file && this.import(await file.text()));
    return html`<details class="c-part"><summary>Paste a usage export</summary><div>
          <label class="c-field">OpenAI’s or Anthropic’s usage (JSON or CSV), LiteLLM’s spend log. It stays in
            your browser.<textarea
            name="usage" rows="4" spellcheck="false" @change=${pasted}></textarea></label>
          <label class="c-field">or a file<input type="file" name="file" accept=".json,.jsonl,.csv,.txt"
            @change=${opened}></label></div></details>`;
  }
}

/** Numbers as their controls hold them. @param {Record<string, string | number>} work @returns {Work} */
const asTyped = (work) => Object.fromEntries(Object.entries(work).map(([k, v]) => [k, String(v)]));

/** An offering's or a model's name as the address has it. @param {string} name */
const inAddress = (name) =>
  encodeURIComponent(name).replaceAll("%2F", "/").replaceAll("%40", "@").replaceAll("%3A", ":");

/** What was read of a usage export. @param {Usage} usage */
function described({ format, rows, left_out, days, requests_known, size, models }) {
  const left = left_out ? ` (${whole(left_out)} without tokens left out)` : "";
  const span =
    days === null ? "no dates in it, so it counts as a month" : `${counted(days, "day")}, brought to a month`;
  const requests = requests_known
    ? ""
    : ` It counts no requests: they are taken to be of ${whole(size)} tokens of input each.` +
      " The sum is the same for any size, but where a price steps up with it.";
  const named = models.length ? ` Models: ${models.join(", ")}.` : "";
  return `Read as ${format}: ${counted(rows, "row")}${left}, ${span}.${requests}${named}`;
}

const response = await fetch(new URL("bill.json", assets)).catch(() => null);
if (response?.ok) {
  new BillPage(await response.json());
  document.documentElement.classList.add("c-live");
}
