"""The self-hosted Pyodide: whole, compiled, checked by hash, and the same bytes every time."""

from __future__ import annotations

import getpass
import gzip
import hashlib
import json
import platform
import zipfile
from pathlib import Path

import pytest

from generator.errors import SetupError
from generator.site import runtime
from tests.projects import ROOT
from tests.rounds import FULL


@pytest.fixture(scope="module")
def made() -> Path:
    """The one that the site's build keeps, made where there is none."""
    return runtime.assemble(ROOT / ".cache" / "runtime")


def test_the_manifest_holds_every_files_size_and_hash(made: Path) -> None:
    files = json.loads((made / runtime.MANIFEST).read_text())["files"]
    there = {p.name: p.read_bytes() for p in made.iterdir() if p.name != runtime.MANIFEST}
    for listed in files.values():
        listed.pop("for", None)
    assert files == {
        name: {"bytes": len(content), "sha256": hashlib.sha256(content).hexdigest()}
        for name, content in there.items()
    }
    assert set(runtime.CORE_FILES) < set(files)


def test_the_lock_holds_each_wheel_by_the_hash_of_its_compiled_file(made: Path) -> None:
    lock = json.loads((made / "pyodide-lock.json").read_text())
    own = {"model-almanac-playground", "httpx2", "httpx2-jsfetch", "idna", "ruamel-yaml"}
    assert set(lock["packages"]) == own
    for package in lock["packages"].values():
        content = (made / package["file_name"]).read_bytes()
        assert package["sha256"] == hashlib.sha256(content).hexdigest()
        assert "-cp314-" in package["file_name"]


def test_only_a_page_that_asks_for_yaml_loads_what_reads_it(made: Path) -> None:
    files = json.loads((made / runtime.MANIFEST).read_text())["files"]
    asked = {name.partition("-")[0]: listed["for"] for name, listed in files.items() if "for" in listed}
    assert asked == {"ruamel_yaml": "yaml"}


def test_everything_is_compiled_and_no_path_of_this_machine_is_in_it(made: Path) -> None:
    for path in [made / "python_stdlib.zip", *made.glob("*.whl")]:
        with zipfile.ZipFile(path) as archive:
            names = archive.namelist()
            assert not [n for n in names if n.endswith(".py")], path.name
            assert [n for n in names if n.endswith(".pyc")], path.name
            for name in names:
                assert str(Path.cwd()).encode() not in archive.read(name), name


def test_the_memory_holds_what_the_playground_imports_and_nothing_of_this_machine(made: Path) -> None:
    packed = (made / "snapshot.bin").read_bytes()
    # How well it packs hangs on where Python puts its objects: a changed line moves it by up to 25 kB.
    assert len(packed) <= 7 * 1024 * 1024
    memory = gzip.decompress(packed)
    assert b"playground.chat.client" in memory
    # Docstrings would add 8 %.
    docstring = (ROOT / "playground/chat/client.py").read_text("utf-8").partition("\n")[0].strip('"')
    assert len(docstring) > 20
    assert docstring.encode() not in memory
    for name in {str(Path.cwd()), str(Path.home()), str(made.parent), platform.node(), getpass.getuser()}:
        # A short name, such as root, may stand there for another reason.
        assert len(name) < 7 or name.encode() not in memory, name


@pytest.mark.skipif(not FULL, reason="a runtime is assembled a second time in `make test-all`")
def test_a_run_from_nothing_gives_the_same_bytes(
    made: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Dates in a zip are local time.
    monkeypatch.setenv("TZ", "Asia/Tokyo")
    again = runtime.assemble(tmp_path)
    assert again.name == made.name
    assert {p.name: p.read_bytes() for p in again.iterdir()} == {
        p.name: p.read_bytes() for p in made.iterdir()
    }


def test_what_is_there_is_not_made_again(made: Path) -> None:
    before = (made / runtime.MANIFEST).stat().st_mtime_ns
    assert runtime.assemble(made.parent) == made
    assert (made / runtime.MANIFEST).stat().st_mtime_ns == before


def test_missing_files_say_what_to_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(runtime, "CORE", tmp_path)
    with pytest.raises(SetupError, match=r"pyodide\.mjs is missing; run: make setup"):
        runtime.assemble(tmp_path)
