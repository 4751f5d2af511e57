// The chooser: a named need is answered by what was made with the site; once a control is moved, or the address
// brings a need of its own, Python in a worker answers, from the catalog, in the page.

import { html, nothing, render } from "lit-html";
import { save } from "../explorer/download.mjs";
import { Address } from "./address.mjs";
import { answered } from "./answer.mjs";
import { asking, controls } from "./controls.mjs";
import { Latest, Python, starting } from "./python.mjs";
import { read, write, yaml } from "./state.mjs";

/** How long no control is moved until more is asked, in milliseconds. */
const REST = 400;

class Chooser {
  parts = {};
  id = "";
  changed = false;
  most = 0;
  answer = null;
  drafts = {};
  elsewhere = new Map();
  open = new Set();
  stale = false;
  notice = "";
  boot = null;
  #latest = new Latest();
  #rest = 0;

  constructor(place, data) {
    this.place = place;
    this.data = data;
    this.root = place.dataset.root;
    this.assets = new URL(".", import.meta.url);
    this.python = place.dataset.runtime
      ? new Python(place.dataset.runtime, (message) => {
          this.boot = message;
          this.draw();
        })
      : null;
    this.address = new Address(
      () => this.begin(),
      () => !location.search && read("", location.hash, data.needs).id !== "",
    );
    this.begin();
  }

  /** Begin from the page's address: when it is opened, and when the reader goes back to another one of it. */
  begin() {
    const { id, parts, notes } = read(location.search, location.hash, this.data.needs);
    clearTimeout(this.#rest);
    render(nothing, this.place);
    Object.assign(this, { id, notice: notes.join(" "), answer: null, most: this.data.models.shown, drafts: {} });
    if (parts) {
      this.parts = parts;
      this.changed = true;
      this.open = asking(parts);
      this.ask();
    } else this.pick(id || this.data.needs[0]?.id, false);
  }

  /** Begin from a named need. */
  async pick(id, write_ = true) {
    const need = this.data.needs.find((one) => one.id === id);
    this.open = asking(need?.need ?? {});
    if (!need) return this.draw();
    Object.assign(this, { id, parts: structuredClone(need.need), changed: false, most: this.data.models.shown, drafts: {}, elsewhere: new Map() });
    if (write_) this.address.write(write(id, this.parts, false));
    const latest = this.#latest.next();
    this.draw();
    const prepared = await fetch(new URL(`needs/${id}.json`, this.assets)).then((a) => (a.ok ? a.json() : null)).catch(() => null);
    if (!latest()) return undefined;
    if (prepared) this.show(prepared);
    else this.say("This answer could not be loaded. Try again.");
    return undefined;
  }

  /** One part of the need, as it was typed; empty takes it away. */
  set(name, value) {
    delete this.drafts[name];
    const parts = { ...this.parts, [name]: value };
    if (value === "" || (Array.isArray(value) && !value.length)) delete parts[name];
    this.change(parts);
  }

  /** Another need: it stands in the address, and is asked. */
  change(parts) {
    this.parts = parts;
    this.changed = true;
    this.address.write(write(this.id, parts, true));
    this.ask();
  }

  /** More of the models that are left. */
  more() {
    this.most += this.data.models.shown;
    this.ask();
  }

  /** Give way by as much as is enough for somebody to be left. */
  relax(enough) {
    this.change({ ...this.parts, ...Object.fromEntries(Object.entries(enough).map(([name, value]) => [name, String(value)])) });
  }

  ask() {
    this.stale = true;
    this.draw();
    return this.#latest.ask(() => this.asked({ kind: "choose", need: this.parts, most: this.most }), (answer) => this.show(answer));
  }

  /** Python's answer to a question; null, with a notice, where there is none. */
  async asked(question) {
    if (!this.python) {
      this.say("Python cannot run on this page; the named needs are answered without it.");
      return null;
    }
    try {
      return await this.python.ask(question);
    } catch (error) {
      this.say(`${error.message} What you typed is kept; change something to try again.`);
      return null;
    }
  }

  /** Start Python before it is needed; what goes wrong is said when it is asked. */
  wake() {
    this.python?.start().catch(() => {});
  }

  show(answer) {
    this.answer = answer;
    this.stale = false;
    this.elsewhere = new Map(Object.entries(answer.places ?? {}));
    this.draw();
    clearTimeout(this.#rest);
    if (!answer.pending) this.#rest = setTimeout(() => this.pend(answer), REST);
  }

  /** Who one missing fact keeps from the first place: asked once the reader rests, as it takes a while longer. */
  async pend(answer) {
    const pending = await this.asked({ kind: "pending", need: this.parts });
    if (!pending || answer !== this.answer) return;
    answer.pending = pending;
    this.draw();
  }

  /** Where else a model runs, once it is looked at. */
  async places(model) {
    if (this.elsewhere.has(model) || !this.python?.live) return;
    const { answer } = this;
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

  need() {
    save("need.yml", "application/yaml", yaml(this.answer.said));
  }

  async download() {
    const title = this.data.needs.find((one) => one.id === this.id)?.title ?? "";
    const claims = {};
    for (const { model, offering } of this.answer.models.slice(0, 5)) {
      const page = await fetch(`${this.root}catalog/v1/models/${model}.json`).then((a) => (a.ok ? a.json() : null)).catch(() => null);
      const served = page?.offerings.find((o) => o.key === offering);
      const facts = [...(page?.facts ?? []), ...(served?.facts ?? [])];
      claims[offering] = Object.fromEntries(facts.map((f) => [f.field, f.claims.filter((c) => !c.note).map(({ source, link }) => ({ source, link }))]));
    }
    const site = new URL(this.root, location).href;
    const text = await this.asked({ kind: "record", need: this.answer.said, title, site, claims });
    if (text) save(`decision-${this.id || "record"}-${this.answer.date}.md`, "text/markdown", text);
  }

  say(text) {
    this.notice = text;
    this.stale = false;
    this.draw();
  }

  draw() {
    const need = this.data.needs.find((one) => one.id === this.id);
    render(html`
      <div class="c-needs" role="group" aria-label="Begin from">${this.data.needs.map((one) => html`<button type="button" aria-pressed=${one.id === this.id && !this.changed ? "true" : "false"} @click=${() => this.pick(one.id)}>${one.title}</button>`)}</div>
      ${need ? html`<p class="c-said"><b>${need.title}${this.changed ? ", changed" : nothing}.</b> ${need.said} <span class="c-quiet">${need.why}</span></p>` : html`<p class="c-said"><b>Your own need.</b></p>`}
      ${this.boot ? starting(this.boot) : nothing}
      <div class="c-body">
        <details class="c-side" ?open=${wide.matches}><summary>Change what is asked</summary>${controls(this)}</details>
        <div class="c-main">${this.answer ? answered(this) : html`<p class="c-told" role="status">${this.notice || "Answering …"}</p>`}</div>
      </div>`, this.place);
  }
}

const wide = matchMedia("(min-width: 60em)");

const place = document.getElementById("choose");
const response = await fetch(new URL("choose.json", import.meta.url)).catch(() => null);
if (response?.ok) {
  new Chooser(place, await response.json());
  document.documentElement.classList.add("c-live");
}
