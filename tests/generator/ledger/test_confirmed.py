"""A fact of one source that its vendor's page says, too, is agreed; a page sets nothing by itself."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

import pytest

from generator.curated.statements.confirmed import Confirmation
from generator.curated.statements.parties import BORNE_OUT
from generator.ledger.confirmed import unconfirmed, with_confirmed
from playground.catalog import Channel, Claim, Fact, Model, Standing, Value
from tests.catalogs import catalog, committed, fact, offering


def page(says: Mapping[str, Value], provider: str = "azure", *channels: Channel) -> Confirmation:
    return Confirmation(
        provider=provider,
        model="acme/one",
        channels=frozenset(channels),
        says=says,
        quote="its words",
        url="https://example.com/page",
        read=date(2026, 11, 1),
        where="entry 1: rows[0]",
    )


def window(says: Confirmation, one: Fact, channel: Channel = Channel.GLOBAL, variant: str = "") -> Fact:
    sold = replace(offering("acme/one", channel, context_tokens=one), variant=variant)
    return with_confirmed(catalog(sold), (says,)).offerings[0].facts["context_tokens"]


def test_a_fact_of_one_source_becomes_agreed_and_names_the_page() -> None:
    confirmed = window(page({"context_tokens": 200_000}), fact(200_000))
    assert (confirmed.value, confirmed.standing) == (200_000, Standing.AGREED)
    assert confirmed.reason == "the page linked says the same, read on 2026-11-01"
    assert confirmed.link == "https://example.com/page"
    near = window(page({"context_tokens": 128_000}), fact(131_072))
    assert (near.value, near.standing) == (131_072, Standing.AGREED)  # thousands of 1,000 and of 1,024


@pytest.mark.parametrize(
    ("says", "one"),
    [
        (page({"context_tokens": 100_000}), fact(200_000)),
        (page({"context_tokens": 200_000}), fact(200_000, Standing.DISPUTED)),
        (page({"context_tokens": 200_000}), fact(None, Standing.SUSPECT)),
        (page({"context_tokens": 200_000}, "acme"), fact(200_000)),
        (page({"context_tokens": 200_000}, "azure", Channel.REGIONAL), fact(200_000)),
        (page({"max_output_tokens": 200_000}), fact(200_000)),
    ],
)
def test_a_page_sets_nothing(says: Confirmation, one: Fact) -> None:
    assert window(says, one) == one


def set_by_person(link: str = "https://lab.example/models") -> Fact:
    return Fact(value="2026-11-01", standing=Standing.OVERRIDDEN, reason="Its words. (2026-11-02)", link=link)


def released(one: Fact, *pages: Confirmation) -> Fact:
    sold = catalog(offering("acme/one"))
    which = replace(sold, models={"acme/one": Model(id="acme/one", facts={"released": one}, records={})})
    return with_confirmed(which, pages).models["acme/one"].facts["released"]


def test_another_party_s_page_bears_out_what_a_person_set() -> None:
    one = set_by_person()
    first = page({"released": "2026-11-01"}, "")
    after = released(one, first, replace(first, url="https://another.example.net/one"))
    assert (after.value, after.standing, after.link) == (one.value, one.standing, one.link)
    assert after.reason == f"{one.reason}; {BORNE_OUT} 2026-11-01: {first.url}"


@pytest.mark.parametrize(
    ("says", "link"),
    [
        ("2026-11-02", "https://lab.example/models"),  # another day
        ("2026-11-01", "https://docs.example.com/models"),  # the same host
        ("2026-11-01", ""),  # nobody knows whose page it was
    ],
)
def test_it_is_not_borne_out_by_another_value_or_the_same_party(says: str, link: str) -> None:
    one = set_by_person(link)
    assert released(one, page({"released": says}, "")) == one


def test_a_page_with_another_day_than_a_person_set_is_to_be_read_again() -> None:
    sold = catalog(offering("acme/one"))
    facts = {"released": set_by_person()}
    which = replace(sold, models={"acme/one": Model(id="acme/one", facts=facts, records={})})
    (one,) = unconfirmed((page({"released": "2026-11-02"}, ""),), which)
    assert (one.field, one.now) == ("released", ("2026-11-01",))


def test_another_variant_is_not_what_the_page_is_about() -> None:
    one = fact(200_000)
    assert window(page({"context_tokens": 200_000}), one, variant="fireworks") == one


def test_the_vendor_s_own_list_is_not_borne_out_by_its_page() -> None:
    own = fact(200_000, Standing.SINGLE, Claim(record="azure-retail", value=200_000))
    assert window(page({"context_tokens": 200_000}), own) == own


def test_what_a_model_is_stands_on_a_page_without_a_provider() -> None:
    sold = catalog(offering("acme/one"))
    released = {"released": fact("2026-10-01")}
    one = replace(sold, models={"acme/one": Model(id="acme/one", facts=released, records={})})
    says = page({"released": "2026-10-01"}, "")
    assert with_confirmed(one, (says,)).models["acme/one"].facts["released"].standing == Standing.AGREED
    assert not list(unconfirmed((says,), one))


def test_what_the_catalog_says_no_more_is_to_be_read_again() -> None:
    sold = catalog(offering("acme/one", context_tokens=fact(400_000)))
    (one,) = unconfirmed((page({"context_tokens": 200_000}),), sold)
    assert (one.field, one.read, one.now) == ("context_tokens", 200_000, (400_000,))
    (none,) = unconfirmed((page({"max_output_tokens": 8_000}),), sold)
    assert none.now == ()
    gone = replace(page({"context_tokens": 200_000}), model="acme/gone")
    assert not list(unconfirmed((gone,), sold))


def test_every_agreed_fact_of_one_source_says_what_bears_it_out() -> None:
    for one in committed().offerings:
        for name, each in one.facts.items():
            if each.standing == Standing.AGREED and len(each.claims) == 1:
                assert each.reason, f"{one.key}: {name}"
