// The results that this tab was given, by Evaluate or by the site's owner, and whether they count here.

import { carried, carry, dropCarried } from "../../playground/connected/observed.js";
import { FORGOTTEN } from "../../playground/keys/names.js";

/** @import { Carried, Observed } from "../../types/evaluate.js" */

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

  /** Who publishes them; empty for the reader's own. */
  get author() {
    return this.#carried?.observed.author ?? "";
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

  /** Let results of the site's owner count; false where there are none. @param {URL} url */
  async load(url) {
    try {
      const answer = await fetch(url);
      if (!answer.ok) return false;
      /** @type {Observed} */
      const observed = await answer.json();
      this.#hold({ observed, floor: "", used: true });
      return true;
    } catch {
      return false;
    }
  }

  /** @param {Partial<Carried>} change */
  change(change) {
    if (this.#carried) this.#hold({ ...this.#carried, ...change });
  }

  /** @param {Carried} given */
  #hold(given) {
    this.#carried = given;
    try {
      carry(given);
    } catch {
      // It holds in this page all the same, until it is left.
    }
  }

  forget() {
    this.#carried = null;
    dropCarried();
  }
}
