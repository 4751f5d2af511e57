"""What programs write before a model's id, and who serves it then (LiteLLM, LangChain, promptfoo)."""

from __future__ import annotations

from collections.abc import Mapping

#: What a prefix of an id says of where it is served: LiteLLM's and LangChain's words, and paths of clouds.
PREFIXES: Mapping[str, str] = {
    **dict.fromkeys(
        ("azure", "azure_ai", "azure_openai", "azureopenai", "azure-openai", "azure_text", "azureml"), "azure"
    ),
    **dict.fromkeys(("openai", "text-completion-openai"), "openai"),
    "anthropic": "anthropic",
    **dict.fromkeys(
        ("bedrock", "bedrock_converse", "bedrock_mantle", "converse", "sagemaker"), "amazon-bedrock"
    ),
    **dict.fromkeys(("amazon-bedrock", "amazon_bedrock", "aws_bedrock", "aws-bedrock"), "amazon-bedrock"),
    **dict.fromkeys(
        ("vertex", "vertex_ai", "vertex_ai_beta", "vertexai", "google_vertexai"), "google-vertex"
    ),
    **dict.fromkeys(("google-vertex", "google_vertex", "google_anthropic_vertex"), "google-vertex"),
    **dict.fromkeys(("publishers", "projects"), "google-vertex"),
    **dict.fromkeys(("gemini", "google", "google_genai", "google-genai", "googleai", "google-gla"), "google"),
    "openrouter": "openrouter",
    **dict.fromkeys(("mistral", "mistralai", "codestral"), "mistral"),
    "xai": "xai",
    "groq": "groq",
    **dict.fromkeys(("together", "together_ai", "togethercomputer"), "together"),
    **dict.fromkeys(("fireworks", "fireworks_ai", "accounts"), "fireworks"),
    "deepseek": "deepseek",
    **dict.fromkeys(("cohere", "cohere_chat"), "cohere"),
    "databricks": "databricks",
    **dict.fromkeys(("github_copilot", "github-copilot"), "github-copilot"),
    **dict.fromkeys(("github", "github_models", "github-models"), "github-models"),
    **dict.fromkeys(("ollama", "ollama_chat"), "ollama"),
    **dict.fromkeys(("vllm", "hosted_vllm"), "vllm"),
    **dict.fromkeys(("lmstudio", "lm_studio"), "lmstudio"),
    **dict.fromkeys(("perplexity", "cerebras", "replicate", "deepinfra", "sambanova"), ""),
    **dict.fromkeys(("moonshot", "moonshotai"), "moonshotai"),
    **dict.fromkeys(("cloudflare", "cf", "workers-ai"), "cloudflare-workers-ai"),
    **dict.fromkeys(("watsonx", "watsonx_text"), "ibm-watsonx"),
    **dict.fromkeys(("nvidia_nim", "nvidia"), "nvidia"),
    **dict.fromkeys(("snowflake",), "snowflake-cortex"),
    "huggingface": "huggingface",
    "vercel_ai_gateway": "vercel",
}
PREFIXES = {name: provider or name for name, provider in PREFIXES.items()}

#: Programs that run a model wherever they are set up: before an id they say neither whose it is nor where.
ANYWHERE = ("vllm", "hosted_vllm", "lmstudio", "lm_studio", "llamafile")
#: What stands between one of them and the id, and says how it is asked: `openai/responses/`, `openai:chat:`.
WAYS = ("chat", "messages", "responses", "completion", "converse", "invoke", "embedding", "realtime")
