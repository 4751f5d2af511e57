// One pane: a model at an address, its own parameters, and a conversation with it.

import { readAddress } from "./connected/address.js";
import { takenBy, withFamily } from "./connected/family.js";
import { listModels, takeAddress } from "./connected/listing.js";
import { SMALL } from "./keyless/local.js";
import { visible } from "./visible.js";

/** @import { Chat, Efforts, Fault, Model, ModelRequest, Options } from "../types/playground.js" */
/** @import { Refusals, Row, Step, View } from "../types/playground.js" */
/** @import { ConnectedPage } from "./connected/page.js" */
/** @import { Turn } from "./turn.js" */

let count = 0;

/** What a link means and its row does not know, as it is told. @param {Pane} pane @param {string} choice */
export const notKnown = ({ row }, choice) =>
  ` This site knows no “${visible(choice).slice(0, 60)}” of ${row.name}: see what stands in its address.`;

export class Pane {
  /** @param {ConnectedPage} page @param {Row} row */
  constructor(page, row, model = "") {
    this.page = page;
    this.id = ++count;
    this.row = row;
    this.model = model;
    /** @type {Record<string, string>} */
    this.places = {};
    /** Whose address this one has too, until it gets another. @type {Pane | null} */
    this.follows = null;
    /** @type {Options} */
    this.options = {};
    this.auth = row.auth[0];
    /** @type {Model[]} */
    this.models = [];
    /**
     * The open list of models: whether something was typed since, and the row that the keyboard is at, -1 for
     * none, null for the chosen one.
     * @type {{ typed: boolean, at: number | null } | null}
     */
    this.picking = null;
    /** @type {Model[]} those that what was typed as the model may mean */
    this.likely = [];
    /** @type {Turn[]} */
    this.turns = [];
    /** @type {View} */
    this.view = "markdown";
    /** Stops the run, while there is one. @type {(() => void) | null} */
    this.run = null;
    /** Whether the run is being stopped: its connection closes, and what has come stays. */
    this.isStopping = false;
    /** @type {Step[] | null} */
    this.steps = null;
    /** Stops the test of the connection, while there is one. @type {(() => void) | null} */
    this.test = null;
    this.settings = this.unready;
    /** Whether what is missing is shown: a run or a link has asked for it. */
    this.isAsked = false;
    /** What it came in, where that carries no address: "A link". */
    this.shared = "";
    /** Whether whoever made the link had a key for it. */
    this.hadKey = false;
    /**
     * Whether its address came in a file and nobody has changed it or asked there since; `asked` once the
     * reader was asked to look at it.
     * @type {"" | "file" | "asked"}
     */
    this.brought = "";
    /** What a run found wrong at a field, until that is changed. @type {Fault | null} */
    this.fault = null;
    this.load();
  }

  /** Whether the reader has something to fill in before a run. */
  get unready() {
    const { row, origin } = this;
    return row.own || (row.keyed && !(origin && this.page.keys.get(origin)?.secret));
  }

  get running() {
    return this.run !== null;
  }

  get last() {
    return this.turns.at(-1);
  }

  /** The chosen model as the catalog has it, else what its family takes. @returns {Partial<Model>} */
  get known() {
    const model = this.models.find(({ id }) => id === this.model);
    return model ? withFamily(this.row, model) : this.familyOf(this.model);
  }

  /** What the models take that are called like this one. @param {string} id @returns {Partial<Model>} */
  familyOf(id) {
    return takenBy(this.row.families[this.#placeOfFamily(id)]);
  }

  /** @param {string} id */
  #placeOfFamily(id) {
    return this.row.families.findIndex(({ pattern }) => new RegExp(pattern).test(id.toLowerCase()));
  }

  /** The address with the one family that the model is of: each of the others takes Python time to read. */
  get #endpoint() {
    const { endpoint } = this.row;
    const place = this.#placeOfFamily(this.model);
    return { ...endpoint, families: place < 0 ? [] : endpoint.families?.slice(place, place + 1) };
  }

  /** Effort → what is to be known of it. @returns {Efforts} */
  get efforts() {
    return this.known.efforts ?? this.page.data.efforts;
  }

  /** Where it is written what the model takes. */
  get family() {
    return this.row.families[this.known.family ?? -1];
  }

  get name() {
    return visible(`${this.row.name}${this.model ? `, ${this.model}` : ""}`);
  }

  async load() {
    const { row } = this;
    if (row.own) return; // its server lists them
    this.models = await this.page.modelsOf(row);
    if (this.row === row && !this.model && this.models.length === 1) this.model = this.models[0].id;
    if (this.row === row) this.page.changed();
  }

  /** @param {Row} row */
  choose(row) {
    this.page.removed = null;
    this.stop();
    this.release();
    // Another API of the same server: its address is read for that.
    const isSame = Boolean(row.own && this.row.own && Object.keys(this.places).length);
    this.row = row;
    this.model = "";
    this.likely = [];
    if (!isSame) this.places = {};
    this.follows = null;
    this.auth = row.auth[0];
    this.steps = null;
    this.settings = this.unready;
    this.isAsked = false;
    this.shared = "";
    this.hadKey = false;
    this.brought = "";
    this.fault = null;
    this.models = [];
    if (isSame) listModels(this.page, this, { quiet: true });
    else takeAddress(this);
    this.page.changed(); // the address and key of the row at once, however long the list of its models takes
    this.load();
  }

  /** Let those that have its address have it on from the first of them, as this one goes elsewhere. */
  release() {
    const [first, ...others] = this.page.panes.filter(({ follows }) => follows === this);
    if (first) first.follows = null;
    for (const pane of others) pane.follows = first;
  }

  /** The address as filled in so far; null where a part is missing or it is none. */
  get url() {
    if (this.row.own) {
      const { base } = readAddress(this.written, this.row.endpoint.wire);
      return base === null ? null : new URL(base);
    }
    /** @type {Record<string, string>} */
    const parts = Object.fromEntries(this.row.places.map((p) => [p.name, p.default ?? ""]));
    Object.assign(parts, this.places);
    if (Object.values(parts).some((value) => !value.trim())) return null;
    try {
      return new URL(this.row.endpoint.url.replace(/\{(\w+)\}/g, (_, name) => parts[name].trim()));
    } catch {
      return null;
    }
  }

  /** What is chosen in the address among the hosts or regions that its row knows; empty where nothing is. */
  get choice() {
    const place = this.row.places.find(({ choices }) => choices);
    return place ? (this.places[place.name] ?? place.default ?? "") : "";
  }

  /**
   * Take one of the hosts or regions that the row knows; false where it knows no such one. A link may name
   * it, and a key goes there: so nothing else is taken.
   * @param {string} choice
   */
  take(choice) {
    const place = this.row.places.find(({ choices }) => choices?.includes(choice));
    if (place) this.places = { ...this.places, [place.name]: choice };
    return Boolean(place);
  }

  /** What is chosen as a link names it: a provider's usual host goes without saying. */
  get linked() {
    const { choice } = this;
    const isUsual = this.row.places.some((place) => place.name === "host" && place.default === choice);
    return choice && !isUsual ? { choice } : {};
  }

  /** The address of the reader's own, as it was written. */
  get written() {
    const [place] = this.row.places;
    return this.places[place.name] ?? place.default ?? "";
  }

  /** How to let this page in, as known of the provider, or of the program that usually has this port. */
  get #fix() {
    const { row, url } = this;
    if (row.fix || !row.own || !url) return row.fix;
    /** @param {string} [known] */
    const isThere = (known) => known && new URL(known).port === url.port;
    const usual = this.page.data.rows.find((one) => isThere(one.models_url));
    return usual?.fix ? `If it is ${usual.name}, which often has this port: ${usual.fix}` : "";
  }

  get origin() {
    const { url } = this;
    return url && url.protocol.startsWith("http") ? url.origin : null;
  }

  /** Part of a chat → why this model does not take it. @returns {Refusals} */
  get refused() {
    return { ...this.row.refused, ...this.known.refused };
  }

  /**
   * Of parts of a chat that are set, those that this model does not take, with the reason.
   * @param {string[]} names
   * @param {string} effort the one that is asked for, or none
   * @returns {Refusals}
   */
  notTaken(names, effort) {
    const refused = { ...this.refused };
    if (effort && !(effort in this.efforts)) {
      refused.effort ??= `this model takes ${Object.keys(this.efforts).join(", ")}`;
    }
    const asked = refused.effort ? "" : effort;
    for (const [name, { efforts, why }] of Object.entries(this.known.refused_with ?? {})) {
      if (efforts.includes(asked)) refused[name] ??= why;
    }
    return Object.fromEntries(names.flatMap((name) => (refused[name] ? [[name, refused[name]]] : [])));
  }

  /**
   * The parameters to send, and those that are set but not taken, with the reason.
   * @param {Options} common
   */
  parameters(common) {
    /** @param {Options} options */
    const set = (options) =>
      Object.entries(options).filter(([, value]) => value !== "" && value !== null && value !== undefined);
    // A field of its own that was emptied again has no value of its own.
    const wanted = Object.entries(Object.fromEntries([...set(common), ...set(this.options)]));
    const { effort = "" } = Object.fromEntries(wanted);
    const left = this.notTaken(
      wanted.map(([name]) => name),
      String(effort),
    );
    /** @type {Options} */
    const sent = Object.fromEntries(wanted.filter(([name]) => !(name in left)));
    return { sent, left };
  }

  /**
   * The request as the worker reads it, without the key.
   * @param {Chat} chat
   */
  request(chat) {
    const { row, model, places } = this;
    const fix = this.#fix;
    /** @type {ModelRequest} */
    const request = {
      endpoint: this.#endpoint,
      model,
      chat,
      prices: this.known.prices ?? {},
      browser: row.browser,
      fix,
      page: location.origin,
      online: navigator.onLine,
    };
    // An address of the reader's own is the whole of it, not a part.
    if (row.own) request.base_url = this.url?.href ?? this.written;
    else request.places = places;
    return request;
  }

  /**
   * The request as it is sent, with its key.
   * @param {Chat} chat
   */
  keyed(chat) {
    const { origin } = this;
    const key = origin ? this.page.keys.send(origin) : null;
    const request = this.request(chat);
    if (!origin || !key?.secret) return request;
    const { secret, id, session } = key;
    return { ...request, key: { origin, auth: this.auth, secret, id, session } };
  }

  /** Whether its model, which runs in the page, is still being downloaded for it. */
  get isDownloading() {
    const { boot } = this.page;
    return this.running && this.row.endpoint.url === SMALL && boot !== null && "what" in boot;
  }

  stop() {
    if (this.last && this.isDownloading) this.last.isCancelled = true;
    this.isStopping = this.running;
    this.run?.();
    this.test?.();
  }

  /** Another address or key: what a test or a run saw of the one before says nothing of it. */
  untest() {
    this.test?.();
    this.test = null;
    this.steps = null;
    this.fault = null;
  }

  /** Another address of the reader's own: what the server before has listed is not there. */
  unlist() {
    if (!this.row.own) return;
    if (this.models.some(({ id }) => id === this.model)) this.model = "";
    this.models = [];
  }

  /** @param {View} view */
  setView(view) {
    this.view = view;
    for (const turn of this.turns) turn.redraw(view);
  }
}
