// The worker as the page sees it: started on first use, with a time limit, ended on leaving.

const LIMIT = 120_000;

export class Runtime {
  #worker = null;
  #ready = null;
  #runs = new Map();
  #asked = new Map();
  #next = 1;
  ready = false;

  /**
   * `tell` hears of the start; `local` runs a model in the page and answers in lines; `advisor` is what
   * playground.advisor begins with where choosing is all that is asked.
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
    this.#ready ??= new Promise((resolve, reject) => {
      // A worker from a blob takes over this page's Content-Security-Policy; one from a file would not.
      const source = URL.createObjectURL(
        new Blob([`import ${JSON.stringify(this.script)};`], { type: "text/javascript" }),
      );
      const worker = (this.#worker = new Worker(source, { type: "module" }));
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
        const message = JSON.parse(data);
        if (message.kind === "ready") {
          clearTimeout(timer);
          URL.revokeObjectURL(source);
          this.ready = true;
          resolve();
        } else if (message.kind === "broken") fail(message.message);
        else if (message.kind === "answer") {
          const { resolve: done, reject: refuse } = this.#asked.get(message.number);
          this.#asked.delete(message.number);
          if ("error" in message) refuse(new Error(message.error));
          else done(message.answer);
        } else if (message.kind === "local" || message.kind === "local stop") {
          this.local(message, (piece) => worker.postMessage({ kind: "local", id: message.id, piece }));
        } else if (message.id) this.#runs.get(message.id)?.(message);
        else this.tell(message);
      };
      // A blob's module loads before it can listen, so the worker gets its first message by then.
      worker.postMessage({ kind: "boot", base: this.base, advisor: this.advisor });
    });
    this.#ready.catch(() => (this.#ready = null));
    return this.#ready;
  }

  /** Begin a run; `listen` gets its messages. Gives the run's id. */
  run(request, listen) {
    const id = this.#next++;
    this.#runs.set(id, (message) => {
      if (["done", "refused", "tested", "ran"].includes(message.kind)) this.#runs.delete(id);
      listen(message);
    });
    this.#worker.postMessage({ kind: "run", text: JSON.stringify({ ...request, id }) });
    return id;
  }

  /** Ask Python something that needs no network; rejects with its message. */
  ask(question) {
    const number = this.#next++;
    return new Promise((resolve, reject) => {
      this.#asked.set(number, { resolve, reject });
      this.#worker.postMessage({ kind: "ask", number, text: JSON.stringify(question) });
    });
  }

  stop(id) {
    this.#worker?.postMessage({ kind: "stop", id });
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
