"""Files of the catalog that somebody bent, tore or left in the middle of a merge: one clear message each."""

from __future__ import annotations

import json
import os
import shutil
import sys
import threading
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from generator import store
from generator.cli import main
from generator.errors import CatalogError
from generator.store.history import HISTORY_FILE
from playground.catalog import Provider
from tests.catalogs import ALL_KNOWN, TIERED, catalog
from tests.projects import put
from tests.rounds import sampled

MERGE = b"<<<<<<< HEAD\n%s=======\n%s>>>>>>> theirs\n"
EVENT = b'{"date":"2026-11-01","kind":"new","target":"acme/all-known"}\n'

type Bend = Callable[[bytes], bytes]


def as_(content: object) -> Bend:
    return lambda _: content if isinstance(content, bytes) else json.dumps(content).encode()


def put_in(**parts: object) -> Bend:
    return lambda raw: json.dumps({**json.loads(raw), **parts}).encode()


def key(old: str, new: str) -> Bend:
    return lambda raw: raw.replace(old.encode(), new.encode())


def merged(raw: bytes) -> bytes:
    return MERGE % (raw, raw)


AZURE = "offerings/azure.json"
#: Case → file, how it is bent, what the message says.
BENT: dict[str, tuple[str, Bend, str]] = {
    "index: an empty object": ("catalog.json", as_({}), "files is missing"),
    "index: nothing": ("catalog.json", as_(b""), "is not valid JSON"),
    "index: a list": ("catalog.json", as_([]), "must be an object"),
    "index: files a list": ("catalog.json", put_in(files=[]), "files must be an object"),
    "index: a file outside": (
        "catalog.json",
        put_in(files={"offerings/../../secret.json": ""}),
        "is no file of a catalog",
    ),
    "index: a hash that is a number": ("catalog.json", put_in(files={"models.json": 3}), "is no file"),
    "index: torn": ("catalog.json", lambda raw: raw[:40], "is not valid JSON"),
    "index: conflict": ("catalog.json", merged, "line 1 is a conflict marker"),
    "models: a number": ("models.json", as_({"models": 3}), "models must be an object, it is 3"),
    "models: an empty object": ("models.json", as_({}), "names it, and it is not there"),
    "models: labs a list": ("models.json", put_in(labs=[]), "labs must be an object"),
    "models: runs a list": ("models.json", put_in(runs=[]), "runs must be an object, it is []"),
    "models: a lab's name a number": ("models.json", put_in(labs={"acme": 3}), "labs: acme: must be a name"),
    "models: torn": ("models.json", lambda raw: raw[:-30], "is not valid JSON"),
    "models: conflict": ("models.json", merged, "line 1 is a conflict marker"),
    "models: not UTF-8": ("models.json", lambda raw: raw.replace(b"Acme", b"\xff\xfe"), "is not valid JSON"),
    "models: nested without end": ("models.json", as_(b"[" * 100_000), "is not valid JSON"),
    "models: an id that leads up": (
        "models.json",
        key("acme/tiered", "../choose"),
        "'../choose': its lab's id",
    ),
    "models: a name of Windows": ("models.json", key("acme/tiered", "acme/con"), "that Windows keeps"),
    "offerings: an id that leads up": (AZURE, key("acme/tiered", "acme/.."), "its name holds more than"),
    "offerings: another provider's": (AZURE, put_in(provider=".."), "says that it is about '..'"),
    "offerings: a list": (AZURE, put_in(offerings=[]), "offerings must be an object"),
    "offerings: a number": (AZURE, as_(b"3"), "must be an object"),
    "offerings: facts a list": (AZURE, key('"facts": {', '"facts": 3, "x": {'), "unknown key 'x'"),
    "offerings: no channel": (AZURE, key("global/acme", "nowhere/acme"), "the key is not channel/lab/model"),
    "offerings: conflict": (AZURE, merged, "line 1 is a conflict marker"),
    "offerings: torn": (AZURE, lambda raw: raw[: len(raw) // 2], "is not valid JSON"),
    "providers: a list": ("providers.json", put_in(providers=[]), "providers must be an object"),
    "providers: an id that leads up": ("providers.json", key('"azure"', '".."'), "provider '..': its id"),
    "providers: a row a number": ("providers.json", put_in(providers={"azure": 3}), "must be an object"),
    "sources: a row a number": ("sources.json", put_in(sources={"litellm": 3}), "must be an object"),
    "held: a number": ("held.json", put_in(held=3), "held must be a list"),
    "held: a row a number": ("held.json", put_in(held=[3]), "must be an object"),
    "unplaced: a list": ("unplaced.json", as_([]), "must be an object"),
    "unplaced: ids that are none": ("unplaced.json", as_({"litellm": {"why": 3}}), "must be a list of ids"),
    "history: a torn line": (HISTORY_FILE, as_(EVENT + EVENT[:30]), "line 2 is no event"),
    "history: its end cut off": (HISTORY_FILE, as_(EVENT + EVENT[:-1]), "its last line has no end"),
    "history: a number": (HISTORY_FILE, as_(b"3\n"), "line 1 is no event"),
    "history: conflict": (HISTORY_FILE, as_(MERGE % (EVENT, EVENT)), "line 1 is a conflict marker"),
    "models: a byte order mark": ("models.json", lambda raw: b"\xef\xbb\xbf" + raw, "saved it as UTF-8"),
    "models: UTF-16": ("models.json", lambda raw: raw.decode().encode("utf-16"), "saved it as UTF-16"),
    "history: UTF-16": (HISTORY_FILE, as_(EVENT.decode().encode("utf-16")), "saved it as UTF-16"),
    "identity: conflict": ("identity.yml", merged, "line 1 is a conflict marker"),
    "overrides: conflict": ("overrides.yml", merged, "line 1 is a conflict marker"),
}


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("sound")
    put(folder, catalog(ALL_KNOWN, TIERED))
    return folder / "docs" / "catalog"


@sampled(12)
@pytest.mark.parametrize("case", BENT)
def test_a_bent_file_is_one_message_that_names_it(
    case: str,
    sound: Path,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    name, bend, says = BENT[case]
    folder = tmp_path / "somewhere"
    store.save(folder, store.render(store.load(sound), {}))
    for edited in ("identity.yml", "providers.yml", "overrides.yml", "benchmarks.yml", "metrics.yml"):
        (folder / edited).write_bytes((sound / edited).read_bytes())
    path = folder / name
    path.write_bytes(bend(path.read_bytes() if path.exists() else b""))
    monkeypatch.setattr(sys, "argv", ["almanac", "check", "--catalog", str(folder)])
    with pytest.raises(SystemExit) as ended:
        main()
    assert ended.value.code == 1
    said = capsys.readouterr()
    assert said.out == ""
    assert "Traceback" not in said.err
    named = [line for line in said.err.splitlines() if line.startswith(f"{path}:")]
    assert any(says in line for line in named), said.err


@pytest.mark.parametrize("name", ["models.json", "catalog.json", AZURE, HISTORY_FILE, "moved.jsonl"])
def test_a_pipe_in_a_file_s_place_is_named_and_not_waited_for(
    name: str,
    sound: Path,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    folder = shutil.copytree(sound, tmp_path / "somewhere")
    (folder / name).unlink(missing_ok=True)
    os.mkfifo(folder / name)
    monkeypatch.setattr(sys, "argv", ["almanac", "check", "--catalog", str(folder)])
    with pytest.raises(SystemExit) as ended:
        main()
    assert ended.value.code in (1, 2)
    assert f"{folder / name}: is a pipe or a device, not a file" in capsys.readouterr().err


def test_a_reader_beside_a_refresh_sees_one_day_or_the_other(tmp_path: Path) -> None:
    files = [list(store.render(day, {})) for day in (catalog(ALL_KNOWN, TIERED), catalog(ALL_KNOWN))]
    store.save(tmp_path, iter(files[0]))
    done = threading.Event()

    def refresh() -> None:
        for n in range(40):
            store.save(tmp_path, iter(files[n % 2]))
        done.set()

    writer = threading.Thread(target=refresh)
    writer.start()
    seen = set()
    while not done.is_set():
        read = store.load(tmp_path)
        seen.add((len(read.models), len(read.offerings)))
    writer.join()
    assert seen <= {(1, 1), (2, 2)}


def test_what_cannot_name_a_file_is_not_written(tmp_path: Path) -> None:
    bad = replace(catalog(ALL_KNOWN), providers={"..": Provider(id="..", name="x")})
    with pytest.raises(CatalogError, match=r"provider '\.\.': its id holds more than"):
        dict(store.render(bad, {}))
