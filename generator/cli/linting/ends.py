"""What vendors' pages say of ends, as `almanac lint` reads it: from a copy in the user's cache.

Reading the YAML that people edit takes longer than all else that a few files need. The copy counts only for
a file of the same content, and while the code that reads it is as it was.
"""

from __future__ import annotations

import hashlib
from pathlib import Path

import msgspec

from generator import curated
from generator.cli.options import cache_folder
from generator.curated.ends import ENDED_FILE
from generator.errors import SetupError
from generator.store.copies import copy_of, files_state, read_copy, state_of, write_copy
from playground import lifecycle
from playground.lifecycle.ended import Ends, ends_from_json, ends_to_json

_CODE = (
    Path(curated.__file__).parent,
    Path(curated.__file__).parent / "ends",
    Path(lifecycle.__file__).parent,
)


def ends_of(folder: Path) -> Ends:
    """What ended.yml of a catalog says. Raises EditError naming the entry."""
    path = folder / ENDED_FILE
    try:
        raw, cache = path.read_bytes(), cache_folder()
        code = [line for place in _CODE for line in files_state(place)[1]]
    except (OSError, SetupError):  # there is none, or a user without a folder for caches
        return _read(path)
    state = state_of([hashlib.sha256(raw).hexdigest(), *code])
    copy = copy_of(path, cache, "ends")
    if (content := read_copy(copy, state)) is not None:
        return ends_from_json(msgspec.json.decode(content))
    ends = _read(path)
    if path.read_bytes() == raw:
        write_copy(copy, state, msgspec.json.encode(ends_to_json(ends)))
    return ends


def _read(path: Path) -> Ends:
    from generator.curated.ends.reader import load_ends  # slow to load, and most find a copy

    return load_ends(path)
