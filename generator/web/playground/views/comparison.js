// What differs between the replies of two panes.

import { difference } from "../output.js";
import { html, nothing } from "lit-html";
import { toggled, written } from "./events.js";

/** @import { PlaygroundPage } from "../page.js" */
/** @import { Pane } from "../pane.js" */

/** @param {PlaygroundPage} page */
export function comparison(page) {
  const done = page.panes.filter((p) => p.last?.text);
  if (done.length < 2) return nothing;
  const [one, other] = page.diff?.panes ?? done;
  /** @param {0 | 1} which */
  const choose = (which) =>
    written((place) => {
      /** @type {[Pane, Pane]} */
      const panes = [one, other];
      panes[which] = done[Number(place)];
      show(panes);
    });
  /** @param {[Pane, Pane]} panes */
  const show = async (panes) => {
    const [a, b] = panes.map((p) => p.last?.text ?? "");
    const parts = a === b ? [] : await difference(page.vendor, a, b);
    page.diff = { panes, parts };
    page.changed();
  };
  /** @param {0 | 1} which @param {Pane} chosen */
  const select = (which, chosen) =>
    html`<select aria-label=${which ? "with" : "Compare"} @change=${choose(which)}>
      ${done.map((p, i) => html`<option value=${i} ?selected=${p === chosen}>${p.name}</option>`)}
    </select>`;
  return html`<details class="diff" @toggle=${toggled((open) => open && show([one, other]))}>
    <summary>What differs between two answers</summary>
    <div class="row">${select(0, one)} ${select(1, other)}</div>
    <div class="compared" tabindex="0">${
      page.diff && !page.diff.parts.length ? "The two answers are the same." : (page.diff?.parts ?? nothing)
    }</div>
  </details>`;
}
