// Answers in the browser's database, where the reader says so: by the hash of what was asked, without any
// key. They are there after a reload, a crash or a closed lid, and what has an answer is not asked again.

import { EVALUATIONS } from "../playground/keys/names.js";
import { reason } from "../playground/reason.js";
import { rest } from "./rest.js";

/** @import { CellResult, KeptEvaluation } from "../types/evaluate.js" */

const FLAG = `${EVALUATIONS}-on`;
const ANSWERS = "answers";
const PAGES = "pages";
const SOON = 500; // milliseconds between writings
const MANY = 50; // answers after which no time is waited for: a hidden tab's timers come late
const BATCH = 500; // answers that are read in one task
const PART = 200; // answers that are stored in one task: each is searched for keys

/** @template Value @param {IDBRequest<Value>} request @returns {Promise<Value>} */
const done = (request) =>
  new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });

export class Store {
  /** Whether answers are stored. */
  on = false;
  /** What keeps answers from being stored; they stay in the page. */
  trouble = "";
  /** Answers that hold a key of the reader's and are therefore not stored. */
  refused = 0;
  /** @type {Promise<IDBDatabase> | null} */
  #open = null;
  /** @type {Map<string, CellResult>} */
  #waiting = new Map();
  /** What is evaluated, until it is stored. @type {KeptEvaluation | null} */
  #page = null;
  /** @type {ReturnType<typeof setTimeout> | null} */
  #timer = null;
  /** The last writing. */
  #written = Promise.resolve();
  #last = 0;

  /**
   * @param {() => (value: unknown) => boolean} finder makes what tells whether a value holds one of the
   *   reader's keys as they are then
   * @param {() => void} changed
   */
  constructor(finder, changed) {
    this.finder = finder;
    this.changed = changed;
    try {
      this.on = localStorage.getItem(FLAG) !== null;
    } catch {
      // Storage is closed to this page.
    }
  }

  /** @returns {Promise<IDBDatabase>} */
  #database() {
    this.#open ??= new Promise((resolve, reject) => {
      const request = indexedDB.open(EVALUATIONS, 1);
      request.onupgradeneeded = () => {
        request.result.createObjectStore(ANSWERS, { keyPath: "hash" });
        request.result.createObjectStore(PAGES);
      };
      request.onsuccess = () => {
        const database = request.result;
        // Another tab forgets all: nothing here may keep it from that.
        database.onversionchange = () => {
          database.close();
          this.#open = null;
          this.on = false;
          this.changed();
        };
        resolve(database);
      };
      request.onerror = () => reject(request.error);
    });
    this.#open.catch(() => (this.#open = null));
    return this.#open;
  }

  /** Store from now on. Gives whether the browser has promised not to remove it by itself. */
  async begin() {
    this.on = true;
    await this.#database();
    localStorage.setItem(FLAG, "yes");
    return (await navigator.storage?.persist?.()) ?? false;
  }

  /** Store no more, and remove what is stored. */
  async end() {
    this.on = false;
    this.trouble = "";
    this.#page = null;
    this.#waiting.clear();
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
    try {
      localStorage.removeItem(FLAG);
    } catch {
      return; // where storage is closed there is nothing
    }
    const open = this.#open;
    this.#open = null;
    (await open?.catch(() => null))?.close();
    await done(indexedDB.deleteDatabase(EVALUATIONS));
  }

  /** Bytes that this site has stored, and may store; null where the browser does not say. */
  async room() {
    const { usage, quota } = (await navigator.storage?.estimate?.()) ?? {};
    return usage === undefined || quota === undefined ? null : { usage, quota };
  }

  /**
   * Whether an answer is stored from the next writing on.
   * @param {CellResult} result @param {(value: unknown) => boolean} holdsKey
   */
  #takes(result, holdsKey) {
    if (!this.on) return false;
    if (holdsKey(result)) {
      this.refused += 1;
      return false;
    }
    this.#waiting.set(result.hash, result);
    return true;
  }

  /** Store all of these. What is not stored afterwards is `trouble`. @param {Iterable<CellResult>} results */
  async putAll(results) {
    let taken = 0;
    let holdsKey = this.finder();
    for (const result of results) {
      this.#takes(result, holdsKey);
      if (++taken % PART) continue;
      await this.flush();
      await rest();
      if (!this.on) return;
      holdsKey = this.finder();
    }
    await this.flush();
  }

  /** Store an answer soon. @param {CellResult} result */
  put(result) {
    if (!this.#takes(result, this.finder())) return;
    const isLong = performance.now() - this.#last >= SOON;
    if (this.#waiting.size >= MANY || isLong) this.flush();
    else this.#timer ??= setTimeout(() => this.flush(), SOON);
  }

  /**
   * Store now what waits; over when that and what was begun before is stored. Never rejects: what goes wrong
   * is `trouble`, and what is not stored waits on.
   */
  flush() {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
    this.#last = performance.now();
    // The browser writes one after the other, so the last one is over when all are.
    if (this.on && !this.trouble && (this.#waiting.size || this.#page)) this.#written = this.#write();
    return this.#written;
  }

  async #write() {
    const batch = this.#waiting;
    const page = this.#page;
    this.#waiting = new Map();
    this.#page = null;
    try {
      const database = await this.#database();
      await new Promise((resolve, reject) => {
        const transaction = database.transaction([ANSWERS, PAGES], "readwrite");
        transaction.oncomplete = resolve;
        transaction.onabort = () => reject(transaction.error ?? new Error("the writing was broken off"));
        for (const result of batch.values()) transaction.objectStore(ANSWERS).put(result);
        if (page) transaction.objectStore(PAGES).put(page, "current");
      });
    } catch (error) {
      for (const [hash, result] of batch) if (!this.#waiting.has(hash)) this.#waiting.set(hash, result);
      this.#page ??= page;
      await this.#failed(error);
    }
  }

  /** Try again what could not be stored. */
  retry() {
    this.trouble = "";
    return this.flush();
  }

  /** @param {unknown} error */
  async #failed(error) {
    const isFull = error instanceof DOMException && error.name === "QuotaExceededError";
    const room = isFull ? await this.room().catch(() => null) : null;
    const used = room ? ` (${megabytes(room.usage)} of ${megabytes(room.quota)} are used)` : "";
    this.trouble = isFull ? `This browser has no room left${used}.` : `Storing failed (${reason(error)}).`;
    this.changed();
  }

  /** How many answers are not stored yet. */
  get waiting() {
    return this.#waiting.size;
  }

  /** Store what is evaluated. @param {KeptEvaluation} page */
  putPage(page) {
    this.#page = page;
    return this.flush();
  }

  /** What was being evaluated. @returns {Promise<KeptEvaluation | undefined>} */
  async page() {
    const database = await this.#database();
    return done(database.transaction(PAGES).objectStore(PAGES).get("current"));
  }

  /** Remove all answers, and store on. */
  async clear() {
    if (!this.on) return;
    this.#waiting.clear();
    const database = await this.#database();
    await done(database.transaction(ANSWERS, "readwrite").objectStore(ANSWERS).clear());
  }

  /** Fill in the answers that are stored and not there yet. @param {Map<string, CellResult>} answers */
  async fill(answers) {
    if (!this.on) return;
    const database = await this.#database();
    /** @type {IDBKeyRange | null} */
    let after = null;
    for (;;) {
      const stored = database.transaction(ANSWERS).objectStore(ANSWERS);
      /** @type {CellResult[]} */
      const batch = await done(stored.getAll(after, BATCH));
      for (const result of batch) {
        const known = answers.get(result.hash);
        if (!known || known.failure) answers.set(result.hash, result);
      }
      if (batch.length < BATCH) return;
      after = IDBKeyRange.lowerBound(batch[batch.length - 1].hash, true);
    }
  }
}

/** @param {number} bytes */
export const megabytes = (bytes) =>
  bytes < 1e9 ? `${(bytes / 1e6).toFixed(1)} MB` : `${(bytes / 1e9).toFixed(1)} GB`;
