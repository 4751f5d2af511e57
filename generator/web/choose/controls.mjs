// The controls of a need. Each names its part; what is typed stays as it was typed until Python has read it.

import { html, nothing } from "lit-html";
import { live } from "lit-html/directives/live.js";
import { fields } from "./fields.mjs";
import { FINER, SHARES } from "./work.mjs";

const TAKEN = ["vision", "pdf", "audio_in", "video_in", "audio_out", "image_out"];

const GROUPS = {
  finer: [...FINER.map(([name]) => name), "mode", "at"],
  should: ["should"],
  place: ["zone", "region", "zero_retention", "no_training", "support", "open_weights", "labs", "providers", "channels", "models", "licences"],
  limits: ["budget", "request_budget", "min_days", "min_providers", "max_share"],
  order: ["cost", "quality", "speed", "benchmark", "min_score", "speeds"],
};

/** The groups of controls in which something is asked: they begin open. */
export const asking = (parts) => new Set(Object.keys(GROUPS).filter((group) => GROUPS[group].some((name) => name in parts)));

export function controls(page) {
  const inputs = inputsOf(page);
  return html`<form class="c-form" @submit=${(e) => e.preventDefault()} @focusin=${() => page.wake()} @pointerdown=${() => page.wake()} aria-label="What you need">
    ${work(page, inputs)}
    ${abilities(page, inputs)}
    ${placeAndData(page, inputs)}
    ${limits(page, inputs)}
    ${order(page, inputs)}
    ${whatCounts(inputs)}
  </form>`;
}

/** A control for each sort of part. */
function inputsOf(page) {
  const { data, parts, drafts } = page;
  const faults = Object.fromEntries((page.answer?.faults ?? []).map((f) => [f.part, f.message]));
  const shared = fields({ values: parts, drafts, faults, set: (name, value) => page.set(name, value) });
  const tick = (name, label, note) => html`<label class="c-tick"><input type="checkbox" name=${name} .checked=${live(yes(parts[name]))}
    @change=${(e) => page.set(name, e.target.checked ? true : "")}><span>${label}${note ? html` <small>${note}</small>` : nothing}</span></label>`;
  const able = (part) => (name) => html`<label class="c-tick"><input type="checkbox" name=${part} .checked=${live((parts[part] ?? []).includes(name))}
    @change=${(e) => page.set(part, toggled(parts[part], name, e.target.checked))}><span>${data.capabilities[name]}</span></label>`;
  const list = (name, label, known) => shared.text(name, label, "any", Object.entries(known), (parts[name] ?? []).join(", "), (typed) => typed.split(",").map((one) => one.trim()).filter(Boolean));
  const weight = (name, label, needs) => html`<label class="c-field c-share"><span><output>${Number(parts[name] ?? (name === "cost" ? 1 : 0)) || 0}</output> ${label}</span>
    <input type="range" min="0" max=${data.heaviest} step="1" name=${name} .value=${live(String(parts[name] ?? (name === "cost" ? 1 : 0)))}
      ?disabled=${needs !== undefined && !needs && !Number(parts[name])} @input=${(e) => page.set(name, e.target.value)}></label>`;
  return { ...shared, tick, able, list, weight };
}

function work(page, { number, share, fault, text }) {
  const { data, parts } = page;
  return html`${part("Work", true, html`
    ${number("input_tokens", "Input tokens a request", "1000")}
    ${number("output_tokens", "Output tokens a request", "500")}
    ${number("requests", "Requests a month", "1000")}
    ${SHARES.map(share)}`)}
  ${part("Finer work", page.open.has("finer"), html`
    ${FINER.map(share)}
    <label class="c-field">The rest runs in <select name="mode" @change=${(e) => page.set("mode", e.target.value === "standard" ? "" : e.target.value)}>
      ${data.modes.map((m) => html`<option value=${m} ?selected=${m === (parts.mode ?? "standard")}>${m}</option>`)}</select>${fault("mode")}</label>
    ${text("at", "Hour it runs at, in UTC, where prices go by it", "any; 02:30")}`)}`;
}

function abilities(page, { able }) {
  const { data, parts } = page;
  const must = able("must");
  const capabilities = Object.keys(data.capabilities);
  return html`${part("It must", true, html`
    <label class="c-field">Kind of model <select name="kind" @change=${(e) => page.set("kind", e.target.value)}>
      ${["chat", "any", ...data.kinds.filter((k) => k !== "chat")].map((k) => html`<option value=${k} ?selected=${k === (parts.kind ?? "chat")}>${k}</option>`)}</select></label>
    <fieldset class="c-ticks"><legend>take and give, beside text</legend>${TAKEN.map(must)}</fieldset>
    <fieldset class="c-ticks"><legend>be able to</legend>${capabilities.filter((c) => !TAKEN.includes(c)).map(must)}</fieldset>`)}
  ${part("It should", page.open.has("should"), html`
    <fieldset class="c-ticks"><legend>be able to; of two that cost the same, who can more comes first</legend>${capabilities.map(able("should"))}</fieldset>`)}`;
}

function placeAndData(page, { fault, text, tick, list }) {
  const { data, parts } = page;
  return html`${part("Place and data", page.open.has("place"), html`
    <label class="c-field">Requests stay within <select name="zone" @change=${(e) => page.set("zone", e.target.value)}>
      <option value="">anywhere</option>${Object.entries(data.zones).map(([id, name]) => html`<option value=${id} ?selected=${id === parts.zone}>${name}</option>`)}</select>${fault("zone")}</label>
    ${text("region", "Cloud region it must be had in", "any", data.regions.map((region) => [region, ""]))}
    ${tick("zero_retention", "Nothing sent is kept")}${tick("no_training", "Nothing sent is trained on")}
    ${tick("support", "The provider’s support page is known")}${tick("open_weights", "Open weights")}
    ${list("labs", "Only these labs", data.labs)}${list("providers", "Only these providers", data.providers)}${list("channels", "Only these channels", data.channels)}
    ${list("models", "Only these models", {})}${list("licences", "Only under these licences", {})}`)}`;
}

function limits(page, { number }) {
  return html`${part("Limits", page.open.has("limits"), html`
    ${number("budget", "Dollars a month, at most", "no limit")}
    ${number("request_budget", "Dollars a request, at most", "no limit")}
    ${number("min_days", "Days it must live on", "0")}
    ${number("min_providers", "Providers that serve the model, at least", "1")}
    ${number("max_share", "Share of the requests one lab may answer, 0 to 1", "1")}`)}`;
}

function order(page, { number, weight, fault, draft, wrong, faultId }) {
  const { data, parts, drafts } = page;
  return html`${part("Order", page.open.has("order"), html`
    ${weight("cost", "what cost weighs")}
    ${weight("quality", "what quality weighs", Boolean(parts.benchmark))}
    <label class="c-field">Quality is <select name="benchmark" @change=${(e) => page.set("benchmark", e.target.value)}>
      <option value="">not looked at</option>${Object.entries(data.series).map(([name, n]) => html`<option value=${name} ?selected=${name === parts.benchmark}>${name}: ${n} models</option>`)}</select>${fault("benchmark")}${fault("quality")}</label>
    ${number("min_score", "The worst score that will do", "any")}
    ${weight("speed", "what speed weighs", Boolean(parts.speeds))}
    <label class="c-field">Tokens a second that you measured, an offering a line<textarea name="speeds" rows="2" spellcheck="false" placeholder="openai/direct/openai/gpt-6-luna 80" .value=${live(drafts.speeds ?? lines(parts.speeds))} @input=${draft}
      aria-invalid=${wrong("speeds")} aria-describedby=${faultId("speeds")} @change=${(e) => page.set("speeds", e.target.value.trim().replaceAll(/\s*\n\s*/g, ", "))}></textarea>${fault("speeds")}${fault("speed")}</label>
    <p class="c-quiet">With equal weights twice the score is worth twice the cost. How fast an offering is no source says: measure it in <a href="${page.root}playground/">the playground</a>.</p>`)}`;
}

function whatCounts({ tick }) {
  return html`${part("What counts", false, html`
    ${tick("keep_unknown", "Keep those of which nobody says enough", "after the others, marked")}
    ${tick("subscriptions", "Plans too", "not paid by the token")}${tick("free", "What is given away too")}`)}`;
}

/** Measured speeds as they are typed: they come as that text, or by offering. */
const lines = (speeds = "") => (typeof speeds === "string" ? speeds.replaceAll(/\s*,\s*/g, "\n") : Object.entries(speeds).map(([key, n]) => `${key} ${n}`).join("\n"));
const part = (title, open, content) => html`<details class="c-part" ?open=${open}><summary>${title}</summary><div>${content}</div></details>`;
const yes = (value) => value === true || value === "true" || value === "yes";
const toggled = (list = [], name, on) => (on ? [...list, name] : list.filter((one) => one !== name));
