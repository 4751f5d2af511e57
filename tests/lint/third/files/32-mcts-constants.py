import os

LLAMA_MODEL = "llama3-8b-8192"
OPENAI_MODEL = "gpt-4o-mini"
GROQ_ENDPOINT = "https://api.groq.com/openai"
OPENAI_ENDPOINT = "https://api.openai.com"
OPENAI_API_KEY = os.environ["OPENAI_API_KEY"]
