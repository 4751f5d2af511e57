// A page that asks models at addresses: the rows and their models, the reader's keys, Python in its worker.
//
// It knows no provider, price or schema: those come in playground.json and from Python.

import { pressOnce } from "../asking/pressing.js";
import { undoes } from "../asking/removing.js";
import { Keys } from "../keys/keys.js";
import { LocalModels } from "../keyless/local.js";
import { Pane } from "../pane.js";
import { fetchAhead } from "../python/files.js";
import { reaching } from "../python/hosts.js";
import { Ended, Runtime } from "../python/runtime.js";
import { reason } from "../reason.js";
import { takeAddress } from "./listing.js";
import { Notice } from "./notice.js";

/** @import { CodeJob } from "../../types/evaluate.js" */
/** @import { Boot, BootMessage, Fault, Keep, Model, Options } from "../../types/playground.js" */
/** @import { Removed } from "../asking/removing.js" */
/** @import { PageData, Picture, Row } from "../../types/playground.js" */

/** The wire of a model that runs in the page or the browser: there is one at its address. */
const IN_PAGE = "language-model";

export class ConnectedPage {
  /** What the page holds beside keys, as it tells who would forget it. */
  holds = "";
  /** @type {Pane[]} */
  panes = [];
  /** The model that was removed last, to bring it back. @type {Removed | null} */
  removed = null;
  /** Parameters for all models. @type {Options} */
  options = {};
  /** @type {Picture[]} */
  images = [];
  /** @type {Boot | null} */
  boot = null;
  #notice = new Notice(() => this.changed());
  /** By row, its models. @type {Map<string, Promise<Model[]>>} */
  lists = new Map();
  /** @type {Map<string, Row>} */
  rows = new Map();
  /** Where the reader is about to keep keys. @type {Keep | null} */
  keeping = null;
  /** The parts of the small model's file. @type {LocalModels["weights"]} */
  weights = { parts: [], bytes: 0 };
  /** Addresses of the reader's own that Python may reach. @type {Set<string>} */
  #reached = new Set();
  /** By address, the list of models that its server is asked for. @type {Map<string, Promise<void>>} */
  listings = new Map();
  /** Why the server at an address lists no models. @type {Map<string, Fault>} */
  unlisted = new Map();
  /** Where the focus was when models were about to be asked. @type {Element | null} */
  #askedFrom = null;
  /** Models in the page, for each Python. @type {LocalModels[]} */
  #locals = [];
  /** @type {PageData | null} */
  #data = null;
  /** @type {number | null} */
  #drawing = null;
  #onKey = undoes(this);
  #onStorage = (/** @type {StorageEvent} */ event) => this.follow(event);

  /**
   * `uses` names what of Python's runtime this page uses that not every page does; `most` is how many panes
   * it may have.
   * @param {HTMLElement} root
   * @param {{ uses?: string[], most?: number }} [options]
   */
  constructor(root, { uses = [], most = 6 } = {}) {
    this.root = root;
    pressOnce(root);
    document.addEventListener("keydown", this.#onKey);
    this.most = most;
    /** @param {string | undefined} path */
    const absolute = (path = "") => new URL(path, document.baseURI).href;
    this.assets = absolute(root.dataset.assets);
    this.vendor = `${this.assets}playground/vendor/`;
    this.keys = new Keys(() => this.changed());
    this.python = {
      runtime: absolute(root.dataset.runtime),
      script: `${this.assets}playground/python/worker.mjs`,
      tell: (/** @type {BootMessage} */ message) => this.booting(message),
      uses,
      code: (/** @type {CodeJob} */ job, /** @type {(text: string) => void} */ answer) =>
        this.runCode(job, answer),
    };
    this.frame = absolute("../playground/frame.html");
    this.runtime = this.#python();
  }

  /**
   * A check's code, where the page has checks: `answer` gets the outcome's JSON, once.
   * @param {CodeJob} _job @param {(text: string) => void} answer
   */
  runCode(_job, answer) {
    answer(JSON.stringify({ state: "refused", reason: "this page runs no code of checks" }));
  }

  /** What playground.json says; nothing is drawn before it is there. */
  get data() {
    if (!this.#data) throw new Error("playground.json is not loaded yet");
    return this.#data;
  }

  /** Whether this site is only a part of its origin, as project pages of one owner are. */
  get sharesOrigin() {
    return new URL("../", document.baseURI).pathname !== "/";
  }

  /** The control of this selector, which the page always has. @param {string} selector */
  control(selector) {
    const control = this.root.querySelector(selector);
    if (!(control instanceof HTMLElement)) throw new Error(`the page has no ${selector}`);
    return control;
  }

  /** Python for the panes, with the models that run in the page for it. */
  #python() {
    const local = new LocalModels(this.assets, (message) => this.booting(message));
    this.#locals.push(local);
    const origins = [...this.#reached];
    const runtime = new Runtime({
      ...this.python,
      // The page's own policy names the addresses that its data names.
      host: origins.length ? reaching(this.frame, [...this.data.origins, ...origins]) : undefined,
      local: (message, answer) => {
        local.weights = this.weights;
        local.run(message, answer);
      },
    });
    runtime.onlost = (message) => this.replaced(message);
    return runtime;
  }

  /**
   * Let Python reach the addresses in the panes, each exactly. Where it may not yet, another one that may
   * takes its place: nothing is loaded again, and what runs goes on in the one it began in.
   */
  reach() {
    const known = new Set([...this.data.origins, ...this.#reached, location.origin]);
    const added = this.panes.flatMap(({ origin }) => (origin && !known.has(origin) ? [origin] : []));
    if (!added.length) return;
    this.#reached = new Set([...this.#reached, ...added]);
    const before = this.runtime;
    this.runtime = this.#python();
    before.retire();
  }

  /** Load the rows, then let the page go on with them. */
  async begin() {
    try {
      const response = await fetch(`${this.assets}playground.json`);
      if (!response.ok) throw new Error(`status ${response.status}`);
      this.#data = await response.json();
    } catch (error) {
      this.root.textContent = `This page could not be loaded (${reason(error)}). Load it again.`;
      return;
    }
    const { parts, bytes } = this.data.weights;
    this.weights = { parts: parts.map((part) => new URL(`../../${part}`, this.assets).href), bytes };
    this.rows = new Map(this.data.rows.map((row) => [row.id, row]));
    this.opened();
    this.changed();
    fetchAhead(this.python.runtime, this.python.uses);
    addEventListener("storage", this.#onStorage);
  }

  /** The rows are there. */
  opened() {}

  /** Draw the page as it is now. */
  draw() {}

  /** Python has started. */
  started() {}

  /** Forget what this tab holds beside its keys. */
  forget() {}

  /** @param {StorageEvent} event of another tab */
  follow(event) {
    if (!this.keys.follow(event)) return;
    this.forget();
    this.notice = "All was forgotten in another tab of this site, and here, too.";
    this.changed();
  }

  close() {
    this.endPython();
    document.removeEventListener("keydown", this.#onKey);
    removeEventListener("storage", this.#onStorage);
  }

  /** End every Python; the next run starts one anew. */
  endPython() {
    this.runtime.close();
    for (const local of this.#locals) local.close();
  }

  get notice() {
    return this.#notice.text;
  }

  /** What holds until something else is said. */
  set notice(text) {
    this.#notice.tell(() => text);
  }

  /** Say something for as long as it is so. @param {() => string} said what is so now, empty for nothing */
  tell(said) {
    this.#notice.tell(said);
  }

  /** Say what was just done, for a few seconds. @param {string} text */
  pass(text) {
    this.#notice.pass(text);
  }

  /** Say what happened by itself, beside what was just done. @param {string} text */
  addNotice(text) {
    this.#notice.add(text);
  }

  /** What was just done, while it is said. */
  get passing() {
    return this.#notice.passing;
  }

  /** Whether models are asked. */
  get busy() {
    return false;
  }

  /** Draw soon; many changes make one drawing. */
  changed() {
    if (this.#drawing !== null) return;
    this.#drawing = requestAnimationFrame(() => {
      this.#drawing = null;
      if (!this.#data) return;
      this.draw();
      this.#notice.hold(this.root);
    });
  }

  /** @param {Row} row @returns {Promise<Model[]>} */
  async modelsOf(row) {
    let list = this.lists.get(row.id);
    if (!list) {
      list = fetch(`${this.assets}models/${row.id}.json`).then(
        (response) => (response.ok ? response.json() : []),
        () => /** @type {Model[]} */ ([]),
      );
      this.lists.set(row.id, list);
    }
    return list;
  }

  /** @param {BootMessage | null} message */
  booting(message) {
    if (!message) this.boot = null;
    else if (message.kind === "progress") this.boot = { what: "Loading Python", ...message };
    else if (message.kind === "step") this.boot = { text: message.text };
    this.changed();
  }

  /**
   * Start Python; where another one takes its place meanwhile, that one is waited for.
   * @returns {Promise<void>}
   */
  async start() {
    const { runtime } = this;
    if (!runtime.ready) this.boot ??= { text: "Loading Python" };
    this.changed();
    try {
      await runtime.start();
      this.boot = null;
      this.started();
    } catch (error) {
      if (this.runtime === runtime) {
        this.boot = null;
        if (!(error instanceof Ended)) this.notice = `${reason(error)} Press Run to try again.`;
        throw error;
      }
      await this.start();
    } finally {
      this.changed();
    }
  }

  /**
   * Another Python takes the place of one that fell silent; all that stands in the page stays.
   * @param {string} message
   */
  replaced(message) {
    for (const local of this.#locals) local.close();
    this.notice = message;
    this.start().catch(() => {});
  }

  /**
   * Another model, at this row or else at the address of the last one that has a choice of models.
   * @param {Row} [row]
   */
  add(row) {
    if (this.full) return;
    const last = row ? undefined : this.panes.findLast((pane) => pane.row.endpoint.wire !== IN_PAGE);
    const [start] = this.data.start;
    const usual = this.rows.get(last?.row.id ?? start?.row ?? "") ?? this.data.rows[0];
    const pane = new Pane(this, row ?? usual);
    this.panes = [...this.panes, pane];
    if (last) takeAddress(pane, last);
    if (last) pane.settings = false; // its address and its key are the last one's
    this.changed();
  }

  /** Models are about to be asked. */
  asks() {
    this.#askedFrom = document.activeElement;
  }

  /** Whether the reader fills in no other field by now, so that the focus may go to what is missing. */
  get isWaitedFor() {
    const { activeElement: now } = document;
    return now === this.#askedFrom || !now?.matches("input, textarea, select");
  }

  get full() {
    return this.panes.length >= this.most;
  }

  /** @param {Pane} pane */
  remove(pane) {
    pane.stop();
    pane.release();
    this.panes = this.panes.filter((other) => other !== pane);
    this.changed();
  }
}
