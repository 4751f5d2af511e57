"""Scores of benchmarks: cited, placed by the rules of identity, never mixed, never filled in."""

from __future__ import annotations

import json
from collections import Counter
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.curated.benchmarks import load_scores
from generator.curated.metrics import load_metrics
from generator.errors import EditError, SourceShapeError
from generator.ledger.refresh.source_reading import read_scores
from generator.ledger.scores.scores import is_repeat, with_scores
from generator.sources import SCORES
from generator.sources.records import UNFORESEEN
from generator.sources.scores.models_dev_scores import parse
from playground.catalog import CitedScore, Evidence, Model, RunEffort, Score, Unit
from playground.catalog.codec import score_from_json, score_to_json, score_to_line
from playground.catalog.fact_json import CodecError
from tests.catalogs import committed, rules

CATALOG = Path("docs/catalog")
RULES = rules()
METRICS = load_metrics(CATALOG / "metrics.yml")
LIVE = next(s for s in SCORES if s.id == "models-dev-scores")
FIXTURE = Path("tests/fixtures/sources/models-dev-scores.json")


def score(**change: object) -> Score:
    fields = {
        "benchmark": "GPQA Diamond",
        "score": Decimal("84.2"),
        "metric": "accuracy %",
        "evidence": Evidence.MEASURED,
        "by": "Epoch AI",
        "link": "https://epoch.ai/x",
        "as_of": "2026-03-01",
    }
    return Score(**{**fields, **change})  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("change", "series"),
    [
        ({}, "GPQA Diamond (accuracy %), measured by Epoch AI"),
        ({"effort": RunEffort.HIGH}, "GPQA Diamond (high effort, accuracy %), measured by Epoch AI"),
        (
            {"version": "2", "evidence": Evidence.CLAIMED, "by": "own lab"},
            "GPQA Diamond (2, accuracy %), claimed by each lab",
        ),
        (
            {"evidence": Evidence.CLAIMED, "by": "a relay"},
            "GPQA Diamond (accuracy %), claimed by a relay",
        ),
    ],
)
def test_a_series_is_what_may_be_compared(change: dict[str, object], series: str) -> None:
    assert score(**change).series == series


def test_a_score_is_placed_by_the_rules_with_its_snapshot() -> None:
    models = {
        m: Model(id=m)
        for m in ("openai/gpt-4o", "anthropic/claude-3-7-sonnet", "minimax/minimax-m2.5", "zai/glm-4.6")
    }
    cited = [
        CitedScore(model=name, score=score())
        for name in (
            *("openai/gpt-4o-2024-11-20", "anthropic/claude-3-7-sonnet-20250219"),
            *("minimax/MiniMax-M2.5", "zhipuai/glm-4.6", "acme/nothing"),
        )
    ]
    placed, unplaced = with_scores(models, cited, RULES, METRICS)
    assert {m: [s.snapshot for s in model.scores] for m, model in placed.items()} == {
        "openai/gpt-4o": ["2024-11-20"],
        "anthropic/claude-3-7-sonnet": [""],  # the only one there is
        "minimax/minimax-m2.5": [""],
        "zai/glm-4.6": [""],
    }
    assert unplaced == ("acme/nothing",)


def test_the_same_figure_from_the_same_page_is_kept_once_and_none_is_averaged() -> None:
    models = {"openai/gpt-5": Model(id="openai/gpt-5")}
    figures = ["84.2", "84.20", "85.0"]
    cited = [CitedScore(model="openai/gpt-5", score=score(score=Decimal(f))) for f in figures]
    placed, _ = with_scores(models, cited, RULES, METRICS)
    assert [str(s.score) for s in placed["openai/gpt-5"].scores] == ["84.2", "85.0"]


def test_the_live_list_gives_what_has_a_figure_and_a_page() -> None:
    rows = parse(FIXTURE.read_bytes())
    cited = [row for row in rows if isinstance(row, CitedScore)]
    assert [row for row in rows if isinstance(row, str)] == [
        *("a page whose figures may not be published again", "no figure", "no page that says it")
    ]
    assert [(c.model, c.score.benchmark, str(c.score.score)) for c in cited] == [
        ("openai/gpt-5", "SWE-Bench Verified", "74.9"),
        ("openai/gpt-5", "Terminal-Bench", "54.5"),
        ("acme/unheard-of", "MMLU-Pro", "61.5"),
    ]
    assert (cited[1].variant, cited[1].score.harness) == ("high effort", "Terminus 2")
    assert (cited[0].score.as_of, cited[1].score.as_of) == ("2026-08-07", "2026-09-01")
    placed, unplaced = with_scores({"openai/gpt-5": Model(id="openai/gpt-5")}, cited, RULES, METRICS)
    assert [s.benchmark for s in placed["openai/gpt-5"].scores] == ["SWE-Bench Verified", "Terminal-Bench"]
    assert unplaced == ("acme/unheard-of",)


@pytest.mark.parametrize(
    "raw",
    [
        *(b"{", b"[]", b'{"a": 3}', b'{"a": {"benchmarks": 3}}', b'{"a": {"benchmarks": [3]}}'),
        b'{"a": {"benchmarks": [{"name": "X", "score": 1, "source": "https://x.example"}, 3]}}',
    ],
)
def test_another_shape_of_the_live_list_is_named(raw: bytes) -> None:
    with pytest.raises(SourceShapeError, match="models-dev-scores"):
        read_scores(LIVE, raw)


#: What may stand in the place of a model, its list, a row or a part of it.
BENT: tuple[tuple[str, str], ...] = (
    ("3", UNFORESEEN),
    ('{"benchmarks": 3}', UNFORESEEN),
    ('{"benchmarks": {"name": "X"}}', "no figure"),
    ('{"benchmarks": [null]}', UNFORESEEN),
    ('{"benchmarks": [{"name": {"a": 1}, "score": 1, "source": "https://x.example"}]}', UNFORESEEN),
    ('{"benchmarks": [{"score": 1, "source": "https://x.example"}]}', UNFORESEEN),
    ('{"benchmarks": [{"name": "X", "score": 1, "source": 3}]}', UNFORESEEN),
    (
        '{"benchmarks": [{"name": "X", "score": 1, "harness": [1], "source": "https://x.example"}]}',
        UNFORESEEN,
    ),
    (
        '{"benchmarks": [{"name": "X", "score": 1, "source": "javascript:alert(1)"}]}',
        "a page that is no address of http or https",
    ),
    ('{"benchmarks": [{"name": "X", "score": 1e999999999, "source": "https://x.example"}]}', "no figure"),
    (
        '{"benchmarks": [{"name": "X", "score": 1, "date": "0001-01-01", "source": "https://x.example"}]}',
        "a day outside 2015 to 2100",
    ),
)


@pytest.mark.parametrize(("model", "reason"), BENT)
def test_one_bent_row_is_left_out_with_its_reason_and_stops_nothing(model: str, reason: str) -> None:
    good = json.loads(FIXTURE.read_text())
    whole, _ = read_scores(LIVE, json.dumps(good).encode())
    bent = json.dumps({**good, "acme/bent": "BENT"}).replace('"BENT"', model)
    scores, reasons = read_scores(LIVE, bent.encode())
    assert scores == whole
    assert reasons == Counter(
        [*("no figure", "no page that says it", "a page whose figures may not be published again"), reason]
    )


ROW = "- {model: a/b, benchmark: X, score: 1, metric: accuracy, kind: claimed, by: own lab, source: 'https://x.y'}"


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("model: 3", "must be a list of scores"),
        (ROW.replace("score: 1", "score: high"), "score is a number, not 'high'"),
        (ROW.replace("score: 1", "score: true"), "score is a number, not True"),
        (ROW.replace("score: 1", "score: .nan"), "score is a number"),
        (ROW.replace("kind: claimed", "kind: said"), "kind is claimed or measured or voted, not 'said'"),
        (ROW.replace("https:", "http:"), "source must begin with https://"),
        (ROW.replace("by: own lab, ", ""), "by must be text"),
        (ROW.replace("score: 1", "scores: 1"), "unknown key 'scores'"),
    ],
)
def test_a_wrong_row_is_named(tmp_path: Path, text: str, fault: str) -> None:
    file = tmp_path / "benchmarks.yml"
    file.write_text(text)
    with pytest.raises(EditError, match=fault.replace("(", r"\(")):
        load_scores(file)


def test_no_file_is_no_score(tmp_path: Path) -> None:
    assert load_scores(tmp_path / "benchmarks.yml") == ()


@given(
    st.builds(
        score,
        score=st.decimals(allow_nan=False, allow_infinity=False, min_value=-(10**6), max_value=10**6),
        version=st.text(max_size=9),
        subset=st.text(max_size=9),
        setting=st.text(max_size=9),
        unit=st.sampled_from(Unit),
        effort=st.none() | st.sampled_from(RunEffort),
        n=st.none() | st.integers(1, 10**6),
        stderr=st.none() | st.decimals(0, 100, allow_nan=False),
        snapshot=st.text(max_size=9),
        evidence=st.sampled_from(Evidence),
    )
)
def test_a_score_reads_back_as_written(one: Score) -> None:
    assert score_from_json(score_to_json(one), "x") == one
    runs: dict[str, dict[str, object]] = {}
    assert score_from_json(score_to_line(one, runs), "x", runs) == one


def test_what_a_run_has_alike_is_written_once() -> None:
    runs: dict[str, dict[str, object]] = {}
    lines = [score_to_line(score(score=Decimal(n)), runs) for n in (1, 2)]
    assert [set(line) for line in lines] == [{"run", "score"}] * 2
    assert len(runs) == 1
    with pytest.raises(CodecError, match=r"a/b: scores: run '.{10}' is not among the file's runs"):
        score_from_json(lines[0], "a/b", {})
    with pytest.raises(CodecError, match=r"run 3 is not among"):
        score_from_json({"run": 3, "score": 1}, "a/b", runs)


@pytest.mark.parametrize("change", [{"score": "x"}, {"evidence": "said"}, {"colour": "red"}])
def test_a_score_that_is_none_is_refused_by_its_place(change: dict[str, object]) -> None:
    with pytest.raises(CodecError, match=r"models\.json: a/b: scores"):
        score_from_json({**score_to_json(score()), **change}, "models.json: a/b")


ROWS = """  rows:
  - {model: acme/one, variant: "high effort", score: 93.3, stderr: 2.1}
  - {model: acme/two, score: 40, as_of: "2026-10-01"}
"""
BOARD = f"""
- benchmark: ARC-AGI-2
  variant: semi-private set
  n: 120
  metric: accuracy
  kind: measured
  by: ARC Prize
  source: https://arcprize.org/leaderboard
  as_of: "2026-09-23"
{ROWS}
- {{model: acme/one, benchmark: GPQA, score: 1, metric: m, kind: claimed, by: own lab, source: "https://a.example"}}
"""


def test_a_board_is_one_entry_with_what_all_of_its_rows_have_alike(tmp_path: Path) -> None:
    file = tmp_path / "benchmarks.yml"
    file.write_text(BOARD)
    one, two, alone = load_scores(file)
    assert [row.model for row in (one, two, alone)] == ["acme/one", "acme/two", "acme/one"]
    assert (one.variant, two.variant) == ("semi-private set; high effort", "semi-private set")
    assert (one.score.benchmark, one.score.by, one.score.n) == ("ARC-AGI-2", "ARC Prize", 120)
    assert (one.score.stderr, one.score.as_of, two.score.as_of) == (
        Decimal("2.1"),
        "2026-09-23",
        "2026-10-01",
    )


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        (ROWS, "  rows: 3\n", r"entry 1: rows must be a list .*, it is 3"),
        ("{model: acme/two,", "{model: acme/two, rows: [],", r"entry 1: rows\[1\]: unknown key 'rows'"),
        ("score: 40", "score: many", r"entry 1: rows\[1\]: score is a number, not 'many'"),
        ("  - {model: acme/two, score", "  - {score", r"entry 1: rows\[1\]: model must be text"),
    ],
)
def test_a_wrong_row_of_a_board_is_named_by_its_place(
    tmp_path: Path, old: str, new: str, message: str
) -> None:
    file = tmp_path / "benchmarks.yml"
    file.write_text(BOARD.replace(old, new))
    with pytest.raises(EditError, match=message):
        load_scores(file)


def test_every_committed_score_is_cited_and_says_who_stands_behind_it() -> None:
    cited = load_scores(CATALOG / "benchmarks.yml")
    assert len(cited) > 1000
    kinds = Counter(c.score.evidence for c in cited)
    assert min(kinds[Evidence.CLAIMED], kinds[Evidence.MEASURED]) > 400
    for row in cited:
        assert row.score.link.startswith("https://")
        assert row.score.by
        assert row.score.as_of
        assert not row.score.benchmark.startswith(("Artificial Analysis", "LiveBench"))
        assert (row.score.benchmark == "Arena") == (row.score.evidence == Evidence.VOTED)


def test_the_catalog_holds_every_committed_score_whose_model_is_served() -> None:
    catalog = committed()
    cited = load_scores(CATALOG / "benchmarks.yml")
    unscored = {name: Model(id=name) for name in catalog.models}
    placed, unplaced = with_scores(unscored, cited, RULES, METRICS)
    for name, model in placed.items():
        there = catalog.models[name].scores
        assert all(any(is_repeat(s, other) for other in there) for s in model.scores), name
    lost = [c.model for c in cited if c.model in unplaced]
    assert len(lost) < len(cited) / 20


def test_every_score_says_which_list_it_was_read_from() -> None:
    catalog = committed()
    lists = {score.source for model in catalog.models.values() for score in model.scores}
    assert lists == {"benchmarks.yml", "arena"}
    placed = sum(s.source == "arena" for model in catalog.models.values() for s in model.scores)
    assert catalog.sources["arena"].placed == placed > 5000
