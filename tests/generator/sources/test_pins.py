"""pins.json: every entry exact and by hash, no address in it, and faults named."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from generator.errors import EditError
from generator.sources import ALL
from generator.sources.pins import PINS_FILE, load_pins, save_pins

GOOD = {
    "registry": "npm",
    "package": "@acme/prices",
    "version": "1.2.3",
    "published": "2026-11-10",
    "hash": f"sha512-{'A' * 86}==",
    "files": ["dist/data/*.json"],
}
WHEEL = {
    "package": "acme",
    "version": "1.2.3",
    "published": "2026-11-10",
    "hash": f"sha256:{'0' * 64}",
    "files": ["acme/data.json"],
    "wheel": "acme-1.2.3-py3-none-any.whl",
}


def written(folder: Path, entry: object) -> Path:
    path = folder / "pins.json"
    path.write_text(json.dumps({"acme": entry}))
    return path


def test_the_committed_pins_are_those_of_the_sources_and_hold_no_address() -> None:
    pins = load_pins()
    assert pins == {source.id: source.pin for source in ALL if source.pin}
    assert not re.search(r"https?:|\.tgz", PINS_FILE.read_text())


def test_what_is_written_is_read_again(tmp_path: Path) -> None:
    pins = {**load_pins(), "acme": load_pins(written(tmp_path, GOOD))["acme"]}
    save_pins(pins, tmp_path / "again.json")
    assert load_pins(tmp_path / "again.json") == pins
    save_pins(load_pins(), tmp_path / "same.json")
    assert (tmp_path / "same.json").read_bytes() == PINS_FILE.read_bytes()


def test_a_star_stays_in_its_folder(tmp_path: Path) -> None:
    pin = load_pins(written(tmp_path, GOOD))["acme"]
    assert pin.wants("dist/data/a.json")
    assert not pin.wants("dist/data/deep/a.json")
    assert not pin.wants("package.json")


@pytest.mark.parametrize(
    ("entry", "fault"),
    [
        (GOOD | {"url": "https://example.com"}, "url is no field of a pin; its fields are files, hash"),
        (GOOD | {"registry": "cargo"}, "Invalid enum value 'cargo'"),
        (GOOD | {"package": "../acme"}, "'../acme' is no name of a package"),
        (GOOD | {"package": "--help"}, "'--help' is no name of a package"),
        (GOOD | {"version": "latest"}, "'latest' is no version"),
        (GOOD | {"version": "1 --index-url x"}, "is no version"),
        (GOOD | {"published": "soon"}, "published"),
        (GOOD | {"hash": "sha512-short"}, "is no hash of a package; write sha512-"),
        (WHEEL | {"hash": GOOD["hash"]}, "is no hash of a package; write sha256:"),
        (WHEEL | {"wheel": ""}, "a Python package needs its wheel's name"),
        (WHEEL | {"wheel": "../acme.whl"}, "a Python package needs its wheel's name"),
        (GOOD | {"files": []}, "files is empty"),
        (GOOD | {"files": ["../../etc/passwd"]}, "leads out of the package"),
        (GOOD | {"files": ["/etc/passwd"]}, "leads out of the package"),
        ({k: v for k, v in GOOD.items() if k != "version"}, "missing required field `version`"),
    ],
)
def test_a_bad_pin_is_named_with_what_is_wrong(tmp_path: Path, entry: object, fault: str) -> None:
    with pytest.raises(EditError, match=re.escape(fault)) as caught:
        load_pins(written(tmp_path, entry))
    assert "pins.json" in str(caught.value)
    assert "acme" in str(caught.value)


def test_a_file_of_another_shape_is_named(tmp_path: Path) -> None:
    (tmp_path / "pins.json").write_text("[]")
    with pytest.raises(
        EditError, match=r"pins\.json: Expected `object`.*; it holds an object for each source"
    ):
        load_pins(tmp_path / "pins.json")
