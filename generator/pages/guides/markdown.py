"""Tables of the guides as Markdown."""

from __future__ import annotations

from collections.abc import Sequence


def markdown_table(heads: Sequence[str], rows: Sequence[Sequence[str]], left: int) -> str:
    """A table, the first columns flush left and the others right."""
    if not rows:
        return "*No model of this is in this site's catalog.*"
    rule = ["---" if i < left else "--:" for i in range(len(heads))]
    return "\n".join(f"| {' | '.join(cells)} |" for cells in (heads, rule, *rows))
