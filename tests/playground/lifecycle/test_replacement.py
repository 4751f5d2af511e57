"""What takes the place of what ends: what is named, what fits, which line goes on, and why none does."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from playground.catalog import Catalog, Channel, Fact, Offering, Standing, Statement
from playground.lifecycle.outlook import outlook_of
from playground.lifecycle.replacement import Ground, Outlooks, Replacement
from tests.catalogs import catalog, naming, offered

TODAY = date(2026, 11, 25)
CHAT = {"kind": "chat", "context_tokens": 128000, "can__tool_calls": "yes"}
USD = {"price__input": 2, "price__output": 8}


def chat(model: str, channel: str = "direct", provider: str = "acme", **facts: object) -> Offering:
    return offered(model, channel, provider, **{**CHAT, **USD, **facts})


OLD = chat("acme/fox-small-1", retires="2026-12-09")
NEW = chat("acme/fox-small-2")


def answer(old: Offering, whole: Catalog) -> Replacement | None:
    return Outlooks(whole, TODAY).replacement(outlook_of(old, TODAY))


def model(old: Offering, whole: Catalog) -> str:
    there = answer(old, whole)
    return there.offering.model if there else ""


def why_none(old: Offering, whole: Catalog) -> str:
    return Outlooks(whole, TODAY).why_none(outlook_of(old, TODAY))


def test_the_newest_of_the_same_line_that_fits_is_said_with_its_reason() -> None:
    cheaper = chat("acme/fox-small-3", price__input=1, price__output=5)
    there = answer(OLD, catalog(OLD, NEW, cheaper, chat("acme/fox-small-4", price__input=9)))
    assert there is not None
    assert (there.offering.model, there.ground) == ("acme/fox-small-3", Ground.LINE)
    assert there.why == "newest that fits of the same line at Acme, 43 % cheaper, same abilities"
    assert (there.url, there.by_vendor) == ("", False)
    assert there.differences == ("input $2.00 → $1.00 (−50 %)", "output $8.00 → $5.00 (−38 %)")


@pytest.mark.parametrize(
    ("other", "reason"),
    [
        (chat("acme/fox-small-2", price__input=3), "fox-small-2 is newer, but costs more"),
        (chat("acme/fox-small-2", can__tool_calls="no"), "fox-small-2 is newer, but has no tool calls"),
        (
            replace(NEW, facts={n: f for n, f in NEW.facts.items() if n != "can.tool_calls"}),
            "fox-small-2 is newer, but is not known to have tool calls",
        ),
        (chat("acme/fox-small-2", context_tokens=64000), "but takes 64,000 tokens of 128,000"),
        (chat("acme/fox-small-2", retires="2027-02-01"), "but ends itself on 2027-02-01"),
        (chat("acme/fox-small-2", status="deprecated"), "but is deprecated itself"),
        (chat("acme/fox-small-2", kind="image"), "but is called for image"),
        (replace(NEW, variant="free"), "but is sold in another way (free)"),
        (replace(NEW, version="latest"), "no newer fox small at Acme yet"),
        (chat("acme/fox-small-2-preview"), "no newer fox small at Acme yet"),
        (chat("acme/fox-large-2"), "no newer fox small at Acme yet"),
        (chat("acme/fox-small"), "no newer fox small at Acme yet"),
        (chat("acme/fox-small-0.9"), "no newer fox small at Acme yet"),
        (chat("acme/fox-small-coder-2"), "no newer fox small at Acme yet"),
        (chat("acme/fox-small-2-thinking"), "no newer fox small at Acme yet"),
        (chat("acme/fox-small-2-70b"), "no newer fox small at Acme yet"),
        (chat("acme/fox-small-2", provider="elsewhere"), "no newer fox small at Acme yet"),
    ],
)
def test_what_does_not_fit_is_none_and_the_reason_is_given(other: Offering, reason: str) -> None:
    whole = catalog(OLD, other)
    assert model(OLD, whole) == ""
    assert why_none(OLD, whole).endswith(reason)


@pytest.mark.parametrize(
    ("old", "new", "fits"),
    [
        ("acme/claude-3-5-haiku", "acme/claude-haiku-4-5", True),
        ("acme/claude-haiku-4-5", "acme/claude-sonnet-5", False),
        ("acme/fox-70b-1", "acme/fox-2-72b", True),
        ("acme/fox-70b-1", "acme/fox-2-8b", False),
        ("acme/fox-thinking-1", "acme/fox-2", True),
        ("acme/fox-2407", "acme/fox-2512", True),
        ("acme/fox-2512", "acme/fox-3.5", False),
        ("acme/fox-4.1", "acme/fox-4.20", True),
        ("acme/fox-4.20", "acme/fox-4.3", True),
        ("acme/fox-v3", "acme/fox-vl-4", False),
        ("acme/fox-1-preview", "acme/fox-2-preview", True),
    ],
)
def test_a_line_is_what_a_name_says_without_its_numbers(old: str, new: str, fits: bool) -> None:
    ending = chat(old, retires="2026-12-09")
    assert model(ending, catalog(ending, chat(new))) == (new if fits else "")


def test_what_its_provider_names_goes_first_with_the_page_whatever_it_costs() -> None:
    named = chat("acme/bear-9", price__input=9, can__tool_calls="no")
    there = answer(OLD, naming(catalog(OLD, NEW, named), "acme", OLD.model, "acme/gone", named.model))
    assert there is not None
    assert (there.offering.model, there.ground, there.by_vendor) == (named.model, Ground.PROVIDER, True)
    assert (there.why, there.url) == ("Acme names it", "https://example.com/ends")
    assert "loses tool calls" in there.differences


def test_what_a_source_says_is_named_counts_however_it_is_written() -> None:
    old = chat("acme/fox-small-1", replaced_by="Nowhere, Bear.9")
    assert model(old, catalog(old, NEW, chat("acme/bear-9"))) == "acme/bear-9"


def test_what_people_read_at_the_vendor_goes_before_what_a_source_says() -> None:
    """A vendor names newer models as it brings them out, and a source is as old as its last reading."""
    old = chat("acme/fox-small-1", retires="2026-12-09", replaced_by="bear-8")
    whole = catalog(old, NEW, chat("acme/bear-8"), chat("acme/bear-9"))
    assert model(old, naming(whole, "acme", old.model, "acme/bear-9")) == "acme/bear-9"
    assert model(old, naming(whole, "acme", old.model, "acme/gone")) == "acme/bear-8"


def test_words_about_a_version_go_before_those_about_any() -> None:
    dated = replace(OLD, version="2024-05-13")
    whole = naming(catalog(OLD, dated, NEW, chat("acme/bear-9")), "acme", OLD.model, NEW.model)
    whole = naming(whole, "acme", f"{OLD.model}@2024-05-13", "acme/bear-9")
    assert (model(OLD, whole), model(dated, whole)) == (NEW.model, "acme/bear-9")


def test_where_the_named_one_has_ended_its_own_replacement_counts_and_no_circle_is_gone_round() -> None:
    gone = chat("acme/bear-8", status="retired")
    whole = naming(catalog(OLD, gone, chat("acme/bear-9")), "acme", OLD.model, gone.model)
    whole = naming(whole, "acme", gone.model, OLD.model, "acme/bear-9")
    there = answer(OLD, whole)
    assert there is not None
    assert (there.offering.model, there.why) == ("acme/bear-9", "Acme names bear-8, then bear-9")
    circle = naming(catalog(OLD, gone), "acme", OLD.model, gone.model)
    assert model(OLD, naming(circle, "acme", gone.model, OLD.model)) == ""


def test_a_named_one_that_ends_soon_gives_way_to_what_follows_it_else_it_is_named_with_its_end() -> None:
    soon = chat("acme/bear-8", retires="2027-02-01")
    whole = naming(catalog(OLD, soon, chat("acme/bear-9")), "acme", OLD.model, soon.model)
    there = answer(OLD, whole)
    assert there is not None
    assert (there.offering.model, "which has ended or soon will" in there.why) == ("acme/bear-9", True)
    alone = answer(OLD, naming(catalog(OLD, soon), "acme", OLD.model, soon.model))
    assert alone is not None
    assert (alone.offering.model, alone.differences) == (soon.model, ("ends itself on 2027-02-01",))


def test_what_is_named_and_not_served_is_said_where_nothing_takes_its_place() -> None:
    whole = naming(catalog(OLD, chat("acme/bear-9", provider="elsewhere")), "acme", OLD.model, "acme/bear-9")
    assert model(OLD, whole) == ""
    assert why_none(OLD, whole) == "Acme names bear-9, not served here or ended as well"


def test_elsewhere_the_labs_own_word_counts_where_it_fits_and_says_whose_it_is() -> None:
    hosted = chat("acme/fox-small-1", "hosted", "cheap", retires="2026-12-09")
    bear = chat("acme/bear-9", "hosted", "cheap")
    whole = naming(catalog(OLD, hosted, bear), "acme", OLD.model, bear.model)
    there = answer(hosted, whole)
    assert there is not None
    assert (there.offering.key, there.ground) == (bear.key, Ground.LAB)
    assert there.why == "Acme names it on its own API, same price, same abilities"
    dear = replace(
        bear, facts={**bear.facts, "price.input": chat("x/y", price__input=9).facts["price.input"]}
    )
    assert model(hosted, naming(catalog(OLD, hosted, dear), "acme", OLD.model, bear.model)) == ""


def test_a_line_that_the_lab_leaves_goes_on_in_the_one_that_it_names_but_not_in_another_speciality() -> None:
    first, second = chat("acme/fox-1", retires="2026-12-09"), chat("acme/fox-1.5", retires="2026-12-09")
    whole = catalog(first, second, chat("acme/fox-sol-2"), chat("acme/fox-sol-3"))
    there = answer(second, naming(whole, "acme", first.model, "acme/fox-sol-2"))
    assert there is not None
    assert (there.offering.model, there.ground) == ("acme/fox-sol-3", Ground.LINE)
    assert there.why.startswith("newest fox sol at Acme, the line that Acme names for fox, same price")
    coder = naming(catalog(first, second, chat("acme/fox-coder-2")), "acme", first.model, "acme/fox-coder-2")
    assert model(second, coder) == ""


def test_what_its_provider_sends_users_away_from_takes_no_place() -> None:
    dear = chat("acme/bear-9", price__input=9)
    whole = naming(catalog(OLD, NEW, dear), "acme", NEW.model, dear.model)
    assert model(OLD, whole) == ""
    assert why_none(OLD, whole) == "fox-small-2 is newer, but is named to be replaced itself"


def test_what_a_place_does_not_say_others_may_if_most_agree_and_the_reason_says_so() -> None:
    unsaid = replace(NEW, facts={n: f for n, f in NEW.facts.items() if n != "can.tool_calls"})
    there = answer(OLD, catalog(OLD, unsaid, chat(NEW.model, provider="elsewhere")))
    assert there is not None
    assert there.why.endswith("same abilities, tool calls by what is known of it elsewhere")
    others = (chat(NEW.model, provider="a"), chat(NEW.model, provider="b", can__tool_calls="no"))
    assert model(OLD, catalog(OLD, unsaid, *others)) == ""


def test_requests_stay_where_they_stayed() -> None:
    def stays(value: str, channel: str) -> Statement:
        return Statement(value=value, quote="…", url="", read=TODAY, channels=(Channel(channel),))

    old = chat(OLD.model, "eu", "azure", retires="2026-12-09")
    abroad, same = chat(NEW.model, "global", "azure"), chat(NEW.model, "data-zone-eu", "azure")
    promised = (stays("eu", "eu"), stays("eu", "data-zone-eu"), stays("anywhere", "global"))

    def of(*offerings: Offering) -> Catalog:
        whole = catalog(*offerings)
        azure = replace(whole.providers["azure"], residency=promised)
        return replace(whole, providers={**whole.providers, "azure": azure})

    assert why_none(old, of(old, abroad)).endswith("is not served over EU profile")
    there = answer(old, of(old, same))
    assert there is not None
    assert there.differences == ("over Data Zone EU, not EU profile",)
    free = replace(old, channel=Channel.GLOBAL)
    assert model(free, of(free, same)) == NEW.model


def test_what_ends_over_another_channel_is_not_taken_to_stay() -> None:
    silent = chat(NEW.model, "regional", "azure")
    ends = chat(NEW.model, "global", "azure", retires="2026-12-20")
    old = chat(OLD.model, "regional", "azure", retires="2026-12-09")
    assert why_none(old, catalog(old, silent, ends)).endswith("ends on 2026-12-20 over another channel")


def test_a_price_in_doubt_compares_with_nothing() -> None:
    doubt = {f"price.{m}": Fact(value=1, standing=Standing.DOUBTFUL) for m in ("input", "output")}
    unsure = replace(NEW, facts={**NEW.facts, **doubt})
    assert why_none(OLD, catalog(OLD, unsure)).endswith("its price is not known, or in doubt")
    old = replace(OLD, facts={**OLD.facts, **doubt})
    there = answer(old, catalog(old, NEW))
    assert there is not None
    assert there.why == "newest of the same line at Acme, prices not compared, same abilities"
    assert there.differences == ()


def test_what_is_sold_otherwise_than_by_tokens_is_compared_by_that() -> None:
    def paints(model: str, usd: float, **facts: object) -> Offering:
        sold = {"price__output.per_image": usd, **facts}
        return offered(model, "direct", "acme", kind="image", **sold)

    old = paints("acme/fox-image-1", 0.04, retires="2026-12-09")
    assert model(old, catalog(old, paints("acme/fox-image-2", 0.03))) == "acme/fox-image-2"
    assert model(old, catalog(old, paints("acme/fox-image-2", 0.05))) == ""


def test_what_a_place_names_for_a_model_that_it_serves_no_more_is_known_too() -> None:
    whole = naming(catalog(OLD, NEW), "acme", "acme/owl-1", NEW.model)
    ((provider, there),) = Outlooks(whole, TODAY).elsewhere("acme/owl-1")
    assert (provider, there.offering.model) == ("acme", NEW.model)
    assert not list(Outlooks(whole, TODAY).elsewhere(OLD.model))


def test_an_alias_is_no_replacement_and_what_is_named_for_its_model_holds_for_it() -> None:
    alias = chat("acme/fox-small", retires="2026-12-09")
    whole = catalog(OLD, NEW, alias)
    leads = replace(
        whole.models[alias.model], facts={"points_to": Fact(value=OLD.model, standing=Standing.SINGLE)}
    )
    whole = replace(whole, models={**whole.models, alias.model: leads})
    assert model(alias, naming(whole, "acme", OLD.model, NEW.model)) == NEW.model
    assert model(OLD, naming(whole, "acme", OLD.model, alias.model)) == NEW.model
