// The browser's storage for tests under node: two tabs share one device.

export class Storage {
  /** @type {Map<string, string>} */
  #items = new Map();
  /** @param {string} name */
  getItem(name) {
    return this.#items.get(name) ?? null;
  }
  /** @param {string} name @param {string} value */
  setItem(name, value) {
    this.#items.set(name, String(value));
  }
  /** @param {string} name */
  removeItem(name) {
    this.#items.delete(name);
  }
  clear() {
    this.#items.clear();
  }
}
