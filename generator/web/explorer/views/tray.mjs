// Below the table: the offerings to compare.

import { html, nothing } from "lit-html";

/** What is picked to compare. */
export function tray(page) {
  const { place, state } = page;
  if (!state.pick.length) return nothing;
  const known = new Map(state.pick.map((key) => [key, named(page.offerings, key)]));
  const enough = state.pick.length >= 2;
  return html`<section class="x-tray" aria-label="To compare"><ul>${state.pick.map((key) => html`<li><button type="button" aria-label=${`Take out ${known.get(key)}`} @click=${() => page.pick(key)}>${known.get(key)} <span aria-hidden="true">×</span></button></li>`)}</ul>
    ${enough ? html`<a class="x-compare" href="${place.dataset.root}compare/?o=${state.pick.map((k) => encodeURIComponent(k).replaceAll("%2F", "/")).join(",")}">Compare ${state.pick.length}</a>` : html`<p>Choose one more to compare.</p>`}</section>`;
}

function named(offerings, key) {
  const [provider, channel, lab, ...rest] = key.split("/");
  const id = `${lab}/${rest.join("/").replace(/[@:].*$/, "")}`;
  return `${offerings.names.get(id) ?? rest.join("/")} · ${offerings.providerName(provider)}, ${offerings.channelName(channel)}`;
}
