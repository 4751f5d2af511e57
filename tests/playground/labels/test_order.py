"""What is retired comes after what is served, wherever a model's places or a lab's models are listed."""

from __future__ import annotations

import pytest

from playground.catalog import Model, Offering
from playground.labels.names import living_first, model_order, withdrawn
from playground.lifecycle.outlook import model_ends
from playground.versus.side import side
from tests.catalogs import catalog, offered


def place(channel: str, provider: str = "acme", status: str = "", version: str = "") -> Offering:
    facts = {"status": status} if status else {}
    made = offered("acme/one", channel, provider, price__input=1, **facts)
    return Offering(
        provider=made.provider,
        channel=made.channel,
        model=made.model,
        version=version,
        facts=made.facts,
    )


def test_a_retired_place_comes_after_every_other_and_speaks_for_no_model() -> None:
    own, host, gateway = place("direct", status="retired"), place("hosted", "host"), place("gateway", "gate")
    assert sorted((own, gateway, host), key=model_order) == [host, gateway, own]
    whole = catalog(own, host, gateway)
    assert side("acme/one", whole, {"acme/one": "One"}).home == host
    # Named by its key it is what was asked for; alone it still speaks.
    assert side(own.key, whole, {"acme/one": "One"}).home == own
    assert side("acme/one", catalog(own), {"acme/one": "One"}).home == own


@pytest.mark.parametrize(
    ("places", "gone"),
    [
        ([place("direct", status="retired"), place("hosted", "host")], True),
        ([place("direct"), place("hosted", "host", "retired")], False),
        ([place("hosted", "host")], False),
        # A list may keep an alias of what is gone.
        ([place("direct", status="retired"), place("direct", version="latest")], True),
        ([place("direct", version="latest", status="retired")], True),
        ([place("direct", status="retired"), place("direct", version="2026-01-01")], False),
        ([], False),
    ],
)
def test_a_lab_has_retired_a_model_where_its_own_api_serves_it_no_more(
    places: list[Offering], gone: bool
) -> None:
    assert withdrawn(places) is gone


def test_models_are_listed_living_first_then_those_of_others_then_the_retired() -> None:
    names = ("a-gone", "b-others", "c-living", "d-living")
    models = [Model(id=f"acme/{name}") for name in names]
    offerings = {
        "acme/a-gone": [offered("acme/a-gone", status="retired")],
        "acme/b-others": [
            offered("acme/b-others", status="retired"),
            offered("acme/b-others", "hosted", "host"),
        ],
        "acme/c-living": [offered("acme/c-living")],
        "acme/d-living": [offered("acme/d-living", "hosted", "host")],
    }
    ends = model_ends(catalog(*(o for several in offerings.values() for o in several)))
    listed = [model.id for model in living_first(models, ends, offerings)]
    assert listed == ["acme/c-living", "acme/d-living", "acme/b-others", "acme/a-gone"]
