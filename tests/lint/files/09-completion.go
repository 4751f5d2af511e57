package openai

// Text generation and reasoning models provided by OpenAI.
const (
	O1Mini             = "o1-mini"
	O1                 = "o1"
	GPT432K0613        = "gpt-4-32k-0613"
	GPT4Turbo1106      = "gpt-4-1106-preview"
	GPT4o              = "gpt-4o"
	GPT3Dot5Turbo0613  = "gpt-3.5-turbo-0613"
	// Deprecated: Model is shutdown. Use gpt-3.5-turbo-instruct instead.
	GPT3TextDavinci003 = "text-davinci-003"
	GPT3Davinci        = "davinci"
)
