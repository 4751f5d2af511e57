"""Values that no field has, put into the catalog by hand: reading it names file, entry and field."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from generator import store
from generator.errors import CatalogError
from tests.catalogs import ALL_KNOWN, catalog

ENTRY = "global/acme/all-known"
HUGE = "1e999999"
#: Field → values that it cannot have, each as JSON writes it, with what is said of it.
BENT: dict[str, tuple[tuple[str, str], ...]] = {
    "price.input": (
        ('"two"', "'two' is no number"),
        ("[1]", "(1,) is no number"),
        ("true", "True is no value of a fact"),
        ("{}", "{} is no value of a fact"),
        ("-2", "-2 is below zero"),
        (HUGE, "is larger or finer than any number here"),
        ("1e-999999", "is larger or finer than any number here"),
        (str(2**70), "is larger or finer than any number here"),
    ),
    "context_tokens": (
        ('"128k"', "'128k' is no whole number"),
        ("1.5", "Decimal('1.5') is no whole number"),
        ("true", "True is no value of a fact"),
        (HUGE, "is larger or finer than any number here"),
        ("-1", "-1 is below zero"),
        ("[1]", "(1,) is a list, and the field has one value"),
    ),
    "can.vision": (('"perhaps"', "'perhaps' is none of yes, no, unknown"), ("1", "1 is none of yes, no")),
    "kind": (('"wizard"', "'wizard' is none of chat, completion"), ("3", "3 is none of chat, completion")),
    "regions": (('"eastus"', "'eastus' is no list of texts"), ("[1, 2]", "(1, 2) is no list of texts")),
    "status": (("3", "3 is no text"), ("[]", "() is a list, and the field has one value")),
    "retires": (
        ('"2027-02-31"', "'2027-02-31' is no day"),
        ('"soon"', "'soon' is no day"),
        ("20270231", "20270231 is no text"),
    ),
}
CASES = [(field, value, said) for field, cases in BENT.items() for value, said in cases]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    store.save(tmp_path, store.render(catalog(ALL_KNOWN), {}))
    return tmp_path


def entries(folder: Path) -> dict[str, Any]:
    """What the file of the one provider holds, numbers and all, as it stands."""
    file: dict[str, Any] = json.loads((folder / "offerings/azure.json").read_text())
    return file


def write(folder: Path, file: dict[str, Any], value: str = "") -> Path:
    """The file with `value` in place of the text `BENT`, which no JSON library has to write."""
    path = folder / "offerings/azure.json"
    path.write_text(json.dumps(file).replace('"BENT"', value))
    return path


def faults(folder: Path, path: Path) -> Iterator[str]:
    """What reading says, whole and by what is looked at, each after the file's name."""
    for read in (store.load, store.load_unread):
        with pytest.raises(CatalogError) as raised:
            [(dict(offering.facts), list(offering.history)) for offering in read(folder).offerings]
        said = str(raised.value)
        assert said.startswith(f"{path}: {ENTRY}: ")
        yield said.removeprefix(f"{path}: {ENTRY}: ")


@pytest.mark.parametrize(("field", "value", "said"), CASES)
def test_a_value_of_another_type_or_beyond_all_bounds_is_named(
    field: str, value: str, said: str, folder: Path
) -> None:
    file = entries(folder)
    file["offerings"][ENTRY]["facts"][field]["value"] = "BENT"
    path = write(folder, file, value)
    for fault in faults(folder, path):
        assert fault.startswith(f"{field}: ")
        assert said in fault


@pytest.mark.parametrize(
    ("part", "value", "said"),
    [
        ("usd", '{"input": "x"}', "history: input: 'x' is no price"),
        ("usd", '{"input": -1}', "history: input: -1 is no price"),
        ("usd", f'{{"input": {HUGE}}}', "is no price"),
        ("usd", "[3]", "history: must be an object"),
        ("from", '"soon"', "history: from: 'soon' is no day"),
        ("from", "3", "history: from: 3 is no day"),
    ],
)
def test_a_price_of_the_past_that_is_none_is_named(part: str, value: str, said: str, folder: Path) -> None:
    file = entries(folder)
    file["offerings"][ENTRY]["history"][0][part] = "BENT"
    path = write(folder, file, value)
    for fault in faults(folder, path):
        assert said in fault


def test_what_a_source_claims_may_be_wrong_within_bounds(folder: Path) -> None:
    file = entries(folder)
    facts = file["offerings"][ENTRY]["facts"]
    facts["retires"]["also"] = [{"value": "soon", "by": ["models-dev"], "note": "suspect: not a date"}]
    facts["price.input"]["also"] = [{"value": -2, "by": ["models-dev"], "note": "suspect: below zero"}]
    write(folder, file)
    (read,) = store.load(folder).offerings
    assert [c.value for c in read.facts["retires"].claims] == ["2027-02-06", "soon"]


@pytest.mark.parametrize(
    ("name", "entry", "part", "value", "said"),
    [
        ("providers", "azure", "name", 3, "azure: name must be a text, it is 3"),
        ("providers", "azure", "wire", 3, "azure: wire: must be a list, it is 3"),
        ("providers", "azure", "browser_checked", "soon", "azure: browser_checked: 'soon' is no day"),
        ("providers", "azure", "residency", 3, "azure: residency: must be a list, it is 3"),
        ("sources", "litellm", "name", 3, "litellm: name must be a text, it is 3"),
        ("sources", "litellm", "version", {"a": 1}, "litellm: version must be a text"),
    ],
)
def test_a_provider_or_a_source_of_wrong_values_is_named(
    name: str, entry: str, part: str, value: object, said: str, folder: Path
) -> None:
    path = folder / f"{name}.json"
    file = json.loads(path.read_text())
    file[name][entry][part] = value
    path.write_text(json.dumps(file))
    with pytest.raises(CatalogError) as raised:
        store.load(folder)
    assert str(raised.value).startswith(f"{path}: {said}")


def test_a_number_that_is_no_id_is_named(folder: Path) -> None:
    file = entries(folder)
    file["offerings"][ENTRY]["ids"] = [3]
    path = write(folder, file)
    with pytest.raises(CatalogError, match="ids: must be a list of texts") as raised:
        store.load(folder)
    assert str(path) in str(raised.value)


def test_every_value_of_a_field_is_read_as_it_was_written(folder: Path) -> None:
    (read,) = store.load(folder).offerings
    assert {n: f.value for n, f in read.facts.items()} == {n: f.value for n, f in ALL_KNOWN.facts.items()}
