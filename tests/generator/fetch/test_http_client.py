"""What the environment says wrong of proxies and certificates is named, and no traceback comes of it."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from generator.errors import SetupError
from generator.fetch.http_client import http_client
from tests.generator.cli.evaluating.asking import cases_file, evaluate

VARIABLES = ("HTTPS_PROXY", "HTTP_PROXY", "ALL_PROXY", "SSL_CERT_FILE", "SSL_CERT_DIR")


@pytest.fixture(autouse=True)
def unset(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in (one for upper in VARIABLES for one in (upper, upper.lower())):
        monkeypatch.delenv(name, raising=False)


@pytest.mark.parametrize(
    ("name", "value", "told"),
    [
        ("HTTPS_PROXY", "socks5://user:secret@127.0.0.1:1080", "HTTPS_PROXY=127.0.0.1:1080: a SOCKS proxy"),
        ("all_proxy", "foo://proxy", "all_proxy=foo://proxy: no proxy's address"),
        ("HTTP_PROXY", "http://[::1", "HTTP_PROXY=http://[::1: no proxy's address"),
        (
            "SSL_CERT_FILE",
            "/nonexistent/file",
            "SSL_CERT_FILE=/nonexistent/file: no certificates can be read",
        ),
        ("SSL_CERT_FILE", "README.md", "SSL_CERT_FILE=README.md: no certificates can be read there"),
    ],
)
def test_the_variable_is_named(monkeypatch: pytest.MonkeyPatch, name: str, value: str, told: str) -> None:
    monkeypatch.setenv(name, value)
    with pytest.raises(SetupError) as refused:
        http_client()
    assert str(refused.value).startswith(told)
    assert "secret" not in str(refused.value)


def test_a_client_is_made_where_nothing_is_wrong(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HTTPS_PROXY", "http://127.0.0.1:9")
    client = http_client(timeout=1)
    asyncio.run(client.aclose())


@pytest.mark.usefixtures("among_few")
def test_an_evaluation_that_cannot_begin_says_nothing_of_its_models(tmp_path: Path) -> None:
    asked = (
        cases_file(tmp_path),
        "--prompt",
        "{{country}}",
        "--model",
        "own/a",
        "--url",
        "http://127.0.0.1:9/v1",
    )
    ended = evaluate(*asked, HTTPS_PROXY="socks5://127.0.0.1:1080")
    assert ended.status == 2
    assert "HTTPS_PROXY=socks5://127.0.0.1:1080: a SOCKS proxy cannot be used" in ended.err
