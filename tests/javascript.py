"""The checks of the scripts: `python -m tests.javascript` runs TypeScript, ESLint and Prettier over them.

With `--fix` ESLint and Prettier mend what they can. The programs come by the lock of tests/servers.
"""

from __future__ import annotations

import subprocess
import sys
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


def main() -> int:
    """Run all of them; 1 where one found something."""
    codes = []
    for program, *arguments in commands("--fix" in sys.argv[1:]):
        command = [*node(), str(TOOLS / "node_modules" / program), *arguments]
        codes.append(subprocess.run(command, check=False).returncode)
    return int(any(codes))


if __name__ == "__main__":
    sys.exit(main())
