"""A catalog whose facts are read when they are looked at says what one that is read at once says."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner

from generator import store
from generator.cli import cli
from generator.errors import CatalogError
from playground.labels.names import Names, display_names
from tests.projects import put_part

OPENAI = "offerings/openai.json"


@pytest.fixture(scope="module")
def part(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("part") / "catalog"
    put_part(folder, "openai", "xai", "azure")
    return folder


def broken(part: Path, target: Path, was: str, now: str) -> Path:
    """A copy of the catalog with one change in a file."""
    folder = Path(shutil.copytree(part, target / "catalog"))
    text = (folder / OPENAI).read_text("utf-8")
    assert was in text
    (folder / OPENAI).write_text(text.replace(was, now, 1), "utf-8")
    return folder


def test_both_ways_read_the_same(part: Path) -> None:
    at_once, unread = store.load(part), store.load_unread(part)
    assert unread == at_once
    assert at_once == unread
    assert any(o.history for o in at_once.offerings)
    assert dict(Names(unread)) == display_names(at_once)


def test_a_name_brings_the_offerings_of_its_model_only(part: Path) -> None:
    whole = store.load(part)
    key = next(o.key for o in whole.offerings if o.provider == "azure" and o.model == "openai/gpt-5")
    for name in ("openai/gpt-5", key):
        named = store.load_named(part, [name])
        assert named.offerings == whole.of_model("openai/gpt-5")
        assert named.models == whole.models
    both = store.load_named(part, ["openai/gpt-5", "openai/gpt-4.1"])
    assert {o.model for o in both.offerings} == {"openai/gpt-5", "openai/gpt-4.1"}


@pytest.mark.parametrize("name", ["gpt-5", "nothing", "azure/globl/openai/gpt-5", "", "openai/gpt-\udcff"])
def test_a_name_that_is_none_brings_all_so_that_the_nearest_is_found(part: Path, name: str) -> None:
    assert store.load_named(part, ["openai/gpt-5", name]).offerings == store.load(part).offerings


ONE_FACT = '"price.input":{"value":0.4}'


@pytest.mark.parametrize(
    ("was", "now", "fault"),
    [
        (ONE_FACT, '"price.input":{"value":true}', "price.input: True is no value of a fact"),
        (ONE_FACT, '"price.input":{"value":1,"standing":"good"}', "price.input: 'good' is no standing"),
        (ONE_FACT, '"price.input": 5', "price.input: must be an object, it is 5"),
        (ONE_FACT, '"price.input":{"value":1,"by":["litellm@now"]}', "'litellm@now' does not end in a date"),
        (ONE_FACT, '"price.input":{"value":1,"by":5}', "price.input: by: must be a list, it is 5"),
    ],
)
def test_a_fact_that_is_wrong_is_named_when_it_is_looked_at(
    part: Path, tmp_path: Path, was: str, now: str, fault: str
) -> None:
    folder = broken(part, tmp_path, was, now)
    with pytest.raises(CatalogError, match=fault) as at_once:
        store.load(folder)
    unread = {o.key: o for o in store.load_unread(folder).offerings}
    assert unread["openai/direct/openai/babbage"].value("price.input")
    with pytest.raises(CatalogError, match=fault) as looked_at:
        unread["openai/direct/openai/ada"].value("price.input")
    assert str(looked_at.value) == str(at_once.value)
    assert "offerings/openai.json: direct/openai/ada" in str(looked_at.value)
    assert "almanac refresh --pinned" in str(looked_at.value)


@pytest.mark.parametrize(
    ("was", "now", "fault"),
    [
        ('"ids": ["ada"]', '"idz": ["ada"]', "unknown key 'idz'"),
        ('"ids": ["ada"]', '"ids": 5', "ids: must be a list, it is 5"),
        ('"direct/openai/ada"', '"straight/openai/ada"', "the key is not channel/lab/model"),
        ('"direct/openai/ada"', '"direct/openai/ada', "is not valid JSON"),
    ],
)
def test_an_entry_that_is_wrong_is_named_at_once(
    part: Path, tmp_path: Path, was: str, now: str, fault: str
) -> None:
    folder = broken(part, tmp_path, was, now)
    said = set()
    for read in (store.load, store.load_unread, lambda f: store.load_named(f, ["xai/grok-4"])):
        with pytest.raises(CatalogError, match=fault) as caught:
            read(folder)
        said.add(str(caught.value))
    assert len(said) == 1


@pytest.mark.parametrize(
    ("part_of", "now"), [("facts", "5"), ("records", "[]"), ("history", "5"), ("history", "null")]
)
def test_a_part_of_an_entry_that_is_wrong_is_named_when_it_is_looked_at(
    tmp_path: Path, part: Path, part_of: str, now: str
) -> None:
    folder = Path(shutil.copytree(part, tmp_path / "catalog"))
    entry = (
        f'{{"schema": 1, "provider": "openai", "offerings": {{"direct/openai/ada": {{"{part_of}": {now}}}}}}}'
    )
    (folder / OPENAI).write_text(entry, "utf-8")
    with pytest.raises(CatalogError, match=f"direct/openai/ada: {part_of}: must be a"):
        store.load(folder)
    (ada,) = (o for o in store.load_unread(folder).offerings if o.provider == "openai")
    with pytest.raises(CatalogError, match=f"direct/openai/ada: {part_of}: must be a"):
        len(getattr(ada, part_of))


@pytest.mark.parametrize("command", ["show", "cost"])
def test_a_command_says_nothing_before_it_finds_a_fact_that_is_wrong(
    part: Path, tmp_path: Path, command: str
) -> None:
    folder = broken(part, tmp_path, ONE_FACT, '"price.input":{"value":true}')
    result = CliRunner().invoke(cli, [command, "openai/ada", "--catalog", str(folder)])
    assert isinstance(result.exception, CatalogError)
    assert result.stdout == ""
