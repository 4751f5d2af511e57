"""Values as Python writes them."""

from __future__ import annotations

import re
from typing import Any

#: Characters of a line; a text is never cut, however long it is.
WIDTH = 88


def literal(value: Any, depth: int = 0) -> str:
    """The value as an expression, over several lines where it is long; `depth` is how far it is set in."""
    short = _short(value)
    if 4 * depth + len(short) <= WIDTH or not value or not isinstance(value, dict | list | tuple):
        return short
    if isinstance(value, dict):
        parts = [f"{quoted(name)}: {literal(part, depth + 1)}" for name, part in value.items()]
        begin, end = "{", "}"
    else:
        parts = [literal(part, depth + 1) for part in value]
        begin, end = ("[", "]") if isinstance(value, list) else ("(", ")")
    inside = "".join(f"{'    ' * (depth + 1)}{part},\n" for part in parts)
    return f"{begin}\n{inside}{'    ' * depth}{end}"


def quoted(text: str) -> str:
    """The text in double quotes, with all that is not to be seen in it escaped."""
    written = repr(text)
    if written[0] == '"':
        return written
    inside = re.sub(r"\\.|\"", lambda mark: _AGAIN.get(mark[0], mark[0]), written[1:-1])
    return f'"{inside}"'


#: What is escaped otherwise within double quotes.
_AGAIN = {r"\'": "'", '"': r"\""}


def _short(value: Any) -> str:
    """The value in one line."""
    match value:
        case str():
            return quoted(value)
        case dict():
            return f"{{{', '.join(f'{quoted(name)}: {_short(part)}' for name, part in value.items())}}}"
        case list():
            return f"[{', '.join(map(_short, value))}]"
        case tuple():
            return f"({', '.join(map(_short, value))}{',' if len(value) == 1 else ''})"
        case _:
            return repr(value)
