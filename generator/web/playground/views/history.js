// The runs of before, to open again.

import { forgetHistory, join, keepHistory, leaveOut } from "../actions/history.js";
import { textOf } from "../actions/chat.js";
import { exportHistory, MOST } from "../actions/record.js";
import { open } from "../actions/restore.js";
import { visible } from "../visible.js";
import { html, nothing } from "lit-html";
import { live } from "lit-html/directives/live.js";
import { ticked } from "./events.js";

/** @import { OldRecord, RunRecord } from "../../types/playground.js" */
/** @import { PlaygroundPage } from "../page.js" */

/** @param {PlaygroundPage} page */
export function history(page) {
  return html`<details class="history" ?open=${page.incoming.length > 0}>
    <summary>History (${page.history.length})${page.history.length ? where(page) : ""}</summary>
    <div class="row actions"><label class="beside"><input type="checkbox"
      .checked=${live(page.keepsHistory)}
      @change=${ticked((yes) => keepHistory(page, yes))} /> Keep the history on this device</label>
    ${
      page.history.length
        ? html`<button class="small" type="button"
            @click=${() => forgetHistory(page)}>Delete the history</button>
          <button class="small" type="button" @click=${() => exportHistory(page)}>Export the history</button>`
        : nothing
    }</div>
    ${page.incoming.length ? asking(page) : nothing}
    ${
      page.history.length === MOST
        ? html`<p class="quiet">The history is full: the next run takes the place of the oldest. Export it to
            keep them all.</p>`
        : nothing
    }
    <ol>${page.history.map(
      (record) => html`<li>
      <button class="small" type="button" @click=${() => open(page, record)}>Open</button>
      <span>${visible([timeOf(record), modelsOf(record).join(", "), promptOf(record)].join(" · "))}</span>
    </li>`,
    )}</ol>
  </details>`;
}

/** How long the runs last. @param {PlaygroundPage} page */
const where = ({ keepsHistory }) =>
  keepsHistory ? ", kept on this device" : ", gone once you leave this page";

/** Which runs stay, where a file has more than there is room for. @param {PlaygroundPage} page */
function asking(page) {
  const { incoming, history: held } = page;
  const over = held.length + incoming.length - MOST;
  const oldest = over === 1 ? "the oldest of all goes" : `the ${over} oldest of all go`;
  return html`<div class="incoming" role="group" aria-label="Runs of the file">
    <p>The file has ${incoming.length} more ${incoming.length === 1 ? "run" : "runs"}, and the history has
      room for ${MOST - held.length}.</p>
    <div class="row">
      <button class="small" type="button" @click=${() => join(page, incoming)}>Keep the newest ${MOST}:
        ${oldest}</button>
      <button class="small" type="button" @click=${() => leaveOut(page)}>Leave the history as it is</button>
    </div>
  </div>`;
}

/** @param {RunRecord | OldRecord} record */
const timeOf = ({ made }) => made.slice(0, 16).replace("T", " ");

/** @param {RunRecord | OldRecord} record */
const modelsOf = (record) =>
  record.almanac_run
    ? record.panes.flatMap(({ turns }) => turns.at(-1)?.model ?? [])
    : record.panes.map(({ model }) => model);

/** @param {RunRecord | OldRecord} record */
function promptOf(record) {
  const asked = record.almanac_run ? record.panes[0]?.turns[0]?.question : record.chat.messages.at(-1);
  return asked ? textOf(asked).slice(0, 60) : "";
}
