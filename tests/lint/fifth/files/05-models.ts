import { google } from "@ai-sdk/google";
import { mistral } from "@ai-sdk/mistral";
import { xai } from "@ai-sdk/xai";
import { openai } from "@ai-sdk/openai";

export const large = mistral("mistral-large-latest");
export const flash = google("gemini-1.5-flash-latest", { structuredOutputs: false });
export const grok = xai("grok-2-1212");
export const speech = openai.speech('tts-1')
// export const other = anthropic('claude-4-sonnet-20250514')
