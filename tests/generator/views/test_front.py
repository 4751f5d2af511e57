"""The front models: which the rule takes, and what counts as an answer about them."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner

from generator.cli.catalog.report import report
from generator.curated.statements.parties import BORNE_OUT
from generator.curated.versus_models import load_versus
from generator.pages.about import sources_page
from generator.views.as_of import latest
from generator.views.figures import escape
from generator.views.front.completeness import Complete, front
from generator.views.front.questions import ANSWERED, QUESTIONS, Answer
from generator.views.front.rule import FRONT, OLDEST, SELLERS, SERVED_BY, front_models
from playground.catalog import Catalog, Channel, Claim, Evidence, Fact, Offering, Seller, Standing, Statement
from playground.lifecycle.passed import on_day
from tests.catalogs import catalog, committed, fact, offered, offering

PEOPLE = load_versus(Path("docs/catalog/versus.yml"))


def served(model: str, providers: int, status: str = "") -> list[Offering]:
    more = {"status": status} if status else {}
    return [offered(model, provider=f"host-{n}", kind="chat", **more) for n in range(providers)]


def knowing(which: Catalog, model: str, **facts: str) -> Catalog:
    """The catalog with what else is known of a model."""
    known = replace(which.models[model], facts={name: fact(value) for name, value in facts.items()})
    return replace(which, models={**which.models, model: known})


WHOLE = catalog(
    *served("acme/one-2.5", SELLERS),
    *served("acme/one-3", SERVED_BY),
    *served("acme/one-3.5", SERVED_BY - 1),
    *served("acme/one-4", SELLERS, status="retired"),
    *served("acme/one-mini-2", 3),
    *served("acme/two-1", 1),
    *served("small/three-1", SELLERS - 1),
)


def test_front_models_are_the_newest_of_each_line_of_the_main_labs() -> None:
    # By the number of providers of a line: the newest of `one` stands for all that sell it.
    assert front_models(WHOLE, ()) == ("acme/one-3", "acme/one-mini-2")
    # A named model brings its line to the front, and its lab; it need not be the newest.
    assert front_models(WHOLE, ("acme/two-1", "acme/none")) == ("acme/two-1", "acme/one-3", "acme/one-mini-2")
    assert front_models(WHOLE, ("small/three-0.5",))[0] == "small/three-1"
    assert front_models(catalog(), ()) == ()


def test_an_alias_and_what_is_known_to_be_old_are_no_front_models() -> None:
    aliased = knowing(WHOLE, "acme/one-3", points_to="acme/one-2.5")
    assert front_models(aliased, ())[0] == "acme/one-2.5"
    too_old = latest(WHOLE) - OLDEST - timedelta(days=1)
    old = knowing(WHOLE, "acme/one-mini-2", released=str(too_old))
    assert front_models(old, ()) == ("acme/one-3",)
    assert "acme/one-mini-2" in front_models(old, ("acme/one-mini-2",))
    just = knowing(WHOLE, "acme/one-mini-2", released=str(too_old + timedelta(days=1)))
    assert "acme/one-mini-2" in front_models(just, ())


def test_of_the_committed_catalog_sixty_stand_for_the_lines_that_people_named() -> None:
    front = front_models(committed(), PEOPLE)
    assert len(front) == len(set(front)) == FRONT
    assert {m.partition("/")[0] for m in PEOPLE} <= {m.partition("/")[0] for m in front}


def asked_of(model: dict[str, Fact], home: dict[str, Fact]) -> dict[str, Complete]:
    """The answers of a catalog with one front model and one place of it."""
    place = replace(offering("acme/one", Channel.GLOBAL), facts={"kind": fact("chat"), **home})
    which = catalog(place)
    which = replace(which, models={"acme/one": replace(which.models["acme/one"], facts=model)})
    return {row.name: row for row in front(which, ("acme/one",)).complete}


def answers(model: dict[str, Fact], home: dict[str, Fact]) -> dict[str, Answer]:
    rows = asked_of(model, home).values()
    return {row.name: next(a for a, models in row.models.items() if models) for row in rows if row.asked}


NONE = Fact(value=None, standing=Standing.OVERRIDDEN, reason="the page has none", link="https://a.example/")
LEVELS = {f"effort.{e}": fact("no") for e in ("none", "minimal", "low", "medium", "high", "xhigh", "max")}


def test_nothing_known_is_no_answer() -> None:
    every = answers({}, {})
    assert set(every.values()) == {Answer.UNKNOWN}
    # What nobody calls closed is asked for its licence; what does not end is not replaced.
    assert set(every) == {q.name for q in QUESTIONS} - {"replacement (where it ends)"}


@pytest.mark.parametrize(
    ("question", "home", "answer"),
    [
        ("efforts", {"can.reasoning": fact("no")}, Answer.NOT_APPLICABLE),
        ("efforts", {"effort.high": fact("yes")}, Answer.UNKNOWN),
        ("efforts", LEVELS, Answer.KNOWN),
        ("default effort", LEVELS, Answer.NOT_APPLICABLE),
        ("default effort", {**LEVELS, "effort.high": fact("yes")}, Answer.UNKNOWN),
        ("default effort", {"default_effort": fact("high")}, Answer.KNOWN),
        ("price of cached input", {"can.prompt_caching": fact("no")}, Answer.NOT_APPLICABLE),
        ("prices of batch", {"price.batch.input": fact(1)}, Answer.UNKNOWN),
        ("prices of batch", {"price.batch.input": NONE, "price.batch.output": NONE}, Answer.NOT_APPLICABLE),
        ("last day, or not before", {"retires_earliest": fact("2027-01-01")}, Answer.KNOWN),
        ("last day, or not before", {"retires": NONE}, Answer.NOT_APPLICABLE),
        ("replacement (where it ends)", {"retires": fact("2027-01-01")}, Answer.UNKNOWN),
        (
            "replacement (where it ends)",
            {"retires": fact("2027-01-01"), "replaced_by": fact("acme/two")},
            Answer.KNOWN,
        ),
        ("regions, or where requests stay", {"some_regions": fact(("eastus",))}, Answer.KNOWN),
        ("rate limits by tier", {"rate_tiers": fact(("Tier 1: 500 requests a minute",))}, Answer.KNOWN),
    ],
)
def test_that_it_does_not_apply_is_an_answer_only_where_the_catalog_says_so(
    question: str, home: dict[str, Fact], answer: Answer
) -> None:
    assert answers({}, home)[question] == answer


def test_a_cutoff_that_the_labs_page_does_not_state_answers_and_is_held_apart() -> None:
    read = replace(NONE, reason="the page has none (2026-10-05)")
    rows = asked_of({"knowledge": read, "released": NONE}, {})
    cutoff, released = rows["knowledge cutoff"], rows["release date"]
    assert cutoff.models == {**dict.fromkeys(Answer, ()), Answer.NOT_STATED: ("acme/one",)}
    assert cutoff.share == 1
    # What there may really be none of is answered by that.
    assert (released.models[Answer.NOT_APPLICABLE], released.share) == (("acme/one",), 1)


@pytest.mark.parametrize(
    "without",
    [
        NONE,
        Fact(value=None, standing=Standing.OVERRIDDEN, reason="the page has none (2026-10-05)"),
        Fact(
            value=None, standing=Standing.SINGLE, reason="held back (2026-10-05)", link="https://a.example/"
        ),
    ],
    ids=["no day", "no page", "no person read it"],
)
def test_that_a_cutoff_is_not_stated_answers_only_with_the_page_and_the_day(without: Fact) -> None:
    row = asked_of({"knowledge": without}, {})["knowledge cutoff"]
    assert (row.models[Answer.UNKNOWN], row.share) == (("acme/one",), 0)


def test_a_variant_speaks_for_a_model_only_where_nobody_serves_it_plain() -> None:
    own = replace(offered("acme/one", provider="acme"), variant="fast-chips")
    cloud = offered("acme/one", channel="global", context_tokens=1000)

    def window(*places: Offering) -> Answer:
        (row,) = (c for c in front(catalog(*places), ("acme/one",)).complete if c.name == "context window")
        return next(answer for answer, models in row.models.items() if models)

    assert window(own, cloud) == Answer.KNOWN
    assert window(own) == Answer.UNKNOWN


def known_of(question: str, which: Catalog, model: str = "acme/one") -> Answer:
    (row,) = (c for c in front(which, (model,)).complete if c.name == question)
    return next(answer for answer, models in row.models.items() if model in models)


def sold_by(which: Catalog, **sellers: Seller) -> Catalog:
    """The catalog with what sort of seller its providers are."""
    day = date(2026, 1, 1)
    stated = {
        name: Statement(value=seller, quote="q", url="https://a.example/", read=day)
        for name, seller in sellers.items()
    }
    providers = {p.id: replace(p, seller=stated.get(p.id)) for p in which.providers.values()}
    return replace(which, providers=providers)


def test_what_is_true_of_the_model_is_asked_at_the_next_cloud_where_its_home_is_silent() -> None:
    home = offered("acme/one", provider="azure", channel="global", price_input=1)
    other = offered("acme/one", provider="bedrock", channel="regional", context_tokens=1000)
    host = offered("acme/one", provider="host", channel="hosted", max_output_tokens=1000)
    sellers = {"azure": Seller.HYPERSCALER, "bedrock": Seller.HYPERSCALER, "host": Seller.HOST}
    which = sold_by(catalog(home, other, host), **sellers)
    assert known_of("context window", which) == Answer.KNOWN
    # A host may cut short what a model gives; it is not asked.
    assert known_of("output limit", which) == Answer.UNKNOWN
    # What one pays and where it runs is the home's own.
    assert known_of("prices of input and output", which) == Answer.UNKNOWN


def test_a_vendor_may_say_only_how_much_goes_in() -> None:
    assert answers({}, {"max_input_tokens": fact(1000)})["context window"] == Answer.KNOWN


def test_a_lab_that_lets_a_model_be_tried_and_has_no_price_speaks_after_who_sells_it() -> None:
    tried = offered("acme/one", provider="acme", channel="direct")
    sold = replace(offered("acme/one", channel="global"), facts={n: fact(1) for n in BOTH})
    assert known_of("prices of input and output", catalog(tried, sold)) == Answer.KNOWN
    hosted = replace(offered("acme/one", channel="hosted"), facts={n: fact(1) for n in BOTH})
    assert known_of("prices of input and output", catalog(tried, hosted)) == Answer.UNKNOWN


BOTH = ("price.input", "price.output")


def test_what_a_lab_sells_by_an_alias_alone_is_the_home_of_what_it_means() -> None:
    alias = replace(
        offered("acme/flash", provider="acme", channel="direct"), facts={n: fact(1) for n in BOTH}
    )
    cloud = offered("acme/flash-2", channel="global", kind="chat")
    named = catalog(alias, cloud)
    assert known_of("prices of input and output", named, "acme/flash-2") == Answer.UNKNOWN
    meant = knowing(named, "acme/flash", points_to="acme/flash-2")
    assert known_of("prices of input and output", meant, "acme/flash-2") == Answer.KNOWN


def test_where_a_provider_keeps_what_it_gets_says_where_it_stays() -> None:
    which = catalog(offering("acme/one", Channel.GLOBAL))
    assert known_of("regions, or where requests stay", which) == Answer.UNKNOWN
    kept = Statement(value="China", quote="q", url="https://a.example/", read=date(2026, 1, 1))
    providers = {p.id: replace(p, stored_in=kept) for p in which.providers.values()}
    assert known_of("regions, or where requests stay", replace(which, providers=providers)) == Answer.KNOWN


def test_licence_and_parameters_are_asked_only_of_weights_that_may_be_open() -> None:
    closed = asked_of({"open_weights": fact("no")}, {})
    known = answers({"licence": fact("MIT"), "parameters": fact(7_000_000_000)}, {})
    for name in ("licence (open weights)", "parameters (open weights)"):
        assert closed[name].asked == 0
        assert known[name] == Answer.KNOWN


@pytest.mark.parametrize(
    ("earlier", "asked"), [(("no", "no"), 0), (("no", "yes"), 1), ((), 1), (("yes",), 1)]
)
def test_a_new_model_of_a_line_that_never_was_open_is_not_asked_for_its_licence(
    earlier: tuple[str, ...], asked: int
) -> None:
    others = {f"acme/one-{n}": weights for n, weights in enumerate(earlier, 1)}
    which = catalog(offered("acme/one-9"), offered("acme/one-mini-1"), *map(offered, others))
    # What another line does says nothing of this one.
    for model, weights in {**others, "acme/one-mini-1": "no"}.items():
        which = knowing(which, model, open_weights=weights)
    rows = {row.name: row for row in front(which, ("acme/one-9",)).complete}
    row = rows["licence (open weights)"]
    assert sum("acme/one-9" in models for models in row.models.values()) == asked


def test_borne_out_is_what_two_say_who_do_not_copy_each_other() -> None:
    claims = (Claim(record="litellm", value=5),)
    place = replace(
        offering("acme/one", Channel.GLOBAL),
        facts={
            "kind": fact("chat"),
            "price.input": fact(5, Standing.AGREED),
            "price.output": fact(5, Standing.SINGLE),
            "context_tokens": fact(5, Standing.OVERRIDDEN, *claims, reason="r", link="https://a.example/"),
            "max_output_tokens": Fact(value=7, standing=Standing.OVERRIDDEN, claims=claims),
            "retires": Fact(value="2027-01-01", standing=Standing.OVERRIDDEN, reason="r"),
            "deprecated": Fact(
                value="2026-07-01", standing=Standing.OVERRIDDEN, reason=f"r; {BORNE_OUT} 2026-11-01"
            ),
        },
    )
    which = catalog(place)
    cloud = Statement(value=Seller.HYPERSCALER, quote="", url="https://a.example/", read=date(2026, 11, 26))
    sold = replace(which.providers["azure"], seller=cloud)
    assert not front(which, ("acme/one",)).witnessed[-1].facts
    which = replace(which, providers={"azure": sold})
    rows = {w.name: (w.witnessed, w.facts) for w in front(which, ("acme/one",)).witnessed}
    assert rows == {"prices": (1, 2), "limits": (1, 2), "dates": (1, 2), "all": (3, 6)}


@pytest.mark.parametrize(
    ("channel", "counted"), [(Channel.DIRECT, 1), (Channel.HOSTED, 0), (Channel.SUBSCRIPTION, 0)]
)
def test_a_lab_is_asked_of_what_it_sells_of_its_own_by_the_token(channel: Channel, counted: int) -> None:
    """A lab that hosts another's model is a host like others."""
    which = catalog(offered("acme/one", channel, "acme", kind="chat", price__input=5))
    lab = Statement(value=Seller.LAB, quote="", url="https://a.example/", read=date(2026, 11, 26))
    which = replace(which, providers={"acme": replace(which.providers["acme"], seller=lab)})
    assert front(which, ("acme/one",)).witnessed[-1].facts == counted


def test_the_command_and_the_page_say_the_same() -> None:
    result = CliRunner().invoke(report, ["--front", "--json"])
    assert result.exit_code == 0, result.output
    said = json.loads(result.output)
    as_read = on_day(committed(), latest(committed()))
    page = sources_page(as_read, {}, "", PEOPLE).markdown
    assert len(said["models"]) == FRONT
    for row in said["questions"]:
        counts = " | ".join(str(len(row[str(answer)])) for answer in Answer)
        assert f"| {row['name']} | {row['asked']} | {counts} |" in page
    assert said["rule"].split(":")[0] in page
    words = CliRunner().invoke(report, ["--front"]).output
    assert ANSWERED in words.replace("\n", " ")
    assert escape(ANSWERED) in page


def test_each_gap_is_named_where_all_are_asked_for() -> None:
    result = CliRunner().invoke(report, ["--front", "--all"])
    assert result.exit_code == 0, result.output
    rows = front(committed(), PEOPLE).complete
    gap = next(row for row in rows if row.models[Answer.UNKNOWN])
    assert f"{gap.name}, unknown: {gap.models[Answer.UNKNOWN][0]}" in result.output
    # What a lab does not state is answered; who reads its pages again must know of which.
    (cutoff,) = (row for row in rows if row.name == "knowledge cutoff")
    assert f"knowledge cutoff, not stated: {cutoff.models[Answer.NOT_STATED][0]}" in result.output


def test_most_front_models_have_a_test_score_and_half_of_them_one_by_others() -> None:
    """Wanted are 50 and 30 of the 60; a model that came out this week has none for a while."""
    scores = [committed().models[model].scores for model in front_models(committed(), PEOPLE)]
    tested = [{s.evidence for s in each} & {Evidence.CLAIMED, Evidence.MEASURED} for each in scores]
    assert len(tested) == FRONT
    assert sum(map(bool, tested)) >= 46
    assert sum(Evidence.MEASURED in each for each in tested) >= 30
