// The reader's keys: where they are stored, and how they are forgotten or unlocked.

import { focusOn } from "../asking/sight.js";
import { forgetAll } from "../keys/forget.js";
import { providersAt } from "../keys/providers.js";
import { reason } from "../reason.js";
import { html, nothing } from "lit-html";
import { live } from "lit-html/directives/live.js";
import { submitted, valueOf } from "./events.js";

/** @import { Keep } from "../../types/playground.js" */
/** @import { ConnectedPage } from "../connected/page.js" */

/** @type {Keep[]} */
const PLACES = ["memory", "tab", "device"];
/** Where keys are, and until when. @type {Record<Keep, string>} */
const WHERE = {
  memory: "in memory, until you leave this page",
  tab: "in this tab, until it is closed",
  device: "on this device, encrypted with a passphrase",
};

/** Where others may serve pages under the same name. */
const shared = () => html`<p class="shared">
  <b>Others may serve pages at ${location.origin}, too.</b> Each of them can read what is kept in this tab or
  on this device. Keep keys in memory only, or use a site with a name of its own.
  <a href="../playground/keys/#an-address-shared-with-others">Why</a>
</p>`;

/** The passphrase that was typed, which stands in its field no longer. @param {HTMLFormElement} form */
function taken(form) {
  const passphrase = valueOf(form, "passphrase");
  for (const field of form.querySelectorAll("input[name=passphrase]"))
    if (field instanceof HTMLInputElement) field.value = "";
  return passphrase;
}

/** @param {ConnectedPage} page */
export function keys(page) {
  const { keys: k } = page;
  const keep = submitted(async (filled) => {
    const place = PLACES.find((it) => it === valueOf(filled, "keep")) ?? "memory";
    const passphrase = taken(filled);
    if (place === "device" && passphrase.length < 8)
      page.notice = "Choose a passphrase of at least 8 characters.";
    else {
      try {
        page.pass(await k.keepIn(place, passphrase));
        page.keeping = null;
      } catch (error) {
        page.notice = reason(error);
      }
    }
    page.changed();
  });
  const where = page.keeping ?? k.keep;
  /** @param {Keep} place */
  const choice = (place) =>
    html`<label class="beside"><input type="radio" name="keep" value=${place}
      .checked=${live(where === place)} @change=${() => {
        page.keeping = place;
        page.changed();
      }} /> ${WHERE[place]}</label>`;
  return html`<details class="keys">
    <summary>Keys (${k.count})${k.locked ? ", some are locked" : ""}</summary>
    <p>Each key goes only to the address it was entered for. Links and exports hold none.</p>
    ${entered(page)}
    ${page.sharesOrigin ? shared() : nothing}
    <form @submit=${keep}>
      <fieldset><legend>Keep keys</legend>
        ${PLACES.map(choice)}
        ${
          where === "device"
            ? html`<label>Passphrase<input type="password" name="passphrase" minlength="8"
                autocomplete="new-password" /></label>`
            : nothing
        }
      </fieldset>
      <button class="small" type="submit">Save this choice</button>
      <button class="small" type="button" id="forget" @click=${() => forgetAll(page)}>Forget all</button>
      <p class="quiet">Forgets the keys here and in other tabs, ${page.holds}, and the files kept for use
        without a network.</p>
    </form>
    ${k.locked ? unlocking(page) : nothing}
  </details>`;
}

/** Which addresses have a key, and where it is. @param {ConnectedPage} page */
function entered(page) {
  const { keys: k, data } = page;
  if (!k.count) return html`<p class="quiet">No key is ${k.locked ? "unlocked" : "entered"}.</p>`;
  /** @param {string} origin */
  const remove = async (origin) => {
    try {
      await k.remove(origin);
      page.pass(`The key for ${origin} is removed.`);
    } catch (error) {
      page.notice = reason(error);
    }
    focusOn(page.control(".keys > summary")); // its button is gone
    page.changed();
  };
  return html`<ul class="entered">${k.origins.map((origin) => {
    const whose = providersAt(data.rows, origin).join(" or ") || "Your own server";
    return html`<li><span><b>${whose}</b> <span class="origin">${origin}</span>
      <small>${WHERE[k.keep]}</small></span>
      <button class="small" type="button" aria-label="Remove the key for ${origin}"
        @click=${() => remove(origin)}>Remove</button></li>`;
  })}</ul>`;
}

/** @param {ConnectedPage} page */
function unlocking(page) {
  const unlock = submitted(async (filled) => {
    try {
      page.pass(await page.keys.unlock(taken(filled)));
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
