"""What the registries have that is newer than the pins, and the pins of it."""

from __future__ import annotations

import shutil
import tempfile
from dataclasses import replace
from pathlib import Path

from generator.errors import FetchError
from generator.fetch.pinned import CLIENTS, file_name, hash_of
from generator.sources.pins import Pin, Registry


async def newest(pin: Pin) -> str:
    """The newest version of a pin's package; its own where none is newer. Raises FetchError."""
    return await CLIENTS[pin.registry].newest(pin)


async def newer_pin(pin: Pin, version: str, cache: Path) -> Pin:
    """The pin of another version, whose package lies in the cache then. Raises FetchError."""
    client, packages = CLIENTS[pin.registry], cache / "packages"
    packages.mkdir(parents=True, exist_ok=True)
    published = await client.published(pin, version)
    with tempfile.TemporaryDirectory(dir=packages) as folder:
        downloaded = await client.download_newer(pin, version, Path(folder))
        try:
            made = replace(
                pin,
                version=version,
                published=published,
                hash=hash_of(downloaded, pin.registry),
                wheel=downloaded.name if pin.registry == Registry.PYPI else "",
            )
        except ValueError as error:
            raise FetchError(f"{pin.package} {version}: {error}; look at what its registry has") from error
        shutil.move(downloaded, packages / file_name(made))
    return made
