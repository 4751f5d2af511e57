// The reader's keys: where they are stored, and how they are forgotten or unlocked.

import { reason } from "../reason.js";
import { html, nothing } from "../vendor/lit-html.js";
import { live } from "../vendor/directives/live.js";
import { submitted, valueOf } from "./events.js";

/** @import { Keep } from "../../types/playground.js" */
/** @import { ConnectedPage } from "../connected/page.js" */

/** @type {Keep[]} */
const PLACES = ["memory", "tab", "device"];

/** @param {ConnectedPage} page */
export function keys(page) {
  const { keys: k } = page;
  const keep = submitted((filled) => {
    const place = PLACES.find((it) => it === valueOf(filled, "keep")) ?? "memory";
    const passphrase = valueOf(filled, "passphrase");
    if (place === "device" && passphrase.length < 8)
      page.notice = "Choose a passphrase of at least 8 characters.";
    else {
      k.keepIn(place, passphrase);
      page.notice = {
        memory: "Keys stay in memory only.",
        tab: "Keys are kept until this tab is closed.",
        device: "Keys are kept on this device, encrypted.",
      }[place];
    }
    page.keeping = null;
    page.changed();
  });
  const where = page.keeping ?? k.keep;
  /** @param {Keep} place @param {string} label */
  const choice = (place, label) =>
    html`<label class="beside"><input type="radio" name="keep" value=${place}
      .checked=${live(where === place)} @change=${() => {
        page.keeping = place;
        page.changed();
      }} /> ${label}</label>`;
  return html`<details class="keys">
    <summary>Keys (${k.count})${k.locked ? ", some are locked" : ""}</summary>
    <p>Each key goes only to the address it was entered for. Links and exports hold none.</p>
    <form @submit=${keep}>
      <fieldset><legend>Keep keys</legend>
        ${choice("memory", "in memory, until you leave this page")}
        ${choice("tab", "in this tab, until it is closed")}
        ${choice("device", "on this device, encrypted with a passphrase")}
        ${
          where === "device"
            ? html`<label>Passphrase<input type="password" name="passphrase" minlength="8"
                autocomplete="new-password" /></label>`
            : nothing
        }
      </fieldset>
      <button class="small" type="submit">Keep so</button>
      <button class="small" type="button" id="forget" @click=${() => {
        k.forget();
        page.keeping = null;
        page.notice = "All keys are forgotten.";
        page.changed();
      }}>Forget all keys</button>
    </form>
    ${k.locked ? unlocking(page) : nothing}
  </details>`;
}

/** @param {ConnectedPage} page */
function unlocking(page) {
  const unlock = submitted(async (filled) => {
    try {
      await page.keys.unlock(valueOf(filled, "passphrase"));
      page.notice = "The kept keys are open.";
    } catch (error) {
      page.notice = reason(error);
    }
    page.changed();
  });
  return html`<form class="row" @submit=${unlock}>
    <label>Passphrase of the kept keys<input type="password" name="passphrase"
      autocomplete="current-password" /></label>
    <button class="small" type="submit">Unlock</button>
  </form>`;
}
