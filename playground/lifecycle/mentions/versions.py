"""Versions and kinds of deployment beside a model's name, as Azure's templates write them."""

from __future__ import annotations

import re
from collections.abc import Mapping, Set

from playground.catalog import Channel
from playground.lifecycle.mentions.text_lines import TextLines

VERSION = re.compile(
    r"""(?<!api)(?<!api[-_])(?<!content)version["']?(?:\s+string)?\s*[:=]\s*(?:\{\s*["']?value["']?\s*:\s*)?["']?(20\d\d-\d\d-\d\d|\d{4}(?:-preview)?|turbo-20\d\d-\d\d-\d\d|\d{1,3})\b""",
    re.I,
)
#: Azure's kinds of deployment, as its tools and templates write them.
DEPLOYMENTS: Mapping[str, tuple[Channel, ...]] = {
    "globalstandard": (Channel.GLOBAL,),
    "globalprovisionedmanaged": (Channel.GLOBAL,),
    "globalbatch": (Channel.GLOBAL,),
    "datazonestandard": (Channel.DATA_ZONE_US, Channel.DATA_ZONE_EU),
    "datazoneprovisionedmanaged": (Channel.DATA_ZONE_US, Channel.DATA_ZONE_EU),
    "datazonebatch": (Channel.DATA_ZONE_US, Channel.DATA_ZONE_EU),
    "standard": (Channel.REGIONAL,),
    "provisionedmanaged": (Channel.REGIONAL,),
}
DEPLOYMENT = re.compile(rf"\b({'|'.join(DEPLOYMENTS)})\b", re.I)
#: How many lines above and below a name its version and its deployment are looked for.
NEAR, FAR = 3, 12


class Versions:
    """What the lines of a text say of versions and deployments."""

    def __init__(self, lines: TextLines) -> None:
        self._lines = lines.texts
        self._hits: dict[tuple[re.Pattern[str], int], str] = {}

    def beside(self, number: int, known: Set[str]) -> str:
        """The version nearest to a line (from 0), where it is one of those known; else empty."""
        hit = self._nearest(VERSION, number, NEAR) if known else ""
        return hit if hit in known else ""

    def deployed(self, number: int, versioned: bool) -> tuple[Channel, ...]:
        """The channels of the kind of deployment nearest to a line.

        Azure's deployments name a version; without one a kind of deployment further off is somebody else's.
        """
        hit = self._nearest(DEPLOYMENT, number, FAR if versioned else NEAR)
        return DEPLOYMENTS.get(hit.lower(), ())

    def _nearest(self, wanted: re.Pattern[str], number: int, most: int) -> str:
        """What is hit in the nearest line, of two as near in the one below."""
        for distance in range(most + 1):
            for at in dict.fromkeys((number + distance, number - distance)):
                if 0 <= at < len(self._lines) and (hit := self._in(wanted, at)):
                    return hit
        return ""

    def _in(self, wanted: re.Pattern[str], at: int) -> str:
        if (wanted, at) not in self._hits:
            match = wanted.search(self._lines[at][:2000])
            self._hits[wanted, at] = match[1] if match else ""
        return self._hits[wanted, at]
