// Models at a server of the reader's own: one address and one key for all of them.

import { Pane } from "../pane.js";
import { html, nothing } from "lit-html";
import { focusField } from "./lacking.js";
import { listModels } from "./listing.js";

/** @import { Row } from "../../types/playground.js" */
/** @import { ConnectedPage } from "./page.js" */

/**
 * For who has a server: once.
 * @param {ConnectedPage} page
 * @param {(pane: Pane) => boolean} isIdle whether its panes take the place of that pane
 */
export function ownButton(page, isIdle) {
  const row = page.data.rows.find((one) => one.own);
  if (!row) return nothing;
  const isThere = page.panes.some((p) => p.row.own);
  return html`<button class="md-button" type="button" ?disabled=${page.full || isThere}
    @click=${() => useOwn(page, row, isIdle)}>
    Use my own server
  </button>`;
}

/**
 * Two panes at a server of the reader's own. Its models are listed at once where it stands at the usual
 * address.
 * @param {ConnectedPage} page
 * @param {Row} row
 * @param {(pane: Pane) => boolean} isIdle whether they take the place of that pane
 */
function useOwn(page, row, isIdle) {
  if (page.panes.some((pane) => pane.row === row)) return; // the second click of a double one
  for (const pane of page.panes.filter(isIdle)) page.remove(pane);
  const first = new Pane(page, row);
  const second = new Pane(page, row);
  second.follows = first;
  second.settings = false;
  page.panes = [...page.panes, first, second].slice(0, page.most);
  const text = "Fill in its address, and its key if it needs one; then press Run.";
  page.tell(() => (page.panes.includes(first) && !first.model ? text : ""));
  listModels(page, first, { quiet: true });
  // What is typed takes the place of the usual address.
  const address = `#panes > :nth-child(${page.panes.indexOf(first) + 1}) .places input`;
  page.changed();
  focusField(page, address, { later: true });
}
