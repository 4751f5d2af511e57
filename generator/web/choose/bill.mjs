// The bill: a month's work at up to twelve offerings. The first answer was made with the site; once something is
// changed, Python in a worker computes, from the catalog, in the page. What is pasted goes nowhere.

import { html, nothing, render } from "lit-html";
import { live } from "lit-html/directives/live.js";
import { quoted, save } from "../explorer/download.mjs";
import { Address } from "./address.mjs";
import { Latest, Python, starting } from "./python.mjs";
import { fields } from "./fields.mjs";
import { FINER, SHARES } from "./work.mjs";

const MOST = 12;
const WORK = ["input_tokens", "output_tokens", "requests", "cached", "written", "written_1h", "audio_in", "image_in", "reasoning", "audio_out", "image_out", "batch", "mode", "at"];
const PARTS = [...WORK, "region"];
const NUMBERS = [["input_tokens", "Input tokens a request", 1000], ["output_tokens", "Output tokens a request", 500], ["requests", "Requests a month", 1000]];
const MODES = ["flex", "priority", "fast"];
const whole = (n) => n.toLocaleString("en", { maximumFractionDigits: 0 });

const place = document.getElementById("bill");
const root = place.dataset.root;
const assets = new URL(".", import.meta.url);

class BillPage {
  notice = "";
  boot = null;
  read = "";
  typed = "";
  drafts = {};
  #address = null;
  #python = null;
  #latest = new Latest();

  constructor(data) {
    this.data = data;
    // In a guide the page brings the work and the models, and its address stays as it is.
    this.own = !place.dataset.names;
    if (this.own) this.#address = new Address(() => this.begin());
    this.begin();
  }

  /** Begin from the page's address: when it is opened, and when the reader goes back to another one of it. */
  begin() {
    const { data } = this;
    this.#latest.next(); // what was asked before is no answer to this
    render(nothing, place);
    Object.assign(this, { notice: "", read: "", typed: "", drafts: {}, stale: false });
    const params = new URLSearchParams(this.own ? location.search.slice(0, 4000) : `o=${place.dataset.names}&${place.dataset.work}`);
    const names = (params.get("o") ?? "").split(",").map((n) => n.trim()).filter(Boolean);
    this.work = Object.fromEntries([...params].filter(([name, value]) => PARTS.includes(name) && value !== ""));
    this.names = names.slice(0, MOST);
    this.finer = [...FINER.map(([name]) => name), "mode", "at", "region"].some((name) => name in this.work);
    this.answer = null;
    if (!this.own) {
      this.names = names;
      this.answer = JSON.parse(document.getElementById("billed").textContent);
      this.draw();
    } else if (names.length || Object.keys(this.work).length) {
      if (!names.length) this.names = [...data.names];
      if (names.length > MOST) this.notice = `${MOST} are compared at once; ${names.length - MOST} left out.`;
      this.ask();
    } else {
      Object.assign(this, { work: Object.fromEntries(Object.entries(data.work).map(([k, v]) => [k, String(v)])), names: [...data.names], answer: data.answer });
      this.draw();
    }
  }

  set(name, value) {
    delete this.drafts[name];
    this.work = { ...this.work };
    if (value === "") delete this.work[name];
    else this.work[name] = value;
    this.changed();
  }

  changed() {
    const pairs = Object.entries(this.work).map(([k, v]) => `${k}=${encodeURIComponent(v)}`);
    if (this.names.length) pairs.unshift(`o=${this.names.map((n) => encodeURIComponent(n).replaceAll("%2F", "/").replaceAll("%40", "@").replaceAll("%3A", ":")).join(",")}`);
    this.#address?.write(pairs.length ? `?${pairs.join("&")}` : location.pathname);
    this.ask();
  }

  add() {
    const name = this.typed;
    if (!name) return;
    if (this.names.length >= MOST) return this.say(`${MOST} are compared at once; take one out first.`);
    if (!this.names.includes(name)) this.names = [...this.names, name];
    this.typed = "";
    this.changed();
  }

  remove(name) {
    this.names = this.names.filter((n) => n !== name);
    this.changed();
  }

  ask() {
    this.stale = true;
    this.draw();
    return this.#latest.ask(() => this.asked({ kind: "bills", work: this.work, names: this.names }), (bills) => {
      this.answer = bills;
      this.stale = false;
      this.draw();
    });
  }

  async asked(question) {
    if (!place.dataset.runtime) return this.say("Python cannot run on this site; `almanac cost` computes it in a terminal.");
    this.#python ??= new Python(place.dataset.runtime, (message) => {
      this.boot = message;
      this.draw();
    });
    try {
      return await this.#python.ask(question);
    } catch (error) {
      return this.say(error.message);
    }
  }

  async import(text) {
    const usage = await this.asked({ kind: "usage", text });
    if (!usage) return;
    this.work = Object.fromEntries(Object.entries(usage.work).map(([k, v]) => [k, String(v)]));
    // What is used now is what others are held against.
    this.names = [...new Set([...usage.known, ...this.names])].slice(0, MOST);
    const days = usage.days === null ? "no dates in it, so it counts as a month" : `${usage.days} days, brought to a month`;
    const requests = usage.requests_known ? "" : ` It counts no requests: they are taken to be of ${whole(usage.size)} tokens of input each. The sum is the same for any size, but where a price steps up with it.`;
    this.read = `Read as ${usage.format}: ${whole(usage.rows)} rows${usage.left_out ? ` (${whole(usage.left_out)} without tokens left out)` : ""}, ${days}.${requests}${usage.models.length ? ` Models: ${usage.models.join(", ")}.` : ""}`;
    this.notice = "";
    this.changed();
  }

  csv() {
    const rows = [["offering", "model", "place", "mode", "meter", "unit", "count", "usd_per_unit", "usd"]];
    for (const bill of this.answer.bills) for (const line of bill.month?.lines ?? [{}]) rows.push([bill.offering, bill.name, bill.place, line.mode, line.meter, line.unit, line.count, line.usd_per_unit, line.usd]);
    save(`bill-${this.answer.date}.csv`, "text/csv", rows.map((row) => row.map((value) => quoted(value ?? "")).join(",")).join("\r\n"));
  }

  say(text) {
    this.notice = text;
    this.stale = false;
    this.draw();
    return null;
  }

  draw() {
    const faults = Object.fromEntries((this.answer?.faults ?? []).map((f) => [f.part, f.message]));
    const { number, share, text } = fields({ values: this.work, drafts: this.drafts, faults, set: (name, value) => this.set(name, value) });
    const regions = [...new Set((this.answer?.bills ?? []).flatMap((b) => b.regions))].map((region) => [region, ""]);
    render(html`<div class="c-body">
      <form class="c-form" aria-label="The work" @submit=${(e) => { e.preventDefault(); this.add(); }}>
        <div class="b-fields">
        ${NUMBERS.map((one) => number(...one))}
        ${SHARES.map(share)}
        <details class="c-part" ?open=${this.finer}><summary>Finer work</summary><div>
        ${FINER.map(share)}
        <label class="c-field">The rest runs in <select name="mode" @change=${(e) => this.set("mode", e.target.value)}>${["", ...MODES].map((m) => html`<option value=${m} ?selected=${m === (this.work.mode ?? "")}>${m || "standard"}</option>`)}</select></label>
        ${text("at", "Hour it runs at, in UTC, where prices go by it", "any; 02:30")}
        ${text("region", "Cloud region that is called, where prices differ by it", "any; westeurope", regions)}</div></details>
        <label class="c-field">Add a model or an offering (${this.names.length} of ${MOST})<input type="text" name="add" list="b-models" placeholder="openai/gpt-5" .value=${live(this.typed)} @input=${(e) => (this.typed = e.target.value.trim())}></label>
        <datalist id="b-models">${Object.entries(this.data.models).map(([id, name]) => html`<option value=${id}>${name}</option>`)}</datalist>
        <button type="submit" class="act">Add it</button>
        <details class="c-part"><summary>Paste a usage export</summary><div>
          <label class="c-field">OpenAI’s or Anthropic’s usage (JSON or CSV), LiteLLM’s spend log. It stays in your browser.<textarea name="usage" rows="4" spellcheck="false" @change=${(e) => e.target.value.trim() && this.import(e.target.value)}></textarea></label>
          <label class="c-field">or a file<input type="file" name="file" accept=".json,.jsonl,.csv,.txt" @change=${async (e) => { if (e.target.files[0]) this.import(await e.target.files[0].text()); e.target.value = ""; }}></label></div></details>
        </div>
      </form>
      <div class="c-main">
        ${this.boot ? starting(this.boot) : nothing}
        ${this.read ? html`<p class="b-read" role="status">${this.read}</p>` : nothing}
        <p class="c-told" role="status">${this.notice}</p>
        ${this.answer ? this.bills() : nothing}
      </div></div>`, place);
  }

  bills() {
    const { bills, faults } = this.answer;
    const dearest = Math.max(...bills.map((b) => b.month?.high ?? b.month?.low ?? 0), 0);
    const wrong = faults.filter((f) => !PARTS.includes(f.part));
    return html`<section class="c-answer ${this.stale ? "c-stale" : ""}" aria-label="Bills">
      <h2 class="c-hidden">Bills, the cheapest first</h2>
      ${wrong.length ? html`<ul class="c-faults" role="alert">${wrong.map((f) => html`<li>${f.message} <button type="button" class="act" @click=${() => this.remove(f.part)}>Take it out</button></li>`)}</ul>` : nothing}
      ${bills.length ? html`<ol class="c-list">${bills.map((b) => this.bill(b, dearest))}</ol>` : html`<p>Name a model to see what the work costs there.</p>`}
      <p class="actions c-actions"><button type="button" class="act" @click=${() => this.csv()}>CSV</button> <a class="act" href="${root}choose/?${new URLSearchParams(this.work)}">Which model does this work best?</a></p>
      <p class="c-quiet">As of ${this.answer.date}, catalog <code>${this.answer.catalog.slice(0, 12)}</code>. A range is a price that nobody states; a past cost is told where the price of that day is recorded.</p>
    </section>`;
  }

  bill(b, dearest) {
    const end = (usd) => (dearest ? (100 * usd) / dearest : 0);
    const low = b.month?.low ?? 0;
    const high = b.month?.high ?? low;
    return html`<li class="c-item"><details class="c-row b-row"><summary>
        <span class="c-who"><b dir="auto">${b.name}</b><small>${b.place}</small>${b.note ? html`<small class="c-doubt">${b.note}</small>` : nothing}</span>
        <span class="b-bar" aria-hidden="true"><i style="width:${end(low)}%"></i>${high > low ? html`<i class="b-range" style="width:${end(high - low)}%"></i>` : nothing}</span>
        <span class="c-cost"><span>${b.cost}</span><small>a month</small></span>
      </summary><div class="c-why">
        <p class="actions"><a class="act" href="${root}models/${b.model}/#${b.anchor}">Its prices and who says them</a> <button type="button" class="act" @click=${() => this.remove(this.names.includes(b.offering) ? b.offering : b.model)}>Take it out</button></p>
        ${b.month?.lines.length ? html`<div class="c-scroll" tabindex="0" role="region" aria-label="Bill of ${b.name}"><table class="c-table"><thead><tr><th scope="col">Meter</th><th scope="col" class="c-number">Count</th><th scope="col" class="c-number">A unit</th><th scope="col" class="c-number">Cost</th></tr></thead><tbody>${b.month.lines.map((l) => html`<tr><th scope="row">${l.label}${l.mode === "standard" ? nothing : html` <small>${l.mode}</small>`}</th><td class="c-number">${whole(l.count)}</td><td class="c-number">${l.usd_per_unit === null ? "unknown" : `$${l.usd_per_unit}`}</td><td class="c-number">${l.usd === null ? "unknown" : `$${l.usd.toLocaleString("en", { minimumFractionDigits: 2, maximumFractionDigits: 2 })}`}</td></tr>`)}</tbody></table></div>` : html`<p>No price is known, so neither is the cost.</p>`}
        ${b.savings.length ? html`<h3>What would save</h3><ul>${b.savings.map((s) => html`<li>${s.way}: <b>${s.cost}</b>${low ? html`, ${Math.round(100 * (1 - s.usd / low))} % less` : nothing}</li>`)}</ul>` : nothing}
        ${b.hours.length ? html`<h3>Its prices go by the hour</h3><ul>${b.hours.map((h) => html`<li>${h.hours} UTC: <b>${h.cost}</b></li>`)}</ul>` : nothing}
        <h3>What it would have cost</h3>
        ${b.past.every((p) => p.usd === null)
          ? html`<p>No price of an earlier day is recorded.</p>`
          : html`<ul class="b-past">${b.past.map((p) => html`<li><span>${p.when}</span><span class="b-bar" aria-hidden="true">${p.usd === null ? nothing : html`<i style="width:${Math.min(100, end(p.usd))}%"></i>`}</span><b>${p.cost}</b></li>`)}</ul>`}
      </div></details></li>`;
  }
}

const response = await fetch(new URL("bill.json", assets)).catch(() => null);
if (response?.ok) {
  new BillPage(await response.json());
  document.documentElement.classList.add("c-live");
}
