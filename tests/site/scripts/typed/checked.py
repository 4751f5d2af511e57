"""TypeScript that a test writes from what Python knows, checked against the types of the scripts."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

from generator.fetch.by_npm import node
from generator.site import frontend
from tests.patience import PATIENCE_S

TYPES = frontend.WEB / "types"
TSC = Path("tests/servers/node_modules/typescript/bin/tsc")
SETTINGS = {
    "strict": True,
    "noEmit": True,
    "module": "esnext",
    "moduleResolution": "bundler",
    "types": [],
}


def imported(lines: list[str], n: int, file: str, name: str) -> str:
    """The type of that name (`Model`, `Model[]`, `Answers["choose"]`) of a file, under a name of its own."""
    base = name.partition("[")[0]
    lines.append(f'import type {{ {base} as T{n} }} from "{TYPES.absolute() / file}.js";')
    return f"T{n}{name.removeprefix(base)}"


def faults(folder: Path, text: str) -> str:
    """What TypeScript finds wrong in a text; empty where nothing is."""
    (folder / "values.ts").write_text(text, "utf-8")
    config = {"compilerOptions": SETTINGS, "files": ["values.ts"]}
    (folder / "tsconfig.json").write_text(json.dumps(config), "utf-8")
    done = subprocess.run(
        [*node(), str(TSC), "-p", str(folder)],
        capture_output=True,
        text=True,
        check=False,
        timeout=PATIENCE_S,
    )
    return done.stdout[:4000] if done.returncode else ""
