"""The playground in Chromium: real Pyodide, a real server by other hands, real bytes."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import ClassVar

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from generator import frontend
from tests.listening import listening

ANSWER = "Streaming works from the reader's own browser."


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The npm package aimock, which streams Chat Completions with CORS open."""
    folder = tmp_path_factory.mktemp("fixtures")
    fixtures = [{"match": {"userMessage": "works"}, "response": {"content": ANSWER}}]
    (folder / "all.json").write_text(json.dumps({"fixtures": fixtures}))
    script = "tests/servers/node_modules/.bin/llmock"
    with listening(lambda port: [*frontend.node(), script, "-p", str(port), "-f", str(folder)]) as origin:
        yield origin


@pytest.fixture
def bench(browser: Browser, address: str, server: str) -> Iterator[Page]:
    """The playground, allowed to talk to that server; a request to anyone else or an error fails the test."""
    context = browser.new_context(base_url=address)
    page = context.new_page()
    foreign: list[str] = []
    errors: list[str] = []
    ours = (address, server, "data:", "blob:")
    page.on("request", lambda r: None if r.url.startswith(ours) else foreign.append(r.url))
    page.on("console", lambda m: errors.append(m.text) if m.type == "error" else None)
    page.on("pageerror", lambda e: errors.append(str(e)))
    page.goto("/playground/")
    page.evaluate("origin => sessionStorage.setItem('almanac-origins', JSON.stringify([origin]))", server)
    page.reload()
    yield page
    context.close()
    assert (foreign, errors) == ([], [])


def choose_own(page: Page, server: str) -> None:
    """One pane, at that server."""
    page.locator(".pane .remove").last.click()
    page.locator(".pane .provider").first.select_option(label="Another OpenAI-compatible address")
    page.locator(".pane .places input").first.fill(f"{server}/v1")
    page.locator(".pane .model").first.fill("gpt-4o")


def test_an_answer_streams_into_the_page_with_its_metrics(bench: Page, server: str) -> None:
    page = bench
    choose_own(page, server)
    page.locator("#prompt").fill("Tell me whether it works")
    page.locator("#run").click()
    expect(page.locator("#told")).to_have_text("All models have finished.", timeout=60_000)
    expect(page.locator(".answer")).to_have_text(ANSWER)
    expect(page.locator(".end")).to_have_text("Finished: stop")
    expect(page.locator(".metrics")).to_contain_text("First answer token")
    expect(page.locator(".metrics dd").first).to_contain_text("not reported")


def test_two_models_answer_side_by_side(bench: Page, server: str) -> None:
    page = bench
    for pane in page.locator(".pane").all():
        pane.locator(".provider").select_option(label="Another OpenAI-compatible address")
        pane.locator(".places input").fill(f"{server}/v1")
        pane.locator(".model").fill("gpt-4o")
    page.locator("#prompt").fill("Tell me whether it works")
    page.locator("#run").click()
    expect(page.locator("#told")).to_have_text("All models have finished.", timeout=60_000)
    expect(page.locator(".answer")).to_have_text([ANSWER, ANSWER])


def test_nothing_of_python_is_loaded_before_the_reader_touches_the_playground(page: Page) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto("/playground/", wait_until="networkidle")
    assert not [url for url in asked if "/assets/runtime/" in url]
    page.locator("#prompt").focus()
    expect(page.locator("#step")).to_contain_text("Python")


def test_the_policy_binds_the_worker_too(browser: Browser, address: str, server: str) -> None:
    context = browser.new_context(base_url=address)
    page = context.new_page()
    sent: list[str] = []
    page.on("request", lambda request: sent.append(request.url) if request.url.startswith(server) else None)
    page.goto("/playground/")
    choose_own(page, server)
    page.once("dialog", lambda dialog: dialog.dismiss())
    page.locator("#prompt").fill("Tell me whether it works")
    page.locator("#run").click()
    expect(page.locator(".end")).to_have_text("This address is not allowed yet.", timeout=60_000)
    refused = page.evaluate(
        """url => new Promise((done) => {
            const text = `fetch(${JSON.stringify(url)})
                .then(() => postMessage("sent"), () => postMessage("refused"))`;
            const blob = URL.createObjectURL(new Blob([text], {type: "text/javascript"}));
            new Worker(blob, {type: "module"}).onmessage = (event) => done(event.data);
        })""",
        f"{server}/v1/models",
    )
    assert (refused, sent) == ("refused", [])
    context.close()


def test_an_altered_wheel_is_refused_with_its_name(browser: Browser, address: str) -> None:
    context = browser.new_context(base_url=address)
    page = context.new_page()

    def altered(route: Route) -> None:
        response = route.fetch()
        body = bytearray(response.body())
        body[len(body) // 2] ^= 1
        route.fulfill(response=response, body=bytes(body))

    context.route("**/model_almanac_playground-*.whl", altered)
    page.goto("/playground/")
    page.locator("#prompt").fill("Hi")
    page.locator("#run").click()
    expect(page.locator("#told")).to_contain_text("does not match its checksum", timeout=60_000)
    expect(page.locator("#told")).to_contain_text("model_almanac_playground")
    context.close()


def test_the_site_carries_every_file_of_the_runtime(site: Path) -> None:
    (folder,) = (site / "assets" / "runtime").iterdir()
    listed = json.loads((folder / "runtime.json").read_text())["files"]
    assert {name: file["bytes"] for name, file in listed.items()} == {
        p.name: p.stat().st_size for p in folder.iterdir() if p.name != "runtime.json"
    }


class Endless(BaseHTTPRequestHandler):
    """Ours: streams words for ever and notes when the reader's connection closes."""

    begun: ClassVar[list[float]] = []
    closed: ClassVar[list[float]] = []

    def do_OPTIONS(self) -> None:
        self.send_response(204)
        self.end_headers()

    def end_headers(self) -> None:
        self.send_header("access-control-allow-origin", "*")
        self.send_header("access-control-allow-headers", "*")
        super().end_headers()

    def do_POST(self) -> None:
        self.rfile.read(int(self.headers["content-length"]))
        self.send_response(200)
        self.send_header("content-type", "text/event-stream")
        self.end_headers()
        self.begun.append(time.monotonic())
        try:
            while True:
                self.wfile.write(b'data: {"choices":[{"delta":{"content":"word "}}]}\n\n')
                self.wfile.flush()
                time.sleep(0.005)
        except OSError:
            self.closed.append(time.monotonic())

    def log_message(self, *_: object) -> None:
        """Nothing: pytest's output is for failures."""


def test_stop_closes_the_connection_and_keeps_what_came(browser: Browser, address: str) -> None:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Endless)
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, daemon=True).start()
    origin = f"http://127.0.0.1:{server.server_port}"
    context = browser.new_context(base_url=address)
    page = context.new_page()
    page.goto("/playground/")
    page.evaluate("origin => sessionStorage.setItem('almanac-origins', JSON.stringify([origin]))", origin)
    page.reload()
    choose_own(page, origin)
    page.locator("#prompt").fill("Go on")
    for times in range(1, 6):
        page.locator("#run").click()
        for _ in range(6000):
            if len(Endless.begun) == times:
                break
            page.wait_for_timeout(10)
        expect(page.locator(".answer")).to_contain_text("word")
        page.locator("#stop").click()
        expect(page.locator(".end")).to_have_text("Stopped.")
        for _ in range(200):
            if len(Endless.closed) == times:
                break
            time.sleep(0.01)
        assert len(Endless.closed) == times, "the server went on generating"
    expect(page.locator(".answer")).to_contain_text("word")
    context.close()
    server.shutdown()
    server.server_close()
