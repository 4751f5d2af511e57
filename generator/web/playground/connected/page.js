// A page that asks models at addresses: the rows and their models, the reader's keys, Python in its worker.
//
// It knows no provider, price or schema: those come in playground.json and from Python.

import { Keys } from "../keys.js";
import { LocalModels } from "../local.js";
import { Pane } from "../pane.js";
import { Runtime } from "../runtime.js";
import { reason } from "../reason.js";

/** @import { Boot, BootMessage, Keep, Model, Options } from "../../types/playground.js" */
/** @import { PageData, Picture, Row } from "../../types/playground.js" */

export class ConnectedPage {
  /** At most so many panes. */
  most = 6;
  /** @type {Pane[]} */
  panes = [];
  /** Parameters for all models. @type {Options} */
  options = {};
  /** @type {Picture[]} */
  images = [];
  /** @type {Boot | null} */
  boot = null;
  notice = "";
  /** By row, its models. @type {Map<string, Promise<Model[]>>} */
  lists = new Map();
  /** @type {Map<string, Row>} */
  rows = new Map();
  /** Where the reader is about to keep keys. @type {Keep | null} */
  keeping = null;
  /** @type {PageData | null} */
  #data = null;
  /** @type {number | null} */
  #drawing = null;

  /** @param {HTMLElement} root */
  constructor(root) {
    this.root = root;
    /** @param {string | undefined} path */
    const absolute = (path = "") => new URL(path, document.baseURI).href;
    this.assets = absolute(root.dataset.assets);
    this.vendor = `${this.assets}playground/vendor/`;
    this.keys = new Keys(() => this.changed());
    this.local = new LocalModels(this.assets, (message) => this.booting(message));
    this.runtime = new Runtime(
      absolute(root.dataset.runtime),
      new URL("../worker.mjs", import.meta.url).href,
      (message) => this.booting(message),
      (message, answer) => this.local.run(message, answer),
    );
    this.runtime.onlost = (message) => this.replaced(message);
  }

  /** What playground.json says; nothing is drawn before it is there. */
  get data() {
    if (!this.#data) throw new Error("playground.json is not loaded yet");
    return this.#data;
  }

  /** The control of this selector, which the page always has. @param {string} selector */
  control(selector) {
    const control = this.root.querySelector(selector);
    if (!(control instanceof HTMLElement)) throw new Error(`the page has no ${selector}`);
    return control;
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
    this.local.weights = {
      parts: parts.map((part) => new URL(`../../${part}`, this.assets).href),
      bytes,
    };
    this.rows = new Map(this.data.rows.map((row) => [row.id, row]));
    this.opened();
    this.changed();
  }

  /** The rows are there. */
  opened() {}

  /** Draw the page as it is now. */
  draw() {}

  /** Python has started. */
  started() {}

  /** Before the page is loaded again with one more address that it may talk to: put by what is in it. */
  putBy() {}

  close() {
    this.runtime.close();
    this.local.close();
  }

  /** Draw soon; many changes make one drawing. */
  changed() {
    if (this.#drawing !== null) return;
    this.#drawing = requestAnimationFrame(() => {
      this.#drawing = null;
      if (this.#data) this.draw();
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
      this.started();
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
    this.local.close();
    this.notice = message;
    this.start().catch(() => {});
  }

  /** @param {Row} [row] */
  add(row = this.data.rows[0]) {
    if (!this.full) this.panes.push(new Pane(this, row));
    this.changed();
  }

  get full() {
    return this.panes.length >= this.most;
  }

  /** @param {Pane} pane */
  remove(pane) {
    pane.stop();
    this.panes = this.panes.filter((other) => other !== pane);
    this.changed();
  }
}
