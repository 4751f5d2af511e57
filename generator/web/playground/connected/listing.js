// The models of a server of the reader's own, which it lists itself.

import { within } from "../asking/outcome.js";
import { focusField, hasAddress, holderOf, miswritten } from "./lacking.js";

/** @import { ChatMessage, Fault, Field } from "../../types/playground.js" */
/** @import { ConnectedPage } from "./page.js" */
/** @import { Pane } from "../pane.js" */

/**
 * Ask the server at a pane's address for its models, and offer them in all panes there; one without a model
 * gets the next that no other has. `quiet`: nothing is told where it fails.
 * @param {ConnectedPage} page
 * @param {Pane} pane
 * @param {{ quiet?: boolean }} [how]
 */
export function listModels(page, pane, { quiet = false } = {}) {
  if (!pane.row.own || !pane.origin || miswritten(pane)) return;
  const href = pane.url?.href ?? "";
  page.reach();
  /** A key that was entered since asks anew: what came before it counts no more. */
  const isLatest = () => page.listings.get(href) === listing;
  const isReplaced = () => page.listings.has(href) && !isLatest();
  /** Nobody, where another address stands there by now. */
  const ask = () => (pane.url?.href === href ? listOf(page, pane) : null);
  /** @type {Promise<void>} */
  const listing = page
    .start()
    .then(ask)
    .catch((error) => {
      if (!(error instanceof Unasked)) throw error;
      return page.start().then(ask);
    })
    .then((list) => {
      if (!list) return;
      page.unlisted.delete(href);
      if (!isReplaced() && pane.url?.href === href) offer(page, pane, list);
    })
    .catch((error) => {
      // Where each model is named already, none was waited for.
      const isWanted = there(page, href).some(({ model }) => !model);
      if (!isLatest()) return;
      page.unlisted.set(href, unlisted(error, Boolean(page.keys.get(new URL(href).origin)?.secret)));
      if (isWanted && !quiet) tellUnlisted(page, href);
    })
    .finally(() => {
      if (isLatest()) page.listings.delete(href);
      page.changed();
    });
  page.listings.set(href, listing);
}

/**
 * Another key is being typed: that none was listed for the one before says nothing of it.
 * @param {ConnectedPage} page @param {string} origin
 */
export function outdate(page, origin) {
  for (const list of [page.listings, page.unlisted])
    for (const href of [...list.keys()]) if (new URL(href).origin === origin) list.delete(href);
}

/** An address that names no version of an API may lack just that, which its list of models tells. */
const isWhole = (/** @type {Pane} */ { url, row }) =>
  !row.endpoint.wire.startsWith("openai") || /\/v\d/.test(url?.pathname ?? "");

/**
 * Wait for the lists that tell a pane its model, or its address. Each comes or fails within its own time. Who
 * has listed none is asked anew: the server may run by now.
 * @param {ConnectedPage} page
 */
export async function listed(page) {
  page.asks();
  for (const pane of page.panes) {
    const isNamed = pane.model.trim() || pane.models.length;
    if (!isNamed && !page.listings.has(pane.url?.href ?? "")) listModels(page, pane, { quiet: true });
  }
  const wanting = page.panes.filter((pane) => pane.row.own && (!pane.model || !isWhole(pane)));
  const lists = wanting.flatMap(({ url }) => page.listings.get(url?.href ?? "") ?? []);
  if (!lists.length) return;
  page.tell(() => (page.listings.size ? "Waiting for the server’s list of models." : ""));
  await Promise.all(lists);
}

/** No answer of the server's: its Python ended, or another had taken its place. It may be asked anew. */
class Unasked extends Error {}

/** A server that lists no models, and the field that this is about. */
class Unlisted extends Error {
  /** @param {string} message @param {string} [field] */
  constructor(message, field = "") {
    super(message);
    this.field = field;
  }
}

/** What is done at a field that keeps a server from listing its models. @type {Record<Field, string>} */
const FIXES = {
  key: "Check the key, then press Run.",
  address: "Then press Run. Test connection says more.",
  model: "Test connection says more.",
};

/** @param {Error} error @param {boolean} isKeyed whether a key is entered @returns {Fault} */
function unlisted(error, isKeyed) {
  const about = error instanceof Unlisted ? error.field : "";
  const field = about === "key" || about === "address" ? about : "model";
  const fix = field === "key" && !isKeyed ? "Enter the key, then press Run." : FIXES[field];
  return { field, model: "", cause: `No list of models: ${error.message}`, fix };
}

/**
 * Say why a server lists no models, at the field that this is about, too.
 * @param {ConnectedPage} page @param {string} href
 */
function tellUnlisted(page, href) {
  for (const pane of there(page, href)) pane.fault = page.unlisted.get(href) ?? null;
  page.tell(() => (there(page, href).length && sentenceOf(page.unlisted.get(href))) || "");
}

/** @param {Fault} [fault] */
const sentenceOf = (fault) => fault && `${fault.cause}. ${fault.fix}`;

/** What a server lists, and the address that has it. @typedef {{ ids: string[], base: string }} List */

/** @param {ConnectedPage} page @param {Pane} pane @returns {Promise<List>} */
const listOf = (page, pane) =>
  new Promise((resolve, reject) => {
    /** @type {ChatMessage[]} */
    const messages = [{ role: "user", parts: [{ type: "text", text: "ok" }] }];
    if (!page.runtime.ready) {
      reject(new Unasked("Python was replaced"));
      return;
    }
    page.runtime.run({ ...pane.keyed({ messages }), kind: "models" }, (message) => {
      if (message.kind === "listed") resolve(message);
      else if (message.kind === "refused") reject(new Unlisted(message.message, message.field));
      else if (message.kind === "lost") reject(new Unasked(message.message));
    });
  });

/**
 * Let a pane have the address of another one at the same row, and at a server of the reader's own its models:
 * the next of them that no pane there has. Without another, one that was moved to such a server has those of
 * the first pane there.
 * @param {Pane} pane @param {Pane} [other]
 */
export function takeAddress(pane, other = firstAtOwn(pane)) {
  if (!other) return;
  const { places, auth, models } = other;
  const { page, row } = pane;
  Object.assign(pane, { follows: other.follows ?? other, places, auth });
  if (!row.own) return;
  // The same server may speak several APIs; its list is of the one that was asked.
  if (other.row !== row) listModels(page, pane, { quiet: true });
  else pane.models = models;
  if (!pane.models.length) return;
  pane.settings = false; // what its server lists needs nothing filled in
  nameFrom([pane], models);
}

/** @param {Pane} pane */
function firstAtOwn({ id, page, row }) {
  const others = row.own ? page.panes.filter((other) => other.id !== id && other.row.own) : [];
  return others.find((other) => other.row === row) ?? others.find(hasAddress);
}

/**
 * Let a pane that asks a program at its usual address on this machine ask it at one that the reader writes.
 * @param {ConnectedPage} page
 * @param {Pane} pane
 */
export function moveElsewhere(page, pane) {
  const { model, row } = pane;
  const { wire, url } = row.endpoint;
  const own = page.data.rows.find((one) => one.own && one.endpoint.wire === wire);
  if (!own) return;
  pane.choose(own);
  // What another pane at an own server has is of its address.
  const places = { [own.places[0].name]: url };
  Object.assign(pane, { follows: null, places, models: [], model, settings: true });
  page.changed();
  focusField(page, `#panes > :nth-child(${page.panes.indexOf(pane) + 1}) .places input`);
}

/**
 * Give each of these panes that has no model the next of the list that no pane there has.
 * @param {Pane[]} panes @param {Pane["models"]} models
 */
function nameFrom(panes, models) {
  for (const pane of panes) {
    if (pane.model) continue;
    const used = there(pane.page, pane.url?.href).map(({ model }) => model);
    pane.model = (models.find(({ id }) => !used.includes(id)) ?? models[0])?.id ?? "";
  }
}

/** The panes at an address of the reader's own. @param {ConnectedPage} page @param {string} [href] */
const there = (page, href) => page.panes.filter(({ row, url }) => row.own && url?.href === href);

/** @param {ConnectedPage} page @param {Pane} asked @param {List} list */
function offer(page, asked, { ids, base }) {
  const panes = there(page, asked.url?.href);
  const isElsewhere = new URL(base).href !== asked.url?.href;
  const models = ids.map((id) => ({ id, name: id }));
  nameFrom(panes, models);
  for (const pane of panes) {
    pane.fault = null;
    pane.models = models;
    if (isElsewhere) pane.places = { ...pane.places, [pane.row.places[0].name]: base };
  }
  const count = ids.length === 1 ? "one model" : `${ids.length} models`;
  const at = isElsewhere ? ` at ${base}, which is the address now` : "";
  if (page.busy) return; // what the run does is said, and the models stand in their fields
  if (ids.length) page.addNotice(`The server has ${count}${at}.`);
  else
    page.tell(() =>
      panes.some((pane) => page.panes.includes(pane) && !pane.model)
        ? `The server lists no models${at}. Write a model’s id.`
        : "",
    );
}

/** @type {Fault} */
const NAMELESS = {
  ...{ field: "model", model: "" },
  ...{ cause: "No model is chosen", fix: "Choose one, or write its id." },
};

/**
 * Say of panes without a model what keeps each from one, at the field that this is about, and lead to the
 * first of these fields.
 * @param {ConnectedPage} page
 * @param {Pane[]} panes
 */
export function tellNameless(page, panes) {
  const nameless = panes.map((pane) => ({ pane, fault: unlistedAt(pane) ?? NAMELESS }));
  for (const { pane, fault } of nameless) Object.assign(pane, { fault, settings: true });
  page.tell(() => {
    const still = nameless.filter(({ pane }) => page.panes.includes(pane) && !pane.model.trim());
    const faults = [...new Set(still.map(({ fault }) => fault))];
    const told = faults.map((one) => {
      const those = still.filter(({ fault }) => fault === one).map(({ pane }) => pane);
      const text = sentenceOf(one) ?? "";
      return `${cards(page, those)}: ${within(text)}`;
    });
    return told.length ? `Nothing was sent. ${told.join(" ")}` : "";
  });
  const [{ pane, fault }] = nameless;
  // A key is entered once for all panes at its address.
  const place = page.panes.indexOf(fault.field === "key" ? holderOf(pane) : pane) + 1;
  if (page.isWaitedFor) focusField(page, `#panes > :nth-child(${place}) .wanting`);
}

/** Why the server at a pane's address lists no models. @param {Pane} pane */
const unlistedAt = ({ page, url }) => page.unlisted.get(url?.href ?? "");

/**
 * These panes as a reader finds them: by their number where there are others, and their provider.
 * @param {ConnectedPage} page @param {Pane[]} panes
 */
export function cards(page, panes) {
  const numbers = panes.map((pane) => page.panes.indexOf(pane) + 1);
  const rows = [...new Set(panes.map(({ row }) => row.name))].join(", ");
  if (page.panes.length < 2) return rows;
  return `${numbers.length > 1 ? "Models" : "Model"} ${numbers.join(" and ")}, ${rows}`;
}
