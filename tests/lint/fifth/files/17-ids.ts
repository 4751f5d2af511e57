export type ModelId =
  | "claude-3-opus-20240229"
  | "gpt-4o"
  | "llama-3.3-70b-versatile"
  | "deepseek-r1-distill-llama-70b-specdec";

export type Provider = "anthropic" | "groq" | "openai";
