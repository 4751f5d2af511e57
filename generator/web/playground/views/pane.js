// One pane: its model, its address and key, its parameters, and the conversation with it.

import { testConnection } from "../actions/connection.js";
import { showCode } from "../actions/python.js";
import { retry } from "../actions/runs.js";
import { html, nothing } from "../vendor/lit-html.js";
import { live } from "../vendor/directives/live.js";
import { repeat } from "../vendor/directives/repeat.js";
import { whole } from "./figures.js";
import { parameters, setCount } from "./parameters.js";
import { turn } from "./turn.js";

// Its buttons stand above the answers: what streams must not move Stop from under the pointer.
export function pane(page, p) {
  const { left } = p.parameters(page.options);
  if (page.images.length && p.refused.images) left.images = p.refused.images;
  const names = Object.fromEntries(page.data.parameters.map((x) => [x.name, x.label]));
  const efforts = p.known.efforts ?? page.data.efforts;
  return html`<section class="pane" aria-label=${p.name}>
    <div class="row">
      <label>Provider<select class="provider" @change=${(event) => p.choose(page.rows.get(event.target.value))}>
        ${page.data.rows.map((row) => html`<option value=${row.id} ?selected=${row.id === p.row.id}>${row.name}</option>`)}
      </select></label>
      <label>Model<input class="model" list="models-${p.id}" autocomplete="off" spellcheck="false" placeholder=${p.models.length ? `${p.models.length} known, or any id` : "model id"} .value=${live(p.model)} @input=${(event) => {
        p.model = event.target.value.trim();
        page.changed();
      }} /></label>
      <datalist id="models-${p.id}">${p.models.map((m) => html`<option value=${m.id}>${m.name}${m.channel && m.channel !== "direct" ? ` (${m.channel})` : ""}</option>`)}</datalist>
    </div>
    ${known(p)}
    <details class="set" ?open=${p.settings} @toggle=${(event) => (p.settings = event.target.open)}>
      <summary>Address and key</summary>
      ${p.row.places.length ? html`<div class="row places">${p.row.places.map((place) => part(page, p, place))}</div>` : nothing}
      ${secret(page, p)}
      <p class="quiet access">${p.row.access}</p>
      <button type="button" class="small" ?disabled=${p.testing} @click=${() => testConnection(page, p)}>Test connection</button>
      ${p.steps ? html`<ol class="steps">${p.steps.map((s) => html`<li class=${s.ok === false ? "bad" : "good"}><b>${s.name}:</b> ${s.seen}</li>`)}</ol>
        ${p.testing ? nothing : html`<button type="button" class="small" @click=${() => report(p)}>Copy the report</button>`}` : nothing}
    </details>
    <details class="options">
      <summary>Parameters of this model${setCount(p.options)}</summary>
      ${parameters(page, p.options, p.refused, efforts)}
    </details>
    ${Object.keys(left).length
      ? html`<p class="quiet">Not sent here: ${Object.entries(left).map(([n, why], i) => html`${i ? "; " : ""}${names[n]} (${why})`)}.</p>`
      : nothing}
    <div class="row actions">
      <button class="small one" type="button" ?disabled=${!p.running} @click=${() => p.stop()}>Stop</button>
      <button class="small" type="button" ?disabled=${p.running || !p.last} @click=${() => retry(page, p)}>Run again</button>
      <button class="small" type="button" ?disabled=${!p.model} @click=${() => showCode(page, p)}>Get code</button>
      <label class="beside">View <select @change=${(event) => {
        p.setView(event.target.value);
        page.changed();
      }}>${["markdown", "text", "json"].map((v) => html`<option ?selected=${p.view === v}>${v}</option>`)}</select></label>
      <button class="small remove" type="button" aria-label="Remove ${p.name}" @click=${() => page.remove(p)}>Remove</button>
    </div>
    ${repeat(p.turns, (t) => t, (t, i) => turn(page, p, t, i === p.turns.length - 1, i))}
  </section>`;
}

function known(p) {
  const m = p.known;
  if (!m.path) return nothing;
  const price = (field) => (m.prices[field] === undefined ? "?" : `$${m.prices[field]}`);
  const context = m.context_tokens ?? m.max_input_tokens;
  return html`<p class="quiet">
    <a href="../models/${m.path}">${m.name}</a>: ${price("price.input")} in, ${price("price.output")} out per million
    tokens${context ? `, ${whole(context)} tokens of context` : ""}
  </p>`;
}

const part = (page, p, place) => {
  const change = (event) => {
    p.places = { ...p.places, [place.name]: event.target.value };
    page.changed();
  };
  const value = p.places[place.name] ?? place.default ?? "";
  return place.choices
    ? html`<label>${place.label}<select name=${place.name} @change=${change}>${place.choices.map((c) => html`<option ?selected=${c === value}>${c}</option>`)}</select></label>`
    : html`<label>${place.label}<input name=${place.name} spellcheck="false" .value=${live(value)} @input=${change} /></label>`;
};

function secret(page, p) {
  if (!p.row.keyed && !p.row.own) return nothing;
  const { origin } = p;
  const stored = origin ? page.keys.get(origin) : null;
  const change = (name) => (event) => {
    const key = { secret: "", ...stored, [name]: event.target.value.trim() };
    page.keys.set(origin, key);
  };
  const field = (name, label) => html`<label class="keyed">${label}<input
    class=${name === "secret" ? "key" : name}
    type="password"
    autocomplete="off"
    spellcheck="false"
    ?disabled=${!origin}
    placeholder=${origin ? `goes to ${origin} only` : "fill in the address first"}
    .value=${live(stored?.[name] ?? "")}
    @change=${change(name)}
    @input=${change(name)}
  /></label>`;
  const how = { bearer: "Bearer token or API key", "api-key": "API key", sigv4: "AWS access key (signature)" };
  return html`${p.row.auth.length > 1
      ? html`<label>Way in<select @change=${(event) => {
          p.auth = event.target.value;
          page.changed();
        }}>${p.row.auth.map((a) => html`<option value=${a} ?selected=${a === p.auth}>${how[a] ?? a}</option>`)}</select></label>`
      : nothing}
    ${p.auth === "sigv4"
      ? html`${field("id", "Access key id")}${field("secret", "Secret access key")}${field("session", "Session token (if any)")}`
      : field("secret", p.row.keyed ? "Key" : "Key (if the server wants one)")}`;
}

function report(p) {
  const lines = p.steps.map((s) => `- ${s.ok === false ? "✗" : "✓"} ${s.name}: ${s.seen}`);
  const head = `${p.row.name}, ${p.model}, from ${location.origin}, ${new Date().toISOString().slice(0, 10)}, ${navigator.userAgent}`;
  navigator.clipboard.writeText([head, ...lines].join("\n"));
}
