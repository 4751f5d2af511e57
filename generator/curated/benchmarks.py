"""benchmarks.yml: cited scores of benchmarks, as people write them down."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any

from generator.curated.yaml_file import address_field, read_edited, rows_of, text_field
from generator.errors import EditError
from playground.catalog import CitedScore, Evidence, Score
from playground.catalog.vocabulary import Unit

BENCHMARKS_FILE = "benchmarks.yml"
_KEYS = {
    *("model", "benchmark", "score", "metric", "kind", "by", "source", "as_of"),
    *("version", "variant", "note", "quote", "stderr", "n"),
}


def load_scores(path: Path) -> tuple[CitedScore, ...]:
    """benchmarks.yml as values; none where there is no such file. Raises EditError naming the wrong row."""
    if not path.exists():
        return ()
    edited = read_edited(path)
    content = edited.content or []
    if not isinstance(content, list):
        raise EditError(f"{path}: must be a list of scores (`- model: …`)")
    scores: list[CitedScore] = []
    for where, row in _rows(path, content):
        link = address_field(edited, f"{where}: source", row.get("source"))
        if row.get("kind") not in list(Evidence):
            raise EditError(f"{path}: {where}: kind is {' or '.join(Evidence)}, not {row.get('kind')!r}")
        texts = {
            name: text_field(edited, f"{where}: {name}", row.get(name))
            for name in ("model", "benchmark", "metric", "by")
        }
        score = Score(
            benchmark=texts["benchmark"],
            version=_text(row.get("version")),
            score=_figure(path, where, row.get("score"), "score"),
            stderr=None if row.get("stderr") is None else _figure(path, where, row["stderr"], "stderr"),
            n=_count(path, where, row.get("n")),
            metric=texts["metric"],
            evidence=Evidence(row["kind"]),
            unit=Unit.RATING if row["kind"] == Evidence.VOTED else Unit.PERCENT,
            by=texts["by"],
            note=_text(row.get("note")),
            as_of=_text(row.get("as_of")),
            link=link,
            source=BENCHMARKS_FILE,
        )
        scores.append(CitedScore(model=texts["model"], score=score, variant=_text(row.get("variant"))))
    return tuple(scores)


def _rows(path: Path, content: list[Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    """Each score with its place: an entry by itself, or each row of an entry with what it says of all."""
    for where, entry in rows_of(path, "", content, _KEYS | {"rows"}):
        if "rows" not in entry:
            yield where, entry
            continue
        if not isinstance(rows := entry["rows"], list):
            raise EditError(
                f"{path}: {where}: rows must be a list (`- {{model: …, score: …}}`), it is {rows!r:.60}"
            )
        board = {name: value for name, value in entry.items() if name != "rows"}
        for at, row in rows_of(path, f"{where}: rows", rows, _KEYS):
            # How all were run, and what one of them was run with.
            how = [_text(variant) for one in (board, row) if (variant := one.get("variant"))]
            yield at, {**board, **row, "variant": "; ".join(how)}


def _text(value: Any) -> str:
    return "" if value is None else str(value)


def _count(path: Path, where: str, value: Any) -> int | None:
    if value is None or (isinstance(value, int) and value > 0 and value is not True):
        return value
    raise EditError(f"{path}: {where}: n is how many tasks it rests on, not {value!r}")


def _figure(path: Path, where: str, value: Any, name: str) -> Decimal:
    try:
        figure = Decimal(str(value))
    except InvalidOperation as error:
        raise EditError(f"{path}: {where}: {name} is a number, not {value!r}") from error
    if isinstance(value, bool) or not figure.is_finite():
        raise EditError(f"{path}: {where}: {name} is a number, not {value!r}")
    return figure
