// What differs between the replies of two panes.

import { difference } from "../output.js";
import { html, nothing } from "../vendor/lit-html.js";

export function comparison(page) {
  const done = page.panes.filter((p) => p.last?.text);
  if (done.length < 2) return nothing;
  const [one, other] = page.diff?.panes ?? done;
  const choose = (which) => async (event) => {
    const panes = [one, other];
    panes[which] = done[event.target.value];
    show(panes);
  };
  const show = async (panes) => {
    page.diff = { panes, parts: await difference(page.vendor, panes[0].last.text, panes[1].last.text) };
    page.changed();
  };
  const select = (which, chosen) => html`<select aria-label=${which ? "with" : "Compare"} @change=${choose(which)}>${done.map((p, i) => html`<option value=${i} ?selected=${p === chosen}>${p.name}</option>`)}</select>`;
  return html`<details class="diff" @toggle=${(event) => event.target.open && show([one, other])}>
    <summary>What differs between two answers</summary>
    <div class="row">${select(0, one)} ${select(1, other)}</div>
    <div class="compared" tabindex="0">${page.diff?.parts ?? nothing}</div>
  </details>`;
}
