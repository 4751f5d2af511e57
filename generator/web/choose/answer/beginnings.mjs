// The named needs to begin from, and what is said of the one that was chosen.

import { html, nothing } from "lit-html";

/** @import { NamedNeed } from "../../types/choose.js" */
/** @import { Chooser } from "../choose.mjs" */

/** @param {Chooser} page @param {NamedNeed | undefined} need */
export function beginnings(page, need) {
  /** @param {NamedNeed} one */
  const choice = ({ id, title }) => html`<button type="button"
    aria-pressed=${id === page.id && !page.changed ? "true" : "false"}
    @click=${() => page.pick(id)}>${title}</button>`;
  return html`<div class="c-needs" role="group"
      aria-label="Begin from">${page.data.needs.map(choice)}</div>
    ${need ? about(page, need) : html`<p class="c-said"><b>Your own need.</b></p>`}`;
}

/** @param {Chooser} page @param {NamedNeed} need */
function about({ changed }, { title, said: description, why }) {
  return html`<p class="c-said"><b>${title}${changed ? ", changed" : nothing}.</b>
    ${description} <span class="c-quiet">${why}</span></p>`;
}

/**
 * Bring the chosen one into sight where they stand in one line that is wider than the page.
 * @param {Element} place
 */
export function reveal(place) {
  const row = place.querySelector(".c-needs");
  const chosen = row?.querySelector("[aria-pressed=true]");
  if (!row || !chosen || row.scrollWidth <= row.clientWidth) return;
  const [at, within] = [chosen.getBoundingClientRect(), row.getBoundingClientRect()];
  if (at.left < within.left || at.right > within.right) row.scrollLeft += at.left - within.left;
}
