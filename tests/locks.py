"""Makes the locks anew, by uv: `python -m tests.locks [--upgrade-package NAME …]`.

What is locked stays as it is unless it is named or no longer fits.
"""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

SERVE = Path("requirements.lock")
TEST = Path("requirements-test.lock")
NODE = Path("requirements-node.lock")
PROJECT = ("pyproject.toml", "--group", "serve")


def requirements(text: str) -> dict[str, str]:
    """The first line of each requirement of a lock → all its lines."""
    blocks = re.split(r"\n(?=[a-z])", text.strip())
    return {block.splitlines()[0].rstrip("\\ "): block for block in blocks if block}


def packages(lock: Path) -> dict[str, str]:
    """The packages of a lock: name → version."""
    found = (re.match(r"([a-z0-9-]+)==([^ ]+)", head) for head in requirements(lock.read_text("utf-8")))
    return {match[1]: match[2] for match in found if match}


def resolved(wanted: tuple[str, ...], options: list[str]) -> str:
    """What is wanted with all that it needs, for every system and each Python from 3.12 on, with hashes."""
    with tempfile.TemporaryDirectory() as folder:
        made = Path(folder) / "made.txt"
        # uv prefers the versions of the file that it writes over.
        made.write_text("".join(path.read_text("utf-8") for path in (SERVE, TEST, NODE) if path.is_file()))
        command = ["uv", "pip", "compile", "--quiet", "--universal", "--python-version", "3.12"]
        command += ["--generate-hashes", "--no-header", "--no-annotate", *wanted, *options]
        command += ["--output-file", str(made)]
        subprocess.run(command, check=True)
        return made.read_text("utf-8")


def main() -> int:
    """Write the three locks."""
    if not shutil.which("uv"):
        sys.stderr.write("uv is missing; install it, in an environment of its own: pip install uv\n")
        return 2
    options = sys.argv[1:]
    serve = resolved(PROJECT, options)
    SERVE.write_text(serve, "utf-8")
    known = requirements(serve)
    whole = requirements(resolved((*PROJECT, "--extra", "fit", "--extra", "mcp", "--group", "test"), options))
    TEST.write_text("".join(f"{block}\n" for head, block in whole.items() if head not in known), "utf-8")
    NODE.write_text(resolved(("--group", "node"), options), "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
