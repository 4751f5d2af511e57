// Beside the table: what it can be filtered by, each choice with how many rows it would leave.

import { html, nothing } from "lit-html";
import { live } from "lit-html/directives/live.js";
import { repeat } from "lit-html/directives/repeat.js";

import { RANGES } from "../facets.mjs";
import { counted } from "../offerings.mjs";

export function filters(page) {
  const { modalities } = page.offerings.data;
  const others = page.capabilities.filter((c) => !modalities.includes(c));
  return html`${page.facetList.filter(known).map((facet) => facetBox(page, facet))}${supportBox(page, "Takes and gives", modalities)}${supportBox(page, "Capabilities", others)}${RANGES.map((range) => rangeBox(page, range))}`;
}

/** Whether anything is known by which this facet could tell rows apart. */
const known = (facet) => facet.values.some((value) => value !== "unknown");

function facetBox(page, facet) {
  const { finding, state, tally } = page;
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
    ${many ? html`<input type="search" class="x-find" aria-label=${`Find in ${facet.name}`} placeholder=${`Find among ${values.length}`} .value=${live(finding[facet.id] ?? "")} @input=${(e) => { finding[facet.id] = e.target.value; page.draw(); }}>` : nothing}
    ${repeat(drawn, (d) => d.value, ({ value, label, n }) => html`<label class="x-choice"><input type="checkbox" .checked=${live(wanted.includes(value))} @change=${() => page.toggle(facet.id, value)}> <span dir="auto">${label}</span> <small>${counted(n)}</small></label>`)}
    ${drawn.length < values.length ? html`<p class="x-more">and ${values.length - drawn.length} more: type to find them</p>` : nothing}
    ${values.length ? nothing : html`<p class="x-more">none</p>`}</details>`;
}

const supportBox = (page, name, which) => html`<details class="x-facet" open><summary>${name}</summary>
  ${which.map((c) => {
    const how = page.state.can[c] ?? "";
    const { yes, unknown } = page.tally.able.get(c);
    return html`<label class="x-choice"><input type="checkbox" .checked=${live(Boolean(how))} @change=${() => page.want(c, how ? "" : "yes")}> <span>${page.offerings.data.capabilities[c]}</span> <small>${counted(yes)}</small></label>
      ${how ? html`<label class="x-choice x-also"><input type="checkbox" .checked=${live(how === "maybe")} @change=${() => page.want(c, how === "yes" ? "maybe" : "yes")}> <span>where unknown, too</span> <small>${counted(unknown)}</small></label>` : nothing}`;
  })}</details>`;

const rangeBox = (page, { id, name, unit }) => html`<fieldset class="x-range"><legend>${name} <small>${unit}</small></legend>
  ${["min", "max"].map((end) => html`<label><span class="x-hidden">${name}, ${end === "min" ? "at least" : "at most"}</span><input type="number" min="0" step="any" inputmode="decimal" placeholder=${end} .value=${live(String(page.state.ranges[id]?.[end] ?? ""))} @change=${(e) => page.limit(id, end, e.target.value)}></label>`)}</fieldset>`;
