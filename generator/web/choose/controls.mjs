// The controls of a need. Each names its part; what is typed stays as it was typed until Python has read it.

import { html, nothing } from "lit-html";
import { live } from "lit-html/directives/live.js";
import { ticked, written } from "../playground/views/events.js";
import { fields, unnamed } from "./fields.mjs";
import { listed } from "./state.mjs";
import { FINER, SHARES } from "./work.mjs";

/** @import { TemplateResult } from "lit-html" */
/** @import { ListPart, Parts, PartValue } from "../types/choose.js" */
/** @import { Chooser } from "./choose.mjs" */
/** @typedef {ReturnType<typeof inputsOf>} Inputs */

const TAKEN = ["vision", "pdf", "audio_in", "video_in", "audio_out", "image_out"];

/** @type {Record<string, string[]>} */
const GROUPS = {
  finer: [...FINER.map(([name]) => name), "mode", "at"],
  should: ["should"],
  place: [
    ...["zone", "region", "zero_retention", "no_training", "support", "open_weights"],
    ...["labs", "providers", "channels", "models", "licences"],
  ],
  limits: ["budget", "request_budget", "min_days", "min_providers", "max_share"],
  order: ["cost", "quality", "speed", "benchmark", "min_score", "speeds"],
};

/** The groups of controls in which something is asked: they begin open. @param {Parts} parts */
export const asking = (parts) =>
  new Set(Object.keys(GROUPS).filter((group) => GROUPS[group].some((name) => name in parts)));

/** @param {Chooser} page */
export function controls(page) {
  const inputs = inputsOf(page);
  const wake = () => page.wake();
  return html`<form class="c-form" @submit=${(/** @type {Event} */ e) => e.preventDefault()}
    @focusin=${wake} @pointerdown=${wake} aria-label="What you need">
    ${work(page, inputs)}
    ${abilities(page, inputs)}
    ${placeAndData(page, inputs)}
    ${limits(page, inputs)}
    ${order(page, inputs)}
    ${whatCounts(inputs)}
  </form>`;
}

/** A control for each sort of part. @param {Chooser} page */
function inputsOf(page) {
  const { data, parts, drafts } = page;
  const faults = Object.fromEntries((page.answer?.faults ?? []).map((f) => [f.part, f.message]));
  const shared = fields({ values: parts, drafts, faults, set: (name, value) => page.set(name, value) });

  /** @param {string} name @param {string} label */
  const tick = (name, label, note = "") => {
    const set = ticked((on) => page.set(name, on ? true : ""));
    const more = note ? html` <small>${note}</small>` : nothing;
    return html`<label class="c-tick"><input type="checkbox" name=${name}
    .checked=${live(yes(parts[name]))} @change=${set}><span>${label}${more}</span></label>`;
  };

  /** @param {ListPart} part @returns {(name: string) => TemplateResult} */
  const able = (part) => (name) => html`<label class="c-tick"><input type="checkbox" name=${part}
    .checked=${live((parts[part] ?? []).includes(name))}
    @change=${ticked((on) => page.set(part, toggled(parts[part], name, on)))}><span
    >${data.capabilities[name]}</span></label>`;

  /** @param {ListPart} name @param {string} label @param {Record<string, string>} known */
  const list = (name, label, known) =>
    shared.text(name, label, "any", Object.entries(known), (parts[name] ?? []).join(", "), listed);

  /** A weight; `needs` is whether there is what it goes by. @param {string} name @param {string} label */
  const weight = (name, label, needs = true) => {
    const value = parts[name] ?? (name === "cost" ? 1 : 0);
    const idle = !needs && !Number(parts[name]);
    return html`<label class="c-field c-share"><span><output>${Number(value) || 0}</output> ${label}</span>
    <input type="range" min="0" max=${data.heaviest} step="1" name=${name} .value=${live(String(value))}
      ?disabled=${idle} @input=${written((typed) => page.set(name, typed))}></label>`;
  };
  return { ...shared, tick, able, list, weight };
}

/** @param {Chooser} page @param {Inputs} inputs */
function work(page, { number, share, fault, text }) {
  const { data, parts } = page;
  const mode = written((typed) => page.set("mode", typed === "standard" ? "" : typed));
  const modes = data.modes.map((m) => option(m, m, parts.mode ?? "standard"));
  const usual = html`
    ${number("input_tokens", "Input tokens a request", "1000")}
    ${number("output_tokens", "Output tokens a request", "500")}
    ${number("requests", "Requests a month", "1000")}
    ${SHARES.map(share)}`;
  const finer = html`
    ${FINER.map(share)}
    <label class="c-field">The rest runs in <select name="mode" @change=${mode}>
      ${modes}</select>${fault("mode")}</label>
    ${text("at", "Hour it runs at, in UTC, where prices go by it", "any; 02:30")}`;
  return html`${part("Work", true, usual)}
  ${part("Finer work", page.open.has("finer"), finer)}`;
}

/** @param {Chooser} page @param {Inputs} inputs */
function abilities(page, { able }) {
  const { data, parts } = page;
  const capabilities = Object.keys(data.capabilities);
  const others = capabilities.filter((c) => !TAKEN.includes(c));
  const kinds = ["chat", "any", ...data.kinds.filter((k) => k !== "chat")];
  const must = html`
    <label class="c-field">Kind of model <select name="kind"
      @change=${written((typed) => page.set("kind", typed))}>
      ${kinds.map((k) => option(k, k, parts.kind ?? "chat"))}</select></label>
    <fieldset class="c-ticks"><legend>take and give, beside text</legend>${TAKEN.map(able("must"))}</fieldset>
    <fieldset class="c-ticks"><legend>be able to</legend>${others.map(able("must"))}</fieldset>`;
  const should = html`
    <fieldset class="c-ticks"><legend>be able to; of two that cost the same, who can more comes
      first</legend>${capabilities.map(able("should"))}</fieldset>`;
  return html`${part("It must", true, must)}
  ${part("It should", page.open.has("should"), should)}`;
}

/** @param {Chooser} page @param {Inputs} inputs */
function placeAndData(page, { fault, text, tick, list }) {
  const { data, parts } = page;
  const zones = Object.entries(data.zones).map(([id, name]) => option(id, name, parts.zone));
  const regions = data.regions.map(unnamed);
  const content = html`
    <label class="c-field">Requests stay within <select name="zone"
      @change=${written((typed) => page.set("zone", typed))}>
      <option value="">anywhere</option>${zones}</select>${fault("zone")}</label>
    ${text("region", "Cloud region it must be had in", "any", regions)}
    ${tick("zero_retention", "Nothing sent is kept")}${tick("no_training", "Nothing sent is trained on")}
    ${tick("support", "The provider’s support page is known")}${tick("open_weights", "Open weights")}
    ${list("labs", "Only these labs", data.labs)}${list("providers", "Only these providers", data.providers)}
    ${list("channels", "Only these channels", data.channels)}
    ${list("models", "Only these models", {})}${list("licences", "Only under these licences", {})}`;
  return part("Place and data", page.open.has("place"), content);
}

/** @param {Chooser} page @param {Inputs} inputs */
function limits(page, { number }) {
  const content = html`
    ${number("budget", "Dollars a month, at most", "no limit")}
    ${number("request_budget", "Dollars a request, at most", "no limit")}
    ${number("min_days", "Days it must live on", "0")}
    ${number("min_providers", "Providers that serve the model, at least", "1")}
    ${number("max_share", "Share of the requests one lab may answer, 0 to 1", "1")}`;
  return part("Limits", page.open.has("limits"), content);
}

/** @param {Chooser} page @param {Inputs} inputs */
function order(page, inputs) {
  const { number, weight, fault } = inputs;
  const { data, parts } = page;
  const series = Object.entries(data.series);
  const faults = html`${fault("benchmark")}${fault("quality")}`;
  const choices = series.map(([name, n]) => option(name, `${name}: ${n} models`, parts.benchmark));
  const content = html`
    ${weight("cost", "what cost weighs")}
    ${weight("quality", "what quality weighs", Boolean(parts.benchmark))}
    <label class="c-field">Quality is <select name="benchmark"
      @change=${written((typed) => page.set("benchmark", typed))}>
      <option value="">not looked at</option>${choices}</select>${faults}</label>
    ${number("min_score", "The worst score that will do", "any")}
    ${weight("speed", "what speed weighs", Boolean(parts.speeds))}
    ${speeds(page, inputs)}
    <p class="c-quiet">With equal weights twice the score is worth twice the cost. How fast an offering is no
      source says: measure it in <a href="${page.root}playground/">the playground</a>.</p>`;
  return part("Order", page.open.has("order"), content);
}

/** @param {Chooser} page @param {Inputs} inputs */
function speeds(page, { fault, draft, wrong, faultId }) {
  const { parts, drafts } = page;
  const left = written((typed) => page.set("speeds", typed.trim().replaceAll(/\s*\n\s*/g, ", ")));
  const faults = html`${fault("speeds")}${fault("speed")}`;
  return html`<label class="c-field">Tokens a second that you measured, an offering a line<textarea
    name="speeds" rows="2" spellcheck="false" placeholder="openai/direct/openai/gpt-6-luna 80"
    .value=${live(drafts.speeds ?? lines(parts.speeds))} @input=${draft("speeds")}
    aria-invalid=${wrong("speeds")} aria-describedby=${faultId("speeds")}
    @change=${left}></textarea>${faults}</label>`;
}

/** @param {Inputs} inputs */
function whatCounts({ tick }) {
  const content = html`
    ${tick("keep_unknown", "Keep those of which nobody says enough", "after the others, marked")}
    ${tick("subscriptions", "Plans too", "not paid by the token")}
    ${tick("free", "What is given away too")}`;
  return part("What counts", false, content);
}

/**
 * Measured speeds as they are typed: they come as that text, or by offering.
 * @param {Parts["speeds"]} speeds
 */
const lines = (speeds = "") =>
  typeof speeds === "string"
    ? speeds.replaceAll(/\s*,\s*/g, "\n")
    : Object.entries(speeds)
        .map(([key, n]) => `${key} ${n}`)
        .join("\n");

/** @param {string} value @param {string} label @param {PartValue | undefined} chosen */
const option = (value, label, chosen) =>
  html`<option value=${value} ?selected=${value === chosen}>${label}</option>`;

/** @param {string} title @param {boolean} open @param {TemplateResult} content */
const part = (title, open, content) => html`<details
  class="c-part" ?open=${open}><summary>${title}</summary><div>${content}</div></details>`;

/** @param {PartValue | undefined} value */
const yes = (value) => value === true || value === "true" || value === "yes";

/** @param {string[] | undefined} list @param {string} name @param {boolean} on */
const toggled = (list = [], name, on) => (on ? [...list, name] : list.filter((one) => one !== name));
