// The playground's page without a browser: its actions and panes, with the least of a document around them.
//
// It is told what a reader does, a JSON line each on standard input, and answers each with one on standard
// output; what the page says to its worker goes out there too, and what the worker says comes in.

import { createInterface } from "node:readline";
import { setTimeout as sleep } from "node:timers/promises";

import { fillFromLink, share } from "../../../../generator/web/playground/actions/link.js";
import { exportAs, exportHistory } from "../../../../generator/web/playground/actions/record.js";
import { importFrom, open } from "../../../../generator/web/playground/actions/restore.js";
import * as runs from "../../../../generator/web/playground/actions/runs.js";
import { moveElsewhere } from "../../../../generator/web/playground/connected/listing.js";
import { Keys } from "../../../../generator/web/playground/keys/keys.js";
import { Pane } from "../../../../generator/web/playground/pane.js";

const say = (message) => process.stdout.write(`${JSON.stringify(message)}\n`);
let file = Promise.resolve("");
const element = () => ({
  style: {},
  classList: { add() {}, remove() {}, toggle() {} },
  append() {},
  appendChild: (node) => node,
  contains: () => false,
  addEventListener() {},
  replaceChildren() {},
  setAttribute() {},
  click() {},
});
Object.assign(globalThis, {
  document: {
    createElement: element,
    createTextNode: () => ({ length: 0, appendData() {} }),
    activeElement: null,
  },
  getSelection: () => null,
  location: { origin: process.argv[2], pathname: "/playground/", hash: "" },
  history: { replaceState: (_, __, url) => (location.hash = new URL(url, location.origin).hash) },
  localStorage: { setItem() {}, removeItem() {} },
  HTMLElement: class {},
  HTMLInputElement: class {},
  requestAnimationFrame: (draw) => setTimeout(draw),
});
// Newer Node.js has a navigator of its own, which nobody may assign to.
const clipboard = { writeText: async () => {} };
Object.defineProperty(globalThis, "navigator", { value: { onLine: true, clipboard } });
URL.createObjectURL = (blob) => ((file = blob.text()), "blob:x");
URL.revokeObjectURL = () => {};

/** The worker, which is in the test's own process. */
class Worker {
  #next = 1;
  #listeners = new Map();
  ready = true;
  async start() {}
  run(request, listen) {
    const id = this.#next++;
    this.#listeners.set(id, listen);
    say({ to: "worker", kind: "run", id, text: JSON.stringify(request) });
    return () => say({ to: "worker", kind: "stop", id });
  }
  ask(question) {
    const number = this.#next++;
    say({ to: "worker", kind: "ask", number, text: JSON.stringify(question) });
    return new Promise((resolve, reject) => {
      this.#listeners.set(number, { resolve, reject });
    });
  }
  hear({ id, number, message }) {
    const listen = this.#listeners.get(id ?? number);
    if (number === undefined) listen(message);
    else if ("error" in message) listen.reject(new Error(message.error));
    else listen.resolve(message.answer);
  }
}

/** What the actions read and write of a page; views are not drawn. */
const page = {
  panes: [],
  prompt: "",
  system: "",
  images: [],
  options: {},
  variables: {},
  then: [],
  runs: [],
  history: [],
  incoming: [],
  lists: new Map(),
  streaming: new Set(),
  waiting: new Map(),
  get busy() {
    return running();
  },
  listings: new Map(),
  unlisted: new Map(),
  addNotice() {},
  asks() {},
  askedFor: "",
  root: { querySelectorAll: () => [], querySelector: () => null },
  timer: null,
  standings: null,
  notice: "",
  tell(said) {
    page.notice = said();
  },
  pass(text) {
    page.notice = text;
  },
  tools: null,
  vendor: "none/",
  keys: new Keys(() => {}),
  runtime: new Worker(),
  changed() {},
  reach() {},
  async start() {},
  async modelsOf() {
    return [];
  },
  add(row = page.data.rows[0], model = "m1") {
    page.panes.push(new Pane(page, row, model));
    addressed();
  },
};

/** The reader writes each address, in place of what a link leaves out and a record brings. */
const addressed = () => {
  for (const one of page.panes) {
    one.brought = "";
    for (const { name } of one.row.places) one.places[name] = `${location.origin}/v1`;
  }
};

const running = () => page.panes.some((pane) => pane.running);
const pane = (n) => page.panes[n % page.panes.length];
const deeds = {
  begin({ data }) {
    page.data = data;
    page.keys.set(location.origin, { secret: "planted-key-of-no-known-form" });
    page.rows = new Map(data.rows.map((row) => [row.id, row]));
    page.add();
    page.add();
  },
  edit(values) {
    Object.assign(page, values);
  },
  tune({ n, options }) {
    pane(n).options = options;
  },
  swap({ n, row, model }) {
    const swapped = pane(n);
    swapped.choose(page.rows.get(row));
    addressed();
    swapped.model = model;
  },
  add() {
    if (page.panes.length < 4) page.add();
  },
  remove({ n }) {
    if (page.panes.length < 2) return;
    const removed = pane(n);
    removed.stop();
    page.panes = page.panes.filter((other) => other !== removed);
  },
  // What is asked goes on while the next deeds are done.
  run() {
    runs.stopAll(page); // while models answer, Run asks nothing
    runs.runAll(page);
    return page.panes.length;
  },
  retry({ n }) {
    if (!pane(n).running && pane(n).last) runs.retry(page, pane(n));
  },
  more({ text }) {
    runs.continueAll(page, text);
  },
  results({ n, text }) {
    const { last, running: busy } = pane(n);
    if (!last?.calls.length || busy) return;
    last.results = { 0: text };
    runs.sendResults(page, pane(n));
  },
  stop() {
    runs.stopAll(page);
  },
  link({ hash }) {
    location.hash = hash;
    fillFromLink(page);
    addressed();
  },
  async reopen() {
    if (page.history.length) await open(page, page.history.at(-1));
    addressed();
  },
  async import({ text }) {
    await importFrom(page, { text: async () => text });
    addressed();
  },
  /** A file that somebody gives to a reader who has no server of their own open. */
  async receive({ text }) {
    page.panes = [];
    page.panes.push(new Pane(page, page.rows.get("openai"), "m1"));
    await importFrom(page, { text: async () => text });
    return deeds.said();
  },
  move({ n }) {
    moveElsewhere(page, pane(n));
    return [pane(n).row.id, pane(n).written, pane(n).model];
  },
  choose({ n, row }) {
    pane(n).choose(page.rows.get(row));
    return pane(n).url.href;
  },
  said() {
    return { told: page.notice, panes: page.panes.map(({ url, brought }) => [url?.href ?? "", brought]) };
  },
  async exports({ form }) {
    while (running()) await sleep(5);
    await exportAs(page, form);
    return { text: await file, told: page.notice };
  },
  async look() {
    while (running()) await sleep(5);
    await sleep(5); // the history is written after the last end
    const exports = { link: "" };
    for (const form of ["json", "markdown", "csv"]) {
      file = Promise.resolve("");
      await exportAs(page, form);
      exports[form] = await file;
    }
    file = Promise.resolve("");
    if (page.history.length) await exportHistory(page);
    const all = await file;
    location.hash = "";
    await share(page);
    const { prompt, system, variables, panes } = page;
    const models = panes.map(({ row, model }) => `${row.id}:${model}`);
    const form = JSON.stringify({ prompt, system, variables, models });
    return { ...exports, all, form, kept: JSON.stringify(page.history), link: location.hash.slice(1) };
  },
};

for await (const line of createInterface({ input: process.stdin })) {
  const message = JSON.parse(line);
  if (message.to === "page") page.runtime.hear(message);
  else
    Promise.resolve()
      .then(() => deeds[message.do](message))
      .then((answer) => say({ to: "test", answer: answer ?? null }))
      .catch((error) => say({ to: "test", error: String(error.stack) }));
}
