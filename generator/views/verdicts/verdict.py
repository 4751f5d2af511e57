"""A verdict: where a reader begins, and a few sentences, each with what it stands on."""

from __future__ import annotations

import re
from dataclasses import dataclass
from string import Formatter

#: How a text names the statement that it stands on; a page puts a number there.
CITED = re.compile(r"⟦([a-z0-9-]+)⟧")


@dataclass(frozen=True, slots=True, kw_only=True)
class Ground:
    """A fact that a sentence stands on, and how the sentence writes its value.

    `of` is an offering's key or a model's id; `field` is a field of it, `stays`, or `score:` with the test.
    """

    of: str
    field: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Phrase:
    """A piece of a sentence in Markdown, with what it stands on."""

    text: str
    grounds: tuple[Ground, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Sentence:
    """One sentence in Markdown, and the rule that says it."""

    rule: str
    text: str
    grounds: tuple[Ground, ...] = ()

    @property
    def statements(self) -> tuple[str, ...]:
        """The ids of the statements that it cites."""
        return tuple(CITED.findall(self.text))

    @property
    def plain(self) -> str:
        """Its text without links, marks and numbers."""
        bare = re.sub(r"\[([^\]]*)\]\([^)]*\)(\{[^}]*\})?", r"\1", CITED.sub("", self.text))
        return re.sub(r"<[^>]+>|\*\*", "", bare)


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """What one kind of reader is told.

    `way` is where to begin, `provider/channel` or a lab, and `begin` that in words; `model` is the model to
    try first, `price` what a million tokens of it cost, in and out; a dash each where none is known.
    """

    reader: str
    title: str
    way: str
    begin: str
    model: str
    price: str
    sentences: tuple[Sentence, ...]

    @property
    def plain(self) -> str:
        """All of it as text."""
        return " ".join((self.begin, *(s.plain for s in self.sentences)))


def sentence(rule: str, template: str, **phrases: Phrase | str) -> Sentence:
    """A sentence from a template (`{mai} costs {prices}.`) and its phrases."""
    used = [name for _, name, _, _ in Formatter().parse(template) if name]
    texts = {name: p.text if isinstance(p, Phrase) else p for name, p in phrases.items()}
    grounds = [g for name in used if isinstance(p := phrases[name], Phrase) for g in p.grounds]
    text = template.format(**texts)
    return Sentence(rule=rule, text=text[0].upper() + text[1:], grounds=tuple(grounds))
