"""What a record says of the addresses that were asked, and what the page says of that: both must agree."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Awaitable, Callable, Iterator
from typing import Any

import pytest

from tests import running
from tests.patience import PATIENCE_S
from tests.site.playground.records.answering import Answering
from tests.site.playground.records.page import Reader, browser_module

OWN = ("own", "own.1", "own.2", "own.3")


@pytest.fixture(scope="module")
def server() -> Iterator[Answering]:
    answering = Answering()
    yield answering
    answering.close()


def played(server: Answering, play: Callable[[Reader], Awaitable[None]]) -> None:
    async def whole() -> None:
        with browser_module() as browser:
            reader = await Reader.at(server.origin, browser)
            try:
                await play(reader)
            finally:
                await reader.leaves()

    running.run(whole())


async def came(server: Answering, count: int) -> None:
    """Wait for so many requests."""
    async with asyncio.timeout(PATIENCE_S):
        while len(server.answered) < count:
            await asyncio.sleep(0.005)


async def ran(reader: Reader, server: Answering, row: str) -> None:
    """Two models asked, both at a server of the reader's own."""
    for n in (0, 1):
        await reader.does("swap", n=n, row=row, model=f"m{n}")
    await reader.does("edit", prompt=f"At {row}", images=[], variables={}, options={}, system="")
    before = len(server.answered)
    await reader.does("run")
    await came(server, before + 2)


@pytest.mark.parametrize("row", OWN)
def test_a_run_at_an_own_server_comes_back_with_its_address(server: Answering, row: str) -> None:
    """On every API that such a server may speak: what is sent after an import goes where it went before."""

    async def play(reader: Reader) -> None:
        await ran(reader, server, row)
        text = (await reader.does("exports", form="json"))["text"]
        urls = {turn["request"]["url"] for pane in json.loads(text)["panes"] for turn in pane["turns"]}
        there = await reader.does("receive", text=text)
        for url, brought in there["panes"]:
            assert any(asked.startswith(url.rstrip("/")) for asked in urls)
            assert brought == "file"
        assert f"The file names an address: {server.origin}." in there["told"]
        # The reader has a key for it: it does not go there before they were asked.
        before = len(server.answered)
        await reader.does("run")
        told = (await reader.does("said"))["told"]
        assert f"Nothing was sent. This would go to {server.origin}" in told
        assert len(server.answered) == before
        await reader.does("run")
        await came(server, before + 2)
        again = {f"{server.origin}{one.path}" for one in server.answered[before:]}
        assert again == urls

    played(server, play)


@pytest.mark.parametrize("form", ["json", "markdown", "csv"])
def test_an_export_that_names_an_own_server_says_so(server: Answering, form: str) -> None:
    async def play(reader: Reader) -> None:
        await ran(reader, server, "own")
        export = await reader.does("exports", form=form)
        says = f"It names your own server, {server.origin}: take that out" in export["told"]
        assert says == (server.origin in export["text"])
        assert says == (form != "csv")

    played(server, play)


def test_what_is_said_of_a_record_agrees_with_what_it_holds(server: Answering) -> None:
    """It says that a record has no address where it has none, and only there."""

    async def play(reader: Reader) -> None:
        await ran(reader, server, "own")
        record: dict[str, Any] = json.loads((await reader.does("exports", form="json"))["text"])
        assert "no address" not in (await reader.does("receive", text=json.dumps(record)))["told"]
        for pane in record["panes"]:
            for turn in pane["turns"]:
                turn["request"] = None
        assert server.origin not in json.dumps(record)
        there = await reader.does("receive", text=json.dumps(record))
        assert "A record carries no keys. Missing: an address" in there["told"]
        assert {brought for _, brought in there["panes"]} == {""}

    played(server, play)


def test_a_program_on_another_machine_is_asked_by_its_own_api(server: Answering) -> None:
    async def play(reader: Reader) -> None:
        await reader.does("swap", n=0, row="ollama", model="llama")
        assert await reader.does("move", n=0) == ["own.3", server.origin, "llama"]

    played(server, play)


def test_another_api_of_a_server_has_its_address(server: Answering) -> None:
    """In the pane that moves, and in one that joins it."""

    async def play(reader: Reader) -> None:
        await reader.does("swap", n=0, row="own", model="m")
        base = server.origin
        for n in (0, 1):
            assert await reader.does("choose", n=n, row="own.2") == f"{base}/"
            assert await reader.does("choose", n=n, row="own.1") == f"{base}/v1"
            assert await reader.does("choose", n=n, row="own.3") == f"{base}/"

    played(server, play)
