// The worker as the page sees it: started on first use, with a time limit, replaced where it falls silent,
// ended on leaving. Whatever the page waits for gets a word.

import { reason } from "../reason.js";
import { checked, listOf, partsOf } from "./files.js";
import { Heartbeat } from "./heartbeat.js";
import { inPage } from "./hosts.js";
import { jsonOf } from "./question_json.js";

/** @import { CodeJob, CodeRequest, EvaluationRequest, Steering } from "../../types/evaluate.js" */
/** @import { AdvisorStart, BootMessage, CellRequest } from "../../types/playground.js" */
/** @import { LocalAnswer, LocalMessage, ModelRequest } from "../../types/playground.js" */
/** @import { PageMessage, RunMessage, Wanted, WorkerMessage } from "../../types/playground.js" */
/** @import { Host, Hosted } from "./hosts.js" */

/**
 * What a Python begins with: the address of its runtime, with the hash of the list behind its #; the worker's
 * script; who hears of the start; where the worker runs. `local` runs a model in the page and answers in
 * lines; `wanted` asks a model for a cell; `advisor` is what playground.advisor begins with where choosing is
 * all that is asked; `uses` names what of the runtime's list this page uses that not every page does; `code`
 * has a check's code run elsewhere; `memory` is how many bytes it may grow to.
 * @typedef {object} Setup
 * @property {string} runtime
 * @property {string} script
 * @property {(message: BootMessage) => void} tell
 * @property {Host} [host]
 * @property {(message: LocalMessage, answer: LocalAnswer) => void} [local]
 * @property {(message: Wanted, answer: (text: string) => void) => void} [wanted]
 * @property {AdvisorStart} [advisor]
 * @property {string[]} [uses]
 * @property {(job: CodeJob, answer: (text: string) => void) => void} [code]
 * @property {number} [memory]
 */

/**
 * What stops a run, and what tells it something.
 * @typedef {{ stop: () => void, steer: (message: Steering) => void }} Steered
 */

const LIMIT = 120_000;
/** After so many milliseconds a run that was stopped is over for the page, whatever the worker does. */
const STOPPED = 5000;
const ENDED = "Python was ended.";
/** Why a start came to nothing where it was ended on purpose: nothing is wrong, and nothing to be told. */
export class Ended extends Error {}
/** What Python would not do, with the field to look at, as playground/errors.py names it. */
export class Refused extends Error {
  /** @param {string} message @param {string} field */
  constructor(message, field) {
    super(message);
    this.field = field;
  }
}
/** What ends a run. */
const LAST = ["done", "refused", "lost", "tested", "listed", "ran", "evaluated", "coded"];

export class Runtime {
  /** @type {Hosted | null} */
  #worker = null;
  /** Which start this is: what comes of an earlier one is nobody's. */
  #start = Symbol("none");
  /** @type {Promise<void> | null} */
  #ready = null;
  /** @type {Map<number, (message: RunMessage) => void>} */
  #runs = new Map();
  /** @type {Map<number, Pick<PromiseWithResolvers<unknown>, "resolve" | "reject"> & { patient: boolean }>} */
  #asked = new Map();
  #next = 1;
  /** Ends a start that is not over. @type {((message: string) => void) | null} */
  #abandon = null;
  #heartbeat = new Heartbeat(
    () => this.#post({ kind: "ping" }),
    () => this.#lost("Python did not answer for 20 seconds"),
  );
  /** Whether it ends once nobody waits for it. */
  #retired = false;
  ready = false;
  /** Whether silence counts: a reader's own code may keep Python busy as long as it likes. */
  watched = true;
  /** Hears why a worker was given up; a new one starts. @type {(message: string) => void} */
  onlost = () => {};

  /** @param {Setup} setup */
  constructor(setup) {
    this.setup = setup;
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
      const start = (this.#start = Symbol("start"));
      const isCurrent = () => this.#start === start;
      const timer = setTimeout(
        () => fail(`Python did not start within ${LIMIT / 1000} seconds. Try again.`),
        LIMIT,
      );
      const started = () => {
        clearTimeout(timer);
        this.#abandon = null;
      };
      /** @param {string} message */
      const fail = (message) => {
        if (!isCurrent()) return;
        if (this.ready) this.#lost(message);
        else this.close(message);
      };
      this.#abandon = (message) => {
        started();
        reject(message === ENDED ? new Ended(message) : new Error(message));
      };
      /** @param {unknown} text */
      const hear = (text) => {
        if (!isCurrent()) return;
        this.#heartbeat.heard();
        /** @type {WorkerMessage} */
        let message;
        try {
          message = JSON.parse(String(text));
        } catch {
          fail("Python said something that is no JSON");
          return;
        }
        if (message.kind === "ready") {
          started();
          this.ready = true;
          resolve();
        } else if (message.kind === "broken") fail(message.message);
        else this.#take(message);
      };
      this.#begin(isCurrent, hear, fail).catch((error) => fail(reason(error)));
    });
  }

  /**
   * Start the worker and hand it the files, each as soon as it has come and is checked.
   * @param {() => boolean} isCurrent whether it is still wanted
   * @param {(text: unknown) => void} hear
   * @param {(message: string) => void} fail
   */
  async #begin(isCurrent, hear, fail) {
    const { runtime, script, host = inPage, advisor, uses = [], tell, memory } = this.setup;
    const { folder } = partsOf(runtime);
    // It wakes up while the files come.
    const hosted = textOf(script).then(async (text) => {
      const worker = await host(text, hear, fail);
      if (isCurrent()) this.#worker = worker;
      else worker.close();
      return worker;
    });
    hosted.catch(() => {}); // awaited below
    const list = Object.entries(await listOf(runtime)).filter(
      ([, file]) => !file.for || uses.includes(file.for),
    );
    const total = list.reduce((sum, [, file]) => sum + file.bytes, 0);
    let loaded = 0;
    /** @param {number} more */
    const progress = (more) => {
      loaded += more;
      if (isCurrent()) tell({ kind: "progress", loaded, total });
    };
    const contents = list.map(([name, file]) => ({ name, content: checked(folder, name, file, progress) }));
    for (const { content } of contents) content.catch(() => {}); // awaited below
    const worker = await hosted;
    if (!isCurrent()) return;
    worker.post({ kind: "boot", base: folder, files: list.map(([name]) => name), advisor, memory });
    await Promise.all(
      contents.map(async ({ name, content: coming }) => {
        const content = await coming;
        if (isCurrent()) worker.post({ kind: "file", name, content }, [content.buffer]);
      }),
    );
  }

  /**
   * What the worker says once it runs.
   * @param {Exclude<WorkerMessage, { kind: "ready" | "broken" }>} message
   */
  #take(message) {
    const worker = this.#worker;
    if (message.kind === "answer") {
      const asked = this.#asked.get(message.number);
      this.#asked.delete(message.number);
      this.#awaited();
      if ("error" in message) asked?.reject(new Refused(message.error, message.field));
      else asked?.resolve(message.answer);
    } else if (message.kind === "local" || message.kind === "local stop") {
      const { id } = message;
      this.setup.local?.(message, (piece) => worker?.post({ kind: "local", id, piece }));
    } else if (message.kind === "wanted") {
      const { number } = message;
      this.setup.wanted?.(message, (text) => worker?.post({ kind: "answered", number, text }));
    } else if (message.kind === "code") {
      const { number, job } = message;
      this.setup.code?.(job, (text) => worker?.post({ kind: "answered", number, text }));
    } else if ("id" in message) this.#runs.get(message.id)?.(message);
    else if (message.kind !== "pong") this.setup.tell(message);
  }

  #awaited() {
    const awaited = this.#runs.size + this.#asked.size > 0;
    const isPatient = [...this.#asked.values()].some(({ patient }) => patient);
    this.#heartbeat.when(this.watched && this.ready && awaited && !isPatient);
    if (this.#retired && this.#worker && !awaited) this.close();
  }

  /** Let another take its place: what runs goes on, and then this one ends. */
  retire() {
    this.#retired = true;
    if (this.ready) this.#awaited();
    else this.close();
  }

  /** Give the worker up, tell whoever waits for it, and start another. @param {string} message */
  #lost(message) {
    const told = `${message}; it was ended and started anew.`;
    this.close(`${told} What came before stays. Run it again.`);
    if (this.#retired) return;
    this.onlost(told);
    this.start().catch(() => {}); // the next run tries again, and says why it cannot
  }

  /** @param {PageMessage} message */
  #post(message) {
    if (!this.#worker) throw new Error("Python has not been started.");
    this.#worker.post(message);
  }

  /**
   * Begin a run; `listen` gets its messages. Gives what stops it.
   * @param {ModelRequest | CellRequest | CodeRequest | EvaluationRequest} request
   * @param {(message: RunMessage) => void} listen
   * @returns {() => void}
   */
  run(request, listen) {
    return this.steered(request, listen).stop;
  }

  /**
   * Begin a run that can be told something while it goes on.
   * @param {ModelRequest | CellRequest | CodeRequest | EvaluationRequest} request
   * @param {(message: RunMessage) => void} listen
   * @returns {Steered}
   */
  steered(request, listen) {
    const id = this.#next++;
    this.#post({ kind: "run", id, text: JSON.stringify(request) });
    this.#hear(id, listen);
    return {
      stop: () => this.#stop(id),
      steer: (message) => {
        if (this.#runs.has(id)) this.#post({ kind: "steer", id, text: JSON.stringify(message) });
      },
    };
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
   * Ask Python something that needs no network; rejects with its message. `patient`: it may take its time,
   * and is silent meanwhile.
   * @param {object} question
   * @param {{ patient?: boolean }} [how]
   * @returns {Promise<unknown>}
   */
  async ask(question, { patient = false } = {}) {
    const text = await jsonOf(question);
    await this.start();
    const number = this.#next++;
    return new Promise((resolve, reject) => {
      this.#post({ kind: "ask", number, text });
      this.#asked.set(number, { resolve, reject, patient });
      this.#awaited();
    });
  }

  /**
   * Close a run's connection. Where the worker does not say that it did, the run is over for the page; its
   * silence is watched on, since the provider goes on writing as long as the connection is open.
   * @param {number} id
   */
  #stop(id) {
    this.#worker?.post({ kind: "stop", id });
    setTimeout(() => {
      const listen = this.#runs.get(id);
      if (!listen) return;
      listen({ kind: "lost", message: "Stopped; Python has not yet said that the connection is closed." });
      this.#hear(id, () => {});
    }, STOPPED);
  }

  /** End the worker; what ran in it is told to its listener with that word. */
  close(message = ENDED) {
    this.#start = Symbol("none");
    const worker = this.#worker;
    this.#worker = null;
    worker?.close();
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

/** @param {string} address */
async function textOf(address) {
  const response = await fetch(address);
  if (!response.ok) throw new Error(`Python’s worker could not be loaded (status ${response.status})`);
  return response.text();
}
