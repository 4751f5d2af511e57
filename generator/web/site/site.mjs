// On every page: the way into search, and what plots, tables and folded evidence need of a script.
// Nothing here loads anything before a reader asks for it.

import { decoded } from "./decoded.mjs";
import { element, elements } from "./element.mjs";
import { drawWhenOpened } from "./evidence.mjs";
import { showOwnResults } from "./own_pair.mjs";
import { isPast } from "./past.mjs";
import { bringInWhenAsked } from "./rest.mjs";
import { makeFindable, makeSortable } from "./tables.mjs";

/** @type {{ base: string }} */
const config = JSON.parse(element(document, "#__config", HTMLElement).textContent);
const root = new URL(config.base.replace(/\/?$/, "/"), location.href);

/** The element nearest to where an event comes from. @param {Event} event @param {string} selector */
function nearby({ target }, selector) {
  return target instanceof Element ? target.closest(selector) : null;
}

// Search: `/` or Ctrl+K opens it; its script and index come then; what is typed until it is there is kept.
/** @type {string | null} */
let typed = null;
async function open() {
  if (typed !== null) return;
  typed = "";
  try {
    const { search } = await import("./search.js");
    if (typed !== null) search(root, typed);
  } finally {
    typed = null;
  }
}
for (const button of document.querySelectorAll("[data-search]")) button.addEventListener("click", open);
addEventListener("keydown", (event) => {
  const plain = !event.ctrlKey && !event.metaKey && !event.altKey;
  const typing = nearby(event, "input, textarea, select, [contenteditable]");
  const slash = event.key === "/" && !typing && plain;
  const asks = slash || (event.key === "k" && (event.ctrlKey || event.metaKey));
  if (typed !== null && event.key === "Escape") typed = null;
  else if (typed !== null && plain && event.key.length === 1) typed += event.key;
  else if (asks) open();
  else return;
  event.preventDefault();
});

// Light or dark: the theme listens to radio buttons that nobody sees.
const palettes = elements(document, "[data-palette]", HTMLElement);
for (const button of palettes) {
  button.addEventListener("click", () => {
    element(document, `#${button.dataset.palette}`, HTMLElement).click();
    palettes.find((other) => !other.hidden)?.focus();
  });
}

showOwnResults();

// A link to folded claims unfolds them. Sections that wait until they come near are only as high as was
// guessed, so they are laid out before the page is scrolled to what is asked for.
function unfold() {
  const id = decoded(location.hash.slice(1));
  const target = id ? document.getElementById(id) : null;
  if (!target) return;
  const late = elements(document, ".late", HTMLElement);
  const folded = target.closest("details:not([open])");
  if (folded instanceof HTMLDetailsElement) folded.open = true;
  for (const section of late) section.style.contentVisibility = "visible";
  if (folded || late.length) target.scrollIntoView();
}
drawWhenOpened(root);
bringInWhenAsked();
addEventListener("hashchange", unfold);
unfold();
addEventListener("click", (event) => {
  const href = nearby(event, "a[href^='#']")?.getAttribute("href");
  if (href && href === location.hash) unfold();
});

// Plots: a tick box for each lab; arrows go from dot to dot, which are one stop of Tab.
const STEPS = new Map([
  ["ArrowRight", 1],
  ["ArrowDown", 1],
  ["ArrowLeft", -1],
  ["ArrowUp", -1],
]);
for (const plot of elements(document, ".plot", HTMLElement)) {
  const points = elements(plot, ".points .point", HTMLElement);
  const dots = () => points.filter((dot) => !dot.closest("[hidden]"));
  for (const box of elements(plot, "input[data-lab]", HTMLInputElement)) {
    const own = elements(plot, `.points li.lab-${box.dataset.lab}`, HTMLLIElement);
    box.addEventListener("change", () => {
      for (const dot of own) dot.hidden = !box.checked;
      rest();
    });
  }
  const rest = () =>
    dots().forEach((dot, i) => {
      dot.tabIndex = i === 0 ? 0 : -1;
    });
  rest();
  plot.addEventListener("keydown", (event) => {
    const step = STEPS.get(event.key);
    const all = dots();
    const at = all.findIndex((dot) => dot === event.target);
    if (!step || at < 0) return;
    event.preventDefault();
    const next = all[(at + step + all.length) % all.length];
    all[at].tabIndex = -1;
    next.tabIndex = 0;
    next.focus();
  });
}

for (const table of elements(document, ".sortable table", HTMLTableElement)) makeSortable(table);
for (const place of document.querySelectorAll(".findable")) makeFindable(place);

// What the theme's own script adds later: a wide table can be scrolled by keyboard, a copy button has a name.
// A table's width is asked for when it comes near: what is far is not laid out yet, and would be by asking.
// Until then each takes the focus, or a keyboard would pass over those between two links that lie far apart.
const near = new IntersectionObserver(
  (entries) => {
    const tables = entries.flatMap(({ isIntersecting, target }) =>
      isIntersecting && target instanceof HTMLElement ? target : [],
    );
    const narrow = tables.filter((one) => one.scrollWidth <= one.clientWidth);
    for (const one of tables) one.tabIndex = 0;
    for (const one of narrow) one.removeAttribute("tabindex");
  },
  { rootMargin: "100%" },
);
/** Wide tables, or such as may be. @type {WeakSet<Element>} */
const known = new WeakSet();
function mend() {
  near.disconnect();
  for (const wrap of elements(document, ".md-typeset__scrollwrap", HTMLElement)) {
    if (!known.has(wrap)) wrap.tabIndex = 0;
    known.add(wrap);
    near.observe(wrap);
  }
  for (const nav of document.querySelectorAll(".md-code__nav:not([aria-label])")) {
    nav.setAttribute("aria-label", `Code ${nav.closest("pre")?.id.replace(/\D+/g, "") ?? ""}`.trim());
  }
}
const article = document.querySelector(".md-content");
if (article) new MutationObserver(mend).observe(article, { childList: true, subtree: true });
addEventListener("resize", mend);
addEventListener("toggle", mend, true);
mend();

// A page that does not exist: the nearest that do.
const lost = document.getElementById("not-found");
if (lost) import("./search.js").then(({ suggest }) => suggest(root, lost));

// A day to come says how many days are left, as of the reader's own day.
/** @param {ParentNode} place */
function countDays(place) {
  for (const time of elements(place, "time[data-until]", HTMLTimeElement)) {
    const days = Math.ceil((new Date(`${time.dateTime}T23:59:59`).getTime() - Date.now()) / 864e5) - 1;
    const count = `${Math.abs(days)} day${Math.abs(days) === 1 ? "" : "s"}`;
    const left = document.createElement("small");
    left.textContent = days < 0 ? ` ${count} ago` : days === 0 ? " today" : ` in ${count}`;
    time.append(document.createElement("br"), left);
    delete time.dataset.until;
  }
}

// A last day that is past on the reader's own day says so, wherever a model is listed.
/** @param {ParentNode} place */
function markEnded(place) {
  for (const time of elements(place, "time[data-ends]", HTMLTimeElement)) {
    delete time.dataset.ends;
    if (!isPast(time.dateTime)) continue;
    const mark = document.createElement("small");
    mark.className = "ended";
    mark.textContent = "retired";
    const until = time.closest(".ending");
    if (until) until.replaceWith(mark);
    else time.after(" ", mark);
  }
}
for (const see of [countDays, markEnded]) {
  see(document);
  addEventListener("rows", ({ target }) => target instanceof Element && see(target));
}

// Changes: by kind, provider and lab; the choice stands in the address.
const filters = document.querySelector("form[data-filters]");
if (filters instanceof HTMLFormElement) {
  const rows = elements(document, ".change", HTMLElement);
  const output = element(filters, "output", HTMLOutputElement);
  const asked = new URLSearchParams(location.search);
  const show = () => {
    const given = [...new FormData(filters)].map(([name, value]) => [name, String(value)]);
    const wanted = given.filter(([, value]) => value);
    for (const row of rows) row.hidden = !wanted.every(([name, value]) => row.dataset[name] === value);
    for (const day of elements(document, ".day", HTMLElement)) {
      day.hidden = !day.querySelector(".change:not([hidden])");
    }
    const left = rows.filter((row) => !row.hidden).length;
    output.textContent = `${left.toLocaleString("en")} of ${rows.length.toLocaleString("en")}`;
    history.replaceState(null, "", wanted.length ? `?${new URLSearchParams(wanted)}` : location.pathname);
  };
  for (const select of filters.querySelectorAll("select")) {
    const value = asked.get(select.name);
    if (value !== null && [...select.options].some((o) => o.value === value)) select.value = value;
  }
  filters.addEventListener("change", show);
  filters.hidden = false;
  show();
}

// Nobody may notice that refreshes stopped: past the owner's limit every page says how old its data is.
const [read] = elements(document, "[data-read]", HTMLElement);
const age = read ? Math.floor((Date.now() - Date.parse(`${read.dataset.read}T00:00:00Z`)) / 864e5) : 0;
if (read && age > Number(read.dataset.maxAge)) {
  const notice = document.createElement("p");
  notice.className = "aged";
  notice.setAttribute("role", "status");
  notice.textContent =
    `The sources were last read on ${read.dataset.read}, ${age} days ago. ` +
    "Prices, limits and retirements may have changed since.";
  document.querySelector(".md-content__inner, main")?.prepend(notice);
}
