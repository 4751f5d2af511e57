// The form: system prompt, prompt, variables, images, parameters, and what can be done with all models.

import { variableNames } from "../actions/chat.js";
import { findLocal } from "../actions/connection.js";
import { addImages } from "../actions/images.js";
import { share } from "../actions/link.js";
import { exportAs } from "../actions/record.js";
import { importFrom } from "../actions/restore.js";
import { runAll, stopAll } from "../actions/runs.js";
import { html, nothing } from "../vendor/lit-html.js";
import { live } from "../vendor/directives/live.js";
import { parameters, setCount } from "./parameters.js";

export function form(page) {
  const submit = (event) => {
    event.preventDefault();
    runAll(page);
  };
  const typed = (name) => (event) => {
    page[name] = event.target.value;
    page.changed();
  };
  const shortcut = (event) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) submit(event);
  };
  const files = (list) => addImages(page, [...list].filter((file) => file.type.startsWith("image/")));
  const pasted = (event) => files(event.clipboardData?.files ?? []);
  const dropped = (event) => {
    event.preventDefault();
    files(event.dataTransfer.files);
  };
  return html`<form id="ask" @submit=${submit} @focusin=${() => page.start().catch(() => {})}>
    <details ?open=${page.system !== ""}>
      <summary>System prompt</summary>
      <textarea id="system" rows="2" aria-label="System prompt" .value=${live(page.system)} @input=${typed("system")}></textarea>
    </details>
    <label for="prompt">Prompt</label>
    <textarea
      id="prompt"
      rows="4"
      placeholder="Ask once, see every model answer. {{name}} makes a variable."
      .value=${live(page.prompt)}
      @input=${typed("prompt")}
      @keydown=${shortcut}
      @paste=${pasted}
      @drop=${dropped}
      @dragover=${(event) => event.preventDefault()}
    ></textarea>
    ${variables(page)}
    ${images(page)}
    <details class="options">
      <summary>Parameters for all models${setCount(page.options)}</summary>
      ${parameters(page, page.options, {}, page.data.efforts)}
    </details>
    ${buttons(page, files)}
  </form>`;
}

function variables(page) {
  const names = variableNames(page);
  return names.length
    ? html`<fieldset class="row"><legend>Variables</legend>${names.map(
        (name) => html`<label>${name}<input
          .value=${live(page.variables[name] ?? "")}
          @input=${(event) => {
            page.variables[name] = event.target.value;
            page.changed();
          }}
        /></label>`,
      )}</fieldset>`
    : nothing;
}

function images(page) {
  return page.images.length
    ? html`<ul class="images">${page.images.map(
        (image, i) => html`<li>
          <img src="data:${image.media_type};base64,${image.data}" alt="" />
          <span>${image.name}</span>
          <button type="button" class="small" aria-label="Remove ${image.name}" @click=${() => {
            page.images.splice(i, 1);
            page.changed();
          }}>✕</button>
        </li>`,
      )}</ul>`
    : nothing;
}

/** What is done with all models at once. */
function buttons(page, addFiles) {
  return html`<div class="row actions">
    <button class="md-button md-button--primary" id="run" type="submit">Run</button>
    <button class="md-button" id="stop" type="button" ?disabled=${!page.panes.some((p) => p.running)} @click=${() => stopAll(page)}>Stop all</button>
    <button class="md-button" id="add" type="button" ?disabled=${page.full} @click=${() => page.add()}>Add a model</button>
    ${keyless(page)}
    <label class="md-button file">Add images<input type="file" accept=${page.data.images.join()} multiple @change=${(event) => {
      addFiles(event.target.files);
      event.target.value = "";
    }} /></label>
    ${menu(page)}
  </div>`;
}

function menu(page) {
  return html`<details class="menu" @click=${picked} @keydown=${(event) => event.key === "Escape" && shut(event)} @focusout=${left}>
    <summary class="md-button">More</summary>
    <div>
      <button type="button" @click=${() => share(page)}>Copy a link</button>
      <button type="button" @click=${() => exportAs(page, "json")}>Export as JSON</button>
      <button type="button" @click=${() => exportAs(page, "markdown")}>Export as Markdown</button>
      <button type="button" @click=${() => exportAs(page, "csv")}>Export as CSV</button>
      <label class="file">Import a run<input type="file" accept=".json,application/json" @change=${(event) => {
        if (event.target.files[0]) importFrom(page, event.target.files[0]);
        event.target.value = "";
      }} /></label>
      <button type="button" @click=${() => findLocal(page)}>Find servers on this machine</button>
    </div>
  </details>`;
}

/** For who has no key at hand: a model that runs in the page. */
function keyless(page) {
  const row = page.rows.get(page.data.keyless);
  if (!row || page.full || page.keys.count || page.panes.some((p) => p.row.id === row.id)) return nothing;
  return html`<button class="md-button" type="button" @click=${() => page.addKeyless(row)}>Try without a key</button>`;
}

/** A menu closes when something in it was picked, on Escape, and when the focus leaves it. */
const shut = (event) => (event.currentTarget.open = false);
const picked = (event) => event.target.closest("button, input") && shut(event);
const left = (event) => {
  const menu = event.currentTarget;
  if (event.relatedTarget && !menu.contains(event.relatedTarget)) menu.open = false;
};
