"""Who serves a model that a text names: the name's own words first, then its line, its block, its file."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date

import pytest

from playground.catalog import Fact, Offering, Standing, Support
from playground.lifecycle.ended import End, EndedApi, Ends, ends_from_json, ends_to_json
from playground.lifecycle.findings import Ending, RetirementScan, Severity
from tests.catalogs import catalog, offered

TODAY = date(2026, 11, 27)


def known(model: str, provider: str, *ids: str, channel: str = "direct", **facts: object) -> Offering:
    return replace(offered(model, channel, provider, **facts), ids=ids)


SOME = catalog(
    known("openai/gpt-4o", "openai", "gpt-4o", retires="2027-01-14"),
    known("openai/gpt-4o", "azure", "azure/gpt-4o", channel="global", retires="2027-09-01"),
    known("openai/gpt-4o", "openrouter", "openai/gpt-4o", channel="gateway"),
    replace(known("openai/gpt-4o", "openai", "ft:gpt-4o", retires="2027-01-20"), variant="tuned"),
    replace(known("openai/gpt-4-old", "azure", channel="regional"), version="0613"),
    known("openai/o1", "openai", "o1", retires="2026-10-23"),
    known("anthropic/claude-b", "google-vertex", "claude-b@20250101", channel="regional"),
    known("anthropic/claude-a", "anthropic", "claude-a-1", retires="2026-06-15"),
    known("anthropic/claude-a", "amazon-bedrock", "eu.anthropic.claude-a-1-v1:0", channel="eu"),
    known(
        "anthropic/claude-a",
        "amazon-bedrock",
        "us.anthropic.claude-a-1-v1:0",
        channel="us",
        retires="2027-01-08",
    ),
    known("anthropic/claude-a", "google-vertex", "claude-a-1@20250101", channel="regional"),
    known("meta/llama-x-70b", "groq", "llama-x-70b-8192", channel="hosted", retires="2025-08-30"),
    known("meta/llama-x-70b", "ollama", "llama-x-70b", channel="self-hosted"),
    known("meta/llama-x-70b", "together", "meta-llama/llama-x-70b", channel="hosted", retires="2025-01-01"),
    known("mistral/m-small", "mistral", "m-small-2503", retires="2025-11-30"),
    known("mistral/m-small", "azure", "m-small-2503", channel="global", retires="2027-11-30"),
    known("anthropic/claude-a", "github-copilot", "claude-a.1", channel="subscription", retires="2026-09-01"),
    known("microsoft/phi-x", "azure", "phi-x", channel="global", retires="2026-01-01"),
    known("cohere/command", "cohere", "command"),
    known("stability/fast", "stability", "fast", retires="2025-01-01"),
    known("mistral/mix-8x7b-it", "mistral", "open-mix-8x7b", retires="2025-03-30"),
    known("mistral/mix-8x7b-it", "together", "mistralai/Mix-8x7B-It", channel="hosted", retires="2025-01-01"),
    known("mistral/mix-8x7b-it", "vllm", "mix-8x7b-it", channel="self-hosted"),
)
SOME = replace(
    SOME,
    models={
        **SOME.models,
        "mistral/mix-8x7b-it": replace(
            SOME.models["mistral/mix-8x7b-it"],
            facts={"open_weights": Fact(value=Support.YES, standing=Standing.SINGLE)},
        ),
    },
)
ENDS = Ends(
    names=(
        End(
            provider="openai",
            name="text-old-003",
            last_day=date(2024, 1, 4),
            instead=("gpt-4o",),
            page="https://e.com",
            quote="old",
            read=date(2026, 8, 20),
        ),
        End(provider="azure", name="gpt-35-old", version="0301", last_day=date(2025, 2, 13)),
        End(provider="azure", name="gpt-4-old", version="0613", last_day=date(2025, 6, 6)),
        End(provider="google-vertex", name="claude-b", last_day=date(2025, 8, 1)),
        End(provider="openai", name="ft:gpt-old", also=("ft:gpt-old-0613",), last_day=date(2026, 10, 23)),
        End(provider="openai", name="davinci:ft", last_day=date(2024, 1, 4)),
        End(provider="openai", name="gpt-old-0613", last_day=date(2024, 9, 13)),
        End(provider="cohere", name="command", deprecated=date(2025, 9, 15)),
        End(provider="amazon-bedrock", name="anthropic.claude-b-v1:0", last_day=date(2026, 7, 30)),
    ),
    apis=(
        EndedApi(
            end=End(provider="openai", name="the Assistants API", last_day=date(2026, 8, 26)),
            written=("beta.assistants",),
            beside=("openai",),
        ),
        EndedApi(
            end=End(provider="azure", name="this preview", last_day=date(2024, 7, 1)),
            written=("2023-07-01-preview",),
            beside=("openai",),
            keys=("api-version", "api_version", "apiversion"),
        ),
    ),
    providers={
        "github-models": End(provider="github-models", name="GitHub Models", last_day=date(2026, 7, 30))
    },
)


def scan() -> RetirementScan:
    return RetirementScan(SOME, {}, TODAY, ends=ENDS)


def served(text: str, path: str = "") -> list[tuple[str, str]]:
    """The provider and the verdict of each model in the text."""
    return [(f.named.provider, str(f.verdict)) for f in scan().findings(text, path=path)]  # type: ignore[union-attr]


SOON, LATER, GONE, NONE = map(str, (Ending.SOON, Ending.LATER, Ending.RETIRED, Ending.NO_DAY))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # What is written at the name goes before what stands beside it.
        ("api_base: x.openai.azure.com\nmodel: anthropic/claude-a-1", ("anthropic", GONE)),
        ("model: azure/gpt-4o  # OpenAI", ("azure", LATER)),
        ("provider: openai\nmodel: bedrock/us.anthropic.claude-a-1-v1:0", ("amazon-bedrock", SOON)),
        (
            "arn:aws:bedrock:us-east-1::foundation-model/eu.anthropic.claude-a-1-v1:0",
            ("amazon-bedrock", SOON),
        ),
        ('"openai:gpt-4o": 1  # azure', ("openai", SOON)),
        ("model: claude-a-1@20250101", ("google-vertex", NONE)),
        ("model: llama-x-70b-8192", ("groq", GONE)),
        ("model: groq/llama-x-70b-8192", ("groq", GONE)),
        ("model: openrouter/openai/gpt-4o", ("openrouter", NONE)),
        ("model: openrouter/openai/gpt-4o:thinking", ("openrouter", NONE)),
        # A lab's name before an id and a way behind it are OpenRouter's spelling.
        ('model = "openai/gpt-4o:free"', ("openrouter", NONE)),
        ('model = "anthropic/claude-a-1:thinking"', ("openrouter", NONE)),
        ("model: anthropic:claude-a-1:free", ("anthropic", GONE)),
        # How one host alone spells it tells the host, unless that resells or it is the model's own name.
        ("model: claude-a.1", ("anthropic", GONE)),
        ("model: phi-x", ("", GONE)),
        # A gateway serves by its own ids.
        ("base_url: https://openrouter.ai/api/v1\nmodel: openai/gpt-4o", ("openrouter", NONE)),
        ("base_url: https://openrouter.ai/api/v1\nmodel: gpt-4o", ("openai", SOON)),
        # The line, the block, the keys above.
        ('AZURE_MODEL = get("AZURE_MODEL", "m-small-2503")', ("azure", LATER)),
        ("azureOpenAI:\n  settings:\n    model: gpt-4o", ("azure", LATER)),
        ("a:\n  model: gpt-4o\nazure:\n  key: x", ("openai", SOON)),
        ("claude:\n  model: claude-a-1\nazure:\n  model: x", ("anthropic", GONE)),
        ("GITHUB_MODEL=gpt-4o", ("github-models", GONE)),
        ("GITHUB_MODEL=openai/gpt-4o", ("github-models", GONE)),
        # Weights are loaded by their lab's name, and asked of nobody; by its API's id they are asked of it.
        ('from_pretrained("mistralai/Mix-8x7B-It")', ("", NONE)),
        ('model = "mix-8x7b-it"', ("", NONE)),
        ('model = "open-mix-8x7b"', ("mistral", GONE)),
        ('together.ai: "mistralai/Mix-8x7B-It"', ("together", GONE)),
        # A lab's word within a name is its word; of Azure and Copilot only what serves models.
        ('AzureDeployment = "x";\nOpenAIModel = "gpt-4o";', ("openai", SOON)),
        ('AnthropicModel = "claude-a-1";\nBedrockModel = "x";', ("anthropic", GONE)),
        ("AZURE_SPEECH_KEY=x\nMODEL=gpt-4o", ("openai", SOON)),
        ("AZURE_CLIENT_ID=x\nAZURE_TENANT_ID=x\nMODEL=gpt-4o", ("openai", SOON)),
        ('"AzureWebJobsStorage": "x",\n"MODEL": "gpt-4o"', ("openai", SOON)),
        ("AZURE_RESOURCE_NAME=x\nMODEL=gpt-4o", ("azure", LATER)),
        ('azure_client.create(model="gpt-4o")', ("azure", LATER)),
        ('import { CopilotRuntime } from "@copilotkit/runtime";\nmodel: "claude-a-1"', ("anthropic", GONE)),
        ("COPILOT_MODEL=claude-a-1", ("github-copilot", GONE)),
        # Lines at its own depth go before those under another.
        ("if a:\n    c = AzureChatOpenAI()\nm = 'gpt-4o'\nc = ChatOpenAI(m)", ("openai", SOON)),
        # What the whole file is about.
        ("client = AzureOpenAI()\n\n\nclient.create(\n    model='gpt-4o',\n)", ("azure", LATER)),
        ("env:\n  AZURE_API_VERSION: x\non:\n  default: 'gpt-4o'", ("openai", SOON)),
        # A host that does not serve the model says nothing.
        ("provider: groq\nmodel: gpt-4o", ("openai", SOON)),
        # Where nothing tells, a model is retired only if it is at every place.
        ("model: llama-x-70b", ("", NONE)),
    ],
)
def test_the_nearest_word_says_who_serves_it(text: str, expected: tuple[str, str]) -> None:
    assert served(text) == [expected]


@pytest.mark.parametrize(
    "beside",
    [
        "version: '0301'",
        "param gptModelVersion string = '0301'",
        '"modelVersion": {"value": "0301"}',
        '"apiVersion": "2023-05-01", "version": "0301"',
    ],
)
def test_the_version_beside_a_name_is_told_however_templates_write_it(beside: str) -> None:
    (one,) = scan().findings(f"param model string = 'gpt-35-old'\n{beside}", path="main.bicep")
    assert (one.named.version, one.verdict) == ("0301", Ending.RETIRED)  # type: ignore[union-attr]


def test_a_deployment_is_its_teams_name_in_bicep() -> None:
    (one,) = scan().findings("param chatDeploymentName string = 'gpt-4o'", path="main.bicep")
    assert one.named.aside == "a name that its team gave"


def test_a_file_of_azures_resources_names_azures_models() -> None:
    text = "param openAiModelName string = 'gpt-4o'\n"
    assert served(text, "main.bicep") == [("azure", LATER)]
    assert served(text) == [("openai", SOON)]


def test_a_channel_of_which_nothing_is_known_does_not_hide_the_others() -> None:
    (one,) = scan().findings("eu.anthropic.claude-a-1-v1:0")
    assert (one.outlook.offering.channel, one.verdict) == ("us", Ending.SOON)


@pytest.mark.parametrize(
    ("text", "severity"),
    [
        ('MODEL = "text-old-003"', Severity.ERROR),
        ("model: us.anthropic.claude-b-v1:0", Severity.ERROR),
        ('name = "gpt-35-old"\nversion = "0301"', Severity.ERROR),
        ('name = "gpt-35-old"\nversion = "0125"', Severity.NONE),
        ("model: cohere:command", Severity.WARNING),
        ("model: text-old-003  # almanac: ignore", None),
        # Azure's pages name a version beside a model, Vertex's leave the date out.
        ("azure:\n  model: gpt-4-old-0613", Severity.ERROR),
        ("model: claude-b@20250101", Severity.ERROR),
        # What its user tuned ends with what was tuned, not with its base's snapshot.
        ("model: ft:gpt-old-0613:acme::9xYz12Ab", Severity.ERROR),
        ("model: openai/ft:gpt-4o:acme:support:9xYz12Ab", Severity.WARNING),
        ("model: davinci:ft-acme-2023-02-01", Severity.ERROR),
        # A variable's default.
        ("model: ${LLM_MODEL:-text-old-003}", Severity.ERROR),
        ("model: ${LLM_MODEL-text-old-003}", Severity.ERROR),
    ],
)
def test_what_vendors_ended_is_known_by_name_provider_and_version(
    text: str, severity: Severity | None
) -> None:
    assert [f.severity for f in scan().findings(text)] == ([severity] if severity else [])


def test_what_a_vendor_says_is_said_with_page_and_words() -> None:
    (one,) = scan().findings("model: text-old-003")
    assert scan().sentence(one) == (
        "text-old-003 was retired at Openai on 2024-01-04, 1,058 days ago; its vendor names gpt-4o instead"
    )
    assert scan().values(one)["by"] == {"page": "https://e.com", "quote": "old", "read": "2026-08-20"}


def test_an_alias_that_ended_says_nothing_of_what_it_pointed_to() -> None:
    some = catalog(known("deepseek/v4", "deepseek", "ds-chat", "ds-v4"))
    ends = Ends(names=(End(provider="deepseek", name="ds-chat", last_day=date(2026, 7, 24)),))
    findings = RetirementScan(some, {}, TODAY, ends=ends).findings("model: ds-chat\nmodel: ds-v4")
    assert [f.severity for f in findings] == [Severity.ERROR, Severity.NONE]


def test_what_is_tuned_is_known_by_the_day_of_what_was_tuned() -> None:
    found = scan().findings("model: ft:gpt-old-0613:acme::9xYz12Ab\nmodel: ft:gpt-4o:acme::9xYz12Ab")
    assert [str(f.outlook.retires) for f in found] == ["2026-10-23", "2027-01-20"]


def test_a_finding_names_a_place_that_spells_it_so() -> None:
    some = catalog(
        known("meta/llama-x", "avian", "Llama-X", channel="hosted", status="deprecated"),
        known("meta/llama-x", "novita", "meta-llama/llama-x", channel="hosted", retires="2027-01-01"),
    )
    scanned = RetirementScan(some, {}, TODAY)
    (one,) = scanned.findings('m = "meta-llama/llama-x"')
    assert (one.outlook.offering.provider, one.verdict) == ("novita", Ending.SOON)
    (one,) = scanned.findings('m = "llama-x"')
    assert scanned.sentence(one).startswith("meta/llama-x is deprecated at Avian")


def test_where_nothing_is_known_no_place_is_named() -> None:
    hosts = ("novita", "anyscale")
    some = catalog(*(known("meta/llama-x", host, "meta-llama/llama-x", channel="hosted") for host in hosts))
    scanned = RetirementScan(some, {}, TODAY)
    (one,) = scanned.findings('m = "meta-llama/llama-x"')
    assert scanned.sentence(one) == "meta/llama-x: no day of retirement is known at any place"


def test_a_provider_that_does_not_serve_it_has_no_day() -> None:
    (one,) = scan().findings("model: groq/gpt-4o")
    assert (one.named.provider, one.verdict) == ("groq", Ending.NO_DAY)  # type: ignore[union-attr]
    assert scan().sentence(one) == "openai/gpt-4o: no day of retirement is known at Groq"


def test_ends_reach_the_page_as_they_are() -> None:
    assert ends_from_json(json.loads(json.dumps(ends_to_json(ENDS)))) == ENDS


@pytest.mark.parametrize(
    "text",
    [
        "command: npm start",
        "sku: Standard\nmodel = fast lane",
        "mode: fast",
        "equals(o1, o2)",
        'x = "o1"',
        "model: Command R+ (08-24)",
        "deploy the command to the model",
    ],
)
def test_words_are_no_models(text: str) -> None:
    assert [f for f in scan().findings(text) if f.severity != Severity.NONE] == []


def test_a_provider_that_ended_as_a_whole_ends_no_plain_word() -> None:
    fast = catalog(known("stability/fast", "stability", "fast"))
    found = list(RetirementScan(fast, {}, TODAY, ends=ENDS).findings("GITHUB_TOKEN=x\nGITHUB_MODEL=fast"))
    assert [f.verdict for f in found] == [Ending.NO_DAY]


def test_a_word_among_models_of_its_lab_is_one() -> None:
    assert served('A = "gpt-4o"\nB = "o1"') == [("openai", SOON), ("openai", GONE)]


@pytest.mark.parametrize(
    ("text", "texts"),
    [
        ("from openai import x\nx.beta.assistants.create()", ["beta.assistants"]),
        ("x.beta.assistants.create()", []),
        ('openai\napi_version="2023-07-01-preview"', ["2023-07-01-preview"]),
        ("openai: ?api-version=2023-07-01-preview", ["2023-07-01-preview"]),
        ('openai\n"apiVersion": "2023-07-01-preview",', ["2023-07-01-preview"]),
        ('openai\n"type": "Microsoft.Web/sites",\n"apiVersion": "2023-07-01-preview",', []),
        ("openai was new on 2023-07-01-preview", []),
    ],
)
def test_apis_that_ended_are_found_where_they_are_meant(text: str, texts: list[str]) -> None:
    findings = list(scan().findings(text))
    assert [f.named.text for f in findings] == texts
    assert all(f.severity == Severity.ERROR for f in findings)
