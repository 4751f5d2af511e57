// The form of one model: which it is and where, its key, its parameters, and a test of the connection.

import { testConnection } from "../actions/connection.js";
import { copy } from "../keys/guard.js";
import { visible } from "../visible.js";
import { html, nothing } from "lit-html";
import { live } from "lit-html/directives/live.js";
import { toggled, written } from "../views/events.js";
import { whole } from "../views/figures.js";
import { parameters, setCount } from "../views/parameters.js";
import { readAddress } from "./address.js";
import { secret } from "./key.js";
import { addressLack, isWantingPlace, isWrongPlace, lackId, modelLack } from "./lack.js";
import { listModels, moveElsewhere } from "./listing.js";
import { named, picker } from "./picker.js";

/** @import { Model, Place, Step } from "../../types/playground.js" */
/** @import { ConnectedPage } from "./page.js" */
/** @import { Pane } from "../pane.js" */

/** Where it is written what the model takes. @param {Pane} p */
const takenFrom = ({ family }) =>
  family
    ? html`<p class="quiet">What ${family.name} takes is from
        <a href=${family.page} rel="noreferrer">its vendor’s page</a>, read ${family.read}.</p>`
    : nothing;

/** @param {ConnectedPage} page @param {Pane} p */
export function modelForm(page, p) {
  const { left } = p.parameters(page.options);
  if (page.images.length && p.refused.images) left.images = p.refused.images;
  /** @type {Record<string, string>} */
  const names = Object.fromEntries(page.data.parameters.map((x) => [x.name, x.label]));
  return html`<div class="row">
      <label>Provider<select class="provider"
        @change=${written((id) => p.choose(page.rows.get(id) ?? p.row))}>
        ${page.data.rows.map(
          (row) => html`<option value=${row.id} ?selected=${row.id === p.row.id}>${row.name}</option>`,
        )}
      </select></label>
      ${picker(page, p)}
    </div>
    ${modelLack(p)} ${known(p)} ${stays(p)}
    <p class="quiet" role="status">${likely(page, p)}</p>
    ${address(page, p)}
    <details class="options">
      <summary>Parameters of this model${setCount(p.options)}</summary>
      ${parameters(page, p.options, p.refused, p.efforts, p.id)}
      ${takenFrom(p)}
    </details>
    ${
      Object.keys(left).length
        ? html`<p class="quiet">Not sent here: ${Object.entries(left)
            .map(([name, why]) => `${names[name]} (${why})`)
            .join("; ")}.</p>`
        : nothing
    }`;
}

/** @param {ConnectedPage} page @param {Pane} p */
function address(page, p) {
  const { places } = p.row;
  return html`<details class="set" ?open=${p.settings} @toggle=${toggled((open) => (p.settings = open))}>
    <summary>Address and key</summary>
    ${
      places.length
        ? html`<div class="row places">${places.map((place) => part(page, p, place))}</div>`
        : nothing
    }
    ${p.row.models_url ? usual(page, p) : nothing} ${addressLack(p)} ${secret(page, p)}
    <p class="quiet access">${p.row.access}</p>
    ${
      p.test === null
        ? html`<button type="button" class="small"
            @click=${() => testConnection(page, p)}>Test connection</button>`
        : html`<button type="button" class="small" @click=${() => p.stop()}>Stop the test</button>`
    }
    ${
      p.steps
        ? html`<ol class="steps">${p.steps.map(step)}</ol>
            <p class="quiet">A test is in no history or export; its report can be copied.</p>`
        : nothing
    }
    ${
      p.steps && p.test === null
        ? html`<button type="button" class="small" @click=${() => report(page, p)}>Copy the report</button>`
        : nothing
    }
  </details>`;
}

/**
 * Where a program is asked that runs on this machine, and the way to one that runs elsewhere.
 * @param {ConnectedPage} page @param {Pane} p
 */
const usual = (page, p) =>
  html`<p class="quiet">Asked at ${p.row.endpoint.url}, on this machine.
    <button class="small" type="button"
      @click=${() => moveElsewhere(page, p)}>Use another address</button></p>`;

/** @param {Step} taken of the test of a connection */
const step = ({ ok, name, seen }) => {
  const seenAs = ok ? "good" : "bad";
  return html`<li class=${ok === null ? "unknown" : seenAs}><b>${visible(name)}:</b> ${visible(seen)}</li>`;
};

/** @param {Pane} p */
function known(p) {
  const m = p.known;
  if (!m.model) return nothing;
  /** @param {string} field */
  const price = (field) => (m.prices?.[field] === undefined ? "?" : `$${m.prices[field]}`);
  const context = m.context_tokens ?? m.max_input_tokens;
  return html`<p class="quiet">
    <a href="../models/${m.model}/">${m.name}</a>: ${price("price.input")} in, ${price("price.output")} out
    per million tokens${context ? `, ${whole(context)} tokens of context` : ""}
  </p>`;
}

/** @param {Pane} p */
const staysAt = ({ row, known: { stays: which = -1 }, choice }) => {
  const told = Object.entries(row.stays?.[which] ?? {});
  return told.find(([choices]) => choices === "*" || choices.split(" ").includes(choice))?.[1];
};

/** Where requests stay, with what is chosen in the address. @param {Pane} p */
function stays(p) {
  const { choice } = p;
  const [where, note] = staysAt(p) ?? [p.row.by_deployment ?? "", ""];
  if (!where) return nothing;
  const text = choice ? `Requests stay ${where}: ${choice}${note ? ` (${note})` : ""}.` : where;
  return html`<p class="quiet stays" role="status">${text}</p>`;
}

/** The models that what was typed may mean. @param {ConnectedPage} page @param {Pane} p */
function likely(page, p) {
  if (!p.likely.length) return nothing;
  /** @param {Model} model */
  const choose = (model) => () => {
    p.model = model.id;
    p.likely = [];
    page.changed();
  };
  const buttons = p.likely.map(
    (m) => html`<button class="small" type="button" @click=${choose(m)}>${named(m)}</button> `,
  );
  return html`Not in the list of ${p.row.name}; did you mean ${buttons}`;
}

/** @param {ConnectedPage} page @param {Pane} p @param {Place} place */
const part = (page, p, place) => {
  const change = written((value) => {
    p.places = { ...p.places, [place.name]: value };
    p.follows = null;
    p.brought = "";
    p.untest();
    p.unlist();
    for (const other of page.panes.filter(({ follows }) => follows === p)) {
      other.places = p.places;
      other.brought = "";
      other.untest();
      other.unlist();
    }
    page.changed();
  });
  const settled = () => {
    page.reach();
    listModels(page, p);
  };
  const value = p.places[place.name] ?? place.default ?? "";
  const isWanting = isWantingPlace(p, place.name);
  const kind = isWanting ? "wanting" : "";
  const read = `read-${p.id}-${place.name}`;
  const lack = isWanting ? `${lackId(p, "address")} ${read}` : read;
  const isInvalid = isWanting && (!value.trim() || isWrongPlace(p));
  return place.choices
    ? html`<label>${place.label}<select class=${kind} aria-describedby=${lack}
        name=${place.name} @change=${change}>
        ${place.choices.map((c) => html`<option ?selected=${c === value}>${c}</option>`)}
      </select></label>`
    : html`<label>${place.label}<input class=${kind} aria-describedby=${lack}
        aria-invalid=${isInvalid ? "true" : nothing} name=${place.name} spellcheck="false"
        .value=${live(value)} @input=${change}
        @change=${settled} />${p.row.own ? reading(p, value, read) : nothing}</label>`;
};

/**
 * How an address is read where it is written otherwise, or what is wrong with it.
 * @param {Pane} p @param {string} value @param {string} id
 */
function reading(p, value, id) {
  const { notes } = readAddress(value, p.row.endpoint.wire);
  return html`<small class="reading" id=${id} role="status">${notes.map(visible)}</small>`;
}

/** @param {ConnectedPage} page @param {Pane} p */
function report(page, p) {
  const lines = (p.steps ?? []).map((s) => `- ${s.ok === false ? "✗" : "✓"} ${s.name}: ${s.seen}`);
  const today = new Date().toISOString().slice(0, 10);
  const head = [p.row.name, p.model, `from ${location.origin}`, today, navigator.userAgent].join(", ");
  copy(page, "The report", [head, ...lines].join("\n"));
}
