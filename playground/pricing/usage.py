"""The tokens of one answer, as its provider counts them."""

from __future__ import annotations

from dataclasses import dataclass, fields


@dataclass(frozen=True, slots=True, kw_only=True)
class Usage:
    """Tokens as the provider counts them; None is not reported, which is not zero.

    `input` counts every input token, the cached ones too; `output` every output token, reasoning too:
    adapters add up what a provider reports apart. A later Usage replaces what it repeats, never adds.
    """

    input: int | None = None
    cache_read: int | None = None
    cache_write: int | None = None
    cache_write_1h: int | None = None
    output: int | None = None
    reasoning: int | None = None
    usd: str | None = None

    def merged(self, later: Usage) -> Usage:
        """This with what a later report says in its place."""
        reported = {f.name: getattr(later, f.name) for f in fields(later)}
        return Usage(**{n: v if v is not None else getattr(self, n) for n, v in reported.items()})
