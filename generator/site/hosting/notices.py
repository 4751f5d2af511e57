"""What of others the site carries: third-party notices with their licences, and the bill of materials (SBOM).

What is listed is what is there: the npm packages that the bundler reports it took something of, the wheels of
the playground's Python, the theme, the fonts, the small model, and the sources of the catalog's figures.
"""

from __future__ import annotations

import csv
import email
import json
import uuid
import zipfile
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from importlib.metadata import Distribution, PackageNotFoundError, distribution, version
from pathlib import Path
from typing import Any

from generator.exports.small_model import PIN
from generator.site import frontend
from playground.catalog import SourceState

NOTICES = "third-party.txt"
SBOM = "sbom.cdx.json"
#: What a licence's file is called, by its beginning.
LICENCES = ("license", "licence", "copying", "notice")
#: Where the text of a licence lies that what is under it does not bring: files of npm packages.
_MPL = frontend.PACKAGES / "dompurify" / "LICENSE-MPL"
_APACHE = frontend.PACKAGES / "dompurify" / "LICENSE"
_MIT = frontend.PACKAGES / "@wllama" / "wllama" / "LICENCE"


@dataclass(frozen=True, slots=True, kw_only=True)
class Component:
    """Something of others in the site; `licence` is an SPDX expression, `text` its whole text where known.

    `purl` is the package URL; empty where it comes from no registry. `kind` is CycloneDX's.
    """

    name: str
    version: str
    licence: str
    purl: str = ""
    copyright: str = ""
    text: str = ""
    kind: str = "library"


def components(
    packages: Collection[str], runtime: Path | None, *, small_model: bool
) -> tuple[Component, ...]:
    """All that a site carries of others' code: npm `packages` by name, and the wheels in `runtime`."""
    inside = (other for name in packages for other in frontend.INSIDE.get(name, ()))
    parts = [_npm(name) for name in {*packages, *inside}]
    parts += _theme()
    if runtime is not None and runtime.is_dir():  # else it could not be made
        parts += [_npm("pyodide", _MPL), _cpython(runtime), *_wheels(runtime)]
    if "@wllama/wllama" in packages:
        parts.append(
            Component(
                name="llama.cpp, in wllama",
                version=_npm("@wllama/wllama").version,
                licence="MIT",
                copyright="The ggml authors",
                text=_text(_MIT),
            )
        )
    if small_model:
        parts.append(
            Component(
                name="SmolLM2-135M-Instruct",
                version=PIN.version,
                licence="Apache-2.0",
                purl=f"pkg:pypi/{PIN.package}@{PIN.version}",
                copyright="Hugging Face",
                kind="machine-learning-model",
                text=_text(_APACHE),
            )
        )
    return tuple(sorted(parts, key=lambda c: (c.name.lower(), c.version)))


def _npm(name: str, elsewhere: Path | None = None) -> Component:
    folder = frontend.PACKAGES / name
    package = json.loads((folder / "package.json").read_text("utf-8"))
    text = _text(elsewhere) if elsewhere else _own_text(folder)
    return Component(
        name=name,
        version=package["version"],
        licence=package.get("license", ""),
        purl=f"pkg:npm/{name.replace('@', '%40')}@{package['version']}",
        text=text,
    )


def _own_text(folder: Path) -> str:
    files = sorted(p for p in folder.iterdir() if p.is_file() and p.name.lower().startswith(LICENCES))
    return "\n\n".join(_text(path) for path in files)


def _text(path: Path) -> str:
    return path.read_text("utf-8").strip() if path.is_file() else ""


def _theme() -> Iterator[Component]:
    material = distribution("mkdocs-material")
    yield _python("Material for MkDocs", material)
    folder = Path(str(material.locate_file("material/templates/.icons")))
    for name, licence in (
        ("material", "Apache-2.0"),
        ("fontawesome", "CC-BY-4.0"),
        ("simple", "CC0-1.0"),
        ("octicons", "MIT"),
    ):
        yield Component(
            name=f"Icons of the set {name}, in Material for MkDocs",
            version=material.version,
            licence=licence,
            text=_own_text(folder / name) if (folder / name).is_dir() else "",
        )


def _python(name: str, package: Distribution) -> Component:
    # Not `package.files`, which looks whether each of the theme's 15,000 files is there.
    installed = (row[0] for row in csv.reader((package.read_text("RECORD") or "").splitlines()))
    named = [path for path in installed if path.rpartition("/")[2].lower().startswith(LICENCES)]
    licences = [path for path in (Path(str(package.locate_file(p))) for p in named) if path.is_file()]
    metadata = package.metadata
    return Component(
        name=name,
        version=package.version,
        licence=metadata.get("License-Expression") or metadata.get("License") or "",
        purl=f"pkg:pypi/{metadata['Name'].lower()}@{package.version}",
        text="\n\n".join(_text(path) for path in licences),
    )


def _cpython(runtime: Path) -> Component:
    info = json.loads((runtime / "pyodide-lock.json").read_text("utf-8"))["info"]
    try:
        # A package under the same licence, which brings its text.
        text = _python("", distribution("typing_extensions")).text
    except PackageNotFoundError:
        text = ""
    return Component(
        name="CPython, in Pyodide",
        version=info["python"],
        licence="PSF-2.0",
        copyright="Python Software Foundation",
        text=text,
    )


def _wheels(runtime: Path) -> Iterator[Component]:
    for path in sorted(runtime.glob("*.whl")):
        with zipfile.ZipFile(path) as wheel:
            names = wheel.namelist()
            file = next(n for n in names if n.endswith(".dist-info/METADATA"))
            metadata = email.message_from_bytes(wheel.read(file))
            if metadata["Name"] == "model-almanac-playground":
                continue
            texts = [wheel.read(n).decode("utf-8").strip() for n in sorted(names) if "/licenses/" in n]
        yield Component(
            name=metadata["Name"],
            version=metadata["Version"],
            licence=metadata["License-Expression"] or metadata["License"] or "",
            purl=f"pkg:pypi/{metadata['Name'].lower()}@{metadata['Version']}",
            text="\n\n".join(texts),
        )


def notices(name: str, parts: Iterable[Component], sources: Mapping[str, SourceState]) -> str:
    """The notices as text: the sources of the figures, each component, each licence's text once."""
    lines = [f"Third-party notices of {name}", "", "Data", ""]
    lines += [
        f"- {s.name} {s.version}, {s.home}: {s.licence}" for s in sorted(sources.values(), key=lambda s: s.id)
    ]
    lines += ["", "Software, fonts and models", ""]
    texts: dict[str, list[str]] = {}
    for each in parts:
        label = f"{each.name} {each.version}"
        lines.append(f"- {label}: {each.licence}" + (f", © {each.copyright}" if each.copyright else ""))
        texts.setdefault(each.text, []).append(label)
    for text, labels in texts.items():
        if text:
            lines += ["", "=" * 80, *labels, "=" * 80, "", text]
    return "\n".join(lines) + "\n"


def sbom(
    name: str, catalog_sha256: str, carried: Iterable[Component], sources: Mapping[str, SourceState]
) -> dict[str, Any]:
    """The bill of materials in CycloneDX 1.6, without a date: the same site gives the same."""
    site = {"type": "application", "bom-ref": "site", "name": name, "version": catalog_sha256[:16]}
    parts = [_part(each) for each in carried]
    parts += [_data(each) for each in sorted(sources.values(), key=lambda s: s.id)]
    number = uuid.uuid5(uuid.NAMESPACE_URL, json.dumps([site, parts], sort_keys=True))
    made_by = {"type": "application", "name": "model-almanac", "version": version("model-almanac")}
    return {
        "$schema": "http://cyclonedx.org/schema/bom-1.6.schema.json",
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "serialNumber": f"urn:uuid:{number}",
        "version": 1,
        "metadata": {"tools": {"components": [made_by]}, "component": site},
        "components": parts,
        "dependencies": [{"ref": "site", "dependsOn": [p["bom-ref"] for p in parts]}],
    }


def _part(each: Component) -> dict[str, Any]:
    part: dict[str, Any] = {
        "type": each.kind,
        "bom-ref": each.purl or f"{each.name}@{each.version}",
        "name": each.name,
        "version": each.version,
    }
    if each.licence:
        part["licenses"] = [{"expression": each.licence.strip("()")}]
    if each.copyright:
        part["copyright"] = each.copyright
    if each.purl:
        part["purl"] = each.purl
    return part


def _data(source: SourceState) -> dict[str, Any]:
    return {
        "type": "data",
        "bom-ref": f"source:{source.id}",
        "name": source.name,
        "version": source.version,
        "hashes": [{"alg": "SHA-256", "content": source.sha256}],
        "licenses": [{"license": {"name": source.licence}}],
        "externalReferences": [{"type": "website", "url": source.home}],
    }
