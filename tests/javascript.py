"""The checks of the scripts: `python -m tests.javascript` runs TypeScript, ESLint and Prettier over them.

With `--fix` ESLint and Prettier mend what they can. The programs come by the lock of tests/servers.
"""

from __future__ import annotations

import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from generator.fetch.by_npm import node

TOOLS = Path("tests/servers")
#: Each place where scripts run has its own names: a page, a worker, Node.js.
TYPES = ("tsconfig.json", "tsconfig.worker.json", "tsconfig.node.json")
SCRIPTS = (
    *("generator/web/**/*.{js,mjs,d.ts}", "tests/**/*.{js,mjs}", "docs/**/*.js"),
    # Lines of public files stay in the form that their authors gave them.
    "!tests/lint/**",
)


def commands(fix: bool) -> list[list[str]]:
    """The command lines, in the order in which their faults are best read."""
    return [
        *(["typescript/bin/tsc", "-p", f"generator/web/{config}"] for config in TYPES),
        [
            *("eslint/bin/eslint.js", "--config", f"{TOOLS}/eslint.config.mjs"),
            *(["--fix"] if fix else []),
            *("generator/web", "tests", "docs"),
        ],
        [
            *("prettier/bin/prettier.cjs", "--config", f"{TOOLS}/prettier.json", "--log-level=warn"),
            "--write" if fix else "--check",
            *SCRIPTS,
        ],
    ]


def run(command: list[str]) -> subprocess.CompletedProcess[str]:
    program, *arguments = command
    parts = [*node(), str(TOOLS / "node_modules" / program), *arguments]
    return subprocess.run(parts, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False)


def main() -> int:
    """Run all of them; 1 where one found something."""
    fix = "--fix" in sys.argv[1:]
    # What mends files runs alone: two programs would write into one file.
    with ThreadPoolExecutor(1 if fix else os.cpu_count()) as pool:
        found = 0
        for done in pool.map(run, commands(fix)):
            sys.stdout.write(done.stdout)
            found |= done.returncode
    return int(found != 0)


if __name__ == "__main__":
    sys.exit(main())
