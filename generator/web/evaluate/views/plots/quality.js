// How often models pass against what an answer costs and how long it takes; the table has the same figures.

import { html, nothing, svg } from "lit-html";
import { frontier, logarithmic, shares, sides } from "../../plot.js";
import { percent, seconds, usd } from "../../text.js";

/** @import { Figures, Summary } from "../../../types/evaluate.js" */
/** @import { Point } from "../../plot.js" */

/** @param {Summary & { figures: Figures[] }} summary */
export function plots({ models, figures }) {
  /** @param {"cost" | "median"} figure @returns {Point[]} */
  const points = (figure) =>
    models.flatMap(({ name, rate: { estimate, low, high } }, place) => {
      const across = figures[place][figure];
      return estimate === null || !across || across < 0 ? [] : [{ name, value: estimate, low, high, across }];
    });
  const costs = points("cost");
  const times = points("median");
  if (costs.length < 2 && times.length < 2) return nothing;
  return html`<div class="plots">
    ${plot("Passed against the cost of an answer", costs, usd, "US dollars an answer")}
    ${plot("Passed against the time of an answer", times, seconds, "the median answer’s seconds")}
  </div>`;
}

/**
 * @param {string} title @param {Point[]} points
 * @param {(value: number) => string} text how a value across is written @param {string} unit
 */
function plot(title, points, text, unit) {
  if (points.length < 2) return nothing;
  const x = logarithmic(points.map((point) => point.across));
  const y = shares(points);
  const best = frontier(points);
  const places = points.map((one) => ({ left: x.place(one.across), bottom: y.place(one.value) }));
  const named = sides(places);
  const steps = best.map(({ across, value }, place) => {
    const [left, top] = [x.place(across), 100 - y.place(value)];
    return place ? `H${left}V${top}` : `M${left} ${top}`;
  });
  return html`<figure class="plot scatter quality" aria-label=${title}>
    <p class="title"><b>${title}</b></p>
    <div class="area">
      <div class="sizes" aria-hidden="true">${y.marks.map(
        (mark) => html`<span style="bottom:${y.place(mark)}%">${percent(mark)}</span>`,
      )}</div>
      <svg viewBox="0 0 100 100" preserveAspectRatio="none" aria-hidden="true">${svg`<path
        d=${`${steps.join("")}H100`} />`}</svg>
      <ul class="points">${points.map((point, place) => {
        const { left, bottom } = places[place];
        const [low, high] = [y.place(point.low), y.place(point.high)];
        const label =
          `${point.name}: ${percent(point.value)} passed ` +
          `(${percent(point.low)} to ${percent(point.high)}), ` +
          text(point.across);
        return html`<li class="lab-${(place % 11) + 1}">
          <i style="left:${left}%;bottom:${low}%;height:${high - low}%"></i>
          <span class="point measured ${left > 48 ? "left" : ""}" tabindex="0" role="img" aria-label=${label}
            style="left:${left}%;bottom:${bottom}%"></span>
          <b class="w-${named[place]} n-${named[place]}" aria-hidden="true"
            style="left:${left}%;bottom:${bottom}%">${point.name}</b></li>`;
      })}</ul>
    </div>
    <div class="times" aria-hidden="true">${x.marks.map(
      (mark) => html`<span style="left:${x.place(mark)}%">${text(mark)}</span>`,
    )}</div>
    <figcaption>Passed (upwards; the bar is the 95 % interval) against ${unit} (to the right, in equal
      factors). The line goes through the models that none beats for less. The table has the same
      figures.</figcaption>
  </figure>`;
}
