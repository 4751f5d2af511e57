"""Our models as promptfoo's providers: the inverse of cases/promptfoo/providers.py. No address is written."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from playground.evaluate.cases.promptfoo.providers import OWN, OWN_RESPONSES
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
    OWN_RESPONSES: "openai:responses:",
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
    for name, model in _ran(models, names):
        if model is None:
            why = "the results do not say at which provider it is; add it under providers"
            differences.add("models", name, why)
            continue
        prefix = PREFIXES.get(model.provider)
        if not prefix:
            why = "promptfoo's name for its provider is not known here; add it under providers"
            differences.add("models", name, why)
            continue
        is_own = model.provider in (OWN, OWN_RESPONSES)
        if is_own:
            why = "promptfoo takes its address from the environment variable ALMANAC_URL"
            differences.add("models", name, why)
        if model.choice:
            why = f"it is asked at {model.choice} here; set that in promptfoo yourself"
            differences.add("models", name, why)
        config = _config({**shared, **model.parameters}, model.provider)
        row = {"id": f"{prefix}{model.model}", "label": harmless(name)}
        yield {**row, "config": {**config, **(ADDRESS if is_own else {})}}


def _ran(models: Sequence[NamedModel], names: Sequence[str]) -> Iterator[tuple[str, NamedModel | None]]:
    """Each name in the results with the model that is called so, each model once."""
    left = [model for model in models if model.provider and model.model]
    for name in names:
        model = next((one for one in left if _is_called(one, name)), None)
        if model:
            left.remove(model)
        yield name, model


def _is_called(model: NamedModel, name: str) -> bool:
    """Whether results may call it so: by its id, with its place where another has that id, or a number."""
    return name in (model.name, model.model) or name.startswith((f"{model.model}, ", f"{model.model} ("))


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
