"""`almanac mcp`: as a client sees it, the same answers as the commands, over a published site too."""

from __future__ import annotations

import json
import os
import shutil
import sys
from collections import Counter
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from pytest_httpserver import HTTPServer

from generator import store
from generator.assistant.library import Library
from generator.assistant.mirror import BESIDE, WHERE_THERE, mirror
from generator.cli import cli
from generator.errors import FetchError, SetupError
from generator.fetch.fetched import Limits, complete
from generator.store.events import EventKind
from tests.projects import ROOT
from tests.rounds import nightly, sampled

FOLDER = Path("docs/catalog")
pytestmark = pytest.mark.usefixtures("among_few")
TODAY = date(2026, 11, 25)
QUICK = Limits(connect_s=2, quiet_s=2, deadline_s=10, tries=1, longest_pause_s=0)


@pytest.fixture(scope="module")
def library(few_offerings: Path) -> Library:
    abilities = ROOT / FOLDER / "abilities.json"
    (few_offerings / FOLDER / "abilities.json").write_bytes(abilities.read_bytes())
    return Library(few_offerings / FOLDER, TODAY)


def asked(library: Library, tool: str, **arguments: Any) -> tuple[bool, Any]:
    """Whether it is an error, and what was replied."""
    # Large, and no other module's tests need it.
    from mcp import Client

    from generator.assistant.server import server

    async def ask() -> tuple[bool, Any]:
        async with Client(server(library)) as client:
            result = await client.call_tool(tool, arguments)
            text = result.content[0].text  # type: ignore[union-attr]
            return bool(result.is_error), text if result.is_error else json.loads(text)

    return complete(ask())


def test_a_client_finds_the_tools_and_what_they_take() -> None:
    from mcp import Client
    from mcp.client.stdio import StdioServerParameters, stdio_client

    parameters = StdioServerParameters(
        command=sys.executable, args=["-m", "generator.cli", "mcp"], env=dict(os.environ)
    )

    async def ask() -> tuple[dict[str, Any], Any, str]:
        async with Client(stdio_client(parameters)) as client:
            tools = {t.name: t for t in (await client.list_tools()).tools}
            result = await client.call_tool("show", {"name": "mai-thinking-1"})
            return tools, result, client.instructions or ""

    tools, result, instructions = complete(ask())
    assert set(tools) == {"find", "show", "leaderboard", "choose", "cost", "changes"}
    assert "not no, not zero, not free" in instructions
    for tool in tools.values():
        assert tool.annotations.read_only_hint
        assert tool.description
    kinds = tools["changes"].input_schema["properties"]["kind"]["enum"]
    assert kinds == ["", *EventKind]
    assert not result.is_error
    assert json.loads(result.content[0].text)["model"] == "microsoft/mai-thinking-1"


def test_find_says_only_what_is_known(library: Library) -> None:
    _, reply = asked(library, "find", must=["vision"], provider="azure", max_input_price=0.5, limit=200)
    assert reply["total"] == len(reply["models"]) > 3
    wanted = {
        o.model
        for o in library.catalog.offerings
        if o.provider == "azure"
        and (f := o.facts.get("can.vision")) is not None
        and f.value == "yes"
        and (p := o.facts.get("price.input")) is not None
        and p.value is not None
        and p.value <= 0.5
    }
    assert {m["model"] for m in reply["models"]} == wanted
    _, reply = asked(library, "find", words="gpt 5 mini", lab="openai")
    assert reply["models"][0]["model"] == "openai/gpt-5-mini"
    assert reply["as_of"]
    assert reply["catalog"] == store.catalog_hash(FOLDER)


def test_show_gives_figures_or_every_claim(library: Library) -> None:
    _, short = asked(library, "show", name="openai/gpt-5", provider="azure")
    assert {o["provider"] for o in short["offerings"]} == {"azure"}
    key = short["offerings"][0]["key"]
    _, claims = asked(library, "show", name=key, claims=True)
    (offering,) = claims["offerings"]
    assert offering["key"] == key
    fact = next(f for f in offering["facts"] if f["field"] == "price.input")
    assert fact["claims"][0]["source"]
    assert fact["value"] == short["offerings"][0]["facts"]["price.input"]


def test_what_is_left_out_of_a_name_is_in_the_reply(library: Library) -> None:
    assert "left out" in library.show("openai/gpt-5:nitro")["notes"][0]
    assert "notes" not in library.show("openai/gpt-5")


def test_a_leaderboard_has_intervals_evidence_licence_and_who_is_untested(library: Library) -> None:
    _, which = asked(library, "leaderboard")
    assert {"overall", "coding", "chat"} <= which["topics"].keys()
    _, coding = asked(library, "leaderboard", topic="coding", limit=3)
    assert len(coding["entries"]) == 3 < coding["total"]
    for entry in coding["entries"]:
        assert entry["low"] <= entry["middle"] <= entry["high"]
        assert entry["evidence"] in {"measured", "claimed only"}
    assert "Model Almanac" in coding["licence"]
    _, chat = asked(library, "leaderboard", topic="chat")
    assert "CC BY 4.0" in chat["licence"]
    failed, text = asked(library, "leaderboard", topic="poetry")
    assert failed
    assert "'poetry' is no leaderboard; known are overall, coding" in text


def test_show_says_how_able_a_model_is_or_that_nobody_knows(library: Library) -> None:
    _, tested = asked(library, "show", name="openai/gpt-5")
    overall = tested["quality"]["topics"]["overall"]
    assert overall["low"] < overall["middle"] < overall["high"]
    assert tested["quality"]["evidence"] == "measured"
    asked_for = {o.model for o in library.catalog.offerings}
    known = library._boards.abilities.models
    untested = next(m for m in sorted(asked_for) if m not in known)
    _, reply = asked(library, "show", name=untested)
    assert reply["quality"] == {"evidence": "untested", "summary": "No public evidence of its quality."}


def test_it_answers_as_the_commands_do(library: Library) -> None:
    work = {"input_tokens": 3000, "requests": 5000, "cached": 0.5}
    _, reply = asked(library, "cost", names=["openai/gpt-6-luna", "anthropic/claude-haiku-5-5"], work=work)
    options = ["--input-tokens", "3000", "--requests", "5000", "--cached", "0.5", "--on", str(TODAY)]
    names = ["openai/gpt-6-luna", "anthropic/claude-haiku-5-5"]
    done = CliRunner().invoke(cli, ["cost", *names, *options, "--json"])
    assert reply["bills"] == json.loads(done.stdout)["bills"]
    _, reply = asked(library, "choose", need={"must": ["vision"], "zone": "eu", "requests": 10000}, limit=5)
    done = CliRunner().invoke(
        cli,
        ["choose", "--must", "vision", "--zone", "eu", "--requests", "10000", "--on", str(TODAY), "--json"],
    )
    whole = json.loads(done.stdout)
    assert reply["left"] == whole["left"]
    in_order = [c["offering"] for c in whole["candidates"]]
    assert reply["candidates"][0]["offering"] == in_order[0]
    assert len(reply["candidates"]) == 5
    assert {n: g["count"] for n, g in reply["eliminated"].items()} == {
        n: g["count"] for n, g in whole["eliminated"].items()
    }


@sampled(1)
@pytest.mark.parametrize("parts", [{}, {"zone": "eu", "include_left_out": True}, {"no_training": True}])
def test_who_is_left_out_and_who_is_to_be_asked_is_the_terminals(
    library: Library, parts: dict[str, Any]
) -> None:
    """Without any part both answer the first named need."""
    options = [
        text
        for name, value in parts.items()
        for text in (f"--{name.replace('_', '-')}", *([] if value is True else [value]))
    ]
    done = CliRunner().invoke(cli, ["choose", *options, "--on", str(TODAY), "--json"])
    whole = json.loads(done.stdout)
    _, reply = asked(library, "choose", need=parts, limit=3)
    for name in ("left", "need", "unknown"):
        assert reply[name] == whole[name], name
    assert reply["left_out"]["sentence"] == whole["left_out"]["sentence"]
    assert reply["to_ask"]["count"] == whole["to_ask"]["count"]
    keys = [o["offering"] for o in reply["to_ask"]["offerings"]]
    assert keys == [o["offering"] for o in whole["to_ask"]["offerings"]][: len(keys)]


def test_a_name_of_several_models_is_asked_about_in_a_list(library: Library) -> None:
    for tool, arguments in (("show", {"name": "gpt-6.1"}), ("cost", {"names": ["gpt-6.1"], "work": {}})):
        failed, reply = asked(library, tool, **arguments)
        assert not failed
        assert reply["ambiguous"] == "gpt-6.1"
        models = [choice["model"] for choice in reply["choices"]]
        assert sorted(models) == ["openai/gpt-6.1-sol", "openai/gpt-6.1-terra"]
        # The likeliest first: who is served at more places.
        places = Counter(o.model for o in library.catalog.offerings)
        assert places[models[0]] >= places[models[1]] > 0
        assert all(choice["name"] and choice["providers"] for choice in reply["choices"])


def test_names_are_taken_however_they_are_written(library: Library) -> None:
    _, reply = asked(library, "show", name="Haiku 5.5")
    assert reply["model"] == "anthropic/claude-haiku-5-5"
    _, reply = asked(library, "cost", names=["azure/gpt-5", "gpt 6 luna"], work={})
    assert sorted(bill["offering"].partition("/")[0] for bill in reply["bills"]) == ["azure", "openai"]
    _, reply = asked(library, "choose", need={"models": ["GPT 5"]})
    assert {c["offering"].partition("openai/")[2] for c in reply["candidates"]} <= {
        "gpt-5",
        "direct/openai/gpt-5",
    }


def test_changes_are_the_newest_first_and_can_be_asked_for_by_kind(library: Library) -> None:
    _, reply = asked(library, "changes", kind="price", provider="openai", since="2025-01-01", limit=5)
    days = [c["day"] for c in reply["changes"]]
    assert days == sorted(days, reverse=True)
    assert reply["total"] > 5
    assert {c["kind"] for c in reply["changes"]} == {"price"}


@pytest.mark.parametrize(
    ("tool", "arguments", "message"),
    [
        ("show", {"name": "gtp-5"}, "did you mean one of these?\n  openai/gpt-5"),
        (
            "show",
            {"name": "openai/gpt-5", "provider": "groq"},
            "groq does not serve openai/gpt-5; these do: ",
        ),
        ("find", {"lab": "opnai"}, "there is no lab 'opnai'; did you mean openai"),
        ("find", {"must": ["sight"]}, "'sight' is no capability; known are tool_calls"),
        ("choose", {"need": {"budgt": 3}}, "budgt"),
        ("cost", {"names": ["openai/gpt-99"], "work": {}}, "no model or offering is called 'openai/gpt-99'"),
        ("cost", {"names": ["openai/gpt-5"], "work": {"requests": -1}}, "requests"),
        ("changes", {"since": "yesterday"}, "'yesterday' is no day; write it like 2026-11-23"),
    ],
)
def test_what_cannot_be_answered_says_why(
    library: Library, tool: str, arguments: dict[str, Any], message: str
) -> None:
    failed, text = asked(library, tool, **arguments)
    assert failed
    assert message in text
    assert "Traceback" not in text


@pytest.fixture
def published(httpserver: HTTPServer) -> HTTPServer:
    """A site that serves the committed catalog."""
    names = [*json.loads((FOLDER / "catalog.json").read_text())["files"], "catalog.json", *BESIDE]
    for name in names:
        httpserver.expect_request(f"/base/catalog/{name}").respond_with_data((FOLDER / name).read_bytes())
    return httpserver


def test_a_sites_catalog_is_brought_whole_and_not_asked_for_again(
    published: HTTPServer, tmp_path: Path
) -> None:
    site = published.url_for("/base/")
    folder, old = mirror(site, tmp_path, QUICK)
    assert old == ""
    assert store.catalog_hash(folder) == store.catalog_hash(FOLDER)
    assert Library(folder, TODAY).show("openai/gpt-5")["model"] == "openai/gpt-5"
    asked_before = len(published.log)
    assert mirror(site, tmp_path, QUICK) == (folder, "")
    assert len(published.log) - asked_before == 1 + len(BESIDE) + len(WHERE_THERE)
    # One file that is not what the index says is fetched again; a copy that was cut off is completed.
    (folder / "models.json").write_text("{}")
    assert mirror(site, tmp_path, QUICK) == (folder, "")
    assert store.catalog_hash(folder) == store.catalog_hash(FOLDER)
    assert store.changed_files(folder) == []


@nightly("test_a_sites_catalog_is_brought_whole_and_not_asked_for_again")
def test_a_site_s_abilities_come_with_its_catalog_and_stay_where_they_cannot_be_read(
    published: HTTPServer, tmp_path: Path
) -> None:
    site = published.url_for("/base/")
    folder, _ = mirror(site, tmp_path, QUICK)
    assert not (folder / "abilities.json").exists()
    content = (ROOT / FOLDER / "abilities.json").read_bytes()
    published.expect_request("/base/catalog/abilities.json").respond_with_data(content)
    mirror(site, tmp_path, QUICK)
    assert (folder / "abilities.json").read_bytes() == content
    assert Library(folder, TODAY).show("openai/gpt-6.1-sol")["quality"]["topics"]["overall"]["tier"] == 1


def test_without_the_site_the_last_copy_answers(published: HTTPServer, tmp_path: Path) -> None:
    site = published.url_for("/base")
    folder, _ = mirror(site, tmp_path, QUICK)
    published.clear()
    copy, old = mirror(site, tmp_path, QUICK)
    assert copy == folder
    assert "catalog.json" in old
    with pytest.raises(FetchError, match=r"catalog\.json"):
        mirror(published.url_for("/elsewhere/"), tmp_path, QUICK)


def test_a_file_that_is_not_what_the_index_names_is_not_taken(published: HTTPServer, tmp_path: Path) -> None:
    published.clear()
    index = json.loads((FOLDER / "catalog.json").read_text())
    index["files"] = {"models.json": "0" * 64, "../../evil.json": "0" * 64}
    published.expect_request("/base/catalog/catalog.json").respond_with_json(index)
    for name in ("models.json", *BESIDE):
        published.expect_request(f"/base/catalog/{name}").respond_with_data((FOLDER / name).read_bytes())
    with pytest.raises(FetchError, match=r"models\.json is not the file"):
        mirror(published.url_for("/base/"), tmp_path, QUICK)
    assert not list(tmp_path.rglob("evil.json"))
    assert not list((tmp_path / "sites").rglob("models.json"))


def test_what_is_no_almanac_is_said(httpserver: HTTPServer, tmp_path: Path) -> None:
    httpserver.expect_request("/catalog/catalog.json").respond_with_json([1])
    with pytest.raises(FetchError, match="is no almanac"):
        mirror(httpserver.url_for("/"), tmp_path, QUICK)
    with pytest.raises(SetupError, match="is no address of a site"):
        mirror("almanac.example", tmp_path, QUICK)


def test_the_command_refuses_two_places_and_a_folder_without_a_catalog(tmp_path: Path) -> None:
    done = CliRunner().invoke(cli, ["mcp", "--catalog", str(tmp_path), "--site", "https://x.example"])
    assert done.exit_code == 2
    assert "name one" in done.output
    done = CliRunner().invoke(cli, ["mcp", "--catalog", str(tmp_path)])
    assert done.exit_code != 0


@nightly("test_the_commands_take_an_old_id_and_an_old_key")
def test_an_old_id_is_found_under_its_new_one(tmp_path: Path) -> None:
    folder = tmp_path / "catalog"
    shutil.copytree(FOLDER, folder)
    (folder / "renamed.yml").write_text("models: {openai/gpt-five: openai/gpt-5}\nproviders: {}\n")
    assert Library(folder, TODAY).show("openai/gpt-five")["model"] == "openai/gpt-5"
