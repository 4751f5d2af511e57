"""An id that rules change leads on: in the history, in the commands, on the site."""

from __future__ import annotations

import shutil
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from click.testing import CliRunner
from msgspec.structs import replace as with_changes

from generator.assistant.library import Library
from generator.cli import cli
from generator.curated.renamed import every_renamed
from generator.errors import CatalogError
from generator.ledger.refresh.moves import joined, moves, relabelled
from generator.moved import MOVED_FILE, Moved, lines, load_moved
from generator.store.events import Event, EventKind, FieldChange, compare
from generator.store.history import HISTORY_FILE, load_history
from generator.store.history import lines as history_lines
from playground.catalog import Catalog, Channel, Offering, Record
from tests.catalogs import committed
from tests.generator.ledger.claimed import CATALOG, record, run
from tests.rounds import nightly, sampled

PLAIN = record("litellm", "openrouter", "openai/gpt-4.1", price__input=Decimal(2))
FREE = record("litellm", "openrouter", "openai/gpt-4.1:free", price__input=Decimal(0))
NOW = run(PLAIN, FREE).catalog
NEW_KEY, OLD_KEY = "openrouter/gateway/openai/gpt-4.1:free", "openrouter/gateway/openai/gpt-4.1-free"


def before() -> Catalog:
    """The catalog from when `:free` made a model of its own."""
    old = [replace(o, model="openai/gpt-4.1-free", variant="") if o.variant else o for o in NOW.offerings]
    model = replace(NOW.models["openai/gpt-4.1"], id="openai/gpt-4.1-free")
    return replace(NOW, offerings=tuple(old), models={**NOW.models, model.id: model})


def test_an_id_moves_where_its_records_stand_now() -> None:
    moved = moves(before(), NOW)
    assert moved == Moved({OLD_KEY: NEW_KEY, "openai/gpt-4.1-free": "openai/gpt-4.1"})
    assert compare(relabelled(before(), moved), NOW, date(2026, 11, 12)) == ()
    assert moves(NOW, NOW) == Moved()


def test_a_model_that_is_no_more_leads_to_who_served_it() -> None:
    (router,) = run(with_changes(PLAIN, id="openai/gpt-router", model="openai/gpt-router")).catalog.offerings
    old = replace(NOW, offerings=(*NOW.offerings, router))
    moved = moves(old, NOW)
    assert moved == Moved(ended={router.model: "openrouter"})
    assert joined(moved, Moved(), NOW) == moved
    assert joined(moved, Moved(), old) == Moved(ended={router.model: "openrouter"})
    assert joined(moved, Moved({router.model: "openai/gpt-4.1"}), NOW).ended == {}


def test_an_offering_that_becomes_a_mode_takes_its_history_along(tmp_path: Path) -> None:
    batch = record("litellm", "openrouter", "openai/gpt-4.1:batch", price__input=Decimal(1))
    now = run(PLAIN, batch).catalog
    (alone,) = run(with_changes(batch, model="openai/gpt-4.1-x")).catalog.offerings
    moved = moves(replace(now, offerings=(*run(PLAIN).catalog.offerings, alone)), now)
    plain = "openrouter/gateway/openai/gpt-4.1"
    assert (moved.names[alone.key], moved.modes) == (plain, {alone.key: "batch"})
    change = FieldChange(field="price.input", was=Decimal(2), now=Decimal(1))
    event = Event(day=date(2026, 1, 1), kind=EventKind.PRICE, target=alone.key, changes=(change,))
    (tmp_path / HISTORY_FILE).write_bytes(history_lines([event]))
    (tmp_path / MOVED_FILE).write_bytes(lines(moved))
    (event_now,) = load_history(tmp_path)
    assert (event_now.target, [c.field for c in event_now.changes]) == (plain, ["price.batch.input"])


def test_a_record_that_says_nothing_new_leads_on_by_its_id() -> None:
    again = with_changes(PLAIN, id="openrouter/again", model="openai/gpt-4.1-again")
    merged = run(PLAIN, with_changes(again, model="openai/gpt-4.1")).catalog
    assert [len(o.records) for o in merged.offerings] == [1]
    (one,) = merged.offerings
    now = replace(merged, offerings=(replace(one, ids=(*one.ids, "openai/gpt-4.1-again")),))
    assert moves(run(PLAIN, again).catalog, now).names["openai/gpt-4.1-again"] == "openai/gpt-4.1"


def test_what_a_source_no_longer_lists_moves_nowhere() -> None:
    moved = moves(before(), run(PLAIN).catalog)
    assert moved == Moved(ended={"openai/gpt-4.1-free": "openrouter"})


def test_an_offering_moves_within_its_provider() -> None:
    (plain,) = run(PLAIN).catalog.offerings
    elsewhere = replace(NOW, offerings=(replace(plain, provider="other"),))
    assert moves(run(PLAIN).catalog, elsewhere) == Moved()


def test_moves_lead_to_the_last_name_and_an_id_that_is_there_again_leads_nowhere() -> None:
    first = {"openai/a": "openai/b", "openai/gpt-4.1": "openai/c", "x/y": "x/z", "x/z": "x/y"}
    modes = {"openai/a": "batch", "openai/gpt-4.1": "batch"}
    assert joined(Moved(first, modes), Moved({"openai/b": "openai/gpt-4.1"}), NOW) == Moved(
        {"openai/a": "openai/gpt-4.1", "openai/b": "openai/gpt-4.1"}, {"openai/a": "batch"}
    )


def test_what_led_to_something_that_is_gone_leads_nowhere_or_where_that_leads() -> None:
    """A name that moved, and whose offering or model was then taken out by everybody."""
    known = Moved(
        {"azure/global/a/b@1": "azure/global/a/b-1", "a/old": "a/ended"}, {"azure/global/a/b@1": "batch"}
    )
    assert joined(known, Moved(ended={"a/ended": "azure"}), NOW) == Moved(
        ended={"a/ended": "azure", "a/old": "azure"}
    )


def test_history_is_told_of_what_a_target_is_called_now(tmp_path: Path) -> None:
    change = FieldChange(field="price.input", was=Decimal(1), now=Decimal(0))
    event = Event(day=date(2026, 1, 1), kind=EventKind.PRICE, target=OLD_KEY, changes=(change,))
    (tmp_path / HISTORY_FILE).write_bytes(history_lines([event]))
    assert [e.target for e in load_history(tmp_path)] == [OLD_KEY]
    (tmp_path / MOVED_FILE).write_bytes(lines(Moved({OLD_KEY: NEW_KEY})))
    assert [e.target for e in load_history(tmp_path)] == [NEW_KEY]
    assert (tmp_path / HISTORY_FILE).read_bytes() == history_lines([event])


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b'{"was": "a/b"}\n', "line 1 is no move"),
        (b"3\n", "line 1 is no move"),
        (b"<<<<<<< ours\n", "line 1 is a conflict marker"),
    ],
)
def test_a_bent_file_is_named_with_its_line(tmp_path: Path, content: bytes, said: str) -> None:
    (tmp_path / MOVED_FILE).write_bytes(content)
    with pytest.raises(CatalogError, match=said):
        load_moved(tmp_path)


def test_what_people_renamed_and_what_moved_are_told_apart_by_kind(tmp_path: Path) -> None:
    (tmp_path / MOVED_FILE).write_bytes(
        lines(Moved({OLD_KEY: NEW_KEY, "openai/gpt-4.1-free": "openai/gpt-4.1"}))
    )
    (tmp_path / "renamed.yml").write_text("models: {openai/old: openai/gpt-4.1}\nproviders: {}\n")
    renamed = every_renamed(tmp_path).within(NOW)
    assert renamed.models == {"openai/gpt-4.1-free": "openai/gpt-4.1", "openai/old": "openai/gpt-4.1"}
    assert renamed.offerings == {OLD_KEY: NEW_KEY}


@sampled(2)
@pytest.mark.parametrize("command", ["show", "cost", "versus"])
@pytest.mark.parametrize("name", ["openai/{}", "openai/direct/openai/{}"])
def test_the_commands_take_an_old_id_and_an_old_key(tmp_path: Path, command: str, name: str) -> None:
    folder = Path(shutil.copytree(CATALOG, tmp_path / "catalog"))
    old, now = name.format("gpt-five"), name.format("gpt-5")
    (folder / MOVED_FILE).write_bytes(lines(Moved({old: now})))
    other = ["openai/gpt-4.1"] if command == "versus" else []
    asked, answered = (
        CliRunner().invoke(cli, [command, one, *other, "--json", "--catalog", str(folder)])
        for one in (old, now)
    )
    assert asked.exit_code == 0, asked.output
    assert asked.output == answered.output


@nightly("test_the_commands_take_an_old_id_and_an_old_key")
def test_a_need_and_a_bill_take_an_old_id(tmp_path: Path) -> None:
    folder = Path(shutil.copytree(CATALOG, tmp_path / "catalog"))
    (folder / MOVED_FILE).write_bytes(lines(Moved({"openai/gpt-five": "openai/gpt-5"})))
    need, outputs = tmp_path / "need.yml", []
    for name in ("openai/gpt-five", "openai/gpt-5"):
        need.write_text(f"models: [{name}]\nrequests: 1000\n")
        done = CliRunner().invoke(cli, ["choose", "--need", str(need), "--json", "--catalog", str(folder)])
        assert done.exit_code == 0, done.output
        outputs.append(done.output)
    assert outputs[0] == outputs[1]
    library = Library(folder, date(2026, 11, 12))
    assert library.cost(["openai/gpt-five"], {}) == library.cost(["openai/gpt-5"], {})


def test_every_old_id_of_the_committed_catalog_leads_to_one_of_today() -> None:
    catalog, moved = committed(), load_moved(CATALOG)
    there = {*catalog.models, *(o.key for o in catalog.offerings)}
    assert moved.names
    assert [was for was in moved.names if was in there] == []
    assert [now for now in moved.names.values() if now not in there] == []


def test_an_offering_is_cited_by_source_and_id() -> None:
    """Two sources may give one id to different things."""
    old = Offering(
        provider="azure", channel=Channel.GLOBAL, model="a/b", records={"models-dev": Record(id="x", link="")}
    )
    new = replace(old, model="a/c", records={"litellm": Record(id="x", link="")})
    moved = moves(replace(NOW, offerings=(old,), models={}), replace(NOW, offerings=(new,), models={}))
    assert moved == Moved(ended={"a/b": "azure"})
