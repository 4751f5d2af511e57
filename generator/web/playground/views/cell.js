// The cell of Python below the panes.

import { html, nothing } from "lit-html";
import { toggled } from "./events.js";

/** @import { Cell } from "../cell.js" */
/** @import { PlaygroundPage } from "../page.js" */

/** @param {PlaygroundPage} page */
export function cell(page) {
  const { cell: c } = page;
  return html`<details class="cell" @toggle=${toggled((open) => open && c.open())}>
    <summary>Python</summary>
    <p class="quiet">
      Runs here, in your browser, on the panes above: <code>await compare("…", models=[…])</code>. What it
      asks is not recorded: it is in no history or export.
    </p>
    ${c.place}
    <div class="row">
      <button class="small" type="button" id="cell-run" data-asks ?disabled=${c.running}
        @click=${() => c.run()}>Run the cell</button>
      <button class="small" type="button" id="cell-stop" ?disabled=${!c.running}
        @click=${() => c.stop()}>Stop the cell</button>
    </div>
    ${withheld(c)}
    ${c.output}
  </details>`;
}

/** What happened where an answer repeated a key, and the way on. @param {Cell} c */
const withheld = ({ questions }) =>
  questions.withheld
    ? html`<div class="withheld" role="alert">
        <p>
          <b>An answer to this cell repeats ${questions.withheld}.</b> The cell got neither it nor what else
          was asked at the same time, and no cell asks anything now. Code can find out a key by having models
          say guesses and seeing which do not come back. If you don’t know this code, leave it at that, and
          replace the key at its provider. Each time that you let cells ask again, such code may learn a few
          more letters.
        </p>
        <button class="small" type="button" @click=${() => questions.allow()}>Let cells ask again</button>
      </div>`
    : nothing;
