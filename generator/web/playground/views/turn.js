// One turn of a conversation: the question, what came of it, and how it ended.

import { filled, goesOn } from "../actions/chat.js";
import { continueAll, retry, sendResults } from "../actions/runs.js";
import { isOpen, sentence } from "../asking/outcome.js";
import { goToField } from "../connected/lack.js";
import { bootText } from "../connected/starting.js";
import { SMALL } from "../keyless/local.js";
import { copy } from "../keys/guard.js";
import { visible } from "../visible.js";
import { html, nothing } from "lit-html";
import { live } from "lit-html/directives/live.js";
import { submitted, valueOf, written } from "./events.js";
import { endOf, isEmpty } from "./end.js";
import { figures } from "./figures.js";

/** @import { Advice, Fault, Field } from "../../types/playground.js" */
/** @import { PlaygroundPage } from "../page.js" */
/** @import { Pane } from "../pane.js" */
/** @import { Turn } from "../turn.js" */

/**
 * @param {PlaygroundPage} page
 * @param {Pane} p
 * @param {Turn} t
 * @param {boolean} last
 * @param {number} i
 */
export function turn(page, p, t, last, i) {
  const asked = t.question.parts.map((x) => x.text ?? (x.type === "image" ? "[image]" : "")).join(" ");
  return html`<div class="turn">
    ${i || asked !== now(page) ? html`<p class="asked" dir="auto">${visible(asked)}</p>` : nothing}
    ${
      t.row === p.row.id && t.model === p.model
        ? nothing
        : html`<p class="quiet">Asked of ${visible(t.provider + (t.model ? `, ${t.model}` : ""))}.</p>`
    }
    ${
      t.reasoning
        ? html`<details class="thoughts">
            <summary>Reasoning</summary>${t.thoughts.element}
          </details>`
        : nothing
    }
    ${t.node} ${copying(page, t)}
    ${t.calls.map(
      (call, n) => html`<div class="call">
      <p><b>${visible(call.name)}</b></p><pre>${visible(call.arguments)}</pre>
      ${
        last && !p.running
          ? html`<label>What it returned<textarea rows="2" .value=${live(t.results[n] ?? "")}
              @input=${written((value) => (t.results[n] = value))}></textarea></label>`
          : nothing
      }
    </div>`,
    )}
    ${
      last && t.calls.length && !p.running
        ? html`<button class="small" type="button" data-asks @click=${() => sendResults(page, p)}>
            Send the results
          </button>`
        : nothing
    }
    ${ending(page, p, t, last)}
  </div>`;
}

/**
 * A button that copies an answer as it came. It stands there from the first: what is put in beside a long
 * answer makes the browser lay all of it out again.
 * @param {PlaygroundPage} page @param {Turn} t
 */
const copying = (page, t) =>
  html`<button class="small copied" type="button" ?hidden=${!t.end || !t.text.trim()}
    @click=${async (/** @type {Event} */ { currentTarget: button }) => {
      const isCopied = await copy(page, "The answer", t.text);
      if (button instanceof HTMLElement) button.textContent = isCopied ? "Copied" : "Not copied";
    }}>Copy the answer</button>`;

/** The prompt of the form as it would be asked. @param {PlaygroundPage} page */
const now = (page) => [...page.images.map(() => "[image]"), filled(page, page.prompt)].join(" ");

/** @param {PlaygroundPage} page @param {Turn} turn that has not ended */
function doing(page, { text, reasoning, row, begun }) {
  const seconds = `${Math.floor((performance.now() - begun) / 1000)} s`;
  if (text || reasoning) return `${text ? "Answering" : "Reasoning"} … ${seconds}`;
  // What a model in the page waits for is told above the panes, too, where this one may be out of sight.
  if (page.boot && page.rows.get(row)?.endpoint.url === SMALL) return bootText(page.boot);
  return `Waiting for the first token … ${seconds}`;
}

/** How many causes there may be. */
const NUMBERS = ["", "", "two", "three", "four", "five"];

/** @param {Advice} advice */
const advised = ({ cause, fix }) => html`<li><b>${visible(cause)}.</b> ${visible(fix)}</li>`;

/** @param {PlaygroundPage} page @param {Pane} p @param {Turn} t @param {boolean} last */
function ending(page, p, t, last) {
  if (t.waiting) {
    const left = Math.max(0, Math.ceil((t.waiting.until - performance.now()) / 1000));
    return html`<p class="end waiting">${visible(sentence(t.waiting.message))} Trying again in ${left} s.
      <button class="small" type="button" @click=${() => p.stop()}>Stop trying</button></p>`;
  }
  if (!t.end) {
    return html`<p class="end quiet">${doing(page, t)}</p>`;
  }
  const { type, cause } = t.end;
  const failed = type === "Failed" && cause !== "stopped";
  const label = t.part && page.data.parameters.find((x) => x.name === t.part)?.label;
  const isNothing = type === "Refused" || (type === "Finished" && isEmpty(t));
  return html`<div class=${failed || isNothing ? "failed" : ""}>
    <p class="end">${endOf(page.data, t)}</p>
    ${failed && isOpen(t) ? html`<p class="end">One of ${NUMBERS[t.advice.length]}:</p>` : nothing}
    ${t.advice.length ? html`<ul class="advice">${t.advice.map(advised)}</ul>` : nothing}
    ${
      last && label
        ? html`<button class="small" type="button" data-asks @click=${() => retry(page, p, t.part)}>
            Repeat without ${label}
          </button>`
        : nothing
    }
    ${last && p.fault && failed ? toField(page, p, p.fault) : nothing}
    ${figures(page, t)}
  </div>`;
}

/** @type {Record<Field, string>} */
const FIELDS = { key: "Go to the key", address: "Go to the address", model: "Go to the model" };

/**
 * Leads to the field that a failure is about; the focus stays where it is until then.
 * @param {PlaygroundPage} page @param {Pane} p @param {Fault} fault
 */
const toField = (page, p, { field }) =>
  html`<button class="small" type="button" @click=${() => goToField(page, p, field)}>
    ${FIELDS[field]}
  </button>`;

/**
 * A question to every model that has answered.
 * @param {PlaygroundPage} page
 */
export function followUp(page) {
  if (!page.panes.some(goesOn)) return nothing;
  const go = submitted((entered) => {
    const text = valueOf(entered, "more");
    if (page.busy)
      return page.pass("Still running. Send it once all models have answered, or press Stop all first.");
    entered.reset();
    if (!text.trim()) return undefined;
    if (page.then[0] === text) page.then = page.then.slice(1);
    return continueAll(page, text);
  });
  return html`<form id="more" class="row" @submit=${go}>
    <label>Follow-up question to every model<input name="more" dir="auto" autocomplete="off"
      value=${page.then[0] ?? ""} /></label>
    <button class="md-button" type="submit" data-asks>Send</button>
  </form>`;
}
