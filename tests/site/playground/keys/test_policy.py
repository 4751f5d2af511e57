"""Whom the page may talk to, addresses of the reader's own, and that what runs is what the page names."""

from __future__ import annotations

import json
import re
import threading
from collections.abc import Callable
from functools import partial
from http.server import ThreadingHTTPServer
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, Response, Route, expect

from tests.patience import PATIENCE_MS
from tests.rounds import nightly, sampled
from tests.site.conftest import Quiet
from tests.site.playground.playing import (
    OWN,
    START,
    Served,
    at_playground,
    cell,
    choose,
    counted,
    forever,
    run,
    wait,
)

CONNECT = re.compile(r"connect-src ([^;\"]+)")


def test_the_policy_names_each_origin_exactly(site: Path) -> None:
    (policy,) = CONNECT.findall((site / "playground/index.html").read_text())
    own, *origins = policy.split()
    assert own == "'self'"
    assert "https://api.openai.com" in origins
    assert [origin for origin in origins if not re.fullmatch(r"https?://[a-z0-9.-]+(:\d+)?", origin)] == []
    (data,) = site.glob("assets/playground/*/playground.json")
    assert json.loads(data.read_text())["origins"] == origins


@nightly("test_two_streamed_answers_of_a_local_server_take_four_actions, of a server's own address")
def test_an_address_is_added_without_loading_again_and_nothing_typed_is_lost(
    browser: Browser, address: str, echo: Served
) -> None:
    endless = Served(forever)
    with at_playground(browser, address) as page:
        page.evaluate("() => { window.mark = 'same'; }")
        first = counted(page, 2).first
        choose(page, endless.origin, "one", "two")
        page.locator(".key").first.fill("key-of-the-first")
        page.locator("#prompt").fill("typed before")
        first.get_by_role("button", name="Repeat question")  # drawn
        page.locator("#run").click()
        wait(page, lambda: len(endless.seen) == 2)
        # Another address, while the first answers still stream.
        page.get_by_role("button", name="Add a model").click()
        third = page.locator(".pane").nth(2)
        third.locator(".provider").select_option(label=OWN)
        page.locator("#prompt").fill("typed and never sent")
        third.locator(".places input").fill(f"{echo.origin}/v1")
        third.locator(".places input").press("Tab")
        third.locator(".model").fill("three")
        expect(page.locator("#boot")).to_have_count(0, timeout=START)
        expect(page.locator(".one:not([disabled])")).to_have_count(
            2
        )  # they run on, in the Python they began in
        third.get_by_role("button", name="Test connection").click()
        expect(page.locator("#told")).to_have_text("The connection works.", timeout=START)
        assert len(endless.closed) == 0
        page.locator("#stop").click()
        wait(page, lambda: len(endless.closed) == 2)
        expect(page.locator("#prompt")).to_have_value("typed and never sent")
        expect(page.locator(".key").first).to_have_value("key-of-the-first")
        assert page.evaluate("() => window.mark") == "same"
        assert page.url == f"{address}/playground/"
        assert "never sent" not in page.evaluate(
            "() => JSON.stringify([{...localStorage}, {...sessionStorage}])"
        )
        # The one that nobody needs any more is gone.
        wait(page, lambda: page.locator("iframe[src*=frame]").count() == 1)
    endless.close()


@sampled(1)
@pytest.mark.parametrize("where", ["page", "worker", "frame"])
def test_what_was_not_entered_is_reached_from_nowhere(warm: Page, echo: Served, where: str) -> None:
    page, stranger = warm, Served(forever)
    reached: list[str] = []

    def note(response: Response) -> None:
        if response.url.startswith(stranger.origin):
            reached.append(response.url)

    page.on("response", note)
    choose(page, echo.origin, "one")
    run(page, "Hello")
    tried = page.evaluate(
        """([where, url]) => {
            const frame = document.querySelector("iframe[src*=frame]");
            const realm = where === "frame" ? frame.contentWindow : window;
            if (where === "page") return fetch(url).then(() => "sent", () => "refused");
            return new Promise((done) => {
                const text = `fetch(${JSON.stringify(url)})
                    .then(() => postMessage("sent"), () => postMessage("refused"))`;
                const blob = realm.URL.createObjectURL(new realm.Blob([text], {type: "text/javascript"}));
                new realm.Worker(blob, {type: "module"}).onmessage = (event) => done(event.data);
            });
        }""",
        [where, f"{stranger.origin}/v1/models"],
    )
    page.remove_listener("response", note)
    assert (tried, reached, stranger.seen) == ("refused", [], [])
    stranger.close()


def altered(change: Callable[[bytes], bytes]) -> Callable[[Route], None]:
    def answer(route: Route) -> None:
        response = route.fetch()
        route.fulfill(response=response, body=change(response.body()))

    return answer


def other_list(body: bytes) -> bytes:
    """A list of the same form that names other checksums."""
    listed = json.loads(body)
    for file in listed["files"].values():
        file["sha256"] = "0" * 64
    return json.dumps(listed).encode()


@sampled(1)
@pytest.mark.parametrize(
    ("file", "change", "named"),
    [
        ("runtime.json", other_list, "the runtime's list"),
        ("runtime.json", lambda body: body + b" ", "the runtime's list"),
        ("pyodide.mjs", lambda body: b"globalThis.pwned = 1;" + body, "pyodide.mjs"),
        ("pyodide.asm.mjs", lambda body: body[:100] + b" " + body[101:], "pyodide.asm.mjs"),
        ("snapshot.bin", lambda body: body[:-4] + b"0000", "snapshot.bin"),
    ],
)
def test_what_is_not_as_the_page_names_it_is_not_started(
    browser: Browser, address: str, file: str, change: Callable[[bytes], bytes], named: str
) -> None:
    with at_playground(browser, address) as page:
        page.route(f"**/{file}", altered(change))
        page.locator("#prompt").fill("Hi")
        page.locator(".key").first.fill("a-key-that-is-made-up")
        page.locator("#run").click()
        expect(page.locator("#told")).to_contain_text("does not match its checksum", timeout=PATIENCE_MS)
        expect(page.locator("#told")).to_contain_text(named)
        page.unroute_all(behavior="wait")


@nightly("test_what_is_not_as_the_page_names_it_is_not_started")
def test_python_starts_where_its_worker_can_start_none(browser: Browser, address: str) -> None:
    def without(route: Route) -> None:
        text = route.fetch().text()
        assert "new Worker(" in text
        route.fulfill(body=text.replace("new Worker(", "new Missing("), content_type="text/javascript")

    with at_playground(browser, address) as page:
        page.route("**/worker.mjs", without)
        cell(page, "1 + 1")
        expect(page.locator(".printed")).to_have_text("2\n", timeout=START)


@nightly("test_what_is_not_as_the_page_names_it_is_not_started")
def test_modules_are_the_bytes_that_were_checked(browser: Browser, address: str) -> None:
    """Each file is asked for once: what is imported is not loaded a second time, when it may be another."""
    with at_playground(browser, address) as page:
        # Where data is saved nothing is fetched ahead.
        page.add_init_script("Object.defineProperty(navigator.connection, 'saveData', { value: true })")
        page.reload()
        page.locator(".pane").first.wait_for()
        asked: list[str] = []
        page.on(
            "request", lambda r: asked.append(r.url.split("/")[-1]) if "/assets/runtime/" in r.url else None
        )
        cell(page, "1 + 1")
        expect(page.locator(".printed")).to_have_text("2\n", timeout=START)
        assert "pyodide.asm.mjs" in asked
        assert sorted(asked) == sorted(set(asked))


class Unframed(Quiet):
    """A host that lets nobody frame its pages."""

    def end_headers(self) -> None:
        self.send_header("x-frame-options", "DENY")
        super().end_headers()


@nightly("test_what_was_not_entered_is_reached_from_nowhere")
def test_a_host_that_forbids_the_frame_is_told(browser: Browser, site: Path, echo: Served) -> None:
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Unframed, directory=str(site)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    with at_playground(browser, f"http://127.0.0.1:{server.server_port}") as page:
        choose(page, echo.origin, "one")
        page.locator("#prompt").fill("Hi")
        page.locator("#run").click()
        expect(page.locator("#told")).to_contain_text("frame-ancestors 'self'", timeout=PATIENCE_MS)
        # A cell needs no frame of the host's.
        cell(page, "1 + 1")
        expect(page.locator(".printed")).to_have_text("2\n", timeout=START)
    server.shutdown()
    server.server_close()


@nightly("nothing: no other test has such a site")
def test_a_site_below_a_path_warns_that_others_share_its_origin(
    browser: Browser, address: str, page: Page
) -> None:
    page.goto("/playground/")
    page.locator(".keys > summary").click()
    expect(page.locator(".shared")).to_have_count(0 if address.count("/") == 2 else 1)
    with at_playground(browser, address) as other:
        other.route(
            "**/owner/project/**",
            lambda route: route.fulfill(
                response=route.fetch(url=route.request.url.replace("/owner/project", ""))
            ),
        )
        other.goto(f"{address}/owner/project/playground/")
        other.locator(".keys > summary").click()
        expect(other.locator(".shared")).to_contain_text("Others may serve pages at")
        expect(other.locator(".shared")).to_contain_text("in memory")
        # Python's files are still on their way.
        other.unroute_all(behavior="ignoreErrors")
