"""Every part of a need has one row, which reads it, names it and says how a page asks for it."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

import pytest

from playground.catalog.packed import pack, unpack
from playground.need.form import Control, Part
from playground.need.location import regions
from playground.need.need import NEED_PARTS, WORK
from playground.need.reader import read_need
from playground.need.rows import BILL_PARTS, PARTS
from tests.catalogs import committed

ROWS = list(PARTS.values())


def test_every_field_of_a_need_has_a_row_and_every_row_a_field() -> None:
    assert {part.into or part.name for part in ROWS} == {*NEED_PARTS, *WORK}
    assert [name for name, n in Counter(part.name for part in ROWS).items() if n > 1] == []


@pytest.mark.parametrize("part", [*ROWS, BILL_PARTS[-1]], ids=lambda part: part.name)
def test_a_row_is_whole(part: Part) -> None:
    assert part.section is not None or part.into, "a field can be asked for on the page"
    assert part.label or part.control is Control.TICKS or part.into
    assert not part.needs or part.needs in PARTS
    assert part.help or part.name == "keep_unknown", "the terminal asks for it by --only-known"


def test_every_region_that_an_address_offers_can_be_asked_for() -> None:
    """In the browser too, where a catalog holds little of its providers."""
    whole = committed()
    offered = {
        region
        for provider in whole.providers.values()
        for endpoint in provider.endpoints
        for place in endpoint.places
        if place.is_region
        for region in place.choices
    }
    assert {"europe-west4", "eu-central-2"} <= offered
    few = replace(whole, offerings=whole.offerings[:3])
    packed = unpack(pack(few, "", str(whole.day), names={}, calls={}))
    for known in (whole, packed):
        assert offered <= set(regions(known))
        assert read_need({"region": "europe-west4"}, known)[1] == ()
