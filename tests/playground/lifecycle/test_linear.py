"""Reading a text takes work in proportion to its length, counted, whatever it repeats."""

from __future__ import annotations

import pytest

from playground.lifecycle.mentions import text_lines as lines_module
from playground.lifecycle.mentions.scan import MOST, Scanner
from tests.playground.lifecycle.test_findings import SOME, scan


class Counting(set[str]):
    """A set of names that counts the letters it is asked for."""

    letters = 0

    def __contains__(self, key: object) -> bool:
        Counting.letters += len(str(key))
        return super().__contains__(key)


def letters_looked_up(text: str) -> int:
    scanner = Scanner(SOME)
    scanner._names = Counting(scanner._names)
    Counting.letters = 0
    list(scanner.named(text))
    return Counting.letters


REPEATED = (
    "openai/",
    "openai:",
    "a/b:c/",
    "ft:",
    "a.ft-",
    ":free",
    "${A:-",
    "import com.openai ChatModel.",
    "gpt-4o/",
    "gpt-4o ",
    "azure/gpt-4o\n",
    "x.",
    "[{(",
    '"',
)


@pytest.mark.parametrize("piece", REPEATED)
def test_twice_the_text_is_at_most_twice_the_work(piece: str) -> None:
    once, twice = letters_looked_up(piece * 500), letters_looked_up(piece * 1000)
    assert twice <= 2 * once + 200


@pytest.mark.parametrize("piece", ["gpt-4o ", "model: gpt-4o, ", '"gpt-4o" # ', "  gpt-4o\n", "- gpt-4o\n"])
def test_what_stands_beside_a_name_is_looked_at_within_bounds(
    piece: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """On one long line as on many, a name's surroundings are no larger for being in a larger text."""
    seen = []
    beside = lines_module.TextLines.beside

    def counted(self: lines_module.TextLines, number: int, start: int, end: int) -> tuple[str, str]:
        before, after = beside(self, number, start, end)
        seen.append(len(before) + len(after))
        return before, after

    monkeypatch.setattr(lines_module.TextLines, "beside", counted)
    counts = []
    for size in (400, 800):
        seen.clear()
        assert len(list(Scanner(SOME).named(piece * size))) == size
        counts.append(sum(seen))
    assert counts[1] <= 2.1 * counts[0] + 2000


def test_a_list_without_end_is_told_up_to_a_bound() -> None:
    assert len(list(scan().findings("gpt-4o\n" * (MOST + 500)))) == MOST
