"""Samples of first-party facts: how they are read, and what the catalog is found to be."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from click.testing import CliRunner

from generator import store
from generator.cli.catalog.report import report
from generator.curated.truth import load_truth
from generator.errors import EditError
from generator.store.events import Event, EventKind, FieldChange
from generator.views.truth.sample import Verdict, by_field, by_source, judged
from playground.catalog import Fact, Standing
from tests.catalogs import ALL_KNOWN, DISPUTED, TIERED, catalog, fact
from tests.playground.decide.offers import of, offer

KNOWN, TIERS, DISPUTE = ALL_KNOWN.key, TIERED.key, DISPUTED.key
PAGE = "first party: {}, https://vendor.example/prices (2026-11-26)"
LARGE = "200,000"
WHOLE = catalog(ALL_KNOWN, TIERED, DISPUTED)


def entry(offering: str, field: str, value: str) -> str:
    return (
        f"- offering: {offering}\n  field: {field}\n  value: {value}\n  page: https://vendor.example/prices\n"
        f'  read: 2026-11-26\n  quote: "$2 / MTok"\n'
    )


#: Each with what the catalog makes of it.
SAMPLE = (
    (entry(KNOWN, "price.input", "2"), Verdict.RIGHT),
    (entry(KNOWN, "can.vision", "yes"), Verdict.RIGHT),
    (entry(KNOWN, "can.pdf", "yes"), Verdict.UNDISPUTED),
    (entry(KNOWN, "context_tokens", "200000"), Verdict.UNDISPUTED),
    (entry(KNOWN, "retires", "2027-02-06"), Verdict.RIGHT),
    (entry(KNOWN, "price.input>200000", "null"), Verdict.RIGHT),
    (entry(TIERS, "price.input>200000", "null"), Verdict.UNDISPUTED),
    (entry(TIERS, "price.input>200000", "2").replace(TIERS, f"{TIERS}x"), Verdict.UNKNOWN),
    (entry(KNOWN, "effort.high", "yes"), Verdict.UNKNOWN),
    (entry(DISPUTE, "price.input", "3"), Verdict.DISPUTED),
    (entry(TIERS, "price.input>*", "{200000: 2}"), Verdict.RIGHT),
    (entry(TIERS, "price.output>*", "null"), Verdict.RIGHT),
    (entry(DISPUTE, "price.input>*", "{200000: 2}"), Verdict.UNKNOWN),
    (entry("x/direct/y/none", "price.input", "null"), Verdict.UNKNOWN),
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "a.yml").write_text("".join(text for text, _ in SAMPLE))
    return tmp_path


def test_each_fact_is_right_wrong_in_silence_or_not_or_unknown(folder: Path) -> None:
    assert [one.verdict for one in judged(load_truth(folder), WHOLE)] == [verdict for _, verdict in SAMPLE]


def test_what_is_the_models_may_be_asked_of_an_offering(tmp_path: Path) -> None:
    (tmp_path / "a.yml").write_text(entry(KNOWN, "released", "2026-09-01"))
    model = WHOLE.models[ALL_KNOWN.model]
    facts = {**model.facts, "released": fact("2026-09-01")}
    known = replace(WHOLE, models={**WHOLE.models, model.id: replace(model, facts=facts)})
    sample = load_truth(tmp_path)
    assert [judged(sample, c)[0].verdict for c in (WHOLE, known)] == [Verdict.UNKNOWN, Verdict.RIGHT]


def test_they_are_counted_by_field_and_by_the_source_that_claims(folder: Path) -> None:
    judgements = judged(load_truth(folder), WHOLE)
    whole, *fields = by_field(judgements)
    assert (whole.name, whole.facts) == ("all", len(SAMPLE))
    assert sum(t.facts for t in fields) == len(SAMPLE)
    assert {t.name for t in fields} == {
        *("price.input", "price.output", "can.*", "context_tokens", "retires", "effort.*")
    }
    sources = {t.name: t.counts for t in by_source(judgements)}
    # On the disputed price LiteLLM is wrong and models.dev right; on the context both are wrong.
    assert sources["models-dev"] == {
        Verdict.RIGHT: 1,
        Verdict.DISPUTED: 0,
        Verdict.UNDISPUTED: 1,
        Verdict.UNKNOWN: 0,
        Verdict.CHANGED: 0,
    }
    assert sources["litellm"][Verdict.DISPUTED] == 1


def test_the_terminal_tells_what_is_wrong_and_where_it_was_read(folder: Path, tmp_path: Path) -> None:
    store.save(tmp_path / "catalog", store.render(WHOLE, {}))
    command = ["--catalog", str(tmp_path / "catalog"), "--truth", str(folder)]
    done = CliRunner().invoke(report, command, env={"COLUMNS": "200"}, catch_exceptions=False)
    assert done.exit_code == 0
    assert "wrong, undisputed" in done.output.lower()
    assert done.output.splitlines()[-4:] == [
        f"{KNOWN} can.pdf: no by litellm (wrong, undisputed); {PAGE.format('yes')}",
        f"{KNOWN} context_tokens: 128,000 by litellm, models-dev (wrong, undisputed); {PAGE.format(LARGE)}",
        f"{TIERS} price.input>200000: $2.00 by litellm (wrong, undisputed); {PAGE.format('none')}",
        f"{DISPUTE} price.input: $2.00 by litellm (wrong, disputed); {PAGE.format('$3.00')}",
    ]
    read = json.loads(CliRunner().invoke(report, [*command, "--json"], catch_exceptions=False).output)
    assert read["fields"][0] == {
        "name": "all",
        "facts": 14,
        "right": 6,
        "wrong, disputed": 1,
        "wrong, undisputed": 3,
        "unknown": 4,
        "changed since": 0,
    }
    assert [(w["of"], w["field"], w["catalog"], w["first_party"]) for w in read["wrong"]] == [
        (KNOWN, "can.pdf", "no", "yes"),
        (KNOWN, "context_tokens", 128000, 200000),
        (TIERS, "price.input>200000", 2, None),
        (DISPUTE, "price.input", 2, 3),
    ]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("a: 1\n", "must be a list of facts"),
        (
            entry(KNOWN, "price.inptu", "2"),
            "'price.inptu' is no field of the catalog; did you mean price.input",
        ),
        (entry(KNOWN, "price.input", "cheap"), "price.input is a number, not 'cheap'"),
        (entry(KNOWN, "can.vision", "maybe"), "can.vision is yes or no, not 'maybe'"),
        (entry(KNOWN, "within.eu", "yes"), "within.eu is 'yes' or 'no' (in quotes), not True"),
        (entry(KNOWN, "within.mars", "'yes'"), "'within.mars' is no field of the catalog"),
        (entry(KNOWN, "price.input", "2").replace("https:", "http:"), "page must begin with https://"),
        (entry(KNOWN, "price.input", "2").replace('"$2 / MTok"', '""'), "quote must be text"),
        (entry(KNOWN, "price.input", "2").replace("2026-11-26", "soon"), "read"),
        (entry(KNOWN, "price.input", "2").replace("  value: 2\n", ""), "value is missing; write null"),
        (entry(KNOWN, "price.input", "2") + entry(KNOWN, "price.input", "3"), "is stated already, otherwise"),
        (entry(KNOWN, "price.input", "2").replace("offering:", "place:"), "unknown key 'place'"),
        (entry(KNOWN, "price.input", "2") + "  model: acme/x\n", "name either an offering or a model"),
    ],
)
def test_a_faulty_entry_is_named(tmp_path: Path, text: str, message: str) -> None:
    (tmp_path / "a.yml").write_text(text)
    with pytest.raises(EditError) as raised:
        load_truth(tmp_path)
    assert message in str(raised.value)
    assert "a.yml" in str(raised.value)


def test_steps_are_judged_as_a_ladder_and_rounded_limits_as_what_they_round(tmp_path: Path) -> None:
    (tmp_path / "a.yml").write_text(
        entry(TIERS, "price.input>*", "{272000: 2}") + entry(KNOWN, "max_output_tokens", "62500")
    )
    ladder, limit = judged(load_truth(tmp_path), WHOLE)
    assert ladder.verdict == Verdict.UNDISPUTED
    assert limit.verdict == Verdict.UNDISPUTED
    (tmp_path / "a.yml").write_text(entry(KNOWN, "context_tokens", "125000"))
    assert [one.verdict for one in judged(load_truth(tmp_path), WHOLE)] == [Verdict.RIGHT]


DAY, AGREED = date(2026, 11, 28), fact(Decimal(4), Standing.AGREED)
ROSE = FieldChange(field="price.input", was=Decimal(2), now=Decimal(4))


@pytest.mark.parametrize(
    ("day", "change", "price", "verdict"),
    [
        (DAY, ROSE, AGREED, Verdict.CHANGED),
        (date(2026, 11, 26), ROSE, AGREED, Verdict.UNDISPUTED),  # the page was read on that day
        (DAY, ROSE, fact(Decimal(4)), Verdict.UNDISPUTED),  # one source's word
        (DAY, replace(ROSE, was=Decimal(3)), AGREED, Verdict.UNDISPUTED),  # it never was the page's
        (DAY, replace(ROSE, now=Decimal(5)), AGREED, Verdict.UNDISPUTED),  # it is not today's
        (DAY, replace(ROSE, was=Decimal(4), now=Decimal(2)), fact(Decimal(2)), Verdict.RIGHT),
    ],
)
def test_a_price_that_changed_after_its_page_was_read_says_nothing_of_today(
    tmp_path: Path, day: date, change: FieldChange, price: Fact, verdict: Verdict
) -> None:
    (tmp_path / "a.yml").write_text(entry(KNOWN, "price.input", "2"))
    now = replace(ALL_KNOWN, facts={**ALL_KNOWN.facts, "price.input": price})
    event = Event(day=day, kind=EventKind.PRICE, target=KNOWN, changes=(change,))
    assert [one.verdict for one in judged(load_truth(tmp_path), catalog(now), [event])] == [verdict]


def test_a_place_is_judged_as_the_chooser_judges_it(tmp_path: Path) -> None:
    called = offer(model="acme/called", channel="regional", regions=("swedencentral",))
    silent = offer(model="acme/silent", channel="direct")
    asked = (
        (called.key, "within.eu", "'yes'", Verdict.RIGHT),
        (called.key, "within.us", "'yes'", Verdict.UNDISPUTED),
        (called.key, "in.swedencentral", "'yes'", Verdict.RIGHT),
        (called.key, "in.westus2", "'no'", Verdict.RIGHT),
        (silent.key, "within.eu", "'no'", Verdict.UNKNOWN),
        (silent.key, "in.westus2", "'no'", Verdict.UNKNOWN),
        ("azure/regional/acme/none", "within.eu", "'yes'", Verdict.UNKNOWN),
    )
    (tmp_path / "a.yml").write_text("".join(entry(key, field, value) for key, field, value, _ in asked))
    verdicts = [one.verdict for one in judged(load_truth(tmp_path), of(called, silent))]
    assert verdicts == [verdict for *_, verdict in asked]


def test_a_folder_without_a_sample_is_named(tmp_path: Path) -> None:
    with pytest.raises(EditError, match=r"there is no sample"):
        load_truth(tmp_path)
