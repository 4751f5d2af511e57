// Site search: MiniSearch over every model, provider, lab and section of the guides.
// The index is made here from a list that loads when search is first opened.

import MiniSearch from "minisearch";
import { nearest } from "../explorer/nearest.mjs";
import { decoded } from "./decoded.mjs";
import { element } from "./element.mjs";
import { isPast } from "./past.mjs";
import { Resolver } from "./names/resolver.mjs";

/** Safari has the key that ends a composition come after its end, with this number. */
const OF_INPUT_METHOD = 229;

/** @import { SearchOptions } from "minisearch" */
/** @import { Hit, SearchData } from "../types/site.js" */

/** @typedef {{ index: MiniSearch<Hit>, documents: Hit[], resolver: Resolver }} Searched */

const MOST = 12;
/** @type {Promise<Searched> | undefined} */
let ready;
/** @type {HTMLDialogElement | undefined} */
let dialog;

/** Words, and for a name like gpt-4o the whole of it too. @param {string} text */
function terms(text) {
  const whole = text
    .toLowerCase()
    .split(/[\s/_:,()|“”"«»]+/)
    .filter(Boolean);
  return whole.flatMap((word) => {
    const parts = word.split(/[-.@+]+/).filter(Boolean);
    return parts.length > 1 ? [word, ...parts] : [word];
  });
}

/** @param {string} text */
const plain = (text) => text.toLowerCase().replace(/[^\p{L}\p{N}]/gu, "");

/** @param {URL} root */
async function load(root) {
  const response = await fetch(new URL("search/almanac.json", root));
  if (!response.ok) throw new Error(`HTTP ${response.status}`);
  return indexed(await response.json());
}

/** What is published, ready to be searched. @param {SearchData} data @returns {Searched} */
export function indexed(data) {
  const { tags, providers, labs, models, pages } = data;
  /** @type {Hit[]} */
  const documents = models.map(([id, name, places, own, at, end], number) => {
    const lab = labs[id.slice(0, id.indexOf("/"))];
    const ended = end && isPast(end) ? " · retired" : "";
    return {
      number,
      name,
      also: id,
      about: [lab ?? "", ...own.map((t) => tags[t]), ...at.map((p) => providers[p])].join(" "),
      path: `models/${id}/`,
      kind: `${lab ?? "Model"} · ${places} ${places === 1 ? "place" : "places"}${ended}`,
      weight: 1 + Math.log2(1 + places) / 8,
    };
  });
  for (const [path, name, about, kind, weight] of pages) {
    documents.push({ number: documents.length, name, also: "", about, path, kind, weight });
  }
  /** @type {MiniSearch<Hit>} */
  const index = new MiniSearch({
    idField: "number",
    fields: ["name", "also", "about"],
    tokenize: terms,
    processTerm: (t) => t,
  });
  index.addAll(documents);
  return { index, documents, resolver: new Resolver(data) };
}

/**
 * What is asked for, the best first: a page whose name is just what was typed, and the models that are called
 * so however it is spelled, go before all others.
 * @param {Searched} searched @param {string} asked
 */
export function find({ index, documents, resolver }, asked) {
  const query = asked.trim();
  if (!query) return [];
  /** @type {SearchOptions} */
  const options = {
    boost: { name: 5, also: 2 },
    prefix: (term) => term.length > 1,
    boostDocument: (number) => documents[number].weight,
  };
  /** @param {string} term */
  const fuzzy = (term) => (term.length > 2 ? 0.4 : false);
  let hits = index.search(query, { ...options, combineWith: "AND" });
  if (!hits.length) hits = index.search(query, { ...options, combineWith: "AND", fuzzy: 0.2 });
  if (!hits.length) hits = index.search(query, { ...options, combineWith: "OR", fuzzy });
  const wanted = plain(query);
  /** @param {Hit} d */
  const exact = (d) => plain(d.name) === wanted || plain(d.also.replace(/^[^/]*\//, "")) === wanted;
  const all = hits.map((hit) => documents[hit.id]);
  const meant = resolver.meant(query);
  const models = [meant?.model, ...(meant?.choices ?? [])];
  const called = documents.filter((d) => d.also && models.includes(d.also));
  return [...new Set([...all.filter(exact), ...called, ...all])].slice(0, MOST);
}

/**
 * Open the dialog with what was typed already; the index loads while the reader types on.
 * @param {URL} root
 */
export function search(root, typed = "") {
  dialog ??= build(root);
  if (!dialog.open) dialog.showModal();
  const input = element(dialog, "input", HTMLInputElement);
  input.select();
  if (!typed) return;
  input.value = typed;
  input.dispatchEvent(new Event("input"));
}

/** @param {URL} root */
function build(root) {
  const made = document.createElement("dialog");
  made.className = "search";
  made.setAttribute("aria-label", "Search");
  made.innerHTML = `<form method="dialog"><input type="search" role="combobox"
    aria-label="Search models, providers, guides" aria-expanded="true" aria-controls="search-found"
    aria-autocomplete="list" autocomplete="off" spellcheck="false"
    placeholder="gpt-4o · claude opus eu · cheap vision"><button
    aria-label="Close search">Esc</button></form><p role="status"></p><ul id="search-found"
    role="listbox" aria-label="Results"></ul>`;
  document.body.append(made);
  const input = element(made, "input", HTMLInputElement);
  const list = element(made, "ul", HTMLUListElement);
  const status = element(made, "p", HTMLParagraphElement);
  let chosen = 0;
  const choose = (/** @type {number} */ n) => {
    const items = [...list.children];
    chosen = Math.max(0, Math.min(items.length - 1, n));
    items.forEach((item, i) => item.setAttribute("aria-selected", String(i === chosen)));
    if (items.length) input.setAttribute("aria-activedescendant", items[chosen].id);
    else input.removeAttribute("aria-activedescendant");
    items[chosen]?.scrollIntoView({ block: "nearest" });
  };
  const show = async () => {
    try {
      ready ??= load(root);
      const loaded = await ready;
      const hits = find(loaded, input.value);
      list.replaceChildren(...hits.map((d, i) => row(root, d, i)));
      status.textContent = !input.value.trim()
        ? "Models, providers, labs and guides."
        : hits.length
          ? `${hits.length} found`
          : "Nothing found. The explorer searches ids and filters by price, context and capability.";
      choose(0);
    } catch (error) {
      ready = undefined;
      const why = error instanceof Error ? error.message : String(error);
      status.textContent = `The search index could not be loaded (${why}); type again to retry.`;
    }
  };
  input.addEventListener("input", show);
  input.addEventListener("keydown", (event) => {
    if (event.isComposing || event.keyCode === OF_INPUT_METHOD) return;
    if (event.key === "ArrowDown") choose(chosen + 1);
    else if (event.key === "ArrowUp") choose(chosen - 1);
    else if (event.key === "Enter") list.children[chosen]?.querySelector("a")?.click();
    else return;
    event.preventDefault();
  });
  made.addEventListener("click", ({ target }) => {
    if (target === made || (target instanceof Element && target.closest("a"))) made.close();
  });
  show();
  return made;
}

/** @param {URL} root @param {Hit} hit @param {number} i */
function row(root, hit, i) {
  const li = document.createElement("li");
  li.id = `search-${i}`;
  li.setAttribute("role", "option");
  const link = document.createElement("a");
  link.href = new URL(hit.path, root).href;
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

/**
 * The page that an address means which does not exist, in another spelling; null for none.
 * @param {Searched} searched @param {string} asked the address within the site, without its last slash
 */
export function meantBy({ documents, resolver }, asked) {
  const [folder, ...rest] = asked.split("/");
  const name = rest.join("/");
  /** @param {string} text */
  const model = (text) => resolver.meant(text)?.model ?? "";
  if (folder === "models" && model(name)) return `models/${model(name)}/`;
  if (folder === "versus") {
    const parts = name.split("-or-");
    for (let cut = 1; cut < parts.length; cut += 1) {
      const [a, b] = [parts.slice(0, cut), parts.slice(cut)].map((half) => model(half.join("-or-")));
      if (a && b) return `versus/?a=${a}&b=${b}`;
    }
  }
  return documents.find(({ path }) => path.replace(/\/$/, "") === asked.toLowerCase())?.path ?? null;
}

/**
 * On the page for what does not exist: to the page that is meant in another spelling, else the models,
 * providers and labs whose address is nearest.
 * @param {URL} root @param {HTMLElement} place
 */
export async function suggest(root, place) {
  const searched = await (ready ??= load(root));
  const { documents, resolver } = searched;
  const asked = decoded(location.pathname.slice(root.pathname.length)).replace(/(?:\.md|\/)+$/, "");
  const meant = meantBy(searched, asked);
  if (meant) {
    location.replace(new URL(meant, root).href + (meant.includes("?") ? "" : location.hash));
    return;
  }
  const pages = documents.filter((d) => !d.path.includes("#"));
  const paths = new Map(pages.map((d) => [d.path.replace(/\/$/, ""), d]));
  const { choices, near } = resolver.resolve(asked.replace(/^models\//, ""));
  const models = asked.startsWith("models/") ? [...choices, ...near].map((id) => `models/${id}`) : [];
  const likely = [...new Set([...models, ...nearest(asked, [...paths.keys()], 6)])].slice(0, 6);
  if (!likely.length) return;
  const list = document.createElement("ul");
  list.append(
    ...likely.flatMap((path, i) => {
      const page = paths.get(path);
      if (!page) return [];
      const li = row(root, page, i);
      li.removeAttribute("role");
      element(li, "a", HTMLAnchorElement).tabIndex = 0;
      return [li];
    }),
  );
  const heading = document.createElement("p");
  heading.textContent = "Nearest to that address:";
  place.append(heading, list);
}
