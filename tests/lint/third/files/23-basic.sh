#!/bin/sh
KEY=$(head -1 ~/openrouter.key)
HOST="openrouter.ai/api"
MODEL="anthropic/claude-3-haiku"
curl -v https://$HOST/v1/chat/completions \
  -H "Authorization: Bearer $KEY" \
  -d '{ "model": "'$MODEL'", "messages": [{"role": "user", "content": "Hello!"}] }'
