"""The pages of what sources disagree on and of what is held back."""

from __future__ import annotations

from generator.views.figures import UNKNOWN, change_text, escape
from playground.catalog import Held

#: Of changes held together, as many are shown on the page.
SHOWN = 8


def _held(held: Held) -> dict[str, str]:
    shown = "<br>".join(escape(change_text(c)) for c in held.changes[:SHOWN])
    rest = len(held.changes) - SHOWN
    return {
        "id": held.id,
        "source": escape(held.source),
        "where": escape(held.where),
        "reason": held.reason,
        "what": shown + (f"<br>and {rest:,} more" if rest > 0 else ""),
        "since": str(held.since or UNKNOWN),
    }
