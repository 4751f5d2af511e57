// The cell of Python below the panes.

import { html } from "../vendor/lit-html.js";
import { toggled } from "./events.js";

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
      <button class="small" type="button" id="cell-run" ?disabled=${c.running}
        @click=${() => c.run()}>Run the cell</button>
      <button class="small" type="button" id="cell-stop" ?disabled=${!c.running}
        @click=${() => c.stop()}>Stop the cell</button>
    </div>
    ${c.output}
  </details>`;
}
