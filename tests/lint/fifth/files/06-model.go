package models

const (
	Small    string = "gpt-4o-mini"
	Sonnet   string = "claude-3-5-sonnet@20240620"
	Gemini   string = "gemini-1.5-pro-001"
	Grok            = "grok-3"
	GrokVersion     = "2024-11-17"
	Chat            = "gpt-4o"
	ChatVersion     = "2024-05-13"
)
