// How the start of Python goes on.

import { html, nothing } from "lit-html";

/** @import { Boot } from "../../types/playground.js" */

/** How far it is, in words. @param {Boot} boot */
export const bootText = (boot) =>
  "what" in boot ? `${boot.what}: ${mega(boot.loaded)} of ${mega(boot.total)} MB` : boot.text;

/**
 * `cancel` ends it, where it can be ended. Null while nothing starts.
 * @param {Boot | null} boot @param {(() => void) | null} [cancel]
 */
export const starting = (boot, cancel = null) =>
  boot
    ? html`<div id="boot">
        <div class="row"><label id="step" for="bar">${bootText(boot)}</label>${
          cancel
            ? html`<button class="small" type="button" data-next="#run"
            @click=${cancel}>Cancel</button>`
            : nothing
        }</div>
        <progress id="bar" max="1"
          value=${"what" in boot && boot.total ? boot.loaded / boot.total : nothing}></progress>
      </div>`
    : null;

/** @param {number} bytes */
const mega = (bytes) => (bytes / 1e6).toFixed(1);
