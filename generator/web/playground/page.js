// The playground's page: its state, which views/ draws, and the actions that all the others need (actions/).
//
// It knows no provider, price or schema: those come in playground.json and from Python.

import { follow, load } from "./actions/history.js";
import { fillFromLink } from "./actions/link.js";
import { stopAll } from "./actions/runs.js";
import { Cell } from "./cell.js";
import { forgetHere } from "./keys/forget.js";
import { Keys } from "./keys/keys.js";
import { LocalModels } from "./local.js";
import { Pane } from "./pane.js";
import { reaching } from "./python/hosts.js";
import { Runtime } from "./python/runtime.js";
import { reason } from "./reason.js";
import { draw } from "./views/page.js";

/** @import { Tools } from "../types/libraries.js" */
/** @import { Boot, BootMessage, Keep, Model, Options, PageData } from "../types/playground.js" */
/** @import { OldRecord, Picture, Row, RunRecord, Sheet, Standings } from "../types/playground.js" */
/** @import { Run } from "./actions/record.js" */
/** @import { Turn } from "./turn.js" */

const MOST = 6;

export class PlaygroundPage {
  /** @type {Pane[]} */
  panes = [];
  prompt = "";
  system = "";
  /** @type {Picture[]} */
  images = [];
  /** @type {Options} */
  options = {};
  /** @type {Record<string, string>} */
  variables = {};
  /** @type {Boot | null} */
  boot = null;
  notice = "";
  /** @type {Sheet | null} */
  sheet = null;
  /** @type {{ panes: [Pane, Pane], parts: HTMLElement[] } | null} */
  diff = null;
  /** What a link says was asked after its prompt, to go on with. @type {string[]} */
  then = [];
  /** What was asked since the page was opened, the newest run last. @type {Run[]} */
  runs = [];
  /** Of which turns, and how their figures compare. @type {(Standings & { turns: Turn[] }) | null} */
  standings = null;
  /** By row, its models. @type {Map<string, Promise<Model[]>>} */
  lists = new Map();
  /** @type {Map<string, Row>} */
  rows = new Map();
  /** @type {Tools | null} */
  tools = null;
  /** Where the reader is about to keep keys. @type {Keep | null} */
  keeping = null;
  /** Turns to draw at the next frame. @type {Set<Turn>} */
  streaming = new Set();
  /** Runs that wait for Python; Stop takes them away. @type {Set<symbol>} */
  waiting = new Set();
  /** @type {ReturnType<typeof setTimeout> | null} */
  timer = null;
  /** The parts of the small model's file. @type {LocalModels["weights"]} */
  weights = { parts: [], bytes: 0 };
  /** Addresses of the reader's own that Python may reach. @type {Set<string>} */
  #reached = new Set();
  /** Models in the page, for each Python. @type {LocalModels[]} */
  #locals = [];
  /** @type {PageData | null} */
  #data = null;
  /** @type {number | null} */
  #drawing = null;
  /** @type {(() => void) | null} */
  #onHash = null;
  #onStorage = (/** @type {StorageEvent} */ event) => {
    follow(this, event);
    if (!this.keys.follow(event)) return;
    forgetHere(this);
    this.notice = "All was forgotten in another tab of this site, and here, too.";
    this.changed();
  };

  /** @param {HTMLElement} root */
  constructor(root) {
    this.root = root;
    /** @param {string | undefined} path */
    const absolute = (path = "") => new URL(path, document.baseURI).href;
    this.assets = absolute(root.dataset.assets);
    this.vendor = `${this.assets}vendor/`;
    /** @type {(RunRecord | OldRecord)[]} */
    this.history = [];
    this.keepsHistory = false;
    load(this);
    this.keys = new Keys(() => this.changed());
    this.python = {
      runtime: absolute(root.dataset.runtime),
      script: new URL("python/worker.mjs", import.meta.url).href,
      tell: (/** @type {BootMessage} */ message) => this.booting(message),
    };
    this.frame = absolute("frame.html");
    this.cell = new Cell(this);
    this.runtime = this.#python();
    this.begin();
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

  async begin() {
    try {
      const response = await fetch(`${this.assets}playground.json`);
      if (!response.ok) throw new Error(`status ${response.status}`);
      this.#data = await response.json();
    } catch (error) {
      this.root.textContent = `The playground could not be loaded (${reason(error)}). Load the page again.`;
      return;
    }
    const { parts, bytes } = this.data.weights;
    this.weights = { parts: parts.map((part) => new URL(`../../${part}`, this.assets).href), bytes };
    this.rows = new Map(this.data.rows.map((row) => [row.id, row]));
    this.notice ||= cachedNotice();
    fillFromLink(this);
    if (!this.panes.length) for (const id of this.data.start) this.add(this.rows.get(id));
    this.changed();
    this.#onHash = () => fillFromLink(this) && this.changed();
    addEventListener("hashchange", this.#onHash);
    addEventListener("storage", this.#onStorage);
  }

  close() {
    stopAll(this);
    this.endPython();
    if (this.#onHash) removeEventListener("hashchange", this.#onHash);
    removeEventListener("storage", this.#onStorage);
  }

  /** End every Python; the next run starts one anew. */
  endPython() {
    this.runtime.close();
    for (const local of this.#locals) local.close();
    this.cell.stop();
    this.cell.close();
  }

  /** Draw soon; many changes make one drawing. */
  changed() {
    if (this.#drawing !== null) return;
    this.#drawing = requestAnimationFrame(() => {
      this.#drawing = null;
      if (this.#data) draw(this);
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

  async start() {
    if (!this.runtime.ready) this.boot ??= { text: "Loading Python" };
    this.changed();
    try {
      await this.runtime.start();
      this.boot = null;
      keepOffline();
    } catch (error) {
      this.boot = null;
      this.notice = `${reason(error)} Press Run to try again.`;
      throw error;
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

  /** @param {Row} [row] */
  add(row = this.data.rows[0]) {
    if (this.panes.length < MOST) this.panes.push(new Pane(this, row));
    this.changed();
  }

  /**
   * A pane for the model in the page, in place of those that still want a key.
   * @param {Row} row
   */
  async addKeyless(row) {
    this.panes = this.panes.filter((pane) => !pane.unready || pane.turns.length);
    const [model] = await this.modelsOf(row);
    this.panes.push(new Pane(this, row, model.id));
    this.notice = `${row.name} is ready to run. ${row.access}`;
    this.control("#prompt").focus();
    this.changed();
  }

  /** Whether there is something to stop. */
  get busy() {
    return this.waiting.size > 0 || this.panes.some((pane) => pane.running);
  }

  get full() {
    return this.panes.length >= MOST;
  }

  /** @param {Pane} pane */
  remove(pane) {
    pane.stop();
    this.panes = this.panes.filter((other) => other !== pane);
    this.changed();
  }
}

/** Whether this page is one that was cached earlier, and why it is shown; offline.js marks it. */
function cachedNotice() {
  const { cached, cachedAt = "" } = document.documentElement.dataset;
  if (!cached) return "";
  const why = cached === "slow" ? "The site did not answer in time" : "The site can’t be reached";
  const of = cachedAt ? ` on ${new Date(cachedAt).toLocaleString()}` : "";
  return `${why}: this is the page as it was saved${of}. It may be out of date.`;
}

/** Keep the page and its Python for offline use, once they are in use; without it all works but offline. */
function keepOffline() {
  navigator.serviceWorker?.register("offline.js").catch(() => {});
}
