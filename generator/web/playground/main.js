// Draws the panes and passes messages between them and the worker. Untrusted text is only ever textContent.

import { Runtime } from "./runtime.js";

const MOST = 6;
const OWN = "own";
const ORIGINS = "almanac-origins";
const FIGURES = [
  ["first_reasoning", "First reasoning token", seconds],
  ["first_answer", "First answer token", seconds],
  ["seconds", "Whole answer", seconds],
  ["answer_rate", "Answer tokens/s", (value) => value.toFixed(1)],
  ["input", "Input tokens", String],
  ["cache_read", "of them cached", String],
  ["output", "Output tokens", String],
  ["reasoning", "of them reasoning", String],
];

function seconds(value) {
  return `${value.toFixed(2)} s`;
}

async function open(root) {
  const find = (id) => root.querySelector(`#${id}`);
  const absolute = (path) => new URL(path, document.baseURI).href;
  const response = await fetch(absolute(root.dataset.providers));
  const providers = await response.json();
  const panes = new Set();
  const tell = (message) => {
    find("boot").hidden = false;
    if (message.kind === "progress") {
      find("bar").value = message.loaded / message.total;
      const size = (bytes) => (bytes / 1e6).toFixed(1);
      find("step").textContent = `Loading Python: ${size(message.loaded)} of ${size(message.total)} MB`;
    } else {
      find("bar").removeAttribute("value");
      find("step").textContent = message.text;
    }
  };
  const runtime = new Runtime(absolute(root.dataset.runtime), new URL("worker.mjs", import.meta.url).href, tell);
  const start = async () => {
    await runtime.start();
    find("boot").hidden = true;
  };
  const buttons = () => {
    find("stop").disabled = ![...panes].some((pane) => pane.running);
    find("add").disabled = panes.size >= MOST;
  };

  function add() {
    const pane = new Pane(find("pane").content.cloneNode(true), providers, runtime, buttons, (gone) => {
      panes.delete(gone);
      buttons();
    });
    panes.add(pane);
    find("panes").append(pane.element);
    buttons();
  }

  find("add").onclick = add;
  find("stop").onclick = () => panes.forEach((pane) => pane.stop());
  // Python is heavy, so it comes when the reader first touches the playground.
  root.addEventListener("focusin", () => start().catch(() => {}), { once: true });
  find("ask").onsubmit = async (event) => {
    event.preventDefault();
    find("told").textContent = "";
    try {
      await start();
    } catch (error) {
      find("boot").hidden = true;
      find("told").textContent = `Python could not be started: ${error.message} Press Run to try again.`;
      return;
    }
    const chat = { prompt: find("prompt").value, system: find("system").value };
    for (const name of ["temperature", "max_tokens"]) if (find(name).value) chat[name] = Number(find(name).value);
    find("told").textContent = "Running.";
    await Promise.all([...panes].map((pane) => pane.run(chat)));
    find("told").textContent = "All models have finished.";
  };
  addEventListener("pagehide", () => runtime.close());
  add();
}

class Pane {
  constructor(fragment, providers, runtime, changed, removed) {
    this.element = fragment.querySelector(".pane");
    this.providers = providers;
    this.runtime = runtime;
    this.changed = changed;
    this.running = false;
    const select = this.find("provider");
    providers.forEach((row, i) => select.add(new Option(row.name, i)));
    select.onchange = () => this.choose();
    this.find("one").onclick = () => this.stop();
    this.find("remove").onclick = () => {
      this.stop();
      this.element.remove();
      removed(this);
    };
    this.choose();
  }

  find(name) {
    return this.element.querySelector(`.${name}`);
  }

  get row() {
    return this.providers[this.find("provider").value];
  }

  choose() {
    const row = this.row;
    this.find("places").replaceChildren(...row.places.map((place) => field(place)));
    this.find("key").value = "";
    this.find("access").textContent = row.access;
    this.find("keyed").hidden = !row.key;
  }

  run(chat) {
    this.stop();
    const row = this.row;
    const places = Object.fromEntries(
      [...this.find("places").querySelectorAll("input")].map((input) => [input.name, input.value]),
    );
    const request = { endpoint: row.endpoint, model: this.find("model").value.trim(), places, chat };
    if (row.id === OWN) {
      request.base_url = places.url;
      if (!allowed(places.url)) return Promise.resolve();
    }
    for (const name of ["answer", "reasoning", "end"]) this.find(name).textContent = "";
    this.find("metrics").replaceChildren();
    this.find("thoughts").hidden = true;
    let origin;
    try {
      const url = request.base_url ?? row.endpoint.url.replace(/\{(\w+)\}/g, (_, name) => places[name] || "x");
      origin = new URL(url).origin;
    } catch {
      this.find("end").textContent = "This is no web address; write one like https://example.com/v1.";
      return Promise.resolve();
    }
    const secret = this.find("key").value.trim();
    if (secret) request.key = { origin, secret };
    this.running = true;
    this.changed();
    return new Promise((resolve) => {
      this.id = this.runtime.run(request, (message) => {
        this.heard(message);
        if (message.kind === "done" || message.kind === "refused") {
          this.running = false;
          this.changed();
          resolve();
        }
      });
    });
  }

  stop() {
    if (this.running) this.runtime.stop(this.id);
  }

  heard(message) {
    if (message.kind === "events") {
      for (const event of message.events) {
        if (event.type === "TextDelta") this.find("answer").append(event.text);
        else if (event.type === "ReasoningDelta") {
          this.find("thoughts").hidden = false;
          this.find("reasoning").append(event.text);
        }
      }
    } else if (message.kind === "waiting") {
      this.find("end").textContent = `${message.message} Trying again in ${message.seconds} s.`;
    } else if (message.kind === "refused") {
      this.find("end").textContent = message.message;
    } else {
      const { end } = message;
      const failed = end.type === "Failed";
      this.find("end").textContent = failed ? `Failed (${end.cause}): ${end.message}` : `Finished: ${end.reason}`;
      this.find("metrics").replaceChildren(
        ...FIGURES.flatMap(([name, label, write]) => figure(label, message.metrics[name], write)),
      );
    }
  }
}

function figure(label, { value, known, note }, write) {
  const term = document.createElement("dt");
  const said = document.createElement("dd");
  term.textContent = label;
  said.textContent = value === null ? "—" : write(value);
  const how = document.createElement("small");
  how.textContent = ` ${known}${note ? `: ${note}` : ""}`;
  said.append(how);
  return [term, said];
}

function field({ name, label, default: value = "" }) {
  const box = document.createElement("label");
  const input = document.createElement("input");
  Object.assign(input, { name, value, spellcheck: false });
  box.append(`${label} `, input);
  return box;
}

/** Whether this page's policy allows the address; if not, ask to load the page again with it. */
function allowed(url) {
  let origin;
  try {
    origin = new URL(url).origin;
  } catch {
    return true;
  }
  const policy = document.querySelector('meta[http-equiv="Content-Security-Policy"]')?.content ?? "";
  if (policy.split(/[\s;]+/).includes(origin)) return true;
  if (confirm(`Allow this page to talk to ${origin}, in this tab? The page is loaded again; type the key after it.`)) {
    const added = JSON.parse(sessionStorage.getItem(ORIGINS) ?? "[]");
    sessionStorage.setItem(ORIGINS, JSON.stringify([...new Set([...added, origin])]));
    location.reload();
  }
  return false;
}

const root = document.getElementById("bench");
if (root) open(root);
