// Beside the table: what it can be filtered by, each choice with how many rows it would leave.

import { html, nothing } from "lit-html";
import { live } from "lit-html/directives/live.js";
import { repeat } from "lit-html/directives/repeat.js";

import { ENDS, RANGES } from "../facets.mjs";
import { counted } from "../offerings.mjs";

/** @import { At, End, Facet, Limited } from "../../types/explorer.js" */
/** @import { ExplorerPage } from "../page.mjs" */

/** @param {ExplorerPage} page */
export function filters(page) {
  const { modalities } = page.offerings.data;
  const others = page.capabilities.filter((c) => !modalities.includes(c));
  return [
    ...page.facetList.filter(known).map((facet) => facetBox(page, facet)),
    page.offerings.hasQuality ? nothing : qualityBox(page),
    supportBox(page, "Takes and gives", modalities),
    supportBox(page, "Capabilities", others),
    ...RANGES.map((range) => rangeBox(page, range)),
  ];
}

/** In the place of the facet of evidence until it is loaded, when it is opened. @param {ExplorerPage} page */
const qualityBox = (page) => html`<details class="x-facet" @toggle=${() => page.learnQuality()}>
  <summary>Evidence of quality</summary><p class="x-more">loading</p></details>`;

/** Whether anything is known by which this facet could tell rows apart. @param {Facet} facet */
const known = (facet) => facet.values.some((value) => value !== "unknown");

/**
 * The values that a reader looks for, those chosen first, then those that most rows have.
 * @param {ExplorerPage} page @param {Facet} facet @param {string[]} wanted @param {string} find
 */
function choices({ tally }, facet, wanted, find) {
  const own = tally.counts.get(facet.id);
  /** @param {string} value @param {number} code */
  const choice = (value, code) => ({
    value,
    label: facet.label(value),
    n: own?.[code] ?? 0,
    on: wanted.includes(value),
  });
  return facet.values
    .map(choice)
    .filter(({ label, n, on }) => on || (n > 0 && label.toLowerCase().includes(find)))
    .sort((a, b) => Number(b.on) - Number(a.on) || b.n - a.n || (a.label < b.label ? -1 : 1));
}

/** @param {ExplorerPage} page @param {Facet} facet */
function facetBox(page, facet) {
  const { finding, state } = page;
  const wanted = state.facets[facet.id] ?? [];
  const find = (finding[facet.id] ?? "").toLowerCase();
  const values = choices(page, facet, wanted, find);
  const many = facet.values.length > 12;
  const drawn = many ? values.slice(0, find ? 40 : Math.max(8, wanted.length)) : values;
  const left = values.length - drawn.length;
  const typed = (/** @type {At<HTMLInputElement>} */ e) => {
    finding[facet.id] = e.currentTarget.value;
    page.draw();
  };
  // That of evidence is there because it was asked for.
  const open = wanted.length > 0 || ["lab", "provider", "channel", "evidence"].includes(facet.id);
  const chosen = wanted.length ? html` <b>${wanted.length}</b>` : nothing;
  const finder = html`<input type="search" class="x-find" aria-label=${`Find in ${facet.name}`}
    placeholder=${`Find among ${values.length}`} .value=${live(finding[facet.id] ?? "")} @input=${typed}>`;
  return html`<details class="x-facet" ?open=${open}><summary>${facet.name}${chosen}</summary>
    ${many ? finder : nothing}
    ${repeat(
      drawn,
      (d) => d.value,
      ({ value, label, n, on }) => html`<label class="x-choice"><input
      type="checkbox" .checked=${live(on)} @change=${() => page.toggle(facet.id, value)}> <span
      dir="auto">${label}</span> <small>${counted(n)}</small></label>`,
    )}
    ${left ? html`<p class="x-more">and ${left} more: type to find them</p>` : nothing}
    ${values.length ? nothing : html`<p class="x-more">none</p>`}</details>`;
}

/** @param {ExplorerPage} page @param {string} name @param {string[]} which capabilities */
const supportBox = (page, name, which) => html`<details class="x-facet" open><summary>${name}</summary>
  ${which.map((c) => supportChoice(page, c))}</details>`;

/** @param {ExplorerPage} page @param {string} c a capability */
function supportChoice(page, c) {
  const how = page.state.can[c] ?? "";
  const { yes, unknown } = page.tally.able.get(c) ?? { yes: 0, unknown: 0 };
  const also = html`<label class="x-choice x-also"><input type="checkbox" .checked=${live(how === "maybe")}
    @change=${() => page.want(c, how === "yes" ? "maybe" : "yes")}> <span>where unknown, too</span> <small
    >${counted(unknown)}</small></label>`;
  return html`<label class="x-choice"><input type="checkbox" .checked=${live(Boolean(how))}
    @change=${() => page.want(c, how ? "" : "yes")}>
      <span>${page.offerings.data.capabilities[c]}</span> <small>${counted(yes)}</small></label>
      ${how ? also : nothing}`;
}

/** @param {ExplorerPage} page @param {Limited} limited */
function rangeBox(page, { id, name, unit }) {
  const value = (/** @type {End} */ end) => String(page.state.ranges[id]?.[end] ?? "");
  /** @param {End} end @param {At<HTMLInputElement>} e */
  const change = (end, e) => page.limit(id, end, e.currentTarget.value);
  const field = (/** @type {End} */ end) => html`<label><span
    class="x-hidden">${name}, ${end === "min" ? "at least" : "at most"}</span><input type="number"
    min="0" step="any" inputmode="decimal" placeholder=${end} .value=${value(end)}
    @change=${(/** @type {At<HTMLInputElement>} */ e) => change(end, e)}></label>`;
  return html`<fieldset class="x-range"><legend>${name} <small>${unit}</small></legend>
  ${ENDS.map(field)}</fieldset>`;
}
