// The rows of a long table that stand on pages of their own: brought in when a reader wants them.
//
// A table that has got rows tells it by the event `rows`.

import { elements } from "./element.mjs";

/** Where a table's other rows are asked for: by the link below it, or by opening the fold it is in. */
export function bringInWhenAsked() {
  for (const rest of elements(document, ".long > .rest", HTMLElement)) {
    const place = rest.parentElement;
    if (!place) continue;
    rest.querySelector("a")?.addEventListener("click", (event) => {
      event.preventDefault();
      complete(place);
    });
    const fold = place.closest("details");
    fold?.addEventListener("toggle", () => fold.open && complete(place));
    if (fold?.open) complete(place);
  }
}

/** Tables whose rows are on their way. @type {WeakMap<Element, Promise<void>>} */
const coming = new WeakMap();

/**
 * See to it that the table in or around `place` has all its rows. They come once; where they do not, the link
 * to them stays, and says so.
 * @param {Element} place @returns {Promise<void>}
 */
export async function complete(place) {
  const long = place.closest(".long") ?? place.querySelector(".long");
  const rest = long?.querySelector(".rest");
  if (!long || !(rest instanceof HTMLElement)) return;
  const made = coming.get(long) ?? bringIn(long, rest).finally(() => coming.delete(long));
  coming.set(long, made);
  await made;
}

/** @param {Element} long @param {HTMLElement} rest */
async function bringIn(long, rest) {
  try {
    const pages = await Promise.all((rest.dataset.pages ?? "").split(" ").map(page));
    const at = `.long[data-table="${long.getAttribute("data-table")}"] tbody > tr`;
    const rows = pages.flatMap((whole) => [...whole.querySelectorAll(at)]);
    long.querySelector("tbody")?.append(...rows);
    rest.remove();
    long.dispatchEvent(new CustomEvent("rows", { bubbles: true }));
  } catch (error) {
    rest.querySelector("small")?.remove();
    const why = document.createElement("small");
    why.setAttribute("role", "alert");
    why.textContent = ` They could not be loaded (${error instanceof Error ? error.message : error}).`;
    rest.append(why);
  }
}

/** @param {string} address as the first page has it, so that links in it lead where they did */
async function page(address) {
  const at = new URL(address, location.href);
  const response = await fetch(at);
  if (!response.ok) throw new Error(`status ${response.status}`);
  const whole = new DOMParser().parseFromString(await response.text(), "text/html");
  // Its links begin one folder further down.
  for (const link of whole.querySelectorAll("tbody a[href]")) {
    link.setAttribute("href", new URL(link.getAttribute("href") ?? "", at).href);
  }
  return whole;
}
