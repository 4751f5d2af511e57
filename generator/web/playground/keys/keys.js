// The reader's keys, by the origin each was entered for. In memory; kept for the tab or, encrypted, on the
// device only where the reader says so. Nothing here sends anything, and no key leaves but by `get`.

import { FORGOTTEN } from "./names.js";
import { scanner, shapesIn, textIn } from "./scan.js";
import { DAMAGED, opened, seal, sealedAt, sealer, unsealed } from "./vault.js";

/** @import { Keep, Key } from "../../types/playground.js" */
/** @import { Sealer } from "./vault.js" */

const TAB = "almanac-keys";
const VAULT = "almanac-vault";
const FORGOTTEN_MEANWHILE = "The keys were forgotten meanwhile; nothing was kept.";
const OTHER =
  "Keys are kept on this device already, sealed with another passphrase. " +
  "Unlock them first, or forget all. Nothing was changed.";

/** Whether anything was typed of it. @param {Key} key */
const isEmpty = ({ secret, id, session }) => !secret && !id && !session;

/** What of a key must not get out. @param {Key | null} key */
const secretsOf = (key) => [key?.secret, key?.session].filter((secret) => secret !== undefined);

/** Whether the browser lets this page store anything. */
function storageIsOpen() {
  try {
    return Boolean(sessionStorage && localStorage);
  } catch {
    return false;
  }
}

export class Keys {
  /** @type {Map<string, Key>} */
  #keys = new Map();
  /** The origin of each secret that a request went out with: answers may repeat one that was replaced since.
   * @type {Map<string, string>} */
  #sent = new Map();
  /** The scanner last made, and of which secrets: to make one takes longer than to scan an answer. */
  #made = { of: "", scan: scanner([]) };
  /** @type {Keep} */
  #keep = "memory";
  /** @type {Sealer | null} */
  #sealer = null;
  /** The vault as this tab last sealed or opened it. @type {string | null} */
  #vault = null;
  /** How often all was forgotten: what began to be saved before is not. */
  #era = 0;
  /** Saves one after another, so that the newest is what stays. @type {Promise<unknown>} */
  #saving = Promise.resolve();

  /** @param {() => void} changed */
  constructor(changed) {
    this.changed = changed;
    try {
      const text = sessionStorage.getItem(TAB);
      if (text) {
        this.#keys = new Map(Object.entries(JSON.parse(text)));
        this.#keep = "tab";
        this.#drop(Number(localStorage.getItem(FORGOTTEN) ?? -1));
      }
    } catch {
      // Storage is closed to this page: keys stay in memory.
    }
  }

  /** Where keys are kept: memory, tab or device. */
  get keep() {
    return this.#keep;
  }

  /** The addresses that have a key, in alphabetical order. */
  get origins() {
    return [...this.#keys].flatMap(([origin, key]) => (key.secret ? [origin] : [])).toSorted();
  }

  get count() {
    return this.origins.length;
  }

  /** Whether encrypted keys wait on this device for their passphrase. */
  get locked() {
    try {
      return this.#keep !== "device" && localStorage.getItem(VAULT) !== null;
    } catch {
      return false;
    }
  }

  /** @param {string} origin */
  get(origin) {
    return this.#keys.get(origin) ?? null;
  }

  /** The key that goes out with a request. @param {string} origin */
  send(origin) {
    const key = this.get(origin);
    for (const secret of secretsOf(key)) this.#sent.set(secret, origin);
    return key;
  }

  #scanner() {
    const origins = new Map(this.#sent);
    for (const [origin, key] of this.#keys) for (const secret of secretsOf(key)) origins.set(secret, origin);
    const of = JSON.stringify([...origins]);
    if (of !== this.#made.of)
      this.#made = { of, scan: scanner([...origins].map(([secret, origin]) => ({ secret, origin }))) };
    return this.#made.scan;
  }

  /** What tells of each of many values whether it holds a key that is entered now or was sent before. */
  finder() {
    const scan = this.#scanner();
    return (/** @type {unknown} */ value) => scan(textIn(value)).length > 0;
  }

  /**
   * Why a text, or a value, may not leave this page: whose key it holds, or what in it has a key's shape;
   * empty where nothing does.
   * @param {unknown} value @param {string} [shapes] a regular expression, where shapes count
   */
  found(value, shapes) {
    const text = textIn(value);
    const [origin] = this.#scanner()(text);
    if (origin) return `the key for ${origin}, or a piece of it`;
    const shaped = shapes ? shapesIn(text, shapes) : [];
    return shaped.length ? `what looks like a key (${shaped.join(", ")})` : "";
  }

  /** Forget one key, wherever it is kept. @param {string} origin */
  remove(origin) {
    return this.set(origin, { secret: "" });
  }

  /** @param {string} origin @param {Key} key */
  async set(origin, key) {
    if (isEmpty(key)) this.#keys.delete(origin);
    else this.#keys.set(origin, { ...key, at: Date.now() });
    this.changed();
    await this.#save();
  }

  /**
   * Keep keys there from now on. Gives what has happened; rejects with what has not.
   * @param {Keep} place
   */
  async keepIn(place, passphrase = "") {
    const era = this.#era;
    if (place === "device") {
      const vault = localStorage.getItem(VAULT);
      const isOurs = vault === null || (this.#keep === "device" && vault === this.#vault);
      const inside = isOurs ? null : await unsealed(vault, passphrase).catch(() => null);
      if (!isOurs && !inside) throw new Error(OTHER);
      const sealing = inside?.sealer ?? (await sealer(passphrase));
      if (era !== this.#era || localStorage.getItem(VAULT) !== vault) throw new Error(FORGOTTEN_MEANWHILE);
      if (inside) this.#merge(inside.text);
      this.#sealer = sealing;
      this.#vault = vault;
    }
    const wasOpen = this.#keep === "device";
    this.#keep = place;
    if (place !== "device") {
      this.#sealer = null;
      // One that another tab has sealed since has keys in it that are not open here.
      if (wasOpen && localStorage.getItem(VAULT) === this.#vault) localStorage.removeItem(VAULT);
      this.#vault = null;
    }
    await this.#save();
    if (era !== this.#era) throw new Error(FORGOTTEN_MEANWHILE);
    if (this.#keep === "device") return "Keys are kept on this device, encrypted.";
    const now = place === "tab" ? "Keys are kept until this tab is closed." : "Keys stay in memory only.";
    if (this.locked) return `${now} The sealed keys on this device stay: unlock them, or forget all.`;
    return wasOpen ? `${now} The sealed copy on this device is removed.` : now;
  }

  #save() {
    const era = this.#era;
    const saved = this.#saving.then(() => this.#write(era));
    this.#saving = saved.catch(() => {});
    return saved;
  }

  /** @param {number} era */
  async #write(era) {
    if (era !== this.#era) return;
    if (this.#keep === "memory" && !storageIsOpen()) return;
    if (this.#keep === "tab") sessionStorage.setItem(TAB, this.#text());
    else if (sessionStorage.getItem(TAB) !== null) sessionStorage.removeItem(TAB);
    if (this.#keep === "device" && this.#sealer) await this.#seal(era, this.#sealer);
    this.changed();
  }

  /** @param {number} era @param {Sealer} by */
  async #seal(era, by) {
    const forgotten = localStorage.getItem(FORGOTTEN);
    const there = localStorage.getItem(VAULT);
    if (there !== this.#vault) await this.#takeIn(there, by, era);
    const sealed = await seal(this.#text(), by);
    // Forgotten meanwhile, here or in another tab: then nothing is written.
    if (era !== this.#era || localStorage.getItem(FORGOTTEN) !== forgotten || this.#sealer !== by) return;
    localStorage.setItem(VAULT, sealed);
    this.#vault = sealed;
  }

  /**
   * What another tab has done with the vault: its newer keys are taken in, and what it has removed or sealed
   * with another passphrase is not written over.
   * @param {string | null} vault @param {Sealer} by @param {number} era
   */
  async #takeIn(vault, by, era) {
    const text = vault === null ? null : await opened(vault, by).catch(() => null);
    if (era !== this.#era) return;
    if (text !== null) {
      this.#merge(text);
      return;
    }
    this.#close();
    throw new Error(
      vault === null
        ? "Another tab has removed the keys on this device; this page’s stay in memory."
        : "Another tab has sealed the keys on this device anew; this page’s stay in memory. Unlock them.",
    );
  }

  #text() {
    return JSON.stringify(Object.fromEntries(this.#keys));
  }

  /**
   * Take in keys, but in place of a newer one. Gives the origins whose newer key stays.
   * @param {string} text
   */
  #merge(text) {
    /** @type {Record<string, Key>} */
    const keys = JSON.parse(text);
    /** @type {string[]} */
    const newer = [];
    for (const [origin, key] of Object.entries(keys)) {
      const mine = this.#keys.get(origin);
      if (!mine || (mine.at ?? 0) <= (key.at ?? 0)) this.#keys.set(origin, key);
      else if (mine.secret !== key.secret) newer.push(origin);
    }
    return newer;
  }

  /**
   * Open what is kept on this device. Gives what has happened; rejects with a message for a wrong passphrase.
   * @param {string} passphrase
   */
  async unlock(passphrase) {
    const era = this.#era;
    const vault = localStorage.getItem(VAULT);
    if (vault === null) throw new Error("No keys are kept on this device.");
    const inside = await unsealed(vault, passphrase);
    if (!inside)
      throw new Error("This passphrase does not open the keys kept here. Try again, or forget all.");
    if (era !== this.#era || localStorage.getItem(VAULT) !== vault) throw new Error(FORGOTTEN_MEANWHILE);
    /** @type {string[]} */
    let newer;
    try {
      newer = this.#merge(inside.text);
    } catch (error) {
      throw new Error(DAMAGED, { cause: error });
    }
    this.#keep = "device";
    this.#sealer = inside.sealer;
    this.#vault = vault;
    await this.#save();
    const stays = newer.length ? ` The newer key entered for ${newer.join(", ")} stays.` : "";
    return `The kept keys are open.${stays}`;
  }

  /** Forget every key, here and in the site's other tabs. */
  forget() {
    this.#era += 1;
    this.#keys.clear();
    this.#sent.clear();
    this.#made = { of: "", scan: scanner([]) };
    this.#close();
    try {
      sessionStorage.removeItem(TAB);
      localStorage.removeItem(VAULT);
      localStorage.setItem(FORGOTTEN, String(Date.now()));
    } catch {
      // Storage that is closed to this page holds nothing of it.
    }
    this.changed();
  }

  /**
   * What another tab has stored: whether all was forgotten there, which then it is here.
   * @param {StorageEvent} event
   */
  follow({ key, newValue }) {
    if (key === VAULT && newValue === null && this.#keep === "device") this.#close();
    if (key !== FORGOTTEN || newValue === null) return false;
    this.#drop(Number(newValue));
    this.changed();
    return true;
  }

  /** Forget what was entered until then. @param {number} time milliseconds since 1970 */
  #drop(time) {
    this.#era += 1;
    for (const [origin, key] of this.#keys) if ((key.at ?? 0) <= time) this.#keys.delete(origin);
    if (this.#keep === "tab") sessionStorage.setItem(TAB, this.#text());
    else this.#close();
    const vault = localStorage.getItem(VAULT);
    if (vault !== null && sealedAt(vault) <= time) localStorage.removeItem(VAULT);
  }

  /** Nothing is sealed any more from here. */
  #close() {
    this.#keep = "memory";
    this.#sealer = null;
    this.#vault = null;
  }
}
