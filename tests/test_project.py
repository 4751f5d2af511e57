"""What holds the project together: the layers, and that nothing is left undocumented."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from generator.cli import cli
from generator.sources import SCORES, SOURCES

PYTHON = sorted([*Path("generator").rglob("*.py"), *Path("playground").rglob("*.py")])


def imports(path: Path) -> set[str]:
    names: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            names |= {node.module, *(f"{node.module}.{a.name}" for a in node.names)}
    return names


def may_import(path: Path, *roots: str) -> list[str]:
    return [
        n for n in imports(path) if n.split(".")[0] in ("generator", "playground") and not n.startswith(roots)
    ]


def test_the_playground_never_imports_the_generator() -> None:
    for path in Path("playground").rglob("*.py"):
        assert not [n for n in imports(path) if n.startswith("generator")], path


def test_only_fetch_uses_the_network() -> None:
    network = re.compile(r"(httpx2?|requests|urllib\.request|http\.client|socket)\b")
    for path in PYTHON:
        found = [n for n in imports(path) if network.match(n)]
        allowed = {
            "generator/fetch.py": found,
            # The command line asks the system for a free port; that is no request.
            "generator/cli.py": ["socket"],
            "playground/browser.py": ["httpx2"],
            "playground/client.py": ["httpx2"],
            "playground/comparison.py": ["httpx2"],
            "generator/compare.py": ["httpx2"],
            "playground/transport.py": ["httpx2"],
        }.get(path.as_posix(), [])
        assert set(found) <= set(allowed), path


def test_the_playground_needs_the_standard_library_and_httpx2() -> None:
    for path in Path("playground").rglob("*.py"):
        roots = {n.split(".")[0] for n in imports(path)} - set(sys.stdlib_module_names)
        allowed = {"playground", "httpx2"}
        # The browser's side of Python is touched in one place.
        assert roots <= (allowed | {"js", "pyodide"} if path.name == "browser.py" else allowed), path


def test_adapters_translate_and_know_nothing_of_network_or_keys() -> None:
    for path in Path("playground/adapters").glob("*.py"):
        known = ("adapters", "chat", "catalog", "endpoints", "errors", "events", "framing", "eventstream")
        allowed = tuple(f"playground.{name}" for name in known)
        assert may_import(path, *allowed, "playground.adapters") == [] or path.name == "__init__.py", path


def test_sources_know_records_and_nothing_after_them() -> None:
    for path in Path("generator/sources").glob("*.py"):
        allowed = ("generator.records", "generator.errors", "playground")
        if path.name == "__init__.py":
            allowed = (*allowed, "generator.sources")
        assert may_import(path, *allowed) == [], path


@pytest.mark.parametrize(
    ("module", "allowed"),
    [
        ("records", ("generator.errors", "playground")),
        ("gates", ("generator.records", "playground")),
        ("choice", ("generator.fields", "generator.gates", "playground")),
        ("gather", ("generator.gates", "generator.identity", "generator.records", "playground")),
        ("last_good", ("generator.choice", "generator.gates", "generator.gather", "playground")),
        (
            "holds",
            (
                "generator.choice",
                "generator.gates",
                "generator.gather",
                "generator.last_good",
                "generator.records",
                "generator.trust",
                "playground",
            ),
        ),
        ("trust", ("generator.fetch", "generator.records", "playground")),
        ("fields", ("playground",)),
        ("views", ("generator.fields", "playground")),
        ("report", ("playground",)),
        ("store", ("generator.errors", "generator.garbage", "playground")),
        ("identity", ("generator.edits", "generator.errors", "generator.records", "playground")),
        (
            "reconcile",
            (
                "generator.choice",
                "generator.garbage",
                "generator.gates",
                "generator.gather",
                "generator.holds",
                "generator.identity",
                "generator.last_good",
                "generator.people",
                "generator.records",
                "playground",
            ),
        ),
        ("pages", ("generator.fields", "generator.report", "generator.views", "generator", "playground")),
    ],
)
def test_data_flows_one_way(module: str, allowed: tuple[str, ...]) -> None:
    assert may_import(Path(f"generator/{module}.py"), *allowed) == []


def test_pages_do_not_reach_back_to_sources_or_disk() -> None:
    forbidden = ("generator.sources", "generator.store", "generator.fetch", "generator.reconcile")
    for name in ("views", "pages", "report"):
        assert not [n for n in imports(Path(f"generator/{name}.py")) if n.startswith(forbidden)]


def test_every_module_says_what_it_is_for() -> None:
    for path in PYTHON:
        assert ast.get_docstring(ast.parse(path.read_text())), path


def test_every_source_is_documented() -> None:
    text = Path("docs/sources-reference.md").read_text()
    for source in (*SOURCES, *SCORES):
        assert f"| `{source.id}` |" in text, source.id
        assert source.live.url.split("?")[0] in text, source.id
        if source.pin:
            assert f"`{source.pin.package}` {source.pin.version}" in text, source.id


def test_every_command_is_documented() -> None:
    text = Path("README.md").read_text() + Path("CONTRIBUTING.md").read_text()
    for name, command in cli.commands.items():
        assert f"almanac {name}" in text, name
        assert command.help


def test_every_provider_people_describe_says_how_it_is_known() -> None:
    for row in yaml.safe_load(Path("docs/catalog/providers.yml").read_text()):
        if row.get("browser", "unknown") not in ("unknown",):
            assert row.get("browser_known_by"), row["id"]
            assert row.get("browser_checked"), row["id"]


def test_every_make_target_is_in_the_help() -> None:
    text = Path("Makefile").read_text()
    targets = re.search(r"\.PHONY: (.+)", text)
    assert targets
    shown = subprocess.run(["make", "help"], capture_output=True, text=True, check=True).stdout
    for target in targets[1].split():
        assert f"make {target} " in shown


LOCKS = (
    "requirements.lock",
    "generator/runtime.lock",
    *(f"tests/bench/{name}.lock" for name in ("others", "wheels")),
    *(f"{f}/package-lock.json" for f in ("generator/web", "tests/servers", "tests/bench")),
)


@pytest.mark.parametrize("lock", LOCKS)
def test_locks_hold_hashes_and_no_download_addresses(lock: str) -> None:
    text = Path(lock).read_text()
    assert "sha512-" in text or "--hash=sha256:" in text
    assert '"resolved"' not in text
    assert not re.search(r"--(extra-)?index-url|--find-links|\.whl|\.tgz", text)


def test_the_lock_is_installed_as_it_is() -> None:
    """A resolving pip wanted the newest google-auth, which another package asks for by an extra."""
    installs = [line for line in Path("Makefile").read_text().splitlines() if "pip install" in line]
    assert installs
    assert all("--no-deps" in line for line in installs)


def test_the_python_lock_covers_every_requirement() -> None:
    lock = Path("requirements.lock").read_text()
    for block in re.split(r"\n(?=[a-z])", lock.strip()):
        assert "--hash=sha256:" in block, block.splitlines()[0]
