#!/bin/bash
OPENAI_API_TYPE="azure"
OPENAI_API_KEY=""
GPT35_MODEL="gpt-35-turbo"
GPT4_MODEL="gpt4"
EMBEDDING_MODEL="text-embedding-ada-002"
docker build --build-arg GPT4_MODEL=$GPT4_MODEL -t ours .
