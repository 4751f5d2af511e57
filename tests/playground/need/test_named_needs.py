"""Twenty-five real needs over the real catalog, checked by hand: who must be out, by what, and who must stay.

Each row was worked out from the catalog's facts as a reader would look them up (a file in docs/catalog), with
the reason beside it, and not from what the chooser says.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from functools import cache
from itertools import pairwise
from math import log10
from pathlib import Path
from typing import Any

import pytest
import yaml

from generator.curated.need_file import need
from playground.catalog import Channel, Support
from playground.decide.chooser import Chooser
from tests.catalogs import abilities, committed

NAMED = {row["id"]: row for row in yaml.safe_load(Path("docs/catalog/needs.yml").read_text())}


TODAY = date(2026, 11, 24)


@cache
def chooser() -> Chooser:
    return Chooser(committed(), TODAY, abilities())


LEFT, ASK = "left", "ask the provider"

MAI = "azure/global/microsoft/mai-thinking-1"
PHI = "azure/global/microsoft/phi-4"
MAI_CODE = "azure/global/microsoft/mai-code-1.1-flash"
TERRA = "openai/direct/openai/gpt-6.1-terra"
LUNA = "openai/direct/openai/gpt-6-luna"
ASTRA = "openai/direct/openai/gpt-6-astra"
TERRA_AZURE = "azure/global/openai/gpt-6.1-terra"
TERRA_EU = "azure/data-zone-eu/openai/gpt-6.1-terra"
GPT_5 = "openai/direct/openai/gpt-5"
GPT_5_AZURE = "azure/global/openai/gpt-5"
HAIKU = "anthropic/direct/anthropic/claude-haiku-5-5"
OPUS = "anthropic/direct/anthropic/claude-opus-5"
HAIKU_EU = "amazon-bedrock/eu/anthropic/claude-haiku-5-5"
LITE_EU = "amazon-bedrock/eu/amazon/nova-lite"
MICRO = "amazon-bedrock/us/amazon/nova-micro"
GEMINI = "google/direct/google/gemini-2.5-flash-lite"
OSS = "groq/hosted/openai/gpt-oss-120b"
#: Its lab has retired it for a newer one of its line, though others serve it.
FLASH = "deepinfra/hosted/deepseek/deepseek-v4-flash@0731"
EMBED = "openai/direct/openai/text-embedding-3-small"
REALTIME = "openai/direct/openai/gpt-realtime"
COPILOT = "github-copilot/subscription/openai/gpt-5.4"

#: What is asked; who is out by which constraint (or left), and why.
NEEDS: list[tuple[str, dict[str, Any], dict[str, str]]] = [
    (
        "a chat is no embedding, a plan is not paid by the token",
        {},
        {EMBED: "kind: chat", COPILOT: "paid by use", TERRA: LEFT, MAI: LEFT},
    ),
    (
        "MAI-Thinking-1 and nova-micro take text only",
        {"takes": "image"},
        {
            MAI: "can: vision",
            FLASH: "can: vision",
            OSS: "can: vision",
            MAI_CODE: "no near end",
            MICRO: "can: vision",
        },
    ),
    (
        "the same where the unknown is not enough",
        {"takes": "image", "keep_unknown": False},
        {MAI: "can: vision", MICRO: "can: vision", MAI_CODE: "no near end", TERRA: LEFT},
    ),
    (
        "that MAI has structured output no source says, nor that it lacks it",
        {"must": "structured_output", "keep_unknown": False},
        {MAI: "can: structured output", MAI_CODE: "can: structured output", TERRA: LEFT, HAIKU: LEFT},
    ),
    (
        "MAI-Code retires on 9 December, OpenAI's own gpt-5 on the 11th, Azure's in February",
        {"min_days": 30},
        {MAI_CODE: "still lives", GPT_5: "still lives", GPT_5_AZURE: LEFT},
    ),
    (
        "two weeks on, one of the two still lives",
        {"min_days": 16},
        {MAI_CODE: "still lives", GPT_5: LEFT, GPT_5_AZURE: LEFT},
    ),
    (
        "300,000 tokens: MAI takes 256,000, gpt-5 272,000, terra 922,000",
        {"input_tokens": 300_000},
        {MAI: "input fits", GPT_5: "input fits", MICRO: "input fits", TERRA: LEFT, HAIKU: LEFT, GEMINI: LEFT},
    ),
    (
        "950,000 tokens: above terra's input limit though below its window",
        {"input_tokens": 950_000},
        {TERRA: "input fits", ASTRA: "input fits", HAIKU: LEFT, GEMINI: LEFT},
    ),
    (
        "100,000 tokens out: MAI gives 64,000, nova-micro 10,000, gemini 65,536",
        {"output_tokens": 100_000},
        {MAI: "output fits", MICRO: "output fits", GEMINI: "output fits", TERRA: LEFT, FLASH: "no near end"},
    ),
    (
        "the EU by the channel's promise: Data Zone and eu. profiles, not Global, not us.",
        {"zone": "eu", "keep_unknown": False},
        {
            TERRA_AZURE: "stays within: eu",
            MAI: "stays within: eu",
            MICRO: "stays within: eu",
            TERRA: ASK,
            TERRA_EU: LEFT,
            HAIKU_EU: LEFT,
            LITE_EU: LEFT,
        },
    ),
    (
        "a direct API says nothing of the EU: a question to the provider, also where the unknown may stay",
        {"zone": "eu"},
        {TERRA: ASK, TERRA_AZURE: "stays within: eu", TERRA_EU: LEFT},
    ),
    (
        "the US: a us. profile, not an eu. one",
        {"zone": "us", "keep_unknown": False},
        {MICRO: LEFT, HAIKU_EU: "stays within: us", TERRA_EU: "stays within: us"},
    ),
    (
        "Microsoft's own models only",
        {"labs": "microsoft", "min_days": 0},
        {MAI: LEFT, MAI_CODE: LEFT, PHI: LEFT, TERRA_AZURE: "lab"},
    ),
    (
        "everything on Azure's bill",
        {"providers": "azure"},
        {MAI: LEFT, TERRA_AZURE: LEFT, TERRA_EU: LEFT, TERRA: "provider", HAIKU: "provider"},
    ),
    (
        "Azure Global alone",
        {"providers": "azure", "channels": "global"},
        {MAI: LEFT, TERRA_AZURE: LEFT, TERRA_EU: "channel"},
    ),
    (
        "open weights: gpt-oss and DeepSeek, neither gpt-5 nor MAI",
        {"open_weights": True, "keep_unknown": False},
        {OSS: LEFT, FLASH: "no near end", GPT_5: "open weights", MAI: "open weights", OPUS: "open weights"},
    ),
    (
        "freedom to switch: MAI is served by one provider, terra by five, gpt-oss by forty, gateways aside",
        {"min_providers": 5},
        {MAI: "providers to switch to", MAI_CODE: "providers to switch to", TERRA: LEFT, OSS: LEFT},
    ),
    (
        # In a month 100M tokens in, 20M out: terra 100 + 100, MAI 200 + 160, luna 10 + 10, opus 500 + 500.
        "at most 250 dollars a month",
        {"input_tokens": 1000, "output_tokens": 200, "requests": 100_000, "budget": 250},
        {TERRA: LEFT, LUNA: LEFT, HAIKU: LEFT, MAI: "budget", OPUS: "budget", ASTRA: "budget"},
    ),
    (
        # 99 of them is a dollar too little for luna's 10 + 10 = 20; its cached half brings 5.5 + 10 = 15.5.
        "at most 16 dollars a month, half of the input from the cache",
        {"input_tokens": 1000, "output_tokens": 200, "requests": 100_000, "budget": 16, "cached": 0.5},
        {LUNA: LEFT, HAIKU: LEFT, TERRA: "budget", MAI_CODE: "budget"},
    ),
    (
        # A request of 20,000 in and 1,000 out: terra 2.5 cents, luna 0.25, MAI 4.8.
        "at most three cents a request",
        {"input_tokens": 20_000, "output_tokens": 1_000, "request_budget": 0.03},
        {TERRA: LEFT, LUNA: LEFT, MAI: "request budget", OPUS: "request budget"},
    ),
    (
        "speech in and out of one model: of its kinds only a realtime one is known to do it",
        {"kind": "any", "takes": "audio", "gives": "audio", "keep_unknown": False},
        {REALTIME: "no near end", TERRA: "can: audio in", GEMINI: "can: audio out", MAI: "can: audio in"},
    ),
    (
        "an embedding",
        {"kind": "embedding", "input_tokens": 500, "output_tokens": 0},
        {EMBED: LEFT, TERRA: "kind: embedding"},
    ),
    (
        "8,500 tokens are too many for that embedding's 8,191",
        {"kind": "embedding", "input_tokens": 8_500, "output_tokens": 0},
        {EMBED: "input fits"},
    ),
    (
        "nothing retained: a setting of your own at Bedrock and Groq; OpenAI and Azure have to grant it",
        {"zero_retention": True, "keep_unknown": False},
        {
            MICRO: LEFT,
            HAIKU_EU: LEFT,
            TERRA: ASK,
            TERRA_AZURE: ASK,
            OSS: LEFT,
        },
    ),
    (
        "a score of 80 on SWE-bench Verified by the lab's own claim, and reasoning: opus-5 claims 96",
        {
            "must": "reasoning",
            "benchmark": "SWE-Bench Verified (resolved), claimed by each lab",
            "min_score": 80,
            "keep_unknown": False,
        },
        {OPUS: LEFT, OSS: "benchmark", FLASH: "benchmark", HAIKU: "benchmark"},
    ),
]


@pytest.mark.parametrize(("why", "parts", "expected"), NEEDS, ids=[why for why, _, _ in NEEDS])
def test_a_need_eliminates_whom_it_must_and_for_the_right_reason(
    why: str, parts: dict[str, Any], expected: dict[str, str]
) -> None:
    answer = chooser().answer(need(parts, committed(), why))
    left = {*answer.ranked.keys, *answer.untested.keys}
    groups = (*answer.eliminated.items(), *answer.left_out.items(), (ASK, answer.to_ask))
    out = {key: name for name, group in groups for key in group.keys}
    assert {key: LEFT if key in left else out[key] for key in expected} == expected


def test_there_are_twenty_five() -> None:
    assert len(NEEDS) == 25


@pytest.mark.parametrize("name", sorted(NAMED))
def test_a_named_need_has_an_answer_that_says_what_it_costs(name: str) -> None:
    answer = chooser().answer(need(NAMED[name]["need"], committed(), name))
    assert len(answer.ranked) >= 10
    for candidate in answer.ranked[:10]:
        assert all(v.holds == Support.YES for v in candidate.verdicts)
        if candidate.bill is None:  # paid by the picture
            row = answer.judgement.columns.row[candidate.offering.key]
            bills = answer.judgement.bills
            assert not bills.comparable
            assert bills.each(bills.tariff[row])
            continue
        assert candidate.bill.low > 0
        assert candidate.offering.channel != Channel.SUBSCRIPTION


def test_the_order_by_cost_alone_is_the_order_of_the_bills() -> None:
    asked = {"must": "vision", "keep_unknown": False, "quality": 0}
    answer = chooser().answer(need(asked, committed(), "x"))
    costs = [c.bill.low for c in answer.ranked[1:400] if c.bill and c.bill.usd is not None]
    assert costs == sorted(costs)


def test_quality_weighs_against_cost_as_it_says() -> None:
    for cost, quality in ((1, 1), (1, 5), (2, 3), (0, 1)):
        asked = {"cost": cost, "quality": quality, "keep_unknown": False, "must": "tool_calls"}
        answer = chooser().answer(need(asked, committed(), "x"))
        # A standard deviation that is nearly sure is worth ten times the cost; the first may have won a tie.
        worths = [
            cost * log10(c.bill.low) - quality * log10(c.merit)
            for c in answer.ranked[1:400]
            if c.merit and c.bill and c.bill.usd
        ]
        assert len(worths) > 100
        assert all(a <= b + 1e-6 for a, b in pairwise(worths))
        assert all(c.interval for c in answer.ranked[:400])
        assert len(answer.untested) > 100


def test_the_requests_are_shared_out_so_that_no_lab_answers_more_than_its_share() -> None:
    asked = {"must": "tool_calls", "keep_unknown": False, "max_share": 0.4, "support": True}
    answer = chooser().answer(need(asked, committed(), "x"))
    assert [p.share for p in answer.spread] == [Decimal("0.4"), Decimal("0.4"), Decimal("0.2")]
    labs = [p.candidate.offering.lab for p in answer.spread]
    assert len(set(labs)) == 3
    assert labs[0] == answer.ranked[0].offering.lab
    alone = chooser().answer(need({**asked, "labs": "openai"}, committed(), "x"))
    assert alone.ranked
    assert alone.spread == ()


def test_a_regional_price_is_that_of_the_cheapest_region_in_the_zone() -> None:
    from playground.catalog.regions import Zone, known_regions, regions_in
    from playground.pricing.cost import monthly

    seen = 0
    for zone in Zone:
        answer = chooser().answer(
            need({"zone": str(zone), "kind": "any", "keep_unknown": False}, committed(), "x")
        )
        for candidate in answer.ranked:
            if not candidate.region or candidate.bill is None:
                continue
            regions = known_regions(candidate.offering)
            assert regions
            bills = [monthly(answer.need.work, candidate.price, region=r) for r in regions_in(regions, zone)]
            assert candidate.bill.low == min(b.low for b in bills if b)
            seen += 1
    assert seen > 5
