"""The parts of a need that say what kind of model it is and what it can do."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from playground.catalog import Capability, Catalog, Kind
from playground.labels.labels import label
from playground.need.form import Choices, Control, Fieldset, Part, Section
from playground.need.values import choice, named

MUST = Section(id="must", title="It must", open=True)
SHOULD = Section(id="should", title="It should")

#: What goes in and comes out, as the capability that it takes; text takes none.
TAKES = {
    "text": None,
    "image": Capability.VISION,
    "pdf": Capability.PDF,
    "audio": Capability.AUDIO_IN,
    "video": Capability.VIDEO_IN,
}
GIVES = {"text": None, "image": Capability.IMAGE_OUT, "audio": Capability.AUDIO_OUT}
MODALITIES = tuple(c for c in (*TAKES.values(), *GIVES.values()) if c)


def _capability(value: Any, _: Catalog) -> Capability:
    return Capability(choice(value, Capability))


def _kind(value: Any, _: Catalog) -> Kind | None:
    return None if value in (None, "any") else Kind(choice(value, Kind))


def _names(capabilities: Iterable[Capability]) -> Choices:
    return [(str(c), label(f"can.{c}")) for c in capabilities]


def _abilities() -> Sequence[Fieldset]:
    rest = [c for c in Capability if c not in MODALITIES]
    return [
        Fieldset(legend="take and give, beside text", choices=_names(MODALITIES)),
        Fieldset(legend="be able to", choices=_names(rest)),
    ]


def _kinds(_: Catalog) -> Choices:
    others = sorted(str(kind) for kind in Kind if kind is not Kind.CHAT)
    return [(kind, kind) for kind in (str(Kind.CHAT), "any", *others)]


ABILITIES = (
    Part(
        name="kind",
        read=_kind,
        section=MUST,
        control=Control.CHOICE,
        label="Kind of model",
        usual=str(Kind.CHAT),
        choices=_kinds,
        help="What kind of model: chat, embedding, image …; any for all.",
    ),
    Part(
        name="takes",
        read=lambda value, _: TAKES[named(value, TAKES, "what goes in")],
        several=True,
        into="must",
        help="What goes in: text, image, pdf, audio, video; may be given again.",
    ),
    Part(
        name="gives",
        read=lambda value, _: GIVES[named(value, GIVES, "what comes out")],
        several=True,
        into="must",
        help="What comes out: text, image, audio.",
    ),
    Part(
        name="must",
        read=_capability,
        several=True,
        section=MUST,
        control=Control.TICKS,
        fieldsets=_abilities,
        help="A capability it must have, such as tool_calls.",
    ),
    Part(
        name="should",
        read=_capability,
        several=True,
        section=SHOULD,
        control=Control.TICKS,
        fieldsets=lambda: [
            Fieldset(
                legend="be able to; of two that cost the same, who can more comes first",
                choices=_names(Capability),
            )
        ],
        help="A capability that is wished for.",
    ),
)
