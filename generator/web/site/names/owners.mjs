// Labs and providers as they may stand around a model's name, and which models they speak of.

import { CLOUD_REGION, plain } from "./forms.mjs";

/** @import { NamedModel, SearchData } from "../../types/site.js" */

/** @typedef {{ labs: Set<string>, providers: Set<number> }} Owner */

/** @type {Owner} */
const NOBODY = { labs: new Set(), providers: new Set() };
/** `us.` and `eu/` are no provider's names. */
const SHORT = 3;

export class Owners {
  /** @param {SearchData} data @param {NamedModel[]} models */
  constructor(data, models) {
    this.models = models;
    this.names = data.names;
    this.providers = data.providers.map((provider) => {
      const [id, ...name] = provider.split(" ");
      return { id, name: name.join(" ") };
    });
    for (const [lab, name] of Object.entries(data.labs)) {
      for (const text of [lab, name]) this.#add(text).labs.add(lab);
    }
    for (const [number, { id, name }] of this.providers.entries()) {
      for (const text of [id, name]) this.#add(text).providers.add(number);
    }
    for (const [text, [, number]] of Object.entries(data.names.owners)) {
      if (number >= 0 && plain(text).length > SHORT) this.#add(text).providers.add(number);
    }
  }

  /** @type {Map<string, Owner>} */
  #called = new Map();

  /** @param {string} text */
  #add(text) {
    const key = plain(text);
    const owner = this.#called.get(key) ?? { labs: new Set(), providers: new Set() };
    this.#called.set(key, owner);
    return owner;
  }

  /** Whether a lab or a provider is called so, without separators. @param {string} key */
  has(key) {
    return this.#called.has(key);
  }

  /** The labs and the providers that are called so. @param {string} text */
  called(text) {
    return this.#called.get(plain(text)) ?? NOBODY;
  }

  /**
   * The number of the provider that these say for a model, -1 for none; null where they mean another model.
   * @param {number} number @param {readonly string[]} owners @param {string} version @returns {number | null}
   */
  fits(number, owners, version) {
    if (version && !this.#mayHave(number, version)) return null;
    const model = this.models[number];
    let beside = -1;
    for (const owner of owners) {
      const row = Object.hasOwn(this.names.owners, owner) ? this.names.owners[owner] : null;
      const [lab, at] = row ?? ["", -1];
      const { labs, providers } = this.called(owner);
      if (!row && !labs.size && !providers.size && !CLOUD_REGION.test(owner)) return null;
      const here = model.at.filter((n) => n === at || providers.has(n));
      const own = labs.has(model.lab) || lab === model.lab;
      const speaks = labs.size || providers.size || lab || at >= 0;
      if (speaks && !own && !here.length) return null;
      if (beside < 0 && here.length && !(own && !here.includes(at))) {
        beside = this.place(number, Math.min(...here));
      }
    }
    return beside;
  }

  /**
   * A provider beside a model: -1 where it is the lab itself.
   * @param {number} number @param {number} provider
   */
  place(number, provider) {
    const { lab } = this.models[number];
    return Object.hasOwn(this.names.own, lab) && this.names.own[lab].includes(provider) ? -1 : provider;
  }

  /** @param {number} number @param {string} version */
  #mayHave(number, version) {
    if (/^20[0-9]{2}-?[0-9]{2}-?[0-9]{2}$/.test(version)) {
      const begins = `${this.models[number].id}-20`;
      return !this.models.some(({ id }) => id.startsWith(begins));
    }
    return (this.names.versions[String(number)] ?? []).includes(version);
  }
}
