"""What a template of promptfoo's holds as it is: `{% raw %}…{% endraw %}`, read, and written around logic."""

from __future__ import annotations

import re
from collections.abc import Callable

from playground.evaluate.template import logic_in, named_pieces, names

_RAW = re.compile(r"\{%-?\s*raw\s*-?%\}(.*?)\{%-?\s*endraw\s*-?%\}", re.S)
#: Brackets that begin something in Nunjucks, with all before them that would become a part of it, and the end
#: of a comment, which is an error where none has begun.
_BEGINS = re.compile(r"\{+[%#]|\{{2,}|#\}")
_LAST = re.compile(r"\{+\Z")


def unread_logic(text: str) -> str:
    """The first piece of logic in a template of promptfoo's; empty where there is none.

    What stands there as it is counts, too, where it would be filled in here.
    """
    inner = next((match[0] for match in _RAW.finditer(text) if names([match[1]])), "")
    return inner or logic_in(_RAW.sub("", text))


def without_raw(text: str) -> str:
    """The text without marks around what stands in it as it is; where that would be filled in, they stay."""
    return _RAW.sub(lambda match: match[0] if names([match[1]]) else match[1], text)


def as_nunjucks(template: str, renamed: Callable[[str], str]) -> str:
    """One of our templates as promptfoo's: only names are filled in, by what they are called there."""
    out = []
    for literal, name in named_pieces(template):
        text = _BEGINS.sub(lambda match: _raw(match[0]), literal)
        if name:
            # A bracket before a name would be read with it.
            text = _LAST.sub(lambda match: _raw(match[0]), text)
        out.append(text + (f"{{{{{renamed(name)}}}}}" if name else ""))
    return "".join(out)


def beginning_raw(text: str) -> str:
    """The text so that its beginning names no file and no program."""
    return f"{_raw(text[:1])}{text[1:]}"


def _raw(text: str) -> str:
    return f"{{% raw %}}{text}{{% endraw %}}"
