"""Ten cells of a stranger who read no code: each says what its steps met, and none may get a key."""

from __future__ import annotations

import base64
import json
import re
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, Response

from tests.rounds import FULL, nightly
from tests.site.playground.keys.test_hostile_cells import KEY, gives_away, sink
from tests.site.playground.playing import Served, at_playground, cell, cell_over, choose, said

__all__ = ["sink"]
STRANGER: list[str] = []
CELLS = Path("tests/fixtures/cells")
#: What all of them begin with: each step says what it met, and none ends the cell.
STEPS = (CELLS / "steps.txt").read_text()
#: How each cell's last step begins: one that dies before it proves nothing.
LAST = {
    "walk-js": "STEP self.performance",
    "walk-python": "STEP sum",
    "pollute": "STEP caught",
    "forge": "STEP still answers: came through",
    "ask-stranger": "STEP a str that lies",
    "network": "STEP a question after it all: came through",
    "store": "STEP answers",
    "show": "STEP end",
    "frames-js": "STEP took",
    "oracle": "STEP oracle",
}


#: The others try what the hostile cells try, too.
DAILY = ("forge", "network", "oracle")


def answers(body: Any, handler: BaseHTTPRequestHandler) -> None:
    """Repeat what was said; tell the key in the way that is asked for."""
    last = body["messages"][-1]["content"]
    words = last if isinstance(last, str) else last[-1].get("text", "")
    key = handler.headers["authorization"].removeprefix("Bearer ")
    if "hold on" in words:
        time.sleep(0.5)
    if not words.startswith("the key as "):
        return said(handler, {"content": f"You said {words[:200000]}."})
    coded = base64.b64encode(key.encode()).decode()
    header = base64.b64encode(f"Authorization: Bearer {key}".encode()).decode()
    call = {"index": 0, "id": "c1", "type": "function", "function": {"name": "tell", "arguments": "{}"}}
    ways: dict[str, dict[str, Any]] = {
        "whole": {"content": key},
        "lines": {"content": "\n".join(key)},
        "base64": {"content": coded},
        "base64 of the header": {"content": header},
        "hex": {"content": key.encode().hex()},
        "tool": {
            "tool_calls": [call | {"function": {"name": "tell", "arguments": json.dumps({"key": key})}}]
        },
        "tool name": {"tool_calls": [call | {"id": key, "function": {"name": key, "arguments": "{}"}}]},
        "refusal": {"refusal": key},
        "url": {"content": "".join(f"%{ord(c):02X}" for c in key)},
        "entities": {"content": "".join(f"&#{ord(c)};" for c in key)},
        "escapes": {"content": "".join(f"\\u{ord(c):04x}" for c in key)},
        "wide": {"content": "".join(chr(ord(c) + 0xFEE0) for c in key)},
        "tabs": {"content": "\t".join(key)},
        "wide spaces": {"content": "\u3000".join(key)},
        "no-break": {"content": "\u00a0".join(key)},
        "bold": {"content": "".join(f"**{c}**" for c in key)},
        "combining": {"content": "\u0301".join(key)},
        "numbered": {"content": "\n".join(f"{n}. {c}" for n, c in enumerate(key))},
        "commas": {"content": ", ".join(key)},
        "table": {"content": "|" + "|".join(key) + "|"},
        "xml": {"content": "".join(f"<c>{c}</c>" for c in key)},
        "base64url": {"content": base64.urlsafe_b64encode(key.encode()).decode().rstrip("=")},
        "base32": {"content": base64.b32encode(key.encode()).decode()},
        "codes": {"content": " ".join(str(ord(c)) for c in key)},
        "homoglyphs": {"content": key.replace("c", "\u0441").replace("p", "\u0440").replace("x", "\u0445")},
        "swapped case": {"content": key.swapcase()},
        "halves": {"content": key[:12] + " and so on " + key[12:]},
    }
    way = words.removeprefix("the key as ")
    if way in ways:
        return said(handler, ways[way])
    status = {"error": 401, "error code": 400, "header": 429, "redirect": 307}.get(way, 200)
    handler.send_response(status)
    if way == "header":
        for name in ("retry-after", "x-request-id", "request-id", "x-ratelimit-remaining-requests"):
            handler.send_header(name, key)
    if way == "redirect":
        handler.send_header("location", f"{STRANGER[0]}/redirected?{key}")
    handler.send_header("access-control-expose-headers", "*")
    handler.send_header("content-type", "application/json" if status != 200 else "text/event-stream")
    handler.end_headers()
    if status != 200:
        error = {"message": key, "type": key, "code": key, "param": key}
        handler.wfile.write(json.dumps({"error": error}).encode())
        return None
    chunk = {"id": key, "model": key, "system_fingerprint": key, "choices": [{"delta": {"content": "ok"}}]}
    end = {"id": key, "choices": [{"delta": {}, "finish_reason": key if way == "end" else "stop"}]}
    usage = {"id": key, "choices": [], "usage": {"prompt_tokens": key, "completion_tokens": key, "key": key}}
    for one in (chunk, end, usage):
        handler.wfile.write(f"data: {json.dumps(one)}\n\n".encode())
    handler.wfile.write(b"data: [DONE]\n\n")
    return None


@pytest.fixture(scope="module")
def server() -> Iterator[Served]:
    served = Served(answers)
    yield served
    served.close()


def snippet(name: str) -> str:
    return STEPS + (CELLS / f"{name}.txt").read_text()


def filled(code: str, stranger: str, server: Served, address: str, **more: str) -> str:
    """The snippet with the addresses that its author may know."""
    for name, value in {
        "STRANGER": stranger,
        "MODEL_HOST": server.origin,
        "SITE": address,
        "SAY": "",
        "N": "-1",
        **more,
    }.items():
        code = code.replace(f"@{name}@", value)
    assert not re.search(r"@[A-Z_]+@", code)
    return code


def run_it(page: Page, server: Served, code: str, reached: list[str]) -> tuple[str, list[str], str]:
    """Run a cell: what it printed, what was asked and answered, what is stored."""
    reached.clear()
    server.seen.clear()
    asked: list[str] = []

    def note(response: Response) -> None:
        asked.append(response.url)

    page.on("response", note)
    cell(page, code)
    cell_over(page)
    page.remove_listener("response", note)
    stored: str = page.evaluate(
        """async () => JSON.stringify([
            {...localStorage}, {...sessionStorage}, await caches.keys(), await indexedDB.databases(),
            location.href, document.cookie, document.title,
        ])"""
    )
    return page.locator(".printed").inner_text(), asked, stored


def unharmed(
    printed: str, asked: list[str], stored: str, server: Served, address: str, reached: list[str]
) -> None:
    assert "SyntaxError:" not in printed
    assert not gives_away(printed)
    assert reached == []
    own = (f"{server.origin}/", f"{address}/assets/runtime/", f"{address}/assets/playground/")
    assert [
        line for line in asked if not line.startswith((*own, "blob:", "data:", f"{address}/playground/"))
    ] == []
    assert all(path == "/v1/chat/completions" for path, _, _ in server.seen)
    assert not gives_away(stored)
    assert "FRESHMARK4711" not in stored


@nightly("test_a_hostile_cell_neither_prints_sends_nor_stores_a_key")
@pytest.mark.parametrize("name", [name for name in LAST if FULL or name in DAILY])
def test_a_strangers_cell_neither_prints_sends_nor_stores_a_key(
    browser: Browser, server: Served, sink: tuple[str, list[str]], address: str, name: str
) -> None:
    origin, reached = sink
    STRANGER[:] = [origin]
    code = filled(
        snippet(name), origin, server, address, KNOWN='""', LETTERS='"abc"', FIRST="1", LENGTH="2", TAIL="7"
    )
    with at_playground(browser, address) as page:
        choose(page, server.origin, "one")
        page.locator(".key").fill(KEY)
        printed, asked, stored = run_it(page, server, code, reached)
        assert LAST[name] in printed, printed[-2000:]
        unharmed(printed, asked, stored, server, address, reached)
        assert not gives_away(page.evaluate("() => document.querySelector('.cell').textContent"))
        assert (
            page.locator(
                ".cell iframe[srcdoc], .cell script, .cell link, .cell style, .cell object, .cell form form"
            ).count()
            == 0
        )


@nightly("test_a_hostile_cell_neither_prints_sends_nor_stores_a_key")
def test_no_forged_message_gives_a_key_away(
    browser: Browser, server: Served, sink: tuple[str, list[str]], address: str
) -> None:
    """The page ends Python at a message that it does not know: another cell goes on behind that one."""
    origin, reached = sink
    STRANGER[:] = [origin]
    with at_playground(browser, address) as page:
        choose(page, server.origin, "one")
        page.locator(".key").fill(KEY)
        begun, count = 0, 1
        while begun < count:
            code = filled(snippet("forge"), origin, server, address, N=str(begun))
            printed, asked, stored = run_it(page, server, code, reached)
            unharmed(printed, asked, stored, server, address, reached)
            count = int(printed.split("COUNT ")[1].split()[0])
            last = int(printed.rsplit("STEP forges ", 1)[1].split(":")[0])
            assert begun <= last
            begun = last + 1


#: Keys of which a stranger knows the beginning, as one does of most: vendors' prefixes.
HEX = "0123456789abcdef"
PREFIXED = {
    "openrouter": ("sk-or-v1-", "sk-or-v1-3f9c0b7de15a", HEX, "2"),
    "anthropic": ("sk-ant-api03-", "sk-ant-api03-b7Xq2Zk9Lm4R", HEX + "bXqZkLmR", "1"),
    "own prefix": ("acme7live", "acme7live5c02e9b1d7f3", HEX, "1"),
    "few letters": ("", "31022013300211230132", "0123", "1"),
}


@nightly("tests/site/scripts/playground/questions.test.mjs")
@pytest.mark.parametrize("name", PREFIXED if FULL else ["own prefix"])
def test_what_is_withheld_does_not_tell_the_key(
    browser: Browser, server: Served, sink: tuple[str, list[str]], address: str, name: str
) -> None:
    origin, reached = sink
    STRANGER[:] = [origin]
    known, key, letters, first = PREFIXED[name]
    code = filled(
        snippet("oracle"),
        origin,
        server,
        address,
        KNOWN=repr(known),
        LETTERS=repr("".join(dict.fromkeys(letters))),
        FIRST=first,
        LENGTH=str(len(key)),
        TAIL="7" if name == "own prefix" else "12",
    )
    with at_playground(browser, address) as page:
        choose(page, server.origin, "one")
        page.locator(".key").fill(key)
        printed, *_ = run_it(page, server, code, reached)
    got = printed.rsplit("ORACLE ", 1)[-1].strip()
    assert "STEP oracle" in printed
    assert got not in key or len(got.removeprefix(known)) < 4
