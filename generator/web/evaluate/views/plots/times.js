// How long answers take: for each model a box from a quarter to three quarters of its answers, or a dot for
// each of a few; and a table.

import { html, nothing } from "lit-html";
import { logarithmic } from "../../plot.js";
import { count, many, seconds } from "../../text.js";

/** @import { Distribution, Figures } from "../../../types/evaluate.js" */
/** @import { Contestant } from "../../contestants.js" */
/** @typedef {{ name: string, all: Distribution }} Row */

/** Less than this is not told apart, and is no place on an axis of equal factors. */
const LEAST_S = 0.001;
/** The columns of the table. @type {[Exclude<keyof Distribution, "each">, string][]} */
const COLUMNS = [
  ["least", "Fastest"],
  ["tenth", "1 in 10 within"],
  ["quarter", "A quarter within"],
  ["half", "Half within"],
  ["three_quarters", "Three quarters within"],
  ["nine_tenths", "9 in 10 within"],
  ["most", "Slowest"],
];

const BOXES =
  "Box: the middle half of the answers, with a line at the median. Thin line: from 1 in 10 to 9 in 10. " +
  "Dots: the fastest and the slowest.";
const FEW = " Where there are fewer than five answers, each is a dot.";

/** @param {Contestant[]} contestants @param {Figures[]} figures */
export function times(contestants, figures) {
  /** @param {"seconds" | "first_token"} figure @returns {Row[]} */
  const rows = (figure) =>
    contestants.flatMap(({ name }, place) => {
      const all = figures[place][figure];
      return all ? [{ name, all }] : [];
    });
  const [whole, first] = [rows("seconds"), rows("first_token")];
  if (!whole.length) return nothing;
  return html`<div class="plots">
    ${plot("Time of an answer", whole)} ${first.length ? plot("Time to the first token", first) : nothing}
  </div>`;
}

/** @param {string} title @param {Row[]} rows */
function plot(title, rows) {
  const axis = logarithmic(rows.flatMap(({ all }) => [all.least, all.most].map(placed)));
  /** @param {number} value */
  const at = (value) => axis.place(placed(value));
  /** @param {number[]} values */
  const dots = (values) => values.map((value) => html`<i class="extreme" style="left:${at(value)}%"></i>`);
  /** @param {Distribution} all */
  const box = (all) => html`
    <i class="whisker" style=${between(at(all.tenth), at(all.nine_tenths))}></i>
    <i class="box" style=${between(at(all.quarter), at(all.three_quarters))}></i>
    <i class="half" style="left:${at(all.half)}%"></i>
    ${dots([all.least, all.most])}`;
  const few = rows.filter(({ all }) => all.each.length).length;
  return html`<figure class="plot spreads" aria-label=${title}>
    <p class="title"><b>${title}</b></p>
    <ul>${rows.map(
      ({ name, all }, place) => html`<li class="lab-${(place % 11) + 1}">
        <b class="name" title=${name} aria-hidden="true">${name}</b>
        <div class="track" tabindex="0" role="img" aria-label=${label(name, all)}>
          ${all.each.length ? dots(all.each) : box(all)}
        </div></li>`,
    )}</ul>
    <div class="times" aria-hidden="true">${axis.marks.map(
      (mark) => html`<span style="left:${axis.place(mark)}%">${seconds(mark)}</span>`,
    )}</div>
    <figcaption>${few < rows.length ? BOXES : ""}${few ? FEW : ""} Requests without an answer are not
      counted.</figcaption>
    <details><summary>The same as a table</summary>${table(title, rows)}</details>
  </figure>`;
}

/** @param {string} title @param {Row[]} rows */
function table(title, rows) {
  const heads = ["Model", "Answers", ...COLUMNS.map(([, head]) => head)];
  return html`<div class="scroll" tabindex="0" role="region" aria-label="${title}, as a table"><table>
    <thead><tr>${heads.map((head) => html`<th scope="col">${head}</th>`)}</tr></thead>
    <tbody>${rows.map(
      ({ name, all }) => html`<tr><th scope="row">${name}</th><td>${count(all.answers)}</td>
        ${COLUMNS.map(([column]) => html`<td>${seconds(all[column])}</td>`)}</tr>`,
    )}</tbody>
  </table></div>`;
}

/** @param {string} name @param {Distribution} all */
const label = (name, all) =>
  all.each.length
    ? `${name}: ${many(all.answers, "answer")}, ${all.each.map(seconds).join(", ")}`
    : spread(name, all);

/** @param {string} name @param {Distribution} all */
const spread = (name, all) =>
  `${name}: half of ${count(all.answers)} answers within ${seconds(all.half)}; a quarter within ` +
  `${seconds(all.quarter)}, three quarters within ${seconds(all.three_quarters)}, nine in ten within ` +
  `${seconds(all.nine_tenths)}; the fastest ${seconds(all.least)}, the slowest ${seconds(all.most)}`;

/** @param {number} value in seconds */
const placed = (value) => Math.max(value, LEAST_S);

/** @param {number} low @param {number} high in percent */
const between = (low, high) => `left:${low}%;width:${high - low}%`;
