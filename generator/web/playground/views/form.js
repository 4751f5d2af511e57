// The form: system prompt, prompt, variables, images, parameters, and what can be done with all models.

import { attached, variableNames } from "../actions/chat.js";
import { findLocal } from "../actions/connection.js";
import { isIdle, useKeyless } from "../actions/first.js";
import { addImages } from "../actions/images.js";
import { share } from "../actions/link.js";
import { exportAs } from "../actions/record.js";
import { importFrom } from "../actions/restore.js";
import { isGoing, runAll, stopAll } from "../actions/runs.js";
import { discard, putBack, setAside } from "../asking/aside.js";
import { asks } from "../asking/entering.js";
import { ownButton } from "../connected/own.js";
import { visible } from "../visible.js";
import { html, nothing } from "lit-html";
import { live } from "lit-html/directives/live.js";
import { chosen, written } from "./events.js";
import { parameters, setCount } from "./parameters.js";

/** @import { PlaygroundPage } from "../page.js" */

/** Characters of a prompt by which its writer knows it. */
const SHOWN = 60;

/** Every effort without a remark: that hangs on the model. @param {PlaygroundPage} page */
const unmarked = (page) => Object.fromEntries(Object.keys(page.data.efforts).map((effort) => [effort, ""]));

/** @param {PlaygroundPage} page */
export function form(page) {
  /** @param {Event} event */
  const submit = (event) => {
    event.preventDefault();
    runAll(page);
  };
  /** @param {"system" | "prompt"} name */
  const typed = (name) =>
    written((value) => {
      page[name] = value;
      page.changed();
    });
  /** @param {KeyboardEvent} event */
  const shortcut = (event) => {
    if (asks(event)) submit(event);
  };
  /** @param {Iterable<File>} list */
  const files = (list) =>
    addImages(
      page,
      [...list].filter((file) => file.type.startsWith("image/")),
    );
  /** @param {ClipboardEvent} event */
  const pasted = (event) => files(event.clipboardData?.files ?? []);
  /** @param {DragEvent} event */
  const dropped = (event) => {
    event.preventDefault();
    files(event.dataTransfer?.files ?? []);
  };
  return html`<form id="ask" novalidate @submit=${submit} @keydown=${shortcut}
    @focusin=${() => page.start().catch(() => {})}>
    <details ?open=${page.system !== ""}>
      <summary>System prompt</summary>
      <textarea id="system" rows="2" aria-label="System prompt" .value=${live(page.system)}
        @input=${typed("system")}></textarea>
      ${hidden(page.system)}
    </details>
    <label for="prompt">Prompt</label>
    <textarea
      id="prompt"
      rows="4"
      placeholder="Ask once, see every model answer. {{name}} makes a variable."
      .value=${live(page.prompt)}
      @input=${typed("prompt")}
      @paste=${pasted}
      @drop=${dropped}
      @dragover=${(/** @type {Event} */ event) => event.preventDefault()}
    ></textarea>
    ${hidden(page.prompt)}
    ${examples(page)}
    ${aside(page)}
    ${variables(page)}
    <details class="options">
      <summary>Parameters for all models${setCount(page.options)}</summary>
      ${parameters(page, page.options, {}, unmarked(page))}
    </details>
    ${buttons(page, files)} ${images(page)}
  </form>`;
}

/** What a field cannot show of the text in it, which may come from a link. @param {string} text */
const hidden = (text) =>
  visible(text) === text
    ? nothing
    : html`<p class="quiet hidden" role="status">
        This holds characters that can’t be seen: <span>${visible(text)}</span>
      </p>`;

/** What stood in the form, where something else was filled in. @param {PlaygroundPage} page */
function aside(page) {
  if (!page.aside || page.aside.prompt === page.prompt) return nothing;
  const [line] = page.aside.prompt.trim().split("\n");
  const text = line.length > SHOWN ? `${line.slice(0, SHOWN)} …` : line;
  return html`<p class="row" id="aside"><span>Your prompt “${visible(text)}” was not sent.</span>
    <button class="small" type="button" @click=${() => putBack(page)}>Put it back</button>
    <button class="small" type="button" @click=${() => discard(page)}>Discard it</button></p>`;
}

/** Whether Run has asked for a variable in vain. @param {PlaygroundPage} page @param {string} name */
const isAsked = (page, name) => page.askedFor.includes(`{{${name}}}`) && !page.variables[name];

/** @param {PlaygroundPage} page */
function variables(page) {
  const names = variableNames(page);
  return names.length
    ? html`<fieldset class="row"><legend>Variables</legend>${names.map(
        (name) => html`<label>${name}<input name="variable" aria-invalid=${isAsked(page, name)}
          placeholder="takes the place of {{${name}}}"
          .value=${live(page.variables[name] ?? "")}
          @input=${written((value) => {
            page.variables[name] = value;
            page.changed();
          })}
        />${isAsked(page, name) ? html`<small class="needed">No value yet</small>` : nothing}</label>`,
      )}</fieldset>`
    : nothing;
}

/** @param {PlaygroundPage} page */
function images(page) {
  const there = attached(page);
  /** @param {string} hash */
  const when = (hash) =>
    there?.has(hash)
      ? "in the conversation: a follow-up does not attach it again, Run does"
      : "goes with the next question";
  return page.images.length
    ? html`<ul class="images">${page.images.map(
        (image, i) => html`<li>
          <img src="data:${image.media_type};base64,${image.data}" alt="" />
          <span>${image.name}${there ? html` <small>${when(image.sha256)}</small>` : nothing}</span>
          <button type="button" class="small" aria-label="Remove ${image.name}" @click=${() => {
            page.images.splice(i, 1);
            page.changed();
          }}>✕</button>
        </li>`,
      )}</ul>`
    : nothing;
}

/**
 * What is done with all models at once.
 * @param {PlaygroundPage} page
 * @param {(files: File[]) => void} addFiles
 */
function buttons(page, addFiles) {
  return html`<div class="row actions">
    ${keyless(page)}
    <button class="md-button md-button--primary" id="run" type="submit" data-asks
      aria-disabled=${page.panes.some((p) => isGoing(page, p)) ? "true" : nothing}>Run</button>
    <button class="md-button" id="stop" type="button" data-next="#run" ?disabled=${!page.busy}
      @click=${() => stopAll(page)}>Stop all</button>
    <button class="md-button" id="add" type="button" ?disabled=${page.full}
      @click=${() => page.add()}>Add a model</button>
    ${ownButton(page, isIdle)}
    <label class="md-button file">Add images<input type="file" accept=${page.data.images.join()} multiple
      @change=${chosen(addFiles)} /></label>
    ${menu(page)}
  </div>`;
}

/** @param {PlaygroundPage} page */
function menu(page) {
  return html`<details class="menu" @click=${picked} @keydown=${escaped} @focusout=${left}>
    <summary class="md-button">More</summary>
    <div>
      <button type="button" @click=${() => share(page)}>Copy a link</button>
      <button type="button" @click=${() => exportAs(page, "json")}>Export as JSON</button>
      <button type="button" @click=${() => exportAs(page, "markdown")}>Export as Markdown</button>
      <button type="button" @click=${() => exportAs(page, "csv")}>Export as CSV</button>
      <label class="file">Import a run<input type="file" accept=".json,application/json"
        @change=${chosen(([file]) => file && importFrom(page, file))} /></label>
      <button type="button" @click=${() => findLocal(page)}>Find servers on this machine</button>
    </div>
  </details>`;
}

/**
 * For who has no key at hand: a model that runs in the page. Like the button beside it, it keeps its place:
 * nothing that is clicked may move away.
 * @param {PlaygroundPage} page
 */
function keyless(page) {
  const row = page.rows.get(page.data.keyless);
  if (!row) return nothing;
  const isThere = page.panes.some((p) => p.row.id === row.id);
  return html`<button class="md-button" type="button" ?disabled=${page.full || isThere}
    @click=${() => useKeyless(page, row)}>
    Try without a key
  </button>`;
}

/**
 * Prompts to begin with. They stay while the reader writes: nothing below may move under what is typed.
 * @param {PlaygroundPage} page
 */
function examples(page) {
  if (!page.data.examples.length) return nothing;
  return html`<p class="row examples"><span class="quiet">Examples:</span> ${page.data.examples.map(
    ({ label, prompt }) => html`<button class="small" type="button"
      aria-pressed=${page.prompt === prompt} @click=${() => {
        setAside(page);
        page.prompt = prompt;
        page.changed();
      }}>${label}</button>`,
  )}</p>`;
}

/**
 * A menu closes when something in it was picked, on Escape, and when the focus leaves it; else the focus goes
 * to its button, which a sheet that was picked gives it back to.
 */
function shut(/** @type {Event} */ { currentTarget: opened }) {
  if (!(opened instanceof HTMLDetailsElement)) return;
  if (opened.contains(document.activeElement)) opened.querySelector("summary")?.focus();
  opened.open = false;
}
function escaped(/** @type {KeyboardEvent} */ event) {
  if (event.key === "Escape") shut(event);
}
function picked(/** @type {Event} */ event) {
  if (event.target instanceof Element && event.target.closest("button, input")) shut(event);
}
function left(/** @type {FocusEvent} */ event) {
  const { currentTarget: opened, relatedTarget: next } = event;
  if (next instanceof Node && opened instanceof Node && !opened.contains(next)) shut(event);
}
