"""An index and the pages that it links to, from a local server that behaves, and from one that does not."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
import stamina
from pytest_httpserver import HTTPServer
from werkzeug import Request, Response

from generator.errors import FetchError
from generator.fetch.fetched import Fetched, Limits, complete
from generator.fetch.linked import MOST_PAGES
from generator.fetch.live import fetch_live
from generator.fetch.remembered import remember
from generator.sources import BY_ID, Live
from generator.sources.bundle import unbundled
from generator.sources.linked_pages import INDEX

LIMITS = Limits(connect_s=2, quiet_s=1, deadline_s=2, pages_s=2, tries=2)
MARKDOWN = "text/markdown; charset=utf-8"


@pytest.fixture(autouse=True)
def no_waiting() -> object:
    with stamina.set_testing(True, attempts=2):
        yield


def index_of(names: list[str]) -> str:
    return "\n".join(f"- [{name}](/docs/models/{name}.md): words" for name in names)


def read(server: HTTPServer, cache: Path, index: str, limit_mb: int = 1) -> Fetched:
    server.expect_request("/docs/all.md").respond_with_data(index, content_type=MARKDOWN)
    live = Live(
        url=server.url_for("/docs/all.md"),
        follow="links",
        links=r"/docs/models/(?P<name>(?!all$)[a-z0-9][\w.-]*)",
        suffix=".md",
        limit_mb=limit_mb,
    )
    return complete(fetch_live(replace(BY_ID["openai-models"], live=live), cache, limits=LIMITS))


def serve(server: HTTPServer, *names: str) -> None:
    for name in names:
        server.expect_request(f"/docs/models/{name}.md").respond_with_data(name, content_type=MARKDOWN)


def test_the_pages_come_with_the_index_as_one(httpserver: HTTPServer, tmp_path: Path) -> None:
    serve(httpserver, "a-1", "b-2")
    index = index_of(["a-1", "b-2"])
    assert unbundled(read(httpserver, tmp_path, index).raw, "x") == {
        INDEX: index.encode(),
        "a-1.md": b"a-1",
        "b-2.md": b"b-2",
    }


@pytest.mark.parametrize(
    "link",
    [
        *("/docs/models/a-1", "/docs/models/a-1.md", "models/a-1.md", "</docs/models/a-1.md>"),
        *("https://vendor.example/docs/models/a-1", "/docs/models/a-1.md?from=x#top", '/docs/models/a-1 "A"'),
    ],
)
def test_a_link_is_followed_however_it_is_written(httpserver: HTTPServer, tmp_path: Path, link: str) -> None:
    serve(httpserver, "a-1")
    fetched = read(httpserver, tmp_path, f"| [A]({link}) | x |\n[A again](/docs/models/a-1)")
    assert sorted(unbundled(fetched.raw, "x")) == [INDEX, "a-1.md"]


@pytest.mark.parametrize(
    "link",
    [
        *("/docs/models/all.md", "/docs/other/a-1.md", "/docs/models/", "/docs/models/../secret.md"),
        *("mailto:a@b.example", "javascript:alert(1)", "/docs/models/a/b.md", "#a-1"),
    ],
)
def test_what_is_no_page_about_a_model_is_not_asked(
    httpserver: HTTPServer, tmp_path: Path, link: str
) -> None:
    with pytest.raises(FetchError, match="links to no page of the kind expected"):
        read(httpserver, tmp_path, f"[A]({link})")
    assert [request.path for request, _ in httpserver.log] == ["/docs/all.md"]


@pytest.mark.parametrize(
    "gone",
    [
        Response("no", status=404),
        Response("gone", status=410),
        Response("<p>Sign in</p>", content_type="text/html"),
    ],
    ids=["404", "410", "a web page"],
)
def test_a_page_that_is_not_there_is_noted_and_the_others_are_read(
    httpserver: HTTPServer, tmp_path: Path, gone: Response
) -> None:
    names = [f"m-{n}" for n in range(10)]
    httpserver.expect_request("/docs/models/m-3.md").respond_with_response(gone)
    serve(httpserver, *names)
    files = unbundled(read(httpserver, tmp_path, index_of(names)).raw, "x")
    assert len(files) == 11
    assert b"answered" in files["m-3.md.not-read"]


def test_where_too_many_pages_are_gone_the_source_has_failed(httpserver: HTTPServer, tmp_path: Path) -> None:
    names = [f"m-{n}" for n in range(10)]
    serve(httpserver, *names[:7])
    for name in names[7:]:
        httpserver.expect_request(f"/docs/models/{name}.md").respond_with_data("no", status=404)
    with pytest.raises(FetchError, match=r"3 of the 10 pages that .* were not read, such as m-\d.md: .*404"):
        read(httpserver, tmp_path, index_of(names))


def slow(_: Request) -> Response:
    time.sleep(3)
    return Response("late", content_type=MARKDOWN)


def half_a_second(_: Request) -> Response:
    time.sleep(0.5)
    return Response("late", content_type=MARKDOWN)


def test_all_pages_share_one_deadline(httpserver: HTTPServer, tmp_path: Path) -> None:
    names = [f"m-{n}" for n in range(60)]
    for name in names:
        httpserver.expect_request(f"/docs/models/{name}.md").respond_with_handler(half_a_second)
    with pytest.raises(FetchError, match=r"60 pages took longer than 2 s, \d+ were read; try again later"):
        read(httpserver, tmp_path, index_of(names))


@pytest.mark.parametrize(
    ("answer", "why"),
    [
        (lambda _: Response("", status=503), "answered 503; tried twice"),
        (slow, r"went silent|took longer than"),
    ],
    ids=["503", "silence"],
)
def test_a_page_that_fails_as_a_network_fails_takes_the_source_with_it(
    httpserver: HTTPServer, tmp_path: Path, answer: Callable[[Request], Response], why: str
) -> None:
    names = [f"m-{n}" for n in range(10)]
    httpserver.expect_request("/docs/models/m-3.md").respond_with_handler(answer)
    serve(httpserver, *names)
    with pytest.raises(FetchError, match=why):
        read(httpserver, tmp_path, index_of(names))


def test_an_index_of_too_many_pages_is_refused(httpserver: HTTPServer, tmp_path: Path) -> None:
    with pytest.raises(FetchError, match=f"links to {MOST_PAGES + 1} pages, more than {MOST_PAGES}"):
        read(httpserver, tmp_path, index_of([f"m-{n}" for n in range(MOST_PAGES + 1)]))


def test_pages_that_together_are_too_large_are_refused(httpserver: HTTPServer, tmp_path: Path) -> None:
    for n in range(3):
        httpserver.expect_request(f"/docs/models/m-{n}.md").respond_with_data(
            "x" * 400_000, content_type=MARKDOWN
        )
    with pytest.raises(FetchError, match="more than 1 MB"):
        read(httpserver, tmp_path, index_of(["m-0", "m-1", "m-2"]))


def test_an_unchanged_page_is_taken_from_the_last_answer(httpserver: HTTPServer, tmp_path: Path) -> None:
    asked: list[str | None] = []

    def answer(request: Request) -> Response:
        asked.append(request.headers.get("if-none-match"))
        if asked[-1]:
            return Response(status=304)
        return Response(b"first", headers={"etag": '"v1"'}, content_type=MARKDOWN)

    httpserver.expect_request("/docs/models/a-1.md").respond_with_handler(answer)
    first = read(httpserver, tmp_path, index_of(["a-1"]))
    remember(first, tmp_path)
    assert read(httpserver, tmp_path, index_of(["a-1"])).raw == first.raw
    assert asked == [None, '"v1"']


def test_the_same_pages_in_another_order_are_the_same_bytes(httpserver: HTTPServer, tmp_path: Path) -> None:
    """So that a source whose pages did not change is the same by its hash, whichever page came first."""
    serve(httpserver, *(f"m-{n}" for n in range(20)))
    index = index_of([f"m-{n}" for n in range(20)])
    assert len({read(httpserver, tmp_path, index).raw for _ in range(5)}) == 1
