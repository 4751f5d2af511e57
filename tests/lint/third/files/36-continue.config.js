export default {
  models: [
    {
      title: "GPT-4o (OpenRouter)",
      provider: "openrouter",
      model: "openai/gpt-4o",
    },
    {
      title: "Claude 2.1",
      provider: "anthropic",
      model: "claude-2.1",
    },
  ],
  tabAutocompleteModel: { title: "Codestral", provider: "mistral", model: "codestral-2405" },
  embeddingsProvider: { provider: "ollama", model: "nomic-embed-text" },
};
