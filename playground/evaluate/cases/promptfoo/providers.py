"""promptfoo's providers: which of our rows a name means, and what of its configuration a chat takes."""

from __future__ import annotations

from typing import Any

from playground.evaluate.cases.reading import Unread, parameters, reference
from playground.evaluate.evaluation import NamedModel

#: How promptfoo begins a name → the provider in docs/catalog/providers.yml.
PROVIDERS = {
    "openai": "openai",
    "anthropic": "anthropic",
    "google": "google",
    "vertex": "google-vertex",
    "ollama": "ollama",
    "mistral": "mistral",
    "groq": "groq",
    "openrouter": "openrouter",
    "deepseek": "deepseek",
    "xai": "xai",
    "togetherai": "together",
    "bedrock": "amazon-bedrock",
    "azure": "azure",
    "azureopenai": "azure",
    "cohere": "cohere",
    "huggingface": "huggingface",
}
#: What stands between the provider and the model where it names an API.
_APIS = {"chat", "responses", "messages", "completion", "completions", "converse", "text-generation"}
_AGENTS = {"claude-agent-sdk", "claude-code", "codex", "codex-sdk", "codex-security", "assistant", "realtime"}
_AGENTS |= {"embedding", "embeddings", "image", "moderation", "transcription", "video"}
#: Settings that name an address of the file's own.
_BASE = {"apiBaseUrl", "baseUrl", "baseURL", "apiHost"}
#: The rows for an address of the reader's own, as the page calls them: the usual API, then the others.
OWN = "own"
OWN_RESPONSES, OWN_ANTHROPIC, OWN_OLLAMA = (f"{OWN}.{number}" for number in (1, 2, 3))
_NOT_RUN = {
    "echo": "it answers with the prompt itself and is no model",
    "http": "it is a service of the file’s own form; only models can be asked",
    "https": "it is a service of the file’s own form; only models can be asked",
}
_SETTINGS = {
    "transform": "it runs code; answers are checked as they come",
    "prompts": "every model is asked every prompt here",
    "delay": "how soon requests follow is found out as they are sent",
    "env": "nothing of your environment is read",
}


def models(listed: Any, where: str, unread: Unread) -> tuple[NamedModel, ...]:
    """The providers that are models; the others are noted."""
    rows = listed if isinstance(listed, list) else [listed]
    named = (_model(row, f"{where}[{place}]", unread) for place, row in enumerate(rows) if row is not None)
    return tuple(model for model in named if model)


def _model(row: Any, where: str, unread: Unread) -> NamedModel | None:
    if isinstance(row, dict) and "id" not in row and len(row) == 1:
        ((name, rest),) = row.items()
        row = {"id": name, **(rest if isinstance(rest, dict) else {})}
    row = row if isinstance(row, dict) else {"id": row}
    name = str(row.get("id") or "")
    why = _NOT_RUN.get(name) or reference(name)
    if why or not name:
        unread.add(where, name or row, why or "it has no id")
        return None
    for setting, reason in _SETTINGS.items():
        if row.get(setting) is not None:
            unread.add(f"{where}.{setting}", row[setting], reason)
    unread.rest(row, where, {"id", "label", "config", *_SETTINGS})
    provider, model = provider_and_model(name)
    if model in _AGENTS:
        unread.add(where, name, "it is no model that answers a chat; only such models can be asked")
        return None
    config = row.get("config")
    if isinstance(config, dict) and _BASE & config.keys():
        provider = _own(name)  # the address is the file's, and the reader fills it in
    if not isinstance(config, dict):
        unread.rest({"config": config}, where, (), "it is no mapping of settings")
    taken = parameters(config, f"{where}.config", unread) if isinstance(config, dict) else {}
    return NamedModel(name=name, provider=provider, model=model, parameters=taken)


def _own(name: str) -> str:
    """The row for an own address, by the API that promptfoo speaks there."""
    match name.split(":"):
        case ["anthropic", *_]:
            return OWN_ANTHROPIC
        case ["ollama", *_]:
            return OWN_OLLAMA
        case [_, "responses", *_]:
            return OWN_RESPONSES
        case _:
            return OWN


def provider_and_model(name: str) -> tuple[str, str]:
    """`openai:chat:gpt-5` as provider and model; both empty where the provider is none that we know."""
    begin, *rest = name.split(":")
    if begin not in PROVIDERS:
        return "", ""
    if rest and rest[0] in _APIS:
        rest = rest[1:]
    return PROVIDERS[begin], ":".join(rest)
