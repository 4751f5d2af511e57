// The button that brings back a model that was removed.

import { visible } from "../visible.js";
import { html, nothing } from "lit-html";
import { bringBack, offered } from "./removing.js";

/** @import { ConnectedPage } from "../connected/page.js" */

/** Beside what the page says, as long as there is something to bring back. @param {ConnectedPage} page */
export function undoing(page) {
  const removed = offered(page);
  if (!removed) return nothing;
  const { model, row } = removed.pane;
  return html` <button class="small" id="undo" type="button"
    @click=${() => bringBack(page)}>Undo: bring ${visible(model || row.name)} back</button>`;
}
