// Which edition of a model an id means: one version or variant, which may cost and stay otherwise.
//
// Python does the same (playground/naming/editions.py), which says why; a test holds both to one answer.

/** @import { SearchData } from "../../types/site.js" */

export const WAY = /:(?:free|beta|extended|thinking|nitro|floor|online|exacto|batch|flex|priority)$/;

/**
 * Where and in which edition an id in lower case means a model; empty for none.
 * @param {SearchData["names"]["editions"]} editions @param {string} typed
 * @param {number} number the model's @param {string} provider
 */
export function editionMeant(editions, typed, number, provider) {
  const parts = typed.split("/");
  const tails = parts.map((_, cut) => parts.slice(cut).join("/"));
  for (const one of tails.filter((tail) => Object.hasOwn(editions, tail))) {
    const [model, ...there] = editions[one];
    if (model !== number) continue;
    const asked = provider ? there.filter((key) => key.startsWith(`${provider}/`)) : there.slice(0, 1);
    if (asked[0]) return asked[0];
  }
  return "";
}

/**
 * The key of an edition (`azure/global@2024-05-13`) of a model.
 * @param {string} edition @param {string} model
 */
export function withModel(edition, model) {
  const [place] = edition.split(/[@:]/);
  return `${place}/${model}${edition.slice(place.length)}`;
}
