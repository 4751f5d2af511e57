// Any two models against each other: `?a=openai/gpt-5&b=xai/grok-4`. A pair that has a page of its own leads there;
// for any other Python in a worker reads the catalog and says the same sentences.

import { html, nothing, render } from "lit-html";
import { live } from "lit-html/directives/live.js";
import { nearest } from "../explorer/nearest.mjs";
import { Address } from "./address.mjs";
import { Latest, Python, starting } from "./python.mjs";

const place = document.getElementById("versus");
const root = place.dataset.root;
const assets = new URL(".", import.meta.url);

class Versus {
  notice = "";
  boot = null;
  pair = null;
  #python = null;
  #latest = new Latest();

  constructor(data) {
    this.data = data;
    this.address = new Address(() => this.begin());
    this.begin();
  }

  /** Begin from the page's address: when it is opened, and when the reader goes back to another one of it. */
  begin() {
    this.#latest.next(); // what was asked before is no answer to this
    const asked = new URLSearchParams(location.search);
    Object.assign(this, { a: (asked.get("a") ?? "").trim(), b: (asked.get("b") ?? "").trim(), notice: "", pair: null });
    this.draw();
    if (this.a && this.b) this.hold();
  }

  /** The page that a pair has of its own, or null. */
  page(a, b) {
    const places = [a, b].map((model) => this.data.pages.indexOf(model));
    if (places.includes(-1) || places[0] === places[1]) return null;
    const [first, second] = places.sort((x, y) => x - y).map((at) => this.data.pages[at].split("/")[1]);
    return `${root}versus/${first}-or-${second}/`;
  }

  async hold() {
    const { a, b } = this;
    const latest = this.#latest.next();
    this.pair = null;
    this.address.write(`?a=${encodeURI(a)}&b=${encodeURI(b)}`);
    const wrong = [a, b].filter((name) => name.split("/").length < 4 && !(name in this.data.models));
    if (!a || !b) return this.say("Name two models.");
    if (wrong.length) return this.say(wrong.map((name) => this.none(name)).join(" "));
    if (a === b) return this.say("These are the same; name two.");
    const page = this.page(a, b);
    if (page) return location.assign(page);
    if (!place.dataset.runtime) return this.say("Python cannot run on this site; the pairs below are held against each other without it.");
    this.#python ??= new Python(place.dataset.runtime, (message) => {
      this.boot = message;
      this.draw();
    });
    const [pair, notice] = await this.#python.ask({ kind: "versus", a, b }).then((found) => [found, ""], (error) => [null, error.message]);
    if (latest()) Object.assign(this, { pair, notice });
    return this.draw();
  }

  none(name) {
    const near = nearest(name, Object.keys(this.data.models));
    return `There is no model “${name.slice(0, 80)}”.${near.length ? ` Did you mean ${near.join(", ")}?` : ""}`;
  }

  say(text) {
    this.notice = text;
    this.draw();
  }

  draw() {
    const field = (which, label) => html`<label class="c-field">${label}<input type="text" list="v-models" name=${which} .value=${live(this[which])} placeholder="openai/gpt-5" @input=${(e) => (this[which] = e.target.value.trim())}></label>`;
    render(html`<form class="v-form" @submit=${(e) => { e.preventDefault(); this.hold(); }}>
        ${field("a", "This model")} ${field("b", "or that one")}
        <datalist id="v-models">${Object.entries(this.data.models).map(([id, name]) => html`<option value=${id}>${name}</option>`)}</datalist>
        <button class="act main" type="submit">Hold them against each other</button></form>
      ${this.boot ? starting(this.boot) : nothing}
      <p class="c-told" role="status">${this.notice}</p>
      ${this.pair ? pairView(this.pair) : nothing}`, place);
  }
}

const page = (side) => `${root}models/${side.model}/#${side.anchor}`;
const letter = (mark, href) => (mark ? html`<a class="standing standing-${mark.toLowerCase()}" href=${href} aria-label="who says it" title="who says it">${mark}</a>` : nothing);

function pairView(versus) {
  const sides = [versus.a, versus.b];
  const home = (fact) => sides.find((s) => fact.of === s.offering) ?? sides.find((s) => fact.of.endsWith(s.model) || fact.of === s.model) ?? sides[0];
  const sentences = (list) => (list.length ? html`<ul>${list.map((s) => html`<li>${s.text}${s.facts.map((f) => letter(f.mark, page(home(f))))}</li>`)}</ul>` : html`<p>Nothing that is known on both sides speaks for it.</p>`);
  return html`<section class="v-pair" aria-label="${versus.a.name} or ${versus.b.name}">
    <p class="actions"><a class="act" href="${root}choose/?models=${versus.a.model},${versus.b.model}">Ask with your own work</a> <a class="act" href="${root}compare/?o=${encodeURI(versus.a.offering)},${encodeURI(versus.b.offering)}">Every fact side by side</a></p>
    ${sides.map((side, i) => html`<h2>Choose <a href=${page(side)}>${side.name}</a> when</h2><p class="c-quiet">${side.place}</p>${sentences(i ? versus.for_b : versus.for_a)}`)}
    <h2>Side by side</h2>
    <div class="c-scroll" tabindex="0" role="region" aria-label="Side by side"><table class="c-table"><thead><tr><th scope="col">What</th>${sides.map((s) => html`<th scope="col" class="c-number">${s.name}</th>`)}</tr></thead><tbody>
      ${versus.side_by_side.map((row) => html`<tr><th scope="row">${row.label}</th>${["a", "b"].map((key, i) => html`<td class="c-number">${row[key].text || "—"}${letter(row[key].mark, page(sides[i]))}</td>`)}</tr>`)}</tbody></table></div>
    <h2>What benchmarks say</h2>
    ${versus.scores.length
      ? html`<div class="c-scroll" tabindex="0" role="region" aria-label="Scores"><table class="c-table"><thead><tr><th scope="col">Series</th>${sides.map((s) => html`<th scope="col" class="c-number">${s.name}</th>`)}</tr></thead><tbody>${versus.scores.map((row) => html`<tr><th scope="row">${row.series}</th>${["a", "b"].map((key) => html`<td class="c-number"><a href=${row[key].link} rel="noreferrer">${row[key].score}</a>${row.better === key ? " ✓" : ""}</td>`)}</tr>`)}</tbody></table></div>`
      : html`<p>No series has a score of both, so no score is held against another.</p>`}
    ${versus.same.length ? html`<details><summary>What is the same (${versus.same.length})</summary><ul>${versus.same.map((s) => html`<li>${s.text}</li>`)}</ul></details>` : nothing}
    ${sides.some((_, i) => versus.unknown[i ? "b" : "a"].length) ? html`<h2>What nobody says</h2><ul>${sides.map((side, i) => { const list = versus.unknown[i ? "b" : "a"]; return list.length ? html`<li>Of ${side.name} there: ${list.join(", ")}.</li>` : nothing; })}</ul>` : nothing}
  </section>`;
}

const response = await fetch(new URL("versus.json", assets)).catch(() => null);
if (response?.ok) new Versus(await response.json());
