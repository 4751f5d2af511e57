// The field of a model, with the list of those at its address, filtered as one types; any other id goes, too.
//
// It follows the pattern of an editable combobox: the focus stays in the field, which names the row it is at.
// https://www.w3.org/WAI/ARIA/apg/patterns/combobox/

import { settle } from "../actions/names.js";
import { visible } from "../visible.js";
import { isWantingModel, lackId } from "./lack.js";
import { html, nothing } from "lit-html";
import { live } from "lit-html/directives/live.js";
import { ofReader, written } from "../views/events.js";
import { whole } from "../views/figures.js";

/** @import { Model } from "../../types/playground.js" */
/** @import { ConnectedPage } from "./page.js" */
/** @import { Pane } from "../pane.js" */

/** More rows nobody looks through; typing finds the others. */
const MOST = 50;
const STEPS = { ArrowDown: 1, ArrowUp: -1, PageDown: 8, PageUp: -8 };

/** @param {Model} model as the list of models names it */
export const named = ({ name, channel }) =>
  visible(channel && channel !== "direct" ? `${name} (${channel})` : name);

/** @param {Model} a @param {Model} b */
const byDay = ({ released: a = "" }, { released: b = "" }) => Number(a < b) - Number(a > b);

/** Those that have all words of what was typed, or all until then; the newest first. @param {Pane} p */
function matching({ models, model, picking }) {
  const words = picking?.typed ? model.toLowerCase().split(/\s+/) : [];
  const found = models.filter((one) => {
    const text = `${one.id} ${named(one)} ${one.model ?? ""}`.toLowerCase();
    return words.every((word) => text.includes(word));
  });
  return found.toSorted(byDay);
}

/**
 * What the open list shows, and the place of the row that the keyboard is at, or -1: the chosen one, until
 * the reader moves on, since the list may come after it is opened.
 * @param {Pane} p
 */
function standing(p) {
  const found = p.picking ? matching(p) : [];
  const rows = found.slice(0, MOST);
  const chosen = p.picking?.typed ? -1 : rows.findIndex(({ id }) => id === p.model);
  const at = p.picking?.at ?? chosen;
  return { found, rows, at: at < rows.length ? at : -1 };
}

/** @param {ConnectedPage} page @param {Pane} p */
export function picker(page, p) {
  const { found, rows, at } = standing(p);
  const isWanting = isWantingModel(p);
  const [field, list] = [`model-${p.id}`, `models-${p.id}`];
  const close = () => {
    if (p.picking) page.changed();
    p.picking = null;
  };
  /** @param {boolean} typed */
  const open = (typed) => {
    p.picking = { typed, at: null };
    page.changed();
  };
  /** @param {Model | undefined} model */
  const choose = (model) => {
    if (model) p.model = model.id;
    close();
    settle(page, p);
  };
  /** @param {KeyboardEvent} event */
  const key = (event) => {
    const step = STEPS[/** @type {keyof typeof STEPS} */ (event.key)];
    // What is drawn may be of before the last key.
    const { rows: now, at: here } = standing(p);
    if (event.key === "Escape" && p.picking) close();
    else if (event.key === "Enter" && here >= 0) choose(now[here]);
    else if (step && !p.picking) open(false);
    else if (step && p.picking) {
      // From the last on to the field itself, and then to the first.
      const next = Math.abs(step) === 1 ? here + step : clamped(here + step, now.length);
      p.picking.at = next < -1 ? now.length - 1 : next >= now.length ? -1 : next;
      page.changed();
      requestAnimationFrame(() => requestAnimationFrame(() => show(`${list}-${p.picking?.at}`)));
    } else return;
    event.preventDefault();
  };
  return html`<div class="picker" @focusout=${close}>
    <label for=${field}>Model</label>
    <input class="model ${isWanting ? "wanting" : ""}" id=${field} role="combobox"
      aria-invalid=${isWanting ? "true" : nothing}
      aria-describedby=${isWanting ? lackId(p, "model") : nothing} autocomplete="off" spellcheck="false"
      aria-autocomplete="list" aria-expanded=${rows.length > 0} aria-controls=${list}
      aria-activedescendant=${at < 0 ? nothing : `${list}-${at}`}
      placeholder=${p.models.length ? `choose from ${p.models.length}, or type an id` : "type a model’s id"}
      .value=${live(p.model)} @input=${written((value) => {
        p.model = value.trim();
        open(true);
      })} @change=${() => settle(page, p)} @click=${() => open(false)} @keydown=${ofReader(key)} />
    <div class="picked" ?hidden=${!rows.length}>
      <ul role="listbox" id=${list} aria-label="Models of ${p.row.name}">
        ${rows.map(
          (model, i) => html`<li role="option" id="${list}-${i}" aria-selected=${i === at}
            @mousedown=${(/** @type {Event} */ event) => event.preventDefault()}
            @click=${() => choose(model)}>${row(model)}</li>`,
        )}
      </ul>
      <p class="quiet">${note(p, found)}</p>
    </div>
  </div>`;
}

/** What the rows mean, and how many more there are. @param {Pane} p @param {Model[]} found */
function note(p, found) {
  const said = p.row.own
    ? "The server names its models and says no more of them."
    : "Dollars per million tokens.";
  return found.length > MOST ? `${said} ${MOST} of ${found.length}: type to find the others.` : said;
}

/** @param {number} at @param {number} count */
const clamped = (at, count) => Math.max(0, Math.min(count - 1, at));

/** @param {string} id */
const show = (id) => document.querySelector(`#${id}`)?.scrollIntoView({ block: "nearest" });

/** What a model is chosen by; of one that a server lists, its name is all there is. @param {Model} model */
function row(model) {
  const { id, prices, can = [], released } = model;
  const context = model.context_tokens ?? model.max_input_tokens;
  /** @param {string} field */
  const price = (field) => (prices?.[field] === undefined ? "?" : `$${prices[field]}`);
  const said = [
    prices && `${price("price.input")} in, ${price("price.output")} out`,
    context && `${whole(context)} tokens`,
    can.join(", "),
    released,
  ].filter(Boolean);
  return html`<span>${named(model)}</span>${
    id === model.name ? nothing : html` <code>${visible(id)}</code>`
  }${said.length ? html`<small>${said.join(" · ")}</small>` : nothing}`;
}
