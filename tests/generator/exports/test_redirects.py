"""Every address that was one leads on: of a model, a lab, a pair."""

from __future__ import annotations

import re
from dataclasses import replace

from generator.curated.renamed import Renamed
from generator.exports.redirects import redirects
from playground.catalog import Catalog, Fact, Lab, Model, Standing
from tests.catalogs import ALL_KNOWN, TIERED, catalog

WHOLE = catalog(ALL_KNOWN, TIERED)
MODELS = list(WHOLE.models)


NOTHING = Renamed()


def leads(
    renamed: Renamed = NOTHING, compared: tuple[str, ...] = (), whole: Catalog = WHOLE
) -> dict[str, str]:
    """Old address → where its page leads, and its text too."""
    found = {}
    for path, files in redirects(renamed, whole, compared):
        page = files[f"{path.strip('/')}/index.html"].decode()
        (target,) = re.findall(r'rel="canonical" href="([^"]+)"', page)
        depth = path.strip("/").count("/") + 1
        assert target.startswith("../" * depth)
        assert f'<a href="{target}">' in page
        assert f"]({target[3:].rstrip('/')}.md)" in files[f"{path.strip('/')}.md"].decode()
        found[path] = "/" + target.removeprefix("../" * depth)
    return found


def test_a_model_that_is_none_any_more_leads_to_who_served_it() -> None:
    provider = next(iter(WHOLE.providers))
    ended = leads(Renamed(ended={"someone/auto": provider}))
    assert ended == {
        "/models/someone/auto/": f"/providers/{provider}/",
        "/labs/someone/": "/labs/",
    }


def test_a_lab_of_which_no_model_is_left_leads_to_the_lab_that_has_them() -> None:
    lab = MODELS[0].partition("/")[0]
    moved = leads(Renamed(models={"reseller/a": MODELS[0], f"{lab}/older": MODELS[0]}))
    assert moved == {
        "/models/reseller/a/": f"/models/{MODELS[0]}/",
        f"/models/{lab}/older/": f"/models/{MODELS[0]}/",
        "/labs/reseller/": f"/labs/{lab}/",
    }


def test_a_pair_is_found_by_what_points_to_one_of_the_two() -> None:
    a, b = "one/large-2512", "two/small"
    points = Fact(value=a, standing=Standing.OVERRIDDEN, claims=(), reason="")
    models = {m: Model(id=m, records={}, facts={}) for m in (a, b)}
    models["one/large"] = Model(id="one/large", records={}, facts={"points_to": points})
    whole = replace(WHOLE, models=models, labs={lab: Lab(id=lab, name=lab) for lab in ("one", "two")})
    to = "/versus/large-2512-or-small/"
    assert leads(compared=(a, b), whole=whole) == {
        "/versus/large-or-small/": to,
        "/versus/small-or-large/": to,
        "/versus/small-or-large-2512/": to,
    }
