package models

var List = []string{
	"anthropic/claude-3.5-sonnet",
	"mistralai/mixtral-8x7b-instruct",
}
