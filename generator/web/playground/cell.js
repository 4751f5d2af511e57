// A cell of Python beside the panes, in a worker of its own: however busy it is, no pane waits for it. Stop
// ends that worker, even in an endless loop.

import { LocalModels } from "./local.js";
import { Runtime } from "./runtime.js";
import { reason } from "./reason.js";

/** @import { EditorView } from "@codemirror/view" */
/** @import { BootMessage, ChatMessage } from "../types/playground.js" */
/** @import { PlaygroundPage } from "./page.js" */

const FIRST = `results = await compare("Name three primes.")
table(results)
plot(results)
`;

export class Cell {
  /** @param {PlaygroundPage} page */
  constructor(page) {
    this.page = page;
    this.output = document.createElement("pre");
    this.output.className = "printed";
    this.output.tabIndex = 0;
    this.output.setAttribute("aria-label", "Output");
    this.place = document.createElement("div");
    /** Counts the cell's runs; only the latest is listened to. */
    this.count = 0;
    this.running = false;
    /** @type {Runtime | null} */
    this.runtime = null;
    /** @type {LocalModels | null} */
    this.local = null;
    /** @type {EditorView | null} */
    this.editor = null;
    this.opened = false;
  }

  async open() {
    if (this.opened) return;
    this.opened = true;
    /** @type {typeof import("../editor.mjs")} */
    const { edit } = await import(`${this.page.vendor}editor.js`);
    this.editor = edit(this.place, FIRST, () => this.run());
  }

  /** The panes' requests by the name a cell calls them. */
  models() {
    /** @type {ChatMessage[]} */
    const messages = [{ role: "user", parts: [{ type: "text", text: "-" }] }];
    const panes = this.page.panes.filter((pane) => pane.model);
    return Object.fromEntries(
      panes.map((pane) => [`${pane.row.id}/${pane.model}`, pane.request({ messages })]),
    );
  }

  /** Python of the cell's own, started if need be. */
  async start() {
    const { page } = this;
    /** @param {BootMessage | null} message */
    const tell = (message) => page.booting(message);
    const local = (this.local ??= new LocalModels(page.assets, tell));
    local.weights = page.local.weights;
    const { base, script } = page.runtime;
    this.runtime ??= new Runtime(base, script, tell, (message, answer) => local.run(message, answer));
    this.runtime.watched = false;
    try {
      await this.runtime.start();
    } finally {
      page.booting(null);
    }
    return this.runtime;
  }

  async run() {
    const { editor } = this;
    if (this.running || !editor) return;
    this.running = true;
    const count = ++this.count;
    this.output.textContent = "";
    this.page.changed();
    try {
      const runtime = await this.start();
      if (count !== this.count) return;
      const code = editor.state.doc.toString();
      runtime.run({ kind: "cell", code, models: this.models() }, (message) => {
        if (count !== this.count) return;
        if (message.kind === "output") this.output.append(message.text);
        else {
          if (message.kind === "refused" || message.kind === "lost") this.output.append(message.message);
          this.ended("The cell has run.");
        }
      });
    } catch (error) {
      if (count === this.count) this.ended(`${reason(error)} Run the cell again.`);
    }
  }

  /** End the worker: Python that never pauses can't be asked to. */
  stop() {
    if (!this.running) return;
    this.close();
    this.output.append(
      "\nStopped. Python was ended and starts anew at the next run; what cells defined is gone.\n",
    );
    this.ended("Stopped.");
  }

  close() {
    this.count += 1; // what still comes of the run is nobody's
    this.runtime?.close();
    this.local?.close();
  }

  /** @param {string} notice */
  ended(notice) {
    this.running = false;
    this.page.notice = notice;
    this.page.changed();
  }
}
