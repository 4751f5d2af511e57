"""What a failure means: the order of causes for a provider, and what can be left out."""

from __future__ import annotations

from dataclasses import replace

import pytest

from playground.catalog.endpoints import Auth, Endpoint, Wire
from playground.chat.adapters.openai_chat import failure
from playground.chat.events import Cause, Failed
from playground.chat.parameters import LABELS
from playground.run.explain import Situation, explain, faulty_field, relay_config
from playground.run.objection import part_refused
from tests.catalogs import providers

ROWS = providers()
SITE = "https://almanac.example"


def situation(provider: str, url: str = "", page: str = SITE, *, online: bool = True) -> Situation:
    row = ROWS[provider]
    endpoint = row.endpoints[0]
    return Situation(
        endpoint=endpoint,
        url=url or endpoint.usual,
        browser=row.browser,
        fix=row.browser_fix,
        page=page,
        online=online,
    )


def causes(failed: Failed, at: Situation) -> list[str]:
    return [advice.cause for advice in explain(failed, at)]


BLOCKED = Failed(cause=Cause.UNREACHABLE, message="Failed to fetch")


def test_offline_comes_before_everything() -> None:
    assert causes(BLOCKED, situation("openai", online=False)) == ["This device is offline"]


def test_an_open_provider_is_blocked_by_something_else() -> None:
    first, *others = causes(BLOCKED, situation("openai"))
    assert "extension" in first
    assert any("organisation" in cause for cause in others)


def test_an_unknown_provider_likely_closes_cors_and_a_relay_is_offered() -> None:
    first = explain(BLOCKED, situation("groq"))[0]
    assert "CORS" in first.cause
    assert "LiteLLM" in first.fix


def test_a_filled_in_address_is_suspected_first() -> None:
    assert "address is wrong" in causes(BLOCKED, situation("azure", "https://nobody.openai.azure.com"))[0]


@pytest.mark.parametrize(
    ("provider", "fix"),
    [
        ("ollama", f"OLLAMA_ORIGINS={SITE} ollama serve"),
        ("vllm", f"""--allowed-origins '["{SITE}"]'"""),
        ("lmstudio", "Enable CORS"),
    ],
)
def test_a_local_server_needs_to_run_to_allow_the_page_and_the_browsers_leave(
    provider: str, fix: str
) -> None:
    advice = explain(BLOCKED, situation(provider))
    assert "running" in advice[0].cause
    assert fix in advice[1].fix
    assert "local network" in advice[2].cause
    local = explain(BLOCKED, situation(provider, page="http://localhost:8000"))
    assert all("local network" not in a.cause for a in local)


def test_a_certain_servers_flag_is_only_an_example_for_a_server_that_may_be_any() -> None:
    endpoint = Endpoint(wire=Wire.OPENAI_CHAT, url="{url}")
    flag = "If it is vLLM, which often has this port: Start it with --allowed-origins '[\"{origin}\"]'."
    for url in ("http://localhost:8000/v1", "https://models.example:8000/v1"):
        at = Situation(endpoint=endpoint, url=url, fix=flag, page=SITE)
        (fix,) = (advice.fix for advice in explain(BLOCKED, at) if "CORS" in advice.cause)
        assert fix.startswith(f"Let the server send Access-Control-Allow-Origin: {SITE}, also on OPTIONS. If")
        assert fix.endswith(f"""'["{SITE}"]'.""")


def test_mixed_content_is_named_for_the_lan_and_not_for_localhost() -> None:
    endpoint = Endpoint(wire=Wire.OPENAI_CHAT, url="http://192.168.1.5:8000/v1")
    lan = causes(BLOCKED, Situation(endpoint=endpoint, url=endpoint.url, page=SITE))
    assert "https" in lan[0]
    local = causes(BLOCKED, situation("ollama"))
    assert all("https" not in cause for cause in local)


OWN_ENDPOINT = Endpoint(wire=Wire.OPENAI_CHAT, url="{url}")


def at_own(url: str) -> Situation:
    return Situation(endpoint=OWN_ENDPOINT, url=url, page=SITE)


@pytest.mark.parametrize(
    ("status", "body"),
    [
        (404, b'{"detail":"Not Found"}'),
        (404, b"404 page not found"),
        (404, b"<html><title>404 Not Found</title></html>"),
        (405, b'{"detail":"Method Not Allowed"}'),
        (404, b'{"error":{"code":404,"message":"File Not Found","type":"not_found_error"}}'),
        (404, b'{"error":{"message":"Invalid URL (POST /chat/completions)","type":"invalid_request_error"}}'),
        # LM Studio, with status 200
        (200, b'{"error":"Unexpected endpoint or method. (POST /chat/completions). Returning 200 anyway"}'),
        (200, b"<!doctype html><title>Open WebUI</title>"),
    ],
)
def test_a_server_that_has_nothing_there_may_lack_only_its_version(status: int, body: bytes) -> None:
    failed = failure(status, body)
    (advice,) = explain(failed, at_own("http://localhost:1234"))
    assert "Asked was http://localhost:1234. " in advice.fix
    assert "many servers have their API below /v1, which would be http://localhost:1234/v1" in advice.fix
    (advice,) = explain(failed, at_own("http://localhost:1234/v1"))
    assert "/v1/v1" not in advice.fix
    assert "ends before /chat/completions" in advice.fix
    assert ("web page" in advice.cause) == (b"<" in body)


def test_a_model_that_is_missing_is_no_address_that_is_wrong() -> None:
    body = b'{"error":{"message":"model \\"x\\" not found, try pulling it first","type":"api_error"}}'
    assert causes(failure(404, body), at_own("http://localhost:11434/v1")) == ["The server has no such model"]


def test_a_web_page_is_called_one_whatever_its_status() -> None:
    for status in (200, 404, 500, 502):
        failed = failure(status, b"\n<html><title>Sign in</title>")
        assert failed.message == "this address answered with a web page titled 'Sign in', not an API"
    assert failure(502, b"<html>").cause is Cause.SERVER


def test_a_key_that_was_not_given_is_asked_for() -> None:
    refused = failure(401, b'{"error": {"message": "Invalid API key"}}')
    own = "http://localhost:8000/v1"
    without = Situation(endpoint=OWN_ENDPOINT, url=own, page=SITE, keyed=False)
    assert causes(replace(refused, cause=Cause.NO_KEY), without) == ["No key went along"]
    assert causes(refused, at_own(own)) == ["The provider does not accept this key"]
    forbidden = failure(403, b"no")
    assert "without a key" in causes(forbidden, without)[0]
    assert causes(forbidden, at_own(own)) == ["The key is known, but it may not do this"]


def test_https_to_a_server_of_ones_own_is_suspected() -> None:
    assert any("http://" in a.fix for a in explain(BLOCKED, at_own("https://localhost:1234/v1")))
    assert not any("http://" in a.fix for a in explain(BLOCKED, at_own("http://localhost:1234/v1")))


def test_a_hint_of_the_row_goes_first() -> None:
    first = explain(Failed(cause=Cause.RATE, message="429", status=429), situation("azure"))[0]
    assert "quota of zero" in first.fix


def test_every_cause_a_reader_can_act_on_has_advice() -> None:
    silent = {Cause.STOPPED, Cause.REQUEST, Cause.STREAM}  # their message says all that is known
    for cause in Cause:
        advice = explain(Failed(cause=cause, message="x"), situation("openai"))
        assert bool(advice) == (cause not in silent), cause


@pytest.mark.parametrize(
    ("named", "part"),
    [
        ("temperature", "temperature"),
        ("max_completion_tokens", "max_tokens"),
        ("reasoning.effort", "effort"),
        ("generation_config.top_k", "top_k"),
        ("tools[0].function.strict", "tools"),
        ("response_format", "schema"),
        ("nonsense", ""),
        ("", ""),
    ],
)
def test_the_refused_part_is_known_by_the_providers_name_for_it(named: str, part: str) -> None:
    failed = Failed(cause=Cause.PARAMETER, message="no", status=400, parameter=named)
    assert part_refused(failed) == part
    assert not part or part in LABELS


def test_a_relays_configuration_allows_the_page_and_holds_no_key() -> None:
    text = relay_config(SITE, "some-model", "sambanova")
    assert f"LITELLM_CORS_ORIGINS={SITE}" in text
    assert "model: sambanova/some-model" in text
    assert "api_key" not in text


@pytest.mark.parametrize("body", [b"<html><title>502 Bad Gateway</title>", b"", b'{"detail":"no upstream"}'])
def test_of_a_proxy_without_its_server_the_address_is_right(body: bytes) -> None:
    failed = failure(502, body)
    own, of_openai = at_own("http://localhost:1234/v1"), situation("openai")
    assert [causes(failed, at) for at in (own, of_openai)] == [
        ["The server behind this address is down or still starting: a proxy answered for it"]
    ] * 2
    assert "Start that server" in explain(failed, own)[0].fix
    assert "status page" in explain(failed, of_openai)[0].fix
    assert faulty_field(failed, own) == ""


OWN = Endpoint(wire=Wire.OPENAI_CHAT, url="{url}", auth=(Auth.NONE,))
WEB_PAGE = "http://localhost:8080 answered with a web page, not an API"


@pytest.mark.parametrize(
    ("failed", "own", "of_azure", "of_openai"),
    [
        (Failed(cause=Cause.KEY, message="no", status=401), "key", "key", "key"),
        (Failed(cause=Cause.NO_KEY, message="no", status=401), "key", "key", "key"),
        (Failed(cause=Cause.PERMISSION, message="no", status=403), "key", "key", "key"),
        (Failed(cause=Cause.MODEL, message="no such model", status=404), "model", "model", "model"),
        (Failed(cause=Cause.MODEL, message="not found", status=404), "address", "model", "model"),
        (BLOCKED, "address", "address", ""),
        (Failed(cause=Cause.FOREIGN, message=WEB_PAGE, status=200), "address", "address", ""),
        (failure(401, b"<html><title>401 Authorization Required</title>"), "key", "key", "key"),
        (failure(403, b"<html><title>403 Forbidden</title>"), "key", "key", "key"),
        (failure(500, b"<html><title>500 Internal Server Error</title>"), "", "", ""),
        (Failed(cause=Cause.RATE, message="slower", status=429), "", "", ""),
    ],
)
def test_a_failure_names_the_field_to_look_at(
    failed: Failed, own: str, of_azure: str, of_openai: str
) -> None:
    """An address of which the reader wrote no part has no field."""
    here = Situation(endpoint=OWN, url="http://localhost:8080", page=SITE)
    places = (here, situation("azure"), situation("openai"))
    assert tuple(faulty_field(failed, at) for at in places) == (own, of_azure, of_openai)


@pytest.mark.parametrize("status", [401, 403])
def test_what_is_said_of_a_refusal_by_a_web_page_is_of_the_key_alone(status: int) -> None:
    failed = failure(status, b"<html><title>nginx</title>")
    here = Situation(endpoint=OWN, url="http://localhost:8080", page=SITE)
    told = " ".join([failed.message, *(f"{a.cause} {a.fix}" for a in explain(failed, here))])
    assert "key" in told
    assert not any(word in told for word in ("port", "path", "not an API"))


def test_no_field_is_to_blame_where_the_device_is_offline() -> None:
    assert faulty_field(BLOCKED, situation("azure", online=False)) == ""
