"""What a vendor's page says of a family's efforts is a fact of its offerings, where no source speaks."""

from __future__ import annotations

from dataclasses import replace

import pytest

from generator.ledger.family_efforts import with_family_efforts
from playground.catalog import Offering, Provider, Standing, Value
from playground.catalog.endpoints import Endpoint, Wire
from playground.catalog.families.family import family_from_json
from tests.catalogs import committed, fact, offered


def acme(*efforts: object, wire: Wire = Wire.OPENAI_CHAT) -> Provider:
    """A provider with an address for each list of efforts that its page names of Acme One."""
    row = {"name": "Acme", "models": ["one*"], "page": "https://acme.example/efforts", "read": "2026-11-27"}
    endpoints = tuple(
        Endpoint(
            wire=wire,
            url=f"https://acme.example/v{n}",
            families=(family_from_json({**row, "efforts": each} if each is not None else row),),
        )
        for n, each in enumerate(efforts)
    )
    return Provider(id="acme", name="Acme", endpoints=endpoints)


ONE = replace(offered("acme/one", provider="acme"), ids=("acme/one", "one"))
NONE_OF_THEM = dict.fromkeys(("none", "minimal", "low", "medium", "high", "xhigh", "max"), "no")


def efforts(which: Offering) -> dict[str, Value | None]:
    return {n.partition(".")[2]: f.value for n, f in which.facts.items() if n.startswith("effort.")}


@pytest.mark.parametrize(
    ("named", "taken"),
    [
        (["low", "high"], ("low", "high")),
        ([], ()),
        # The name stands in what a request carries.
        ({"high": {"config": {"effort": "high"}}}, ("high",)),
        # Thinking turned off and a number of tokens are no names.
        ({"none": {"thinking": {"type": "disabled"}}, "low": {"budget_tokens": 1024}, "high": {}}, ("high",)),
    ],
)
def test_a_family_tells_which_efforts_are_taken_by_name(named: object, taken: tuple[str, ...]) -> None:
    told = with_family_efforts(ONE, acme(named))
    assert efforts(told) == {**NONE_OF_THEM, **dict.fromkeys(taken, "yes")}
    one = told.facts["effort.high"]
    assert (one.standing, one.link) == (Standing.OVERRIDDEN, "https://acme.example/efforts")
    assert "Acme" in one.reason
    assert "2026-11-27" in one.reason


def test_what_a_source_says_of_an_effort_stays() -> None:
    known = replace(ONE, facts={**ONE.facts, "effort.max": fact("yes")})
    told = with_family_efforts(known, acme(["low"]))
    assert efforts(told) == {**NONE_OF_THEM, "low": "yes", "max": "yes"}
    assert told.facts["effort.max"] == known.facts["effort.max"]


@pytest.mark.parametrize(
    "provider",
    [
        None,
        acme(),
        acme(None),  # the page says nothing of efforts
        acme(["low"], ["low", "high"]),  # one address says otherwise than the other
    ],
)
def test_nothing_is_said_where_no_page_or_two_pages_say_it(provider: Provider | None) -> None:
    assert with_family_efforts(ONE, provider) is ONE
    other = replace(ONE, ids=("two",))
    assert with_family_efforts(other, acme(["low"])) is other
    mute = replace(ONE, facts={**ONE.facts, "can.reasoning": fact("no")})
    assert with_family_efforts(mute, acme([])) is mute


def test_of_the_committed_catalog_a_page_fills_what_sources_leave_open() -> None:
    (sonnet,) = (o for o in committed().offerings if o.key == "anthropic/direct/anthropic/claude-sonnet-5-5")
    assert efforts(sonnet) == {**dict.fromkeys(NONE_OF_THEM, "yes"), "none": "no", "minimal": "no"}
    assert sonnet.facts["effort.max"].standing is not Standing.OVERRIDDEN
