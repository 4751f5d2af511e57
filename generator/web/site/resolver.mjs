// Which model a name means: one, several that must be asked about, or none, with the nearest.
//
// Python does the same (playground/naming/resolver.py), which says why; a test holds both to one answer.

import { alike, pairs } from "../explorer/nearest.mjs";
import { FORMS, joined, plain, splitPath, STRICT, units, UNREADY, withoutEndings } from "./forms.mjs";
import { Owners } from "./owners.mjs";

/** @import { NamedModel, Resolution, SearchData } from "../types/site.js" */

/** @typedef {{ name: string, owners: string[], cloud: boolean }} Reading */

const CHOICES = 12;
const NEAR = 5;
const LEAST = 0.45;
const LONGEST = 250;
const KEY = /^(?<provider>[^/]+)\/(?<channel>[^/]+)\/(?<model>[^/]+\/[^/@:]+)(?<tail>[^/]*)$/;
const PLACE = /^(?<name>.+?)(?:\s+(?:at|on|via)\s+(?<place>.+)|\s*\((?<within>.+)\))$/;
const QUOTED = /^[ "'`“”‘’,;]+|[ "'`“”‘’,;]+$/g;
const ADDRESS = /^(?:https?:\/\/[^ ]*?\/models\/|arn:[^/ ]*\/)(?<name>[^ ]+?)\/?$/;
const WORD = /[\s:_-]+/;

/** @param {string} typed */
function cleaned(typed) {
  const text = typed.trim().replace(/\s+/g, " ").replace(QUOTED, "");
  return ADDRESS.exec(text)?.groups?.name ?? text;
}
/** @param {string} text */
const pointless = (text) => plain(text).replaceAll(".", "");
/** @param {string} text */
function spelled(text) {
  const same = text.split(WORD).join("-");
  return new Set([...pairs(same), ...same]);
}
/** @template K, V @param {Map<K, V[]>} map @param {K} key @param {V} value */
function add(map, key, value) {
  const values = map.get(key);
  if (!values) map.set(key, [value]);
  else if (!values.includes(value)) values.push(value);
}

/** @param {Partial<Resolution>} answer @returns {Resolution} */
function resolution(answer) {
  const { model = "", provider = "", key = "", choices = [], near = [] } = answer;
  return { model, provider, key, choices, near, name: key || (provider ? `${provider}/${model}` : model) };
}

/** The rule over what search knows of a catalog. */
export class Resolver {
  /** @param {SearchData} data */
  constructor(data) {
    this.moved = new Map(Object.entries(data.names.moved));
    /** @type {NamedModel[]} */
    this.models = data.models.map(([id, name, places, , at]) => {
      return { id, name, lab: id.slice(0, id.indexOf("/")), places, at };
    });
    this.number = new Map(this.models.map(({ id }, number) => [id, number]));
    this.owners = new Owners(data, this.models);
    this.ids = new Map(data.names.ids.map((row) => [row[0], row]));
    this.variants = new Set(data.names.variants);
    this.#texts = this.models.map(({ id, name }) => [
      ...new Set([id, id.slice(id.indexOf("/") + 1), name.toLowerCase()]),
    ]);
    this.#known = this.#inEveryForm();
  }

  /** @type {string[][]} what each model is called: its id, with its lab and without, and its name */
  #texts;
  /** @type {Map<string, number[]>[]} */
  #known;
  /** @type {Set<string>[][] | undefined} */
  #units;
  /** @type {Map<string, number[]> | undefined} */
  #pointless;
  /** @type {{ whole: Set<string>, names: Set<string>[] }[] | undefined} */
  #pairs;

  /** What a name means, however it is written. @param {string} typed @returns {Resolution} */
  resolve(typed) {
    const text = cleaned(typed);
    if ([...text].length > LONGEST) return resolution({});
    return this.meant(text) ?? this.#partOfNames(text.toLowerCase());
  }

  /** The model, or the several, that are called so; null for none. @param {string} typed */
  meant(typed) {
    let text = cleaned(typed);
    if (this.number.has(text)) return resolution({ model: text });
    const named = this.models.flatMap(({ name }, number) => (name === text ? [number] : []));
    if (named.length) {
      const all = [...named, ...(this.#known[0].get(text) ?? [])];
      return this.#oneOf(new Map(all.map((number) => [number, -1])));
    }
    text = text.toLowerCase();
    const now = this.#now(text);
    if (this.number.has(now)) return resolution({ model: now });
    const key = this.#asKey(text);
    if (key) return key;
    for (const reading of this.#readings(text)) {
      const meant = this.#byReading(reading);
      if (meant) return meant;
    }
    return null;
  }

  /** @param {Map<number, number>} providers by the model's number */
  #oneOf(providers) {
    if (!providers.size) return null;
    if (providers.size > 1) return resolution({ choices: this.#listed([...providers.keys()], CHOICES) });
    const [[number, at]] = providers;
    return resolution({
      model: this.models[number].id,
      provider: at < 0 ? "" : this.owners.providers[at].id,
    });
  }

  /** @param {string} model */
  #now(model) {
    return this.moved.get(model) ?? model;
  }

  /** @param {string} text */
  #asKey(text) {
    const parts = KEY.exec(text)?.groups;
    if (!parts || !this.owners.providers.some(({ id }) => id === parts.provider)) return null;
    const model = this.#now(parts.model);
    if (!this.number.has(model)) return null;
    const { provider, channel, tail } = parts;
    return resolution({ model, provider, key: `${provider}/${channel}/${model}${tail}` });
  }

  // What in a text may be the name.

  /** @param {string} text @returns {Generator<Reading>} */
  *#readings(text) {
    if (!text) return;
    const parts = splitPath(text);
    const all = { name: text, owners: [], cloud: false };
    const whole = parts.length === 1 || this.ids.has(text);
    if (whole) yield all;
    for (let cut = parts.length - 1; cut > 0; cut -= 1) {
      const owners = parts.slice(0, cut);
      yield { name: parts.slice(cut).join(""), owners, cloud: owners[cut - 1].endsWith(".") };
    }
    if (!whole) yield all;
    const place = PLACE.exec(text)?.groups;
    if (place) {
      const where = plain((place.place || place.within).split(",")[0]);
      if (this.owners.has(where)) yield { name: place.name, owners: [where], cloud: false };
    }
    yield* this.#afterOwners([], text);
    if (parts.length > 1) yield* this.#afterOwners(parts.slice(0, -1), parts[parts.length - 1]);
  }

  /** What follows the lab's or the provider's name. @param {string[]} path @param {string} name */
  *#afterOwners(path, name) {
    const beginning = name.split(WORD);
    for (let count = Math.min(4, beginning.length - 1); count > 0; count -= 1) {
      const lead = plain(beginning.slice(0, count).join(" "));
      if (this.owners.has(lead)) {
        yield { name: beginning.slice(count).join("-"), owners: [...path, lead], cloud: false };
      }
    }
  }

  // Which models a name has.

  /** @param {Reading} reading */
  #byReading(reading) {
    for (const [text, version] of withoutEndings(reading.name, this.variants, reading.cloud)) {
      for (const [provider, numbers] of this.#named(text)) {
        /** @type {Map<number, number>} */
        const fitting = new Map();
        for (const number of numbers) {
          const at = this.owners.fits(number, reading.owners, version);
          if (at !== null) fitting.set(number, at);
        }
        const meant = this.#ofFamily(text, this.#ofLab(reading, fitting));
        for (const [number, at] of meant) if (at < 0) meant.set(number, this.owners.place(number, provider));
        const answer = this.#oneOf(meant);
        if (answer) return answer;
      }
    }
    return null;
  }

  /** @param {string} text @returns {Generator<[number, number[]]>} */
  *#named(text) {
    for (const [place, form] of FORMS.entries()) {
      const row = place === 1 ? this.ids.get(text) : undefined;
      if (row) yield [row[2], row[1]];
      const keys = place === 0 || /\p{L}/u.test(joined(units(text))) ? form.asked(text) : [];
      const numbers = keys.flatMap((key) => this.#known[place].get(key) ?? []);
      yield [-1, this.#withWider([...new Set(numbers)], text)];
    }
  }

  /** @param {number[]} numbers @param {string} text */
  #withWider(numbers, text) {
    if (numbers.length !== 1) return numbers;
    const { lab, places } = this.models[numbers[0]];
    const known = this.#known[FORMS.indexOf(UNREADY)];
    const wider = UNREADY.asked(text).flatMap((key) => known.get(key) ?? []);
    const others = wider.filter((n) => this.models[n].lab !== lab && this.models[n].places > places);
    return [...new Set([...numbers, ...others])];
  }

  /** @param {Reading} reading @param {Map<number, number>} fitting */
  #ofLab({ owners }, fitting) {
    const labs = owners.flatMap((owner) => [...this.owners.called(owner).labs]);
    const own = [...fitting].filter(([n]) => labs.includes(this.models[n].lab));
    return own.length ? new Map(own) : fitting;
  }

  /** @param {string} text @param {Map<number, number>} fitting */
  #ofFamily(text, fitting) {
    if (new Set([...fitting.keys()].map((n) => this.models[n].lab)).size < 2) return fitting;
    const [word] = units(text);
    const line = this.models.filter(({ id }) => (units(id.slice(id.indexOf("/") + 1))[0] ?? "") === word);
    /** @param {string} lab */
    const share = (lab) => line.filter((model) => model.lab === lab).length;
    const own = [...fitting].filter(([n]) => 2 * share(this.models[n].lab) > line.length);
    return own.length ? new Map(own) : fitting;
  }

  #inEveryForm() {
    /** @type {Map<string, number[]>[]} */
    const known = FORMS.map(() => new Map());
    for (const [number, texts] of this.#texts.entries()) {
      for (const [place, form] of FORMS.entries()) {
        const here = STRICT.includes(form) ? texts : texts.filter((t) => t !== this.models[number].id);
        for (const text of here) for (const key of form.known(text)) add(known[place], key, number);
      }
    }
    return known;
  }

  // What is offered where a name is no model's.

  /** @param {string} text */
  #partOfNames(text) {
    this.#units ??= this.#texts.map((texts) => texts.map((one) => new Set(units(one))));
    this.#pointless ??= this.#withoutPoints();
    /** @type {string[]} */
    const first = [];
    for (const reading of this.#readings(text)) {
      const asked = units(reading.name);
      const holding = [...this.#units.keys()].filter(
        (n) =>
          asked.length &&
          this.#units?.[n].some((each) => asked.every((one) => each.has(one))) &&
          this.owners.fits(n, reading.owners, "") !== null,
      );
      if (holding.length > 1) return resolution({ choices: this.#listed(holding, CHOICES) });
      const almost = this.#pointless.get(pointless(reading.name)) ?? [];
      first.push(...this.#listed([...new Set([...holding, ...almost])], NEAR));
    }
    return resolution({ near: [...new Set([...first, ...this.#nearest(text)])].slice(0, NEAR) });
  }

  #withoutPoints() {
    /** @type {Map<string, number[]>} */
    const models = new Map();
    for (const [number, texts] of this.#texts.entries()) {
      for (const text of texts) add(models, pointless(text), number);
    }
    return models;
  }

  /** @param {string} text */
  #nearest(text) {
    this.#pairs ??= this.#texts.map((texts, n) => {
      const { id } = this.models[n];
      return { whole: spelled(id), names: texts.filter((t) => t !== id).map(spelled) };
    });
    const whole = spelled(text);
    const path = splitPath(text);
    const name = spelled(path[path.length - 1]);
    return this.#pairs
      .map((each, n) => {
        const score = Math.max(alike(whole, each.whole), ...each.names.map((one) => alike(name, one)));
        return { score, model: this.models[n] };
      })
      .filter(({ score }) => score > LEAST)
      .sort(
        (a, b) => b.score - a.score || b.model.places - a.model.places || (a.model.id < b.model.id ? -1 : 1),
      )
      .slice(0, 2 * NEAR)
      .map(({ model }) => model.id);
  }

  /** @param {number[]} numbers @param {number} most */
  #listed(numbers, most) {
    return numbers
      .map((n) => this.models[n])
      .sort((a, b) => b.places - a.places || (a.id < b.id ? -1 : 1))
      .slice(0, most)
      .map(({ id }) => id);
  }
}
