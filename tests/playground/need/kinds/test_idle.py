"""What a kind of model cannot have asks nothing of it, and asks again when the kind changes back."""

from __future__ import annotations

from decimal import Decimal

import pytest

from playground.catalog import Capability, Kind
from playground.catalog.vocabulary import MEDIA, NUMBERS, UNCOUNTED
from playground.decide.answer import Answer
from playground.decide.decision_record import Claims, decision_record
from playground.decide.sentences import idle_sentence
from playground.labels.names import display_names
from playground.need.judges import IMPLIED
from playground.need.kinds.idle import ABLE_TO, idle_parts, without_idle
from playground.need.need import NEED_PARTS, SHARES, WORK, Need
from playground.need.reader import read_need
from playground.pricing.pieces import OPEN
from tests.catalogs import committed
from tests.playground.need.test_named_needs import NAMED, TODAY, chooser

#: The named needs that ask for a chat, from which a reader changes the kind.
CHATS = [name for name, row in NAMED.items() if "kind" not in row["need"]]


def asked(parts: dict[str, object]) -> Answer:
    need, faults = read_need(parts, committed())
    assert not faults
    return chooser().answer(need, flips=0)


def test_every_kind_has_its_row_and_can_do_what_it_implies() -> None:
    assert {*ABLE_TO, *OPEN} == {*Kind}
    assert not {*ABLE_TO} & OPEN
    for kind, implied in IMPLIED.items():
        assert implied <= ABLE_TO[kind]


def test_each_idle_part_is_a_part_and_each_value_one_that_can_be_asked() -> None:
    for kind in Kind:
        for name, values in idle_parts(kind).items():
            assert name in (*NEED_PARTS, *WORK)
            assert all(read_need({name: value}, committed())[1] == () for value in values)
    assert idle_parts(None) == idle_parts(Kind.CHAT) == {}


@pytest.mark.parametrize("kind", sorted(MEDIA | NUMBERS | UNCOUNTED | {Kind.REALTIME}))
@pytest.mark.parametrize("name", CHATS)
def test_what_belongs_to_a_chat_puts_out_no_model_of_another_kind(name: str, kind: Kind) -> None:
    """Whoever is out of a named need with another kind is out by what that kind can have too."""
    answer = asked({**NAMED[name]["need"], "kind": kind})
    of_text = {"able enough"} | ({"output fits"} if kind in MEDIA | NUMBERS | UNCOUNTED else set())
    idle = {f"can: {c.replace('_', ' ')}" for c in Capability if c not in ABLE_TO[kind]}
    assert not (of_text | idle) & {*answer.eliminated}


@pytest.mark.parametrize("kind", [Kind.IMAGE, Kind.EMBEDDING, Kind.OCR, Kind.TRANSCRIPTION, Kind.VIDEO])
def test_somebody_is_left_of_the_first_need_with_another_kind(kind: Kind) -> None:
    assert asked({**NAMED["default"]["need"], "kind": kind}).ranked


def test_one_who_knows_nothing_of_chats_asks_the_same() -> None:
    """A part that asks nothing leaves the answer as it is without it."""
    plain = {"kind": "embedding", "input_tokens": 800, "requests": 5000}
    chat = {
        "must": "tool_calls, vision",
        "should": "streaming",
        "able": "hard",
        "task": "code",
        "cached": 0.5,
    }
    with_ticks, without = asked({**plain, **chat, "cached": 0.5}), asked({**plain, "must": "vision"})
    assert with_ticks.ranked == without.ranked
    assert with_ticks.need == without.need
    assert with_ticks.need.work.output_tokens == 0, "a vector is no token"
    assert without.idle == ()
    assert idle_sentence(with_ticks) == (
        "Not asked of embedding models, which cannot have it: Tool calls, Streaming, what it is for, "
        "a level of work with text, input from a cache"
    )
    record = decision_record(
        with_ticks, committed(), "0" * 64, TODAY, names=display_names(committed()), claims=Claims({})
    )
    assert "Not asked of embedding models" in record


def test_a_model_that_another_must_be_as_good_as_is_asked_of_every_kind() -> None:
    need = read_need({"kind": "image", "able": "openai/gpt-image-2"}, committed())[0]
    assert without_idle(need) == (need_of_images(need), ())


def need_of_images(need: Need) -> Need:
    """The same, as no share of its work was given."""
    assert all(getattr(need.work, name) == Decimal(0) for name in SHARES)
    return need


@pytest.mark.parametrize(
    ("name", "more", "first"),
    [
        # Whose pictures people prefer most, and not at a dearer place than there is.
        ("images", {}, "openai/direct/openai/gpt-image-2"),
        ("images", {"providers": "azure"}, "azure/global/openai/gpt-image-2"),
        # The only one with a test that is promised for a year: Cohere's v4 ends on 2027-06-01.
        (
            "embeddings",
            {"providers": "azure", "zone": "eu", "min_days": 365},
            "azure/data-zone-eu/openai/text-embedding-3-large",
        ),
        ("embeddings", {}, "google/direct/google/gemini-embedding@001"),
        # The same from a need of a chat, with its ticks.
        ("microsoft", {"kind": "image"}, "azure/global/openai/gpt-image-2"),
    ],
)
def test_who_is_first_for_images_and_embeddings(name: str, more: dict[str, object], first: str) -> None:
    assert asked({**NAMED[name]["need"], **more}).ranked.keys[0] == first
