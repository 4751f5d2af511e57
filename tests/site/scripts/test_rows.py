"""Every offering has in the scripts the key, the model, the anchor and the price that it has in Python."""

from __future__ import annotations

import json
import subprocess

from generator.exports.explorer import explorer_data
from generator.site import frontend
from playground.catalog import Offering
from playground.catalog.prices import Meter
from playground.labels.addresses import anchor
from playground.labels.labels import money
from playground.labels.names import display_names
from tests.catalogs import committed
from tests.patience import PATIENCE_S


def priced(offering: Offering) -> str | None:
    """The plain price of input; None where the scripts may show a text of its own."""
    price = offering.value(f"price.{Meter.INPUT}")
    return money(price) if price is not None else None


def test_the_scripts_read_every_offering_as_python_does() -> None:
    catalog = committed()
    done = subprocess.run(
        [*frontend.node(), "tests/site/scripts/rows.mjs"],
        input=json.dumps(explorer_data(catalog, display_names(catalog))),
        capture_output=True,
        text=True,
        check=True,
        timeout=PATIENCE_S,
    )
    read = {key: rest for key, *rest in json.loads(done.stdout)}
    assert len(read) == len(catalog.offerings)
    for offering in catalog.offerings:
        model, place, price = read[offering.key]
        assert (model, place) == (offering.model, anchor(offering))
        if (expected := priced(offering)) is not None:
            assert price == expected, offering.key
