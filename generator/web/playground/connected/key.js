// The key for a pane's address: one field for each address, in the first pane there.

import { faultOfPart } from "../keys/form.js";
import { reason } from "../reason.js";
import { html, nothing } from "lit-html";
import { live } from "lit-html/directives/live.js";
import { written } from "../views/events.js";
import { isWantingKey, keyLack, lackId } from "./lack.js";
import { listModels, outdate } from "./listing.js";

/** @import { Key } from "../../types/playground.js" */
/** @import { ConnectedPage } from "./page.js" */
/** @import { Pane } from "../pane.js" */

/** @type {Record<string, string>} */
const HOW = {
  bearer: "Bearer token or API key",
  "api-key": "API key",
  sigv4: "AWS access key (signature)",
};

/** That an address has one field, in another pane. @param {string} origin @param {boolean} isEntered */
const elsewhere = (origin, isEntered) =>
  html`<p class="quiet">${
    isEntered
      ? `Uses the key for ${origin}, entered in the first model there.`
      : `One key serves every model at ${origin}; none is entered. Its field is in the first of them.`
  }</p>`;

/**
 * A part of a key as it is typed: for the address that stands in the pane now. What is drawn may be of the
 * address before, since the page draws once a frame.
 * @param {ConnectedPage} page @param {Pane} p @param {Partial<Key>} part
 */
function take(page, p, part) {
  const { origin } = p;
  if (!origin) return;
  for (const pane of page.panes.filter((other) => other.origin === origin)) pane.untest();
  outdate(page, origin);
  page.keys.set(origin, { secret: "", ...page.keys.get(origin), ...part }).catch((error) => {
    page.notice = `The key is in memory only (${reason(error)}).`;
    page.changed();
  });
}

/** @param {ConnectedPage} page @param {Pane} p */
export function secret(page, p) {
  if (!p.row.keyed && !p.row.own) return nothing;
  const { origin } = p;
  const first = page.panes.find((other) => other.origin === origin && other.auth === p.auth);
  const stored = origin ? page.keys.get(origin) : null;
  /** @param {keyof Key} name */
  const change = (name) => written((value) => take(page, p, { [name]: value.trim() }));
  const lack = first === p || !origin ? keyLack(page, p) : nothing;
  /** @param {"secret" | "id" | "session"} name */
  const isWanting = (name) =>
    faultOfPart(stored?.[name] ?? "") !== null || (name !== "session" && isWantingKey(p, stored?.[name]));
  /** @param {"secret" | "id" | "session"} name @param {string} label */
  const field = (name, label) => html`<label class="keyed">${label}<input
    class="${name === "secret" ? "key" : name}${isWanting(name) ? " wanting" : ""}"
    aria-invalid=${isWanting(name) ? "true" : nothing}
    aria-describedby=${lack === nothing ? nothing : lackId(p, "key")}
    type="password"
    autocomplete="off"
    spellcheck="false"
    ?disabled=${!origin}
    placeholder=${origin ? `goes to ${origin} only` : "fill in the address first"}
    .value=${live(stored?.[name] ?? "")}
    @change=${() => listModels(page, p)}
    @input=${change(name)}
  /></label>`;
  const fields = () => {
    if (origin && first !== p) return elsewhere(origin, Boolean(stored?.secret));
    if (p.auth !== "sigv4") return field("secret", p.row.keyed ? "Key" : "Key (if the server needs one)");
    return [
      field("id", "Access key id"),
      field("secret", "Secret access key"),
      field("session", "Session token (if any)"),
    ];
  };
  return html`${
    p.row.auth.length > 1
      ? html`<label>Sign-in method<select @change=${written((value) => {
          p.auth = value;
          page.changed();
        })}>
          ${p.row.auth.map((a) => html`<option value=${a} ?selected=${a === p.auth}>${HOW[a] ?? a}</option>`)}
        </select></label>`
      : nothing
  }
    ${fields()} ${lack}`;
}
