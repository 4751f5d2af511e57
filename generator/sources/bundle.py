"""Several files of one source as one: a zip archive, the same bytes for the same files."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping

from generator.errors import SourceShapeError

#: The day that every file of a bundle bears: the first one that the format knows.
NO_DAY = (1980, 1, 1, 0, 0, 0)


def bundled(files: Mapping[str, bytes]) -> bytes:
    """The files by their names as one."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_STORED) as archive:
        for name, content in sorted(files.items()):
            archive.writestr(zipfile.ZipInfo(name, NO_DAY), content)
    return made.getvalue()


def unbundled(raw: bytes, source: str) -> dict[str, bytes]:
    """The files of a bundle by their names. Raises SourceShapeError where it is none."""
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as archive:
            return {name: archive.read(name) for name in archive.namelist()}
    except zipfile.BadZipFile as error:
        raise SourceShapeError(
            f"{source}: expected several files in one, got {raw[:40]!r}; look at what it answers now"
        ) from error
