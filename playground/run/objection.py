"""Which part of a chat a provider objects to."""

from __future__ import annotations

from playground.chat.events import Cause, Failed

#: Names by which providers object to a part of the request → the part of the chat.
_PARTS = {
    "max_tokens": "max_tokens",
    "max_completion_tokens": "max_tokens",
    "max_output_tokens": "max_tokens",
    "maxoutputtokens": "max_tokens",
    "num_predict": "max_tokens",
    "temperature": "temperature",
    "top_p": "top_p",
    "topp": "top_p",
    "top_k": "top_k",
    "topk": "top_k",
    "seed": "seed",
    "random_seed": "seed",
    "stop": "stop",
    "stop_sequences": "stop",
    "stopsequences": "stop",
    "frequency_penalty": "frequency_penalty",
    "frequencypenalty": "frequency_penalty",
    "presence_penalty": "presence_penalty",
    "presencepenalty": "presence_penalty",
    "reasoning_effort": "effort",
    "reasoning": "effort",
    "effort": "effort",
    "thinking": "effort",
    "thinking_level": "effort",
    "thinkinglevel": "effort",
    "thinkingbudget": "effort",
    "thinkingconfig": "effort",
    "think": "effort",
    "response_format": "schema",
    "text": "schema",
    "format": "schema",
    "json_schema": "schema",
    "responsejsonschema": "schema",
    "tools": "tools",
    "tool_choice": "tools",
    "functions": "tools",
    "image": "images",
    "image_url": "images",
}


def part_refused(failed: Failed) -> str:
    """The part of the chat (as in parameters.LABELS) the provider objects to; empty where it names none."""
    if failed.cause is not Cause.PARAMETER:
        return ""
    named = failed.parameter.lower().replace("[", ".").split(".")
    # The innermost name says most: `reasoning.effort`, `generation_config.top_k`.
    return next((_PARTS[n] for n in reversed(named) if n in _PARTS), "")
