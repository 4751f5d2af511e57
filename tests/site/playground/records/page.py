"""The page in Node.js and its Python here: told what a reader does, asked what it records."""

from __future__ import annotations

import asyncio
import json
import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from types import ModuleType, SimpleNamespace
from typing import Any

import httpx2

from generator.curated.first_minute import FirstMinute
from generator.curated.providers import load_providers
from generator.exports.playground import page_data
from generator.fetch.by_npm import node
from tests.patience import PATIENCE_S

SCRIPT = Path(__file__).with_name("page.mjs")
#: Instead of the worker's fetching, which only a browser has.
NO_NETWORK = SimpleNamespace(ask=None, read=None, abort=None)
#: A row for each wire that the server speaks.
ROWS = ("own", "own.1", "own.2", "own.3", "openai", "openai.1", "anthropic", "google", "ollama")


@contextmanager
def browser_module() -> Iterator[ModuleType]:
    """playground.browser, with nothing behind what only a browser has."""
    names = {
        "js": ("AbortController", "Object", "fetch"),
        "pyodide": (),
        "pyodide.code": ("eval_code_async",),
        "pyodide.ffi": ("JsException", "to_js"),
    }
    for name, attributes in names.items():
        module = ModuleType(name)
        for attribute in attributes:
            setattr(module, attribute, Exception)
        sys.modules[name] = module
    try:
        import playground.browser

        yield playground.browser
    finally:
        for name in (*names, "playground.browser"):
            sys.modules.pop(name, None)


def rows_at(origin: str) -> dict[str, Any]:
    """What the page loads, with the addresses of the rows at a server of the tests."""
    providers = load_providers(Path("docs/catalog/providers.yml"))
    data = page_data(providers.values(), small=False, sha256="c" * 64, first=FirstMinute())
    data["rows"] = [row for row in data["rows"] if row["id"] in ROWS]
    for row in data["rows"]:
        if not row.get("own"):
            row["endpoint"]["url"] = re.sub(r"^https?://[^/]+", origin, row["endpoint"]["url"])
            # This server is none of the hosts that may be chosen.
            others = [place for place in row["places"] if place["name"] != "host"]
            row["places"] = row["endpoint"]["places"] = others
            row["keyed"] = True
    return data


class Reader:
    """Who does something on the page and waits for it."""

    def __init__(self, runs: Any, process: asyncio.subprocess.Process) -> None:
        self._runs = runs
        self._process = process
        self._answers: asyncio.Queue[Any] = asyncio.Queue()
        self._listening = asyncio.ensure_future(self._listen())

    @classmethod
    async def at(cls, origin: str, browser: Any) -> Reader:
        process = await asyncio.create_subprocess_exec(
            *node(), str(SCRIPT), origin, stdin=-1, stdout=-1, limit=2**26
        )
        runs = browser.Runs(lambda text: reader.hear(json.loads(text)), NO_NETWORK)
        runs._http = httpx2.AsyncClient(trust_env=False)
        reader = cls(runs, process)
        await reader.does("begin", data=rows_at(origin))
        return reader

    async def does(self, deed: str, **values: Any) -> Any:
        """Do that and wait until it is done; what the page answers."""
        self._write({"do": deed, **values})
        async with asyncio.timeout(PATIENCE_S):
            reply = await self._answers.get()
        assert "error" not in reply, reply["error"]
        return reply["answer"]

    def hear(self, message: dict[str, Any]) -> None:
        """A message of the worker, to the page."""
        self._write({"to": "page", "id": message.pop("id"), "message": message})

    async def leaves(self) -> None:
        if self._listening.done():
            self._listening.result()  # what went wrong there is what the test waits for in vain
        self._listening.cancel()
        with suppress(ProcessLookupError):
            self._process.kill()
        await self._process.wait()
        await self._runs._http.aclose()

    async def _listen(self) -> None:
        assert self._process.stdout
        async for line in self._process.stdout:
            message = json.loads(line)
            match message.get("kind"):
                case None:
                    self._answers.put_nowait(message)
                case "run":
                    self._runs.start(message["id"], message["text"])
                case "stop":
                    self._runs.stop(message["id"])
                case "ask":
                    answer = json.loads(self._runs.ask(message["text"]))
                    self._write({"to": "page", "number": message["number"], "message": answer})
        self._answers.put_nowait({"error": "the page's process ended"})

    def _write(self, message: dict[str, Any]) -> None:
        assert self._process.stdin
        self._process.stdin.write(f"{json.dumps(message)}\n".encode())
