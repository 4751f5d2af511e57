"""The public lists of scores, read from fixtures in their real shape."""

from __future__ import annotations

import gzip
import io
import json
import zipfile
from decimal import Decimal
from pathlib import Path

import pytest

from generator.errors import SourceShapeError
from generator.ledger.refresh.source_reading import read_scores
from generator.sources import SCORES
from generator.sources.records import UNFORESEEN
from generator.sources.scores import arena, epoch
from playground.catalog import CitedScore, Evidence, Score, Unit

FIXTURES = Path("tests/fixtures/sources")
ARENA = (FIXTURES / "arena.json").read_bytes()
EPOCH = (FIXTURES / "epoch.zip").read_bytes()
BY_ID = {source.id: source for source in SCORES}


def cited(rows: list[CitedScore | str]) -> list[CitedScore]:
    return [row for row in rows if isinstance(row, CitedScore)]


def test_a_rating_by_votes_has_its_interval_its_votes_and_the_effort_behind_the_name() -> None:
    rows = cited(arena.parse(ARENA))
    assert len(rows) == 17
    assert rows[0] == CitedScore(
        model="google/gemini-4-argon",
        variant="High",
        score=Score(
            benchmark="Arena",
            subset="Everything (overall)",
            metric="rating",
            unit=Unit.RATING,
            evidence=Evidence.VOTED,
            by="Arena",
            score=Decimal("1523.9"),
            low=Decimal("1515.1"),
            high=Decimal("1532.7"),
            n=4900,
            link="https://arena.ai/leaderboard",
            as_of="2026-10-20",
            source="arena",
        ),
    )
    runs = {row.model: row.variant for row in rows if row.score.subset == "Everything (overall)"}
    assert runs["anthropic/claude-opus-4.1"] == "Thinking 16K"  # the date behind it is of the model
    assert runs["xai/grok-4.20-beta"] == "Reasoning"
    assert runs["openai/gpt-5"] == "High"


def test_the_pinned_copy_is_packed_and_reads_the_same() -> None:
    assert arena.parse(gzip.compress(ARENA)) == arena.parse(ARENA)


@pytest.mark.parametrize(
    ("raw", "why"),
    [
        (gzip.compress(ARENA)[:-20], "breaks off"),
        (gzip.compress(ARENA)[:40] + b"\xff" * 40, "is broken"),
        (gzip.compress(b" " * (arena.MOST + 1)), "unpacks to more than"),
    ],
    ids=("torn", "bent", "endless"),
)
def test_a_packed_file_that_is_torn_or_has_no_end_is_named(raw: bytes, why: str) -> None:
    with pytest.raises(SourceShapeError, match=f"arena: .*{why}"):
        arena.parse(raw)


def test_one_bent_rating_is_left_out_and_stops_nothing() -> None:
    data = json.loads(ARENA)
    data["ratings"]["tasks"]["coding"] += [
        3,
        ["a / b"],
        ["a / b", "B", "high", 1, 2, 3, 4],
        ["a / b", "B", 1, 1, 2, "x", 4],
    ]
    rows, reasons = read_scores(BY_ID["arena"], json.dumps(data).encode())
    assert (len(rows), reasons) == (17, {UNFORESEEN: 4})


@pytest.mark.parametrize("raw", [b"{}", b"[]", b'{"ratings": {}}', b"\x1f\x8bbroken"])
def test_another_shape_of_arena_is_named(raw: bytes) -> None:
    with pytest.raises(SourceShapeError, match="arena"):
        arena.parse(raw)


def test_epochs_own_runs_have_effort_and_standard_error_and_others_figures_are_never_read() -> None:
    rows = epoch.parse(EPOCH)
    assert [row for row in rows if isinstance(row, str)] == [epoch.OTHERS, epoch.NO_FIGURE]
    assert [(r.model, r.variant, str(r.score.score), str(r.score.stderr)) for r in cited(rows)] == [
        ("openai/gpt-5.6-sol", "max effort; parallel (pro) mode", "80.488", "6.266"),
        ("alibaba/qwen3.7-max", "", "34.146", "7.498"),
        ("openai/gpt-6-astra", "max effort", "95.770", "1.370"),
        ("alibaba/qwen3.5-35b-a3b", "none effort", "81.187", "2.320"),
        ("alibaba/qwen2.5-7b-instruct", "", "35.480", "2.291"),
    ]
    first = cited(rows)[0].score
    assert (first.test, first.n, first.as_of) == ("FrontierMath (2, Tier 4, accuracy)", 41, "2026-07-09")
    assert first.link.startswith("https://logs.epoch.ai/")
    assert cited(rows)[2].score.link == "https://epoch.ai/benchmarks/gpqa-diamond"


def archive(**files: str) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as out:
        for name, text in files.items():
            out.writestr(f"{name}.csv", text)
    return made.getvalue()


HEAD = "Model version,mean_score,stderr,Started at\n"


@pytest.mark.parametrize(
    ("raw", "fault"),
    [
        (b"<html>", "expected a zip archive"),
        (archive(arc_agi_external=HEAD), "has none of"),
        (archive(gpqa_diamond="Model version,Score\nx,1\n"), "has no column Started at, mean_score, stderr"),
    ],
)
def test_another_shape_of_epoch_is_named(raw: bytes, fault: str) -> None:
    with pytest.raises(SourceShapeError, match=fault):
        epoch.parse(raw)


def test_a_file_of_epoch_that_no_rule_names_is_counted() -> None:
    raw = archive(
        gpqa_diamond=f"{HEAD}gpt-5_32K,0.5,0.01,2026-01-01\n", new_puzzles=f"{HEAD}gpt-5,0.5,0.01,x\n"
    )
    rows = epoch.parse(raw)
    assert [row for row in rows if isinstance(row, str)] == [epoch.UNNAMED]
    assert [row.variant for row in cited(rows)] == ["32K thinking budget"]
