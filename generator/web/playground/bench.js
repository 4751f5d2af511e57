// The playground's state and what a reader can do with it; views.js draws it. It knows no provider, price or
// schema: those come in playground.json and in Python's answers.

import { Cell } from "./cell.js";
import { Keys } from "./keys.js";
import { LocalModels } from "./local.js";
import { loadMarkdown } from "./output.js";
import { Pane, Turn } from "./pane.js";
import { Runtime } from "./runtime.js";
import { LONGEST, fromFragment, toFragment } from "./share.js";
import { draw } from "./views.js";

const MOST = 6;
const KEPT = 20;
const ORIGINS = "almanac-origins";
const HISTORY = "almanac-history";
const FRAME = 33; // milliseconds between drawings of what streams

export class Bench {
  constructor(root) {
    this.root = root;
    const absolute = (path) => new URL(path, document.baseURI).href;
    this.assets = absolute(root.dataset.assets);
    this.vendor = `${this.assets}vendor/`;
    this.panes = [];
    this.prompt = "";
    this.system = "";
    this.images = [];
    this.options = {};
    this.variables = {};
    this.boot = null;
    this.told = "";
    this.sheet = null;
    this.diff = null;
    this.history = read(localStorage, HISTORY) ?? [];
    this.keepsHistory = localStorage.getItem(HISTORY) !== null;
    this.lists = new Map();
    this.tools = null;
    this.keys = new Keys(() => this.changed());
    this.cell = new Cell(this);
    this.local = new LocalModels(this.assets, (message) => this.booting(message));
    this.runtime = new Runtime(
      absolute(root.dataset.runtime),
      new URL("worker.mjs", import.meta.url).href,
      (message) => this.booting(message),
      (message, answer) => this.local.run(message, answer),
    );
    this.begin();
  }

  async begin() {
    try {
      const response = await fetch(`${this.assets}playground.json`);
      if (!response.ok) throw new Error(`status ${response.status}`);
      this.data = await response.json();
    } catch (error) {
      this.root.textContent = `The playground could not be loaded (${error.message}). Load the page again.`;
      return;
    }
    this.local.weights = new URL(`../../${this.data.weights}`, this.assets).href;
    this.rows = new Map(this.data.rows.map((row) => [row.id, row]));
    this.prefill();
    if (!this.panes.length) for (const id of this.data.start) this.add(this.rows.get(id));
    this.changed();
    this.onHash = () => this.prefill() && this.changed();
    addEventListener("hashchange", this.onHash);
  }

  close() {
    for (const pane of this.panes) pane.stop();
    this.runtime.close();
    this.local.close();
    if (this.onHash) removeEventListener("hashchange", this.onHash);
  }

  /** Fill the form from the link's fragment; nothing is run. */
  prefill() {
    let said;
    try {
      said = fromFragment(location.hash);
    } catch (error) {
      this.told = error.message;
      return true;
    }
    if (!said) return false;
    Object.assign(this, { prompt: said.prompt, system: said.system });
    const known = new Set(this.data.parameters.map((p) => p.name));
    this.options = Object.fromEntries(
      Object.entries(said.options).filter(([n, v]) => known.has(n) && ["string", "number"].includes(typeof v)),
    );
    for (const pane of this.panes) pane.stop();
    this.panes = said.models
      .map(({ row, model }) => this.rows.has(row) && new Pane(this, this.rows.get(row), model))
      .filter(Boolean);
    if (!this.panes.length) this.add();
    this.told = "Filled in from the link. Nothing has been sent.";
    return true;
  }

  /** Draw soon; many changes make one drawing. */
  changed() {
    this.drawing ??= requestAnimationFrame(() => {
      this.drawing = null;
      if (this.data) draw(this);
    });
  }

  async modelsOf(row) {
    if (!this.lists.has(row.id)) {
      const list = fetch(`${this.assets}models/${row.id}.json`).then(
        (response) => (response.ok ? response.json() : []),
        () => [],
      );
      this.lists.set(row.id, list);
    }
    return this.lists.get(row.id);
  }

  booting(message) {
    if (!message) this.boot = null;
    else if (message.kind === "progress") this.boot = { what: "Loading Python", ...message };
    else if (message.kind === "step") this.boot = { text: message.text };
    this.changed();
  }

  async start() {
    if (!this.runtime.ready) this.boot ??= { text: "Loading Python" };
    this.changed();
    try {
      await this.runtime.start();
      this.boot = null;
      keepOffline();
    } catch (error) {
      this.boot = null;
      this.told = `${error.message} Press Run to try again.`;
      throw error;
    } finally {
      this.changed();
    }
  }

  add(row = this.data.rows[0]) {
    if (this.panes.length < MOST) this.panes.push(new Pane(this, row));
    this.changed();
  }

  /** A pane for the model in the page, in place of those that still want a key. */
  async addKeyless(row) {
    this.panes = this.panes.filter((pane) => !pane.unready || pane.turns.length);
    const [model] = await this.modelsOf(row);
    this.panes.push(new Pane(this, row, model.id));
    this.told = `${row.name} is ready to run. ${row.access}`;
    this.root.querySelector("#prompt").focus();
    this.changed();
  }

  get full() {
    return this.panes.length >= MOST;
  }

  remove(pane) {
    pane.stop();
    this.panes = this.panes.filter((other) => other !== pane);
    this.changed();
  }

  /** The names in {{…}} of prompt and system prompt. */
  get names() {
    const found = `${this.system}\n${this.prompt}`.matchAll(/\{\{\s*([\w-]+)\s*\}\}/g);
    return [...new Set([...found].map((match) => match[1]))];
  }

  filled(text) {
    return text.replace(/\{\{\s*([\w-]+)\s*\}\}/g, (whole, name) => this.variables[name] || whole);
  }

  /** Parse what was written as JSON. Throws an Error naming the field. */
  parsed(name, text) {
    try {
      return JSON.parse(text);
    } catch (error) {
      const { label } = this.data.parameters.find((p) => p.name === name);
      throw new Error(`${label} is no JSON: ${error.message}`);
    }
  }

  /** The chat for a pane, after what was said before. Throws an Error to show. */
  chat(pane, messages) {
    const { sent } = pane.parameters(this.options);
    const chat = { messages };
    if (this.system.trim()) chat.system = this.filled(this.system);
    for (const [name, value] of Object.entries(sent)) {
      if (name === "tools") {
        const tools = this.parsed(name, value);
        chat.tools = Array.isArray(tools) ? tools : [tools];
      } else if (name === "schema") chat.schema = { name: "answer", schema: this.parsed(name, value) };
      else if (name === "stop") chat.stop = String(value).split("\n").filter(Boolean);
      else chat[name] = value;
    }
    return chat;
  }

  question(pane, prompt) {
    const images = pane.refused.images ? [] : this.images;
    const parts = images.map(({ media_type, data }) => ({ type: "image", media_type, data }));
    return { role: "user", parts: [...parts, { type: "text", text: this.filled(prompt) }] };
  }

  /** Ask every model the prompt anew. */
  async runAll() {
    if (!this.prompt.trim()) {
      this.told = "Write a prompt first.";
      this.root.querySelector("#prompt").focus();
      this.changed();
      return;
    }
    for (const pane of this.panes) pane.stop();
    await this.several(this.panes, (pane) => this.askAnew(pane));
  }

  /** Go on with the conversation in every model that has one. */
  async continueAll(text) {
    const panes = this.panes.filter((pane) => pane.last?.message && !pane.running);
    await this.several(panes, (pane) => this.goOn(pane, text));
  }

  async several(panes, ask) {
    try {
      await this.start();
    } catch {
      return;
    }
    this.told = panes.length === 1 ? "Asking one model." : `Asking ${panes.length} models.`;
    const ends = await Promise.all(panes.map(ask));
    const failed = ends.filter((end) => end !== "Finished").length;
    this.told = failed ? `${failed} of ${ends.length} models did not finish.` : "All models have finished.";
    this.remember();
    this.changed();
  }

  askAnew(pane) {
    pane.turns = [];
    return this.ask(pane, [this.question(pane, this.prompt)]);
  }

  goOn(pane, text) {
    return this.ask(pane, [...said(pane), this.question(pane, text)]);
  }

  /** Ask a pane's last question again, perhaps without one part that the provider refused. */
  async retry(pane, without = "") {
    if (without) {
      const refused = { ...pane.row.refused, [without]: "the model refused it just now" };
      pane.row = { ...pane.row, refused };
    }
    await this.several([pane], () => {
      const last = pane.turns.pop();
      return this.ask(pane, [...said(pane), last.question]);
    });
  }

  sendResults(pane) {
    const { calls, results } = pane.last;
    const parts = calls.map((call, i) => ({
      type: "tool_result",
      call_id: call.id,
      name: call.name,
      text: results[i] ?? "",
    }));
    return this.several([pane], () => this.ask(pane, [...said(pane), { role: "user", parts }]));
  }

  async ask(pane, messages) {
    this.tools ??= await loadMarkdown(this.vendor).catch(() => null);
    const turn = new Turn(this.tools, messages.at(-1), pane.view);
    pane.turns.push(turn);
    pane.steps = null;
    const refused = (message) => {
      turn.end = { type: "Refused", message };
      this.changed();
      return "Refused";
    };
    if (pane.url && pane.origin && !this.allowed(pane.url.href)) return refused("This address is not allowed yet.");
    let request;
    try {
      request = pane.request(this.chat(pane, messages));
    } catch (error) {
      return refused(error.message);
    }
    return new Promise((resolve) => {
      pane.run = this.runtime.run(request, (message) => {
        if (message.kind === "events") {
          for (const event of message.events) turn.add(event);
          this.streamed(turn);
        } else if (message.kind === "waiting") {
          turn.waiting = { message: message.message, until: performance.now() + message.seconds * 1000 };
          this.tick();
        } else if (message.kind === "refused") {
          pane.run = null;
          resolve(refused(message.message));
        } else if (message.kind === "done") {
          pane.run = null;
          const { end, metrics, message: said, advice, part } = message;
          Object.assign(turn, { end, metrics, message: said, advice, part, waiting: null });
          if (end.type === "Finished") pane.settings = false;
          turn.calls = said.parts.filter((p) => p.type === "tool_call");
          turn.draw(true);
          this.changed();
          resolve(end.type);
        }
      });
      this.changed();
    });
  }

  streamed(turn) {
    this.streaming ??= new Set();
    this.streaming.add(turn);
    this.frame ??= setTimeout(
      () =>
        requestAnimationFrame(() => {
          this.frame = null;
          for (const each of this.streaming) each.draw();
          this.streaming.clear();
          this.changed();
        }),
      FRAME,
    );
  }

  /** Keep a countdown going while some pane waits. */
  tick() {
    this.changed();
    if (this.panes.some((pane) => pane.last?.waiting)) setTimeout(() => this.tick(), 250);
  }

  stopAll() {
    for (const pane of this.panes) pane.stop();
  }

  /** Whether this page's policy allows the address; if not, ask to load the page again with it. */
  allowed(url) {
    const { origin } = new URL(url);
    const policy = document.querySelector('meta[http-equiv="Content-Security-Policy"]')?.content ?? "";
    const sources = policy.split(";").find((part) => part.trim().startsWith("connect-src")) ?? "";
    const matches = (source) => {
      if (!source.includes("*.")) return source === origin;
      const [scheme, rest] = source.split("://*");
      return origin.startsWith(`${scheme}://`) && origin.endsWith(rest);
    };
    if (origin === location.origin || sources.split(/\s+/).some(matches)) return true;
    const question = `Allow this page to talk to ${origin}, in this tab? The page is loaded again; type the key after it.`;
    if (confirm(question)) {
      const added = read(sessionStorage, ORIGINS) ?? [];
      sessionStorage.setItem(ORIGINS, JSON.stringify([...new Set([...added, origin])]));
      const fragment = this.fragment();
      if (fragment) history.replaceState(null, "", `#${fragment}`);
      location.reload();
    }
    return false;
  }

  async test(pane) {
    try {
      await this.start();
    } catch {
      return;
    }
    pane.steps = [];
    pane.testing = true;
    const done = (message) => {
      if (message) pane.steps.push({ name: "Request", ok: false, seen: message });
      pane.testing = false;
      this.told = pane.steps.every((step) => step.ok !== false) ? "The connection works." : "The test found a problem.";
      this.changed();
    };
    if (pane.url && pane.origin && !this.allowed(pane.url.href)) return done("This address is not allowed yet.");
    const messages = [{ role: "user", parts: [{ type: "text", text: "ok" }] }];
    this.runtime.run({ ...pane.request({ messages }), kind: "probe" }, (message) => {
      if (message.kind === "step") pane.steps.push(message.step);
      else if (message.kind === "tested") done();
      else if (message.kind === "refused") done(message.message);
      this.changed();
    });
    this.changed();
  }

  /** Look for servers on this machine; only ever from a click. */
  async findLocal() {
    this.told = "Looking for servers on this machine.";
    this.changed();
    const rows = this.data.rows.filter((row) => row.models_url);
    const found = await Promise.all(
      rows.map(async (row) => {
        try {
          const options = { signal: AbortSignal.timeout(3000), credentials: "omit", referrerPolicy: "no-referrer" };
          const said = await (await fetch(row.models_url, options)).json();
          const ids = (said.models ?? said.data ?? []).map((m) => m.name ?? m.id).filter(Boolean);
          this.lists.set(row.id, Promise.resolve(ids.map((id) => ({ id, name: id }))));
          return { row, ids };
        } catch {
          return null;
        }
      }),
    );
    const there = found.filter(Boolean);
    for (const { row, ids } of there) {
      const unused = this.panes.find((pane) => !pane.model && !pane.turns.length);
      if (unused) unused.choose(row);
      else this.add(row);
      const pane = unused ?? this.panes.at(-1);
      pane.model = ids[0] ?? "";
    }
    this.told = there.length
      ? `Found ${there.map(({ row }) => row.name).join(" and ")}.`
      : "No server on this machine answered this page. One may run and not allow it: see its row’s note.";
    this.changed();
  }

  fragment() {
    const models = this.panes.map((pane) => ({ row: pane.row.id, model: pane.model }));
    const options = Object.fromEntries(Object.entries(this.options).filter(([, value]) => value !== ""));
    return toFragment({ system: this.system, prompt: this.prompt, models, options });
  }

  async share() {
    const fragment = this.fragment();
    if (!fragment) {
      this.told = `This is too long for a link (${LONGEST} characters at most). Export it instead.`;
    } else {
      const url = `${location.origin}${location.pathname}#${fragment}`;
      history.replaceState(null, "", url);
      try {
        await navigator.clipboard.writeText(url);
        this.told = "The link is copied. It holds the prompt, models and parameters, and no key or address.";
      } catch {
        this.sheet = { title: "Link", texts: { Link: url } };
      }
    }
    this.changed();
  }

  async code(pane) {
    await this.answer({ kind: "code", ...this.asked(pane) }, (texts) => {
      this.sheet = { title: `Code for ${pane.name}`, texts };
    });
  }

  asked(pane) {
    const messages = [...said(pane).slice(0, -1)];
    const question = pane.last?.question ?? this.question(pane, this.prompt || "Hello");
    if (messages.at(-1) !== question) messages.push(question);
    return { ...pane.request(this.chat(pane, messages)), key: null };
  }

  /** Ask Python something that needs no network, and show its error if it has one. */
  async answer(question, use) {
    try {
      await this.start();
      use(await this.runtime.ask(question));
    } catch (error) {
      this.told = error.message;
    }
    this.changed();
  }

  record() {
    const [pane] = this.panes;
    return {
      made: new Date().toISOString(),
      chat: this.chat(pane, [this.question(pane, this.prompt || "(no prompt)")]),
      panes: this.panes.map(({ row, model, last }) => ({
        row: row.id,
        provider: row.name,
        model,
        reasoning: last?.reasoning ?? "",
        answer: last?.text ?? "",
        end: last?.end ? (last.end.reason ?? last.end.message) : "",
        metrics: last?.metrics ?? {},
      })),
    };
  }

  async exportAs(form) {
    const [extension, type] = { json: ["json", "application/json"], markdown: ["md", "text/markdown"], csv: ["csv", "text/csv"] }[form];
    await this.answer({ kind: "export", form, record: this.record() }, (text) => {
      const link = document.createElement("a");
      link.href = URL.createObjectURL(new Blob([text], { type }));
      link.download = `run-${new Date().toISOString().slice(0, 19).replace(/\D/g, "")}.${extension}`;
      link.click();
      setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
      this.told = `Exported ${link.download}.`;
    });
  }

  async importFrom(file) {
    await this.answer({ kind: "import", text: await file.text() }, (record) => this.restore(record));
  }

  restore(record) {
    const { chat } = record;
    this.stopAll();
    this.system = chat.system ?? "";
    const parts = chat.messages.at(-1).parts;
    this.prompt = parts.filter((p) => p.type === "text").map((p) => p.text).join("");
    this.images = parts.filter((p) => p.type === "image").map((p, i) => ({ ...p, name: `image ${i + 1}` }));
    this.options = {};
    for (const { name } of this.data.parameters) {
      const value = name === "schema" ? chat.schema?.schema : chat[name];
      if (value === undefined) continue;
      if (name === "stop") this.options[name] = value.join("\n");
      else this.options[name] = typeof value === "object" ? JSON.stringify(value, null, 2) : value;
    }
    this.panes = record.panes.map((kept) => {
      const pane = new Pane(this, this.rows.get(kept.row) ?? this.data.rows[0], kept.model);
      if (kept.answer || kept.end) {
        const turn = new Turn(this.tools, chat.messages.at(-1), "text");
        pane.view = "text";
        Object.assign(turn, { text: kept.answer, reasoning: kept.reasoning, metrics: kept.metrics });
        turn.end = { type: "Kept", message: kept.end };
        turn.draw(true);
        pane.turns = [turn];
      }
      return pane;
    });
    if (!this.panes.length) this.add();
    this.told = "The run is back. Nothing has been sent.";
    this.changed();
  }

  remember() {
    if (!this.panes.some((pane) => pane.last)) return;
    try {
      this.history = [this.record(), ...this.history].slice(0, KEPT);
    } catch {
      return; // tools or schema that are no JSON were shown as such already
    }
    this.saveHistory();
  }

  saveHistory() {
    if (!this.keepsHistory) return;
    try {
      localStorage.setItem(HISTORY, JSON.stringify(this.history));
    } catch {
      this.told = "This browser has no room left for the history; older runs stay in this page only.";
    }
  }

  keepHistory(yes) {
    this.keepsHistory = yes;
    if (yes) this.saveHistory();
    else localStorage.removeItem(HISTORY);
    this.changed();
  }

  forgetHistory() {
    this.history = [];
    this.saveHistory();
    this.changed();
  }

  async addImages(files) {
    for (const file of files) {
      if (!this.data.images.includes(file.type)) {
        this.told = `${file.name} is ${file.type || "of no known type"}; models take PNG, JPEG, GIF and WebP.`;
        continue;
      }
      const buffer = new Uint8Array(await file.arrayBuffer());
      let binary = "";
      for (let i = 0; i < buffer.length; i += 32768) binary += String.fromCharCode(...buffer.subarray(i, i + 32768));
      this.images.push({ media_type: file.type, data: btoa(binary), name: file.name || "pasted image" });
    }
    this.changed();
  }
}

/** Keep the page and its Python for offline use, once they are in use; without it all works but offline. */
function keepOffline() {
  navigator.serviceWorker?.register("offline.js").catch(() => {});
}

/** What has been said in a pane, as the next request repeats it. */
function said(pane) {
  return pane.turns.filter((turn) => turn.message?.parts.length).flatMap((turn) => [turn.question, turn.message]);
}

function read(storage, name) {
  try {
    return JSON.parse(storage.getItem(name));
  } catch {
    return null;
  }
}
