// The explorer: every offering in one table. TanStack Table filters and sorts, TanStack Virtual draws the rows in
// sight, lit-html draws the rest; the state lives in the address.

import { Offerings } from "./offerings.mjs";
import { ExplorerPage } from "./page.mjs";

const place = document.getElementById("offerings");

async function fetched(name) {
  const response = await fetch(`${place.dataset.assets}${name}`);
  if (!response.ok) throw new Error(`${name}: HTTP ${response.status}`);
  return response.json();
}

try {
  const offerings = new Offerings(await fetched("offerings.json"), new Date().toISOString().slice(0, 10));
  new ExplorerPage(place, offerings).start(() => fetched("ids.json"));
} catch (error) {
  place.querySelector(".waiting").textContent =
    `The catalog could not be loaded (${error.message}). Reload the page; the models are also listed by lab and by provider.`;
  throw error;
}
