"""Every address that was one leads on: of a model, a lab, a pair."""

from __future__ import annotations

import html
import posixpath
import re
from dataclasses import replace
from pathlib import Path

from generator.curated.renamed import Renamed
from generator.curated.versus_models import load_replaced, load_versus
from generator.exports.redirects import redirects
from playground.catalog import Catalog, Fact, Lab, Model, Standing
from playground.labels.addresses import versus_path
from tests.catalogs import ALL_KNOWN, TIERED, catalog, committed, offered

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
        assert f'<a href="{target}">' in page
        (text,) = re.findall(r"\]\(([^)]+)\.md\)", files[f"{path.strip('/')}.md"].decode())
        found[path] = f"{posixpath.normpath(posixpath.join(path, target))}/"
        assert found[path] == f"{posixpath.normpath(posixpath.join(path, '..', text))}/"
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


def test_a_pair_whose_model_was_replaced_leads_to_the_same_two_and_links_to_the_newer() -> None:
    new, other = MODELS
    gone, sold = "acme/older", "acme/old"
    whole = catalog(ALL_KNOWN, TIERED, offered(sold, price__input=1))
    paths = {
        path: files[f"{path.strip('/')}/index.html"].decode()
        for path, files in redirects(NOTHING, whole, MODELS, {sold: new, gone: new})
    }
    to = versus_path(new, other)
    (sent,) = re.findall(r"url=([^\"]+)", paths[versus_path(sold, other)])
    assert html.unescape(sent) == f"../?a={sold}&b={other}"
    assert f'href="..{to.removeprefix("/versus")}"' in paths[versus_path(sold, other)]
    # Of one that nobody serves any more there is nothing to compare.
    assert f"url=..{to.removeprefix('/versus')}" in paths[versus_path(gone, other)]
    assert versus_path(sold, new) not in paths


def test_every_pair_that_had_a_page_leads_on() -> None:
    """The models of the file's three editions; a name that moves stood for the one it points to."""
    file = Path("docs/catalog/versus.yml")
    now = load_versus(file)
    left = {path for path, _ in redirects(NOTHING, committed(), now, load_replaced(file))}
    for old in ("anthropic/claude-sonnet-5", "deepseek/deepseek-v4-flash", "meta/muse-spark-1.2"):
        assert versus_path("openai/gpt-6-astra", old) in left
    for a, b in (("claude-sonnet-5", "kimi-k3"), ("gpt-6-astra", "mistral-large"), ("kimi-k3", "grok-4.7")):
        assert {f"/versus/{a}-or-{b}/", f"/versus/{b}-or-{a}/"} & left
