"""`almanac sources` against a server of our own: which source is dead, which has changed its shape."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
import stamina
from click.testing import CliRunner, Result
from pytest_httpserver import HTTPServer

from generator import store
from generator.cli.catalog import sources as command
from generator.sources import ALL, Live
from tests.catalogs import catalog, offered, source_state
from tests.generator.sources.fixtures import COPIES, raw_of

SERVED = ("litellm", "foundry-retirements", "models-dev-scores")
FIXTURES = {row["source"]: raw_of(row["fixture"]) for row in COPIES if row["source"] in SERVED}


class Asking:
    """Three sources served by us, as their fixtures unless told otherwise, and the command that asks them."""

    def __init__(self, server: HTTPServer, patch: pytest.MonkeyPatch, folder: Path) -> None:
        self.server, self.folder = server, folder
        rows = [row for row in ALL if row.id in SERVED]
        patch.setattr(command, "ALL", [replace(r, live=Live(url=server.url_for(f"/{r.id}"))) for r in rows])
        patch.setenv("ALMANAC_CACHE", str(folder / "cache"))

    def __call__(self, *names: str, known: int = 0, **answers: bytes) -> Result:
        """What the command says where the catalog had `known` rows of LiteLLM; empty bytes are a 404."""
        state = replace(source_state("litellm", date(2026, 11, 12)), parsed=known)
        some = replace(catalog(offered("acme/one")), sources={"litellm": state})
        store.save(self.folder / "catalog", store.render(some, {}))
        for name, raw in (FIXTURES | {n.replace("_", "-"): raw for n, raw in answers.items()}).items():
            status = 200 if raw else 404
            self.server.expect_request(f"/{name}").respond_with_data(raw, status, content_type="text/plain")
        with stamina.set_testing(True, attempts=1):
            return CliRunner().invoke(
                command.sources, [*names, "--json", "--catalog", str(self.folder / "catalog")]
            )


@pytest.fixture
def ask(httpserver: HTTPServer, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Asking:
    return Asking(httpserver, monkeypatch, tmp_path)


def verdicts(result: Result) -> dict[str, str]:
    return {row["source"]: row["verdict"] for row in json.loads(result.stdout)}


def test_all_is_well(ask: Asking) -> None:
    result = ask()
    assert (result.exit_code, set(verdicts(result).values())) == (0, {"well"}), result.output


@pytest.mark.parametrize(
    ("answers", "known", "code", "verdict", "fault"),
    [
        ({"litellm": b""}, 0, 2, "does not answer", "answered 404"),
        ({"litellm": b"<p>moved"}, 0, 1, "changed its shape", "expected JSON"),
        ({"litellm": FIXTURES["litellm"]}, 4000, 1, "changed its shape", "rows fell from 4,000 to "),
        (
            {"litellm": b'{"m": {"litellm_provider": "openai", "mode": "chat", "moon_cost_per_token": 1}}'},
            0,
            1,
            "changed its shape",
            "keys that no rule reads: moon_cost_per_token (1)",
        ),
        (
            {"foundry_retirements": b"# A page\n\nSee another page.\n"},
            0,
            1,
            "changed its shape",
            "a table of",
        ),
        ({"models_dev_scores": b"[]"}, 0, 1, "changed its shape", "models-dev-scores: "),
    ],
)
def test_what_is_dead_or_changed_is_named_and_the_others_are_not(
    ask: Asking, answers: dict[str, bytes], known: int, code: int, verdict: str, fault: str
) -> None:
    result = ask(known=known, **answers)
    assert result.exit_code == code, result.output
    (name,) = (name.replace("_", "-") for name in answers)
    assert verdicts(result) == {row.id: verdict if row.id == name else "well" for row in command.ALL}
    assert fault in "".join(row["fault"] for row in json.loads(result.stdout))


def test_one_source_is_asked_alone_and_an_unknown_one_is_named(ask: Asking) -> None:
    assert list(verdicts(ask("litellm"))) == ["litellm"]
    unknown = ask("litelm")
    assert unknown.exit_code == 2
    assert "there is no source 'litelm'" in unknown.output
