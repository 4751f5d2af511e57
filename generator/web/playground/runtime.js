// The worker as the page sees it: started on first use, with a time limit, ended on leaving.

/** @import { AdvisorStart, BootMessage, CellRequest } from "../types/playground.js" */
/** @import { LocalAnswer, LocalMessage, ModelRequest } from "../types/playground.js" */
/** @import { PageMessage, RunMessage, WorkerMessage } from "../types/playground.js" */

const LIMIT = 120_000;

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
  ready = false;

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
    this.#ready ??= this.#started();
    this.#ready.catch(() => (this.#ready = null));
    return this.#ready;
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
      /** @param {string} message */
      const fail = (message) => {
        clearTimeout(timer);
        this.close();
        reject(new Error(message));
      };
      const timer = setTimeout(
        () => fail(`Python did not start within ${LIMIT / 1000} seconds. Try again.`),
        LIMIT,
      );
      worker.onerror = (event) => fail(event.message || "The worker could not be started.");
      worker.onmessage = ({ data }) => {
        /** @type {WorkerMessage} */
        const message = JSON.parse(data);
        if (message.kind === "ready") {
          clearTimeout(timer);
          URL.revokeObjectURL(source);
          this.ready = true;
          resolve();
        } else if (message.kind === "broken") fail(message.message);
        else if (message.kind === "answer") {
          const asked = this.#asked.get(message.number);
          this.#asked.delete(message.number);
          if ("error" in message) asked?.reject(new Error(message.error));
          else asked?.resolve(message.answer);
        } else if (message.kind === "local" || message.kind === "local stop") {
          this.local(message, (piece) => post({ kind: "local", id: message.id, piece }));
        } else if ("id" in message) this.#runs.get(message.id)?.(message);
        else this.tell(message);
      };
      // A blob's module loads before it can listen, so the worker gets its first message by then.
      post({ kind: "boot", base: this.base, advisor: this.advisor });
    });
  }

  /** @param {PageMessage} message */
  #post(message) {
    if (!this.#worker) throw new Error("Python has not been started.");
    this.#worker.postMessage(message);
  }

  /**
   * Begin a run; `listen` gets its messages. Gives the run's id.
   * @param {ModelRequest | CellRequest} request
   * @param {(message: RunMessage) => void} listen
   */
  run(request, listen) {
    const id = this.#next++;
    this.#runs.set(id, (message) => {
      if (["done", "refused", "tested", "ran"].includes(message.kind)) this.#runs.delete(id);
      listen(message);
    });
    this.#post({ kind: "run", text: JSON.stringify({ ...request, id }) });
    return id;
  }

  /**
   * Ask Python something that needs no network; rejects with its message.
   * @param {unknown} question
   * @returns {Promise<unknown>}
   */
  ask(question) {
    const number = this.#next++;
    return new Promise((resolve, reject) => {
      this.#asked.set(number, { resolve, reject });
      this.#post({ kind: "ask", number, text: JSON.stringify(question) });
    });
  }

  /** @param {number} id */
  stop(id) {
    if (this.#worker) this.#post({ kind: "stop", id });
  }

  /** End the worker; what ran in it is refused with a word to its listener. */
  close() {
    this.#worker?.terminate();
    for (const listen of [...this.#runs.values()]) listen({ kind: "refused", message: "Python was ended." });
    for (const { reject } of this.#asked.values()) reject(new Error("Python was ended."));
    this.#asked.clear();
    this.#worker = null;
    this.#ready = null;
    this.ready = false;
  }
}
