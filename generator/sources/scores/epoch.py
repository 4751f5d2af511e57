"""Epoch AI's benchmark data (benchmark_data.zip): the runs that Epoch made itself.

The archive has one CSV for each benchmark. Those called `*_external.csv` are others' figures under their own
licences, and are never read. A model's version ends in the effort: `gpt-6-astra_max`.
"""

from __future__ import annotations

import csv
import io
import re
import zipfile
from collections.abc import Iterator, Mapping
from decimal import Decimal, InvalidOperation

from generator.errors import SourceShapeError
from generator.sources.records import UNFORESEEN, made_or_why
from playground.catalog import CitedScore, Evidence, Score

SOURCE = "epoch"
BY = "Epoch AI"
PAGES = "https://epoch.ai/benchmarks"
#: By file: benchmark, its version, which of its tasks, how many there are, and Epoch's page about it.
FILES: Mapping[str, tuple[str, str, str, int, str]] = {
    "gpqa_diamond.csv": ("GPQA Diamond", "", "", 198, "gpqa-diamond"),
    "otis_mock_aime_2024_2025.csv": ("OTIS Mock AIME", "", "", 45, "otis-mock-aime-2024-2025"),
    "math_level_5.csv": ("MATH Level 5", "", "", 1324, "math-level-5"),
    "frontiermath.csv": ("FrontierMath", "", "Tiers 1-3", 290, "frontiermath"),
    "frontiermath_tier_4.csv": ("FrontierMath", "", "Tier 4", 48, "frontiermath-tier-4"),
    "frontiermath_tiers_1_3_v2.csv": ("FrontierMath", "2", "Tiers 1-3", 285, "frontiermath-tiers-1-3-v2"),
    "frontiermath_tier_4_v2.csv": ("FrontierMath", "2", "Tier 4", 41, "frontiermath-tier-4-v2"),
    "swe_bench_verified.csv": ("SWE-Bench Verified", "", "Epoch's 484 tasks", 484, "swe-bench-verified"),
    "simpleqa_verified.csv": ("SimpleQA Verified", "", "", 1000, "simpleqa-verified"),
    "chess_puzzles.csv": ("Chess Puzzles", "", "", 100, "chess-puzzles"),
}
#: Epoch's names of labs that no rule of identity.yml knows by that name; others are theirs, as an id.
LABS = {
    "Google DeepMind": "google",
    "Meta AI": "meta",
    "Mistral AI": "mistral",
    "Moonshot": "moonshotai",
    "Z.ai (Zhipu AI)": "zai",
}
EXTERNAL = "_external.csv"
#: Why a row is left out: no figure, somebody else's, or of a file that no rule names.
NO_FIGURE, OTHERS, UNNAMED = "no figure", "of others, under their own licences", "a file that no rule names"
#: Bytes of one file, unpacked; the largest is a twentieth of that.
MOST = 20_000_000
_EFFORT = re.compile(r"(?P<model>.+)_(?P<run>none|minimal|low|medium|high|xhigh|max|promax|\d+K|unknown)")
#: `promax` is the provider's parallel mode at the highest effort.
_RUNS = {"promax": "max effort; parallel (pro) mode", "unknown": ""}


def parse(raw: bytes) -> list[CitedScore | str]:
    """Every run of Epoch's own; in the place of a row that is none, why it is left out.

    Raises SourceShapeError where it is no archive, or none of its files is one of Epoch's runs.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as archive:
            files = {info.filename.rpartition("/")[2]: info for info in archive.infolist()}
            if not files.keys() & FILES.keys():
                raise SourceShapeError(f"{SOURCE}: the archive has none of {', '.join(sorted(FILES))}")
            return [row for name, info in sorted(files.items()) for row in _rows(name, info, archive)]
    except zipfile.BadZipFile as error:
        raise SourceShapeError(f"{SOURCE}: expected a zip archive, got {raw[:40]!r}") from error


def _rows(name: str, info: zipfile.ZipInfo, archive: zipfile.ZipFile) -> Iterator[CitedScore | str]:
    if not name.endswith(".csv") or name.endswith("_metadata.csv"):
        return
    if info.file_size > MOST:
        raise SourceShapeError(f"{SOURCE}: {name} has {info.file_size} bytes, more than {MOST}")
    table = csv.DictReader(io.StringIO(archive.read(info).decode("utf-8-sig", "replace")))
    if name not in FILES:
        yield from (OTHERS if name.endswith(EXTERNAL) else UNNAMED for _ in table)
        return
    if lacking := {"Model version", "mean_score", "stderr", "Started at"} - set(table.fieldnames or ()):
        raise SourceShapeError(f"{SOURCE}: {name} has no column {', '.join(sorted(lacking))}")
    for row in table:
        yield made_or_why(_score, name, row)


def _score(name: str, row: Mapping[str, str | None]) -> CitedScore | str:
    benchmark, version, subset, tasks, page = FILES[name]
    figure, error = _percent(row["mean_score"]), _percent(row["stderr"])
    if figure is None:
        return NO_FIGURE
    model = (row["Model version"] or "").strip()
    if not model:
        return UNFORESEEN
    named = _EFFORT.fullmatch(model)
    run = named["run"] if named else ""
    budget = f"{run} thinking budget" if run.endswith("K") else f"{run} effort"
    score = Score(
        benchmark=benchmark,
        version=version,
        subset=subset,
        metric="accuracy",
        evidence=Evidence.MEASURED,
        by=BY,
        score=figure,
        stderr=error,
        n=tasks,
        link=row.get("Log viewer") or f"{PAGES}/{page}",
        as_of=(row["Started at"] or "")[:10],
        source=SOURCE,
    )
    variant = _RUNS.get(run, budget) if run else ""
    name, lab = (named["model"] if named else model), (row.get("Organization") or "").strip()
    if lab and "/" not in name:
        name = f"{LABS.get(lab, lab.lower().replace(' ', '-'))}/{name}"
    return CitedScore(model=name, score=score, variant=variant)


def _percent(text: str | None) -> Decimal | None:
    """A share written as a fraction, in percent to three decimals."""
    try:
        share = Decimal(text or "")
    except InvalidOperation:
        return None
    return round(share * 100, 3) if share.is_finite() else None
