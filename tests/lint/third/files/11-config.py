class Config:
    # DEFAULT_MODEL = "openrouter/deepseek/deepseek-r1-distill-qwen-32b"
    # DEFAULT_MODEL = "openrouter/qwen/qwen-2.5-coder-32b-instruct"
    # DEFAULT_MODEL = "openrouter/anthropic/claude-3.5-sonnet"
    DEFAULT_MODEL = "openrouter/google/gemini-2.0-flash-exp:free" # wholefile
    DEFAULT_TEMPERATURE = 0.0
