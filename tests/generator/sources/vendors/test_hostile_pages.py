"""Pages with slips, or that are none at all: records, or one plain error, and in time."""

from __future__ import annotations

import random
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.errors import SourceShapeError
from generator.ledger.refresh.source_reading import parse
from generator.sources import BY_ID
from generator.sources.lifecycle_tables import model_names
from generator.sources.linked_pages import with_pages
from generator.sources.markdown import days, months, plain, says_nothing, tables, tokens
from generator.sources.records import UNFORESEEN
from generator.sources.vendors.openai_prices import prices_of
from tests.generator.sources.fixtures import FIXTURES, raw

VENDORS = (
    *("openai-models", "openai-deprecations", "anthropic-models", "anthropic-deprecations"),
    *("google-models", "google-deprecations", "epoch-models"),
)
LINKED = ("openai-models", "anthropic-models", "google-models")
HEAD = "| Shutdown date | Model / system | Recommended replacement |\n|---|---|---|\n"


def read_or_refused(source: str, answer: bytes) -> bool:
    """Whether the answer makes records, each of something or left out, or one error that names the source."""
    try:
        made = parse(BY_ID[source], answer)
    except SourceShapeError as error:
        return str(error).startswith(source) and "\n" not in str(error)
    return bool(made) and all(r.left_out or r.provider or r.model for r in made)


@pytest.mark.parametrize("source", VENDORS)
@given(
    answer=st.one_of(
        st.binary(max_size=300), st.text(max_size=300).map(lambda t: t.encode("utf-8", "ignore"))
    )
)
def test_any_bytes_are_read_or_refused_by_name(source: str, answer: bytes) -> None:
    assert read_or_refused(source, answer)


@pytest.mark.parametrize("source", LINKED)
@given(text=st.text(max_size=300))
def test_any_pages_are_read_or_refused_by_name(source: str, text: str) -> None:
    body = text.encode("utf-8", "ignore")
    assert read_or_refused(source, with_pages(body, {"a.md": body}, {"b.md": text}))


def bent(body: bytes, dice: random.Random) -> bytes:
    """The body with a few slips: bytes cut, doubled, moved, or replaced by what tables are made of."""
    spoilt = bytearray(body)
    for _ in range(dice.randint(1, 12)):
        at = dice.randrange(len(spoilt) + 1)
        match dice.randrange(4):
            case 0:
                del spoilt[at : at + dice.randint(1, 40)]
            case 1:
                spoilt[at:at] = spoilt[at : at + dice.randint(1, 40)]
            case 2:
                spoilt[at:at] = dice.choice(
                    [b"|", b"`", b"\n", b"$", b"\\", b"**", b"](", b"\xff", b"\0", b'"']
                )
            case _:
                spoilt[at : at + 1] = bytes([dice.randrange(256)])
    return bytes(spoilt)


@pytest.mark.parametrize("source", VENDORS)
@settings(max_examples=60)
@given(seed=st.integers(0, 2**32))
def test_a_page_with_slips_is_read_or_refused_by_name(source: str, seed: int) -> None:
    dice = random.Random(seed)
    if source in LINKED:
        folder = FIXTURES / source
        files = {p.relative_to(folder).as_posix(): bent(p.read_bytes(), dice) for p in folder.rglob("*.*")}
        answer = with_pages(files.pop("index.md"), files, {})
    else:
        answer = bent(raw(source), dice)
    assert read_or_refused(source, answer)


@pytest.mark.parametrize(
    "piece",
    ["[", "[a](", "**", "`", "<sup>", "|", "^[", "\\", "$1", "**[", "Jan ", "1,", "- ", "```\n", "<!-- "],
)
def test_no_text_takes_long(piece: str) -> None:
    """A page is read in time that grows with its length, whatever it repeats."""
    text = HEAD + (piece * (200_000 // len(piece))) + "\n" + piece * 3000 + " | " + piece * 3000
    began = time.process_time()
    for table in tables(text):
        for cell in {cell for row in table.rows for cell in row}:
            days(cell), months(cell), tokens(cell), says_nothing(plain(cell)), model_names(cell)
    prices_of("\n## Pricing\n" + text)
    assert time.process_time() - began < 5


def test_a_source_of_which_a_fifth_of_the_pages_is_bent_has_changed_its_shape() -> None:
    folder = FIXTURES / "openai-models"
    files = {p.name: p.read_bytes() for p in folder.glob("gpt*")}
    files["gpt-6-sol.md"] = files["gpt-6-sol.md"].replace(b"Model ID:", b"Id:")
    files["gpt-6.2-sol.md"] = files["gpt-6.2-sol.md"].replace(b"Model ID:", b"Id:")
    with pytest.raises(SourceShapeError, match="2 of 5 rows have a shape the adapter does not know"):
        parse(BY_ID["openai-models"], with_pages(b"", files, {}))
    assert {r.left_out for r in BY_ID["openai-models"].parse(with_pages(b"", files, {}))} == {"", UNFORESEEN}


def test_every_fixture_of_pages_has_its_index() -> None:
    assert all((FIXTURES / source / "index.md").is_file() for source in LINKED)
