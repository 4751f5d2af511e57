"""Whether tag, version and changelog say the same: `python -m tests.release v1.2.3` prints the notes."""

from __future__ import annotations

import re
import sys
import tomllib
from pathlib import Path

CHANGELOG = Path("CHANGELOG.md")


def version() -> str:
    """The version, which stands in pyproject.toml and nowhere else."""
    return str(tomllib.loads(Path("pyproject.toml").read_text("utf-8"))["project"]["version"])


def notes(tag: str, version: str, changelog: str) -> str:
    """What the changelog says of the version. Raises ValueError, which says what to mend."""
    if tag != f"v{version}":
        raise ValueError(f"the tag is {tag}, but pyproject.toml has version {version}; it wants v{version}")
    heading = rf"^## {re.escape(version)} - \d{{4}}-\d{{2}}-\d{{2}}\n(.*?)(?=^## |\Z)"
    found = re.search(heading, changelog, re.MULTILINE | re.DOTALL)
    if not found or not found[1].strip():
        raise ValueError(f"{CHANGELOG} has nothing under '## {version} - YYYY-MM-DD'; write it there")
    return found[1].strip() + "\n"


def main() -> int:
    """Print the notes, or what is wrong."""
    try:
        sys.stdout.write(notes(sys.argv[1], version(), CHANGELOG.read_text("utf-8")))
    except ValueError as error:
        sys.stderr.write(f"model-almanac: {error}\n")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
