"""The playground without a network, with a broken service worker, and across an update."""

from __future__ import annotations

import re
import shutil
import threading
import time
from collections.abc import Iterator
from functools import partial
from http.server import ThreadingHTTPServer
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.rounds import nightly
from tests.site.conftest import Quiet
from tests.site.playground.playing import START, cell, choose, run, until, wait


class Slow(Quiet):
    """Says nothing of the playground's page while a file `held` lies in the folder."""

    def do_GET(self) -> None:  # noqa: N802 (the name http.server calls)
        while self.path == "/playground/" and Path(self.directory, "held").exists():
            time.sleep(0.05)
        super().do_GET()


@pytest.fixture
def copy(site: Path, tmp_path: Path) -> Iterator[tuple[str, Path]]:
    """A site of this test's own, to change while it is served."""
    folder = tmp_path / "site"
    keep = ("playground", "assets", "index.html", "404.html")
    for name in keep:
        source = site / name
        if source.is_dir():
            shutil.copytree(source, folder / name, ignore=shutil.ignore_patterns("*.gguf"))
        else:
            folder.mkdir(exist_ok=True)
            shutil.copyfile(source, folder / name)
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Slow, directory=str(folder)))
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}", folder
    server.shutdown()
    server.server_close()
    thread.join()


def use(page: Page, address: str) -> None:
    """Visit, start Python, and wait until the service worker has all it lists."""
    page.goto(f"{address}/playground/")
    page.locator("#prompt").focus()
    page.locator("#boot").wait_for()
    page.locator("#boot").wait_for(state="detached", timeout=START)
    active = "() => navigator.serviceWorker.getRegistration().then((r) => Boolean(r?.active))"
    until(page, active, "the service worker did not become active")


def test_page_and_python_load_offline_after_the_first_use(browser: Browser, copy: tuple[str, Path]) -> None:
    address, _ = copy
    context = browser.new_context()
    page = context.new_page()
    use(page, address)
    context.set_offline(True)
    page.reload()
    expect(page.locator("h1")).to_have_text(re.compile("Playground"))
    page.locator(".pane").first.wait_for()
    expect(page.locator("#told")).to_contain_text("can’t be reached: this is the page as it was saved on")
    page.locator("#prompt").fill("Hello")
    page.locator(".model").first.fill("m")
    page.locator(".key").first.fill("a-key-that-is-made-up")
    page.locator("#run").click()
    expect(page.locator(".end").first).not_to_be_empty(timeout=START)
    expect(page.locator("#boot")).to_have_count(0, timeout=START)
    context.close()


@nightly("test_page_and_python_load_offline_after_the_first_use")
def test_the_kept_page_is_shown_where_the_network_hangs(browser: Browser, copy: tuple[str, Path]) -> None:
    address, folder = copy
    context = browser.new_context()
    page = context.new_page()
    use(page, address)
    held = folder / "held"
    held.touch()
    try:
        page.reload()
        expect(page.locator("h1")).to_have_text(re.compile("Playground"))
        page.locator(".pane").first.wait_for()
        expect(page.locator("#told")).to_contain_text(
            "did not answer in time: this is the page as it was saved"
        )
    finally:
        held.unlink()
    page.reload()
    page.locator(".pane").first.wait_for()
    expect(page.locator("#told")).to_have_text("")
    context.close()


@nightly("test_page_and_python_load_offline_after_the_first_use")
def test_two_almanacs_on_one_origin_keep_their_files_apart(browser: Browser, copy: tuple[str, Path]) -> None:
    address, folder = copy
    names = [path.name for path in folder.iterdir()]
    (folder / "second").mkdir()
    for name in names:
        (folder / "second" / name).symlink_to(folder / name)
    context = browser.new_context()
    page = context.new_page()
    use(page, address)
    use(page, f"{address}/second")
    (first,) = kept(page)
    second = [n for n in page.evaluate("() => caches.keys()") if n.startswith("almanac /second/playground/ ")]
    assert len(second) == 1
    page.reload()
    assert kept(page) == [first]
    # Both open without a network, each with its own files.
    context.set_offline(True)
    for path in ("", "/second"):
        page.goto(f"{address}{path}/playground/")
        page.locator(".pane").first.wait_for()
    context.close()


@nightly("test_page_and_python_load_offline_after_the_first_use")
def test_a_cell_and_an_address_of_ones_own_work_offline(browser: Browser, copy: tuple[str, Path]) -> None:
    address, _ = copy
    context = browser.new_context()
    page = context.new_page()
    use(page, address)
    page.reload()
    context.set_offline(True)
    page.reload()
    page.locator(".pane").first.wait_for()
    cell(page, "1 + 1")
    expect(page.locator(".printed")).to_have_text("2\n", timeout=START)
    choose(page, "http://127.0.0.1:9", "one")
    run(page, "Hello", "The model did not finish.")
    expect(page.locator(".end")).to_contain_text("unreachable")
    context.close()


@nightly("test_page_and_python_load_offline_after_the_first_use")
def test_a_broken_service_worker_leaves_the_page_as_it_is(browser: Browser, copy: tuple[str, Path]) -> None:
    address, folder = copy
    (folder / "playground/offline.js").write_text("throw new Error('broken');")
    context = browser.new_context()
    page = context.new_page()
    page.goto(f"{address}/playground/")
    page.locator("#prompt").focus()
    page.locator("#boot").wait_for()
    page.locator("#boot").wait_for(state="detached", timeout=START)
    page.reload()
    page.locator(".pane").first.wait_for()
    context.close()


def update(folder: Path, old: str, new: str) -> None:
    """Put a new version on the server, as a build does: the old one's folder is gone."""
    shutil.move(folder / f"assets/playground/{old}", folder / f"assets/playground/{new}")
    scripts = folder / f"assets/playground/{new}/playground/main.js"
    scripts.write_text(scripts.read_text().replace("Add a model", "Add one more"))
    for name in ("playground/index.html", "playground/offline.js"):
        path = folder / name
        path.write_text(path.read_text().replace(old, new))
    script = folder / "playground/offline.js"
    script.write_text(re.sub(r'VERSION = "[0-9a-f]{16}"', 'VERSION = "0123456789abcdef"', script.read_text()))


def kept(page: Page) -> list[str]:
    names: list[str] = page.evaluate("() => caches.keys()")
    return sorted(name for name in names if name.startswith("almanac /playground/ "))


@nightly("test_page_and_python_load_offline_after_the_first_use")
def test_an_update_is_taken_at_the_next_load_and_as_a_whole(browser: Browser, copy: tuple[str, Path]) -> None:
    address, folder = copy
    (version,) = [path.name for path in (folder / "assets/playground").iterdir()]
    context = browser.new_context()
    page = context.new_page()
    use(page, address)
    page.reload()
    page.locator(".pane").first.wait_for()
    assert page.evaluate("() => navigator.serviceWorker.controller !== null")
    (before,) = kept(page)
    update(folder, version, "f" * 16)
    page.evaluate(
        """async () => {
            const registration = await navigator.serviceWorker.getRegistration();
            await registration.update();
            for (let i = 0; i < 600 && !registration.waiting; i++) {
                await new Promise((next) => setTimeout(next, 100));
            }
        }"""
    )
    assert kept(page) == sorted([before, "almanac /playground/ 0123456789abcdef"])
    # While this page is open it stays whole: the old version, though the server has it no more.
    url = f"../assets/playground/{version}/playground/vendor/editor.js"
    assert page.evaluate("(url) => fetch(url).then((r) => r.ok)", url)
    page.reload()
    page.get_by_role("button", name="Add one more").wait_for()
    page.close()
    # The old version goes once no page of it is open. That takes a moment, in which a page opened anew would
    # still be the old worker's: so it is watched from a page that is no worker's.
    aside = context.new_page()
    aside.goto(f"{address}/")
    wait(aside, lambda: kept(aside) == ["almanac /playground/ 0123456789abcdef"])
    page = context.new_page()
    page.goto(f"{address}/playground/")
    page.get_by_role("button", name="Add one more").wait_for()
    context.close()


def test_nothing_but_this_site_is_kept(site: Path) -> None:
    script = (site / "playground/offline.js").read_text()
    listed = re.findall(r'"(\.[^"]*)"', script.split("const NAME")[0])
    assert "./" in listed
    assert not [path for path in listed if "//" in path]
    for path in listed:
        target = (site / "playground" / path).resolve()
        assert target.is_file() or (target / "index.html").is_file(), path
    assert any("runtime.json" in path for path in listed)
    assert not any(path.endswith(".gguf") for path in listed)
