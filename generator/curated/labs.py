"""What labs are called."""

from __future__ import annotations

from collections.abc import Mapping


def lab_name(lab: str, names: Mapping[str, str]) -> str:
    """The lab's name as it writes it itself: from `names`, else its id with capitals."""
    return names.get(lab) or " ".join(part.capitalize() for part in lab.split("-"))
