// What a run measured: for one turn, side by side, and as bars.

import { html, nothing } from "../vendor/lit-html.js";

/** @import { MetricName, Metrics } from "../../types/playground.js" */
/** @import { PlaygroundPage } from "../page.js" */
/** @import { Pane } from "../pane.js" */

/** @param {number} value */
const seconds = (value) => `${value.toFixed(2)} s`;
/** @param {number} value */
export const whole = (value) => value.toLocaleString("en");
/** @param {number} value */
const money = (value) => `$${value >= 0.01 ? value.toFixed(4) : value.toPrecision(3)}`;
/** @type {[MetricName, string, (value: number) => string][]} */
const FIGURES = [
  ["first_reasoning", "First reasoning", seconds],
  ["first_answer", "First answer token", seconds],
  ["seconds", "Whole answer", seconds],
  ["answer_rate", "Answer tokens/s", (value) => value.toFixed(1)],
  ["input", "Input tokens", whole],
  ["cache_read", "of them cached", whole],
  ["output", "Output tokens", whole],
  ["reasoning", "of them reasoning", whole],
  ["cost", "Cost", money],
];

/** The figures of one turn. @param {Metrics} metrics */
export const figures = (metrics) =>
  html`<dl class="metrics">${FIGURES.map(([name, label, write]) => {
    const figure = metrics[name];
    if (!figure) return nothing;
    const { value, known: how, note } = figure;
    const text = value === null ? "—" : write(value);
    return html`<dt>${label}</dt>
      <dd>${text} <small>${how}${note ? `: ${note}` : ""}</small></dd>`;
  })}</dl>`;

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

/** @type {Partial<Record<MetricName, string>>} */
const MARKS = { seconds: "fastest", first_answer: "first", cost: "cheapest", output: "shortest" };

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
      <tbody>${FIGURES.map(([name, label, write]) => {
        const least = MARKS[name] ? best(done, name) : null;
        return html`<tr><th scope="row">${label}</th>${done.map((p) => {
          const { value, known: how } = p.last?.metrics?.[name] ?? { value: null, known: "not reported" };
          const mark = value !== null && value === least;
          const note = mark ? html` <b>${MARKS[name]}</b>` : nothing;
          const text = value === null ? "—" : write(value);
          return html`<td class=${mark ? "best" : ""}>${text} <small>${how}</small>${note}</td>`;
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
