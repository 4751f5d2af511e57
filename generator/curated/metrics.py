"""metrics.yml: what each benchmark measures, and how the text beside a figure is read."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from generator.curated.yaml_file import read_edited
from generator.errors import EditError

METRICS_FILE = "metrics.yml"
_BENCHMARK_KEYS = {"names", "task", "metric", "spellings", "also", "subsets"}
#: What a piece of a run's text may be, in the order in which the patterns are tried.
PIECES = ("nothing", "note", "harness", "subset")


@dataclass(frozen=True, slots=True, kw_only=True)
class Benchmark:
    """What one benchmark measures: `metrics` has for each text the metric it means."""

    name: str
    task: str
    metrics: Mapping[str, str]
    subsets: Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Metrics:
    """The rules: benchmarks by name, other names of them, patterns of a run's pieces, and their spellings."""

    benchmarks: Mapping[str, Benchmark] = field(default_factory=dict)
    names: Mapping[str, str] = field(default_factory=dict)
    pieces: Mapping[str, re.Pattern[str]] = field(default_factory=dict)
    same: Mapping[str, str] = field(default_factory=dict)

    def benchmark(self, name: str) -> Benchmark | None:
        """The benchmark of that name, however it is spelled."""
        return self.benchmarks.get(self.names.get(name.casefold(), name))

    def task(self, name: str) -> str:
        """What a benchmark is about: `code`, `agents`, …; empty where it is not said."""
        known = self.benchmark(name)
        return known.task if known else ""


def load_metrics(path: Path) -> Metrics:
    """metrics.yml as rules; none where there is no such file. Raises EditError naming the entry."""
    if not path.exists():
        return Metrics()
    content = read_edited(path).content
    if not isinstance(content, Mapping) or set(content) - {"benchmarks", "runs"}:
        raise EditError(f"{path}: must hold benchmarks and runs, and nothing else")
    benchmarks: dict[str, Benchmark] = {}
    names: dict[str, str] = {}
    for name, row in _entries(path, "benchmarks", content.get("benchmarks")).items():
        benchmarks[name] = _benchmark(path, name, row)
        for spelled in (name, *_texts(path, f"{name}: names", row.get("names"))):
            if names.setdefault(spelled.casefold(), name) != name:
                raise EditError(
                    f"{path}: {name}: names: {names[spelled.casefold()]!r} has {spelled!r} already; "
                    "leave it at one of them"
                )
    runs = _entries(path, "runs", content.get("runs"), values=object)
    if unknown := set(runs) - {*PIECES, "same"}:
        raise EditError(
            f"{path}: runs: unknown key {sorted(unknown)[0]!r}; there are {', '.join(PIECES)}, same"
        )
    return Metrics(
        benchmarks=benchmarks,
        names=names,
        pieces={piece: _pattern(path, piece, runs.get(piece)) for piece in PIECES},
        same=_spelled(path, "runs: same", runs.get("same")),
    )


def _entries(path: Path, where: str, value: Any, values: type = Mapping) -> Mapping[str, Any]:
    if value is None:
        return {}
    if not isinstance(value, Mapping) or not all(isinstance(row, values) for row in value.values()):
        raise EditError(f"{path}: {where}: must be entries by name")
    return {str(name): row for name, row in value.items()}


def _benchmark(path: Path, name: str, row: Mapping[str, Any]) -> Benchmark:
    if unknown := set(row) - _BENCHMARK_KEYS:
        keys = ", ".join(sorted(_BENCHMARK_KEYS))
        raise EditError(f"{path}: {name}: unknown key {sorted(unknown)[0]!r}; there are {keys}")
    metric = row.get("metric")
    if not isinstance(metric, str) or not metric:
        raise EditError(f"{path}: {name}: metric must be text")
    also = _spelled(path, f"{name}: also", row.get("also"))
    one = dict.fromkeys((metric, *_texts(path, f"{name}: spellings", row.get("spellings"))), metric)
    if both := set(one) & set(also):
        raise EditError(f"{path}: {name}: {sorted(both)[0]!r} is two metrics; leave it at one of them")
    subsets = _entries(path, f"{name}: subsets", row.get("subsets"), values=str)
    return Benchmark(name=name, task=str(row.get("task") or ""), metrics={**one, **also}, subsets=subsets)


def _spelled(path: Path, where: str, value: Any) -> dict[str, str]:
    """By each text the one that it means, that one among them."""
    out: dict[str, str] = {}
    for meant, others in _entries(path, where, value, values=list).items():
        out |= dict.fromkeys((meant, *_texts(path, f"{where}: {meant}", others)), meant)
    return out


def _texts(path: Path, where: str, value: Any) -> tuple[str, ...]:
    if value is None:
        return ()
    if not isinstance(value, list) or not all(isinstance(text, str) for text in value):
        raise EditError(f"{path}: {where}: must be a list of texts")
    return tuple(value)


def _pattern(path: Path, piece: str, value: Any) -> re.Pattern[str]:
    try:
        return re.compile(
            "|".join(f"(?:{text})" for text in _texts(path, f"runs: {piece}", value)) or r"(?!)"
        )
    except re.error as error:
        raise EditError(f"{path}: runs: {piece}: is no pattern: {error}") from error
