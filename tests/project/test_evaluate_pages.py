"""The pages on evaluating say what the code does: kinds, arguments, intervals, numbers of cases, labels."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator

import pytest

from playground.evaluate.cases.files import read_file
from playground.evaluate.checks.check import Field
from playground.evaluate.checks.extraction.kinds import EXTRACTIONS
from playground.evaluate.checks.table import KINDS
from playground.evaluate.statistics.power import Plan, winner_chance
from playground.evaluate.statistics.rate import interval
from tests.projects import ROOT

PAGES = ROOT / "docs" / "evaluate"
FORMS = {"list": "list", "number": "number", "yes": "`true`", "checks": "checks"}
#: Of cases that both models get right or both wrong, this share is right; it hardly matters.
BOTH_RIGHT = 0.6


def page(name: str) -> str:
    return (PAGES / f"{name}.md").read_text("utf-8")


def argument(field: Field) -> str:
    if field.choices:
        return f"`{field.name}`: {', '.join(f'`{name}`' for name in field.choices)}"
    return f"`{field.name}`" + (f" ({form})" if (form := FORMS.get(field.kind)) else "")


def rows(name: str, label: str, fields: Iterable[Field]) -> str:
    needed = "; ".join(argument(field) for field in fields if field.required)
    given = "; ".join(argument(field) for field in fields if not field.required)
    return (
        "| " + " | ".join((f"`{name}`", label.replace("</", "`</").replace(">", ">`"), needed, given)) + " |"
    )


@pytest.mark.parametrize("kinds", [KINDS, tuple(EXTRACTIONS.values())], ids=["checks", "extractions"])
def test_the_reference_of_the_file_has_every_kind_with_its_arguments(kinds: tuple) -> None:
    text = page("file")
    for kind in kinds:
        row = rows(kind.name, kind.label.replace("\\", "\\\\"), kind.fields)
        assert row in text, f"docs/evaluate/file.md lacks\n{row}"


def test_the_example_in_the_reference_is_a_file_that_opens() -> None:
    (example,) = re.findall(r"```yaml\n(.*?)```", page("file"), re.DOTALL)
    evaluation = read_file("example.yaml", example)
    assert len(evaluation.cases) == 2
    assert [check.name for check in evaluation.checks] == ["equals", "group"]
    assert evaluation.left_out == ()


def table(name: str, mark: str) -> Iterator[list[str]]:
    """The rows of the table behind that mark, without its head."""
    _, _, rest = page(name).partition(f"<!-- {mark} -->\n")
    for line in rest.splitlines()[2:]:
        if not line.startswith("|"):
            return
        yield [cell.strip() for cell in line.strip("|").split("|")]


def test_the_intervals_of_one_model_are_those_that_the_page_gives() -> None:
    for cases, *cells in table("cases", "one-model"):
        for share, cell in zip((0.5, 0.8, 0.9, 1.0), cells, strict=True):
            count = int(cases)
            passed = round(count * share)
            low, high = interval(Counter({1.0: passed, 0.0: count - passed}), 1.0)
            assert cell == f"{100 * low:.0f} to {100 * high:.0f} %"


@pytest.mark.parametrize(("cases", "most"), [(50, 0), (200, 11)])
def test_so_many_may_fail_where_a_model_surely_passes_90_percent(cases: int, most: int) -> None:
    lows = [interval(Counter({1.0: cases - failed, 0.0: failed}), 1.0)[0] for failed in (most, most + 1)]
    assert lows[0] >= 0.9 > lows[1]
    assert f"{cases} cases" in page("cases")
    assert most == 0 or f"at most {most} do" in page("cases")


def seen(gap: float, worse_alone: float) -> Plan:
    """Two models that differ so on a thousand cases."""
    better, worse = round(1000 * (gap + worse_alone)), round(1000 * worse_alone)
    alike = 1000 - better - worse
    both = round(alike * BOTH_RIGHT)
    counts = {(1.0, 0.0): better, (0.0, 1.0): worse, (1.0, 1.0): both, (0.0, 0.0): alike - both}
    return Plan(seen=list(Counter(counts).elements()))


def test_so_many_cases_name_the_better_model_8_times_in_10() -> None:
    for points, *cells in table("cases", "two-models"):
        gap = int(points.split()[0]) / 100
        for worse_alone, cell in zip((0.02, 0.05, 0.10), cells, strict=True):
            chance = winner_chance(seen(gap, worse_alone), int(cell.replace(",", "")), played=600)
            assert 0.74 <= chance <= 0.87, (points, worse_alone, chance)


@pytest.mark.parametrize("name", ["first", "moving"])
def test_what_a_guide_calls_a_control_stands_in_the_page(name: str) -> None:
    scripts = "".join(p.read_text("utf-8") for p in (ROOT / "generator" / "web").glob("[!n]*/**/*.*js"))
    labels = scripts + "".join(kind.label for kind in KINDS)
    for label in re.findall(r"(?<![*\w])\*([^*\n]+)\*(?![*\w])", page(name)):
        assert label in labels, f"{name}.md: *{label}* is no label of the page"
