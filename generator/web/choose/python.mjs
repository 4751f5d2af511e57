// Python in a worker, for the pages that only ask the catalog: it starts with the first question, once.

import { html, nothing } from "lit-html";
import { Runtime } from "../playground/runtime.js";

export class Python {
  #runtime;
  #tell;
  live = false;

  /** `folder` is where the runtime lies; `tell` hears how the start goes on, and null once it is over. */
  constructor(folder, tell) {
    const day = new Date();
    const today = [day.getFullYear(), day.getMonth() + 1, day.getDate()].map((n) => String(n).padStart(2, "0")).join("-");
    this.#tell = tell;
    this.#runtime = new Runtime(
      new URL(folder, location).href.replace(/\/?$/, "/"),
      new URL("worker.mjs", import.meta.url).href,
      tell,
      () => {},
      { catalog: new URL("catalog.json", import.meta.url).href, today },
    );
  }

  async start() {
    if (this.live) return;
    try {
      await this.#runtime.start();
      this.live = true;
    } finally {
      this.#tell(null);
    }
  }

  /** The answer of playground.advisor. Throws what it says is wrong. */
  async ask(question) {
    await this.start();
    return this.#runtime.ask(question);
  }
}

/** One question at a time: while an answer is on its way only the latest of what is asked meanwhile waits. */
export class Latest {
  #asked = 0;
  #waits = null;
  #busy = false;

  /** What was asked before counts no more; the function given back says whether this still is the latest. */
  next() {
    const number = ++this.#asked;
    return () => number === this.#asked;
  }

  async ask(find, show) {
    this.#waits = this.next();
    if (this.#busy) return;
    this.#busy = true;
    while (this.#waits) {
      const latest = this.#waits;
      this.#waits = null;
      const answer = await find();
      if (answer && latest()) show(answer);
    }
    this.#busy = false;
  }
}

export const starting = ({ text, loaded, total }) => html`<p class="c-boot" role="status">${text ?? `Loading Python: ${(loaded / 1e6).toFixed(1)} of ${(total / 1e6).toFixed(1)} MB`}<progress max="1" value=${text ? nothing : loaded / total}></progress></p>`;
