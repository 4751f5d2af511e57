function aid --wraps aider --description 'Shortcut for aider'
  set -x OPENROUTER_API_KEY (op read 'op://Shared/OpenRouter')
  command aider --no-auto-commits \
    --alias 'haiku:openrouter/anthropic/claude-3-5-haiku' \
    --alias 'o1:openrouter/openai/o1' \
    --alias 'r1:openrouter/deepseek/deepseek-r1' \
    --alias 's37:openrouter/anthropic/claude-3.7-sonnet' \
    --model s37 --editor-model s37 --weak-model haiku $argv
end
