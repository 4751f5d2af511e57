// A cell of Python beside the panes, in the same worker. Stop ends the worker, even in an endless loop.

/** @import { EditorView } from "@codemirror/view" */
/** @import { ChatMessage } from "../types/playground.js" */
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
    /** The run's id, -1 once it was stopped. @type {number | null} */
    this.running = null;
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

  async run() {
    if (this.running !== null) return;
    try {
      await this.page.start();
    } catch {
      return;
    }
    const { editor } = this;
    if (!editor) throw new Error("the cell's editor is not loaded yet");
    this.output.textContent = "";
    const code = editor.state.doc.toString();
    this.running = this.page.runtime.run({ kind: "cell", code, models: this.models() }, (message) => {
      if (this.running === -1) return;
      if (message.kind === "output") this.output.append(message.text);
      else {
        if (message.kind === "refused") this.output.append(message.message);
        this.ended("The cell has run.");
      }
    });
    this.page.changed();
  }

  /** End the worker: Python that never pauses can't be asked to. */
  stop() {
    if (this.running === null) return;
    this.running = -1; // its listener need not say more
    this.page.runtime.close();
    this.page.local.close();
    this.output.append(
      "\nStopped. Python was ended and starts anew at the next run; what cells defined is gone.\n",
    );
    this.ended("Stopped.");
  }

  /** @param {string} notice */
  ended(notice) {
    this.running = null;
    this.page.notice = notice;
    this.page.changed();
  }
}
