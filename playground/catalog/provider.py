"""Who serves models, and how to reach them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from fnmatch import fnmatchcase

from playground.catalog.endpoints import Endpoint


@dataclass(frozen=True, slots=True, kw_only=True)
class Provider:
    """Who serves models, and how to reach them; what is unknown is an empty string.

    `zero_retention` is yes, no or `on request`, `no_training` yes, no or `paid` (not what is paid for).
    """

    id: str
    name: str
    kind: str = ""
    status: str = "live"
    docs: str = ""
    pricing: str = ""
    support: str = ""
    data_handling: str = ""
    zero_retention: str = ""
    no_training: str = ""
    status_page: str = ""
    api: str = ""
    wire: tuple[str, ...] = ()
    auth: str = ""
    browser: str = "unknown"
    browser_evidence: str = ""
    browser_known_by: str = ""
    browser_checked: date | None = None
    browser_fix: str = ""
    lab: str = ""
    note: str = ""
    endpoints: tuple[Endpoint, ...] = ()

    def rows(self, model: str) -> list[int]:
        """The places of the endpoints where a model is called: made for it, else for any."""
        numbered = list(enumerate(self.endpoints))
        own = [place for place, e in numbered if any(fnmatchcase(model, p) for p in e.models)]
        return own or [place for place, e in numbered if not e.models]

    def wires(self, model: str) -> frozenset[str]:
        """The wires known for a model here: made for it, else for any."""
        called = [self.endpoints[row] for row in self.rows(model)]
        if any(e.models for e in called):
            return frozenset(str(e.wire) for e in called)
        plain = {str(e.wire) for e in self.endpoints if not e.models}
        return frozenset(self.wire) - ({str(e.wire) for e in self.endpoints} - plain)
