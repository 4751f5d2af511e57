// What of yours dies when: a text or files are read in the page by Python in a worker; nothing leaves the browser.

import { html, nothing, render } from "lit-html";
import { live } from "lit-html/directives/live.js";
import { quoted, save } from "../explorer/download.mjs";
import { Latest, Python, starting } from "./python.mjs";

const MOST = 4_000_000;
const SOON = 90;
const FIRST = "model_list:\n  - model_name: smart\n    litellm_params:\n      model: azure/gpt-4o\n  - model_name: cheap\n    litellm_params:\n      model: anthropic/claude-3-haiku-20240307\n";
const KINDS = ["retired", "retires soon", "retires later", "deprecated", "no day is known"];
const days = (n) => `${Math.abs(n).toLocaleString("en")} day${Math.abs(n) === 1 ? "" : "s"}`;

const place = document.getElementById("yours");
const root = place.dataset.root;
const assets = new URL(".", import.meta.url);

class Yours {
  text = "";
  told = "";
  boot = null;
  found = null;
  files = [];
  #ids = null;
  #python = null;
  #latest = new Latest();

  constructor() {
    this.draw();
  }

  set(text, files = []) {
    this.text = text;
    this.files = files;
    this.draw();
    this.ask();
  }

  /** Files are read one after another, each under its name, so that a line of a finding can be told. */
  async open(list) {
    const read = [];
    for (const file of list) {
      if (file.size > MOST) return this.say(`${file.name} has ${(file.size / 1e6).toFixed(1)} MB; at most 4 MB are read.`);
      read.push([file.name, await file.text()]);
    }
    let line = 0;
    const files = read.map(([name, text]) => {
      const first = line;
      line += text.split("\n").length + 1;
      return { name, first };
    });
    this.set(read.map(([, text]) => text).join("\n\n"), read.length > 1 ? files : []);
  }

  ask() {
    if (!this.text.trim()) {
      this.#latest.next();
      this.found = null;
      return this.say("");
    }
    if (!place.dataset.runtime) return this.say("Python cannot run on this site; almanac lint does the same in a terminal.");
    this.#python ??= new Python(place.dataset.runtime, (message) => {
      this.boot = message;
      this.draw();
    });
    return this.#latest.ask(() => this.answer(), (found) => {
      this.found = found;
      this.say("");
    });
  }

  async answer() {
    try {
      this.#ids ??= await (await fetch(new URL("ids.json", assets))).json();
      return await this.#python.ask({ kind: "retirements", text: this.text.slice(0, MOST), soon: SOON, ids: this.#ids });
    } catch (error) {
      this.say(error.message);
      return null;
    }
  }

  say(text) {
    this.told = text;
    this.draw();
    return null;
  }

  csv() {
    const rows = [["line", "text", "model", "version", "verdict", "retires", "days", "offering", "replacement"]];
    for (const f of this.found.findings) rows.push([f.line, f.text, f.model, f.version, f.verdict, f.retires ?? f.earliest, f.days, f.places[0].offering, f.replacement?.offering]);
    save(`what-dies-when-${this.found.date}.csv`, "text/csv", rows.map((row) => row.map((value) => quoted(value ?? "")).join(",")).join("\r\n"));
  }

  where(line) {
    const file = this.files.filter((f) => f.first < line).at(-1);
    return file ? `${file.name}, line ${line - file.first}` : `line ${line}`;
  }

  draw() {
    render(html`<form class="y-form" aria-label="What you use" @submit=${(e) => e.preventDefault()}>
        <label class="c-field">A configuration, source code, or names of models<textarea name="text" rows="9" spellcheck="false" autocapitalize="off" placeholder=${FIRST} .value=${live(this.text)} @input=${(e) => this.set(e.target.value)}
          @dragover=${(e) => e.preventDefault()} @drop=${(e) => { if (e.dataTransfer.files.length) { e.preventDefault(); this.open([...e.dataTransfer.files]); } }}></textarea></label>
        <p class="actions"><label class="c-field">or files<input type="file" name="files" multiple @change=${(e) => { this.open([...e.target.files]); e.target.value = ""; }}></label>
          <button type="button" class="act" @click=${() => this.set(FIRST)}>Try an example</button></p>
      </form>
      ${this.boot ? starting(this.boot) : nothing}
      <p class="c-told" role="status">${this.told || this.sum()}</p>
      ${this.found?.findings.length ? this.table() : nothing}`, place);
  }

  sum() {
    if (!this.found) return nothing;
    const { findings } = this.found;
    if (!findings.length) return "No model of the catalog is named in it.";
    const counts = KINDS.map((kind) => [kind, new Set(findings.filter((f) => f.verdict === kind).map((f) => `${f.model}@${f.version}`)).size]).filter(([, n]) => n);
    return `As of ${this.found.date}: ${counts.map(([kind, n]) => `${n} ${kind === "retires soon" ? `within ${SOON} days` : kind === "retires later" ? "later" : kind === "no day is known" ? "without a known day" : kind}`).join(", ")}.`;
  }

  table() {
    // A model once, with every line that names it; the most urgent first.
    const groups = new Map();
    for (const f of this.found.findings) {
      const key = `${f.model}@${f.version}@${f.places[0].offering}`;
      if (groups.has(key)) groups.get(key).lines.push(f.line);
      else groups.set(key, { ...f, lines: [f.line] });
    }
    const rows = [...groups.values()].sort((a, b) => KINDS.indexOf(a.verdict) - KINDS.indexOf(b.verdict) || (a.days ?? 1e9) - (b.days ?? 1e9));
    return html`<section aria-label="What dies when"><div class="c-scroll" tabindex="0" role="region" aria-label="Models found"><table class="c-table y-table"><thead><tr><th scope="col">Model</th><th scope="col">Where it stands</th><th scope="col">When</th><th scope="col">Instead</th></tr></thead><tbody>
      ${rows.map((f) => html`<tr class="y-${KINDS.indexOf(f.verdict)}"><th scope="row"><a href="${root}models/${f.model}/#${f.places[0].anchor}">${f.name}</a><br><code>${f.text}</code></th>
        <td>${f.lines.slice(0, 4).map((n) => this.where(n)).join(", ")}${f.lines.length > 4 ? ` and ${f.lines.length - 4} more` : nothing}</td>
        <td><b class="y-verdict">${when(f)}</b>${f.places.map((p) => html`<br><small>${p.place}: ${p.retires ?? (p.earliest ? `not before ${p.earliest}` : p.stage === "live" ? "no day known" : p.stage)}</small>`)}</td>
        <td>${f.replacement ? html`<a href="${root}models/${f.replacement.model}/">${f.replacement.name}</a> <small>${f.replacement.by_vendor ? "named by its vendor" : "nearest there by rule"}</small>${f.replacement.differences.length ? html`<br><small>${f.replacement.differences.join("; ")}</small>` : nothing}` : "—"}</td></tr>`)}
      </tbody></table></div>
      <p class="actions"><button type="button" class="act" @click=${() => this.csv()}>CSV</button> <button type="button" class="act" @click=${() => this.set("")}>Start again</button></p></section>`;
  }
}

function when(f) {
  if (f.verdict === "retired") return f.retires ? `retired ${days(f.days)} ago` : "retired";
  if (f.verdict === "deprecated") return "deprecated";
  if (f.verdict === "no day is known") return "no day is known";
  return f.retires ? `in ${days(f.days)}` : `not before ${f.earliest}`;
}

new Yours();
