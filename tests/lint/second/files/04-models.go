package openrouter

const (
	// Anthropic models
	ModelClaudeHaiku45  = "anthropic/claude-haiku-4-5"
	ModelClaudeSonnet4  = "anthropic/claude-sonnet-4"

	// xAI models
	ModelGrok3 = "x-ai/grok-3"

	// DeepSeek models
	ModelDeepSeekR1 = "deepseek/deepseek-r1-0528"
)
