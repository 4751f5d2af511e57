"""Outlooks, replacements, and which models a text names."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from playground.catalog import Catalog, Offering
from playground.lifecycle.findings import Ending, RetirementScan
from playground.lifecycle.mentions.scan import Scanner
from playground.lifecycle.outlook import Stage, by_month, outlook_of
from playground.lifecycle.replacement import Outlooks
from tests.catalogs import catalog, naming, offered

TODAY = date(2026, 11, 25)


def with_ids(offering: Offering, *ids: str) -> Offering:

    return replace(offering, ids=ids)


CHAT = {"kind": "chat", "can__tool_calls": "yes", "context_tokens": 128000}
SOME = naming(
    catalog(
        with_ids(
            offered(
                "openai/gpt-4o",
                "direct",
                "openai",
                price__input=2,
                price__output=8,
                retires="2026-12-09",
                **CHAT,
            ),
            "gpt-4o",
        ),
        with_ids(
            offered("openai/gpt-4o", "global", "azure", retires="2027-04-14", **CHAT),
            "azure/gpt-4o",
            "gpt-4o",
        ),
        with_ids(
            offered("openai/gpt-4o", "data-zone-eu", "azure", retires="2027-05-01", **CHAT), "azure/eu/gpt-4o"
        ),
        with_ids(
            offered("openai/gpt-5", "direct", "openai", price__input=3, price__output=9, **CHAT), "gpt-5"
        ),
        with_ids(
            offered("openai/gpt-6", "direct", "openai", price__input=30, price__output=90, **CHAT), "gpt-6"
        ),
        with_ids(offered("cohere/command", "direct", "cohere", status="deprecated"), "command"),
        with_ids(offered("acme/big-one", "direct", "acme", retires="2026-01-01"), "acme/big-one"),
        with_ids(offered("acme/o1", "direct", "acme"), "o1"),
    ),
    "openai",
    "openai/gpt-4o",
    "openai/gpt-5",
)


def versioned(version: str, channel: str = "global", **facts: object) -> Offering:

    return replace(
        offered("openai/gpt-4o", channel, "azure", **facts), version=version, ids=(f"azure/gpt-4o-{version}",)
    )


def scan(some: Catalog = SOME) -> RetirementScan:
    return RetirementScan(some, {m: m.partition("/")[2].upper() for m in some.models}, TODAY)


@pytest.mark.parametrize(
    ("facts", "stage", "days"),
    [
        ({}, Stage.LIVE, None),
        ({"retires": "2026-11-25"}, Stage.RETIRING, 0),
        ({"retires": "2026-11-24"}, Stage.RETIRED, -1),
        ({"status": "retired"}, Stage.RETIRED, None),
        ({"status": "deprecated"}, Stage.DEPRECATED, None),
        ({"deprecated": "2026-11-01"}, Stage.DEPRECATED, None),
        ({"deprecated": "2026-12-01"}, Stage.LIVE, None),
        ({"status": "deprecated", "retires": "2026-12-05"}, Stage.RETIRING, 10),
        ({"retires_earliest": "2026-12-05"}, Stage.LIVE, 10),
        ({"retires": "someday"}, Stage.LIVE, None),
    ],
)
def test_where_an_offering_stands_between_launch_and_end(
    facts: dict[str, str], stage: Stage, days: int | None
) -> None:
    outlook = outlook_of(offered(**facts), TODAY)
    assert (outlook.stage, outlook.days) == (stage, days)


def test_outlooks_come_by_month_the_soonest_first() -> None:
    months = by_month(list(Outlooks(SOME, TODAY).ending()))
    assert [(m, [o.offering.key for o in some]) for m, some in months.items()] == [
        ("2026-01", ["acme/direct/acme/big-one"]),
        ("2026-12", ["openai/direct/openai/gpt-4o"]),
        ("2027-04", ["azure/global/openai/gpt-4o"]),
        ("2027-05", ["azure/data-zone-eu/openai/gpt-4o"]),
    ]


def rows(text: str, some: Catalog = SOME) -> list[tuple[int, str, str, str]]:
    """Line, text, verdict and the offering that it rests on."""
    return [
        (f.named.line, f.named.text, str(f.verdict), f.outlook.offering.key)
        for f in scan(some).findings(text)
    ]


DIRECT = (Ending.SOON.value, "openai/direct/openai/gpt-4o")
AZURE = (Ending.LATER.value, "azure/global/openai/gpt-4o")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("gpt-4o", [("gpt-4o", *DIRECT)]),
        ("OPENAI_MODEL=gpt-4o # x", [("gpt-4o", *DIRECT)]),
        ('client.create(model="gpt-4o")', [("gpt-4o", *DIRECT)]),
        ("model: GPT-4o.", [("GPT-4o", *DIRECT)]),
        ("model: azure/gpt-4o", [("azure/gpt-4o", *AZURE)]),
        ("providers:\n  - openai:chat:gpt-4o", [("gpt-4o", *DIRECT)]),
        ("- id: azureopenai:chat:gpt-4o", [("gpt-4o", *AZURE)]),
        ("model: openai/gpt-4o", [("openai/gpt-4o", *DIRECT)]),
        ("base: https://x.openai.azure.com\nmodel: gpt-4o", [("gpt-4o", *AZURE)]),
        ("model: litellm_proxy/gpt-4o", [("gpt-4o", *DIRECT)]),
        ("gpt-4o-mini gpt-4ox xgpt-4o gpt-4", []),
        ("run the command", []),
        ("model = command", [("command", Ending.DEPRECATED.value, "cohere/direct/cohere/command")]),
        ("o1 is a name", []),
        ("model: o1", [("o1", Ending.NO_DAY.value, "acme/direct/acme/o1")]),
        ("big-one", [("big-one", Ending.RETIRED.value, "acme/direct/acme/big-one")]),
        ("gpt-4o  # almanac: ignore", []),
        ("", []),
    ],
)
def test_a_name_is_found_as_people_write_it(text: str, expected: list[tuple[str, str, str]]) -> None:
    assert [row[1:] for row in rows(text)] == expected


AZURE_JSON = """[
  {"name": "mine", "properties": {"model": {"format": "OpenAI",
     "name": "gpt-4o",
     "version": "2024-05-13"}},
   "sku": {"name": "%s", "capacity": 10}}
]"""
TERRAFORM = """resource "azurerm_cognitive_deployment" "a" {
  model {
    format  = "OpenAI"
    name    = "gpt-4o"
    version = "2024-08-06"
  }
  sku {
    name = "DataZoneStandard"
  }
}
"""


def test_versions_and_kinds_of_deployment_beside_a_name_say_which_is_meant() -> None:
    some = catalog(
        versioned("2024-05-13", "global", retires="2026-12-01"),
        versioned("2024-05-13", "regional", retires="2026-10-01"),
        versioned("2024-08-06", "global", retires="2027-01-01"),
        versioned("2024-08-06", "data-zone-eu", retires="2027-02-02"),
        with_ids(offered("openai/gpt-4o", "direct", "openai"), "gpt-4o"),
    )
    (first,) = rows(AZURE_JSON % "GlobalStandard", some)
    assert first == (3, "gpt-4o", Ending.SOON.value, "azure/global/openai/gpt-4o@2024-05-13")
    (second,) = rows(AZURE_JSON % "Standard", some)
    assert second[2:] == (Ending.RETIRED.value, "azure/regional/openai/gpt-4o@2024-05-13")
    (third,) = rows(TERRAFORM, some)
    assert third == (4, "gpt-4o", Ending.SOON.value, "azure/data-zone-eu/openai/gpt-4o@2024-08-06")
    assert rows("azure/gpt-4o-2024-08-06", some)[0][3] == "azure/global/openai/gpt-4o@2024-08-06"


def test_a_finding_is_said_in_a_sentence_with_what_could_take_its_place() -> None:
    (finding,) = scan().findings("gpt-4o")
    assert scan().sentence(finding) == (
        "GPT-4O retires at Openai, Direct on 2026-12-09, in 14 days; instead: GPT-5 (Openai names "
        "it; input $2.00 → $3.00 (+50 %); output $8.00 → $9.00 (+12 %))"
    )
    assert [(outlook.offering.provider, str(outlook.retires)) for outlook in finding.outlooks] == [
        ("openai", "2026-12-09"),
        ("azure", "2027-04-14"),
        ("azure", "2027-05-01"),
    ]
    (gone,) = scan().findings("big-one")
    assert scan().sentence(gone) == (
        "BIG-ONE was retired at Acme, Direct on 2026-01-01, 328 days ago; no "
        "replacement: no newer BIG ONE at Acme yet"
    )


def test_soon_is_what_one_says() -> None:
    assert [f.verdict for f in scan().findings("gpt-4o", 13)] == [Ending.LATER]
    assert [f.verdict for f in scan().findings("gpt-4o", 14)] == [Ending.SOON]


@given(st.text())
def test_any_text_is_read(text: str) -> None:
    for named in Scanner(SOME).named(text):
        line = text.splitlines()[named.line - 1]
        assert line[named.column - 1 :].startswith(named.text)
        assert named.offerings


@given(st.lists(st.sampled_from(["gpt-4o", "azure/gpt-4o", "gpt-5", "word", "gpt-4o,", '"gpt-6"', "\n"])))
def test_names_between_other_words_are_all_found(texts: list[str]) -> None:
    text = " ".join(texts)
    names = [w.strip(',"') for w in texts if w not in ("word", "\n")]
    assert [n.text for n in Scanner(SOME).named(text)] == names


@pytest.mark.parametrize(
    "text",
    [
        "https://generativelanguage.test/v1beta/models/gpt-4o:generateContent",
        "POST /v1/models/gpt-4o:streamGenerateContent?alt=sse",
        "url = 'https://runtime.test/model/gpt-4o/invoke'",
        "https://runtime.test/model/gpt-4o/converse-stream",
        "models/gpt-4o:predict",
    ],
)
def test_an_address_names_the_model_that_it_asks(text: str) -> None:
    (one,) = scan().findings(text)
    assert (one.named.text, one.named.line) == ("gpt-4o", 1)


def test_a_models_own_group_on_one_line_is_no_name_that_its_team_gave() -> None:
    group = "properties: { model: { format: 'OpenAI', name: 'gpt-4o', version: '0613' } }"
    for text in (group, group.replace("'", '"'), '{"model":{"format":"OpenAI","name":"gpt-4o"}}'):
        (one,) = scan().findings(text, path="main.bicep")
        assert not one.named.aside, text
