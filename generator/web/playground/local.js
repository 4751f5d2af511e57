// Models that run in the page: the browser's own LanguageModel, and a small one by llama.cpp (wllama). Each
// answers the worker in lines of JSON, as playground/adapters/language_model.py reads them.

export class LocalModels {
  #running = new Map();

  constructor(assets) {
    this.assets = assets;
  }

  /** Run what the worker asks; `answer` takes each line, then null. */
  async run(message, answer) {
    if (message.kind === "local stop") {
      this.#running.get(message.id)?.abort();
      return;
    }
    const controller = new AbortController();
    this.#running.set(message.id, controller);
    const say = (value) => controller.signal.aborted || answer(`${JSON.stringify(value)}\n`);
    try {
      await (message.url === "page:smollm2" ? small : builtIn)(message.body, say, controller.signal, this.assets);
    } catch (error) {
      say({ error: error.message || String(error), kind: error.name });
    }
    this.#running.delete(message.id);
    if (!controller.signal.aborted) answer(null);
  }

  close() {
    for (const controller of this.#running.values()) controller.abort();
  }
}

/** https://developer.chrome.com/docs/ai/prompt-api */
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

async function withImages(message) {
  const content = await Promise.all(
    message.content.map(async (part) => {
      if (part.type !== "image") return part;
      const [head, data] = part.value.split(",");
      const bytes = Uint8Array.from(atob(data), (c) => c.charCodeAt(0));
      return { type: "image", value: await createImageBitmap(new Blob([bytes], { type: head.slice(5, -7) })) };
    }),
  );
  return { ...message, content };
}

async function small() {
  throw new Error("The small model is not part of this site.");
}
