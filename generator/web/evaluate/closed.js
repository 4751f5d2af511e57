// Code of checks, each run in a Python that reaches nobody: a worker in a frame without an origin has no
// network, no storage and no key, may take so much memory and time, and is ended.
//
// Code of an answer never shares a Python with another's. A reader's own function does with itself, since a
// Python takes about a second to start.

import { apart } from "../playground/python/hosts.js";
import { Runtime } from "../playground/python/runtime.js";
import { reason } from "../playground/reason.js";

/** @import { CodeJob } from "../types/evaluate.js" */
/** @import { EvaluatePage } from "./page.js" */

const AT_ONCE = 2; // each takes some 60 MB, and a core while it starts
const SLOW = JSON.stringify({ state: "slow" });
const STOPPED = JSON.stringify({
  state: "refused",
  reason: "the run was stopped",
});

/** @param {unknown} error */
const refused = (error) => JSON.stringify({ state: "refused", reason: reason(error) });

export class ClosedPython {
  /** Started and not used by anybody yet. @type {Runtime | null} */
  #spare = null;
  /** By its code, a Python that runs that function of the reader's. @type {Map<string, Runtime>} */
  #functions = new Map();
  /** @type {Set<Runtime>} */
  #busy = new Set();
  /** Each waits for its turn. @type {(() => void)[]} */
  #waiting = [];
  #running = 0;
  /** Which run of the evaluation this is; what belongs to an earlier one is over. */
  #run = 0;

  /** @param {EvaluatePage} page */
  constructor(page) {
    this.page = page;
  }

  /**
   * Run a job; gives its outcome as JSON, and never fails.
   * @param {CodeJob} job
   * @returns {Promise<string>}
   */
  async run(job) {
    const run = this.#run;
    if (this.#running >= AT_ONCE) {
      /** @type {PromiseWithResolvers<void>} */
      const { promise, resolve } = Promise.withResolvers();
      this.#waiting.push(resolve);
      await promise;
    }
    this.#running += 1;
    try {
      return run === this.#run ? await this.#ran(job) : STOPPED;
    } catch (error) {
      return refused(error);
    } finally {
      this.#running -= 1;
      this.#waiting.shift()?.();
    }
  }

  /** @param {CodeJob} job */
  async #ran(job) {
    const shared = job.what === "function";
    const runtime = this.#taken(job);
    this.#busy.add(runtime);
    try {
      await runtime.start();
      if (!shared) this.#prepare();
      const { outcome, alive } = await within(runtime, job);
      if (shared && alive && !this.#functions.has(job.code)) this.#functions.set(job.code, runtime);
      else runtime.close();
      return outcome;
    } catch (error) {
      runtime.close();
      throw error;
    } finally {
      this.#busy.delete(runtime);
    }
  }

  /** A Python for the job that nobody else uses. @param {CodeJob} job */
  #taken(job) {
    const own = this.#functions.get(job.code);
    if (job.what === "function" && own) {
      this.#functions.delete(job.code);
      return own;
    }
    const runtime = this.#spare ?? this.#made();
    this.#spare = null;
    return runtime;
  }

  #made() {
    const { page } = this;
    const runtime = new Runtime({
      ...page.python,
      host: apart(page.frame),
      tell: () => {},
      uses: [],
      memory: page.data.code_memory,
    });
    runtime.watched = false; // it has its own time limit
    return runtime;
  }

  /** Start the next one while this one runs. */
  #prepare() {
    if (this.#spare) return;
    const spare = (this.#spare = this.#made());
    spare.start().catch(() => {
      if (this.#spare === spare) this.#spare = null; // whoever needs one tries again, and hears why
    });
  }

  /** End all of them: nobody waits for what they give. */
  close() {
    this.#run += 1;
    for (const runtime of [this.#spare, ...this.#functions.values(), ...this.#busy]) runtime?.close();
    this.#spare = null;
    this.#functions.clear();
    for (const go of this.#waiting.splice(0)) go();
  }
}

/**
 * The job in that Python, which is ended where it takes longer than it may.
 * @param {Runtime} runtime
 * @param {CodeJob} job
 * @returns {Promise<{ outcome: string, alive: boolean }>}
 */
function within(runtime, job) {
  return new Promise((done) => {
    const timer = setTimeout(() => over(SLOW, false), job.seconds * 1000);
    /** @param {string} outcome @param {boolean} alive */
    const over = (outcome, alive) => {
      clearTimeout(timer);
      done({ outcome, alive });
      if (!alive) runtime.close();
    };
    runtime.run({ kind: "code", job }, (message) => {
      if (message.kind === "coded") over(message.outcome, true);
      else if (message.kind === "lost" || message.kind === "refused")
        over(JSON.stringify({ state: "ended", reason: message.message }), false);
    });
  });
}
