"""The wheel, installed into empty environments: it answers, and makes a site without Node.js and network."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Iterable
from importlib.metadata import distributions
from pathlib import Path

import pytest
import yaml
from packaging.requirements import Requirement

from tests import locks
from tests.project.installed import link, needed
from tests.projects import ROOT
from tests.rounds import FULL

LARGEST = 25_000_000
#: So that pip reaches no index.
OFFLINE = {"PIP_NO_INDEX": "1", "PIP_FIND_LINKS": "", "PIP_CONFIG_FILE": os.devnull}


def ran(
    command: Iterable[object], *, check: bool = False, cwd: Path = ROOT, env: dict[str, str] | None = None
) -> subprocess.CompletedProcess[str]:
    words = [*map(str, command)]
    return subprocess.run(words, capture_output=True, text=True, check=check, cwd=cwd, env=env)


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """As `make wheel` makes it."""
    folder = tmp_path_factory.mktemp("wheel")
    front = folder / "front"
    ran([sys.executable, "-m", "generator.site.carried", front], check=True)
    command = [sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "--no-build-isolation"]
    environment = {**os.environ, "ALMANAC_FRONT_END": str(front)}
    ran([*command, "--wheel-dir", folder, ROOT], env=environment, check=True)
    (made,) = folder.glob("*.whl")
    return made


def test_the_wheel_is_small_and_fit_to_upload(wheel: Path) -> None:
    assert wheel.stat().st_size < LARGEST
    done = ran([sys.executable, "-m", "twine", "check", "--strict", wheel])
    assert done.returncode == 0, done.stdout
    with zipfile.ZipFile(wheel) as archive:
        (name,) = (name for name in archive.namelist() if name.endswith(".dist-info/METADATA"))
        metadata = archive.read(name).decode("utf-8")
    # The action that publishes reads no newer ones.
    assert metadata.startswith("Metadata-Version: 2.4\n")


def python(version: str) -> str | None:
    """A Python of this version that runs and makes environments."""
    pyenv = Path(os.environ.get("PYENV_ROOT") or Path.home() / ".pyenv")
    others = pyenv.glob(f"versions/{version}.*/bin/python") if os.access(pyenv, os.R_OK | os.X_OK) else ()
    named = [f"python{version}", *others]
    check = f"import sys, ensurepip; sys.exit('%d.%d' % sys.version_info[:2] != '{version}')"
    found = (path for path in (sys.executable, *map(str, named)) if shutil.which(path))
    return next((path for path in found if ran([path, "-c", check]).returncode == 0), None)


class Installed:
    """The wheel in an environment of its own, with nothing else on the path.

    What it needs comes from the index in `make test-all`; else it is linked to where it is installed already.
    """

    def __init__(self, folder: Path, python: str, wheel: Path) -> None:
        self.programs = folder / "venv" / "bin"
        self.empty = folder / "empty"
        self.empty.mkdir()
        if FULL:
            ran([python, "-m", "venv", folder / "venv"], check=True)
            constraints = folder / "constraints.txt"
            locked = (f"{name}=={version}\n" for name, version in locks.packages(locks.SERVE).items())
            constraints.write_text("".join(locked))
            ran([*self._install, "--constraint", constraints, wheel], check=True)
        else:
            ran([python, "-m", "venv", "--without-pip", folder / "venv"], check=True)
            ran([*self._install, "--no-deps", wheel], check=True)
            (packages,) = (folder / "venv").glob("lib/python*/site-packages")
            (wanted,) = (d.requires or [] for d in distributions(path=[str(packages)]))
            plain = (r for r in map(Requirement, wanted) if not r.marker or r.marker.evaluate({"extra": ""}))
            link(needed(plain), packages)
            ran([self.programs / "python", "-m", "pip", "check"], check=True)

    @property
    def _install(self) -> list[object]:
        pip = [sys.executable, "-m", "pip", "--python", self.programs / "python", "install"]
        return [*pip, "--quiet", "--no-compile"]

    def almanac(self, *arguments: object, cwd: Path | None = None) -> subprocess.CompletedProcess[str]:
        kept = {name: os.environ[name] for name in ("HOME", "LANG") if name in os.environ}
        environment = {**kept, **OFFLINE, "PATH": str(self.programs)}
        return ran([self.programs / "almanac", *arguments], cwd=cwd or self.empty, env=environment)


@pytest.mark.parametrize("version", ["3.12", "3.13", "3.14"])
def test_an_installed_almanac_answers_and_makes_a_site(version: str, wheel: Path, tmp_path: Path) -> None:
    own = version == f"{sys.version_info.major}.{sys.version_info.minor}"
    if not (FULL or own):
        pytest.skip("installed under the other Pythons in `make test-all`")
    found = python(version)
    if found is None:
        pytest.skip(f"no Python {version} on this machine")
    installed = Installed(tmp_path, found, wheel)
    _answers(installed)
    # Else test_new.py makes a site, from the checkout.
    if FULL:
        _makes_a_site(installed, tmp_path / "site of ours")


def _answers(installed: Installed) -> None:
    """Every reading command, in a folder that holds nothing."""
    for command in (
        ["show", "openai/gpt-5", "--json"],
        ["choose", "--must", "vision", "--zone", "eu", "--json"],
        ["cost", "openai/gpt-5", "--requests", "1000", "--json"],
        ["report", "--json"],
    ):
        done = installed.almanac(*command)
        assert done.returncode == 0, done.stderr
        assert json.loads(done.stdout)
    done = installed.almanac("versus", "openai/gpt-5", "openai/gpt-5-mini")
    assert (done.returncode, done.stderr) == (0, "")
    code = installed.empty / "app.py"
    code.write_text('model = "gpt-4o-2024-08-06"\n')
    done = installed.almanac("lint", "--never-fail", code)
    code.unlink()
    assert "GPT-4o" in done.stdout, done.stderr
    done = installed.almanac("mcp")
    assert done.returncode == 2
    assert "pip install 'model-almanac[mcp]'" in done.stderr


def _makes_a_site(installed: Installed, folder: Path) -> None:
    done = installed.almanac("new", folder, "--name", "Ours: all of them")
    assert done.returncode == 0, done.stderr
    again = installed.almanac("new", folder)
    assert again.returncode == 2
    assert "is not empty" in again.stderr
    _narrow(folder / "mkdocs.yml")
    done = installed.almanac("build", "--no-compress", cwd=folder)
    assert done.returncode == 0, done.stderr
    said = [line for line in done.stderr.splitlines() if line.startswith(("WARNING", "ERROR"))]
    assert len(said) == 1, said
    assert "the small model is left out" in said[0]
    site = folder / "site"
    assert "Ours: all of them</title>" in (site / "index.html").read_text()
    (runtime,) = site.glob("assets/runtime/*/runtime.json")
    assert (runtime.parent / "snapshot.bin").is_file()
    (page,) = site.glob("assets/playground/*/playground.json")
    assert (page.parent / "playground/vendor/editor.js").is_file()
    notices = (site / "third-party.txt").read_text()
    assert "- lit-html " in notices
    assert "- pyodide " in notices


def _narrow(config: Path) -> None:
    """One provider's models: they are made as the thousands are."""
    values = yaml.safe_load(config.read_text())
    assert values["site_name"] == "Ours: all of them"
    values["plugins"] = [{"almanac": {"providers": ["openai"]}}]
    config.write_text(yaml.safe_dump(values))


def test_setting_up_empties_no_environment_that_a_link_leads_to(tmp_path: Path) -> None:
    for name in ("Makefile", "requirements.lock", "requirements-node.lock", "pyproject.toml"):
        shutil.copy(name, tmp_path)
    (tmp_path / "shared").mkdir()
    (tmp_path / "shared" / "precious").touch()
    (tmp_path / ".venv").symlink_to("shared")
    python = tmp_path / "python"
    python.write_text(
        '#!/bin/sh\n[ "$2" = venv ] && mkdir -p .venv/bin && cp "$0" .venv/bin/python\nexit 0\n'
    )
    python.chmod(0o755)
    made = ["make", "--no-print-directory", ".venv/.ready", f"PYTHON={python}"]
    subprocess.run(made, cwd=tmp_path, capture_output=True, check=True)
    assert (tmp_path / "shared" / "precious").exists()
    assert not (tmp_path / ".venv").is_symlink()
