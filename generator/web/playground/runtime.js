// The worker as the page sees it: started on first use, with a time limit, replaced where it falls silent,
// ended on leaving. Whatever the page waits for gets a word.

import { Heartbeat } from "./heartbeat.js";

/** @import { AdvisorStart, BootMessage, CellRequest } from "../types/playground.js" */
/** @import { EvaluationRequest } from "../types/evaluate.js" */
/** @import { LocalAnswer, LocalMessage, ModelRequest } from "../types/playground.js" */
/** @import { PageMessage, RunMessage, WorkerMessage } from "../types/playground.js" */

const LIMIT = 120_000;
/** After so many milliseconds a run that was stopped is over for the page, whatever the worker does. */
const STOPPED = 5000;
const ENDED = "Python was ended.";
/** What ends a run. */
const LAST = ["done", "refused", "lost", "tested", "ran", "evaluated"];

export class Runtime {
  /** @type {Worker | null} */
  #worker = null;
  /** @type {Promise<void> | null} */
  #ready = null;
  /** @type {Map<number, (message: RunMessage) => void>} */
  #runs = new Map();
  /** @type {Map<number, Pick<PromiseWithResolvers<unknown>, "resolve" | "reject">>} */
  #asked = new Map();
  #next = 1;
  /** Ends a start that is not over. @type {((message: string) => void) | null} */
  #abandon = null;
  #heartbeat = new Heartbeat(
    () => this.#post({ kind: "ping" }),
    () => this.#lost("Python did not answer for 20 seconds"),
  );
  ready = false;
  /** Whether silence counts: a reader's own code may keep Python busy as long as it likes. */
  watched = true;
  /** What of the runtime this page needs that not every page does. @type {string[]} */
  wants = [];
  /** Hears why a worker was given up; a new one starts. @type {(message: string) => void} */
  onlost = () => {};

  /**
   * `tell` hears of the start; `local` runs a model in the page and answers in lines; `advisor` is what
   * playground.advisor begins with where choosing is all that is asked.
   * @param {string} base
   * @param {string} script
   * @param {(message: BootMessage) => void} tell
   * @param {(message: LocalMessage, answer: LocalAnswer) => void} local
   * @param {AdvisorStart} [advisor]
   */
  constructor(base, script, tell, local, advisor) {
    this.advisor = advisor;
    this.base = base;
    this.script = script;
    this.tell = tell;
    this.local = local;
  }

  /** Start Python once; the promise is rejected with a message, and the next call tries again. */
  start() {
    if (this.#ready) return this.#ready;
    const ready = (this.#ready = this.#started());
    ready.catch(() => {
      if (this.#ready === ready) this.#ready = null;
    });
    return ready;
  }

  /** @returns {Promise<void>} */
  #started() {
    return new Promise((resolve, reject) => {
      // A worker from a blob takes over this page's Content-Security-Policy; one from a file would not.
      const source = URL.createObjectURL(
        new Blob([`import ${JSON.stringify(this.script)};`], { type: "text/javascript" }),
      );
      const worker = (this.#worker = new Worker(source, { type: "module" }));
      /** @param {PageMessage} message */
      const post = (message) => worker.postMessage(message);
      const started = () => {
        clearTimeout(timer);
        URL.revokeObjectURL(source);
        this.#abandon = null;
      };
      /** @param {string} message */
      const fail = (message) => {
        if (this.#worker !== worker) return;
        if (this.ready) this.#lost(message);
        else this.close(message);
      };
      this.#abandon = (message) => {
        started();
        reject(new Error(message));
      };
      const timer = setTimeout(
        () => fail(`Python did not start within ${LIMIT / 1000} seconds. Try again.`),
        LIMIT,
      );
      worker.onerror = (event) => fail(event.message || "The worker could not be started.");
      worker.onmessage = ({ data }) => {
        if (this.#worker !== worker) return;
        this.#heartbeat.heard();
        /** @type {WorkerMessage} */
        let message;
        try {
          message = JSON.parse(data);
        } catch {
          fail("Python said something that is no JSON");
          return;
        }
        if (message.kind === "ready") {
          started();
          this.ready = true;
          resolve();
        } else if (message.kind === "broken") fail(message.message);
        else this.#take(message, post);
      };
      // A blob's module loads before it can listen, so the worker gets its first message by then.
      post({ kind: "boot", base: this.base, wants: this.wants, advisor: this.advisor });
    });
  }

  /**
   * What the worker says once it runs.
   * @param {Exclude<WorkerMessage, { kind: "ready" | "broken" }>} message
   * @param {(message: PageMessage) => void} post
   */
  #take(message, post) {
    if (message.kind === "answer") {
      const asked = this.#asked.get(message.number);
      this.#asked.delete(message.number);
      this.#awaited();
      if ("error" in message) asked?.reject(new Error(message.error));
      else asked?.resolve(message.answer);
    } else if (message.kind === "local" || message.kind === "local stop") {
      this.local(message, (piece) => post({ kind: "local", id: message.id, piece }));
    } else if ("id" in message) this.#runs.get(message.id)?.(message);
    else if (message.kind !== "pong") this.tell(message);
  }

  #awaited() {
    this.#heartbeat.when(this.watched && this.ready && this.#runs.size + this.#asked.size > 0);
  }

  /** Give the worker up, tell whoever waits for it, and start another. @param {string} message */
  #lost(message) {
    const told = `${message}; it was ended and started anew.`;
    this.close(`${told} What came before stays. Run it again.`);
    this.onlost(told);
    this.start().catch(() => {}); // the next run tries again, and says why it cannot
  }

  /** @param {PageMessage} message */
  #post(message) {
    if (!this.#worker) throw new Error("Python has not been started.");
    this.#worker.postMessage(message);
  }

  /**
   * Begin a run; `listen` gets its messages. Gives the run's id.
   * @param {ModelRequest | CellRequest | EvaluationRequest} request
   * @param {(message: RunMessage) => void} listen
   */
  run(request, listen) {
    const id = this.#next++;
    this.#post({ kind: "run", id, text: JSON.stringify(request) });
    this.#hear(id, listen);
    return id;
  }

  /** @param {number} id @param {(message: RunMessage) => void} listen */
  #hear(id, listen) {
    this.#runs.set(id, (message) => {
      if (LAST.includes(message.kind)) this.#runs.delete(id);
      this.#awaited();
      listen(message);
    });
    this.#awaited();
  }

  /**
   * Ask Python something that needs no network; rejects with its message.
   * @param {unknown} question
   * @returns {Promise<unknown>}
   */
  async ask(question) {
    await this.start();
    const number = this.#next++;
    const text = JSON.stringify(question);
    return new Promise((resolve, reject) => {
      this.#post({ kind: "ask", number, text });
      this.#asked.set(number, { resolve, reject });
      this.#awaited();
    });
  }

  /**
   * Close a run's connection. Where the worker does not say that it did, the run is over for the page; its
   * silence is watched on, since the provider goes on writing as long as the connection is open.
   * @param {number} id
   */
  stop(id) {
    this.#worker?.postMessage({ kind: "stop", id });
    setTimeout(() => {
      const listen = this.#runs.get(id);
      if (!listen) return;
      listen({ kind: "lost", message: "Stopped; Python has not yet said that the connection is closed." });
      this.#hear(id, () => {});
    }, STOPPED);
  }

  /** End the worker; what ran in it is told to its listener with that word. */
  close(message = ENDED) {
    this.#worker?.terminate();
    this.#worker = null;
    this.#ready = null;
    this.ready = false;
    this.#abandon?.(message);
    this.#abandon = null;
    for (const listen of [...this.#runs.values()]) listen({ kind: "lost", message });
    for (const { reject } of this.#asked.values()) reject(new Error(message));
    this.#asked.clear();
    this.#awaited();
  }
}
