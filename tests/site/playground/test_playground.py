"""The playground in Chromium: real Pyodide, a real server by other hands, real bytes."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from generator.fetch.by_npm import node
from generator.site import runtime
from tests.listening import listening
from tests.patience import PATIENCE_MS
from tests.rounds import FULL, nightly, sampled
from tests.site.playground.playing import (
    DONE,
    FINISHED,
    ROWS,
    START,
    Served,
    at_playground,
    choose,
    choose_row,
    forever,
    rewired,
    run,
    said,
    until,
    wait,
)
from tests.site.quiet import wait_until_quiet

ANSWER = "Streaming works from the reader's own browser."


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The npm package aimock, which streams Chat Completions with CORS open."""
    folder = tmp_path_factory.mktemp("fixtures")
    fixtures = [{"match": {"userMessage": "works"}, "response": {"content": ANSWER}}]
    (folder / "all.json").write_text(json.dumps({"fixtures": fixtures}))
    script = "tests/servers/node_modules/.bin/llmock"
    with listening(lambda port: [*node(), script, "-p", str(port), "-f", str(folder)]) as origin:
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
    page.locator(".pane").first.wait_for()
    yield page
    context.close()
    assert (foreign, errors) == ([], [])


@nightly("test_every_wire_streams_into_the_page")
def test_an_answer_streams_into_the_page_with_its_metrics(bench: Page, server: str) -> None:
    page = bench
    choose(page, server, "gpt-4o")
    page.locator("#prompt").fill("Tell me whether it works")
    page.locator("#run").click()
    expect(page.locator("#told")).to_have_text(DONE, timeout=PATIENCE_MS)
    expect(page.locator(".answer")).to_have_text(ANSWER)
    expect(page.locator(".end")).to_have_text(FINISHED)
    expect(page.locator(".metrics")).to_contain_text("First answer token")
    expect(page.locator(".metrics")).not_to_contain_text("not reported")
    expect(page.locator(".unreported")).to_contain_text("Not reported: First reasoning, ")


@nightly("test_two_streamed_answers_of_a_local_server_take_four_actions")
def test_two_models_answer_side_by_side(bench: Page, server: str) -> None:
    page = bench
    choose(page, server, "gpt-4o", "gpt-5")
    page.locator("#prompt").fill("Tell me whether it works")
    page.locator("#run").click()
    expect(page.locator("#told")).to_have_text(DONE, timeout=PATIENCE_MS)
    expect(page.locator(".answer")).to_have_text([ANSWER, ANSWER])


#: The heavy files of Python that the page has fetched whole.
FETCHED = """() => performance.getEntriesByType("resource").map(({ name }) => name.split("/").at(-1))
    .filter((name) => ["snapshot.bin", "pyodide.asm.wasm", "python_stdlib.zip"].includes(name))"""


@sampled(1)
@pytest.mark.parametrize("saves", [False, True])
@pytest.mark.parametrize("path", ["/playground/", "/evaluate/", "/choose/", "/bill/"])
def test_python_is_fetched_ahead_once_it_may_be_used_and_not_where_data_is_saved(
    page: Page, path: str, saves: bool
) -> None:
    page.add_init_script(
        f"""Object.defineProperty(navigator, "connection", {{ value: {{ saveData: {json.dumps(saves)} }} }});
        addEventListener("load", () => {{ window.fetchedBefore = performance.getEntriesByType("resource")
            .filter(({{ name }}) => name.includes("/assets/runtime/")).length; }});"""
    )
    page.goto(path)
    if path in ("/choose/", "/bill/"):  # they answer without Python, until a reader begins
        wait_until_quiet(page)
        assert page.evaluate(FETCHED) == []
        page.locator("h1").click()
    if saves:
        wait_until_quiet(page)
        assert page.evaluate(FETCHED) == []
    else:
        until(page, f"({FETCHED})().length === 3", "the runtime was not fetched")
    assert page.evaluate("() => window.fetchedBefore") == 0
    assert not page.workers  # fetched is not started


@nightly("test_two_streamed_answers_of_a_local_server_take_four_actions")
def test_python_starts_once_the_reader_touches_the_playground(page: Page) -> None:
    page.goto("/playground/")
    wait_until_quiet(page)
    assert not page.workers
    page.locator("#prompt").focus()
    expect(page.locator("#step")).to_contain_text("Python")


@nightly("test_what_is_not_as_the_page_names_it_is_not_started")
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
    page.locator(".key").first.fill("a-key-that-is-made-up")
    page.locator("#run").click()
    expect(page.locator("#told")).to_contain_text("does not match its checksum", timeout=PATIENCE_MS)
    expect(page.locator("#told")).to_contain_text("model_almanac_playground")
    context.close()


def test_the_site_carries_every_file_of_the_runtime(site: Path) -> None:
    (folder,) = (site / "assets" / "runtime").iterdir()
    listed = json.loads((folder / "runtime.json").read_text())["files"]
    assert {name: file["bytes"] for name, file in listed.items()} == {
        p.name: p.stat().st_size
        for p in folder.iterdir()
        if p.name != "runtime.json" and p.suffix not in (".br", ".gz")
    }
    # They are fetched in this order.
    assert set(list(listed)[: len(runtime.FIRST)]) == set(runtime.FIRST)


@pytest.fixture(scope="module")
def wired(browser: Browser, address: str, server: str) -> Iterator[Page]:
    """One playground whose Python serves every wire in turn, with aimock behind each."""
    with at_playground(browser, address) as page:
        rewired(page, server)
        yield page


@sampled(3)
@pytest.mark.parametrize("wire", ROWS)
def test_every_wire_streams_into_the_page(wired: Page, wire: str) -> None:
    page = wired
    choose_row(page, wire)
    run(page, "Tell me whether it works")
    expect(page.locator(".answer")).to_have_text(ANSWER)
    # In the provider's own words it stands behind.
    expect(page.locator(".end")).to_contain_text("Finished: the answer is complete (")


@pytest.fixture(scope="module")
def endless(browser: Browser, address: str) -> Iterator[tuple[Page, Served]]:
    """One playground, and a server that never ends behind every wire."""
    served = Served(forever)
    with at_playground(browser, address) as page:
        rewired(page, served.origin)
        yield page, served
    served.close()


@nightly("test_stop_ends_the_run_and_the_connection")
@pytest.mark.parametrize("wire", ROWS)
def test_stop_closes_the_connection_and_keeps_what_came(endless: tuple[Page, Served], wire: str) -> None:
    page, served = endless
    for way in ("#stop", ".one", ".remove"):
        streaming(page, served, wire)
        closed = len(served.closed)
        page.locator(way).click()
        wait(page, lambda closed=closed: len(served.closed) == closed + 1)
        if way == ".remove":
            expect(page.locator(".pane")).to_have_count(0)
        else:
            expect(page.locator(".end")).to_have_text("Stopped.")
            expect(page.locator(".answer")).to_contain_text("word")


@nightly("test_stop_ends_the_run_and_the_connection")
@pytest.mark.parametrize("wire", ROWS if FULL else ["bedrock-converse"])
def test_leaving_the_page_closes_the_connection(browser: Browser, address: str, wire: str) -> None:
    served = Served(forever)
    with at_playground(browser, address) as page:
        rewired(page, served.origin)
        streaming(page, served, wire)
        page.goto("/")
        wait(page, lambda: len(served.closed) == 1)
    served.close()


def streaming(page: Page, served: Served, wire: str) -> None:
    """Run a prompt at that wire's row, until words of its answer stand in the page."""
    choose_row(page, wire)
    asked = len(served.seen)
    page.locator("#prompt").fill("Go on")
    page.locator("#run").click()
    wait(page, lambda: len(served.seen) == asked + 1)
    expect(page.locator(".answer")).to_contain_text("word", timeout=START)


@nightly("test_records_hold_exactly_what_the_server_received, header by header")
def test_the_browser_asks_a_provider_leave_once_and_not_before_each_prompt(
    browser: Browser, address: str
) -> None:
    server = Served(lambda _, handler: said(handler, {"content": "Yes."}))
    with at_playground(browser, address) as page:
        choose(page, server.origin, "m")
        run(page, "First")
        run(page, "Second")
    assert len(server.seen) == 2
    assert server.preflights == ["/v1/chat/completions"]
    server.close()
