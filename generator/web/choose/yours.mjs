// What of yours dies when: a text or files are read by Python in the page; nothing leaves the browser.

import { html, nothing, render } from "lit-html";
import { live } from "lit-html/directives/live.js";
import { quoted, save } from "../explorer/download.mjs";
import { chosen, written } from "../playground/views/events.js";
import { reason } from "../playground/reason.js";
import { element } from "../site/element.mjs";
import { Latest, Python, starting } from "./python.mjs";

/** @import { EndingVerdict, Finding, Retirements } from "../types/choose.js" */
/** @import { BootMessage } from "../types/playground.js" */

/** A file that is read, and the lines before it. @typedef {{ name: string, first: number }} OpenFile */
/** A finding with every line that names it. @typedef {Finding & { lines: number[] }} Group */

const MOST = 4_000_000;
const FIRST = `model_list:
  - model_name: smart
    litellm_params:
      model: azure/gpt-4o
  - model_name: cheap
    litellm_params:
      model: anthropic/claude-3-haiku-20240307
`;
const place = element(document, "#yours", HTMLElement);
const { root = "", runtime } = place.dataset;
/** How many days are soon. */
const soon = Number(place.dataset.soon);

/** How the sum calls each, the most urgent first. @type {Record<EndingVerdict, string>} */
const ENDINGS = {
  retired: "retired",
  "retires soon": `within ${soon} days`,
  "retires later": "later",
  deprecated: "deprecated",
  "no day is known": "without a known day",
};
const KINDS = /** @type {EndingVerdict[]} */ (Object.keys(ENDINGS));

/** @param {number | null} n */
const days = (n) => `${Math.abs(n ?? 0).toLocaleString("en")} day${Math.abs(n ?? 0) === 1 ? "" : "s"}`;

const assets = new URL(".", import.meta.url);

class Yours {
  text = "";
  notice = "";
  /** @type {BootMessage | null} */
  boot = null;
  /** @type {Retirements | null} */
  answer = null;
  /** @type {OpenFile[]} */
  files = [];
  /** What offerings are called, what vendors ended, and old ids. @type {[string[], object, object] | null} */
  #known = null;
  /** @type {Python | null} */
  #python = null;
  #latest = new Latest();

  constructor() {
    this.draw();
  }

  /** @param {string} text @param {OpenFile[]} files */
  set(text, files = []) {
    this.text = text;
    this.files = files;
    this.draw();
    this.ask();
  }

  /**
   * Files are read one after another, each under its name, so that a line of a finding can be told.
   * @param {File[]} list
   */
  async open(list) {
    /** @type {[name: string, text: string][]} */
    const read = [];
    for (const file of list) {
      if (file.size > MOST) {
        this.say(`${file.name} has ${(file.size / 1e6).toFixed(1)} MB; at most 4 MB are read.`);
        return;
      }
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
      this.answer = null;
      return this.say("");
    }
    if (!runtime) {
      return this.say("Python cannot run on this site; almanac lint does the same in a terminal.");
    }
    const python = (this.#python ??= new Python(runtime, (message) => {
      this.boot = message;
      this.draw();
    }));
    return this.#latest.ask(
      () => this.asked(python),
      (answer) => {
        this.answer = answer;
        this.say("");
      },
    );
  }

  /** The models that the text names; null, with a notice, where it fails. @param {Python} python */
  async asked(python) {
    try {
      const read = async (/** @type {string} */ name) => (await fetch(new URL(name, assets))).json();
      this.#known ??= await Promise.all([read("ids.json"), read("ends.json"), read("moved.json")]);
      const [ids, ends, moved] = this.#known;
      const text = this.text.slice(0, MOST);
      return await python.ask({ kind: "retirements", text, soon, ids, ends, moved });
    } catch (error) {
      this.say(reason(error));
      return null;
    }
  }

  /** @param {string} text */
  say(text) {
    this.notice = text;
    this.draw();
  }

  /** Where a line of the text stands. @param {number} line */
  where(line) {
    const file = this.files.filter((f) => f.first < line).at(-1);
    return file ? `${file.name}, line ${line - file.first}` : `line ${line}`;
  }

  draw() {
    const content = html`<form class="y-form" aria-label="What you use" @submit=${prevent}>
        <label class="c-field">A configuration, source code, or names of models<textarea name="text" rows="9"
          spellcheck="false" autocapitalize="off" placeholder=${FIRST} .value=${live(this.text)}
          @input=${written((text) => this.set(text))} @dragover=${prevent}
          @drop=${(/** @type {DragEvent} */ e) => this.drop(e)}></textarea></label>
        <p class="actions"><label class="c-field">or files<input type="file" name="files" multiple
          @change=${chosen((files) => this.open(files))}></label>
          <button type="button" class="act" @click=${() => this.set(FIRST)}>Try an example</button></p>
      </form>
      ${this.boot ? starting(this.boot) : nothing}
      <p class="c-told" role="status">${this.notice || (this.answer ? sum(this.answer) : nothing)}</p>
      ${this.answer?.findings.length ? this.table(this.answer) : nothing}`;
    render(content, place);
  }

  /** @param {DragEvent} event */
  drop(event) {
    const { files } = event.dataTransfer ?? {};
    if (!files?.length) return;
    event.preventDefault();
    this.open([...files]);
  }

  /** @param {Retirements} answer */
  table(answer) {
    return html`<section aria-label="What dies when"><div class="c-scroll" tabindex="0" role="region"
      aria-label="Models found"><table class="c-table y-table"><thead><tr><th scope="col">Model</th><th
      scope="col">Where it stands</th><th scope="col">When</th><th
      scope="col">Instead</th></tr></thead><tbody>
      ${grouped(answer.findings).map((f) => this.row(f))}
      </tbody></table></div>
      <p class="actions"><button type="button" class="act" @click=${() => csv(answer)}>CSV</button> <button
        type="button" class="act" @click=${() => this.set("")}>Start again</button></p></section>`;
  }

  /** @param {Group} group */
  row(group) {
    const { verdict, places, text, lines, aside, by } = group;
    const first = Array.from(lines.slice(0, 4), (n) => this.where(n)).join(", ");
    return html`<tr class="y-${KINDS.indexOf(verdict)}"><th scope="row">${linked(group)}<br>
        <code>${text}</code></th>
        <td>${first}${lines.length > 4 ? ` and ${lines.length - 4} more` : nothing}${small(aside)}</td>
        <td><b class="y-verdict">${when(group)}</b>${places.map(ending)}${by ? vendor(by) : nothing}</td>
        <td>${instead(group)}</td></tr>`;
  }
}

/** A listener that keeps the browser from what it would do. @param {Event} event */
const prevent = (event) => event.preventDefault();

/** How many there are of each kind. @param {Retirements} answer */
function sum({ date, findings }) {
  if (!findings.length) return "No model of the catalog is named in it.";
  const counts = KINDS.map((kind) => {
    const alike = findings.filter((f) => f.verdict === kind);
    const { size } = new Set(alike.map((f) => `${f.model || f.name}@${f.version}`));
    return size ? `${size} ${ENDINGS[kind]}` : "";
  });
  return `As of ${date}: ${counts.filter(Boolean).join(", ")}.`;
}

/** A model once, with every line that names it; the most urgent first. @param {Finding[]} findings */
function grouped(findings) {
  /** @type {Map<string, Group>} */
  const groups = new Map();
  for (const f of findings) {
    const key = `${f.model || f.name}@${f.version}@${f.provider}@${f.aside}`;
    const group = groups.get(key);
    if (group) group.lines.push(f.line);
    else groups.set(key, { ...f, lines: [f.line] });
  }
  const urgency = (/** @type {Group} */ group) => KINDS.indexOf(group.verdict);
  return [...groups.values()].sort((a, b) => urgency(a) - urgency(b) || (a.days ?? 1e9) - (b.days ?? 1e9));
}

/** @param {Finding["places"][number]} place */
function ending({ place: where, retires, earliest, stage }) {
  const open = stage === "live" ? "no day known" : stage;
  return html`<br><small>${where}: ${retires ?? (earliest ? `not before ${earliest}` : open)}</small>`;
}

/** A model's name, which leads to its page where it has one. @param {Group} group */
function linked({ model, places, name }) {
  return places.length ? html`<a href="${root}models/${model}/#${places[0].anchor}">${name}</a>` : name;
}

/** @param {string} text */
const small = (text) => (text ? html`<br><small>${text}</small>` : nothing);

/** What a vendor's page says. @param {NonNullable<Finding["by"]>} by */
function vendor({ page, quote, read }) {
  return html`<br><small><a href="${page}" rel="noreferrer">${quote}</a> (read on ${read})</small>`;
}

/**
 * What could take its place and why this one, with the page that names it; else why nothing could.
 * @param {Finding} finding
 */
function instead({ replacement, no_replacement }) {
  if (!replacement) return no_replacement ? html`—<br><small>${no_replacement}</small>` : "—";
  const { model, name, why, url, differences } = replacement;
  const grounds = url ? html`<a href="${url}" rel="noopener">${why}</a>` : why;
  const differs = html`<br><small>${differences.join("; ")}</small>`;
  return html`<a href="${root}models/${model}/">${name}</a> <small>${grounds}</small>${
    differences.length ? differs : nothing
  }`;
}

/** @param {Finding} finding */
function when({ verdict, retires, earliest, days: left }) {
  if (verdict === "retired") return retires ? `retired ${days(left)} ago` : "retired";
  if (verdict === "deprecated") return "deprecated";
  if (verdict === "no day is known") return "no day is known";
  return retires ? `in ${days(left)}` : `not before ${earliest}`;
}

/** @param {Retirements} answer */
function csv({ date, findings }) {
  /** @type {(string | number | null | undefined)[][]} */
  const rows = [
    ["line", "text", "model", "version", "verdict", "retires", "days", "offering", "replacement"],
  ];
  for (const f of findings) {
    const { line, text, model, version, verdict, retires, earliest, places, replacement } = f;
    const at = [places[0]?.offering, replacement?.offering];
    rows.push([line, text, model, version, verdict, retires ?? earliest, f.days, ...at]);
  }
  const text = rows.map((row) => row.map((value) => quoted(value ?? "")).join(",")).join("\r\n");
  save(`what-dies-when-${date}.csv`, "text/csv", text);
}

new Yours();
