"""Values that people set: an entry says what it replaced, and is reported when that holds no more."""

from __future__ import annotations

import shutil
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from click.testing import CliRunner

from generator import store
from generator.cli.catalog.check import check
from generator.curated.overrides import Override, Replaced, load_overrides
from generator.errors import EditError
from generator.ledger.overridden import READ_AGAIN, removable_overrides, to_reread
from playground.catalog import Claim, Standing, Value
from tests.catalogs import catalog, fact, offering

READ = date(2026, 11, 1)
SET = offering(
    "acme/one",
    price__input=fact(
        Decimal(1),
        Standing.OVERRIDDEN,
        Claim(record="litellm", value=Decimal(3), note="disagrees"),
        Claim(record="models-dev", value=Decimal(2), note="suspect: a slipped unit"),
    ),
    price__output=fact(Decimal(4), Standing.OVERRIDDEN, Claim(record="litellm", value=Decimal(4))),
)
WHOLE = catalog(SET)


def entry(replaces: Value | None = None, *, field: str = "price.input", unsaid: bool = False) -> Override:
    return Override(
        target=SET.key,
        field=field,
        value=Decimal(1),
        reason="read on the page",
        link="https://acme.example/prices",
        date=READ,
        where="entry 1",
        replaces=None if unsaid else Replaced(value=replaces),
    )


@pytest.mark.parametrize(
    ("override", "days", "why"),
    [
        (entry(Decimal(3)), 0, None),
        (entry(Decimal(3)), READ_AGAIN.days, None),
        (entry(Decimal(3)), READ_AGAIN.days + 1, "the page was read 121 days ago, on 2026-11-01"),
        (entry(Decimal("2.5")), 0, "a source moved: it replaced 2.5, and the sources now say 3"),
        # What is held back is said by nobody.
        (entry(Decimal(2)), 0, "a source moved: it replaced 2, and the sources now say 3"),
        (entry(None), 0, "a source moved: it replaced nothing, and the sources now say 3"),
        (entry(Decimal(3), field="price.cache_read"), 0, "it replaced 3, and the sources now say nothing"),
        (entry(None, field="price.cache_read"), 0, None),
        # A rounding is no move.
        (entry(Decimal("3.004")), 0, None),
        (entry(unsaid=True), 0, "it does not say what it replaced"),
    ],
)
def test_an_override_is_to_be_read_again_where_its_ground_may_be_gone(
    override: Override, days: int, why: str | None
) -> None:
    found = [one.why for one in to_reread((override,), WHOLE, READ + timedelta(days=days))]
    assert len(found) == (why is not None)
    assert all(why in text for text in found if why)


def test_one_that_the_sources_caught_up_with_can_go_and_is_not_to_be_read_again() -> None:
    caught_up = replace(entry(Decimal(9), field="price.output"), value=Decimal(4))
    needed = replace(entry(Decimal(3)), where="entry 2")
    assert list(removable_overrides((caught_up, needed), WHOLE)) == [caught_up]
    # An entry that sets several fields can go only when it can go whole.
    assert list(removable_overrides((caught_up, replace(needed, where=caught_up.where)), WHOLE)) == []
    assert list(to_reread((caught_up,), WHOLE, READ + 2 * READ_AGAIN)) == []
    assert list(to_reread((replace(caught_up, target="acme/none"),), WHOLE, READ)) == []


def test_the_file_says_what_was_replaced(tmp_path: Path) -> None:
    path = tmp_path / "overrides.yml"
    line = (
        "- {{offering: a/direct/b/c, field: {0}, value: {1}, {2}reason: r, link: 'https://e.com', "
        "date: 2026-11-23}}\n"
    )
    path.write_text(
        line.format("price.input", 1, "replaces: 2.50, ")
        + line.format("price.output", 1, "replaces: null, ")
        + line.format("can.vision", "'no'", "replaces: yes, ")
        + line.format("retires", "2027-01-01", "replaces: 2027-02-01, ")
        + line.format("regions", "[a]", "replaces: [a, b], ")
        + line.format("status", "beta", "")
    )
    assert [o.replaces and o.replaces.value for o in load_overrides(path)] == [
        *(Decimal("2.5"), None, "yes", "2027-02-01", ("a", "b"), None)
    ]
    assert [o.replaces is None for o in load_overrides(path)] == [False] * 5 + [True]
    path.write_text(line.format("price.input", 1, "replaces: free, "))
    with pytest.raises(EditError, match=r"entry 1: replaces: price\.input is a number, not 'free'"):
        load_overrides(path)


def test_check_says_it_and_how_to_go_on_and_finds_the_catalog_sound(tmp_path: Path) -> None:
    store.save(folder := tmp_path, store.render(WHOLE, {}))
    shutil.copy("docs/catalog/identity.yml", folder)
    for name in ("providers", "benchmarks", "needs"):
        (folder / f"{name}.yml").write_text("[]\n")
    (folder / "overrides.yml").write_text(
        f"- {{offering: {SET.key}, field: price.input, value: 1, replaces: 2, reason: r, "
        f"link: 'https://acme.example/prices', date: {date.today()}}}\n"
    )
    assert store.load(folder).offerings[0].facts["price.input"].standing == Standing.OVERRIDDEN
    done = CliRunner().invoke(check, ["--catalog", str(folder)], catch_exceptions=False)
    assert done.exit_code == 0, done.output
    assert (
        f"overrides.yml: entry 1 ({SET.key} price.input): a source moved: it replaced 2, and the sources now "
        "say 3; read the page again, https://acme.example/prices, then write `replaces: 3` and the day, or "
        "take it out"
    ) in done.output
