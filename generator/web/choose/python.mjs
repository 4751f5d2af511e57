// Python in a worker, for the pages that only ask the catalog: it starts with the first question, once.

import { html, nothing } from "lit-html";
import { fetchAhead } from "../playground/python/files.js";
import { Runtime } from "../playground/python/runtime.js";

/** @import { Answers, Question } from "../types/choose.js" */
/** @import { BootMessage } from "../types/playground.js" */

export class Python {
  #runtime;
  #tell;
  live = false;

  /**
   * `folder` is where the runtime lies; `tell` hears how the start goes on, and null once it is over.
   * @param {string} folder @param {(message: BootMessage | null) => void} tell
   */
  constructor(folder, tell) {
    const day = new Date();
    const parts = [day.getFullYear(), day.getMonth() + 1, day.getDate()];
    const today = parts.map((n) => String(n).padStart(2, "0")).join("-");
    this.#tell = tell;
    // The first answers need no Python: it is fetched once a reader begins to touch the page.
    const ahead = () => fetchAhead(new URL(folder, location.href).href);
    for (const sign of ["pointerdown", "focusin"]) addEventListener(sign, ahead, { once: true });
    this.#runtime = new Runtime({
      runtime: new URL(folder, location.href).href,
      script: new URL("worker.mjs", import.meta.url).href,
      tell,
      advisor: { catalog: new URL("catalog.json", import.meta.url).href, today },
    });
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

  /**
   * The answer of playground.advisor. Throws what it says is wrong.
   * @template {Question} Asked
   * @param {Asked} question
   */
  async ask(question) {
    await this.start();
    return /** @type {Answers[Asked["kind"]]} */ (await this.#runtime.ask(question));
  }
}

/** One question at a time: while an answer is on its way only the latest of what is asked meanwhile waits. */
export class Latest {
  #asked = 0;
  /** @type {(() => boolean) | null} */
  #waits = null;
  #busy = false;

  /** What was asked before counts no more; the function given back says whether this still is the latest. */
  next() {
    const number = ++this.#asked;
    return () => number === this.#asked;
  }

  /**
   * Show what `find` finds, if anything, unless something else was asked meanwhile.
   * @template T
   * @param {() => Promise<T | null>} find @param {(answer: T) => void} show
   */
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

/** @param {number} bytes */
const mega = (bytes) => (bytes / 1e6).toFixed(1);

/** How the start goes on. @param {BootMessage} boot */
export function starting(boot) {
  const step = boot.kind === "step";
  const text = step ? boot.text : `Loading Python: ${mega(boot.loaded)} of ${mega(boot.total)} MB`;
  return html`<p class="c-boot" role="status">${text}<progress max="1"
    value=${step ? nothing : boot.loaded / boot.total}></progress></p>`;
}
