"""Two models against each other: when each rule speaks, nothing of the unknown, and the golden pages."""

from __future__ import annotations

import os
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.pages.versus import versus_pages
from playground.catalog import Catalog, Channel, Offering
from playground.labels.addresses import versus_path
from playground.labels.names import display_names
from playground.versus.rules import RULES
from playground.versus.side import NoSideError, Side, side
from playground.versus.versus import versus
from playground.versus.versus_json import versus_to_json
from tests.catalogs import catalog, committed, fact, offered, offering
from tests.playground.versus.pairs import by_key, sides, true_in

GOLDEN = Path("tests/golden")


def pair(one: dict[str, Any], other: dict[str, Any]) -> tuple[list[str], list[str]]:
    """What is said for each of two models with these facts."""
    whole = catalog(offered("acme/one", **one), offered("acme/other", **other))
    names = {"acme/one": "One", "acme/other": "Other"}
    comparison = versus(side("acme/one", whole, names), side("acme/other", whole, names))
    return [s.text for s in comparison.for_a], [s.text for s in comparison.for_b]


STEPS = "a request has more than 272,000 tokens of input: from there on a million cost $2.00, against $4.00"
FEWER = (
    "a request has fewer than 0.25 output tokens for each input token: below that share it costs less "
    "($1.00 in and $8.00 out, against $2.00 and $4.00)"
)
CACHED = "much of the input is read from a cache again: a million cached tokens cost $0.05, against $0.20"
NOBODY = ": whether Other can is unknown"
ENDS = "you need it after 2026-12-09: the other retires then at Azure, Direct"


@pytest.mark.parametrize(
    ("one", "other", "texts"),
    [
        (
            {"price__input": 1, "price__output": 5},
            {"price__input": 2, "price__output": 8},
            ["price decides: a million tokens cost $1.00 in and $5.00 out, against $2.00 and $8.00"],
        ),
        (
            {"price__input": 1, "price__output": 8},
            {"price__input": 2, "price__output": 4},
            [FEWER],
        ),
        (
            {"max_input_tokens": 900_000},
            {"max_input_tokens": 256_000},
            ["a request has more than 256,000 tokens of input: it takes up to 900,000"],
        ),
        ({"max_input_tokens": 300_000}, {"max_input_tokens": 256_000}, []),
        (
            {"context_tokens": 900_000},
            {"max_input_tokens": 256_000},
            ["a request has more than 256,000 tokens of input: it takes up to 900,000"],
        ),
        (
            {"max_output_tokens": 128_000},
            {"max_output_tokens": 32_000},
            ["an answer has more than 32,000 tokens: it gives up to 128,000"],
        ),
        ({"can__vision": "yes"}, {"can__vision": "no"}, ["you need it to take images"]),
        ({"can__vision": "yes"}, {}, [f"you need it to take images{NOBODY}"]),
        (
            {"can__audio_in": "yes", "can__video_in": "yes", "can__pdf": "yes"},
            {},
            [f"you need it to take sound or video{NOBODY}"],
        ),
        ({"can__web_search": "yes", "can__tool_calls": "yes"}, {}, []),
        ({"can__vision": "yes"}, {"can__vision": "yes"}, []),
        (
            {"price__cache_read": "0.05"},
            {"price__cache_read": "0.2"},
            [CACHED],
        ),
        ({"price__cache_read": "0.05"}, {}, []),
        # Who is four times cheaper, and only twice for what is cached, loses by the cache.
        (
            {"price__input": 1, "price__cache_read": "0.1"},
            {"price__input": 4, "price__cache_read": "0.2"},
            [],
        ),
        # Of a limit on input above the window, the window counts.
        (
            {"max_input_tokens": 1_000_000, "context_tokens": 524_288},
            {"max_input_tokens": 256_000, "context_tokens": 300_000},
            ["a request has more than 256,000 tokens of input: it takes up to 524,288"],
        ),
        (
            {"price__input": 2, "max_input_tokens": 1_000_000},
            {"price__input": 1, "price__input>272000": 4, "max_input_tokens": 1_000_000},
            [STEPS],
        ),
        (
            {"price__input": 2, "max_input_tokens": 272_000},
            {"price__input": 1, "price__input>272000": 4, "max_input_tokens": 272_000},
            [],
        ),
        (
            {"price__input": 2, "max_input_tokens": 1_000_000},
            {"price__input": 1, "price__input>272000": "1.5", "max_input_tokens": 1_000_000},
            [],
        ),
        (
            {"price__batch.input": 1, "price__batch.output": 2},
            {"price__batch.input": 2, "price__batch.output": 3},
            ["requests may wait: in batch $1.00 in and $2.00 out, against $2.00 and $3.00"],
        ),
        (
            {"retires": "2027-03-01"},
            {"retires": "2026-12-09"},
            [f"{ENDS}, this one on 2027-03-01"],
        ),
        # A few days more are no reason, nor is an end in two years, nor what is enough on both sides.
        ({"retires": "2026-12-20"}, {"retires": "2026-12-09"}, []),
        ({}, {"retires": "2028-12-09"}, []),
        ({"max_input_tokens": 2_000_000}, {"max_input_tokens": 1_000_000}, []),
        ({"max_output_tokens": 900_000}, {"max_output_tokens": 128_000}, []),
        ({"max_output_tokens": 128_000}, {"max_output_tokens": 64_000}, []),
        ({"price__input": 100, "price__output": 100}, {"price__input": 101, "price__output": 101}, []),
        (
            {},
            {"retires": "2026-12-09"},
            [f"{ENDS}; of this one no end is known"],
        ),
        ({"retires": "2026-12-09"}, {"retires": "2026-12-09"}, []),
        ({"status": "retired"}, {"retires": "2026-12-09"}, []),
    ],
)
def test_a_rule_speaks_where_both_sides_are_known(
    one: dict[str, Any], other: dict[str, Any], texts: list[str]
) -> None:
    assert pair(one, other)[0] == texts
    # And the same of the other, where the two change places.
    assert pair(other, one)[1] == [text.replace("Other", "One") for text in texts]


def test_every_rule_says_what_it_does() -> None:
    for rule in RULES:
        assert rule.__doc__
        assert len(rule.__doc__.splitlines()) == 1


@given(st.data())
def test_nothing_is_said_for_both_by_the_same_rule_but_crossover(data: st.DataObject) -> None:
    amounts = st.integers(0, 40).map(lambda n: Decimal(n) / 4)
    facts = st.fixed_dictionaries(
        {},
        optional={
            "price__input": amounts,
            "price__output": amounts,
            "price__cache_read": amounts,
            "max_input_tokens": st.integers(1, 10**6),
            "max_output_tokens": st.integers(1, 10**6),
            "can__vision": st.sampled_from(["yes", "no"]),
            "can__video_in": st.sampled_from(["yes", "no"]),
            "retires": st.sampled_from(["2026-12-09", "2027-03-01"]),
        },
    )
    one, other = data.draw(facts), data.draw(facts)
    whole = catalog(offered("acme/one", **one), offered("acme/other", **other))
    names = {"acme/one": "One", "acme/other": "Other"}
    comparison = versus(side("acme/one", whole, names), side("acme/other", whole, names))
    rules_a, rules_b = ({s.rule for s in sentences} for sentences in (comparison.for_a, comparison.for_b))
    assert rules_a & rules_b <= {"crossover", "capability", "media"}
    for sentence in (*comparison.for_a, *comparison.for_b, *comparison.same):
        assert all(true_in(s, whole, by_key(whole)) for s in sentence.facts)


def test_a_name_that_is_none_is_answered_with_the_nearest() -> None:
    with pytest.raises(NoSideError, match="did you mean openai/gpt-5"):
        side("openai/gpt-5x", committed(), display_names(committed()))


def test_one_thing_named_twice_is_no_pair() -> None:
    names = display_names(committed())
    one, again = (side(n, committed(), names) for n in ("openai/gpt-5", "openai/direct/openai/gpt-5"))
    with pytest.raises(NoSideError, match=r"both are GPT-5 \(OpenAI, Direct\); name two"):
        versus(one, again)


def test_an_offering_may_stand_for_its_model() -> None:
    names = display_names(committed())
    azure = side("azure/data-zone-eu/openai/gpt-6.1-terra", committed(), names)
    direct = side("openai/gpt-6.1-terra", committed(), names)
    assert (azure.home.channel, direct.home.channel) == (Channel.DATA_ZONE_EU, Channel.DIRECT)
    comparison = versus(direct, azure)
    assert [s.rule for s in comparison.for_a][:1] == ["cheaper"]


def test_a_price_by_the_hour_is_a_range_and_its_dearest_hours_are_compared() -> None:
    def priced(model: str, usd: str, off_peak: str = "") -> Offering:
        prices = {"price__input": fact(Decimal(usd)), "price__output": fact(Decimal(usd))}
        hours = {f"{name}@off-peak": fact(Decimal(off_peak)) for name in prices} if off_peak else {}
        return offering(model, **prices, **hours)

    whole = catalog(priced("acme/hourly", "2", "1"), priced("acme/flat", "1.5"))
    names = {model: model for model in whole.models}
    hourly, flat = (side(f"acme/{name}", whole, names) for name in ("hourly", "flat"))
    comparison = versus(flat, hourly)
    (sentence,) = (s for s in comparison.for_a if s.rule == "cheaper")
    assert sentence.text == (
        "price decides at the dearest hours: a million tokens cost $1.50 in and $1.50 out, "
        "against $1.00 to $2.00 by the hour and $1.00 to $2.00 by the hour"
    )
    assert {f.field for f in sentence.facts} >= {"price.input", "price.input@off-peak"}
    assert not [s for s in comparison.for_b if s.rule == "cheaper"]
    rows = {r["field"]: r["b"]["text"] for r in versus_to_json(comparison, whole)["side_by_side"]}
    assert rows["price.input"] == "$1.00 to $2.00 by the hour"


def test_values_for_programs_hold_every_sentence() -> None:
    comparison = versus(sides()[0], sides()[5])
    values = versus_to_json(comparison, committed())
    assert [s["text"] for s in values["for_b"]] == [s.text for s in comparison.for_b]
    assert values["a"]["offering"] == comparison.a.home.key
    assert values["unknown"]["a"]


# Pages.


def made(a: Side, b: Side, whole: Catalog) -> str:
    (page,) = versus_pages((a, b), whole)
    assert page.path == versus_path(a.model.id, b.model.id)
    return page.markdown


PAGES = {
    "versus-all": (
        offered(
            "acme/one",
            price__input=1,
            price__output=8,
            price__cache_read="0.1",
            max_output_tokens=64_000,
            max_input_tokens=900_000,
            can__vision="yes",
            can__tool_calls="yes",
        ),
        offered(
            "acme/other",
            price__input=2,
            price__output=4,
            price__cache_read="0.4",
            max_output_tokens=64_000,
            max_input_tokens=200_000,
            can__vision="no",
            can__tool_calls="yes",
            retires="2026-12-09",
        ),
    ),
    "versus-nothing": (offered("acme/one"), offered("acme/other", price__input=1)),
}


@pytest.mark.parametrize("name", sorted(PAGES))
def test_golden_pair(name: str) -> None:
    whole = catalog(*PAGES[name])
    names = {"acme/one": "One | <b>1</b>", "acme/other": "Other"}
    text = made(side("acme/one", whole, names), side("acme/other", whole, names), whole)
    path = GOLDEN / f"{name}.md"
    if os.environ.get("ALMANAC_GOLDEN") == "write":
        path.write_text(text)
    assert text == path.read_text()
