"""The sources in which vendors speak of their own models, one row each."""

from __future__ import annotations

from generator.sources.source import Live, Source
from generator.sources.vendors import (
    anthropic_deprecations,
    anthropic_models,
    azure_regions,
    azure_retail,
    bedrock_models,
    foundry_retirements,
    google_deprecations,
    google_models,
    openai_deprecations,
    openai_models,
)

VENDORS = (
    Source(
        id=azure_retail.SOURCE,
        name="Azure retail prices",
        parse=azure_retail.parse,
        live=Live(
            url="https://prices.azure.com/api/retail/prices?$filter="
            "serviceName eq 'Foundry Models' and priceType eq 'Consumption'",
            follow="pages",
        ),
        licence="facts of a public API; the package MIT",
        home="https://learn.microsoft.com/rest/api/cost-management/retail-prices/azure-retail-prices",
        link="https://prices.azure.com/api/retail/prices?$filter=serviceName eq 'Foundry Models'",
        gives="meters per region and deployment (Global, Data Zone, Regional, Government), batch, cache",
    ),
    Source(
        id=bedrock_models.SOURCE,
        name="bedrock-models",
        parse=bedrock_models.parse,
        live=Live(
            url="https://raw.githubusercontent.com/mirai73/bedrock-models/main/"
            "packages/shared/bedrock_models.json"
        ),
        licence="MIT-0",
        home="https://github.com/mirai73/bedrock-models",
        link="https://mirai73.github.io/bedrock-models/",
        gives="regions of Bedrock's models, on demand and by inference profile; input, output, lifecycle",
    ),
    Source(
        id=foundry_retirements.SOURCE,
        name="Microsoft Foundry's retirements",
        parse=foundry_retirements.parse,
        live=Live(
            url="https://raw.githubusercontent.com/MicrosoftDocs/azure-ai-docs/main/"
            "articles/foundry/openai/includes/concepts-model-retirement-schedule-content.md"
        ),
        licence="CC-BY-4.0",
        home="https://github.com/MicrosoftDocs/azure-ai-docs",
        link="https://github.com/MicrosoftDocs/azure-ai-docs/blob/main/"
        "articles/foundry/openai/includes/concepts-model-retirement-schedule-content.md",
        gives="retirement and deprecation days and replacements of models on Azure",
    ),
    Source(
        id=openai_models.SOURCE,
        name="OpenAI's pages about its models",
        parse=openai_models.parse,
        live=Live(
            url="https://developers.openai.com/api/docs/models/all.md",
            follow="links",
            links=r"/api/docs/models/(?P<name>(?!(?:all|compare)$)[a-z0-9][\w.-]*)",
            suffix=".md",
            limit_mb=10,
        ),
        licence="the vendor's documentation: its facts, attributed and linked",
        home="https://developers.openai.com/api/docs/models",
        link="https://developers.openai.com/api/docs/models/{id}",
        gives="limits, knowledge cutoff, efforts, prices with steps and batch, of OpenAI's own API",
    ),
    Source(
        id=openai_deprecations.SOURCE,
        name="OpenAI's deprecations",
        parse=openai_deprecations.parse,
        live=Live(url="https://developers.openai.com/api/docs/deprecations.md", limit_mb=10),
        licence="the vendor's documentation: its facts, attributed and linked",
        home="https://developers.openai.com/api/docs/deprecations",
        link="https://developers.openai.com/api/docs/deprecations",
        gives="shutdown days, announcements and replacements of models of OpenAI's own API",
    ),
    Source(
        id=anthropic_models.SOURCE,
        name="Anthropic's pages about its models",
        parse=anthropic_models.parse,
        live=Live(
            url="https://platform.claude.com/docs/en/models/overview.md",
            follow="links",
            links=r"/docs/en/models/(?P<name>[a-z0-9][a-z0-9-]*/overview)",
            suffix=".md",
            limit_mb=10,
        ),
        licence="the vendor's documentation: its facts, attributed and linked",
        home="https://platform.claude.com/docs/en/models/overview",
        link="https://platform.claude.com/docs/en/models/overview",
        gives="prices, limits, release day, knowledge cutoff, default effort; ids at Bedrock, Google Cloud",
    ),
    Source(
        id=anthropic_deprecations.SOURCE,
        name="Anthropic's deprecations",
        parse=anthropic_deprecations.parse,
        live=Live(url="https://platform.claude.com/docs/en/about-claude/model-deprecations.md", limit_mb=10),
        licence="the vendor's documentation: its facts, attributed and linked",
        home="https://platform.claude.com/docs/en/about-claude/model-deprecations",
        link="https://platform.claude.com/docs/en/about-claude/model-deprecations",
        gives="state, retirement day or the first one possible, and replacement, of Anthropic's own API",
    ),
    Source(
        id=google_models.SOURCE,
        name="Google's pages about Gemini's models",
        parse=google_models.parse,
        live=Live(
            url="https://ai.google.dev/gemini-api/docs/models.md.txt",
            follow="links",
            links=r"/gemini-api/docs/models/(?P<name>[a-z0-9][\w.-]*)",
            suffix=".md.txt",
            limit_mb=10,
        ),
        licence="CC-BY-4.0",
        home="https://ai.google.dev/gemini-api/docs/models",
        link="https://ai.google.dev/gemini-api/docs/models",
        gives="input and output limits, capabilities, thinking levels, knowledge cutoff, of the Gemini API",
    ),
    Source(
        id=google_deprecations.SOURCE,
        name="Google's deprecations",
        parse=google_deprecations.parse,
        live=Live(url="https://ai.google.dev/gemini-api/docs/deprecations.md.txt", limit_mb=10),
        licence="CC-BY-4.0",
        home="https://ai.google.dev/gemini-api/docs/deprecations",
        link="https://ai.google.dev/gemini-api/docs/deprecations",
        gives="release days, first possible shutdown days and replacements, of the Gemini API",
    ),
    Source(
        id=azure_regions.SOURCE,
        name="Microsoft Foundry's regions",
        parse=azure_regions.parse,
        live=Live(
            url="https://raw.githubusercontent.com/MicrosoftDocs/azure-ai-docs/main/"
            "articles/foundry/foundry-models/includes/model-matrix/",
            files=("deployments-standard.md", "marketplace-deployments-standard.md"),
        ),
        licence="CC-BY-4.0",
        home="https://github.com/MicrosoftDocs/azure-ai-docs",
        link="https://github.com/MicrosoftDocs/azure-ai-docs/tree/main/"
        "articles/foundry/foundry-models/includes/model-matrix",
        gives="where each model can be deployed on Azure: Global, each Data Zone, Regional",
    ),
)
