"""The bytes of a file that machines wrote, where it is one and nothing changed its encoding."""

from __future__ import annotations

from pathlib import Path
from stat import S_ISREG

from generator.errors import CatalogError

#: What editors put at the beginning: UTF-8, and UTF-16 in either order.
_MARKS = {b"\xef\xbb\xbf": "UTF-8", b"\xff\xfe": "UTF-16", b"\xfe\xff": "UTF-16"}


def plain_bytes(path: Path) -> bytes:
    """The file's content. Raises FileNotFoundError, and CatalogError where it cannot be read or is marked.

    A pipe or a device is not opened: reading it may never end.
    """
    try:
        if not S_ISREG(path.stat().st_mode):
            kind = "a folder" if path.is_dir() else "a pipe or a device"
            raise CatalogError(f"{path}: is {kind}, not a file; restore it (git checkout)")
        raw = path.read_bytes()
    except FileNotFoundError:
        raise
    except OSError as error:
        raise CatalogError(f"{path}: cannot be read ({error.strerror}); look at its rights") from error
    for mark, encoding in _MARKS.items():
        if raw.startswith(mark):
            raise CatalogError(
                f"{path}: begins with a byte order mark, so an editor saved it as {encoding}; "
                "restore it (git checkout) or save it as UTF-8 without one"
            )
    return raw
