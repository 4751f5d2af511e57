// What a pane lacks before its model can be asked, and what of a shared one is to be checked.

import { focusOn } from "../asking/sight.js";
import { faultOfPart } from "../keys/form.js";

/** @import { Advice, Place } from "../../types/playground.js" */
/** @import { ConnectedPage } from "./page.js" */
/** @import { Pane } from "../pane.js" */

/** What a pane came in without its key, as a sentence begins. */
export const LINK = "A link";
export const RECORD = "A record";
export const FILE = "A file";
/** What each of them never carries; a record says where its requests went. @type {Record<string, string>} */
const LEFT_OUT = { [LINK]: "keys or typed addresses", [RECORD]: "keys", [FILE]: "keys or typed addresses" };

/** The parts of the address that stand empty. @param {Pane} pane @returns {Place[]} */
export const emptyPlaces = ({ row, places }) =>
  row.places.filter(({ name, default: usual = "" }) => !(places[name] ?? usual).trim());

/** Whether what is written as the address of the reader's own server is none. @param {Pane} pane */
export const isUnreadable = ({ row, origin }) => Boolean(row.own) && !origin;

/** Whether a pane's address is there; of an own server the usual one is none yet. @param {Pane} pane */
export const hasAddress = (pane) =>
  !emptyPlaces(pane).length && (!pane.row.own || Object.keys(pane.places).length > 0);

/**
 * What is wrong with how the key for a pane's address is written; null where nothing is, or none is entered.
 * @param {Pane} pane
 * @returns {Advice | null}
 */
export function miswritten({ origin, page, auth }) {
  const { secret = "", id = "", session = "" } = (origin && page.keys.get(origin)) || {};
  const parts = auth === "sigv4" ? [secret, id, session] : [secret];
  return parts.map(faultOfPart).find(Boolean) ?? null;
}

/** The first pane at the address of another, which has the field of their key. @param {Pane} pane */
export const holderOf = (pane) =>
  pane.page.panes.find(({ origin, auth }) => origin === pane.origin && auth === pane.auth) ?? pane;

/**
 * What has to be filled in first; empty where nothing has. A server that needs no key lacks none.
 * @param {Pane} pane
 * @returns {"" | "address" | "key"}
 */
export function lacking(pane) {
  const { row, origin, page, auth } = pane;
  if (emptyPlaces(pane).length || isUnreadable(pane)) return "address";
  if (miswritten(pane)) return "key";
  if (!row.keyed || !origin) return "";
  const key = page.keys.get(origin);
  return key?.secret && (auth !== "sigv4" || key.id) ? "" : "key";
}

/**
 * The parts of the address where what is usual stands, and not what whoever shared the pane had there.
 * @param {Pane} pane
 * @returns {Place[]}
 */
export const usualPlaces = ({ shared, row, places }) =>
  shared
    ? row.places.filter(({ name, default: usual }) => usual && name !== "host" && places[name] === undefined)
    : [];

/**
 * Whether a test has seen that the server at a pane's address wants a key, and none is entered.
 * @param {Pane} pane
 */
export function wantsKey({ page, origin, auth }) {
  if (!origin || page.keys.get(origin)?.secret) return false;
  return page.panes.some(
    (pane) =>
      pane.origin === origin &&
      pane.auth === auth &&
      pane.steps?.some(({ name, ok }) => name === "Key" && ok === false),
  );
}

/**
 * Whether a link says that whoever made it had a key for a server of their own, and none is entered here.
 * Whether the reader's own server needs one only its answers tell.
 * @param {Pane} pane
 */
export const isHandedOn = ({ hadKey, row, origin, page }) =>
  hadKey && Boolean(row.own) && !(origin && page.keys.get(origin)?.secret);

/** What a pane lacks, as it is told; empty where nothing. @param {Pane} pane */
function lackOf(pane) {
  const lack = lacking(pane);
  const fault = miswritten(pane);
  if (fault) return `a key and nothing else (${fault.cause})`;
  if (lack === "key") return "a key";
  // A key belongs to an address: where that is missing, so is the key.
  if (lack) return pane.row.keyed ? "an address and a key" : "an address";
  const missing = [
    ...(pane.row.own && usualPlaces(pane).length ? ["an address (an example stands there)"] : []),
    ...(isHandedOn(pane) ? ["a key (if your server needs one)"] : []),
  ];
  return missing.join(" and ");
}

/** What these panes lack, each provider once: "a key for Anthropic". @param {Pane[]} panes */
export function allLacking(panes) {
  const lacks = panes.flatMap((pane) => {
    const lack = lackOf(pane);
    return lack ? [`${lack} for ${pane.row.name}`] : [];
  });
  return [...new Set(lacks)].join(", ");
}

/**
 * Show in each of these panes what it lacks, open its fields, and move the focus to the first of them unless
 * `focus` is false.
 * @param {ConnectedPage} page
 * @param {Pane[]} panes
 */
export function showLacking(page, panes, focus = true) {
  if (!panes.length) return;
  for (const pane of panes) {
    pane.isAsked = true;
    pane.settings = true;
  }
  page.changed();
  if (focus) focusField(page, "#panes .wanting");
}

/**
 * Move the focus to the first field of this selector, once what has changed is drawn; what is typed there
 * takes the place of what stands there.
 * @param {ConnectedPage} page @param {string} selector @param {{ later?: boolean }} [how] as in sight.js
 */
export function focusField(page, selector, how) {
  requestAnimationFrame(() =>
    requestAnimationFrame(() => {
      const field = page.root.querySelector(selector);
      if (field instanceof HTMLElement) focusOn(field, how);
      if (field instanceof HTMLInputElement) field.select();
    }),
  );
}

/**
 * Show what these panes lack, and say that nothing was sent for as long as they lack it.
 * @param {ConnectedPage} page
 * @param {Pane[]} panes
 */
export function tellLacking(page, panes) {
  showLacking(page, [...panes, ...panes.filter(miswritten).map(holderOf)]);
  page.tell(() => {
    const missing = allLacking(panes.filter((pane) => page.panes.includes(pane)));
    return missing && `Nothing was sent. Missing: ${missing}.`;
  });
}

/**
 * Let panes at one server of the reader's own take the address of the first of them.
 * @param {ConnectedPage} page
 */
export function shareAddress(page) {
  /** @type {Map<string, Pane>} */
  const firsts = new Map();
  for (const pane of page.panes.filter(({ row, shared, brought }) => row.own && (shared || brought))) {
    const server = `${pane.row.id} ${pane.written}`;
    pane.follows = firsts.get(server) ?? null;
    if (!pane.follows) firsts.set(server, pane);
  }
}

/** The panes whose address came in a file. @param {Pane[]} panes */
const brought = (panes) => panes.filter((pane) => pane.brought && pane.origin);

/** The addresses that came in a file, as they are told; empty where none did. @param {Pane[]} panes */
const originsOf = (panes) => [...new Set(brought(panes).map(({ origin }) => origin))].join(" and ");

/** Which addresses came in a file, as a sentence; empty where none did. @param {ConnectedPage} page */
export function broughtTo(page) {
  const origins = originsOf(page.panes);
  return origins && ` The file names an address: ${origins}. Check it before you press Run.`;
}

/**
 * Ask once to look at an address that came in a file, where the reader has a key for it that would go there.
 * @param {ConnectedPage} page @param {Pane[]} panes that are to be asked
 */
export function asksForBrought(page, panes) {
  const keyed = brought(panes).filter(({ origin }) => origin && page.keys.get(origin)?.secret);
  if (!keyed.some((pane) => pane.brought === "file")) return false;
  for (const pane of keyed) pane.brought = "asked";
  showLacking(page, keyed);
  page.tell(() => {
    const origins = originsOf(keyed);
    const told = `This would go to ${origins}, which the file names, with your key for it.`;
    return origins && `Nothing was sent. ${told} Check that, then press Run again.`;
  });
  return true;
}

/**
 * Show what panes that came without addresses want before Run where it is filled in; gives what says it, for
 * as long as it is so. The focus goes to the first of these fields unless `focus` is false.
 * @param {ConnectedPage} page
 * @param {string} what they came in
 */
export function wanting(page, what, focus = true) {
  const wants = () =>
    page.panes.filter((pane) => lacking(pane) || usualPlaces(pane).length || isHandedOn(pane));
  if (wants().length) showLacking(page, wants(), focus);
  return () => {
    const panes = wants();
    const missing = allLacking(panes);
    const isUsual = panes.some((pane) => !pane.row.own && usualPlaces(pane).length);
    const fillIn = `Fill that in${isUsual ? " and check the address" : ""} below, then press Run.`;
    if (missing) return ` ${what} carries no ${LEFT_OUT[what]}. Missing: ${missing}. ${fillIn}`;
    const none = what === RECORD ? "This record has no address" : `${what} carries no addresses`;
    return panes.length ? ` ${none}: check what stands below, then press Run.` : "";
  };
}
