"""The catalog on disk: the same in and out, the same bytes twice, whole or not at all."""

from __future__ import annotations

import json
import os
import random
import resource
import shutil
import signal
import subprocess
import sys
import time
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import jsonschema_rs
import pytest

from generator import store
from generator.errors import CatalogError
from generator.owner.view import only_providers
from playground.catalog import Catalog, Claim, Fact, Record, Standing
from tests.catalogs import committed
from tests.rounds import rounds

CATALOG = Path("docs/catalog")


@pytest.fixture(scope="module")
def catalog() -> Catalog:
    return committed()


@pytest.fixture(scope="module")
def small(catalog: Catalog) -> Catalog:
    return only_providers(catalog, ["openai"])


def test_one_fact_is_written_as_the_records_beside_it_ask(small: Catalog) -> None:
    """A fact that stands at several offerings is written once, and once where it is of the only record."""
    fact = Fact(value="chat", standing=Standing.SINGLE, claims=(Claim(record="litellm", value="chat"),))
    alone, beside = {"litellm": Record(id="a")}, {"litellm": Record(id="a"), "models-dev": Record(id="b")}
    first, *_ = small.offerings
    some = tuple(
        replace(first, version=f"v{i}", records=records, facts={"kind": fact}, history=())
        for i, records in enumerate((alone, beside, alone, beside))
    )
    files = dict(store.render(replace(small, offerings=some), {}))
    lines = [line for line in files["offerings/openai.json"].decode().splitlines() if '"kind"' in line]
    assert lines == [' "kind":{"value":"chat"}', ' "kind":{"value":"chat","by":["litellm"]}'] * 2


def write(folder: Path, catalog: Catalog) -> None:
    store.save(folder, store.render(catalog, store.load_unplaced(CATALOG)))


def test_what_is_written_is_read_back_and_written_alike(catalog: Catalog, tmp_path: Path) -> None:
    write(tmp_path, catalog)
    assert store.load(tmp_path) == catalog
    for path in sorted(tmp_path.rglob("*.json")):
        assert path.read_bytes() == (CATALOG / path.relative_to(tmp_path)).read_bytes(), path


def test_the_committed_catalog_fits_its_published_schema() -> None:
    validator = jsonschema_rs.validator_for(json.loads((CATALOG / "schema.json").read_text()))
    faults = [
        f"{path}: {error.message[:200]}"
        for path in sorted(CATALOG.rglob("*.json"))
        if path.name != "schema.json"
        for error in validator.iter_errors(json.loads(path.read_text()))
    ]
    assert faults == []


@pytest.mark.parametrize(
    "broken",
    [
        {"schema": 1, "provider": "a", "offerings": {"global/a/b": {"ids": [], "records": {}}}},
        {"schema": 1, "provider": "a", "offerings": {"nowhere": {"ids": [], "records": {}, "facts": {}}}},
        {"schema": 2, "labs": {}, "models": {}},
        {"schema": 1, "providers": {"a": {"name": "A", "browser": "maybe"}}},
        {
            "facts": 1,
            "as_of": "2026-11-12",
            "rates": [{"sort": "prices", "source": "a", "wrong": 0, "claims": 0}],
        },
        {
            "facts": 1,
            "as_of": "2026-11-12",
            "rates": [{"sort": "names", "source": "a", "wrong": 0, "claims": 1}],
        },
    ],
)
def test_the_schema_refuses_what_is_no_catalog(broken: object) -> None:
    schema = json.loads((CATALOG / "schema.json").read_text())
    assert not jsonschema_rs.is_valid(schema, broken)


def test_the_catalog_is_small_enough_to_publish() -> None:
    size = sum(p.stat().st_size for p in CATALOG.rglob("*") if p.is_file())
    assert size < 20_000_000


def test_one_changed_fact_is_a_small_diff(small: Catalog, tmp_path: Path) -> None:
    write(tmp_path, small)
    path = tmp_path / "offerings" / "openai.json"
    lines = path.read_text().splitlines()
    prices = [line for line in lines if line.strip().startswith('"price.input":')]
    assert prices
    assert all(len(line) < 2000 for line in lines)
    assert all(json.loads(f"{{{line.strip().rstrip(',')}}}") for line in prices)


def test_money_is_exact(catalog: Catalog) -> None:
    prices = [f.value for o in catalog.offerings for n, f in o.facts.items() if n.startswith("price.")]
    assert prices
    assert all(p is None or isinstance(p, Decimal) for p in prices)


@pytest.mark.parametrize(
    ("name", "content", "fault"),
    [
        ("models.json", b"{", "is not valid JSON"),
        ("models.json", b"[]", "must be an object"),
        ("offerings/openai.json", None, "the file is missing"),
        ("providers.json", b'{"providers": {"a": {"nmae": "A"}}}', "unknown key 'nmae'"),
    ],
)
def test_a_broken_file_is_named_with_the_next_step(
    small: Catalog, tmp_path: Path, name: str, content: bytes | None, fault: str
) -> None:
    write(tmp_path, small)
    path = tmp_path / name
    path.unlink() if content is None else path.write_bytes(content)
    with pytest.raises(CatalogError, match=fault) as caught:
        store.load(tmp_path)
    assert Path(name).name in str(caught.value)
    assert "almanac refresh --pinned" in str(caught.value)


def test_a_file_of_a_provider_that_is_gone_goes_too(small: Catalog, tmp_path: Path) -> None:
    write(tmp_path, small)
    (tmp_path / "offerings" / "vanished.json").write_text("{}")
    assert store.changed_files(tmp_path) == ["offerings/vanished.json"]
    write(tmp_path, small)
    assert not (tmp_path / "offerings" / "vanished.json").exists()


SAVE = """
import sys
from pathlib import Path
from generator import store
folder = Path(sys.argv[1])
new = folder / sys.argv[2]
files = {p.relative_to(new).as_posix(): p.read_bytes() for p in new.rglob("*.json")}
print("ready", flush=True)
store.save(folder / "live", iter(sorted(files.items())))
"""


def _small(catalog: Catalog, folder: Path, models: int) -> str:
    """A catalog cut down to a few models, written apart; its hash."""
    keep = sorted(catalog.models)[:models]
    offerings = tuple(o for o in catalog.offerings if o.model in keep)
    part = Catalog(
        labs=catalog.labs,
        models={m: catalog.models[m] for m in keep},
        providers=catalog.providers,
        offerings=offerings,
        sources=catalog.sources,
    )
    write(folder, part)
    return store.catalog_hash(folder)


def test_a_kill_at_any_moment_leaves_the_old_catalog_or_the_new_one(catalog: Catalog, tmp_path: Path) -> None:
    old, new = (_small(catalog, tmp_path / name, n) for name, n in (("old", 40), ("new", 60)))
    for name in ("old", "new"):
        (tmp_path / name).mkdir(exist_ok=True)
    shutil.copytree(tmp_path / "old", tmp_path / "live")
    seen = set()
    for attempt in rounds(60):
        name = "new" if attempt % 2 else "old"
        process = subprocess.Popen([sys.executable, "-c", SAVE, str(tmp_path), name], stdout=subprocess.PIPE)
        assert process.stdout is not None
        assert process.stdout.readline() == b"ready\n"
        time.sleep(random.Random(attempt).uniform(0, 0.03))
        process.send_signal(signal.SIGKILL)
        process.wait()
        process.stdout.close()
        store.load(tmp_path / "live")
        assert store.changed_files(tmp_path / "live") == []
        seen.add(store.catalog_hash(tmp_path / "live"))
    assert seen <= {old, new}


FULL = """
import resource, signal, sys
from pathlib import Path
from generator import store
from generator.errors import SetupError
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, 100_000))
try:
    store.save(Path(sys.argv[1]), iter([("models.json", b"x" * 200_000), ("catalog.json", b"{}")]))
except SetupError as error:
    print(error)
"""


@pytest.mark.skipif(not hasattr(resource, "RLIMIT_FSIZE"), reason="no file size limit on this system")
def test_a_full_disk_leaves_the_old_catalog(small: Catalog, tmp_path: Path) -> None:
    write(tmp_path, small)
    before = store.catalog_hash(tmp_path)
    result = subprocess.run(
        [sys.executable, "-c", FULL, str(tmp_path)], capture_output=True, text=True, check=True
    )
    assert "could not be written (File too large); the old one is unchanged" in result.stdout
    assert store.catalog_hash(tmp_path) == before
    assert store.changed_files(tmp_path) == []
    assert not list(tmp_path.glob(".stag*"))


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write anywhere")
def test_a_folder_that_cannot_be_written_is_named(catalog: Catalog, tmp_path: Path) -> None:
    from generator.errors import SetupError

    tmp_path.chmod(0o500)
    try:
        with pytest.raises(SetupError, match="could not be written"):
            write(tmp_path, catalog)
    finally:
        tmp_path.chmod(0o700)
