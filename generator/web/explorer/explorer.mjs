// The explorer: every offering in one table. TanStack Table filters and sorts, TanStack Virtual draws the rows in
// sight, lit-html draws the rest; the state lives in the address.

import { columnFilteringFeature, constructTable, createFilteredRowModel, createSortedRowModel, rowSortingFeature, tableFeatures } from "@tanstack/table-core";
import { storeReactivityBindings } from "@tanstack/table-core/store-reactivity-bindings";
import { elementScroll, observeElementOffset, observeElementRect, Virtualizer } from "@tanstack/virtual-core";
import { html, nothing, render } from "lit-html";
import { live } from "lit-html/directives/live.js";
import { repeat } from "lit-html/directives/repeat.js";

import { csv, json, save } from "./download.mjs";
import { count, facets, oneOf, RANGES } from "./facets.mjs";
import { counted, MEDIUM, Offerings, SMALL, WIDE } from "./offerings.mjs";
import { empty, MOST_PICKED, read, shown, write } from "./state.mjs";

const ROW = 46;
const place = document.getElementById("offerings");
const small = matchMedia("(max-width: 44.9375em)");
const medium = matchMedia("(max-width: 76.1875em)");
const folded = matchMedia("(max-width: 59.9375em)"); // the filters stand above the table, not beside it
const size = () => (small.matches ? SMALL : medium.matches ? MEDIUM : WIDE);

async function fetched(name) {
  const answer = await fetch(`${place.dataset.assets}${name}`);
  if (!answer.ok) throw new Error(`${name}: HTTP ${answer.status}`);
  return answer.json();
}

try {
  start(new Offerings(await fetched("offerings.json"), new Date().toISOString().slice(0, 10)));
} catch (error) {
  place.querySelector(".waiting").textContent =
    `The catalog could not be loaded (${error.message}). Reload the page; the models are also listed by lab and by provider.`;
  throw error;
}

function start(offerings) {
  const facetList = facets(offerings);
  const capabilities = Object.keys(offerings.data.capabilities);
  const table = makeTable(offerings, facetList, capabilities);
  let { state, notes } = read(location.search, offerings, facetList);
  let message = "";
  let rows = [];
  let tally = null;
  const finding = {}; // what is typed to find a value within a facet
  const active = { row: 0, part: 0 }; // the one control in the table that Tab reaches

  place.replaceChildren();
  const virtual = new Virtualizer({
    count: 0,
    getScrollElement: () => place.querySelector(".x-scroll"),
    estimateSize: () => ROW,
    overscan: 8,
    scrollToFn: elementScroll,
    observeElementRect,
    observeElementOffset,
    onChange: () => drawRows(),
  });

  function apply() {
    performance.mark("explorer-start");
    const filters = Object.entries(state.facets).map(([id, value]) => ({ id: `f.${id}`, value }));
    for (const [id, value] of Object.entries(state.can)) filters.push({ id, value });
    for (const [id, value] of Object.entries(state.ranges)) filters.push({ id, value });
    if (state.q.trim()) filters.push({ id: "q", value: state.q });
    table.setColumnFilters(filters);
    table.setSorting(state.sort ? [{ id: state.sort.replace(/^-/, ""), desc: state.sort.startsWith("-") }] : []);
    rows = table.getRowModel().rows;
    tally = count(table.getCoreRowModel().rows, filters.map((f) => f.id), facetList, capabilities, offerings);
    draw();
    performance.measure("explorer", "explorer-start");
  }

  /** Change the state: a new entry in the history, or the last one amended while a reader types. */
  function set(change, { amend = false } = {}) {
    state = { ...state, ...change };
    notes = [];
    message = "";
    history[amend ? "replaceState" : "pushState"](null, "", location.pathname + write(state));
    active.row = 0;
    place.querySelector(".x-scroll")?.scrollTo({ top: 0 });
    apply();
  }

  addEventListener("popstate", () => {
    ({ state, notes } = read(location.search, offerings, facetList));
    apply();
  });
  for (const query of [small, medium, folded]) query.addEventListener("change", () => draw());

  let typed = 0;
  function search(text) {
    const amend = typed && performance.now() - typed < 2000;
    typed = performance.now();
    set({ q: text }, { amend: Boolean(amend) });
  }

  function toggle(facet, value) {
    const now = state.facets[facet] ?? [];
    const next = now.includes(value) ? now.filter((v) => v !== value) : [...now, value];
    const { [facet]: _, ...others } = state.facets;
    set({ facets: next.length ? { ...others, [facet]: next } : others });
  }

  function want(capability, how) {
    const { [capability]: _, ...others } = state.can;
    set({ can: how ? { ...others, [capability]: how } : others });
  }

  function limit(id, end, text) {
    const { [id]: now = {}, ...others } = state.ranges;
    const range = { ...now, [end]: text === "" ? undefined : Number(text) };
    const left = range.min !== undefined || range.max !== undefined;
    set({ ranges: left ? { ...others, [id]: range } : others });
  }

  function sortBy(column) {
    const first = offerings.byId.get(column).capability ? `-${column}` : column;
    const second = first === column ? `-${column}` : column;
    set({ sort: state.sort === first ? second : state.sort === second ? "" : first });
  }

  function pick(key) {
    if (state.pick.includes(key)) return set({ pick: state.pick.filter((k) => k !== key) });
    if (state.pick.length >= MOST_PICKED) {
      message = `${MOST_PICKED} can be compared at once; take one out first.`;
      return draw();
    }
    return set({ pick: [...state.pick, key] });
  }

  function setKeepingPlace(change) {
    const top = place.querySelector(".x-scroll").scrollTop;
    const row = active.row;
    change();
    active.row = row;
    place.querySelector(".x-scroll").scrollTo({ top });
  }

  const visible = () => shown(state, size()).map((id) => offerings.byId.get(id));

  function download(kind) {
    const numbers = rows.map((r) => r.original);
    const columns = visible().map((c) => c.id);
    if (kind === "csv") save("model-almanac.csv", "text/csv", csv(offerings, numbers, columns));
    else save("model-almanac.json", "application/json", json(offerings, numbers, columns));
  }

  // Drawing

  function draw() {
    render(page(), place);
    virtual.setOptions({ ...virtual.options, count: rows.length });
    virtual._willUpdate();
    drawRows();
  }

  const page = () => html`
    <div class="x-bar">
      <label class="x-search"><span class="x-hidden">Search offerings</span>
        <input type="search" placeholder="Model, lab, provider or id" .value=${live(state.q)} @input=${(e) => search(e.target.value)}></label>
      <p class="x-count" role="status">${rows.length === offerings.count ? html`<b>${counted(rows.length)}</b> offerings` : html`<b>${counted(rows.length)}</b> of ${counted(offerings.count)}`}</p>
      ${menu("Columns", html`<fieldset><legend>Columns</legend>${offerings.columns.filter((c) => c.id !== "model").map(columnChoice)}</fieldset>`)}
      ${menu("Download", html`<button type="button" @click=${() => download("csv")}>CSV, ${counted(rows.length)} rows</button><button type="button" @click=${() => download("json")}>JSON, ${counted(rows.length)} rows</button>`)}
    </div>
    ${chips()}
    ${[...notes, message].filter(Boolean).map((n) => html`<p class="x-note" role="alert">${n}</p>`)}
    <div class="x-body">
      <details class="x-filters" ?open=${!folded.matches}><summary>Filters</summary>${facetList.filter(known).map(facetBox)}${supportBox("Takes and gives", modalities)}${supportBox("Capabilities", capabilities.filter((c) => !modalities.includes(c)))}${RANGES.map(rangeBox)}</details>
      <div class="x-scroll" role="region" aria-label="Offerings" tabindex="0">
        ${grid()}
        ${rows.length ? nothing : html`<p class="x-none">Nothing matches. <button type="button" class="x-link" @click=${() => set({ ...empty(), cols: state.cols, pick: state.pick })}>Take all filters off</button></p>`}
      </div>
    </div>
    ${tray()}`;

  const menu = (name, body) => html`<details class="x-menu" @focusout=${(e) => { if (!e.currentTarget.contains(e.relatedTarget) && e.relatedTarget) e.currentTarget.open = false; }} @keydown=${(e) => { if (e.key === "Escape") { e.currentTarget.open = false; e.currentTarget.firstElementChild.focus(); } }}><summary>${name}</summary><div>${body}</div></details>`;

  function columnChoice(column) {
    const now = shown(state, size());
    const change = () => {
      const next = offerings.columns.map((c) => c.id).filter((id) => (id === column.id ? !now.includes(id) : now.includes(id)));
      set({ cols: next });
    };
    return html`<label class="x-choice"><input type="checkbox" .checked=${live(now.includes(column.id))} @change=${change}> ${column.label}</label>`;
  }

  function chips() {
    const made = [];
    for (const facet of facetList) {
      for (const value of state.facets[facet.id] ?? []) made.push([`${facet.name}: ${facet.label(value)}`, () => toggle(facet.id, value)]);
    }
    for (const [c, how] of Object.entries(state.can)) made.push([`${offerings.data.capabilities[c]}: ${how === "yes" ? "yes" : "not no"}`, () => want(c, "")]);
    for (const { id, name } of RANGES) {
      const range = state.ranges[id];
      if (!range) continue;
      const said = [range.min !== undefined && `from ${counted(range.min)}`, range.max !== undefined && `up to ${counted(range.max)}`].filter(Boolean).join(" ");
      const { [id]: _, ...others } = state.ranges;
      made.push([`${name} ${said}`, () => set({ ranges: others })]);
    }
    if (!made.length) return nothing;
    return html`<ul class="x-chips" aria-label="Filters in use">${made.map(([text, off]) => html`<li><button type="button" @click=${off} aria-label=${`Take off: ${text}`}>${text} <span aria-hidden="true">×</span></button></li>`)}
      <li><button type="button" class="x-link" @click=${() => set({ ...empty(), q: state.q, sort: state.sort, cols: state.cols, pick: state.pick })}>Take all off</button></li></ul>`;
  }

  function facetBox(facet) {
    const own = tally.counts.get(facet.id);
    const wanted = state.facets[facet.id] ?? [];
    const find = (finding[facet.id] ?? "").toLowerCase();
    const values = facet.values
      .map((value, code) => ({ value, label: facet.label(value), n: own[code] }))
      .filter(({ value, label, n }) => wanted.includes(value) || (n > 0 && label.toLowerCase().includes(find)))
      .sort((a, b) => wanted.includes(b.value) - wanted.includes(a.value) || b.n - a.n || (a.label < b.label ? -1 : 1));
    const many = facet.values.length > 12;
    const drawn = many ? values.slice(0, find ? 40 : Math.max(8, wanted.length)) : values;
    return html`<details class="x-facet" ?open=${wanted.length > 0 || ["lab", "provider", "channel"].includes(facet.id)}><summary>${facet.name}${wanted.length ? html` <b>${wanted.length}</b>` : nothing}</summary>
      ${many ? html`<input type="search" class="x-find" aria-label=${`Find in ${facet.name}`} placeholder=${`Find among ${values.length}`} .value=${live(finding[facet.id] ?? "")} @input=${(e) => { finding[facet.id] = e.target.value; draw(); }}>` : nothing}
      ${repeat(drawn, (d) => d.value, ({ value, label, n }) => html`<label class="x-choice"><input type="checkbox" .checked=${live(wanted.includes(value))} @change=${() => toggle(facet.id, value)}> <span dir="auto">${label}</span> <small>${counted(n)}</small></label>`)}
      ${drawn.length < values.length ? html`<p class="x-more">and ${values.length - drawn.length} more: type to find them</p>` : nothing}
      ${values.length ? nothing : html`<p class="x-more">none</p>`}</details>`;
  }

  const modalities = offerings.data.modalities;

  /** Whether anything is known by which this facet could tell rows apart. */
  const known = (facet) => facet.values.some((value) => value !== "unknown");

  const supportBox = (name, which) => html`<details class="x-facet" open><summary>${name}</summary>
    ${which.map((c) => {
      const how = state.can[c] ?? "";
      const { yes, unknown } = tally.able.get(c);
      return html`<label class="x-choice"><input type="checkbox" .checked=${live(Boolean(how))} @change=${() => want(c, how ? "" : "yes")}> <span>${offerings.data.capabilities[c]}</span> <small>${counted(yes)}</small></label>
        ${how ? html`<label class="x-choice x-also"><input type="checkbox" .checked=${live(how === "maybe")} @change=${() => want(c, how === "yes" ? "maybe" : "yes")}> <span>where unknown, too</span> <small>${counted(unknown)}</small></label>` : nothing}`;
    })}</details>`;

  const rangeBox = ({ id, name, unit }) => html`<fieldset class="x-range"><legend>${name} <small>${unit}</small></legend>
    ${["min", "max"].map((end) => html`<label><span class="x-hidden">${name}, ${end === "min" ? "at least" : "at most"}</span><input type="number" min="0" step="any" inputmode="decimal" placeholder=${end} .value=${live(String(state.ranges[id]?.[end] ?? ""))} @change=${(e) => limit(id, end, e.target.value)}></label>`)}</fieldset>`;

  function grid() {
    const columns = visible();
    const total = columns.reduce((sum, c) => sum + c.width, 0);
    return html`<table class="x-grid" role="grid" aria-label="Offerings" aria-rowcount=${rows.length + 1} aria-colcount=${columns.length} style="min-width:${small.matches && !state.cols ? 0 : total}px">
      <colgroup>${columns.map((c) => html`<col style="width:${(100 * c.width) / total}%">`)}</colgroup>
      <thead><tr aria-rowindex="1">${columns.map(header)}</tr></thead>
      <tbody @keydown=${move} @focusin=${focused}></tbody></table>`;
  }

  function header(column) {
    const by = state.sort.replace(/^-/, "") === column.id;
    const down = state.sort.startsWith("-");
    return html`<th scope="col" role="columnheader" class=${column.number ? "x-number" : ""} aria-sort=${by ? (down ? "descending" : "ascending") : "none"}><button type="button" @click=${() => sortBy(column.id)}>${column.label}<span aria-hidden="true">${by ? (down ? " ↓" : " ↑") : ""}</span></button></th>`;
  }

  function drawRows() {
    const body = place.querySelector(".x-grid tbody");
    if (!body) return;
    const items = virtual.getVirtualItems();
    const before = items.length ? items[0].start : 0;
    const after = items.length ? virtual.getTotalSize() - items.at(-1).end : 0;
    const columns = visible();
    // The one row Tab reaches is among those drawn, or Tab would pass the table by.
    if (items.length && !items.some((i) => i.index === active.row)) active.row = items[0].index;
    render(html`${space(before)}${items.map((item) => line(item.index, columns))}${space(after)}`, body);
  }

  const space = (height) => html`<tr aria-hidden="true" class="x-space"><td style="height:${height}px"></td></tr>`;

  function line(index, columns) {
    const row = rows[index]?.original;
    if (row === undefined) return nothing;
    const key = offerings.key(row);
    return html`<tr aria-rowindex=${index + 2} data-index=${index} class=${state.pick.includes(key) ? "x-picked" : ""}>${columns.map((c) => cellOf(row, key, c, index, columns))}</tr>`;
  }

  function cellOf(row, key, column, index, columns) {
    const page = `${place.dataset.root}models/${offerings.model(row)}/`;
    const reach = (part) => (active.row === index && active.part === part ? 0 : -1);
    if (column.id === "model") {
      // Where it is served is told below its name where it has no column.
      const places = ["provider", "channel"].filter((id) => !columns.some((c) => c.id === id)).map((id) => offerings.text(row, id));
      const second = [...new Set([offerings.labName(offerings.lab(row)), ...places, offerings.served(row)])].filter(Boolean).join(" · ");
      return html`<td role="gridcell" class="x-model"><input type="checkbox" tabindex=${reach(0)} aria-label=${`Compare ${offerings.modelName(row)} at ${offerings.text(row, "provider")}, ${offerings.text(row, "channel")}`} .checked=${live(state.pick.includes(key))} @change=${(e) => { setKeepingPlace(() => pick(key)); e.target.checked = state.pick.includes(key); }}><div><a href="${page}#${offerings.anchor(row)}" tabindex=${reach(1)} dir="auto">${offerings.modelName(row)}</a><small dir="auto">${second}</small></div></td>`;
    }
    if (column.id === "provider") return html`<td role="gridcell"><a href="${place.dataset.root}providers/${offerings.cell(row, "provider")}/" tabindex=${reach(2)}>${offerings.text(row, "provider")}</a></td>`;
    if (column.id === "channel") return html`<td role="gridcell">${offerings.text(row, "channel")}</td>`;
    const cell = offerings.cell(row, column.id);
    const mark = cell?.[1];
    const text = offerings.text(row, column.id);
    const value = column.capability || column.id === "weights" ? support(text) : text;
    const title = column.id === "regions" && Array.isArray(cell?.[0]) ? cell[0].join(", ") : "";
    return html`<td role="gridcell" class=${column.number ? "x-number" : ""} title=${title || nothing}>${value}${mark ? html`<a class="standing standing-${mark.toLowerCase()}" href="${page}#${offerings.anchor(row)}" tabindex="-1" title=${offerings.data.standings[mark]} aria-label="${column.label}: ${offerings.data.standings[mark]}; see its claims">${mark}</a>` : nothing}</td>`;
  }

  const support = (text) => ({ yes: html`<span class="x-yes">✓ yes</span>`, no: html`<span class="x-no">✗ no</span>` })[text] ?? text;

  // The table is one stop of Tab; arrows move within it.
  function focused(event) {
    const tr = event.target.closest("tr");
    const parts = [...tr.querySelectorAll("input, a")];
    active.row = Number(tr.dataset.index);
    active.part = Math.max(0, parts.indexOf(event.target));
  }

  function move(event) {
    const tr = event.target.closest("tr");
    const parts = [...tr.querySelectorAll("input, a")];
    const at = parts.indexOf(event.target);
    const index = Number(tr.dataset.index);
    const perPage = Math.max(1, Math.floor(place.querySelector(".x-scroll").clientHeight / ROW) - 2);
    const row = { ArrowDown: index + 1, ArrowUp: index - 1, PageDown: index + perPage, PageUp: index - perPage }[event.key]
      ?? (event.ctrlKey && { Home: 0, End: rows.length - 1 }[event.key]);
    if (typeof row === "number") {
      event.preventDefault();
      go(Math.min(rows.length - 1, Math.max(0, row)), at);
    } else if (event.key === "ArrowRight" || event.key === "ArrowLeft") {
      event.preventDefault();
      parts[Math.min(parts.length - 1, Math.max(0, at + (event.key === "ArrowRight" ? 1 : -1)))].focus();
    }
  }

  function go(index, part) {
    virtual.scrollToIndex(index, { align: "auto" });
    active.row = index;
    active.part = part;
    let tries = 0;
    const focus = () => {
      drawRows();
      const parts = place.querySelectorAll(`.x-grid tr[data-index="${index}"] :is(input, a)`);
      if (parts.length) parts[Math.min(part, parts.length - 1)].focus({ preventScroll: true });
      else if ((tries += 1) < 20) requestAnimationFrame(focus);
    };
    focus();
  }

  function tray() {
    if (!state.pick.length) return nothing;
    const known = new Map(state.pick.map((key) => [key, named(key)]));
    const enough = state.pick.length >= 2;
    return html`<section class="x-tray" aria-label="To compare"><ul>${state.pick.map((key) => html`<li><button type="button" aria-label=${`Take out ${known.get(key)}`} @click=${() => setKeepingPlace(() => pick(key))}>${known.get(key)} <span aria-hidden="true">×</span></button></li>`)}</ul>
      ${enough ? html`<a class="x-compare" href="${place.dataset.root}compare/?o=${state.pick.map((k) => encodeURIComponent(k).replaceAll("%2F", "/")).join(",")}">Compare ${state.pick.length}</a>` : html`<p>Choose one more to compare.</p>`}</section>`;
  }

  function named(key) {
    const [provider, channel, lab, ...rest] = key.split("/");
    const id = `${lab}/${rest.join("/").replace(/[@:].*$/, "")}`;
    return `${offerings.names.get(id) ?? rest.join("/")} · ${offerings.providerName(provider)}, ${offerings.channelName(channel)}`;
  }

  apply();
  virtual._didMount();
  virtual._willUpdate();
  drawRows();
  const later = globalThis.requestIdleCallback ?? ((f) => setTimeout(f, 200));
  const learn = () => fetched("ids.json").then((ids) => { offerings.know(ids); if (state.q) { table.setColumnFilters([]); apply(); } }).catch(() => {});
  if (state.q) learn();
  else place.addEventListener("focusin", () => later(learn), { once: true });
}

function makeTable(offerings, facetList, capabilities) {
  const byRank = (a, b, id) => a.getValue(id) - b.getValue(id);
  const inRange = (row, id, { min = -Infinity, max = Infinity }) => {
    const value = offerings.cell(row.original, id)?.[0];
    return typeof value === "number" && value >= min && value <= max;
  };
  const able = (row, id, how) => {
    const value = offerings.cell(row.original, id)?.[0];
    return how === "yes" ? value === "yes" : value !== "no";
  };
  const says = (row, _, words) => {
    const haystack = offerings.haystack(row.original);
    return words.every((word) => haystack.includes(word));
  };
  says.resolveFilterValue = (q) => q.toLowerCase().split(/\s+/).filter(Boolean);
  const columns = offerings.columns.map(({ id }) => ({
    id,
    accessorFn: (row) => offerings.rank(row, id),
    sortFn: byRank,
    sortUndefined: "last",
    filterFn: capabilities.includes(id) ? able : inRange,
  }));
  for (const facet of facetList) columns.push({ id: `f.${facet.id}`, accessorFn: (row) => row, filterFn: oneOf(facet) });
  columns.push({ id: "q", accessorFn: (row) => row, filterFn: says });
  return constructTable({
    features: tableFeatures({
      coreReactivityFeature: storeReactivityBindings(),
      columnFilteringFeature,
      rowSortingFeature,
      filteredRowModel: createFilteredRowModel(),
      sortedRowModel: createSortedRowModel(),
    }),
    columns,
    data: offerings.order(),
    getRowId: (row) => String(row),
  });
}
