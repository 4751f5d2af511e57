// A cell of Python beside the panes, in a worker of its own: however busy it is, no pane waits for it. Stop
// ends that worker, even in an endless loop.
//
// The reader's code may come from anywhere, so it gets no key and no network: its worker has no origin and a
// policy that lets it reach nobody. It asks the page to ask a model by name, and gets what came of it.

import { Questions } from "./python/questions.js";
import { apart } from "./python/hosts.js";
import { Runtime } from "./python/runtime.js";
import { reason } from "./reason.js";
import { visible } from "./visible.js";

/** @import { EditorView } from "@codemirror/view" */
/** @import { CellRequest } from "../types/playground.js" */
/** @import { PlaygroundPage } from "./page.js" */

const FIRST = `results = await compare("Name three primes.")
table(results)
plot(results)
`;

/** @param {string} media_type @param {string} data @returns {CellRequest["images"][number]} */
const imagePart = (media_type, data) => ({ type: "image", media_type, data });

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
    this.questions = new Questions(page);
    /** @type {EditorView | null} */
    this.editor = null;
    this.opened = false;
  }

  async open() {
    if (this.opened) return;
    this.opened = true;
    /** @type {typeof import("../editor.mjs")} */
    const { edit } = await import(`${this.page.vendor}editor.js`);
    this.editor = edit(this.place, FIRST, this.page.data.cell_names, () => this.run());
  }

  /** Python of the cell's own, started if need be. */
  async start() {
    const { page } = this;
    this.runtime ??= new Runtime({
      ...page.python,
      host: apart(page.frame),
      wanted: (message, answer) => this.questions.ask(message, answer),
    });
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
    this.output.ariaBusy = "true"; // now, not with the next frame: nobody must take it for over
    this.page.notice = "";
    this.page.changed();
    try {
      const runtime = await this.start();
      if (count !== this.count) return;
      const code = editor.state.doc.toString();
      const images = this.page.images.map(({ media_type, data }) => imagePart(media_type, data));
      runtime.run({ kind: "cell", code, models: this.questions.names, images }, (message) => {
        if (count !== this.count) return;
        if (message.kind === "output") this.output.append(visible(message.text));
        else {
          if (message.kind === "refused" || message.kind === "lost")
            this.output.append(visible(message.message));
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
    this.questions.stop();
  }

  /** @param {string} notice */
  ended(notice) {
    this.running = false;
    this.output.ariaBusy = "false";
    this.page.notice = notice;
    this.page.changed();
  }
}
