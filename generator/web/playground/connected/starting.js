// How the start of Python goes on.

import { html, nothing } from "../vendor/lit-html.js";

/** @import { Boot } from "../../types/playground.js" */

/** @param {Boot | null} boot */
export const starting = (boot) =>
  boot
    ? html`<div id="boot">
        <label id="step" for="bar">${
          "what" in boot ? `${boot.what}: ${mega(boot.loaded)} of ${mega(boot.total)} MB` : boot.text
        }</label>
        <progress id="bar" max="1"
          value=${"what" in boot && boot.total ? boot.loaded / boot.total : nothing}></progress>
      </div>`
    : nothing;

/** @param {number} bytes */
const mega = (bytes) => (bytes / 1e6).toFixed(1);
