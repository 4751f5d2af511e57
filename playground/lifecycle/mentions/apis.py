"""Finds the use of APIs that vendors have ended: calls, addresses, values of `api-version`."""

from __future__ import annotations

import re
from bisect import bisect
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import accumulate

from playground.lifecycle.ended import EndedApi
from playground.lifecycle.mentions.naming import key_of
from playground.lifecycle.mentions.prose import Passages
from playground.lifecycle.mentions.scan import MOST
from playground.lifecycle.mentions.text_lines import TextLines

#: A type of a cloud's resource: the version beside it is that of the cloud's management.
RESOURCE = re.compile(r"microsoft\.\w+/", re.I)


@dataclass(frozen=True, slots=True, kw_only=True)
class ApiUse:
    """A call to an API that ends: where (from 1), as written; `aside` as for a model's mention."""

    line: int
    column: int
    text: str
    api: EndedApi
    aside: str = ""


class ApiScanner:
    """How calls to every API that ends are written."""

    def __init__(self, apis: tuple[EndedApi, ...]) -> None:
        self._api_of = {text.lower(): api for api in apis for text in api.written}
        longest_first = sorted(self._api_of, key=lambda text: (-len(text), text))
        self._pattern = (
            re.compile(
                r"(?<![a-z0-9_-])(?:" + "|".join(map(re.escape, longest_first)) + r")(?![a-z0-9_-])", re.I
            )
            if longest_first
            else None
        )

    def used(self, text: str, path: str = "") -> Iterator[ApiUse]:
        """Every use that the text makes of such an API, in its order."""
        low = text.lower()
        # Most texts hold none of them, which is quicker to see without the pattern.
        if not self._pattern or not any(written in low for written in self._api_of):
            return
        hits = list(self._pattern.finditer(text))
        lines = TextLines(text)
        starts = [0, *accumulate(len(line) for line in text.splitlines(keepends=True))]
        passages = Passages(lines, path)
        beside = {word: word in low for match in hits for word in self._api_of[match[0].lower()].beside}
        for match in hits[:MOST]:
            api = self._api_of[match[0].lower()]
            number = bisect(starts, match.start()) - 1
            start = match.start() - starts[number]
            end = start + len(match[0])
            if number in lines.ignored or (api.beside and not any(beside[word] for word in api.beside)):
                continue
            if api.keys and not _is_value_of(api.keys, lines, number, start):
                continue
            yield ApiUse(
                line=number + 1,
                column=start + 1,
                text=match[0],
                api=api,
                aside=passages.reason(number, start, end),
            )


def _is_value_of(keys: tuple[str, ...], lines: TextLines, number: int, start: int) -> bool:
    """Whether what begins in a line at a place is the value of one of the settings, and no resource's."""
    before, _ = lines.beside(number, start, start)
    near = range(max(0, number - 2), min(number + 3, len(lines.texts)))
    if any(RESOURCE.search(lines.texts[at][:400]) for at in near):
        return False
    key = key_of(before).lower().replace("-", "_").replace(".", "_")
    return any(key.endswith(name.replace("-", "_")) for name in keys) or any(
        before.lower().endswith(f"{name}=") for name in keys
    )
