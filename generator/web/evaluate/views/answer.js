// One cell opened: the answers, what they were checked for, and why they passed or failed.

import { html, nothing } from "lit-html";
import { difference } from "../../playground/output.js";
import { visible } from "../../playground/visible.js";
import { written } from "../../playground/views/events.js";
import { textOf, usd } from "../text.js";

/** @import { ImagePart } from "../../types/playground.js" */
/** @import { Case, CellResult } from "../../types/evaluate.js" */
/** @import { EvaluatePage } from "../page.js" */

/** By whether it passed. @type {Record<string, { name: string, label: string }>} */
const OUTCOMES = {
  true: { name: "good", label: "Passed" },
  false: { name: "bad", label: "Failed" },
  null: { name: "unknown", label: "Not checked" },
};

/** @param {EvaluatePage} page */
export function answer(page) {
  const { open, results } = page;
  const closed = () => {
    page.open = null;
    page.progressedAtOnce();
  };
  return html`<dialog id="answer" aria-labelledby="answer-title" @close=${closed}>
    ${open && results ? content(page, open.row, open.model) : nothing}
  </dialog>`;
}

/** Open the dialog where a cell is open, and only then. @param {EvaluatePage} page */
export function showAnswer(page) {
  const dialog = page.root.querySelector("#answer");
  if (!(dialog instanceof HTMLDialogElement)) return;
  if (page.open && !dialog.open) dialog.showModal();
  else if (!page.open && dialog.open) dialog.close();
}

/** @param {EvaluatePage} page @param {number} row @param {number} model */
function content(page, row, model) {
  const { results } = page;
  if (!results) return nothing;
  const { case: asked, prompt } = results.asked(row);
  const several = results.evaluation.prompts.length > 1;
  const all = results.of(row, model);
  const title = [`Case ${asked.name}`, results.names[model], ...(several ? [prompt.name] : [])].join(", ");
  return html`<form method="dialog" class="row">
      <h2 id="answer-title">${title}</h2>
      <button class="small">Close</button>
    </form>
    <dl class="metrics">${conversation(asked)}${Object.entries(asked.variables).map(
      ([name, value]) => html`<dt>${name}</dt><dd>${textOf(value)}</dd>`,
    )}</dl>
    ${all.map((result) => one(result, all.length > 1))} ${comparison(page, row, model)}`;
}

/** What a case has of its own before the prompt. @param {Case} one */
function conversation({ system = "", messages = [] }) {
  return html`${system ? html`<dt>System prompt</dt><dd>${visible(system)}</dd>` : nothing}
    ${messages.map(({ role, text, images = [] }) => {
      const who = role === "assistant" ? "Assistant" : "User";
      return html`<dt>${who}</dt><dd>${visible(text)}${images.map(image)}</dd>`;
    })}`;
}

/** @param {ImagePart} part @param {number} place among those of a message */
const image = ({ media_type, data }, place) =>
  html`<img src="data:${media_type};base64,${data}" alt="Image ${place + 1}" />`;

/**
 * The other answers to the same case, by what they are called.
 * @param {EvaluatePage} page @param {number} row @param {number} model
 */
function others(page, row, model) {
  const { results, matched } = page;
  /** @type {Map<string, string>} */
  const texts = new Map();
  results?.names.forEach((name, other) => {
    for (const { repeat, text, failure } of results.of(row, other)) {
      if (failure || (other === model && repeat === 0)) continue;
      texts.set(repeat ? `${name}, time ${repeat + 1}` : name, text);
    }
  });
  const before = matched?.place({ row, model });
  const [earlier] = (before && matched?.before.of(before.row, before.model)) ?? [];
  if (earlier && !earlier.failure) texts.set("the earlier run", earlier.text);
  return texts;
}

/**
 * What differs between the first of the open answers and another one.
 * @param {EvaluatePage} page @param {number} row @param {number} model
 */
function comparison(page, row, model) {
  const texts = others(page, row, model);
  const [own] = page.results?.of(row, model) ?? [];
  if (!own || own.failure || !texts.size) return nothing;
  const choose = written(async (name) => {
    const text = texts.get(name);
    const parts =
      text === undefined || text === own.text ? [] : await difference(page.vendor, text, own.text);
    page.compared = { with: name, parts };
    page.progressedAtOnce();
  });
  const { compared } = page;
  return html`<label>What differs from <select id="compare" @change=${choose}>
      <option value="">choose an answer</option>
      ${[...texts.keys()].map((name) => html`<option ?selected=${name === compared.with}>${name}</option>`)}
    </select></label>
    ${
      compared.with
        ? html`<div class="compared" tabindex="0" dir="auto">${
            compared.parts.length ? compared.parts : "The two answers are the same."
          }</div>`
        : nothing
    }`;
}

/** @param {CellResult} result @param {boolean} numbered */
function one({ repeat, text, calls = [], empty, failure, verdicts, seconds, cost }, numbered) {
  const figures = [seconds === null ? "" : `${seconds.toFixed(2)} s`, cost === null ? "" : usd(cost)];
  return html`<article class="turn">
    ${numbered ? html`<h3>Time ${repeat + 1}</h3>` : nothing}
    ${
      text || !(failure || empty)
        ? html`<div class="answer plain" tabindex="0" dir="auto">${visible(text)}</div>`
        : nothing
    }
    ${calls.map(
      (it) => html`<div class="call"><p>Calls ${visible(it.name)}</p>
        <pre>${visible(it.arguments)}</pre></div>`,
    )}
    ${failure || empty ? html`<p class="end failed">${visible(failure || empty || "")}</p>` : nothing}
    <ol class="steps">${verdicts.map(({ passed, reason }) => {
      const { name, label } = OUTCOMES[String(passed)];
      return html`<li class=${name}>${label}: ${visible(reason)}</li>`;
    })}</ol>
    ${failure || verdicts.length ? nothing : html`<p class="quiet">No check looks at this answer.</p>`}
    <p class="quiet">${figures.filter(Boolean).join(", ")}</p>
  </article>`;
}
