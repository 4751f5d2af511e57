// Draws the playground's state with lit-html. Untrusted text is only text here; answer/ makes Markdown.

import { visible } from "../visible.js";
import { html, render } from "lit-html";
import { repeat } from "lit-html/directives/repeat.js";
import { runAll } from "../actions/runs.js";
import { asks } from "../asking/entering.js";
import { undoing } from "../asking/undo.js";
import { cell } from "./cell.js";
import { comparison } from "./comparison.js";
import { estimateOfAll, reckon } from "./estimate.js";
import { summary } from "./figures.js";
import { form } from "./form.js";
import { history } from "./history.js";
import { keys } from "./keys.js";
import { pane } from "./pane.js";
import { sheet } from "./sheet.js";
import { staying } from "../asking/staying.js";
import { hasAddress } from "../connected/lacking.js";
import { starting } from "../connected/starting.js";
import { followUp } from "./turn.js";

/** @import { PlaygroundPage } from "../page.js" */

/** @param {PlaygroundPage} page */
export function draw(page) {
  reckon(page);
  const back = staying(page.root);
  render(everything(page), page.root);
  back();
  const opened = page.root.querySelector("dialog:not([open])");
  if (opened instanceof HTMLDialogElement) opened.showModal(); // over the page, where the reader looks
}

/** What ends the download of the small model, while a pane waits for it. @param {PlaygroundPage} page */
function cancelling({ panes }) {
  const waiting = panes.filter((p) => p.isDownloading);
  return waiting.length ? () => waiting.forEach((p) => p.stop()) : null;
}

/** @param {PlaygroundPage} page */
function everything(page) {
  // Whoever fills in a pane is about to run it: Python is there then, and what it may cost is shown before.
  // One that starts while an address is still missing could not reach it, and another would take its place.
  const start = (/** @type {Event} */ { type, target }) => {
    const isAddress = target instanceof Element && target.closest(".places");
    const isEarly = type === "input" && target instanceof HTMLSelectElement; // the choice itself comes next
    if (isAddress || isEarly || !page.panes.every(hasAddress)) return;
    page.start().catch(() => {}); // page.start has told why
  };
  const entered = (/** @type {KeyboardEvent} */ event) => {
    if (!asks(event)) return;
    event.preventDefault();
    runAll(page);
  };
  // What comes and goes beside the panes would have the browser style all their answers anew.
  return html`
  ${form(page)}
  <div class="state">
    ${
      starting(page.boot, cancelling(page)) ?? html`<p class="quiet" id="estimate">${estimateOfAll(page)}</p>`
    }
  </div>
  <p id="told" role="status">${visible(page.notice)}${undoing(page)}</p>
  <div id="panes" @change=${start} @input=${start} @keydown=${entered}>${repeat(
    page.panes,
    (p) => p.id,
    (p) => pane(page, p),
  )}</div>
  <div>${followUp(page)} ${summary(page)} ${comparison(page)} ${cell(page)} ${history(page)} ${keys(page)}
    ${sheet(page)}</div>
`;
}
