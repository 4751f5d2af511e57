// The controls of a need, section by section; what is typed stays as it was typed until Python has read it.

import { html, nothing } from "lit-html";
import { ways } from "./answer/faults.mjs";
import { fields } from "./fields.mjs";

/** @import { FormSection, Holder } from "../types/choose.js" */
/** @import { Chooser } from "./choose.mjs" */

/** @param {Chooser} page */
export function controls(page) {
  const wake = () => page.wake();
  const wrong = page.answer?.faults ?? [];
  const kind = String(page.parts.kind ?? "chat");
  const holder = {
    values: page.parts,
    drafts: page.drafts,
    faults: Object.fromEntries(wrong.map((f) => [f.part, f.message])),
    ways: Object.fromEntries(wrong.map((f) => [f.part, ways(page, f)])),
    idle: page.data.idle[kind] ?? {},
    unasked: `not asked of ${kind} models`,
    set: page.set.bind(page),
  };
  return html`<form class="c-form" @submit=${(/** @type {Event} */ e) => e.preventDefault()}
    @focusin=${wake} @pointerdown=${wake} aria-label="What you need">
    ${page.data.form.map((one) => section(one, holder, one.open || page.open.has(one.id), page.root))}
  </form>`;
}

/** @param {FormSection} section @param {Holder} holder @param {boolean} open @param {string} root */
function section({ title, parts, note, link }, holder, open, root) {
  const end = link ? html` <a href="${root}${link[0]}">${link[1]}</a>.` : nothing;
  return html`<details class="c-part" ?open=${open}><summary>${title}</summary><div>
    ${fields(parts, holder)}
    ${note ? html`<p class="c-quiet">${note}${end}</p>` : nothing}
  </div></details>`;
}
