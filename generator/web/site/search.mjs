// Site search: MiniSearch over every model, provider, lab and section of the guides. The index is made here from
// a list that loads when search is first opened.

import MiniSearch from "minisearch";
import { nearest } from "../explorer/nearest.mjs";
import { decoded } from "./decoded.mjs";

const MOST = 12;
let ready;
let dialog;

/** Words, and for a name like gpt-4o the whole of it too. */
function terms(text) {
  const whole = text.toLowerCase().split(/[\s/_:,()|“”"«»]+/).filter(Boolean);
  return whole.flatMap((word) => {
    const parts = word.split(/[-.@+]+/).filter(Boolean);
    return parts.length > 1 ? [word, ...parts] : [word];
  });
}

const plain = (text) => text.toLowerCase().replace(/[^\p{L}\p{N}]/gu, "");

async function load(root) {
  const response = await fetch(new URL("search/almanac.json", root));
  if (!response.ok) throw new Error(`HTTP ${response.status}`);
  const { tags, providers, labs, models, pages } = await response.json();
  const documents = models.map(([id, name, places, own, at], number) => ({
    number,
    name,
    also: id,
    about: [labs[id.slice(0, id.indexOf("/"))] ?? "", ...own.map((t) => tags[t]), ...at.map((p) => providers[p])].join(" "),
    path: `models/${id}/`,
    kind: `${labs[id.slice(0, id.indexOf("/"))] ?? "Model"} · ${places} ${places === 1 ? "place" : "places"}`,
    weight: 1 + Math.log2(1 + places) / 8,
  }));
  for (const [path, name, about, kind, weight] of pages) {
    documents.push({ number: documents.length, name, also: "", about, path, kind, weight });
  }
  const index = new MiniSearch({ idField: "number", fields: ["name", "also", "about"], tokenize: terms, processTerm: (t) => t });
  index.addAll(documents);
  return { index, documents };
}

/** What is asked for, the best first: a page whose name is just what was typed goes before all others. */
export function find({ index, documents }, asked) {
  const query = asked.trim();
  if (!query) return [];
  const options = {
    boost: { name: 5, also: 2 },
    prefix: (term) => term.length > 1,
    boostDocument: (number) => documents[number].weight,
  };
  let hits = index.search(query, { ...options, combineWith: "AND" });
  if (!hits.length) hits = index.search(query, { ...options, combineWith: "AND", fuzzy: 0.2 });
  if (!hits.length) hits = index.search(query, { ...options, combineWith: "OR", fuzzy: (term) => (term.length > 2 ? 0.4 : false) });
  const exact = (d) => plain(d.name) === plain(query) || plain(d.also.replace(/^[^/]*\//, "")) === plain(query);
  const all = hits.map((hit) => documents[hit.id]);
  return [...all.filter(exact), ...all.filter((d) => !exact(d))].slice(0, MOST);
}

/** Open the dialog with what was typed already; the index loads while the reader types on. */
export function search(root, typed = "") {
  dialog ??= build(root);
  if (!dialog.open) dialog.showModal();
  const input = dialog.querySelector("input");
  input.select();
  if (!typed) return;
  input.value = typed;
  input.dispatchEvent(new Event("input"));
}

function build(root) {
  const made = document.createElement("dialog");
  made.className = "search";
  made.setAttribute("aria-label", "Search");
  made.innerHTML = `<form method="dialog"><input type="search" role="combobox" aria-label="Search models, providers, guides" aria-expanded="true" aria-controls="search-found" aria-autocomplete="list" autocomplete="off" spellcheck="false" placeholder="gpt-4o · claude opus eu · cheap vision"><button aria-label="Close search">Esc</button></form><p role="status"></p><ul id="search-found" role="listbox" aria-label="Results"></ul>`;
  document.body.append(made);
  const input = made.querySelector("input");
  const list = made.querySelector("ul");
  const status = made.querySelector("p");
  let chosen = 0;
  const choose = (n) => {
    const rows = [...list.children];
    chosen = Math.max(0, Math.min(rows.length - 1, n));
    rows.forEach((row, i) => row.setAttribute("aria-selected", String(i === chosen)));
    if (rows.length) input.setAttribute("aria-activedescendant", rows[chosen].id);
    else input.removeAttribute("aria-activedescendant");
    rows[chosen]?.scrollIntoView({ block: "nearest" });
  };
  const show = async () => {
    try {
      ready ??= load(root);
      const loaded = await ready;
      const hits = find(loaded, input.value);
      list.replaceChildren(...hits.map((d, i) => row(root, d, i)));
      status.textContent = input.value.trim() ? (hits.length ? `${hits.length} found` : "Nothing found. The explorer searches ids and filters by price, context and capability.") : "Models, providers, labs and guides.";
      choose(0);
    } catch (error) {
      ready = undefined;
      status.textContent = `The search index could not be loaded (${error.message}); type again to retry.`;
    }
  };
  input.addEventListener("input", show);
  input.addEventListener("keydown", (event) => {
    if (event.key === "ArrowDown") choose(chosen + 1);
    else if (event.key === "ArrowUp") choose(chosen - 1);
    else if (event.key === "Enter") list.children[chosen]?.querySelector("a").click();
    else return;
    event.preventDefault();
  });
  made.addEventListener("click", (event) => { if (event.target === made || event.target.closest("a")) made.close(); });
  show();
  return made;
}

function row(root, hit, i) {
  const li = document.createElement("li");
  li.id = `search-${i}`;
  li.setAttribute("role", "option");
  const link = document.createElement("a");
  link.href = new URL(hit.path, root);
  link.tabIndex = -1;
  const name = document.createElement("b");
  name.textContent = hit.name;
  name.dir = "auto";
  const kind = document.createElement("small");
  kind.textContent = hit.kind;
  link.append(name, kind);
  li.append(link);
  return li;
}

/** On the page for what does not exist: the models, providers and labs whose address is nearest. */
export async function suggest(root, place) {
  const { documents } = await (ready ??= load(root));
  const asked = decoded(location.pathname.slice(root.pathname.length)).replace(/\/+$/, "");
  const paths = new Map(documents.filter((d) => !d.path.includes("#")).map((d) => [d.path.replace(/\/$/, ""), d]));
  const near = nearest(asked, [...paths.keys()], 6);
  if (!near.length) return;
  const list = document.createElement("ul");
  list.append(...near.map((path, i) => {
    const li = row(root, paths.get(path), i);
    li.removeAttribute("role");
    li.firstChild.tabIndex = 0;
    return li;
  }));
  const heading = document.createElement("p");
  heading.textContent = "Nearest to that address:";
  place.append(heading, list);
}
