"""What vendors' pages end is the last day of an offering that no source gives one."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from generator.curated.ends import ENDED_FILE
from generator.curated.ends.reader import load_ends
from generator.curated.fields import FOUNDRY
from generator.curated.statements.parties import BORNE_OUT
from generator.ledger.ended import with_ends
from generator.ledger.not_before import ALL_FIRST, with_first_days
from generator.ledger.one_schedule import SCHEDULES, with_one_schedule
from playground.catalog import Channel, Claim, Fact, Offering, Record, Standing
from playground.lifecycle.ended import End, Ends
from playground.lifecycle.outlook import Stage, outlook_of
from tests.catalogs import catalog, committed, fact, offered
from tests.projects import ROOT

END = End(
    provider="azure",
    name="small",
    last_day=date(2026, 5, 1),
    page="https://example.org/ends",
    quote="small | May 1, 2026",
    read=date(2026, 8, 20),
)


def ended(*ids: str, ends: Ends, version: str = "", retires: str = "") -> Offering:
    """An offering of these ids on Azure, as vendors' pages leave it."""
    facts = {"retires": retires} if retires else {}
    one = replace(offered("acme/small", **facts), ids=ids, version=version)
    return with_ends(catalog(one), ends).offerings[0]


def test_an_offering_ends_on_the_day_of_its_vendor_s_page_with_its_words_and_link() -> None:
    offering = ended("small", "azure/eastus/small", ends=Ends(names=(END,)))
    stated = offering.facts["retires"]
    assert stated.value == "2026-05-01"
    assert (stated.standing, stated.link) == (Standing.OVERRIDDEN, END.page)
    assert stated.reason == "small | May 1, 2026 (2026-08-20)"


@pytest.mark.parametrize(
    ("ids", "end", "more"),
    [
        (("small", "small-2"), END, {}),  # one id goes on
        (("other",), END, {}),
        (("small",), END, {"retires": "2027-01-01"}),  # a source gives a day
    ],
)
def test_it_stays_as_it_is(ids: tuple[str, ...], end: End, more: dict[str, str]) -> None:
    assert ended(*ids, ends=Ends(names=(end,)), **more).value("retires") == more.get("retires")


@pytest.mark.parametrize(
    ("day", "source", "standing"),
    [
        ("2026-05-01", "litellm", Standing.AGREED),
        ("2026-05-01", FOUNDRY, Standing.SINGLE),  # the vendor's own list is no other than its page
        ("2027-01-01", "litellm", Standing.SINGLE),
    ],
)
def test_the_page_that_a_person_read_bears_out_the_same_day_of_one_source(
    day: str, source: str, standing: Standing
) -> None:
    one = replace(elsewhere(day, source, provider="azure"), ids=("small",), variant="fast")
    stated = with_ends(catalog(one), Ends(names=(END,))).offerings[0].facts["retires"]
    assert (stated.value, stated.standing) == (day, standing)
    if standing == Standing.AGREED:
        assert stated.reason == "the page linked says the same, read on 2026-08-20"
        assert stated.link == END.page


@pytest.mark.parametrize(
    ("link", "borne_out"), [("https://lab.example/ends", True), ("https://docs.example.org/ends", False)]
)
def test_the_page_bears_out_what_a_person_read_on_another_party_s(link: str, borne_out: bool) -> None:
    own = Fact(value="2026-05-01", standing=Standing.OVERRIDDEN, reason="Its words.", link=link)
    one = replace(offered("acme/small"), ids=("small",), facts={"retires": own})
    stated = with_ends(catalog(one), Ends(names=(END,))).offerings[0].facts["retires"]
    why = f"; {BORNE_OUT} 2026-08-20: {END.page}" if borne_out else ""
    assert stated == replace(own, reason=f"Its words.{why}")


def test_a_cloud_of_a_government_has_a_schedule_of_its_own() -> None:
    public = replace(offered("acme/small"), ids=("small",))
    government = replace(public, channel=Channel.GOVERNMENT)
    whole = replace(catalog(public), offerings=(public, government))
    assert [o.value("retires") for o in with_ends(whole, Ends(names=(END,))).offerings] == [
        "2026-05-01",
        None,
    ]


def test_a_version_ends_alone() -> None:
    ends = Ends(names=(End(provider="azure", name="small", version="1", last_day=date(2026, 5, 1)),))
    assert ended("small", ends=ends, version="2").value("retires") is None
    assert ended("small", ends=ends, version="1").value("retires") == "2026-05-01"


def test_of_several_ids_the_last_to_end_counts() -> None:
    later = End(provider="azure", name="small-x", last_day=date(2026, 7, 1))
    assert ended("small", "small-x", ends=Ends(names=(END, later))).value("retires") == "2026-07-01"


def test_where_a_provider_ends_as_a_whole_all_that_it_serves_ends() -> None:
    whole = End(provider="azure", name="", last_day=date(2026, 7, 30))
    assert ended("anything", ends=Ends(providers={"azure": whole})).value("retires") == "2026-07-30"


def test_no_page_s_last_day_differs_from_the_one_that_sources_give() -> None:
    """Bedrock's table has three days in a row; the last column is not the end of service."""
    whole = committed()
    ends = load_ends(ROOT / "docs" / "catalog" / ENDED_FILE)
    bare = replace(whole, offerings=tuple(_without_a_day(o) for o in whole.offerings))
    pages = {o.key: o.value("retires") for o in with_ends(bare, ends).offerings if "retires" in o.facts}
    given = {o.key: day for o in whole.offerings if (day := o.value("retires"))}
    assert len(pages) > 150
    assert {key: (pages[key], given[key]) for key in pages.keys() & given if pages[key] != given[key]} == {}


def _without_a_day(offering: Offering) -> Offering:
    return replace(offering, facts={name: f for name, f in offering.facts.items() if name != "retires"})


FIRST = "2026-10-15"
AT_LAB = offered("acme/small", provider="acme", retires_earliest=FIRST)


def elsewhere(day: str, *sources: str, provider: str = "cloud") -> Offering:
    claims = [Claim(record=source, value=day) for source in sources]
    one = offered("acme/small", "regional", provider)
    return replace(one, facts={"retires": replace(fact(day), claims=tuple(claims))})


def with_fact(offering: Offering, first: str) -> Offering:
    """The offering of which another source says that it does not end before a day."""
    return replace(offering, facts={**offering.facts, "retires_earliest": fact(first)})


@pytest.mark.parametrize(
    ("there", "first", "last"),
    [
        (elsewhere(FIRST, "litellm"), FIRST, None),
        (elsewhere("2026-11-15", "litellm"), None, "2026-11-15"),
        (elsewhere(FIRST, "litellm", "cloud-page"), None, FIRST),
        (elsewhere(FIRST, "cloud-page"), None, FIRST),
        (elsewhere(FIRST), None, FIRST),
        (elsewhere(FIRST, "litellm", provider="acme"), FIRST, None),
        (elsewhere("2026-12-01", "litellm", provider="google"), "2026-12-01", None),
        (elsewhere("2026-12-01", "litellm", "google-page", provider="google"), None, "2026-12-01"),
        (with_fact(elsewhere("2026-12-01", "litellm"), "2026-12-01"), "2026-12-01", None),
        (with_fact(elsewhere("2026-12-01", "litellm"), "2026-11-01"), "2026-11-01", "2026-12-01"),
    ],
)
def test_a_labs_first_possible_day_is_no_last_day(
    there: Offering, first: str | None, last: str | None
) -> None:
    whole = replace(catalog(AT_LAB), offerings=(AT_LAB, there))
    _, one = with_first_days(whole).offerings
    assert (one.value("retires_earliest"), one.value("retires")) == (first, last)


@pytest.mark.parametrize(
    ("facts", "instead"),
    [
        ({}, "medium, large"),
        ({"retires": "2027-01-01"}, "medium, large"),
        ({"replaced_by": "tiny"}, "tiny"),
    ],
)
def test_what_its_page_names_instead_is_known_where_no_source_says(
    facts: dict[str, str], instead: str
) -> None:
    one = replace(offered("acme/small", **facts), ids=("small",))
    ends = Ends(names=(replace(END, instead=("medium", "large")),))
    assert with_ends(catalog(one), ends).offerings[0].value("replaced_by") == instead


def test_a_day_that_the_vendors_page_sets_is_a_last_day_though_its_others_are_first_ones() -> None:
    there = replace(elsewhere("2026-05-01", "litellm", provider="google"), ids=("small",))
    ends = Ends(names=(replace(END, provider="google"),))
    one = with_ends(with_first_days(replace(catalog(there), offerings=(there,))), ends).offerings[0]
    assert (one.value("retires"), one.value("retires_earliest")) == ("2026-05-01", None)
    assert one.facts["retires"].link == END.page


def test_no_day_of_google_s_is_a_last_one_by_a_catalogs_word_alone() -> None:
    days = {
        o.key: fact
        for o in committed().offerings
        if o.provider in ALL_FIRST and (fact := o.facts.get("retires")) and fact.claims
    }
    assert [key for key, fact in days.items() if {c.source for c in fact.claims} == {"litellm"}] == []
    live = {o.key: o for o in committed().offerings}["google/direct/google/gemini-3.1-flash-tts-preview"]
    assert (live.value("retires"), live.value("retires_earliest")) == (None, "2026-11-17")
    assert outlook_of(live, date(2026, 11, 29)).stage == Stage.LIVE


def deployed(channel: str, provider: str = "azure", version: str = "", **facts: str) -> Offering:
    return replace(offered("acme/small", provider=provider, channel=channel, **facts), version=version)


def ends(*deployments: Offering) -> list[object]:
    whole = replace(catalog(deployments[0]), offerings=deployments)
    return [one.value("retires") for one in with_one_schedule(whole).offerings]


GLOBAL = deployed("global", retires="2026-11-19", replaced_by="acme/large")


def test_a_deployment_ends_with_the_others_of_its_model_and_says_so() -> None:
    regional = deployed("regional")
    whole = replace(catalog(GLOBAL), offerings=(GLOBAL, regional))
    facts = with_one_schedule(whole).offerings[1].facts
    assert (facts["retires"].value, facts["replaced_by"].value) == ("2026-11-19", "acme/large")
    assert facts["retires"].standing == Standing.OVERRIDDEN
    assert facts["retires"].link == SCHEDULES["azure"]
    assert facts["retires"].reason.startswith("as at azure/global/acme/small")


def test_who_bears_out_the_day_of_one_deployment_bears_out_the_schedule() -> None:
    day = "2026-11-19"
    agreed = replace(GLOBAL, facts={**GLOBAL.facts, "retires": fact(day, Standing.AGREED)})
    read = replace(
        deployed("data-zone-us"), facts={"retires": fact(day, Standing.OVERRIDDEN, reason="its page")}
    )
    whole = replace(catalog(GLOBAL), offerings=(read, agreed, deployed("regional")))
    page, _, derived = (one.facts["retires"] for one in with_one_schedule(whole).offerings)
    assert (page.value, page.standing, page.reason) == (day, Standing.AGREED, "its page")
    assert (derived.value, derived.standing) == (day, Standing.AGREED)
    later = replace(agreed, facts={**agreed.facts, "retires": fact("2027-01-01", Standing.AGREED)})
    whole = replace(whole, offerings=(read, later))
    assert with_one_schedule(whole).offerings == (read, later)


def test_no_day_is_taken_where_another_schedule_holds_or_days_differ() -> None:
    same = "2026-11-19"
    assert ends(GLOBAL, deployed("government")) == [same, None]
    assert ends(GLOBAL, deployed("regional", version="2")) == [same, None]
    assert ends(GLOBAL, deployed("regional", retires_earliest="2027-01-01")) == [same, None]
    assert ends(GLOBAL, deployed("regional", retires="2027-01-01")) == [same, "2027-01-01"]
    later = deployed("data-zone-us", retires="2027-01-01")
    assert ends(GLOBAL, later, deployed("regional")) == [same, "2027-01-01", None]
    elsewhere = deployed("global", provider="amazon-bedrock", retires=same)
    assert ends(elsewhere, deployed("regional", provider="amazon-bedrock")) == [same, None]


def test_no_public_deployment_in_the_committed_catalog_outlives_its_model() -> None:
    days: dict[tuple[str, str, str, str], set[object]] = {}
    for one in committed().offerings:
        public = one.provider in SCHEDULES and one.channel != Channel.GOVERNMENT
        if public and "retires_earliest" not in one.facts:
            days.setdefault(one.sort_key().but_channel, set()).add(one.value("retires"))
    assert not {key for key, seen in days.items() if len(seen) > 1}


@pytest.mark.parametrize(
    ("source", "ids", "ended_at"),
    [
        ("azure-retail", ("image-small",), "2026-05-01"),
        ("azure-retail#2", ("azure/small", "image-small"), "2026-05-01"),
        ("azure-retail", ("azure/small-2", "image-small"), None),  # a name that goes on
        ("litellm", ("image-small",), None),
    ],
)
def test_a_meter_of_a_price_list_is_no_name_that_goes_on(
    source: str, ids: tuple[str, ...], ended_at: str | None
) -> None:
    records = {source: Record(id="Azure OpenAI/image-small/global")}
    one = replace(offered("acme/small"), ids=ids, records=records)
    assert with_ends(catalog(one), Ends(names=(END,))).offerings[0].value("retires") == ended_at


def test_what_microsoft_retired_long_ago_is_retired_at_every_deployment() -> None:
    days = {"openai/dall-e-2": "2025-01-27", "openai/dall-e-3": "2026-03-04"}
    whole = committed()
    rows = [o for o in whole.offerings if o.provider == "azure" and o.model in days]
    assert len(rows) >= 4
    assert {(o.model, o.value("retires")) for o in rows} == {*days.items()}
