// The explorer: every offering in one table.
// TanStack Table filters and sorts, TanStack Virtual draws the rows in sight, lit-html draws the rest; the
// state lives in the address.

import { element } from "../site/element.mjs";
import { Offerings } from "./offerings.mjs";
import { ExplorerPage } from "./page.mjs";
import { asksForQuality } from "./quality.mjs";

/** @import { ExplorerData, Quality } from "../types/explorer.js" */

const place = element(document, "#offerings", HTMLElement);

/** @template T @param {string} name @returns {Promise<T>} */
async function fetched(name) {
  const response = await fetch(`${place.dataset.assets}${name}`);
  if (!response.ok) throw new Error(`${name}: HTTP ${response.status}`);
  return response.json();
}

try {
  /** @type {ExplorerData} */
  const data = await fetched("offerings.json");
  const offerings = new Offerings(data, new Date().toISOString().slice(0, 10));
  /** @returns {Promise<Quality>} */
  const quality = () => fetched("quality.json");
  if (asksForQuality(location.search, data.quality)) offerings.learnQuality(await quality());
  new ExplorerPage(place, offerings, quality).start(() => fetched("ids.json"));
} catch (error) {
  const why = error instanceof Error ? error.message : String(error);
  const waiting = place.querySelector(".waiting"); // none once the page is drawn
  if (waiting) {
    waiting.textContent =
      `The catalog could not be loaded (${why}). ` +
      "Reload the page; the models are also listed by lab and by provider.";
  }
  throw error;
}
