// The reader's keys, by the origin each was entered for. In memory; kept for the tab or, encrypted, on the
// device only where the reader says so. Nothing here sends anything.

/** @import { Keep, Key } from "../types/playground.js" */

const TAB = "almanac-keys";
const VAULT = "almanac-vault";
const ROUNDS = 600_000; // PBKDF2-SHA-256, as OWASP advises since 2023

export class Keys {
  /** @type {Map<string, Key>} */
  #keys = new Map();
  /** @type {Keep} */
  #keep = "memory";
  #passphrase = "";

  /** @param {() => void} changed */
  constructor(changed) {
    this.changed = changed;
    try {
      const text = sessionStorage.getItem(TAB);
      if (text) {
        this.#keys = new Map(Object.entries(JSON.parse(text)));
        this.#keep = "tab";
      }
    } catch {
      // Storage is closed to this page: keys stay in memory.
    }
  }

  /** Where keys are kept: memory, tab or device. */
  get keep() {
    return this.#keep;
  }

  get count() {
    return this.#keys.size;
  }

  /** Whether encrypted keys wait on this device for their passphrase. */
  get locked() {
    return this.#keep !== "device" && localStorage.getItem(VAULT) !== null;
  }

  /** @param {string} origin */
  get(origin) {
    return this.#keys.get(origin) ?? null;
  }

  /** @param {string} origin @param {Key} key */
  async set(origin, key) {
    if (key.secret) this.#keys.set(origin, key);
    else this.#keys.delete(origin);
    await this.#save();
  }

  /** @param {Keep} place */
  async keepIn(place, passphrase = "") {
    this.#keep = place;
    this.#passphrase = passphrase;
    await this.#save();
  }

  async #save() {
    const text = JSON.stringify(Object.fromEntries(this.#keys));
    if (this.#keep === "tab") sessionStorage.setItem(TAB, text);
    else sessionStorage.removeItem(TAB);
    if (this.#keep === "device") localStorage.setItem(VAULT, await locked(text, this.#passphrase));
    this.changed();
  }

  /**
   * Open what is kept on this device. Rejects with a message for a wrong passphrase.
   * @param {string} passphrase
   */
  async unlock(passphrase) {
    const vault = localStorage.getItem(VAULT);
    if (vault === null) throw new Error("No keys are kept on this device.");
    const text = await unlocked(vault, passphrase);
    /** @type {Record<string, Key>} */
    const keys = JSON.parse(text);
    for (const [origin, key] of Object.entries(keys)) this.#keys.set(origin, key);
    await this.keepIn("device", passphrase);
  }

  forget() {
    this.#keys.clear();
    this.#keep = "memory";
    this.#passphrase = "";
    sessionStorage.removeItem(TAB);
    localStorage.removeItem(VAULT);
    this.changed();
  }
}

/** @param {string} text */
const bytes = (text) => Uint8Array.from(atob(text), (c) => c.charCodeAt(0));
/** @param {ArrayBuffer | Uint8Array<ArrayBuffer>} buffer */
const base64 = (buffer) => btoa(String.fromCharCode(...new Uint8Array(buffer)));

/** @param {string} passphrase @param {Uint8Array<ArrayBuffer>} salt */
async function derived(passphrase, salt) {
  const material = await crypto.subtle.importKey(
    "raw",
    new TextEncoder().encode(passphrase),
    "PBKDF2",
    false,
    ["deriveKey"],
  );
  return crypto.subtle.deriveKey(
    { name: "PBKDF2", hash: "SHA-256", salt, iterations: ROUNDS },
    material,
    { name: "AES-GCM", length: 256 },
    false,
    ["encrypt", "decrypt"],
  );
}

/** @param {string} text @param {string} passphrase */
async function locked(text, passphrase) {
  const salt = crypto.getRandomValues(new Uint8Array(16));
  const iv = crypto.getRandomValues(new Uint8Array(12));
  const key = await derived(passphrase, salt);
  const data = await crypto.subtle.encrypt({ name: "AES-GCM", iv }, key, new TextEncoder().encode(text));
  return JSON.stringify({ v: 1, rounds: ROUNDS, salt: base64(salt), iv: base64(iv), data: base64(data) });
}

/** @param {string} vault @param {string} passphrase @returns {Promise<string>} */
async function unlocked(vault, passphrase) {
  const { salt, iv, data } = JSON.parse(vault);
  try {
    const key = await derived(passphrase, bytes(salt));
    return new TextDecoder().decode(
      await crypto.subtle.decrypt({ name: "AES-GCM", iv: bytes(iv) }, key, bytes(data)),
    );
  } catch {
    throw new Error("This passphrase does not open the keys kept here. Try again, or forget all keys.");
  }
}
