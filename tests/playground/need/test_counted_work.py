"""A need that counts its work by the piece: what is read of it, and what is not asked of a kind."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from playground.catalog import Capability, Kind, Support
from playground.catalog.vocabulary import UNCOUNTED
from playground.decide.quality.evidence import evidence_sentences
from playground.decide.sentences import idle_sentence
from playground.need.kinds.idle import idle_parts, without_idle
from playground.need.need import Need, need_to_parts
from playground.need.reader import read_need
from playground.pricing.pieces import KINDS
from playground.pricing.workload import PIECES
from tests.catalogs import committed
from tests.playground.need.test_named_needs import NAMED, chooser


def read(parts: dict[str, Any]) -> Need:
    need, faults = read_need(parts, committed())
    assert not faults
    return need


@pytest.mark.parametrize(
    ("parts", "tokens"),
    [
        ({}, (1000, 500)),
        ({"kind": "image"}, (1000, 500)),
        # Beside a piece nothing is taken for its tokens.
        ({"kind": "image", "images": 1}, (0, 0)),
        ({"kind": "image", "images": "2", "input_tokens": 100}, (100, 0)),
        ({"kind": "image", "images": 0}, (1000, 500)),
        ({"images": 1}, (0, 0)),
        # What the kind does not do counts nothing, so it is asked as without it.
        ({"kind": "embedding", "pages": 3}, (1000, 500)),
    ],
)
def test_tokens_beside_pieces_are_those_that_are_given(
    parts: dict[str, Any], tokens: tuple[int, int]
) -> None:
    work = read(parts).work
    assert (work.input_tokens, work.output_tokens) == tokens


@pytest.mark.parametrize(
    "parts",
    [
        {"kind": "transcription", "minutes": 10, "output_tokens": 500},
        {"kind": "transcription", "minutes": 10, "input_tokens": 1000, "output_tokens": 500},
        {"kind": "image", "images": 1},
        {"kind": "speech", "characters": 1500, "requests": 20},
        {"kind": "ocr", "pages": 2.5},
        {"input_tokens": 0, "output_tokens": 0},
        {"kind": "embedding", "pages": 3},
    ],
)
def test_a_need_written_down_is_read_as_the_same(parts: dict[str, Any]) -> None:
    need = read(parts)
    written = need_to_parts(need)
    assert read(written) == need
    assert written == parts


def test_a_link_without_them_means_what_it_meant() -> None:
    need = read({"kind": "ocr", "requests": 30_000})
    assert [getattr(need.work, piece) for piece in PIECES] == [0] * len(PIECES)
    assert need_to_parts(need) == {"kind": "ocr", "requests": 30_000}
    assert need.work.pieces == ()


@pytest.mark.parametrize("kind", Kind)
def test_a_kind_is_asked_for_the_pieces_that_it_does(kind: Kind) -> None:
    idle = {*idle_parts(kind)} & {*PIECES}
    can = {piece for piece in PIECES if kind in KINDS[piece]}
    assert idle == (set() if kind in (Kind.CHAT, Kind.OTHER) else {*PIECES} - can)
    need = read({"kind": str(kind), **dict.fromkeys(PIECES, 2)})
    left, asked = without_idle(need)
    assert {piece for piece in PIECES if getattr(left.work, piece)} == {*PIECES} - idle
    assert bool(asked) == bool(idle)


def test_what_is_paid_otherwise_than_by_the_token_can_be_said_but_for_films_and_music() -> None:
    assert {kind for kinds in KINDS.values() for kind in kinds} - {Kind.REALTIME} == UNCOUNTED - {
        Kind.VIDEO,
        Kind.MUSIC,
    }


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("images", "Give the images made in a request, and their cost counts too."),
        ("documents", "Give the pages read in a request, and their cost counts too."),
    ],
)
def test_an_answer_says_what_to_give_where_cost_orders_nothing(name: str, said: str) -> None:
    parts = NAMED[name]["need"]
    counted = chooser().answer(read(parts), flips=0)
    without = chooser().answer(read({k: v for k, v in parts.items() if k not in PIECES}), flips=0)
    told = [" ".join(f"{one}." for one in evidence_sentences(a, lambda o: o.key)) for a in (counted, without)]
    assert ["orders nothing" in one for one in told] == [False, True]
    assert said in told[1]
    assert counted.judgement.bills.comparable


def test_each_list_counts_the_piece_or_its_tokens_in_an_answer() -> None:
    answer = chooser().answer(read(NAMED["images"]["need"]), flips=0)
    for candidate in answer.ranked:
        counted = {(str(line.meter), str(line.unit)) for line in candidate.bill.lines if line.usd is not None}
        assert len(counted & {("output", "image"), ("output_image", "mtok")}) == 1, candidate.offering.key


def test_a_number_of_pieces_that_is_none_is_a_fault_of_its_field() -> None:
    need, faults = read_need({"kind": "image", "images": "-1", "pages": "many"}, committed())
    assert [fault.part for fault in faults] == ["images", "pages"]
    assert need.work.output_tokens == Decimal(500)


@pytest.mark.parametrize("kind", ["chat", "any"])
@pytest.mark.parametrize(
    ("part", "capability"),
    [
        *(("images", Capability.IMAGE_OUT), ("minutes", Capability.AUDIO_IN), ("pages", Capability.VISION)),
        ("characters", Capability.AUDIO_OUT),
        *(("audio_in", Capability.AUDIO_IN), ("image_in", Capability.VISION)),
        *(("audio_out", Capability.AUDIO_OUT), ("image_out", Capability.IMAGE_OUT)),
    ],
)
def test_work_that_is_no_text_is_not_answered_by_what_handles_text_alone(
    part: str, capability: Capability, kind: str
) -> None:
    answer = chooser().answer(read({"kind": kind, part: 1}), flips=0)
    name = f"can: {capability.replace('_', ' ')}"
    assert answer.eliminated[name]
    verdicts = [{v.constraint: v.holds for v in c.verdicts}[name] for c in answer.ranked]
    assert Support.NO not in verdicts
    assert Support.YES in verdicts
    asked = chooser().answer(read({"kind": kind, part: 1, "must": [str(capability)]}), flips=0)
    assert asked.ranked.keys == answer.ranked.keys


def test_a_kind_made_for_the_work_is_not_asked_whether_it_can() -> None:
    for piece, kinds in KINDS.items():
        for kind in kinds:
            answer = chooser().answer(read({"kind": str(kind), piece: 1}), flips=0)
            assert not [name for name in answer.eliminated if name.startswith("can: ")]


@pytest.mark.parametrize(
    ("parts", "sentence"),
    [
        ({"images": 1}, "Asked of chat models only: for images made there are image models (kind: image)"),
        (
            {"characters": 1},
            "Asked of chat models only: for characters spoken there are speech models (kind: speech)",
        ),
        ({"kind": "image", "images": 1}, ""),
        ({"kind": "any", "images": 1}, ""),
        ({"kind": "ocr", "images": 1}, "Not asked of ocr models, which cannot have it: images made"),
        ({}, ""),
    ],
)
def test_who_asks_a_chat_for_a_piece_of_work_is_told_which_kind_is_made_for_it(
    parts: dict[str, Any], sentence: str
) -> None:
    assert idle_sentence(chooser().answer(read(parts), flips=0)) == sentence


BY_TOKEN = "Whoever charges by the token stands without a cost: give the"


@pytest.mark.parametrize(
    ("kind", "piece", "tokens"),
    [
        ("image", "images", {"output_tokens": 1100}),
        ("transcription", "minutes", {"input_tokens": 1500, "output_tokens": 200}),
    ],
)
def test_who_gives_no_tokens_is_told_that_they_would_count(
    kind: str, piece: str, tokens: dict[str, int]
) -> None:
    def told(parts: dict[str, Any]) -> list[str]:
        answer = chooser().answer(read({"kind": kind, piece: 1, **parts}), flips=0)
        return [one for one in evidence_sentences(answer, lambda o: o.key) if one.startswith(BY_TOKEN)]

    names = " and ".join(name.replace("_", " ") for name in tokens)
    assert told({}) == [f"{BY_TOKEN} {names} of a request, and theirs counts too"]
    assert not told(tokens)
    assert not told({"providers": ["groq"]})  # nobody there charges by the token


def test_what_is_sold_for_streaming_streams() -> None:
    """Live captions cost what the row for them asks, not what a recording that may wait does."""
    asked = {"kind": "transcription", "minutes": 1, "must": ["streaming"], "models": ["deepgram/nova-3"]}
    streaming, recorded = chooser().answer(read(asked), flips=0).ranked[:2]
    assert (streaming.offering.variant, recorded.offering.variant) == ("streaming", "")
    verdicts = [{v.constraint: v.holds for v in c.verdicts} for c in (streaming, recorded)]
    assert [v["can: streaming"] for v in verdicts] == [Support.YES, Support.UNKNOWN]
    realtime = chooser().answer(read({"kind": "realtime", "must": ["streaming"]}), flips=0)
    assert all("can: streaming" not in [v.constraint for v in c.lacks] for c in realtime.ranked)
