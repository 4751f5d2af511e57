// What is said beside a pane's fields: what is missing there, once a run or a link has asked for it; what a
// run found wrong there, until it is changed.

import { html, nothing } from "lit-html";
import {
  emptyPlaces,
  focusField,
  holderOf,
  isHandedOn,
  isUnreadable,
  lacking,
  miswritten,
  RECORD,
  usualPlaces,
  wantsKey,
} from "./lacking.js";

/** @import { Advice, Field, Row } from "../../types/playground.js" */
/** @import { ConnectedPage } from "./page.js" */
/** @import { Pane } from "../pane.js" */

/** The id of what is said beside a pane's field. @param {Pane} pane @param {Field} field */
export const lackId = ({ id }, field) => `lack-${id}-${field}`;

/** @param {Pane} pane @param {Field} field @param {unknown} text */
const said = (pane, field, text) => html`<p class="lack" id=${lackId(pane, field)}>${text}</p>`;

/** @param {Advice} fault */
const wrong = ({ cause, fix }) => html`<b>${cause}.</b> ${fix}`;

/** Where a key for a row is to be had. @param {Row} row */
const source = ({ docs }) =>
  html`${
    docs
      ? html`<a href=${docs} target="_blank" rel="noopener noreferrer">Its documentation</a> says`
      : "Its provider tells"
  } where to get one;
    <a href="../playground/reach/#in-pictures" target="_blank" rel="noopener">what to fill in</a>.`;

/**
 * What a run found wrong at a pane's field, and nobody has changed since.
 * @param {Pane} pane @param {Field} field
 */
function faultAt({ fault, model }, field) {
  const isSo = fault?.field === field && (field !== "model" || fault.model === model);
  return isSo ? fault : null;
}

/** The same of the key that several panes have. @param {Pane} pane */
const keyFault = ({ page, origin, auth }) =>
  page.panes
    .map((one) => (one.origin === origin && one.auth === auth ? faultAt(one, "key") : null))
    .find(Boolean);

/** What is missing of a pane's key, or wrong with it. @param {ConnectedPage} page @param {Pane} pane */
export function keyLack(page, pane) {
  const written = miswritten(pane);
  if (written) {
    const { cause, fix } = written;
    return said(pane, "key", html`<b>This can’t be sent as a key: ${cause}.</b> ${fix}.`);
  }
  if (pane.isAsked && lacking(pane) === "key")
    return said(
      pane,
      "key",
      html`<b>${pane.row.name} needs a key</b>, and none is entered, so it is not asked.
        ${
          page.keys.locked
            ? "Keys on this device are locked: unlock them under Keys, at the end of this page."
            : source(pane.row)
        }`,
    );
  const fault = keyFault(pane);
  const isEntered = Boolean(pane.origin && page.keys.get(pane.origin)?.secret);
  if (fault && isEntered) return said(pane, "key", wrong(fault));
  if (fault || (pane.isAsked && wantsKey(pane)))
    return said(
      pane,
      "key",
      html`<b>The server wants a key</b>, and none is entered. Enter it here, then press Test connection or
        Run.`,
    );
  return isHandedOn(pane)
    ? said(
        pane,
        "key",
        html`<b>Whoever made the link had a key here.</b> Enter your own if the server needs one.`,
      )
    : nothing;
}

/** What is missing of a pane's address, or wrong with it, or is only an example. @param {Pane} pane */
export function addressLack(pane) {
  const fault = faultAt(pane, "address");
  if (fault) return said(pane, "address", wrong(fault));
  if (pane.brought)
    return said(
      pane,
      "address",
      html`<b>This address came in the file.</b> What you run goes there: check that it is yours.`,
    );
  if (!pane.isAsked) return nothing;
  const names = emptyPlaces(pane).map(({ label }) => label);
  if (names.length)
    return said(
      pane,
      "address",
      html`<b>The address is not complete</b>, so this model is not asked. Fill in “${names.join("”, “")}”.`,
    );
  if (isUnreadable(pane))
    return said(pane, "address", html`<b>This is no address</b>, so this model is not asked.`);
  const usual = usualPlaces(pane).map(({ label }) => label);
  return usual.length
    ? said(
        pane,
        "address",
        html`<b>${pane.shared === RECORD ? "This record has" : `${pane.shared} carries`} no address.</b>
          “${usual.join("”, “")}” has an example, which is asked if you leave it there: write your own.`,
      )
    : nothing;
}

/** What is wrong with a pane's model. @param {Pane} pane */
export function modelLack(pane) {
  const fault = faultAt(pane, "model");
  return fault ? said(pane, "model", wrong(fault)) : nothing;
}

/** Whether a part of a pane's address is to be filled in now. @param {Pane} pane @param {string} name */
export const isWantingPlace = (pane, name) =>
  faultAt(pane, "address") !== null ||
  pane.brought !== "" ||
  (pane.isAsked &&
    (isUnreadable(pane) ||
      [...emptyPlaces(pane), ...usualPlaces(pane)].some((place) => place.name === name)));

/** Whether what stands as a pane's address is wrong, and not only an example. @param {Pane} pane */
export const isWrongPlace = (pane) => faultAt(pane, "address") !== null || isUnreadable(pane);

/** Whether a pane's model is to be looked at. @param {Pane} pane */
export const isWantingModel = (pane) => faultAt(pane, "model") !== null;

/**
 * Whether a part of a pane's key is to be filled in now, or looked at.
 * @param {Pane} pane @param {unknown} entered
 */
export const isWantingKey = (pane, entered) =>
  Boolean(keyFault(pane)) || (!entered && pane.isAsked && (lacking(pane) === "key" || wantsKey(pane)));

/**
 * Open a pane's field and move the focus there: a key's is in the first pane at its address.
 * @param {ConnectedPage} page @param {Pane} pane @param {Field} field
 */
export function goToField(page, pane, field) {
  const place = field === "key" ? holderOf(pane) : pane;
  place.settings = true;
  page.changed();
  focusField(page, `[aria-describedby~="${lackId(place, field)}"]`);
}
