import { ChatOpenAI } from "@langchain/openai";
import { ChatXAI } from "@langchain/xai";

export function getModels() {
  return [
    { id: "openai:gpt-4.1", name: "GPT-4.1", instance: new ChatOpenAI({ model: "gpt-4.1" }) },
    { id: "openai:o4-mini", name: "o4-mini", instance: new ChatOpenAI({ model: "o4-mini" }) },
    { id: "xai:grok-3", name: "Grok 3", instance: new ChatXAI({ model: "grok-3" }) },
  ];
}
