// On every page: the way into search, and what plots and folded evidence need of a script. Nothing here loads
// anything before a reader asks for it.

import { decoded } from "./decoded.mjs";

const root = new URL(JSON.parse(document.getElementById("__config").textContent).base.replace(/\/?$/, "/"), location);

// Search: `/` or Ctrl+K opens it; its script and index come then, and what is typed until it is there is kept.
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
  const typing = event.target.closest?.("input, textarea, select, [contenteditable]");
  if (typed !== null && event.key === "Escape") typed = null;
  else if (typed !== null && plain && event.key.length === 1) typed += event.key;
  else if ((event.key === "/" && !typing && plain) || (event.key === "k" && (event.ctrlKey || event.metaKey))) open();
  else return;
  event.preventDefault();
});

// Light or dark: the theme listens to radio buttons that nobody sees.
const palettes = [...document.querySelectorAll("[data-palette]")];
for (const button of palettes) {
  button.addEventListener("click", () => {
    document.getElementById(button.dataset.palette).click();
    palettes.find((other) => !other.hidden)?.focus();
  });
}

// A link to folded claims unfolds them.
function unfold() {
  const id = decoded(location.hash.slice(1));
  const target = id && document.getElementById(id);
  const folded = target && target.closest("details:not([open])");
  if (!folded) return;
  folded.open = true;
  target.scrollIntoView();
}
addEventListener("hashchange", unfold);
unfold();
addEventListener("click", (event) => {
  const href = event.target.closest?.("a[href^='#']")?.getAttribute("href");
  if (href && href === location.hash) unfold();
});

// Plots: a tick box for each lab; arrows go from dot to dot, which are one stop of Tab.
for (const plot of document.querySelectorAll(".plot")) {
  const dots = () => [...plot.querySelectorAll(".points .point")].filter((dot) => !dot.closest("[hidden]"));
  for (const box of plot.querySelectorAll("input[data-lab]")) {
    box.addEventListener("change", () => {
      for (const dot of plot.querySelectorAll(`.points li.lab-${box.dataset.lab}`)) dot.hidden = !box.checked;
      rest();
    });
  }
  const rest = () => dots().forEach((dot, i) => { dot.tabIndex = i === 0 ? 0 : -1; });
  rest();
  plot.addEventListener("keydown", (event) => {
    const step = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
    const all = dots();
    const at = all.indexOf(event.target);
    if (!step || at < 0) return;
    event.preventDefault();
    const next = all[(at + step + all.length) % all.length];
    event.target.tabIndex = -1;
    next.tabIndex = 0;
    next.focus();
  });
}

// Tables that can be sorted, unknown last either way, and those that can be searched.
const COLLATOR = new Intl.Collator("en", { numeric: true });
// A date is no number: in order as text it is in order by day.
const number = (text) => /^\d{4}-\d\d/.test(text) ? NaN : Number(/^\$?-?[\d,]*\.?\d+/.exec(text)?.[0].replace(/[$,]/g, "") ?? NaN);
for (const table of document.querySelectorAll(".sortable table")) {
  const body = table.tBodies[0];
  const heads = [...table.tHead.rows[0].cells];
  heads.forEach((head, column) => {
    const button = document.createElement("button");
    button.type = "button";
    button.append(...head.childNodes);
    head.append(button);
    head.setAttribute("aria-sort", "none");
    button.addEventListener("click", () => {
      const down = head.getAttribute("aria-sort") === "ascending";
      for (const other of heads) other.setAttribute("aria-sort", other !== head ? "none" : down ? "descending" : "ascending");
      const rows = [...body.rows].map((row) => {
        const text = row.cells[column].textContent.trim();
        return { row, text, unknown: text === "—", number: number(text) };
      });
      rows.sort((a, b) => {
        if (a.unknown || b.unknown) return a.unknown - b.unknown;
        const order = Number.isNaN(a.number) || Number.isNaN(b.number) ? COLLATOR.compare(a.text, b.text) : a.number - b.number;
        return down ? -order : order;
      });
      body.append(...rows.map(({ row }) => row));
    });
  });
}
for (const place of document.querySelectorAll(".findable")) {
  const rows = [...place.querySelectorAll("tbody tr")].map((row) => [row, row.textContent.toLowerCase()]);
  const find = document.createElement("p");
  find.className = "find";
  find.innerHTML = '<label>Find in the table <input type="search"></label> <span role="status"></span>';
  find.addEventListener("input", (event) => {
    const terms = event.target.value.toLowerCase().split(/\s+/);
    let left = 0;
    for (const [row, text] of rows) {
      row.hidden = !terms.every((word) => text.includes(word));
      if (!row.hidden) left += 1;
    }
    find.querySelector("span").textContent = `${left.toLocaleString("en")} of ${rows.length.toLocaleString("en")}`;
  });
  if (rows.length > 12) place.prepend(find);
}

// What the theme's own script adds later: a wide table can be scrolled by keyboard, a copy button has a name.
function mend() {
  for (const wide of document.querySelectorAll(".md-typeset__scrollwrap:not([tabindex])")) {
    if (wide.scrollWidth > wide.clientWidth) wide.tabIndex = 0;
  }
  document.querySelectorAll(".md-code__nav:not([aria-label])").forEach((nav) => nav.setAttribute("aria-label", `Code ${nav.closest("pre")?.id.replace(/\D+/g, "") ?? ""}`.trim()));
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
for (const time of document.querySelectorAll("time[data-until]")) {
  const days = Math.ceil((new Date(`${time.dateTime}T23:59:59`) - Date.now()) / 864e5) - 1;
  const left = document.createElement("small");
  left.textContent = days < 0 ? ` ${-days} day${days === -1 ? "" : "s"} ago` : days === 0 ? " today" : ` in ${days} day${days === 1 ? "" : "s"}`;
  time.append(document.createElement("br"), left);
}

// Changes: by kind, provider and lab; the choice stands in the address.
const filters = document.querySelector("form[data-filters]");
if (filters) {
  const rows = [...document.querySelectorAll(".change")];
  const asked = new URLSearchParams(location.search);
  const show = () => {
    const wanted = Object.entries(Object.fromEntries(new FormData(filters))).filter(([, value]) => value);
    for (const row of rows) row.hidden = !wanted.every(([name, value]) => row.dataset[name] === value);
    for (const day of document.querySelectorAll(".day")) day.hidden = !day.querySelector(".change:not([hidden])");
    const left = rows.filter((row) => !row.hidden).length;
    filters.querySelector("output").textContent = `${left.toLocaleString("en")} of ${rows.length.toLocaleString("en")}`;
    history.replaceState(null, "", wanted.length ? `?${new URLSearchParams(wanted)}` : location.pathname);
  };
  for (const select of filters.querySelectorAll("select")) if ([...select.options].some((o) => o.value === asked.get(select.name))) select.value = asked.get(select.name);
  filters.addEventListener("change", show);
  filters.hidden = false;
  show();
}

// Nobody may notice that refreshes stopped: past the owner's limit every page says how old its data is.
const read = document.querySelector("[data-read]");
const age = read ? Math.floor((Date.now() - new Date(`${read.dataset.read}T00:00:00Z`)) / 864e5) : 0;
if (read && age > Number(read.dataset.maxAge)) {
  const notice = document.createElement("p");
  notice.className = "aged";
  notice.setAttribute("role", "status");
  notice.textContent = `The sources were last read on ${read.dataset.read}, ${age} days ago. Prices, limits and retirements may have changed since.`;
  document.querySelector(".md-content__inner, main")?.prepend(notice);
}
