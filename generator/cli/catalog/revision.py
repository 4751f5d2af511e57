"""Files as they were at a revision of git, read so that nothing of the repository's configuration is run.

What a person names is never an option to git, and what git is asked for is plain: the objects' bytes, without
filters, hooks, pagers or a remote.
"""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator
from pathlib import PurePosixPath

from generator.errors import CatalogError

#: What the repository's own configuration may say otherwise; the command line's goes before it.
LOCKED = (
    *("--no-pager", "--no-optional-locks", "--no-replace-objects", "--literal-pathspecs"),
    *(
        "-c",
        "core.fsmonitor=false",
        "-c",
        f"core.hooksPath={os.devnull}",
        "-c",
        "safe.bareRepository=explicit",
    ),
)
#: An object that is not there would be fetched, by a command that the configuration names.
OFFLINE = {"GIT_NO_LAZY_FETCH": "1", "GIT_ALLOW_PROTOCOL": "none", "GIT_TERMINAL_PROMPT": "0"}
FILE_MODES = {"100644", "100755"}


def files_at(name: str, folder: str) -> Iterator[tuple[str, bytes]]:
    """The regular files of a folder at a revision, each with its path (`docs/catalog/…`).

    Raises CatalogError where the name is no revision, or the folder is not in it.
    """
    revision = _asked(name, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{name}^{{commit}}")
    listed = _asked(name, "ls-tree", "-r", "-z", revision.decode().strip(), "--", folder)
    ids: dict[str, str] = {}
    for entry in filter(None, listed.decode("utf-8", "replace").split("\0")):
        about, _, path = entry.partition("\t")
        mode, _, object_id = about.split()
        if mode in FILE_MODES and _is_below(path, folder):
            ids[path] = object_id
    if not ids:
        raise _no_revision(name, f"it has no {folder}")
    content = _asked(name, "cat-file", "--batch", asked="\n".join(ids.values()).encode() + b"\n")
    at = 0
    for path in ids:
        start = content.index(b"\n", at) + 1
        head = content[at:start].split()
        if len(head) != 3:
            raise _no_revision(name, f"{path} is missing")
        end = start + int(head[2])
        yield path, content[start:end]
        at = end + 1


def _is_below(path: str, folder: str) -> bool:
    parts = PurePosixPath(path).parts
    return path.startswith(f"{folder}/") and ".." not in parts


def _asked(name: str, *arguments: str, asked: bytes = b"") -> bytes:
    """What git answers. Raises CatalogError."""
    done = subprocess.run(  # noqa: S603 (git's own words, and a name behind --end-of-options)
        ["git", *LOCKED, *arguments],  # noqa: S607
        input=asked,
        capture_output=True,
        check=False,
        env={k: v for k, v in os.environ.items() if not k.startswith("GIT_")} | OFFLINE,
    )
    if done.returncode:
        raise _no_revision(name, done.stderr.decode("utf-8", "replace").strip())
    return done.stdout


def _no_revision(name: str, seen: str) -> CatalogError:
    reason = f" ({seen})" if seen else ""
    return CatalogError(f"{name}: is neither a folder nor a revision of git that holds docs/catalog{reason}")
