"""Fetching against a real local server that behaves, and one that does not."""

from __future__ import annotations

import gzip
import hashlib
import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
import stamina
from pytest_httpserver import HTTPServer
from werkzeug import Request, Response

from generator.errors import FetchError
from generator.fetch.fetched import Fetched, complete
from generator.fetch.live import fetch_live
from generator.fetch.remembered import remember
from generator.sources import BY_ID, Live, Source
from generator.sources.bundle import unbundled


@pytest.fixture(autouse=True)
def no_waiting() -> object:
    with stamina.set_testing(True, attempts=4):
        yield


def source(server: HTTPServer, follow: str = "", limit_mb: int = 1) -> Source:
    return replace(
        BY_ID["litellm"], live=Live(url=server.url_for("/data.json"), follow=follow, limit_mb=limit_mb)
    )


def read(wanted: Source, cache: Path) -> Fetched:
    return complete(fetch_live(wanted, cache))


def test_a_live_answer_is_read(httpserver: HTTPServer, tmp_path: Path) -> None:
    httpserver.expect_request("/data.json").respond_with_json({"a": 1})
    assert json.loads(read(source(httpserver), tmp_path).raw) == {"a": 1}


def test_an_unchanged_answer_is_taken_from_the_last_one(httpserver: HTTPServer, tmp_path: Path) -> None:
    asked: list[str | None] = []

    def answer(request: Request) -> Response:
        asked.append(request.headers.get("if-none-match"))
        if asked[-1] == '"v1"':
            return Response(status=304)
        return Response(b'{"a": 1}', headers={"etag": '"v1"'}, content_type="application/json")

    httpserver.expect_request("/data.json").respond_with_handler(answer)
    first = read(source(httpserver), tmp_path)
    remember(first, tmp_path)
    second = read(source(httpserver), tmp_path)
    assert asked == [None, '"v1"']
    assert (first.raw, first.fresh, second.raw, second.fresh) == (b'{"a": 1}', True, b'{"a": 1}', False)


@pytest.mark.parametrize("status", [429, 500, 503])
def test_a_failure_that_passes_is_tried_again(httpserver: HTTPServer, tmp_path: Path, status: int) -> None:
    httpserver.expect_oneshot_request("/data.json").respond_with_data("later", status=status)
    httpserver.expect_request("/data.json").respond_with_json({})
    assert read(source(httpserver), tmp_path).raw == b"{}"


def test_a_failure_that_stays_is_said_with_the_source_and_the_status(
    httpserver: HTTPServer, tmp_path: Path
) -> None:
    httpserver.expect_request("/data.json").respond_with_data("no", status=500)
    with pytest.raises(FetchError, match=r"litellm: .* answered 500; tried four times"):
        read(source(httpserver), tmp_path)


def _redirect(request: Request) -> Response:
    return Response(status=301, headers={"location": request.url})


def _bomb(_: Request) -> Response:
    body = gzip.compress(b" " * 3_000_000)
    return Response(body, headers={"content-encoding": "gzip"}, content_type="application/json")


@pytest.mark.parametrize(
    ("answer", "fault"),
    [
        (lambda _: Response("x", status=404), "answered 404"),
        (lambda _: Response("<p>Sign in</p>", content_type="text/html"), "answered a web page"),
        (lambda _: Response(b" " * 1_500_000, content_type="application/json"), "more than 1 MB"),
        (_bomb, "more than 1 MB"),
        (_redirect, "redirects more than 5 times"),
        (lambda _: Response(status=429, headers={"retry-after": "3600"}), "asks to wait 3600 s"),
    ],
)
def test_a_bad_answer_is_refused_in_one_clear_line(
    httpserver: HTTPServer, tmp_path: Path, answer: Callable[[Request], Response], fault: str
) -> None:
    httpserver.expect_request("/data.json").respond_with_handler(answer)
    with pytest.raises(FetchError, match=fault) as caught:
        read(source(httpserver), tmp_path)
    assert "\n" not in str(caught.value)


def test_a_host_that_refuses_is_named(tmp_path: Path, httpserver: HTTPServer) -> None:
    dead = replace(BY_ID["litellm"], live=Live(url="http://127.0.0.1:9/data.json"))
    with pytest.raises(FetchError, match=r"litellm: 127\.0\.0\.1: ConnectError"):
        read(dead, tmp_path)


def test_pages_are_followed_to_the_last_and_no_further(httpserver: HTTPServer, tmp_path: Path) -> None:
    httpserver.expect_request("/data.json").respond_with_json(
        {"Items": [1, 2], "NextPageLink": httpserver.url_for("/more")}
    )
    httpserver.expect_request("/more").respond_with_json({"Items": [3], "NextPageLink": None})
    assert json.loads(read(source(httpserver, "pages"), tmp_path).raw) == {"items": [1, 2, 3]}


def test_pages_that_lead_elsewhere_are_not_followed(httpserver: HTTPServer, tmp_path: Path) -> None:
    httpserver.expect_request("/data.json").respond_with_json(
        {"Items": [1], "NextPageLink": "https://example.com/more"}
    )
    with pytest.raises(FetchError, match="leads to another host"):
        read(source(httpserver, "pages"), tmp_path)


def test_pages_that_never_end_are_left(httpserver: HTTPServer, tmp_path: Path) -> None:
    httpserver.expect_request("/data.json").respond_with_json(
        {"Items": [1], "NextPageLink": httpserver.url_for("/data.json")}
    )
    with pytest.raises(FetchError, match="more than 600 pages"):
        read(source(httpserver, "pages"), tmp_path)


def test_a_pointer_leads_to_the_file_it_names_by_hash(httpserver: HTTPServer, tmp_path: Path) -> None:
    data = b'{"prices": {}}'
    name = hashlib.sha256(data).hexdigest()
    httpserver.expect_request("/data.json").respond_with_json({"sha256": name})
    httpserver.expect_request(f"/{name}.json").respond_with_data(data)
    assert read(source(httpserver, "pointer"), tmp_path).raw == data


def test_a_file_that_is_not_the_one_its_pointer_names_is_refused(
    httpserver: HTTPServer, tmp_path: Path
) -> None:
    httpserver.expect_request("/data.json").respond_with_json({"sha256": "0" * 64})
    httpserver.expect_request(f"/{'0' * 64}.json").respond_with_data(b"{}")
    with pytest.raises(FetchError, match="sha256 differs"):
        read(source(httpserver, "pointer"), tmp_path)


@pytest.mark.parametrize("pointer", [b'{"hello": 1}', b'{"sha256": "../../etc"}', b"[]", b"<p>"])
def test_a_pointer_that_points_nowhere_is_said(
    httpserver: HTTPServer, tmp_path: Path, pointer: bytes
) -> None:
    httpserver.expect_request("/data.json").respond_with_data(pointer, content_type="application/json")
    with pytest.raises(FetchError, match=r"litellm: .*(should name the file|is no sha256)"):
        read(source(httpserver, "pointer"), tmp_path)


def test_a_source_of_several_files_comes_as_one(httpserver: HTTPServer, tmp_path: Path) -> None:
    for name in ("a.yml", "b.yml"):
        httpserver.expect_request(f"/tables/{name}").respond_with_data(name, content_type="text/plain")
    live = Live(url=httpserver.url_for("/tables/"), files=("b.yml", "a.yml"))
    fetched = read(replace(BY_ID["litellm"], live=live), tmp_path)
    assert unbundled(fetched.raw, "x") == {"a.yml": b"a.yml", "b.yml": b"b.yml"}
