"""Our models as promptfoo's providers: the inverse of cases/promptfoo/providers.py. No address is written."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from playground.evaluate.cases.promptfoo.providers import OWN
from playground.evaluate.evaluation import NamedModel
from playground.evaluate.exporting.saved import Differences

#: How promptfoo begins the id of a model at a provider of docs/catalog/providers.yml.
PREFIXES = {
    "openai": "openai:chat:",
    "anthropic": "anthropic:messages:",
    "google": "google:",
    "google-vertex": "vertex:",
    "ollama": "ollama:chat:",
    "mistral": "mistral:",
    "groq": "groq:",
    "openrouter": "openrouter:",
    "deepseek": "deepseek:",
    "xai": "xai:",
    "together": "togetherai:",
    "amazon-bedrock": "bedrock:",
    "azure": "azure:chat:",
    "cohere": "cohere:",
    "huggingface": "huggingface:chat:",
    OWN: "openai:chat:",
}
#: Where promptfoo is to take the address of a server of the reader's own from.
ADDRESS = {"apiBaseUrl": "{{env.ALMANAC_URL}}"}
#: A chat's parameters that promptfoo calls the same for all.
_SAME = (
    "temperature",
    "max_tokens",
    "top_p",
    "top_k",
    "seed",
    "frequency_penalty",
    "presence_penalty",
    "stop",
)
_GOOGLE = {"max_tokens": "maxOutputTokens", "top_p": "topP", "top_k": "topK", "stop": "stopSequences"}
_NAMES = {"google": _GOOGLE, "google-vertex": _GOOGLE, "ollama": {"max_tokens": "num_predict"}}


def providers(
    models: Sequence[NamedModel], shared: Mapping[str, Any], names: Sequence[str], differences: Differences
) -> Iterator[dict[str, Any]]:
    """The models that promptfoo knows; `shared` are all models' parameters, `names` those of the results."""
    for place, model in enumerate(models):
        prefix = PREFIXES.get(model.provider)
        if not prefix or not model.model:
            why = "promptfoo's name for its provider is not known here; add it under providers"
            differences.add(f"model {place + 1}", model.name or model.model, why)
            continue
        if model.provider == OWN:
            why = "promptfoo takes its address from the environment variable ALMANAC_URL"
            differences.add(f"model {place + 1}", model.model, why)
        config = _config({**shared, **model.parameters}, model.provider)
        row = {"id": f"{prefix}{model.model}", "label": harmless(model.name or model.model)}
        yield {**row, "config": {**config, **(ADDRESS if model.provider == OWN else {})}}
    for name in names:
        if not any(name in (m.name, m.model) or name.startswith(f"{m.model}, ") for m in models):
            why = "the results do not say at which provider it is; add it under providers"
            differences.add("models", name, why)


def _config(parameters: Mapping[str, Any], provider: str) -> dict[str, Any]:
    names = _NAMES.get(provider, {})
    out = {names.get(name, name): parameters[name] for name in _SAME if parameters.get(name) is not None}
    if parameters.get("effort"):
        out["reasoning_effort"] = parameters["effort"]
    if schema := parameters.get("schema"):
        out["response_format"] = {
            "type": "json_schema",
            "json_schema": {"name": schema.get("name", "answer"), "schema": schema.get("schema", {})},
        }
    if tools := parameters.get("tools"):
        out["tools"] = [
            tool if "function" in tool else {"type": "function", "function": tool} for tool in tools
        ]
    return out


def harmless(text: str) -> str:
    """A text that is only shown, without what promptfoo would fill in."""
    return text.replace("{{", "{ {")
