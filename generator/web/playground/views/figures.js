// What a run measured: for one turn, side by side, and as bars.

import { html, nothing } from "../vendor/lit-html.js";

/** @import { Figure, MetricName, Metrics } from "../../types/playground.js" */
/** @import { PlaygroundPage } from "../page.js" */
/** @import { Pane } from "../pane.js" */

/** @param {number} value */
const seconds = (value) => `${value.toFixed(2)} s`;
/** @param {number} value */
export const whole = (value) => value.toLocaleString("en");
/** The figures of one turn. @param {PlaygroundPage} page @param {Metrics} metrics */
export const figures = (page, metrics) =>
  html`<dl class="metrics">${page.data.figures.map(({ name, label }) => {
    const figure = metrics[name];
    if (!figure) return nothing;
    const { known: how, note } = figure;
    return html`<dt>${label}</dt>
      <dd>${textOf(figure)} <small>${how}${note ? `: ${note}` : ""}</small></dd>`;
  })}</dl>`;

/** What a reader sees; a figure kept by an earlier version has its value alone. @param {Figure} figure */
const textOf = ({ text, value }) => text ?? String(value ?? "—");

/** @type {Figure} */
const UNREPORTED = { value: null, known: "not reported", note: "", text: "—" };

/**
 * The least of a figure, which is marked; null where there is nothing to tell apart.
 * @param {Pane[]} panes
 * @param {MetricName} name
 */
function best(panes, name) {
  const values = panes.map((p) => p.last?.metrics?.[name]?.value ?? null);
  const there = values.filter((value) => value !== null);
  return new Set(there).size > 1 ? Math.min(...there) : null;
}

/**
 * The figures of all panes that have some, in one table.
 * @param {PlaygroundPage} page
 */
export function summary(page) {
  const done = page.panes.filter((p) => p.last?.metrics);
  if (done.length < 2) return nothing;
  return html`<h2 id="summary">Side by side</h2>
    <div class="scroll" tabindex="0" role="region" aria-labelledby="summary"><table>
      <thead><tr>
        <th scope="col">Figure</th>
        ${done.map(
          ({ model, row }) => html`<th scope="col">${model || row.name}<br /><small>${row.name}</small></th>`,
        )}
      </tr></thead>
      <tbody>${page.data.figures.map(({ name, label, least }) => {
        const lowest = least ? best(done, name) : null;
        return html`<tr><th scope="row">${label}</th>${done.map((p) => {
          const figure = p.last?.metrics?.[name] ?? UNREPORTED;
          const { value, known: how } = figure;
          const mark = value !== null && value === lowest;
          const note = mark ? html` <b>${least}</b>` : nothing;
          return html`<td class=${mark ? "best" : ""}>${textOf(figure)} <small>${how}</small>${note}</td>`;
        })}</tr>`;
      })}</tbody>
    </table></div>
    ${plot(done)}`;
}

/**
 * Bars of the time to the first token and to the end; the table above says the same in numbers.
 * @param {Pane[]} panes
 */
function plot(panes) {
  const times = panes.map((p) => ({
    p,
    first: p.last?.metrics?.first_answer?.value,
    all: p.last?.metrics?.seconds?.value,
  }));
  const longest = Math.max(...times.map((t) => t.all ?? 0));
  if (!longest) return nothing;
  return html`<figure class="plot" aria-hidden="true">
    ${times.map(
      ({ p, first, all }) => html`<div class="bar"><span>${p.model || p.row.name}</span><i
      style="width:${((all ?? 0) / longest) * 100}%;--first:${all ? ((first ?? all) / all) * 100 : 0}%"
    ></i></div>`,
    )}
    <figcaption>
      Pale: waiting for the first answer token. Full: streaming. The longest is ${seconds(longest)}.
    </figcaption>
  </figure>`;
}
