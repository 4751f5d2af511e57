// The explorer's page: its state and what a reader can change of it; each change draws it anew.

import { elementScroll, observeElementOffset, observeElementRect, Virtualizer } from "@tanstack/virtual-core";
import { html, nothing, render } from "lit-html";

import { csv, json, save } from "./download.mjs";
import { meanings } from "../site/asked.mjs";
import { element } from "../site/element.mjs";
import { count, facets } from "./facets.mjs";
import { MEDIUM, SMALL, WIDE } from "./offerings.mjs";
import { asksForQuality } from "./quality.mjs";
import { empty, MOST_PICKED, read, shown, write } from "./state.mjs";
import { makeTable, sorting } from "./table.mjs";
import { bar, chips, likely } from "./views/bar.mjs";
import { filters } from "./views/filters.mjs";
import { drawRows, grid } from "./views/grid.mjs";
import { tray } from "./views/tray.mjs";

/** @import { Active, End, Quality, State, Tally, Want } from "../types/explorer.js" */
/** @import { Offerings } from "./offerings.mjs" */
/** @import { TableRow } from "./table.mjs" */

const small = matchMedia("(max-width: 44.9375em)");
const medium = matchMedia("(max-width: 76.1875em)");
const folded = matchMedia("(max-width: 59.9375em)"); // the filters stand above the table, not beside it

export class ExplorerPage {
  message = "";
  /** @type {State} */
  state;
  /** @type {string[]} */
  notes;
  /** @type {TableRow[]} */
  rows = [];
  /** @type {Tally} */
  tally = { counts: new Map(), able: new Map() };
  /** @type {Record<string, string>} */
  finding = {}; // what is typed to find a value within a facet
  /** @type {Active} */
  active = { row: 0, part: 0 }; // the one control in the table that Tab reaches
  /** @type {string[]} the models that a search may mean which no row has */
  likely = [];
  rowHeight = 46;
  #typed = 0;
  #learning = false;

  /**
   * @param {HTMLElement} place @param {Offerings} offerings
   * @param {() => Promise<Quality>} fetchQuality gets the columns of quality, once they are asked for
   */
  constructor(place, offerings, fetchQuality) {
    this.place = place;
    this.offerings = offerings;
    this.fetchQuality = fetchQuality;
    this.facetList = facets(offerings);
    this.capabilities = Object.keys(offerings.data.capabilities);
    this.table = makeTable(offerings, this.facetList, this.capabilities);
    ({ state: this.state, notes: this.notes } = this.#read());
    place.replaceChildren();
    /** @type {Virtualizer<HTMLElement, HTMLElement>} */
    this.virtual = new Virtualizer({
      count: 0,
      getScrollElement: () => this.scroller,
      estimateSize: () => this.rowHeight,
      overscan: 8,
      scrollToFn: elementScroll,
      observeElementRect,
      observeElementOffset,
      onChange: () => this.drawRows(),
    });
    addEventListener("popstate", () => {
      ({ state: this.state, notes: this.notes } = this.#read());
      this.apply();
    });
    for (const query of [small, medium, folded]) query.addEventListener("change", () => this.draw());
  }

  /**
   * Draw for the first time; `fetchIds` gets the ids a model is called by, which a search looks in, too.
   * @param {() => Promise<string[]>} fetchIds
   */
  start(fetchIds) {
    this.apply();
    this.virtual._didMount();
    this.virtual._willUpdate();
    this.drawRows();
    const later = globalThis.requestIdleCallback ?? ((/** @type {() => void} */ f) => setTimeout(f, 200));
    const learn = () =>
      fetchIds()
        .then((ids) => {
          this.offerings.know(ids);
          if (!this.state.q) return;
          this.table.setColumnFilters([]);
          this.apply();
        })
        .catch(() => {});
    if (this.state.q) learn();
    else this.place.addEventListener("focusin", () => later(learn), { once: true });
  }

  /** Load the columns of quality, where that is not done yet, and draw with them. */
  async learnQuality() {
    if (this.#learning || this.offerings.hasQuality) return;
    this.#learning = true;
    try {
      this.offerings.learnQuality(await this.fetchQuality());
      this.facetList = facets(this.offerings);
      this.table = makeTable(this.offerings, this.facetList, this.capabilities);
      ({ state: this.state, notes: this.notes } = this.#read());
    } catch {
      this.message = "What is known of quality could not be loaded. Try again.";
    }
    this.#learning = false;
    this.apply();
  }

  #read() {
    return read(location.search, this.offerings, this.facetList);
  }

  get scroller() {
    return element(this.place, ".x-scroll", HTMLElement);
  }

  /** Whether the window is so small that the table shrinks to it. */
  get isSmall() {
    return small.matches;
  }

  /** The ids of the columns that are shown. */
  get columnIds() {
    return shown(this.state, small.matches ? SMALL : medium.matches ? MEDIUM : WIDE);
  }

  get columns() {
    return this.columnIds.flatMap((id) => this.offerings.byId.get(id) ?? []);
  }

  apply() {
    performance.mark("explorer-start");
    const { state, table } = this;
    /** @type {{ id: string, value: unknown }[]} */
    const wanted = Object.entries(state.facets).map(([id, value]) => ({ id: `f.${id}`, value }));
    for (const [id, value] of Object.entries(state.can)) wanted.push({ id, value });
    for (const [id, value] of Object.entries(state.ranges)) wanted.push({ id, value });
    if (state.q.trim()) wanted.push({ id: "q", value: state.q });
    table.setColumnFilters(wanted);
    table.setSorting(sorting(state.sort));
    this.rows = table.getRowModel().rows;
    const ids = wanted.map((f) => f.id);
    const all = table.getCoreRowModel().rows;
    this.tally = count(all, ids, this.facetList, this.capabilities, this.offerings);
    this.likely = [];
    if (!this.rows.length && state.q.trim()) this.lookUp(state.q);
    this.draw();
    performance.measure("explorer", "explorer-start");
  }

  /**
   * Change the state: a new entry in the history, or the last one amended while a reader types.
   * @param {Partial<State>} change
   */
  set(change, { amend = false } = {}) {
    this.state = { ...this.state, ...change };
    this.notes = [];
    this.message = "";
    const search = write(this.state);
    history[amend ? "replaceState" : "pushState"](null, "", location.pathname + search);
    if (asksForQuality(search, this.offerings.data.quality)) this.learnQuality();
    this.active.row = 0;
    this.scroller.scrollTo({ top: 0 });
    this.apply();
  }

  /** What a search may mean by which nothing is called as it is written. @param {string} q */
  async lookUp(q) {
    const [means] = await meanings(this.place.dataset.root ?? "../", [q]).catch(() => [null]);
    if (!means || q !== this.state.q || this.rows.length) return;
    this.likely = means.model ? [means.model] : [...means.choices, ...means.near];
    this.draw();
  }

  /** @param {string} text */
  search(text) {
    const amend = this.#typed && performance.now() - this.#typed < 2000;
    this.#typed = performance.now();
    this.set({ q: text }, { amend: Boolean(amend) });
  }

  /** @param {string} facet @param {string} value */
  toggle(facet, value) {
    const now = this.state.facets[facet] ?? [];
    const next = now.includes(value) ? now.filter((v) => v !== value) : [...now, value];
    const { [facet]: _, ...others } = this.state.facets;
    this.set({ facets: next.length ? { ...others, [facet]: next } : others });
  }

  /** @param {string} capability @param {Want | ""} how */
  want(capability, how) {
    const { [capability]: _, ...others } = this.state.can;
    this.set({ can: how ? { ...others, [capability]: how } : others });
  }

  /** @param {string} id @param {End} end @param {string} text */
  limit(id, end, text) {
    const { [id]: now, ...others } = this.state.ranges;
    const range = { ...now, [end]: text === "" ? undefined : Number(text) };
    const left = range.min !== undefined || range.max !== undefined;
    this.set({ ranges: left ? { ...others, [id]: range } : others });
  }

  /** @param {string} column */
  sortBy(column) {
    const { sort } = this.state;
    const first = this.offerings.byId.get(column)?.capability ? `-${column}` : column;
    const second = first === column ? `-${column}` : column;
    this.set({ sort: sort === first ? second : sort === second ? "" : first });
  }

  /** Take an offering in or out of those to compare; the table stays where it is. @param {string} key */
  pick(key) {
    const { top, row } = { top: this.scroller.scrollTop, row: this.active.row };
    this.#pick(key);
    this.active.row = row;
    this.scroller.scrollTo({ top });
  }

  /** @param {string} key */
  #pick(key) {
    const { pick } = this.state;
    if (pick.includes(key)) return this.set({ pick: pick.filter((k) => k !== key) });
    if (pick.length >= MOST_PICKED) {
      this.message = `${MOST_PICKED} can be compared at once; take one out first.`;
      return this.draw();
    }
    return this.set({ pick: [...pick, key] });
  }

  /** @param {"csv" | "json"} kind */
  download(kind) {
    const numbers = this.rows.map((r) => r.original);
    const { columnIds, offerings } = this;
    if (kind === "csv") save("model-almanac.csv", "text/csv", csv(offerings, numbers, columnIds));
    else save("model-almanac.json", "application/json", json(offerings, numbers, columnIds));
  }

  draw() {
    const { cols, pick } = this.state;
    const takeOff = () => this.set({ ...empty(), cols, pick });
    const notes = [...this.notes, this.message].filter(Boolean);
    render(
      html`
    ${bar(this)}
    ${chips(this)}
    ${notes.map((n) => html`<p class="x-note" role="alert">${n}</p>`)}
    <div class="x-body">
      <details class="x-filters" ?open=${!folded.matches}><summary>Filters</summary>${filters(this)}</details>
      <div class="x-scroll" role="region" aria-label="Offerings" tabindex="0">
        ${grid(this)}
        ${
          this.rows.length
            ? nothing
            : html`<p class="x-none">Nothing matches.
          <button type="button" class="x-link" @click=${takeOff}>Take all filters off</button>
          ${likely(this)}</p>`
        }
      </div>
    </div>
    ${tray(this)}`,
      this.place,
    );
    this.virtual.setOptions({ ...this.virtual.options, count: this.rows.length });
    this.virtual._willUpdate();
    this.drawRows();
  }

  /** Draw the rows in sight. */
  drawRows() {
    drawRows(this);
  }
}
