// The form over a reload: what stands in it, with its addresses, in this tab's storage and nowhere else. No
// key, image or answer is in it, and nothing that holds a key.

import { fill, linkOf } from "./actions/link.js";
import { stored } from "./actions/storage.js";
import { readAddress } from "./connected/address.js";
import { LINK, RECORD, shareAddress, wanting } from "./connected/lacking.js";
import { refusal } from "./keys/guard.js";
import { DRAFT, FORGOTTEN } from "./keys/names.js";
import { fromFragment, textsOf, toFragment } from "./share.js";

/** @import { Link } from "../types/playground.js" */
/** @import { PlaygroundPage } from "./page.js" */
/** @import { Pane } from "./pane.js" */
/**
 * The form as a link has it, and what none has: by pane its address, and whose it shares.
 * @typedef {{
 *   at: number, hash: string, form: string, panes: DraftPane[],
 *   answered: boolean, running: boolean, keyed: boolean, cut: string
 * }} Draft
 * @typedef {{ places: Record<string, string>, auth: string, follows: number, shared: string }} DraftPane
 */

/** What holds a key is left out, wherever in the form it stands. @type {Partial<Link>} */
const NO_TEXTS = { prompt: "", system: "", variables: {}, then: [], options: {} };

/** Characters that a tab has room for, beside what else it stores. */
const MOST = 2_000_000;

/** What of the form is stored. @param {PlaygroundPage} page @param {Link} link */
const formOf = (page, link) => ({
  form: toFragment({ ...link, images: 0 }, Infinity).text,
  panes: page.panes.map((pane) => ({
    places: placesOf(pane),
    auth: pane.auth,
    follows: pane.follows ? page.panes.indexOf(pane.follows) : -1,
    shared: pane.shared,
  })),
});

/** An address without a password or what follows its path, which may hold a key. @param {Pane} pane */
function placesOf({ row, places }) {
  if (!row.own) return places;
  const read = Object.entries(places).map(([name, written]) => [
    name,
    readAddress(written, row.endpoint.wire).base,
  ]);
  return Object.fromEntries(read.filter(([, base]) => base !== null));
}

/** The form as it stands now, to tell whether it was changed. @param {PlaygroundPage} page */
export const formText = (page) => JSON.stringify(formOf(page, linkOf(page)));

/** Store the form as it stands, unless nothing was done in it. @param {PlaygroundPage} page */
export function saveDraft(page) {
  dropDraft(); // where this one can't be stored, an older one would be taken for it
  const link = linkOf(page);
  const answered = page.runs.some(({ record }) => record !== null);
  const whole = formOf(page, link);
  // Beside a link even the form that nobody has touched is one that the reader went back to.
  if (!answered && !location.hash && JSON.stringify(whole) === page.untouched) return;
  const cut = faultOf(page, whole);
  const bare = { ...link, ...NO_TEXTS, models: link.models.map((one) => ({ ...one, options: {} })) };
  const form = cut ? formOf(page, bare) : whole;
  if (cut && faultOf(page, form)) return;
  // A link that holds a key is not stored, and nothing beside it: it would be filled in after all.
  const { hash } = location;
  if (refusal(page, "The form", hash)) return;
  const state = { answered, running: page.busy, keyed: page.keys.count > 0, cut };
  try {
    sessionStorage.setItem(DRAFT, JSON.stringify({ at: Date.now(), hash, ...form, ...state }));
  } catch {
    // The browser stores nothing, or has no room.
  }
}

/**
 * Why it is not stored as a whole; empty where it is.
 * @param {PlaygroundPage} page @param {ReturnType<typeof formOf>} form
 */
function faultOf(page, form) {
  if (form.form.length > MOST) return "it is too long";
  return refusal(page, "The form", form) && "it held what looks like a key";
}

/** Forget the form of this tab. */
export function dropDraft() {
  try {
    sessionStorage.removeItem(DRAFT);
  } catch {
    // Where the browser stores nothing there is nothing to forget.
  }
}

/** What this tab has stored since all was forgotten last. @returns {Draft | null} */
function load() {
  try {
    /** @type {Draft | null} */
    const draft = stored(sessionStorage, DRAFT);
    const isSound = draft && typeof draft.form === "string" && Array.isArray(draft.panes);
    return isSound && draft.at > Number(localStorage.getItem(FORGOTTEN) ?? 0) ? draft : null;
  } catch {
    return null;
  }
}

/**
 * Fill the form as it was before the page was loaded anew; nothing is run. A link that was opened since goes
 * before. Whether there was something to fill in.
 * @param {PlaygroundPage} page
 */
export function fillFromDraft(page) {
  const draft = load();
  if (!draft || (location.hash && location.hash !== draft.hash)) return false;
  const link = fromFragment(draft.form);
  if (!link) return false;
  const unknown = fill(page, link, "");
  // Those that this site has no more are missing.
  const isThere = (/** @type {number} */ n) => page.rows.has(link.models[n]?.row ?? "");
  const there = draft.panes.filter((_, n) => isThere(n));
  const linked = link.models.filter((_, n) => isThere(n));
  page.panes.forEach((pane, n) => {
    const { places, auth, shared } = there[n] ?? {};
    pane.places = textsOf(places);
    if (pane.row.auth.includes(auth)) pane.auth = auth;
    pane.shared = [LINK, RECORD].find((what) => what === shared) ?? "";
    pane.hadKey = pane.shared === LINK && Boolean(linked[n]?.hadKey);
    const first = there.indexOf(draft.panes[there[n]?.follows ?? -1]);
    pane.follows = first >= 0 && first !== n ? (page.panes[first] ?? null) : null;
  });
  shareAddress(page);
  const [{ shared: what } = { shared: "" }] = page.panes.filter(({ shared }) => shared);
  const wants = what ? wanting(page, what) : () => "";
  const before = page.notice && `${page.notice} `; // of the history, which is read first
  const isSo = () => page.prompt === link.prompt && !page.busy;
  page.tell(() => (isSo() ? `${before}${back(page, draft)}${unknown}${wants()}` : ""));
  return true;
}

/** What is back, and what is not. @param {PlaygroundPage} page @param {Draft} draft */
function back(page, { answered, running, keyed, cut }) {
  const kept = page.keepsHistory
    ? " Open what was answered below History."
    : " Answers are not stored, unless you tick “Keep the history on this device” below History.";
  return [
    cut
      ? `The models are as you left them. The rest of the form was not stored: ${cut}.`
      : "The form is as you left it.",
    running && answered ? " The run that was going on was broken off, and its answers are lost." : "",
    answered ? kept : " Nothing has been sent.",
    ...(keyed && !page.keys.count ? [" Keys are not stored: type them again."] : []),
  ].join("");
}
