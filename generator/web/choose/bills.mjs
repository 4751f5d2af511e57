// Draws the bills of a month's work: each with its meters, what would save, what it cost before.

import { html, nothing } from "lit-html";
import { quoted, save } from "../explorer/download.mjs";
import { visible } from "../playground/visible.js";
import { meters, ranked, whole } from "./meters.mjs";

/** @import { Bill, BillLine, Bills, Fault } from "../types/choose.js" */
/** @import { BillPage } from "./bill.mjs" */

/** @param {BillPage} page @param {Bills} answer */
export function billed(page, answer) {
  const { bills, faults } = answer;
  const dearest = Math.max(...bills.map((b) => b.month?.high ?? b.month?.low ?? 0), 0);
  const unread = faults.filter((f) => !page.knows(f.part));
  const lines = unread.map((f) => wrong(page, f));
  const list = html`<ol class="c-list">${bills.map((b) => row(page, b, dearest))}</ol>`;
  return html`<section class="c-answer ${page.stale ? "c-stale" : ""}" aria-label="Bills">
    <h2 class="c-hidden">Bills, the cheapest first</h2>
    ${lines.length ? html`<ul class="c-faults" role="alert">${lines}</ul>` : nothing}
    ${page.own && page.ran.any ? measured(page) : nothing}
    ${bills.length ? list : html`<p>Name a model to see what the work costs there.</p>`}
    <p class="actions c-actions"><button type="button" class="act"
      @click=${() => csv(answer)}>CSV</button> <a class="act"
      href="${page.root}choose/?${new URLSearchParams(page.work)}">Which model does this work best?</a></p>
    <p class="c-quiet">As of ${answer.date}, catalog <code>${answer.catalog.slice(0, 12)}</code>. A range is
      a price that nobody states or, by the hour, one for which no hour is given; a past cost is told where
      the price of that day is recorded.</p>
  </section>`;
}

/** Whether models that the reader has run are billed by what their answers had. @param {BillPage} page */
function measured(page) {
  const { used, author } = page.ran;
  const cases = author ? `the cases of ${visible(author)}` : "your own cases";
  const told = used
    ? `Models that were run on ${cases} are billed by the output tokens that their answers had there.`
    : `All models are billed by the output tokens that are asked; ${cases} do not count.`;
  return html`<p class="c-own" dir="auto">${told} <button type="button" class="act"
    @click=${() => page.use(!used)}>${used ? "Use what is asked" : "Use those of the cases"}</button></p>`;
}

/** @param {BillPage} page @param {Fault} fault */
function wrong(page, { part, message }) {
  return html`<li>${message} <button type="button" class="act"
    @click=${() => page.remove(part)}>Take it out</button></li>`;
}

/** @param {BillPage} page @param {Bill} b @param {number} dearest dollars a month */
function row(page, b, dearest) {
  const end = (/** @type {number} */ usd) => (dearest ? (100 * usd) / dearest : 0);
  const low = b.month?.low ?? 0;
  const high = b.month?.high ?? low;
  const range = html`<i class="b-range" style="width:${end(high - low)}%"></i>`;
  const unpriced = html`<p>No price is known, so neither is the cost.</p>`;
  const note = b.note ? html`<small class="c-doubt">${b.note}</small>` : nothing;
  const ran =
    b.measured === null
      ? nothing
      : html`<small>your cases: ${whole(b.measured)} output tokens an answer, reasoning included</small>`;
  const name = page.names.includes(b.offering) ? b.offering : b.model;
  return html`<li class="c-item"><details class="c-row b-row"><summary>
      <span class="c-who"><b dir="auto">${b.name}</b><small>${b.place}</small>${ran}${note}</span>
      <span class="b-bar" aria-hidden="true"><i
        style="width:${end(low)}%"></i>${high > low ? range : nothing}</span>
      <span class="c-cost"><span>${b.cost}</span><small>a month</small></span>
    </summary><div class="c-why">
      <p class="actions"><a class="act" href="${page.root}models/${b.model}/#${b.anchor}">Its prices and who
        says them</a> <button type="button" class="act"
        @click=${() => page.remove(name)}>Take it out</button></p>
      ${b.month?.lines.length ? meters(b.name, b.month) : unpriced}
      ${savings(b, ranked(b.month))}
      ${hours(b)}
      <h3>What it would have cost</h3>
      ${past(b, end)}
    </div></details></li>`;
}

/** @param {Bills} answer */
function csv({ bills, date }) {
  /** @type {(string | number | null | undefined)[][]} */
  const rows = [["offering", "model", "place", "mode", "meter", "unit", "count", "usd_per_unit", "usd"]];
  for (const { offering, name, place: where, month } of bills) {
    /** @type {Partial<BillLine>[]} */
    const lines = month?.lines ?? [{}];
    for (const { mode, meter, unit, count, usd_per_unit, usd } of lines) {
      rows.push([offering, name, where, mode, meter, unit, count, usd_per_unit, usd]);
    }
  }
  const text = rows.map((cells) => cells.map((value) => quoted(value ?? "")).join(",")).join("\r\n");
  save(`bill-${date}.csv`, "text/csv", text);
}

/** @param {Bill} bill @param {number} now dollars a month */
function savings({ savings: ways }, now) {
  if (!ways.length) return nothing;
  /** @param {Bill["savings"][number]} saving */
  const line = ({ way, cost, usd }) => {
    const less = now ? html`, ${Math.round(100 * (1 - usd / now))} % less` : nothing;
    return html`<li>${way}: <b>${cost}</b>${less}</li>`;
  };
  return html`<h3>What would save</h3><ul>${ways.map(line)}</ul>`;
}

/** @param {Bill} bill */
function hours({ hours: spans }) {
  if (!spans.length) return nothing;
  const lines = spans.map((h) => html`<li>${h.hours} UTC: <b>${h.cost}</b></li>`);
  return html`<h3>Its prices go by the hour</h3><ul>${lines}</ul>`;
}

/** @param {Bill} bill @param {(usd: number) => number} end where a bar ends, in per cent */
function past({ past: days }, end) {
  if (days.every((p) => p.usd === null)) return html`<p>No price of an earlier day is recorded.</p>`;
  /** @param {number | null} usd */
  const bar = (usd) => (usd === null ? nothing : html`<i style="width:${Math.min(100, end(usd))}%"></i>`);
  /** @param {Bill["past"][number]} day */
  const line = ({ when, usd, cost }) => html`<li><span>${when}</span><span
    class="b-bar" aria-hidden="true">${bar(usd)}</span><b>${cost}</b></li>`;
  return html`<ul class="b-past">${days.map(line)}</ul>`;
}
