"""A whole refresh: live against a local server, stopped half way, and what reaches the site."""

from __future__ import annotations

import json
import os
import shutil
import signal
import socket
import subprocess
import sys
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
import stamina
from pytest_httpserver import HTTPServer

from generator import store
from generator.fetch.fetched import no_progress
from generator.ledger.refresh.outcome import Refreshed
from generator.ledger.refresh.refresh import refresh
from generator.sources import BY_ID, SCORES, Live
from generator.store import history
from tests.patience import PATIENCE_S, started
from tests.rounds import nightly

CATALOG = Path("docs/catalog")
FIXTURES = Path("tests/fixtures/sources")
TODAY = date(2026, 11, 23)


@pytest.fixture(autouse=True)
def no_waiting() -> object:
    with stamina.set_testing(True, attempts=2):
        yield


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "catalog"
    made.mkdir()
    for name in ("identity.yml", "providers.yml", "overrides.yml", "benchmarks.yml"):
        shutil.copy(CATALOG / name, made / name)
    return made


def live(server: HTTPServer, folder: Path, cache: Path, **answers: bytes) -> Refreshed:
    """A live refresh of three sources from the local server."""
    sources = []
    for name in ("litellm", "models-dev", "openrouter"):
        raw = answers.get(name.replace("-", "_"), (FIXTURES / f"{name}.json").read_bytes())
        server.expect_request(f"/{name}.json").respond_with_data(raw, content_type="application/json")
        sources.append(replace(BY_ID[name], live=Live(url=server.url_for(f"/{name}.json"))))
    scored = answers.get("scores", (FIXTURES / "models-dev-scores.json").read_bytes())
    server.expect_request("/models.json").respond_with_data(scored, content_type="application/json")
    return refresh(
        folder,
        cache,
        live=True,
        today=TODAY,
        progress=lambda _: no_progress,
        sources=tuple(sources),
        scores=tuple(
            replace(s, live=Live(url=server.url_for("/models.json")))
            for s in SCORES
            if s.id == "models-dev-scores"
        ),
    )


def test_a_live_refresh_writes_a_catalog_that_says_when_it_was_read(
    httpserver: HTTPServer, folder: Path, tmp_path: Path
) -> None:
    live(httpserver, folder, tmp_path / "cache")
    catalog = store.load(folder)
    assert {s.id: (s.version, s.retrieved) for s in catalog.sources.values()} == dict.fromkeys(
        ("litellm", "models-dev", "openrouter", "models-dev-scores"), ("live", TODAY)
    )
    keys = {o.key for o in catalog.offerings}
    assert {"azure/global/microsoft/mai-thinking-1", "openrouter/gateway/zai/glm-5.2:free"} <= keys
    free = next(o for o in catalog.offerings if o.variant == "free")
    assert free.value("price.input") == 0


def test_a_live_refresh_brings_scores_beside_those_that_people_keep(
    httpserver: HTTPServer, folder: Path, tmp_path: Path
) -> None:
    done = live(httpserver, folder, tmp_path / "cache")
    scores = store.load(folder).models["openai/gpt-5"].scores
    by = {s.by for s in scores}
    assert "the page that models.dev cites" in by
    assert len(by) > 1
    assert "acme/unheard-of" in done.unscored


def test_what_changed_is_noted_in_the_history_and_nothing_is_noted_twice(
    httpserver: HTTPServer, folder: Path, tmp_path: Path
) -> None:
    live(httpserver, folder, tmp_path / "cache")
    before = (folder / "history.jsonl").read_bytes() if (folder / "history.jsonl").exists() else b""
    rows = json.loads((FIXTURES / "litellm.json").read_bytes())
    rows["gpt-6-astra"]["input_cost_per_token"] *= 1.5
    httpserver.clear()
    done = live(httpserver, folder, tmp_path / "cache", litellm=json.dumps(rows).encode())
    (event,) = [e for e in done.events if e.target == "openai/direct/openai/gpt-6-astra"]
    assert [c.field for c in event.changes] == ["price.input"]
    assert event.day == TODAY
    grown = (folder / "history.jsonl").read_bytes()
    assert grown.startswith(before)
    assert history.load_history(folder)[-len(done.events) :] == done.events
    httpserver.clear()
    assert live(httpserver, folder, tmp_path / "cache", litellm=json.dumps(rows).encode()).events == ()
    assert (folder / "history.jsonl").read_bytes() == grown


@nightly("test_a_kill_at_any_moment_leaves_the_old_catalog_or_the_new_one")
def test_a_refresh_that_is_interrupted_leaves_the_catalog_as_it_was(tmp_path: Path) -> None:
    folder = Path(shutil.copytree(CATALOG, tmp_path / "catalog"))
    before = store.catalog_hash(folder)
    # An index that takes a connection and never answers: the refresh is surely under way by then.
    with (
        socket.create_server(("127.0.0.1", 0)) as index,
        started(
            [sys.executable, "-m", "generator.cli", "refresh", "--pinned", "--catalog", str(folder)],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            env={
                **os.environ,
                "ALMANAC_CACHE": str(tmp_path / "cache"),
                "PIP_INDEX_URL": f"http://127.0.0.1:{index.getsockname()[1]}/simple",
                "PIP_EXTRA_INDEX_URL": "",
                "PIP_FIND_LINKS": "",
                "PIP_CONFIG_FILE": os.devnull,
            },
        ) as process,
    ):
        index.settimeout(PATIENCE_S)
        connection, _ = index.accept()
        process.send_signal(signal.SIGINT)
        _, stderr = process.communicate(timeout=PATIENCE_S)
        connection.close()
    assert process.returncode == 130
    assert "Stopped; the catalog is as it was." in stderr
    assert "Traceback" not in stderr
    assert store.catalog_hash(folder) == before
    assert store.changed_files(folder) == []


def test_a_site_with_a_broken_catalog_does_not_build_and_says_why(tmp_path: Path) -> None:
    docs = tmp_path / "docs"
    shutil.copytree(CATALOG, docs / "catalog")
    (docs / "catalog" / "models.json").write_text("{")
    (tmp_path / "mkdocs.yml").write_text("site_name: x\ntheme: material\nplugins: [almanac]\n")
    result = subprocess.run(
        [sys.executable, "-m", "mkdocs", "build", "--quiet"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "NO_MKDOCS_2_WARNING": "1"},
    )
    assert result.returncode == 1
    assert "models.json: is not valid JSON" in result.stderr
    assert "Traceback" not in result.stderr


def test_serve_takes_another_port_where_one_is_taken() -> None:
    from generator.cli.site.serve import listen

    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with listen(port) as listener:
            assert listener.getsockname()[1] > port
