// The runs of before, to open again.

import { forgetHistory, keepHistory } from "../actions/history.js";
import { restore } from "../actions/restore.js";
import { html, nothing } from "../vendor/lit-html.js";
import { live } from "../vendor/directives/live.js";
import { ticked } from "./events.js";

/** @import { PlaygroundPage } from "../page.js" */

/** @param {PlaygroundPage} page */
export function history(page) {
  return html`<details class="history">
    <summary>History (${page.history.length})</summary>
    <label class="beside"><input type="checkbox" .checked=${live(page.keepsHistory)}
      @change=${ticked((yes) => keepHistory(page, yes))} /> Keep it on this device</label>
    ${
      page.history.length
        ? html`<button class="small" type="button" @click=${() => forgetHistory(page)}>Forget it</button>`
        : nothing
    }
    <ol>${page.history.map(
      (record) => html`<li>
      <button class="small" type="button" @click=${() => restore(page, record)}>Open</button>
      ${record.made.slice(0, 16).replace("T", " ")} · ${record.panes.map((p) => p.model).join(", ")} ·
      ${record.chat.messages
        .at(-1)
        ?.parts.map((x) => x.text ?? "")
        .join("")
        .slice(0, 60)}
    </li>`,
    )}</ol>
  </details>`;
}
