export LLM_MODEL=phi3:medium
echo "LLM_MODEL=${LLM_MODEL}" > .env
export EMBEDDING_MODEL=nomic-embed-text
export BASE_URL=http://ollama:11434
docker compose -f compose.yaml up --build
