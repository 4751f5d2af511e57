package togetherai

// https://docs.together.ai/docs/models

var List = []string{
	"meta-llama/Llama-3-70b-chat-hf",
	"mistralai/Mixtral-8x22B-Instruct-v0.1",
}
