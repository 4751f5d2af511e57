"""The keys of a run: never in a file, a report or an error, whatever a server sends back.

A key is looked for whole, in pieces and encoded, by the page's rules (generator/web/playground/keys/scan.js):
letters and digits alone are compared, in the text as it is and with its escapes read.
"""

from __future__ import annotations

import base64
import html
import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any
from urllib.parse import unquote

from playground.evaluate.evaluation import Evaluation
from playground.evaluate.evaluation_json import evaluation_to_json
from playground.json_text import write_json
from playground.run.export import key_shapes
from playground.run.run import Run

HIDDEN = "[key]"
#: The whole text is left out where a key is in it and nobody can say where.
LEFT_OUT = "[left out: it repeats a key]"
#: A shorter key cannot be told from ordinary text; so many letters and digits of one give it away, and so
#: many where they may be words.
LEAST, PIECE, LONG_PIECE = 6, 8, 12
#: What servers that check no key have people type.
PLACEHOLDERS = frozenset(
    (
        *("bearer", "dummy", "empty", "fake-key", "lm-studio", "no-key", "no-key-required", "not-needed"),
        *("ollama", "placeholder", "sk-no-key-required", "token-abc123", "your-api-key"),
    )
)
#: How keys of one vendor all begin.
_PREFIX = re.compile(r"(?:ABSKQmVkcm9ja0FQSUtleS|AIzaSy|(?:[A-Za-z]{1,7}\d{0,3}[-_])+)")
_OTHERS = re.compile(r"[^A-Za-z0-9]+")
_ESCAPE = re.compile(r"\\u\{?([0-9a-fA-F]{4,6})\}?|\\x([0-9a-fA-F]{2})")
_WORD = re.compile(r"[a-z]+|[A-Z]?[a-z]+|[A-Z]+")


class Secrets:
    """Some keys: texts that nobody may see."""

    def __init__(self, runs: Iterable[Run]) -> None:
        keys = [run.target.key for run in runs if run.target.key]
        self._hold({text for key in keys for text in (key.secret, key.session)})

    @classmethod
    def of(cls, keys: Iterable[str]) -> Secrets:
        """Of these keys, whatever they are for."""
        secrets = cls(())
        secrets._hold(set(keys))
        return secrets

    def _hold(self, every: set[str]) -> None:
        real = {text for text in every if len(text) >= LEAST and text.lower() not in PLACEHOLDERS}
        # The longer first: a key that is part of another must not leave the rest of it.
        self._keys = sorted(real, key=len, reverse=True)
        plain = (_OTHERS.sub("", key) for key in self._keys)
        self._plain = [text for text in plain if len(text) >= PIECE]
        self._signs = {PIECE: set[str](), LONG_PIECE: set[str]()}
        for key in self._keys:
            for sign in _signs(key):
                self._signs[len(sign)].add(sign)

    def __repr__(self) -> str:
        return f"Secrets({len(self._keys)})"

    def within(self, text: str) -> bool:
        """Whether one of them stands in the text, whole, in a piece or encoded."""
        if not self._keys:
            return False
        return any(map(self._is_in, _readings(text)))

    def _is_in(self, text: str) -> bool:
        bare = _OTHERS.sub("", text)
        if any(key in text for key in self._keys) or any(plain in bare for plain in self._plain):
            return True
        return any(not signs.isdisjoint(_pieces(bare, size)) for size, signs in self._signs.items())

    def hidden(self, text: str) -> str:
        """The text without them."""
        if not self.within(text):
            return text
        for key in self._keys:
            text = text.replace(key, HIDDEN)
        return LEFT_OUT if self.within(text) else text

    def without(self, value: Any) -> Any:
        """The same value with every text in it without them."""
        if not self._keys:
            return value
        match value:
            case str():
                return self.hidden(value)
            case Mapping():
                return {self.hidden(str(name)): self.without(entry) for name, entry in value.items()}
            case list() | tuple():
                return [self.without(entry) for entry in value]
            case _:
                return value


def _pieces(text: str, size: int) -> Iterator[str]:
    return (text[at : at + size] for at in range(len(text) - size + 1))


def _signs(key: str) -> Iterator[str]:
    """What gives a key away among letters and digits alone."""
    own = _PREFIX.sub("", key, count=1) if _PREFIX.match(key) else key
    specific = own if len(_OTHERS.sub("", own)) >= LONG_PIECE else key
    plain = _OTHERS.sub("", specific)
    if len(plain) >= LONG_PIECE:
        yield from (piece for piece in _pieces(plain, PIECE) if not _WORD.fullmatch(piece))
    yield from _pieces(plain, LONG_PIECE)
    raw = specific.encode("utf-8", "replace")
    for before in range(3):
        # Only the characters that hang on the key alone, wherever in a text it stands.
        encoded = base64.b64encode(bytes(before) + raw).decode()
        alone = encoded[-(-before * 8 // 6) : (before + len(raw)) * 8 // 6]
        yield from _pieces(_OTHERS.sub("", alone), PIECE)
    for digits in (raw.hex(), raw.hex().upper()):
        yield from _pieces(digits, LONG_PIECE)


def _readings(text: str) -> Iterator[str]:
    """The text as it is, and with what is escaped in it read, up to four times over."""
    yield text
    for _ in range(4):
        read = html.unescape(_ESCAPE.sub(_character, unquote(text)))
        if read == text:
            return
        yield read
        text = read


def _character(match: re.Match[str]) -> str:
    point = int(match[1] or match[2], 16)
    return chr(point) if point <= 0x10FFFF else ""


def key_in(evaluation: Evaluation, secrets: Secrets, *, shapes: bool) -> str:
    """What holds a key, or with `shapes` what is shaped like one; empty where nothing does."""
    written = evaluation_to_json(evaluation)
    rows = [(f"case {row['name']!r}", row) for row in written["cases"]]
    rows += [("a prompt", written["prompts"]), ("a check", written["checks"])]
    rows += [("a parameter", [written["parameters"], written["models"]])]
    for where, row in rows:
        text = write_json(row)
        if secrets.within(text):
            return f"{secrets.hidden(where)} holds a key of yours, or a piece of it"
        if shapes and (like := key_shapes(text)):
            return f"{where} holds {like[0]}, which is shaped like a key"
    return ""
