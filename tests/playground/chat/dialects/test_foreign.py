"""What came with status 200 and is no answer of an API: of every content type, on every wire."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from pytest_httpserver import HTTPServer

from playground.catalog.endpoints import Wire
from playground.chat.events import Cause, Failed, Finished
from playground.run.explain import Situation, explain, faulty_field
from tests.catalogs import providers
from tests.playground.chat.asking import HTTP, ask, question, target
from tests.playground.chat.dialects.streamed import delta, sse

PORTAL = "Welcome to the captive portal"
PAGE = f"<!doctype html><head><style>p {{}}</style></head><body><p>{PORTAL}</p></body>"
ANY = re.compile("/.*")


def failure(server: HTTPServer, wire: Wire, body: str, content_type: str) -> Failed:
    """How a request ends that this is the answer to."""
    server.expect_request(ANY).respond_with_data(body, content_type=content_type)
    *_, end = ask(wire, target(wire, server.url_for("").rstrip("/")), question("Hi"))
    assert isinstance(end, Failed)
    return end


def own(wire: Wire) -> Situation:
    endpoint = replace(target(wire, "http://localhost:1").endpoint, url="{url}", hints={})
    return Situation(endpoint=endpoint, url="http://localhost:1/v1")


@pytest.mark.parametrize(
    ("body", "content_type", "words"),
    [
        (PORTAL, "text/html", ["a web page", PORTAL, "not an API"]),
        (PAGE, "text/html; charset=utf-8", ["a web page", f"“{PORTAL}”", "not an API"]),
        (PAGE, "", ["a web page", f"“{PORTAL}”", "not an API"]),
        (PORTAL, "text/plain", ["text/plain", f"“{PORTAL}”"]),
        ("OK", "application/json", ["application/json", "“OK”"]),
        ('"fine"', "application/json", ["application/json", "fine"]),
        ('{"status": "ok"}', "application/json", ["application/json", '“{"status": "ok"}”']),
        ("", "text/html", ["an empty web page"]),
        ("", "application/json", ["nothing", "application/json"]),
    ],
)
@pytest.mark.parametrize("wire", HTTP)
def test_what_is_no_answer_is_named_by_its_type_and_how_it_begins(
    httpserver: HTTPServer, wire: Wire, body: str, content_type: str, words: list[str]
) -> None:
    end = failure(httpserver, wire, body, content_type)
    assert end.cause == Cause.FOREIGN
    assert [word for word in words if word not in end.message] == []
    assert faulty_field(end, own(wire)) == "address"
    told = " ".join(f"{advice.cause} {advice.fix}" for advice in explain(end, own(wire)))
    assert "again" not in told.lower()


@pytest.mark.parametrize("wire", HTTP)
def test_an_error_inside_a_document_is_said_as_it_is(httpserver: HTTPServer, wire: Wire) -> None:
    end = failure(httpserver, wire, '{"error": {"message": "no such thing"}}', "application/json")
    assert end.message == "no such thing"


def test_a_stream_counts_whatever_its_type_is_called(httpserver: HTTPServer) -> None:
    body = b": hello\n\n" + sse(delta(content="Hi"), delta("stop"))
    for content_type in ("text/html", "text/plain", "application/json", "text/event-stream"):
        httpserver.clear()
        httpserver.expect_request(ANY).respond_with_data(body, content_type=content_type)
        to = target(Wire.OPENAI_CHAT, httpserver.url_for("").rstrip("/"))
        assert isinstance(ask(Wire.OPENAI_CHAT, to, question("Hi"))[-1], Finished)


def test_where_no_address_was_written_what_stands_between_is_suspected() -> None:
    row = providers()["openai"].endpoints[0]
    end = Failed(cause=Cause.FOREIGN, message="a web page")
    (advice,) = explain(end, Situation(endpoint=row, url=row.url))
    assert "sign in" in advice.fix
    assert "address" not in advice.cause
