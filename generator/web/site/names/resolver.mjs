// Which model a name means: one, several that must be asked about, or none, with the nearest.
//
// Python does the same (playground/naming/resolver.py), which says why; a test holds both to one answer.

import { Alike, WORD } from "./alike.mjs";
import {
  FORMS,
  joined,
  plain,
  splitPath,
  STRICT,
  units,
  UNREADY,
  waysToWrite,
  withoutEndings,
} from "./forms.mjs";
import { channelMeant } from "./channels.mjs";
import { editionMeant, WAY, withModel } from "./editions.mjs";
import { isBrand, listed } from "./listing.mjs";
import { Owners } from "./owners.mjs";

/** @import { NamedModel, Resolution, SearchData } from "../../types/site.js" */

/** @typedef {{ name: string, owners: string[], cloud: boolean }} Reading */

const CHOICES = 12;
const NEAR = 5;
const LONGEST = 250;
const KEY = /^(?<provider>[^/]+)\/(?<channel>[^/]+)\/(?<model>[^/]+\/[^/@:]+)(?<tail>[^/]*)$/;
const PLACE = /^(?<name>.+?)(?:\s+(?:at|on|via)\s+(?<place>.+)|\s*\((?<within>.+)\))$/;
const QUOTED = /^[ "'`“”‘’,;]+|[ "'`“”‘’,;]+$/g;
const TUNED = /^(?<base>(?:[^ ]*[/:])?ft:[^:/ ]+):[^ ]*$/i;
const ADDRESS = /^(?:https?:\/\/[^ ]*?\/models\/|arn:[^/ ]*\/)(?<name>[^ ]+?)\/?$/;

/** @param {string} typed */
function cleaned(typed) {
  const text = typed.trim().replace(/\s+/g, " ").replace(QUOTED, "");
  const named = ADDRESS.exec(text)?.groups?.name ?? text;
  return TUNED.exec(named)?.groups?.base ?? named;
}
/** @param {string} text */
const pointless = (text) => plain(text).replaceAll(".", "");
/** @template K, V @param {Map<K, V[]>} map @param {K} key @param {V} value */
function add(map, key, value) {
  const values = map.get(key);
  if (!values) map.set(key, [value]);
  else if (!values.includes(value)) values.push(value);
}

/** @param {Partial<Resolution>} answer @returns {Resolution} */
function resolution(answer) {
  const { model = "", provider = "", key = "", leftOut = "", choices = [], near = [] } = answer;
  const name = key || (provider ? `${provider}/${model}` : model);
  return { model, provider, key, leftOut, choices, near, name };
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
  /** @type {Map<string, NamedModel[]> | undefined} */
  #begun;
  /** @type {Set<string>[][] | undefined} */
  #units;
  /** @type {Map<string, number[]> | undefined} */
  #pointless;
  /** @type {Alike | undefined} */
  #alike;

  /** What a name means, however it is written. @param {string} typed @returns {Resolution} */
  resolve(typed) {
    const text = cleaned(typed);
    if ([...text].length > LONGEST) return resolution({});
    const meant = this.meant(text) ?? this.#partOfNames(text.toLowerCase());
    const settled = !meant.model || meant.key || text === meant.model;
    return settled ? meant : this.#inEdition(text.toLowerCase(), meant);
  }

  /** The model, or the several, that are called so; null for none. @param {string} typed */
  meant(typed) {
    let text = cleaned(typed);
    if (this.number.has(text)) return resolution({ model: text });
    const named = this.models.flatMap(({ name }, number) => (name === text ? [number] : []));
    if (named.length) {
      const all = [...named, ...(this.#known[0].get(text) ?? [])];
      return this.#unlessBrand(text, this.#oneOf(new Map(all.map((number) => [number, -1]))));
    }
    text = text.toLowerCase();
    const now = this.#now(text);
    if (this.number.has(now)) return resolution({ model: now });
    const key = this.#asKey(text);
    if (key) return key;
    for (const written of new Set(waysToWrite(text, this.owners.names.owners))) {
      for (const reading of this.#readings(written)) {
        const meant = this.#unlessBrand(reading.name, this.#byReading(reading));
        if (meant) return meant;
      }
    }
    return null;
  }

  /** What is meant, in the edition that the text names. @param {string} text @param {Resolution} meant */
  #inEdition(text, meant) {
    const number = this.number.get(meant.model) ?? -1;
    const { names } = this.owners;
    const way = WAY.exec(text)?.[0] ?? "";
    let place = editionMeant(names.editions, text, number, meant.provider);
    if (!place && !way) place = channelMeant(names, text, number, meant.provider);
    return resolution(place ? { ...meant, key: withModel(place, meant.model) } : { ...meant, leftOut: way });
  }

  /** @param {string} name @param {Resolution | null} meant */
  #unlessBrand(name, meant) {
    if (!meant?.model) return meant;
    const called = this.models[/** @type {number} */ (this.number.get(meant.model))];
    const others = this.#beginWith(units(name)[0]).filter((model) => model !== called);
    const places = others.map((model) => model.places);
    if (!isBrand(name, called.places, places)) return meant;
    const choices = listed([called, ...others], CHOICES);
    if (!choices.includes(called.id)) choices.splice(-1, 1, called.id);
    return resolution({ choices });
  }

  /** The models whose ids begin with a word. @param {string | undefined} word @returns {NamedModel[]} */
  #beginWith(word) {
    this.#begun ??= this.#byFirstWord();
    return this.#begun.get(word ?? "") ?? [];
  }

  #byFirstWord() {
    /** @type {Map<string, NamedModel[]>} */
    const begun = new Map();
    for (const model of this.models) {
      const [word] = units(model.id.slice(model.id.indexOf("/") + 1));
      add(begun, word ?? "", model);
    }
    return begun;
  }

  /** @param {Map<number, number>} providers by the model's number */
  #oneOf(providers) {
    if (!providers.size) return null;
    if (providers.size > 1)
      return resolution({
        choices: this.#listed([...providers.keys()], CHOICES),
      });
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
    return resolution({
      model,
      provider,
      key: `${provider}/${channel}/${model}${tail}`,
    });
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
      yield {
        name: parts.slice(cut).join(""),
        owners,
        cloud: owners[cut - 1].endsWith("."),
      };
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
        yield {
          name: beginning.slice(count).join("-"),
          owners: [...path, lead],
          cloud: false,
        };
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
    const line = this.#beginWith(units(text)[0]);
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
    this.#alike ??= new Alike(this.models, this.#texts);
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
    return resolution({
      near: [...new Set([...first, ...this.#alike.nearest(text, 2 * NEAR)])].slice(0, NEAR),
    });
  }

  #withoutPoints() {
    /** @type {Map<string, number[]>} */
    const models = new Map();
    for (const [number, texts] of this.#texts.entries()) {
      for (const text of texts) add(models, pointless(text), number);
    }
    return models;
  }

  /** @param {number[]} numbers @param {number} most */
  #listed(numbers, most) {
    return listed(
      numbers.map((n) => this.models[n]),
      most,
    );
  }
}
