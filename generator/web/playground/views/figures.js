// What a run measured: for one turn, side by side, and as bars.

import { ended } from "../actions/standings.js";
import { visible } from "../visible.js";
import { html, nothing } from "lit-html";
import { endOf } from "./end.js";

/** @import { Figure, MetricName, Standings } from "../../types/playground.js" */
/** @import { PlaygroundPage } from "../page.js" */
/** @import { Pane } from "../pane.js" */
/** @import { Turn } from "../turn.js" */

/** @param {number} value */
const seconds = (value) => `${value.toFixed(2)} s`;
/** @param {number} value */
export const whole = (value) => value.toLocaleString("en");
/**
 * The figures of one turn; of one that did not come to its end those that are known.
 * @param {PlaygroundPage} page
 * @param {Turn} turn
 */
export function figures(page, { metrics, end }) {
  const all = page.data.figures.flatMap(({ name, label }) => {
    const figure = metrics?.[name];
    return figure && (isReported(figure) || end?.type === "Finished") ? [{ label, figure }] : [];
  });
  if (!all.length) return nothing;
  const reported = all.filter(({ figure }) => isReported(figure));
  const others = all.filter(({ figure }) => !isReported(figure));
  return html`<dl class="metrics">${reported.map(
    ({ label, figure }) => html`<dt>${label}</dt>
      <dd>${textOf(figure)} <small>${known(figure)}</small></dd>`,
  )}</dl>
    ${unreported(others.map(({ label, figure: { note } }) => ({ label, note })))}`;
}

/** @param {Figure | undefined} figure */
const isReported = (figure) => figure !== undefined && figure.value !== null;

/**
 * What nobody has reported, said once, with why there is none.
 * @param {{ label: string, note: string }[]} missing
 */
const unreported = (missing) =>
  missing.length
    ? html`<p class="quiet unreported">Not reported: ${missing
        .map(({ label, note }) => (note ? `${label} (${note})` : label))
        .join(", ")}.</p>`
    : nothing;

/** @param {Figure} figure */
const known = ({ known: how, note }) => `${how}${note ? `: ${note}` : ""}`;

/** What a reader sees; a figure kept by an earlier version has its value alone. @param {Figure} figure */
const textOf = ({ text, value }) => text ?? String(value ?? "—");

/** @type {Figure} */
const UNREPORTED = { value: null, known: "not reported", note: "", text: "—" };

/**
 * The figures of all panes that have ended, in one table; a failure has its cause in their place.
 * @param {PlaygroundPage} page
 */
export function summary(page) {
  const done = ended(page);
  if (done.length < 2 || !done.some(isWhole)) return nothing;
  const compared = comparison(page, done);
  const shown = page.data.figures.filter(
    ({ name }) => name !== "waited" || done.some((p) => isWhole(p) && p.last?.metrics?.waited),
  );
  /** Those of the panes with a whole answer. @param {MetricName} name */
  const each = (name) => done.filter(isWhole).map((p) => p.last?.metrics?.[name]);
  const rows = shown.filter(({ name }) => each(name).some(isReported));
  const others = shown.filter((figure) => !rows.includes(figure));
  return html`<h2 id="summary">Side by side</h2>
    <div class="scroll" tabindex="0" role="region" aria-labelledby="summary"><table>
      <thead><tr>
        <th scope="col">Figure</th>
        ${done.map(
          (p, n) => html`<th scope="col">${asked(p)}<br /><small>${p.last?.provider ?? p.row.name}</small>
            ${compared?.why[n] ? html`<br /><small>${compared.why[n]}</small>` : nothing}</th>`,
        )}
      </tr></thead>
      <tbody>${rows.map(
        ({ name, label }, line) =>
          html`<tr><th scope="row">${label}</th>${done.map((p, n) => {
            if (isWhole(p)) return cell(p.last?.metrics?.[name], name, compared?.figures[name][n]);
            if (line) return nothing;
            const cause = p.last ? endOf(page.data, p.last) : "";
            return html`<td class="cause" rowspan=${rows.length}><div>${cause}</div></td>`;
          })}</tr>`,
      )}</tbody>
    </table></div>
    ${unreported(
      others.map(({ name, label }) => ({
        label,
        note: [...new Set(each(name).map((figure) => figure?.note))].filter(Boolean).join("; "),
      })),
    )}
    ${compared?.note ? html`<p class="quiet" id="order">${compared.note}</p>` : nothing}
    ${plot(done.filter(isWhole), compared, done)}`;
}

/**
 * @param {Figure | undefined} figure
 * @param {MetricName} name
 * @param {{ text: string, best: boolean } | undefined} place
 */
function cell(figure, name, place) {
  if (!figure && name === "waited") return html`<td>no</td>`;
  const shown = figure ?? UNREPORTED;
  const text = place && shown.value !== null && place.text !== "—" ? place.text : textOf(shown);
  return html`<td class=${place?.best ? "best" : ""}>${text} <small>${known(shown)}</small></td>`;
}

/** The model whose figures these are: another may have been chosen since. @param {Pane} pane */
const asked = ({ last, model, row }) => visible((last ? last.model : model) || row.name);

/** Whether a pane's last question was answered to the end. @param {Pane} pane */
const isWhole = ({ last }) =>
  last?.end?.type === "Finished" || (last?.end?.type === "Restored" && Boolean(last.metrics?.first_answer));

/**
 * The comparison of exactly these panes' turns, if Python has made it.
 * @param {PlaygroundPage} page
 * @param {Pane[]} done
 */
function comparison({ standings }, done) {
  const current =
    standings?.turns.length === done.length && done.every((p, n) => p.last === standings.turns[n]);
  return current ? standings : null;
}

/**
 * Bars of the time to the first token and to the end, the soonest first; the table says the same in numbers.
 * @param {Pane[]} answered
 * @param {Standings | null} compared
 * @param {Pane[]} done
 */
function plot(answered, compared, done) {
  const order = compared ? compared.order.map((n) => done[n]) : answered;
  const times = order.map((p) => ({
    p,
    first: p.last?.metrics?.first_answer?.value,
    all: p.last?.metrics?.seconds?.value,
  }));
  const longest = Math.max(0, ...times.map((t) => t.all ?? 0));
  if (!longest) return nothing;
  return html`<figure class="plot" aria-hidden="true">
    ${times.map(
      ({ p, first, all }) => html`<div class="bar"><span>${asked(p)}</span><i
      style="width:${((all ?? 0) / longest) * 100}%;--first:${all ? ((first ?? all) / all) * 100 : 0}%"
    ></i></div>`,
    )}
    <figcaption>
      The last run. Pale: waiting for the first answer token. Full: streaming. The longest is
      ${seconds(longest)}.
    </figcaption>
  </figure>`;
}
