"""Packages made for tests, and registries that hand them out: pip and npm are asked, nobody else is."""

from __future__ import annotations

import base64
import hashlib
import io
import json
import tarfile
import zipfile
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from pytest_httpserver import HTTPServer
from werkzeug import Request, Response

from generator.fetch.pinned import file_name, hash_of
from generator.sources import Pin, Registry

NOBODYS = f"sha256:{'0' * 64}"


def wheel_of(files: Mapping[str, bytes], version: str = "1.0.0") -> bytes:
    """With as much about itself as pip wants to see."""
    inside = f"acme-{version}.dist-info"
    about = {
        f"{inside}/METADATA": f"Metadata-Version: 2.1\nName: acme\nVersion: {version}\n".encode(),
        f"{inside}/WHEEL": b"Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
    }
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        for name, content in {**about, **files}.items():
            archive.writestr(name, content)
    return made.getvalue()


def tarball_of(files: Mapping[str, bytes], links: Mapping[str, str] | None = None) -> bytes:
    """As npm packs: everything in one folder."""
    made = io.BytesIO()
    with tarfile.open(fileobj=made, mode="w:gz") as archive:
        for name, content in files.items():
            entry = tarfile.TarInfo(f"package/{name}")
            entry.size = len(content)
            archive.addfile(entry, io.BytesIO(content))
        for name, target in (links or {}).items():
            entry = tarfile.TarInfo(f"package/{name}")
            entry.type, entry.linkname = tarfile.SYMTYPE, target
            archive.addfile(entry)
    return made.getvalue()


def pin_of(cache: Path, raw: bytes, registry: Registry, *files: str) -> Pin:
    """A pin of a package that lies in the cache already, so that nobody is asked for it."""
    python = registry == Registry.PYPI
    pin = Pin(
        registry=registry,
        package="acme" if python else "@acme/prices",
        version="1.0.0",
        published=date(2026, 11, 1),
        hash=NOBODYS if python else f"sha512-{'A' * 86}==",
        files=files,
        wheel="acme-1.0.0-py3-none-any.whl" if python else "",
    )
    path = cache / "packages" / file_name(pin)
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(raw)
    return replace(pin, hash=hash_of(path, registry))


class NpmRegistry:
    """What npm asks a registry for one package."""

    def __init__(self, server: HTTPServer, patch: pytest.MonkeyPatch, folder: Path) -> None:
        self.server = server
        self.versions: dict[str, Any] = {}
        self.days: dict[str, str] = {}
        server.expect_request("/npm/@acme%2fprices").respond_with_handler(self._answer)
        server.expect_request("/npm/@acme/prices").respond_with_handler(self._answer)
        patch.setenv("npm_config_registry", server.url_for("/npm/"))
        patch.setenv("npm_config_cache", str(folder / "npm"))

    def offer(self, version: str, tarball: bytes, day: str) -> None:
        """One more version, which is now the latest."""
        integrity = f"sha512-{base64.b64encode(hashlib.sha512(tarball).digest()).decode()}"
        self.versions[version] = {
            "name": "@acme/prices",
            "version": version,
            "dist": {"tarball": self.server.url_for(f"/npm/{version}.tgz"), "integrity": integrity},
        }
        self.days[version] = f"{day}T10:00:00.000Z"
        self.server.expect_request(f"/npm/{version}.tgz").respond_with_data(tarball)

    def _answer(self, _: Request) -> Response:
        package = {
            "name": "@acme/prices",
            "dist-tags": {"latest": [*self.versions][-1]},
            "versions": self.versions,
            "time": self.days,
        }
        return Response(json.dumps(package), content_type="application/json")


class PythonIndex:
    """What pip asks an index for one package."""

    def __init__(self, server: HTTPServer, patch: pytest.MonkeyPatch) -> None:
        self.server = server
        self.wheels: list[dict[str, Any]] = []
        server.expect_request("/simple/acme/").respond_with_handler(self._answer)
        patch.setenv("PIP_CONFIG_FILE", "/dev/null")
        patch.setenv("PIP_INDEX_URL", server.url_for("/simple/"))
        patch.setenv("PIP_EXTRA_INDEX_URL", "")
        patch.setenv("PIP_FIND_LINKS", "")

    def offer(self, version: str, wheel: bytes, day: str) -> None:
        """One more version."""
        name = f"acme-{version}-py3-none-any.whl"
        self.server.expect_request(f"/files/{name}").respond_with_data(wheel)
        self.wheels.append(
            {
                "filename": name,
                "url": self.server.url_for(f"/files/{name}"),
                "hashes": {"sha256": hashlib.sha256(wheel).hexdigest()},
                "upload-time": f"{day}T10:00:00.000Z",
            }
        )

    def _answer(self, _: Request) -> Response:
        package = {"meta": {"api-version": "1.1"}, "name": "acme", "files": self.wheels}
        return Response(json.dumps(package), content_type="application/vnd.pypi.simple.v1+json")
