// The models of a server of the reader's own, which it lists itself.

import { focusField } from "./lacking.js";

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
  if (!pane.row.own || !pane.origin) return;
  const href = pane.url?.href ?? "";
  page.reach();
  /** A key that was entered since asks anew: what came before it counts no more. */
  const isLatest = () => page.listings.get(href) === listing;
  /** @type {Promise<void>} */
  const listing = page
    .start()
    .then(() => listOf(page, pane))
    .catch((error) => {
      if (!(error instanceof Unasked)) throw error;
      return page.start().then(() => listOf(page, pane));
    })
    .then((list) => {
      page.unlisted.delete(href);
      if (isLatest() && pane.url?.href === href) offer(page, pane, list);
    })
    .catch((error) => {
      // Where each model is named already, none was waited for.
      const isWanted = there(page, href).some(({ model }) => !model);
      if (!isLatest()) return;
      page.unlisted.set(href, unlisted(error));
      if (isWanted && !quiet) tellUnlisted(page, href);
    })
    .finally(() => {
      if (isLatest()) page.listings.delete(href);
      page.changed();
    });
  page.listings.set(href, listing);
}

/** An address that names no version of an API may lack just that, which its list of models tells. */
const isWhole = (/** @type {Pane} */ { url }) => /\/v\d/.test(url?.pathname ?? "");

/**
 * Wait for the lists that tell a pane its model, or its address. Each comes or fails within its own time.
 * @param {ConnectedPage} page
 */
export async function listed(page) {
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
  /** @param {string} message @param {Field | ""} [field] */
  constructor(message, field = "") {
    super(message);
    this.field = field;
  }
}

const MORE = "Test connection says more.";

/**
 * Why there is no list, as it is told at its field and above the models.
 * @param {Error} error @returns {Fault & { told: string }}
 */
const unlisted = (error) => ({
  field: error instanceof Unlisted && error.field ? error.field : "model",
  model: "",
  // An address begins as it is.
  cause: error.message.replace(/^[a-z](?=[a-z]* )/, (first) => first.toUpperCase()),
  fix: MORE,
  told: `No list of models: ${error.message}. ${MORE}`,
});

/**
 * Say why a server lists no models, at the field that this is about, too.
 * @param {ConnectedPage} page @param {string} href
 */
function tellUnlisted(page, href) {
  for (const pane of there(page, href)) pane.fault = page.unlisted.get(href) ?? null;
  page.tell(() => (there(page, href).length && page.unlisted.get(href)?.told) || "");
}

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

/** The panes at an address of the reader's own. @param {ConnectedPage} page @param {string} [href] */
const there = (page, href) => page.panes.filter(({ row, url }) => row.own && url?.href === href);

/** @param {ConnectedPage} page @param {Pane} asked @param {List} list */
function offer(page, asked, { ids, base }) {
  const panes = there(page, asked.url?.href);
  const isElsewhere = new URL(base).href !== asked.url?.href;
  const unused = ids.filter((id) => !panes.some(({ model }) => model === id));
  for (const pane of panes) {
    pane.fault = null;
    pane.models = ids.map((id) => ({ id, name: id }));
    if (!pane.model) pane.model = unused.shift() ?? ids[0] ?? "";
    if (isElsewhere) pane.places = { ...pane.places, [pane.row.places[0].name]: base };
  }
  const count = ids.length === 1 ? "one model" : `${ids.length} models`;
  const at = isElsewhere ? ` at ${base}, which is the address now` : "";
  if (page.busy) return; // what the run does is said, and the models stand in their fields
  if (ids.length) page.pass(`The server has ${count}${at}.`);
  else
    page.tell(() =>
      panes.some((pane) => page.panes.includes(pane) && !pane.model)
        ? `The server lists no models${at}. Write a model’s id.`
        : "",
    );
}

/** @type {Fault & { told: string }} */
const NAMELESS = {
  ...{ field: "model", model: "", cause: "No model is chosen", fix: "Choose one, or write its id." },
  told: "No model is chosen: choose one, or write its id.",
};

/**
 * Say of panes without a model what keeps them from one, at the field that this is about.
 * @param {ConnectedPage} page
 * @param {Pane[]} panes
 */
export function tellNameless(page, panes) {
  const faults = panes.map(({ url }) => page.unlisted.get(url?.href ?? "") ?? NAMELESS);
  for (const [n, pane] of panes.entries()) Object.assign(pane, { settings: true, fault: faults[n] });
  const text = `Nothing was sent. ${faults[0].told}`;
  page.tell(() => (panes.some((pane) => page.panes.includes(pane) && !pane.model.trim()) ? text : ""));
  focusField(page, "#panes .wanting");
}
