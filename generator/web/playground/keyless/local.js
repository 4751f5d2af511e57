// Models that run in the page: the browser's own LanguageModel, and a small one by llama.cpp (wllama). Each
// answers the worker in lines of JSON, as playground/adapters/language_model.py reads them.

import { modelFile } from "./weights.js";

/** @import { ChatCompletionMessage, ChatCompletionParams, Wllama } from "@wllama/wllama" */
/** @import { BuiltInMessage, PromptOptions } from "../../types/libraries.js" */
/** @import { BootMessage, LocalAnswer, LocalBody } from "../../types/playground.js" */
/** @import { LocalChatMessage, LocalMessage } from "../../types/playground.js" */
/** @import { Weights } from "./weights.js" */
/** @typedef {(message: BootMessage | null) => void} Tell */
/** Writes one line of an answer. @typedef {(value: Record<string, unknown>) => void} Say */

/** The address of the small model, as its row has it. */
export const SMALL = "page:smollm2";

export class LocalModels {
  /** @type {Map<number, AbortController>} */
  #running = new Map();

  /**
   * `tell` hears of a download and a start, and null when they are over; `weights` are the parts of the
   * small model's file.
   * @param {string} assets
   * @param {Tell} tell
   */
  constructor(assets, tell) {
    this.assets = assets;
    /** @type {Weights} */
    this.weights = { parts: [], bytes: 0 };
    this.tell = tell;
  }

  /**
   * Run what the worker asks; `answer` takes each line, then null.
   * @param {LocalMessage} message
   * @param {LocalAnswer} answer
   */
  async run(message, answer) {
    if (message.kind === "local stop") {
      this.#running.get(message.id)?.abort();
      return;
    }
    const controller = new AbortController();
    this.#running.set(message.id, controller);
    /** @type {Say} */
    const say = (value) => controller.signal.aborted || answer(`${JSON.stringify(value)}\n`);
    try {
      await (message.url === SMALL ? small : builtIn)(message.body, say, controller.signal, this);
    } catch (error) {
      const { message: words, name } = error instanceof Error ? error : new Error(String(error));
      say({ error: words || String(error), kind: name });
    }
    if (this.#running.get(message.id) === controller) this.#running.delete(message.id);
    if (!controller.signal.aborted) answer(null);
  }

  close() {
    for (const controller of this.#running.values()) controller.abort();
  }
}

/**
 * https://developer.chrome.com/docs/ai/prompt-api
 * @param {LocalBody} body
 * @param {Say} say
 * @param {AbortSignal} signal
 */
async function builtIn(body, say, signal) {
  if (!("LanguageModel" in globalThis)) {
    const error = new Error("This browser has no built-in model. Chrome and Edge have one on some devices.");
    error.name = "NotSupportedError";
    throw error;
  }
  if ((await LanguageModel.availability()) === "unavailable") {
    const error = new Error("This browser’s built-in model is not available on this device.");
    error.name = "NotSupportedError";
    throw error;
  }
  const initialPrompts = await Promise.all(body.initialPrompts.map(withImages));
  const session = await LanguageModel.create({ initialPrompts, signal });
  try {
    const prompt = await Promise.all(body.prompt.map(withImages));
    /** @type {PromptOptions} */
    const options = { signal };
    if (body.responseConstraint) options.responseConstraint = body.responseConstraint;
    const reader = session.promptStreaming(prompt, options).getReader();
    for (;;) {
      const { done, value } = await reader.read();
      if (done) break;
      say({ text: value });
    }
    say({ done: "stop" });
  } finally {
    session.destroy();
  }
}

/** @param {LocalChatMessage} message @returns {Promise<BuiltInMessage>} */
async function withImages(message) {
  const content = await Promise.all(
    message.content.map(async (part) => {
      if (part.type !== "image") return part;
      const [head, data] = part.value.split(",");
      const bytes = Uint8Array.from(atob(data), (c) => c.charCodeAt(0));
      return {
        type: "image",
        value: await createImageBitmap(new Blob([bytes], { type: head.slice(5, -7) })),
      };
    }),
  );
  return { ...message, content };
}

const CONTEXT = 2048;
const DEFAULT_TOKENS = 256; // a model this small repeats itself when left alone
/** @type {Promise<Wllama> | null} */
let loading = null;
let busy = Promise.resolve();

/**
 * SmolLM2 by llama.cpp in a worker of its own (wllama); one answer at a time.
 * @param {LocalBody} body
 * @param {Say} say
 * @param {AbortSignal} signal
 * @param {LocalModels} models
 */
async function small(body, say, signal, models) {
  const mine = busy;
  let done = () => {};
  busy = new Promise((resolve) => {
    done = resolve;
  });
  try {
    await mine;
    if (signal.aborted) return;
    loading ??= load(models, signal).catch((error) => {
      loading = null;
      throw error;
    });
    const model = await loading;
    /** @type {ChatCompletionMessage[]} */
    const messages = [...body.initialPrompts, ...body.prompt].map(({ role, content }) => ({
      role,
      content: content.map((part) => part.value).join(""),
    }));
    /** @type {ChatCompletionParams & { stream: true }} */
    const options = {
      messages,
      stream: true,
      max_tokens: body.maxTokens ?? DEFAULT_TOKENS,
      abortSignal: signal,
    };
    if (body.temperature !== undefined) options.temperature = body.temperature;
    if (body.topK !== undefined) options.top_k = body.topK;
    say({ begun: true }); // the download, the start and the answers before this one are not its time
    let reason = "stop";
    /** @type {{ input: number, output: number } | null} */
    let usage = null;
    for await (const chunk of await model.createChatCompletion(options)) {
      const [choice] = chunk.choices ?? [];
      if (choice?.delta?.content) say({ text: choice.delta.content });
      if (choice?.finish_reason) reason = choice.finish_reason;
      const { usage: counted, timings } = chunk;
      if (counted) usage = { input: counted.prompt_tokens, output: counted.completion_tokens };
      else if (timings) usage = { input: timings.cache_n + timings.prompt_n, output: timings.predicted_n };
    }
    if (usage) say({ usage });
    say({ done: reason });
  } finally {
    done();
  }
}

/** @param {LocalModels} models @param {AbortSignal} signal that of the run it is loaded for */
async function load({ assets, weights, tell }, signal) {
  try {
    const what = "Downloading the small model";
    /** @param {number} loaded */
    const progress = (loaded) => tell({ kind: "progress", what, loaded, total: weights.bytes });
    progress(0);
    const file = await modelFile(weights, { progress, signal });
    tell({ kind: "step", text: "Starting the small model" });
    /** @type {typeof import("@wllama/wllama")} */
    const { Wllama } = await import(`${assets}playground/vendor/wllama.js`);
    const quiet = { debug() {}, log() {}, warn() {}, error() {} };
    const model = new Wllama(
      { default: `${assets}playground/vendor/wllama.wasm` },
      { suppressNativeLog: true, logger: quiet },
    );
    await model.loadModel([file], { n_ctx: CONTEXT });
    return model;
  } finally {
    tell(null);
  }
}
