// Which access channel the beginning of an id means: Azure's `eu/`, Bedrock's `us.`, the region called.
//
// Python does the same (playground/naming/channels.py), which says why; a test holds both to one answer.

import { CLOUD_REGION, splitPath } from "./forms.mjs";

/** @import { SearchData } from "../../types/site.js" */

/**
 * The provider and the channel (`azure/data-zone-eu`) that an id in lower case says for a model, or "".
 * @param {SearchData["names"]} names @param {string} typed
 * @param {number} number the model's @param {string} provider
 */
export function channelMeant({ channels, served }, typed, number, provider) {
  const meanings = Object.hasOwn(channels, provider) ? channels[provider] : {};
  for (const beginning of splitPath(typed).slice(0, -1)) {
    const regional = CLOUD_REGION.test(beginning) ? "regional" : "";
    const place = `${provider}/${Object.hasOwn(meanings, beginning) ? meanings[beginning] : regional}`;
    if (Object.hasOwn(served, place) && served[place].includes(number)) return place;
  }
  return "";
}
