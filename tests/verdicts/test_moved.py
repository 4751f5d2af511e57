"""Which named needs have another first place after a refresh, and why: what its pull request says."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner

from generator import store
from generator.cli import cli
from generator.curated.named_needs import NamedNeed
from generator.views.catalog_diff import MOVED, as_json, as_markdown, as_text, catalog_diff
from generator.views.verdicts.moved import Edition, MovedVerdict, moved_verdicts
from playground.ability import Abilities
from playground.catalog import Catalog, Offering
from tests.playground.decide.abilities import abilities_of
from tests.playground.decide.offers import GOOD, TODAY, of, offer

NEED = NamedNeed(
    id="chat", title="Chat | <b>", said="Chat.", why="Some.", need={"must": ["vision"], "quality": 0}
)
ABLE = NamedNeed(id="able", title="Able", said="Chat.", why="Some.", need={"cost": 0})


def named(model: str, price: str = "1", **facts: str) -> Offering:
    changed = {"price__input": price, "price__output": price, **facts}
    return replace(GOOD, model=f"acme/{model}", facts={**GOOD.facts, **offer(**changed).facts})


ONE, TWO = named("one"), named("two", "2")


def moves(
    old: Catalog,
    new: Catalog,
    able: tuple[Abilities, Abilities] = (Abilities(), Abilities()),
    need: NamedNeed = NEED,
) -> list[MovedVerdict]:
    editions = [Edition(catalog=c, abilities=a, day=TODAY) for c, a in zip((old, new), able, strict=True)]
    return list(moved_verdicts(*editions, [need]))


@pytest.mark.parametrize(
    ("new", "after", "why"),
    [
        (of(ONE, TWO), None, ""),
        (of(TWO), TWO, f"{ONE.key} is not in the catalog"),
        (of(named("one", "3"), TWO), TWO, f"{ONE.key} costs $4.50 a month, before $1.50"),
        (of(ONE, named("two", "0.5")), TWO, f"{TWO.key} costs $0.75 a month, before $3.00"),
        (of(named("one", can__vision="no"), TWO), TWO, f"{ONE.key} is out by “can: vision”: no"),
        (
            of(ONE, TWO, named("three", "0.1")),
            named("three"),
            f"{named('three').key} before: is not in the catalog",
        ),
        (of(named("one", retires="2026-12-01"), TWO), TWO, f"{ONE.key} is out by “"),
    ],
)
def test_another_first_place_has_its_reason(new: Catalog, after: Offering | None, why: str) -> None:
    found = moves(of(ONE, TWO), new)
    assert [(m.before, m.after) for m in found] == ([(ONE.key, after.key)] if after else [])
    assert all(any(one.startswith(why) for one in m.why) for m in found), found


def test_where_nobody_is_left_that_is_said() -> None:
    (move,) = moves(of(ONE), of(named("one", can__vision="no")))
    assert move.text == f"{ONE.key} → nobody: {ONE.key} is out by “can: vision”: no"


def test_an_ability_that_moves_is_a_reason() -> None:
    both = of(ONE, TWO)
    able = abilities_of({ONE.model: 1.0, TWO.model: 0.0}), abilities_of({ONE.model: 1.0, TWO.model: 1.5})
    (move,) = moves(both, both, able, ABLE)
    assert (move.before, move.after) == (ONE.key, TWO.key)
    assert move.why == (f"{TWO.key} has an ability of 1.5 (1.5 to 1.5), before 0.0 (0.0 to 0.0)",)


def test_a_need_that_one_of_the_catalogs_cannot_answer_is_left_out() -> None:
    asked = replace(NEED, need={**NEED.need, "models": ["acme/one"]})
    assert moves(of(ONE), of(TWO), need=asked) == []


def test_text_markdown_and_json_carry_them() -> None:
    old, new = of(ONE, TWO), of(TWO)
    moved = moves(old, new)
    difference = catalog_diff(old, new)
    assert f"{MOVED} (1)\n  Chat | <b>: {ONE.key} → {TWO.key}" in as_text(difference, moved)
    body = as_markdown(difference, moved)
    assert body.index(f"## {MOVED} (1)") < body.index("## Gone")
    assert "<b>" not in body
    (values,) = as_json(difference, moved)["moved"]
    assert (values["before"], values["after"]) == (ONE.key, TWO.key)
    assert MOVED not in as_markdown(difference)


def test_the_command_says_them_when_asked(tmp_path: Path) -> None:
    for name, whole in (("old", of(ONE, TWO)), ("new", of(named("one", "3"), TWO))):
        (tmp_path / name).mkdir()
        store.save(tmp_path / name, store.render(whole, {}))
    (tmp_path / "new" / "needs.yml").write_text(
        "- {id: chat, title: Chat, said: Chat., why: Some., need: {quality: 0}}\n"
    )
    folders = [str(tmp_path / "old"), str(tmp_path / "new")]
    without = CliRunner().invoke(cli, ["diff", *folders])
    assert without.exit_code == 0
    assert MOVED not in without.stdout
    told = CliRunner().invoke(cli, ["diff", *folders, "--verdicts"])
    assert told.exit_code == 0
    assert f"{ONE.key} → {TWO.key}: {ONE.key} costs $4.50 a month, before $1.50" in told.stdout
