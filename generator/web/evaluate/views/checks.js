// What every answer is checked for, and how much of it an answer has to pass.

import { html, nothing } from "lit-html";
import { live } from "lit-html/directives/live.js";
import { left, ticked, written } from "../../playground/views/events.js";
import { firstCheck } from "../actions/propose.js";
import { kindsOf } from "../facts.js";
import { fieldsOf } from "./fields.js";
import { asked, lack } from "./lack.js";

/** @import { Check, CheckKind, Needed } from "../../types/evaluate.js" */
/** @import { TemplateResult } from "lit-html" */
/** @import { EvaluatePage } from "../page.js" */

/** @type {Record<string, string>} */
const NEEDED = { all: "all of its checks", any: "at least one check", share: "enough of its checks" };
const HALF = 0.5;

/** @param {EvaluatePage} page */
export function checks(page) {
  const { evaluation } = page;
  /** @param {Needed} value */
  const set = (value) => {
    evaluation.needed = value;
    page.changed();
  };
  return html`<section class="step" aria-labelledby="checks-title">
    <h2 id="checks-title">3. Checks</h2>
    ${
      evaluation.checks.length > 1
        ? needed("An answer passes by", evaluation.needed, set)
        : html`<p class="quiet">An answer passes where its checks pass.</p>`
    }
    ${list(page, evaluation.checks, "", evaluation.needed)}
    ${allowing(page)}
  </section>`;
}

/**
 * Checks one after the other, with a button for one more.
 * @param {EvaluatePage} page
 * @param {Check[]} all
 * @param {string} within the numbers of the groups that they are in, each with a point after it
 * @param {Needed | undefined} share of them that is needed
 * @returns {TemplateResult}
 */
function list(page, all, within, share) {
  const weighed = typeof share === "number";
  const add = () => {
    all.push(firstCheck(page));
    page.changed();
  };
  return html`${all.map((_, place) => form(page, all, place, { within, weighed }))}
    <button type="button" class="small ${within ? "checks" : ""}" id=${within ? nothing : "add-check"}
      aria-label=${within ? `Add a check to check ${within.slice(0, -1)}` : nothing}
      @click=${add}>Add a check</button>`;
}

/** @param {number} share */
const inPercent = (share) => String(Math.round(share * 1e4) / 100);

/**
 * How much has to pass.
 * @param {string} label
 * @param {Needed | undefined} value
 * @param {(value: Needed) => void} set
 */
function needed(label, value = "all", set) {
  const chosen = typeof value === "number" ? "share" : value;
  /** @param {string} text */
  const percent = (text) => {
    const share = Math.max(1, Math.min(100, Number(text) || 100 * HALF)) / 100;
    set(share);
    return inPercent(share);
  };
  return html`<div class="row threshold"><label>${label}<select class="passing"
      @change=${written((name) => set(name === "share" ? HALF : name === "any" ? "any" : "all"))}>
      ${Object.entries(NEEDED).map(
        ([name, text]) => html`<option value=${name} ?selected=${name === chosen}>${text}</option>`,
      )}</select></label>
    ${
      typeof value === "number"
        ? html`<label>Share of their weight, in %<input class="share" type="number" min="1" max="100"
            .value=${inPercent(value)} @change=${left(percent)} /></label>`
        : nothing
    }</div>`;
}

/**
 * @param {EvaluatePage} page
 * @param {Check[]} all
 * @param {number} place
 * @param {{ within: string, weighed: boolean }} at
 * @returns {TemplateResult}
 */
function form(page, all, place, { within, weighed }) {
  const check = all[place];
  const kind = page.data.checks.find((one) => one.name === check.name);
  const number = `${within}${place + 1}`;
  const field = `check ${number}`;
  const changed = () => page.changed();
  const grouped = kind?.fields.some((one) => one.kind === "checks");
  return html`<fieldset class="check" data-number=${number}><legend>Check ${number}</legend>
    <div class="row">
      ${choice(page, check, kind, field)}
      <label class="beside"><input type="checkbox" class="not" .checked=${live(Boolean(check.not))}
        @change=${ticked((yes) => {
          check.not = yes;
          changed();
        })} /> Not: it fails where this holds</label>
    </div>
    ${
      grouped
        ? group(page, check, number)
        : html`<div class="row">${fieldsOf(page, kind?.fields ?? [], check.arguments, `${field} `)}</div>
            ${extraction(page, check, field)}`
    }
    ${lack(page, field)}
    <div class="row actions">
      ${weighed ? weight(check, changed) : nothing}
      <button type="button" class="small" aria-label="Remove check ${number}" @click=${() => {
        all.splice(place, 1);
        changed();
      }}>Remove</button>
    </div>
  </fieldset>`;
}

/**
 * What kind it is of.
 * @param {EvaluatePage} page @param {Check} check @param {CheckKind | undefined} kind
 * @param {string} field as gaps.js names the check
 */
const choice = (page, check, kind, field) =>
  html`<label>The answer<select class="kind" aria-invalid=${asked(page, `${field} kind`).invalid}
    aria-describedby=${asked(page, `${field} kind`).by} @change=${written((name) => {
      const fields = page.data.checks.find((one) => one.name === name)?.fields ?? [];
      const still = fields.filter((one) => one.name in check.arguments);
      check.name = name;
      check.arguments = Object.fromEntries(still.map((one) => [one.name, check.arguments[one.name]]));
      page.changed();
    })}>${kind ? nothing : html`<option selected>${check.name} (not known here)</option>`}
    ${page.data.checks.map(
      ({ name, label }) => html`<option value=${name} ?selected=${name === check.name}>${label}</option>`,
    )}</select></label>`;

/**
 * The checks of a group.
 * @param {EvaluatePage} page
 * @param {Check} check
 * @param {string} number
 * @returns {TemplateResult}
 */
function group(page, check, number) {
  const value = /** @type {Needed | undefined} */ (check.arguments.needed);
  /** @param {Needed} now */
  const set = (now) => {
    check.arguments.needed = now;
    page.changed();
  };
  check.checks ??= [];
  return html`${needed("It passes by", value, set)} ${list(page, check.checks, `${number}.`, value)}`;
}

/**
 * What of the answer is looked at.
 * @param {EvaluatePage} page @param {Check} check @param {string} field as gaps.js names the check
 */
function extraction(page, check, field) {
  const { extractions } = page.data;
  const { extract } = check;
  const { invalid, by } = asked(page, `${field} extract`);
  const chosen = extractions.find(({ name }) => name === extract?.name);
  return html`<div class="row looks-at"><label>Looks at<select class="extract"
    aria-invalid=${invalid} aria-describedby=${by} @change=${written((name) => {
      if (name) check.extract = { name, arguments: {} };
      else delete check.extract;
      page.changed();
    })}><option value="" ?selected=${!extract}>the whole answer</option>${extractions.map(
      ({ name, label }) => html`<option value=${name} ?selected=${name === extract?.name}>${label}</option>`,
    )}</select></label>
    ${extract && chosen ? fieldsOf(page, chosen.fields, extract.arguments, `${field} extract.`) : nothing}
  </div>`;
}

/** @param {Check} check @param {() => void} changed */
const weight = (check, changed) =>
  html`<label class="beside">Weight <input type="number" class="weight" min="0" max="1000" step="any"
    .value=${String(check.weight ?? 1)} @change=${left((value) => {
      check.weight = Math.max(0, Math.min(1000, Number(value) || 0));
      changed();
      return String(check.weight);
    })} /></label>`;

/** Code is run only where the reader says so, anew for each page. @param {EvaluatePage} page */
function allowing(page) {
  const kinds = [...page.evaluation.checks.flatMap(kindsOf), ...page.facts.kinds];
  if (!page.data.checks.some(({ name, runs_code: runs }) => runs && kinds.includes(name))) return nothing;
  return html`<p class="allow"><label class="beside"><input type="checkbox" id="allow-code"
    .checked=${live(page.allowsCode)} @change=${ticked((yes) => {
      page.allowsCode = yes;
      page.changed();
    })} /> Run the code of these checks, and of answers, in this browser: in a closed Python without
    network, keys or storage, with at most 256 MB and as long as each check says. Without it they are not
    checked.</label></p>`;
}
