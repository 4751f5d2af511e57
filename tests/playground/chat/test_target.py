"""Addresses, origins and keys: what a reader types cannot send a key elsewhere."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from botocore.auth import SigV4Auth
from botocore.awsrequest import AWSRequest
from botocore.credentials import Credentials
from hypothesis import given
from hypothesis import strategies as st

from playground.catalog.endpoints import Auth, Endpoint, Place, Wire, exact_origins
from playground.chat.auth import auth_headers
from playground.chat.target import ApiKey, fill, origin_of
from playground.errors import RequestError

AZURE = Endpoint(
    wire=Wire.OPENAI_RESPONSES,
    url="https://{resource}.openai.azure.com/openai/v1",
    places=(Place(name="resource", label="Resource name"),),
)
BEDROCK = Endpoint(
    wire=Wire.BEDROCK_CONVERSE,
    url="https://bedrock-runtime.{region}.amazonaws.com",
    places=(Place(name="region", label="Region", default="us-east-1", choices=("us-east-1", "eu-west-1")),),
)
NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)


def test_the_readers_parts_fill_the_address() -> None:
    assert fill(AZURE, {"resource": "contoso"}) == "https://contoso.openai.azure.com/openai/v1"
    assert fill(BEDROCK, {}) == "https://bedrock-runtime.us-east-1.amazonaws.com"


def test_a_missing_part_is_named() -> None:
    with pytest.raises(RequestError, match="Resource name is missing"):
        fill(AZURE, {})


@given(st.text(min_size=1))
def test_no_part_of_the_address_can_change_the_host(text: str) -> None:
    try:
        url = fill(AZURE, {"resource": text})
    except RequestError:
        return
    assert origin_of(url).endswith(".openai.azure.com")


@pytest.mark.parametrize(
    ("url", "origin"),
    [
        ("https://API.Example.com/v1", "https://api.example.com"),
        ("https://example.com:443/v1", "https://example.com"),
        ("http://localhost:11434", "http://localhost:11434"),
        ("http://[::1]:8080/v1", "http://[::1]:8080"),
    ],
)
def test_an_origin_is_written_as_browsers_write_it(url: str, origin: str) -> None:
    assert origin_of(url) == origin


@pytest.mark.parametrize(
    "url", ["", "example.com", "ftp://x", "https://", "https://u:p@x.com", "https://x:99999"]
)
def test_what_is_no_address_is_refused(url: str) -> None:
    with pytest.raises(RequestError):
        origin_of(url)


def test_the_pages_policy_names_every_choice_and_no_host_that_a_stranger_may_own() -> None:
    assert exact_origins(AZURE) == ()
    assert exact_origins(BEDROCK) == (
        "https://bedrock-runtime.us-east-1.amazonaws.com",
        "https://bedrock-runtime.eu-west-1.amazonaws.com",
    )


@pytest.mark.parametrize(
    ("way", "expected"),
    [
        (Auth.BEARER, {"authorization": "Bearer s"}),
        (Auth.API_KEY, {"api-key": "s"}),
        (Auth.X_API_KEY, {"x-api-key": "s"}),
        (Auth.X_GOOG_API_KEY, {"x-goog-api-key": "s"}),
        (Auth.NONE, {"authorization": "Bearer s"}),
    ],
)
def test_a_key_travels_in_one_header(way: Auth, expected: dict[str, str]) -> None:
    key = ApiKey(origin="https://x.example", auth=way, secret="s")
    assert auth_headers(key, "https://x.example/v1", b"", NOW) == expected


@pytest.mark.parametrize("secret", ["two words", "line\nbreak", "smart”quote"])
def test_a_key_that_cannot_be_one_is_refused_without_being_shown(secret: str) -> None:
    key = ApiKey(origin="https://x.example", auth=Auth.BEARER, secret=secret)
    with pytest.raises(RequestError) as error:
        auth_headers(key, "https://x.example", b"", NOW)
    assert secret not in str(error.value)


@pytest.mark.parametrize("session", ["", "token=="])
@pytest.mark.parametrize("model", ["anthropic.claude-x-v1%3A0", "us.amazon.nova-pro-v1", "a%20b"])
def test_a_signature_is_the_one_botocore_makes(
    session: str, model: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    url = f"https://bedrock-runtime.eu-west-1.amazonaws.com/model/{model}/converse-stream"
    body = b'{"messages":[]}'
    key = ApiKey(
        origin=origin_of(url), auth=Auth.SIGV4, id="AKIDEXAMPLE", secret="wJalrXUtnFEMI", session=session
    )
    asked = AWSRequest("POST", url, {"content-type": "application/json"}, body)
    monkeypatch.setattr("botocore.auth.get_current_datetime", lambda: NOW.replace(tzinfo=None))
    SigV4Auth(Credentials(key.id, key.secret, session or None), "bedrock", "eu-west-1").add_auth(asked)
    theirs = {n.lower(): v for n, v in asked.headers.items() if n.lower() != "content-type"}
    assert auth_headers(key, url, body, NOW) == theirs
