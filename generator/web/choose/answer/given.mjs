// The results of the reader's own cases that this tab was given by Evaluate, and whether they count here.

import { carried, carry, dropCarried } from "../../playground/connected/observed.js";
import { FORGOTTEN } from "../../playground/keys/names.js";

/** @import { Carried } from "../../types/evaluate.js" */

export class Given {
  /** @type {Carried | null} */
  #carried = carried();

  /** @param {() => void} gone hears that all was forgotten in another tab of this site, and here, too */
  constructor(gone) {
    addEventListener("storage", ({ key, newValue }) => {
      if (key !== FORGOTTEN || newValue === null || !this.any) return;
      this.forget();
      gone();
    });
  }

  get any() {
    return this.#carried !== null;
  }

  get used() {
    return this.#carried?.used ?? false;
  }

  /** The least pass rate in per cent, as it is typed. */
  get floor() {
    return this.#carried?.floor ?? "";
  }

  /** What a question about the need brings with it. */
  get asked() {
    const given = this.#carried;
    return given?.used ? { observed: given.observed, floor: given.floor } : {};
  }

  /** @param {Partial<Carried>} change */
  change(change) {
    if (!this.#carried) return;
    this.#carried = { ...this.#carried, ...change };
    try {
      carry(this.#carried);
    } catch {
      // It holds in this page all the same, until it is left.
    }
  }

  forget() {
    this.#carried = null;
    dropCarried();
  }
}
