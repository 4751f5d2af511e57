"""A live refresh with all that vendors publish of themselves: each up, each missing, each bent."""

from __future__ import annotations

import shutil
import threading
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
import stamina

from generator import store
from generator.fetch.fetched import Limits, no_progress
from generator.ledger.judging.precedence import choose_claim
from generator.ledger.refresh.outcome import Outcome, Refreshed, SourceVerdict
from generator.ledger.refresh.refresh import refresh
from generator.sources import BY_ID, Source
from playground.catalog import Catalog, Fact, Standing
from tests.generator.fetch.serving import SERVED, answers_of, at
from tests.generator.ledger.claimed import w
from tests.generator.ledger.refresh.misbehaving import Server, http
from tests.rounds import FULL, sampled

CATALOG = Path("docs/catalog")
YESTERDAY, TODAY = date(2026, 11, 23), date(2026, 11, 24)
#: Enough for all sources at once from one small server on a busy machine, and no longer than a test can wait.
SHORT = Limits(connect_s=4, quiet_s=1.5, deadline_s=6, pages_s=20, tries=2, longest_pause_s=1)
VENDORS = (
    *("openai-models", "openai-deprecations", "anthropic-models", "anthropic-deprecations"),
    *("google-models", "google-deprecations", "epoch-models"),
)


@pytest.fixture(autouse=True)
def no_waiting() -> object:
    with stamina.set_testing(True, attempts=2):
        yield


@pytest.fixture
def server() -> Iterator[Server]:
    with Server() as made:
        threading.Thread(target=made.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
        yield made
        made.shutdown()


def run(server: Server, folder: Path, today: date, sources: tuple[Source, ...] = SERVED) -> Refreshed:
    return refresh(
        folder,
        folder.parent / "cache",
        live=True,
        today=today,
        progress=lambda _: no_progress,
        sources=tuple(at(source, server.url) for source in sources),
        scores=(),
        limits=SHORT,
    )


def serve(server: Server, *sources: Source) -> None:
    for source in sources:
        for path, body in answers_of(source).items():
            server.answers[path] = http(body, content_type="text/markdown; charset=utf-8")


@pytest.fixture(scope="module")
def folder_as_made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A catalog made live yesterday, when all was well."""
    folder = tmp_path_factory.mktemp("made") / "catalog"
    folder.mkdir()
    for name in ("identity.yml", "providers.yml"):
        shutil.copy(CATALOG / name, folder / name)
    for name in ("overrides.yml", "benchmarks.yml"):
        (folder / name).write_text("[]\n")
    with stamina.set_testing(True, attempts=2), Server() as server:
        threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
        serve(server, *SERVED)
        done = run(server, folder, YESTERDAY)
        server.shutdown()
    assert {one.source: one.reason for one in done.outcomes if one.reason} == {}
    return folder


@pytest.fixture(scope="module")
def catalog(folder_as_made: Path) -> Catalog:
    return store.load(folder_as_made)


def facts(catalog: Catalog, key: str) -> Mapping[str, Fact]:
    return next(o.facts for o in catalog.offerings if str(o.key) == key)


def value(catalog: Catalog, key: str, field: str) -> object:
    return facts(catalog, key)[field].value


def test_every_vendor_is_read_and_its_rows_are_placed(catalog: Catalog) -> None:
    placed = {name: catalog.sources[name].placed for name in VENDORS}
    assert min(placed.values()) > 0, placed


def test_a_model_that_only_its_vendor_lists_is_in_the_catalog(catalog: Catalog) -> None:
    key = "openai/direct/openai/gpt-6.2-sol"
    assert value(catalog, key, "price.input>272000") == 4
    assert value(catalog, key, "effort.none") == "no"
    assert catalog.models["openai/gpt-6.2-sol"].value("knowledge") == "2026-06-01"


def test_what_a_vendor_lists_and_does_not_serve_makes_no_offering(catalog: Catalog) -> None:
    assert "openai/direct/openai/gpt-oss-120b" not in {o.key for o in catalog.offerings}
    unplaced = catalog.sources["openai-models"].unplaced
    assert unplaced == {"open weights that OpenAI does not serve itself": 1}


def test_the_vendor_says_when_its_model_ends_and_what_takes_its_place(catalog: Catalog) -> None:
    key = "anthropic/direct/anthropic/claude-opus-4-5"
    assert value(catalog, key, "retires") == "2027-03-01"
    key = "anthropic/direct/anthropic/claude-haiku-5-5"
    assert value(catalog, key, "retires_earliest") == "2027-10-07"
    key = "google/direct/google/gemini-2.5-pro"
    assert value(catalog, key, "retires_earliest") == "2026-12-01"
    assert value(catalog, key, "replaced_by") == "gemini-3.8-flash"


def test_a_vendor_goes_before_others_for_its_own_channel(catalog: Catalog) -> None:
    released = catalog.models["google/gemini-2.5-pro"].facts["released"]
    assert released.value == "2025-06-17"
    said = [w("litellm", Decimal(3)), w("metergraph", Decimal(3)), w("openai-models", Decimal(2))]
    price = choose_claim("price.input", said, "openai")
    assert (price.value, price.standing) == (2, Standing.DISPUTED)


def test_epoch_speaks_of_models_wherever_they_are_served(catalog: Catalog) -> None:
    glm = catalog.models["zai/glm-5.2"]
    assert (glm.value("parameters"), glm.value("released")) == (754_000_000_000, "2026-06-24")
    assert glm.value("open_weights") == "yes"
    assert "epoch-models" in glm.records
    released = catalog.models["google/gemini-2.5-pro"].facts["released"]
    assert {c.source for c in released.claims} >= {"epoch-models", "google-deprecations"}
    assert all(not label.startswith("epoch-models") for o in catalog.offerings for label in o.records)


def test_what_is_served_nowhere_is_named(folder_as_made: Path, catalog: Catalog) -> None:
    state = catalog.sources["epoch-models"]
    (names,) = store.load_unplaced(folder_as_made)["epoch-models"].values()
    assert state.unplaced == {"no other source lists the model": len(names)}
    assert (state.placed, len(names)) == (state.parsed - len(names), len(set(names)))
    assert "Grok 4.3 Beta" in names
    assert "GLM-5.2" not in names


def claims_of(catalog: Catalog, source: str) -> set[tuple[str, str, str]]:
    """All that a source says: what of, which field, what value."""
    named = [
        *((str(o.key), o.facts) for o in catalog.offerings),
        *((m.id, m.facts) for m in catalog.models.values()),
    ]
    return {
        (target, field, str(claim.value))
        for target, held in named
        for field, fact in held.items()
        for claim in fact.claims
        if claim.source == source
    }


def outcome(done: Refreshed, source: str) -> Outcome:
    return next(one for one in done.outcomes if one.source == source)


DOWN = {
    "404": (http(b"no", "404 Not Found"), "answered 404"),
    "503": (http(status="503 Unavailable"), "answered 503; tried twice"),
    "a web page": (http(b"<p>Sign in</p>", content_type="text/html"), "a web page (text/html), not data"),
    "a web page called Markdown": (http(b"<!doctype html><p>"), ""),
    "nothing": (http(b""), ""),
    "Markdown of another shape": (http(b"# Models\n\n| Name | Since |\n|---|---|\n| gpt-6 | 2026 |\n"), ""),
}
WHY = {
    "epoch-models": "expected a table with the columns Model, Organization",
    **dict.fromkeys(
        ("openai-models", "anthropic-models", "google-models"), "links to no page of the kind expected"
    ),
    **{
        f"{v}-deprecations": "expected Markdown with a table of models"
        for v in ("openai", "anthropic", "google")
    },
}


@sampled(2)
@pytest.mark.parametrize(
    ("down", "fault"),
    [
        *((VENDORS, fault) for fault in DOWN),
        # One at a time they are as many refreshes again for each vendor.
        *(((source,), fault) for source in (VENDORS if FULL else ()) for fault in DOWN),
    ],
    ids=lambda value: value if isinstance(value, str) else "+".join(value),
)
def test_vendors_that_fail_keep_their_last_good_data_and_stop_no_other(
    server: Server, folder_as_made: Path, tmp_path: Path, down: tuple[str, ...], fault: str
) -> None:
    folder = shutil.copytree(folder_as_made, tmp_path / "catalog")
    serve(server, *SERVED)
    answer, reason = DOWN[fault]
    for source in down:
        server.answers[next(iter(answers_of(BY_ID[source])))] = answer
    done = run(server, folder, TODAY)
    others = {outcome(done, other.id).verdict for other in SERVED if other.id not in down}
    assert others == {SourceVerdict.UNCHANGED}
    old, new = store.load(folder_as_made), store.load(folder)
    for source in down:
        one = outcome(done, source)
        assert (one.verdict, one.as_of) == (SourceVerdict.STALE, YESTERDAY)
        assert (reason or WHY[source]) in one.reason
        assert "\n" not in one.reason
        state = new.sources[source]
        assert state == replace(old.sources[source], stale=state.stale)
        assert claims_of(new, source) == claims_of(old, source) != set()


def test_pages_that_are_gone_are_named_and_the_others_read(
    server: Server, folder_as_made: Path, tmp_path: Path
) -> None:
    folder = shutil.copytree(folder_as_made, tmp_path / "catalog")
    serve(server, BY_ID["openai-models"])
    server.answers["/api/docs/models/gpt-5.6-sol.md"] = http(b"", "404 Not Found")
    done = run(server, folder, TODAY, (BY_ID["openai-models"],))
    assert outcome(done, "openai-models").reason == ""
    assert store.load(folder).sources["openai-models"].left_out == {"its page was not read": 1}
