import os

OPENAI_API_KEY = os.getenv("OPENAI_API_KEY")
GROQ_API_KEY = os.getenv("GROQ_API_KEY")
OPENAI_MODEL = "o1-preview"
GROQ_MODELS = [
    "llama-3.1-8b-instant",
    "llama3-70b-8192",
    "gemma2-9b-it",
    "llama-guard-3-8b",
]
OPENROUTER_MODEL = "meta-llama/llama-3.1-8b-instruct:free"
