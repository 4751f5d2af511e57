"""What somebody most likely meant by a name that is none, and ids made of names."""

from __future__ import annotations

import re
from collections.abc import Iterable
from difflib import get_close_matches


def slug(text: str) -> str:
    """Lower case, with dashes for all that is neither letter, digit nor point."""
    return re.sub(r"[^a-z0-9.]+", "-", text.lower()).strip("-")


def did_you_mean(name: str, known: Iterable[str], *, cutoff: float = 0.6) -> str:
    """`; did you mean azure, amazon?` of the names most like it, empty where none is."""
    near = get_close_matches(name, list(known), n=3, cutoff=cutoff)
    return f"; did you mean {', '.join(near)}?" if near else ""
