"""Golden pages, chosen for their differences and read; `ALMANAC_GOLDEN=write` writes them anew."""

from __future__ import annotations

import os
import re
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

import markdown
import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.errors import AlmanacError
from generator.exports.chooser import advisor_for
from generator.exports.documents import model_json
from generator.exports.explorer import explorer_data
from generator.exports.leaderboards import make_boards
from generator.pages.entities import entity_pages
from generator.pages.home import home_page
from generator.pages.overviews import channels_page, models_page
from generator.pages.page import render
from generator.pages.quality.scores import scores_page
from generator.pages.retirements import retirement_pages
from generator.pages.sections import section_pages
from generator.pages.versus import versus_index
from generator.site.html.markup import to_html
from generator.views.figures import escape
from generator.views.truth.error_file import Measured
from generator.views.truth.error_rates import ErrorRate
from playground.catalog import Catalog, Evidence, Fact, Held, HeldChange, Score, Standing
from playground.labels.labels import label, money
from playground.lifecycle.replacement import Outlooks
from playground.versus.side import side
from tests.catalogs import ALL_KNOWN, DISPUTED, HOSTILE, TIERED, catalog, fact, offering

GOLDEN = Path("tests/golden")
PAGES = {
    "all-known": catalog(ALL_KNOWN, name="All Known"),
    "all-unknown": catalog(offering("acme/nothing")),
    "tiered": catalog(TIERED, name="Tiered"),
    "disputed": catalog(DISPUTED, name="Disputed"),
    "hostile": catalog(offering("acme/evil", price__input=fact(Decimal(1))), name=HOSTILE),
}


def model_page(which: Catalog) -> str:
    return next(p.markdown for p in entity_pages(which) if p.path.startswith("/models/"))


@pytest.mark.parametrize("name", sorted(PAGES))
def test_golden_page(name: str) -> None:
    path = GOLDEN / f"{name}.md"
    made = model_page(PAGES[name])
    if os.environ.get("ALMANAC_GOLDEN") == "write":
        path.write_text(made)
    assert made == path.read_text()


def test_that_a_page_was_read_and_has_none_is_said_and_what_nobody_knows_is_a_dash() -> None:
    """In the table, in the evidence, in the explorer and in the JSON, each with who says it."""
    said = 'The page says "No shutdown date announced". (2026-11-27)'
    none = Fact(value=None, standing=Standing.OVERRIDDEN, reason=said, link="https://a.example/")
    held = Fact(value=None, standing=Standing.SUSPECT)
    one = replace(offering("acme/one"), facts={"retires": none, "context_tokens": held, "rate_tiers": none})
    page = model_page(catalog(one))
    assert '<span class="none">none announced</span>' in page
    assert "Rate limits by tier none published" in page
    assert "No shutdown date announced" in page
    (row,) = explorer_data(catalog(one), {"acme/one": "One"})["columns"]["retires"]["values"]
    assert row == [None, "O", "none announced"]
    (published,) = model_json(catalog(one).models["acme/one"], "One", [one], catalog(one), [])["offerings"]
    texts = {one["field"]: (one["value"], one["text"]) for one in published["facts"]}
    assert texts["retires"] == (None, "none announced")
    assert texts["context_tokens"] == (None, "—")


def test_a_cutoff_that_is_not_stated_stands_with_its_page_and_day_and_is_no_cutoff() -> None:
    link = "https://acme.example/card?a=1&b=2"
    none = Fact(value=None, standing=Standing.OVERRIDDEN, reason="It gives none. (2026-10-05)", link=link)
    which = catalog(offering("acme/one"))
    model = replace(which.models["acme/one"], facts={"knowledge": none})
    which = replace(which, models={"acme/one": model})
    page = model_page(which)
    where = 'on <a href="https://acme.example/card?a=1&amp;b=2">its page</a>, read on 2026-10-05'
    assert '<span class="none">not stated</span><a class="letter letter-o"' in page
    assert where in page
    assert model.value("knowledge") is None
    (fact,) = model_json(model, "One", which.offerings, which, [])["facts"]
    assert (fact["value"], fact["text"]) == (None, "not stated")


UNTIL = 'until <time datetime="2027-02-06" data-ends>2027-02-06</time>'


@pytest.mark.parametrize(
    ("facts", "mark"),
    [
        ({}, ""),
        ({"status": "retired"}, ' <small class="ended">retired</small>'),
        ({"retires": "2027-02-06"}, f' <small class="ending">{UNTIL}</small>'),
    ],
)
def test_a_model_that_ends_says_so_wherever_it_is_listed(facts: dict[str, str], mark: str) -> None:
    """By a day that is true whenever it is read: what is past is marked by the reader's clock."""
    one = offering(
        "acme/one", **{name: fact(value) for name, value in facts.items()}, can__vision=fact("yes")
    )
    score = Score(
        benchmark="B",
        score=Decimal(1),
        metric="%",
        evidence=Evidence.MEASURED,
        by="x",
        link="https://x.example",
        as_of="2026-01-01",
    )
    whole = catalog(one, name="One")
    models = {
        f"acme/one{n}": replace(whole.models["acme/one"], id=f"acme/one{n}") for n in ("", "2", "3", "4", "5")
    }
    models = {name: replace(model, scores=(score,)) for name, model in models.items()}
    whole = replace(whole, models=models)
    names = dict.fromkeys(models, "One")
    entities = {page.path: page.markdown for page in entity_pages(whole)}
    overviews = [
        models_page(whole, names),
        scores_page(make_boards(advisor_for(whole, "0"), (), (), {}), lambda _: ""),
        versus_index((side("acme/one", whole, names),), whole, live=False),
    ]
    lists = [entities["/labs/acme/"], entities["/capabilities/vision/"], *(p.markdown for p in overviews)]
    for text in lists:
        assert text.count(mark or "xx") == (1 if mark else 0), text
        assert bool(mark) == ("ended" in text or "data-ends" in text)
    # What is retired is a way in no more.
    assert ("data-ends" in channels_page(whole, names).markdown) is ("data-ends" in mark)
    # A last day has its own column there.
    shown = entities["/providers/azure/"]
    assert (mark in shown) if "retired" in mark else ("data-ends" in shown) is bool(mark)


def test_the_calendar_counts_from_a_day_that_it_names() -> None:
    outlooks = Outlooks(PAGES["all-known"], date(2027, 1, 1))
    first, *_ = retirement_pages(outlooks, live=False, ended=False)
    lead = first.markdown.partition("</p>")[0]
    assert '1 known retirements from <time datetime="2027-01-01">2027-01-01</time> on, 1 of them' in lead
    assert '<time datetime="2027-02-06" data-until>2027-02-06</time>' in first.markdown
    for template in sorted(Path("generator/pages/templates").rglob("*.j2")):
        assert not re.search(r"to come|days left|\bin \{\{[^}]*\}\} days", template.read_text()), template


def test_a_hostile_name_is_only_text_on_the_page() -> None:
    made = model_page(PAGES["hostile"]).replace("*Correct*", "")
    html = to_html(made)
    assert "<img" not in html + markdown.markdown(made, extensions=["tables", "md_in_html"])
    assert "<em>" not in html
    assert 'href="javascript:' not in html
    assert "Evil | `model` &lt;img src=x onerror=alert(1)&gt;" in html.replace("&#124;", "|").replace(
        "&#96;", "`"
    )


@given(st.text(max_size=80))
def test_escaped_text_never_makes_markup_or_a_table_cell(text: str) -> None:
    cell = escape(text)
    table = f"| a | b |\n|---|---|\n| x{cell}x | y |\n"
    for html in (markdown.markdown(table, extensions=["tables"]), to_html(table)):
        assert html.count("<td>") == 2
        assert [t for t in ("<em>", "<strong>", "<code>", "<a ", "<img") if t in html] == []


@pytest.mark.parametrize(
    ("usd", "shown"),
    [
        ("2", "$2.00"),
        ("0.075", "$0.075"),
        ("1234.5", "$1,234.50"),
        ("0.0000025", "$0.0000025"),
        ("0", "$0.00"),
    ],
)
def test_money_is_shown_whole(usd: str, shown: str) -> None:
    assert money(Decimal(usd)) == shown


def test_fields_have_names_for_readers() -> None:
    assert label("price.batch.cache_write_1h>272000") == "Cache write, 1 h (batch, above 272,000 tokens)"
    assert label("price.output.per_second[1080p]") == "Output per second (1080p)"
    assert label("can.tool_calls") == "Tool calls"
    assert label("effort.xhigh") == "Effort xhigh"


def test_a_source_that_could_not_be_read_says_so_with_its_age() -> None:
    made = catalog(offering("acme/one"))
    old = made.sources["models-dev"]
    stale = replace(old, retrieved=old.retrieved - timedelta(days=5), stale="got '<p>Sign in_*'")
    made = replace(made, sources={**made.sources, "models-dev": stale})
    home = home_page(made, "0", playground=False)
    pages = {p.path: p.markdown for p in (home, *section_pages(made, {}, "0"))}
    assert f'"Stale: last read on {stale.retrieved}, 5 days before the newest source"' in pages["/sources/"]
    assert "got '&lt;p&gt;Sign in&#95;&#42;'." in pages["/sources/"]
    assert f"| <time>{stale.as_of}</time> (stale) |" in pages["/"]


def test_a_change_that_waits_is_listed_with_its_id_and_both_values() -> None:
    change = HeldChange(
        target="azure/global/acme/one", field="price.input", was=Decimal("2.5"), now=Decimal(2500)
    )
    held = Held(source="litellm", where="azure", reason="a slipped unit", changes=(change,) * 10)
    made = replace(catalog(offering("acme/one")), held=(held,))
    page = next(p.markdown for p in section_pages(made, {}, "0") if p.path == "/held-back/")
    assert f"`- approve: {held.id}`" in page
    assert "azure/global/acme/one, Input: $2.50 → $2,500.00<br>" in page
    assert "and 2 more" in page


def test_a_template_that_does_not_get_a_value_is_an_error_that_names_its_line() -> None:
    with pytest.raises(AlmanacError, match=r"lab\.md\.j2: line \d+: '\w+' is undefined; report it"):
        render("entities/lab.md.j2")


@pytest.mark.parametrize("measured", [False, True])
def test_pages_link_only_to_the_parts_of_the_sources_page_that_are_there(measured: bool) -> None:
    rates = (ErrorRate(source="litellm", sort="prices", wrong=1, claims=50),)
    errors = Measured(facts=70, as_of="2026-11-12", rates=rates) if measured else None
    named = ("acme/all-known",) if measured else ()
    made = section_pages(catalog(ALL_KNOWN), {}, "", named=named, errors=errors)
    pages = {p.path: p.markdown for p in made if p.path in ("/method/", "/sources/")}
    asked = set(re.findall(r"/sources/#([\w-]+)", pages["/method/"]))
    assert asked == ({"errors", "front"} if measured else set())
    for part in asked:
        assert f'id="{part}"' in pages["/sources/"]
