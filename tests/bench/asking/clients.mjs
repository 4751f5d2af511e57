// The three ways a page may read a stream of Chat Completions, each calling back at the first text and at the
// end. Bundled by esbuild for the measurements only.

import OpenAI from "openai";
import { createOpenAICompatible } from "@ai-sdk/openai-compatible";
import { streamText } from "ai";

// The playground's own way, whose page has it within its one script.
export { reaching } from "../../../generator/web/playground/python/hosts.js";
export { Runtime } from "../../../generator/web/playground/python/runtime.js";

const ask = { model: "m", messages: [{ role: "user", content: "Go" }] };

export async function raw(base, first) {
  const response = await fetch(`${base}/chat/completions`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ ...ask, stream: true }),
  });
  const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
  let rest = "";
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return;
    const lines = (rest + value).split("\n");
    rest = lines.pop();
    for (const line of lines) {
      if (!line.startsWith("data: ") || line === "data: [DONE]") continue;
      if (JSON.parse(line.slice(6)).choices[0]?.delta.content) first();
    }
  }
}

export async function openai(base, first) {
  const client = new OpenAI({ apiKey: "k", baseURL: base, dangerouslyAllowBrowser: true, maxRetries: 0 });
  for await (const chunk of await client.chat.completions.create({ ...ask, stream: true })) {
    if (chunk.choices[0]?.delta.content) first();
  }
}

export async function ai(base, first) {
  const provider = createOpenAICompatible({ name: "bench", baseURL: base, apiKey: "k" });
  const { textStream } = streamText({ model: provider("m"), prompt: "Go", maxRetries: 0 });
  for await (const text of textStream) if (text) first();
}
