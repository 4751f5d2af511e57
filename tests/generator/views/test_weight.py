"""Disputes by weight: prices of front models first, slight differences of limits last."""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal

from generator.pages.disagreements import disagreements_page
from generator.pages.entities import entity_pages
from generator.views.as_of import latest
from generator.views.mending.mending import by_kind, to_mend
from generator.views.mending.weight import by_weight, ratio
from generator.views.report import every_fact
from playground.catalog import Channel, Claim, Fact, Offering, Standing, Value
from playground.labels.labels import label
from playground.lifecycle.passed import on_day
from tests.catalogs import catalog, committed, offering


def disputed(a: Value, b: Value, suspect: Value | None = None) -> Fact:
    claims = [Claim(record="litellm", value=a), Claim(record="models-dev", value=b, note="disagrees")]
    if suspect is not None:
        claims.append(Claim(record="genai-prices", value=suspect, note="suspect: a slipped unit"))
    return Fact(value=a, standing=Standing.DISPUTED, claims=tuple(claims))


def at(model: str, channel: Channel, **facts: Fact) -> Offering:
    return replace(
        offering(model), channel=channel, facts={n.replace("__", "."): f for n, f in facts.items()}
    )


OFFERINGS = (
    # A limit a hundredth apart, at four places; a name; a front model's price a little apart.
    *(
        at("acme/front", channel, max_output_tokens=disputed(100_000, 103_000))
        for channel in (Channel.EU, Channel.US, Channel.JP, Channel.AU)
    ),
    at(
        "acme/front",
        Channel.GLOBAL,
        price__input=disputed(Decimal(10), Decimal(11)),
        status=disputed("a", "b"),
    ),
    # Of others a price eight times, at one place; a limit doubled at two; a yes and a no at one.
    at("acme/side", Channel.GLOBAL, price__input=disputed(Decimal(1), Decimal(8), Decimal(8000))),
    at("acme/side", Channel.EU, context_tokens=disputed(1000, 2000), can__vision=disputed("yes", "no")),
    at("acme/side", Channel.US, context_tokens=disputed(1000, 2000)),
)
WHOLE = catalog(*OFFERINGS)
NAMED = replace(
    WHOLE,
    models={m: replace(v, facts={"name": disputed("One", "Uno")}) for m, v in WHOLE.models.items()},
)
#: Of each model and field, in the order of their weight where acme/front is a front model.
ORDER = (
    ("acme/front", "price.input"),
    ("acme/side", "price.input"),
    ("acme/side", "context_tokens"),
    ("acme/side", "context_tokens"),
    ("acme/front", "status"),
    ("acme/side", "can.vision"),
    ("acme/front", "name"),
    ("acme/side", "name"),
    *(("acme/front", "max_output_tokens"),) * 4,
)


def weighed(front: tuple[str, ...]) -> list[tuple[str, str]]:
    ordered = by_weight(every_fact(NAMED), front)
    return [(of.model if isinstance(of, Offering) else of.id, name) for of, name, _ in ordered]


def test_what_matters_most_comes_first() -> None:
    assert weighed(("acme/front",)) == list(ORDER)
    # Without a front model its price is one of many: apart by a tenth.
    assert weighed(())[:2] == [("acme/side", "price.input"), ("acme/side", "context_tokens")]
    assert weighed(()).index(("acme/front", "price.input")) > weighed(()).index(("acme/side", "can.vision"))


def test_what_is_held_back_does_not_make_a_dispute_larger() -> None:
    assert ratio(disputed(Decimal(1), Decimal(8), Decimal(8000))) == 8
    assert ratio(disputed("yes", "no")) == 0


def test_the_page_of_disagreements_is_in_this_order() -> None:
    page = disagreements_page(NAMED, ("acme/front",)).markdown
    fields = re.findall(r"^\| \[[^\]]+\]\(/models/([^)]+?)/#[^)]*\) \| ([^|]+) \|", page, re.M)
    assert fields == [(model, label(field)) for model, field in ORDER]


def test_a_models_page_has_a_row_for_each_field_with_the_places_that_share_it() -> None:
    pages = {p.path: p.markdown for p in entity_pages(NAMED)}
    for model, rows in (
        ("front", ["Input | $10.00 | 1.10× | 1", "Status | a | — | 1", "Name | One | — | 1"]),
        ("side", ["Input | $1.00 | 8.00× | 1", "Context window | 1,000 | 2.00× | 2", "Vision | yes | — | 1"]),
    ):
        part = pages[f"/models/acme/{model}/"].partition('<h2 id="disputed">')[2].partition("<h2")[0]
        found = [re.sub(r"\[|\]\([^)]*\)", "", row) for row in re.findall(r"^\| (\[.+)", part, re.M)]
        assert [" | ".join(row.split(" | ")[:4]) for row in found][: len(rows)] == rows
    assert "Where sources differ" not in next(iter(entity_pages(catalog(offering("acme/one"))))).markdown


def test_the_page_of_disagreements_says_how_the_report_orders_and_counts() -> None:
    """The last days that have passed count in what lies on the disk; what is shown has worked them out."""
    stored = committed()
    page = disagreements_page(on_day(stored, latest(stored)), (), stored).markdown
    counts = by_kind(to_mend(stored, (), latest(stored)))
    listed = {kind: n for kind, n in counts.items() if n and kind != "dispute"}
    assert "date in the past" in listed
    assert ": " + ", ".join(f"{kind} ({n:,})" for kind, n in listed.items()) + "." in page
    assert "the models that most readers come for first, then what stands at the most places" in page
    assert f"counts the disagreements as {counts['dispute']:,}: one for each field of a model" in page
