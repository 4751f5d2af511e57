// Draws the playground's state with lit-html. Untrusted text is only text here; answer/ makes Markdown.

import { SMALL } from "../local.js";
import { visible } from "../visible.js";
import { html, render } from "../vendor/lit-html.js";
import { repeat } from "../vendor/directives/repeat.js";
import { cell } from "./cell.js";
import { comparison } from "./comparison.js";
import { summary } from "./figures.js";
import { form } from "./form.js";
import { history } from "./history.js";
import { keys } from "./keys.js";
import { pane } from "./pane.js";
import { sheet } from "./sheet.js";
import { starting } from "../connected/starting.js";
import { followUp } from "./turn.js";

/** @import { PlaygroundPage } from "../page.js" */

/** @param {PlaygroundPage} page */
export function draw(page) {
  render(everything(page), page.root);
  const opened = page.root.querySelector("dialog:not([open])");
  if (opened instanceof HTMLDialogElement) opened.showModal(); // over the page, where the reader looks
}

/** What ends the download of the small model, while a pane waits for it. @param {PlaygroundPage} page */
function cancelling({ panes, boot }) {
  const waiting = panes.filter((p) => p.running && p.row.endpoint.url === SMALL);
  return boot && "what" in boot && waiting.length ? () => waiting.forEach((p) => p.stop()) : null;
}

/** @param {PlaygroundPage} page */
const everything = (page) => html`
  ${form(page)} ${starting(page.boot, cancelling(page))}
  <p id="told" role="status">${visible(page.notice)}</p>
  <div id="panes">${repeat(
    page.panes,
    (p) => p.id,
    (p) => pane(page, p),
  )}</div>
  ${followUp(page)} ${summary(page)} ${comparison(page)} ${cell(page)} ${history(page)} ${keys(page)}
  ${sheet(page)}
`;
