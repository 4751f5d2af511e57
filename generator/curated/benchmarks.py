"""benchmarks.yml: cited scores of benchmarks, as people write them down."""

from __future__ import annotations

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
    for where, row in rows_of(path, "", content, _KEYS):
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
