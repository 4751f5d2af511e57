"""What sources write beside a figure, and the one metric, test and run that it means."""

from __future__ import annotations

from collections import defaultdict
from decimal import Decimal
from pathlib import Path

import pytest

from generator.curated.benchmarks import load_scores
from generator.curated.metrics import load_metrics
from generator.errors import EditError
from generator.ledger.scores.runs import read_run
from generator.ledger.scores.scores import is_left_out, without_repeats
from playground.catalog import CitedScore, Evidence, RunEffort, Score

CATALOG = Path("docs/catalog")
RULES = load_metrics(CATALOG / "metrics.yml")
ROWS = load_scores(CATALOG / "benchmarks.yml")


def score(**change: object) -> Score:
    fields = {
        "benchmark": "Terminal-Bench",
        "version": "2.1",
        "score": Decimal("62.7"),
        "metric": "success rate",
        "evidence": Evidence.CLAIMED,
        "by": "own lab",
        "link": "https://x.example",
        "as_of": "2026-09-01",
    }
    return Score(**{**fields, **change})  # type: ignore[arg-type]


def read(variant: str = "", **change: object) -> Score:
    return read_run(CitedScore(model="a/b", score=score(**change), variant=variant), RULES)


def metrics_of(benchmark: str, version: str) -> tuple[set[str], set[str]]:
    """The metrics of a benchmark as its rows write them, and as they are read."""
    rows = [r for r in ROWS if (r.score.benchmark, r.score.version) == (benchmark, version)]
    return {r.score.metric for r in rows}, {read_run(r, RULES).metric for r in rows}


def test_spellings_of_one_metric_are_one_and_what_differs_in_truth_stays_apart() -> None:
    written, meant = metrics_of("Terminal-Bench", "2.1")
    assert len(written) == 8
    assert meant == {"success rate"}
    written, meant = metrics_of("OSWorld", "2.0")
    assert len(written) == 6
    assert meant == {"success rate", "partial score", "strict success rate"}


def test_versions_stay_apart() -> None:
    assert read(version="2.0").test != read(version="2.1").test


def test_a_figure_that_is_two_metrics_is_no_pair_of_one_test() -> None:
    of_one = [read_run(r, RULES) for r in ROWS if r.model == "alibaba/qwen3.8-27b"]
    exams = {str(s.score): s.test for s in of_one if s.benchmark == "Agents' Last Exam"}
    assert exams["42.9"] != exams["20.4"]


@pytest.mark.parametrize(
    ("variant", "effort", "harness", "subset", "setting", "note"),
    [
        ("high effort", "high", "", "", "", ""),
        ("thinking high", "high", "", "", "", ""),
        ("high reasoning", "high", "", "", "", ""),
        ("no thinking; edit format diff", "none", "", "", "edit format diff", ""),
        ("16K thinking budget", "thinking", "", "", "16K thinking budget", ""),
        ("thinking 16K", "thinking", "", "", "thinking 16K", ""),
        ("thinking 120K; max effort", "max", "", "", "thinking 120K", ""),
        ("effort 0.99", "thinking", "", "", "effort 0.99", ""),
        ("Claude Code; reasoning_effort=100", "thinking", "Claude Code", "", "reasoning_effort=100", ""),
        ("Terminus 2", "", "Terminus 2", "", "", ""),
        ("max effort; CLI; Claude Code 2.1.207", "max", "Claude Code 2.1.207", "", "CLI", ""),
        ("Tiers 1-3, private set; low effort", "low", "", "Tiers 1-3", "", ""),
        ("Tier 1-3", "", "", "Tiers 1-3", "", ""),
        ("8-needle, 256K-512K; xhigh effort", "xhigh", "", "8-needle, 256K-512K", "", ""),
        ("without tools; GPT-4o judge", "", "", "", "no tools, GPT-4o judge", ""),
        (
            "Claude Code; public board, k=5, as relayed",
            "",
            "Claude Code",
            "",
            "",
            "public board; k=5; as relayed",
        ),
        ("max effort; user simulator gpt-5.2", "max", "", "", "user simulator gpt-5.2", ""),
        ("0-shot Chain-of-Thought", "", "", "", "0-shot, CoT", ""),
        ("-", "", "", "", "", ""),
        ("a way that nobody foresaw", "", "", "", "a way that nobody foresaw", ""),
    ],
)
def test_a_runs_text_is_taken_apart(
    variant: str, effort: str, harness: str, subset: str, setting: str, note: str
) -> None:
    one = read(variant)
    read_apart = (str(one.effort or ""), one.harness, one.subset, one.setting, one.note)
    assert read_apart == (effort, harness, subset, setting, note)


def test_every_row_that_names_an_effort_says_one() -> None:
    """The closed list of efforts leaves no text of a run that names one unread."""
    unread = [
        row.variant
        for row in ROWS
        if any(word in row.variant.lower() for word in ("effort", "thinking", "reasoning"))
        and read_run(row, RULES).effort is None
    ]
    assert unread == []
    assert sum(read_run(row, RULES).effort is not None for row in ROWS) > 188


def test_provenance_is_no_part_of_what_is_compared() -> None:
    plain, relayed = read(), read("as relayed")
    assert relayed.note == "as relayed"
    assert (plain.test, plain.series) == (relayed.test, relayed.series)
    assert not any("relay" in read_run(row, RULES).series for row in ROWS)


def test_tasks_that_are_a_benchmark_of_their_own_have_its_name() -> None:
    one = read("Diamond; high effort", benchmark="GPQA", version="", metric="accuracy %")
    assert (one.benchmark, one.subset, one.effort) == ("GPQA Diamond", "", RunEffort.HIGH)


def test_every_benchmark_that_several_models_have_is_in_the_rules() -> None:
    models: dict[str, set[str]] = defaultdict(set)
    for row in ROWS:
        models[row.score.benchmark].add(row.model)
    assert [b for b, of in models.items() if len(of) > 2 and not RULES.benchmark(b)] == []


def test_the_same_figure_by_two_ways_is_one_score() -> None:
    cited = score(effort=RunEffort.HIGH, link="https://lab.example", source="benchmarks.yml")
    listed = score(score=Decimal("62.7000"), by="the page", link="https://list.example", source="list")
    assert without_repeats([listed, cited]) == (cited,)  # what says more is kept
    for other in (
        score(effort=RunEffort.LOW),
        score(effort=RunEffort.HIGH, version="2.0"),
        score(effort=RunEffort.HIGH, evidence=Evidence.MEASURED),
        score(effort=RunEffort.HIGH, score=Decimal("62.71")),
    ):
        assert len(without_repeats([cited, other])) == 2


def test_no_figure_of_artificial_analysis_is_among_them() -> None:
    aa = score(link="https://artificialanalysis.ai/models/x")
    assert is_left_out(CitedScore(model="a/b", score=aa))
    assert is_left_out(CitedScore(model="a/b", score=score(benchmark="Artificial Analysis Index")))
    assert [row.model for row in ROWS if is_left_out(row)] == []
    assert [row.model for row in ROWS if "AA" in (row.variant, row.score.benchmark.partition("-")[2])] == []


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("3", "must hold benchmarks and runs"),
        ("benchmarks: {X: 3}", "benchmarks: must be entries by name"),
        ("benchmarks: {X: {}}", "X: metric must be text"),
        ("benchmarks: {X: {metric: a, colour: red}}", "X: unknown key 'colour'"),
        ("benchmarks: {X: {metric: a, spellings: b}}", "spellings: must be a list of texts"),
        ("benchmarks: {X: {metric: a, spellings: [b], also: {c: [b]}}}", "'b' is two metrics"),
        ("benchmarks: {X: {metric: a, names: [Y]}, Y: {metric: a}}", "'X' has 'Y' already"),
        ("runs: {harness: ['(']}", "harness: is no pattern"),
        ("runs: {colour: []}", "unknown key 'colour'"),
    ],
)
def test_a_wrong_rule_is_named(tmp_path: Path, text: str, fault: str) -> None:
    file = tmp_path / "metrics.yml"
    file.write_text(text)
    with pytest.raises(EditError, match=fault.replace("(", r"\(")):
        load_metrics(file)
