package chat

import openai "github.com/sashabaranov/go-openai"

func request(text string) openai.ChatCompletionRequest {
	return openai.ChatCompletionRequest{
		Model:    openai.GPT3Dot5Turbo0613,
		Messages: []openai.ChatCompletionMessage{{Role: "user", Content: text}},
	}
}

const fallback = "gpt-4-1106-preview"

var vision, small = openai.GPT4VisionPreview, openai.GPT4oMini
