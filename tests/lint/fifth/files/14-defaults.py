addresses = {"deepseek": "https://api.deepseek.com/v1", "grok": "https://api.x.ai/v1"}

defaults = {
    "chatgpt": "gpt-4o-mini",
    "kimi": "moonshot-v1-16k",
    "claude": "claude-3-7-sonnet-20250219",
    "deepseek":"deepseek-chat",
    "grok2": "grok-2-latest",
}
azure = LLM(model='azure/gpt-4o-mini-global', temperature=0.7)
gemini = LLM(model="gemini/gemini-1.5-pro-latest")
