interface OpenAiCompletionSchemaInput {
  model: "gpt-3.5-turbo-0125";
  messages: OpenAiMessage[];
  temperature: number;
}

interface OpenAiMessage {
  role: "user" | "system";
  content: string;
}
