"""The keys of a run: never in a file, a report or an error, whatever a server sends back.

A key is looked for whole, in pieces and encoded, by the page's rules (generator/web/playground/keys/scan.js):
letters and digits alone are compared, in every way in which the text may be read.
"""

from __future__ import annotations

import base64
import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from generator.cli.evaluating.readings import readings
from playground.evaluate.evaluation import Evaluation
from playground.evaluate.evaluation_json import evaluation_to_json
from playground.json_text import texts_in, write_json
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
_OTHERS = bytes(code for code in range(128) if not chr(code).isalnum())
#: Letters that begin a look at a sign, and how far apart they are looked for: one of the letters' places lies
#: within the first five of any sign, so that most of a text is passed over.
_LOOK, _APART = 4, 5
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
        self._whole = [form for key in self._keys for form in _whole(key)]
        self._alone = [_alone(key) for key in self._keys if not any(_whole(key))]
        self._signs = {sign for key in self._keys for sign in _signs(key)}
        self._looks = {look for sign in self._signs for look in _pieces(sign[: _LOOK + _APART - 1], _LOOK)}

    def __repr__(self) -> str:
        return f"Secrets({len(self._keys)})"

    def within(self, value: Any) -> bool:
        """Whether one of them stands in the text, or the value, whole, in a piece or encoded."""
        if not self._keys:
            return False
        text = value if isinstance(value, str) else "\n".join(texts_in(value, numbers=True))
        return any(map(self._is_in, readings(text)))

    def _is_in(self, text: str) -> bool:
        bare = _squeezed(text)
        if any(form in bare for form in self._whole) or any(form.search(text) for form in self._alone):
            return True
        looks = (at for at in range(0, len(bare), _APART) if bare[at : at + _LOOK] in self._looks)
        return any(self._has_sign(bare[max(0, at - _APART + 1) : at + LONG_PIECE]) for at in looks)

    def _has_sign(self, text: str) -> bool:
        return any(not self._signs.isdisjoint(_pieces(text, size)) for size in (PIECE, LONG_PIECE))

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


def _squeezed(text: str) -> str:
    """The text's letters and digits."""
    return text.encode("ascii", "ignore").translate(None, _OTHERS).decode()


def _whole(key: str) -> Iterator[str]:
    """What a key of eight letters and digits or more looks like as a whole."""
    plain = _squeezed(key)
    if len(plain) >= PIECE:
        digits = key.encode("utf-8", "replace").hex()
        yield from (plain, digits, digits.upper())


def _alone(key: str) -> re.Pattern[str]:
    """What a shorter key looks like where it stands by itself."""
    raw = key.encode("utf-8", "replace")
    forms = (key, raw.hex(), base64.b64encode(raw).decode())
    each = "|".join(re.escape(form.rstrip("=")) for form in forms)
    return re.compile(f"(?<![A-Za-z0-9])(?:{each})(?![A-Za-z0-9])", re.IGNORECASE | re.ASCII)


def _pieces(text: str, size: int) -> Iterator[str]:
    return (text[at : at + size] for at in range(len(text) - size + 1))


def _signs(key: str) -> Iterator[str]:
    """What gives a key away among letters and digits alone."""
    own = _PREFIX.sub("", key, count=1) if _PREFIX.match(key) else key
    specific = own if len(_squeezed(own)) >= LONG_PIECE else key
    plain = _squeezed(specific)
    if len(plain) >= LONG_PIECE:
        yield from (piece for piece in _pieces(plain, PIECE) if not _WORD.fullmatch(piece))
    yield from _pieces(plain, LONG_PIECE)
    raw = specific.encode("utf-8", "replace")
    for before in range(3):
        # Only the characters that hang on the key alone, wherever in a text it stands.
        encoded = base64.b64encode(bytes(before) + raw).decode()
        alone = encoded[-(-before * 8 // 6) : (before + len(raw)) * 8 // 6]
        yield from _pieces(_squeezed(alone), PIECE)
    for digits in (raw.hex(), raw.hex().upper()):
        yield from _pieces(digits, LONG_PIECE)


def key_in(evaluation: Evaluation, secrets: Secrets, *, shapes: bool) -> str:
    """What holds a key, or with `shapes` what is shaped like one; empty where nothing does."""
    written = evaluation_to_json(evaluation)
    rows = [(f"case {row['name']!r}", row) for row in written["cases"]]
    rows += [("a prompt", written["prompts"]), ("a check", written["checks"])]
    rows += [("a parameter", [written["parameters"], written["models"]])]
    for where, row in rows:
        if secrets.within(row):
            return f"{secrets.hidden(where)} holds a key of yours, or a piece of it"
        if shapes and (like := key_shapes(write_json(row))):
            return f"{where} holds {like[0]}, which is shaped like a key"
    return ""
