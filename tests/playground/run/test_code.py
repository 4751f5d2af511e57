"""Get code: what is shown runs by itself and sends exactly this request, with no key in its text."""

from __future__ import annotations

import ast
import io
import json
import os
import re
import shutil
import subprocess
import sys
import tokenize
from collections.abc import AsyncGenerator, Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pytest_httpserver import HTTPServer

from generator.fetch.by_npm import node
from playground.catalog import Effort
from playground.catalog.endpoints import Auth, Endpoint, Wire
from playground.chat.adapters import ADAPTERS
from playground.chat.adapters.request import Request
from playground.chat.chat import Chat, Image, Schema, Tool, user
from playground.chat.events import Event, Finished, Reason
from playground.chat.target import ApiKey, Target
from playground.run.code.forms import FORMS, code, codes
from playground.run.code.literal import literal
from playground.run.code.printed import unstreamed
from playground.run.explain import Situation
from playground.run.probe import probe
from playground.run.run import Run
from tests import running
from tests.catalogs import providers
from tests.listening import listening
from tests.patience import PATIENCE_S
from tests.playground.chat.asking import HTTP, target
from tests.rounds import sampled

#: U+2028 and a quote are what careless readers of a stream cut at.
REPLY = 'Streaming works: “ünïcode” \u2028 and 日本語 and 🙂, said "done": true.'
#: The same for a reader that does: Ollama's own SDK.
PLAIN = REPLY.replace("\u2028", "")
QUOTES = 'It\'s "quoted" — $HOME `x` \\n {curly} ünï\nsecond line'
PNG = b"\x89PNG\r\n\x1a\n0000"


def whole(wire: Wire) -> Chat:
    """Everything that the wire takes, with what shells and languages trip over."""
    tool = Tool(name="weather", description=QUOTES, parameters={"type": "object", "properties": {}})
    parts: dict[str, Any] = {
        "tools": (tool,),
        "schema": Schema(name="answer", schema={"type": "object", "properties": {}, "required": []}),
        "effort": Effort.HIGH,
        "max_tokens": 50,
        "stop": ("END",),
        "seed": 7,
    }
    taken = {n: v for n, v in parts.items() if n in ADAPTERS[wire].takes}
    return Chat(messages=(user(QUOTES, Image(media_type="image/png", data=PNG)),), system=QUOTES, **taken)


def nested(some: st.SearchStrategy[object]) -> st.SearchStrategy[object]:
    """Lists, tuples and objects of these values."""
    return st.lists(some) | st.tuples(some) | st.dictionaries(st.text(), some)


def run(form: str, text: str, folder: Path, env: dict[str, str]) -> subprocess.CompletedProcess[str]:
    name = {"curl": "ask.sh", "javascript": "ask.mjs"}.get(form, "ask.py")
    (folder / name).write_text(text)
    command = {"curl": ["sh"], "javascript": node()}.get(form, [sys.executable])
    unproxied = {n: v for n, v in os.environ.items() if not re.search("proxy", n, re.I)}
    return subprocess.run(
        [*command, name],
        cwd=folder,
        env=unproxied | env,
        capture_output=True,
        text=True,
        check=False,
        timeout=PATIENCE_S,
    )


@sampled(8)
@pytest.mark.parametrize("wire", HTTP)
@pytest.mark.parametrize("form", FORMS)
def test_the_code_sends_exactly_this_request(
    httpserver: HTTPServer, tmp_path: Path, form: str, wire: Wire
) -> None:
    if form == "curl" and not shutil.which("curl"):
        pytest.skip("curl is not installed")
    if form == "python-sdk" and wire == Wire.BEDROCK_CONVERSE:
        pytest.skip("boto3 sends bearer keys over HTTPS only; its body is compared in test_requests.py")
    is_whole = form == "curl" or (form != "python-sdk" and wire == Wire.BEDROCK_CONVERSE)
    empty = '{"output": {"message": {"content": []}}}' if is_whole else ""
    httpserver.expect_request(re.compile(".*")).respond_with_data(empty, content_type="text/event-stream")
    row = next(e for p in providers().values() for e in p.endpoints if e.wire == wire and not e.only)
    origin = httpserver.url_for("").rstrip("/")
    base = origin + re.sub(r"^https?://[^/]+", "", row.url)
    key = ApiKey(origin=origin, auth=Auth.BEARER, secret="sk-never-in-code")
    target = Target(endpoint=row, model="m", key=key, base_url=base, places={"resource": "r"})
    chat = whole(wire)
    text = code(form, chat, target)
    assert "sk-never" not in text
    done = run(form, text, tmp_path, {row.key_env or "API_KEY": "sk-from-env"})
    assert done.returncode == 0 or not done.stderr, done.stderr
    (asked, _) = httpserver.log[0]
    expected = ADAPTERS[wire].build_request(chat, target)
    if is_whole:
        expected = unstreamed(expected, wire)
        assert not re.search("stream", expected.url, re.I)
    assert asked.url == expected.url
    body = json.loads(json.dumps(expected.body))
    sent = asked.get_json()
    if form != "python-sdk" or wire != Wire.GEMINI:
        assert sent == body
    assert any("sk-from-env" in value for _, value in asked.headers)


@pytest.fixture(scope="module")
def aimock(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The npm package aimock: every wire by other hands, streamed and whole."""
    folder = tmp_path_factory.mktemp("fixtures")
    texts = {"works": REPLY, "plain": PLAIN}
    fixtures = [{"match": {"userMessage": m}, "response": {"content": c}} for m, c in texts.items()]
    (folder / "all.json").write_text(json.dumps({"fixtures": fixtures}))
    script = "tests/servers/node_modules/.bin/llmock"
    with listening(lambda port: [*node(), script, "-p", str(port), "-f", str(folder)]) as origin:
        yield origin


@sampled(8)
@pytest.mark.parametrize("wire", HTTP)
@pytest.mark.parametrize("form", FORMS)
def test_the_code_prints_the_text_of_the_answer_and_nothing_else(
    aimock: str, tmp_path: Path, form: str, wire: Wire
) -> None:
    if form == "python-sdk" and wire == Wire.BEDROCK_CONVERSE:
        pytest.skip("boto3 sends bearer keys over HTTPS only")
    if form == "curl" and not (shutil.which("curl") and shutil.which("jq")):
        pytest.skip("curl or jq is not installed")
    to = target(wire, aimock)
    reply = PLAIN if (form, wire) == ("python-sdk", Wire.OLLAMA) else REPLY
    asked = "Say it plain" if reply == PLAIN else "Say that it works"
    text = code(form, Chat(messages=(user(asked),)), to)
    if form == "curl":
        whole = run(form, text, tmp_path, {to.endpoint.key_env or "API_KEY": "sk-from-env"})
        assert isinstance(json.loads(whole.stdout), dict)  # as the code says, and the page beside it
        assert reply in whole.stdout or json.dumps(reply, ensure_ascii=False)[1:-1] in whole.stdout
        assert "Prints the API's whole answer, as JSON." in text
        only = re.search(r"^# ([|] jq .*)", text, re.M)
        assert only
        text = f"{text.rstrip()} {only[1]}\n"
    done = run(form, text, tmp_path, {to.endpoint.key_env or "API_KEY": "sk-from-env"})
    assert done.stdout == f"{reply}\n", done.stderr
    assert done.returncode == 0


@sampled(4)
@pytest.mark.parametrize("wire", HTTP)
@pytest.mark.parametrize("form", ["python", "javascript"])
def test_code_that_is_refused_says_why_and_fails(
    httpserver: HTTPServer, tmp_path: Path, form: str, wire: Wire
) -> None:
    httpserver.expect_request(re.compile(".*")).respond_with_json({"error": "no such key"}, status=401)
    to = target(wire, httpserver.url_for("").rstrip("/"))
    text = code(form, Chat(messages=(user("Hi"),)), to)
    done = run(form, text, tmp_path, {to.endpoint.key_env or "API_KEY": "sk-wrong"})
    assert (done.returncode, done.stdout) == (1, "")
    assert "Status 401" in done.stderr
    assert "no such key" in done.stderr


@pytest.mark.parametrize("form", ["python", "javascript"])
def test_code_stops_at_an_error_amid_the_stream(httpserver: HTTPServer, tmp_path: Path, form: str) -> None:
    lines = ['{"choices": [{"delta": {"content": "Half"}}]}', '{"error": {"message": "overloaded"}}']
    stream = "".join(f"data: {line}\r\n\r\n" for line in lines)
    httpserver.expect_request(re.compile(".*")).respond_with_data(stream, content_type="text/event-stream")
    to = target(Wire.OPENAI_CHAT, httpserver.url_for("").rstrip("/"))
    done = run(form, code(form, Chat(messages=(user("Hi"),)), to), tmp_path, {to.endpoint.key_env: "sk-x"})
    assert (done.returncode, done.stdout) == (1, "Half")
    assert "overloaded" in done.stderr


def test_a_model_of_the_browser_has_code_for_its_console_and_one_of_the_page_none(tmp_path: Path) -> None:
    def made(url: str) -> dict[str, str]:
        own = Endpoint(wire=Wire.LANGUAGE_MODEL, url=url, auth=(Auth.NONE,))
        chat = Chat(messages=(user("Hi"),), system="Be brief.")
        return codes(chat, Target(endpoint=own, model="m"))

    assert made("page:smollm2") == {}
    (text,) = made("page:language-model").values()
    browser = """\
globalThis.LanguageModel = { create: async (options) => ({
  prompt: async (prompt, constraint) => JSON.stringify([options, prompt, constraint]),
  destroy() {},
}) };
"""
    done = run("javascript", browser + text, tmp_path, {})
    asked = {"role": "user", "content": [{"type": "text", "value": "Hi"}]}
    first = {"role": "system", "content": [{"type": "text", "value": "Be brief."}]}
    assert json.loads(done.stdout) == [{"initialPrompts": [first]}, [asked], {}]


@pytest.mark.parametrize("wire", HTTP)
@pytest.mark.parametrize("form", FORMS)
def test_code_reads_a_key_where_one_is_given_or_wanted(form: str, wire: Wire) -> None:
    """A server of the reader's own wants a key or none, and a reader may sign in by the second method."""
    url = "https://own.test/v1"
    open_door = Endpoint(wire=wire, url=url, auth=(Auth.NONE,))
    azure = Endpoint(wire=wire, url=url, auth=(Auth.API_KEY, Auth.BEARER), key_env="THEIR_KEY")
    chat = Chat(messages=(user("Hi"),))

    def text(endpoint: Endpoint, auth: Auth | None = None) -> str:
        key = ApiKey(origin="https://own.test", auth=auth, secret="sk-never-in-code") if auth else None
        return code(form, chat, Target(endpoint=endpoint, model="m", key=key))

    keyless, keyed = text(open_door), text(open_door, Auth.NONE)
    assert not re.search("API_KEY|Bearer|environ|process.env", keyless)
    assert "API_KEY" in keyed
    assert "THEIR_KEY" in text(azure)
    assert "THEIR_KEY" in text(azure, Auth.BEARER)
    assert "sk-never" not in keyed + text(azure, Auth.BEARER)
    if form != "python-sdk":
        assert re.search("authorization.*Bearer", keyed)
        assert re.search("authorization.*Bearer", text(azure, Auth.BEARER))
        assert "api-key" in text(azure)


@sampled(4)
@pytest.mark.parametrize("wire", HTTP)
@pytest.mark.parametrize("form", FORMS)
def test_code_without_its_key_names_the_variable_in_one_line(tmp_path: Path, form: str, wire: Wire) -> None:
    own = Endpoint(wire=wire, url="http://127.0.0.1:9/v1", auth=(Auth.BEARER,), key_env="THEIR_KEY")
    text = code(form, Chat(messages=(user("Hi"),)), Target(endpoint=own, model="m"))
    done = run(form, text, tmp_path, {})
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == "Set THEIR_KEY to your key, then run this again.\n"
    assert form == "curl" or re.search(r"save as ask\.(mjs|py), then run: (node|python) ask", text)
    first = next(line for line in text.splitlines() if "export" in line)
    assert first.endswith('First set your key: export THEIR_KEY=…  (PowerShell: $env:THEIR_KEY = "…")')


@pytest.mark.parametrize("wire", HTTP)
@pytest.mark.parametrize("form", ["python", "python-sdk"])
def test_python_writes_every_text_in_double_quotes(form: str, wire: Wire) -> None:
    own = Endpoint(wire=wire, url="https://own.test/v1", auth=(Auth.BEARER,), key_env="THEIR_KEY")
    text = code(form, whole(wire), Target(endpoint=own, model="m", places={"region": "eu-west-1"}))
    marks = (tokenize.STRING, tokenize.FSTRING_START)
    for token in tokenize.generate_tokens(io.StringIO(text).readline):
        assert token.type not in marks or token.string.lstrip("bf")[0] == '"', token.line


@given(st.recursive(st.none() | st.booleans() | st.integers() | st.text(), nested, max_leaves=8))
def test_a_value_is_read_again_as_it_was(value: object) -> None:
    assert ast.literal_eval(literal(value)) == value


def test_curl_shows_no_progress_and_does_not_ask_without_the_key() -> None:
    own = Endpoint(
        wire=Wire.OPENAI_CHAT, url="http://127.0.0.1:9/v1", auth=(Auth.BEARER,), key_env="THEIR_KEY"
    )
    *_, check, command, _, _, _ = code(
        "curl", Chat(messages=(user("Hi"),)), Target(endpoint=own, model="m")
    ).splitlines()
    assert check.endswith("(exit 2); } &&")
    assert command.startswith("curl -sS --fail-with-body ")


@sampled(6)
@pytest.mark.parametrize("wire", [wire for wire in HTTP if wire != Wire.BEDROCK_CONVERSE])
@pytest.mark.parametrize("form", FORMS)
def test_code_for_a_server_of_ones_own_sends_its_key(
    httpserver: HTTPServer, tmp_path: Path, form: str, wire: Wire
) -> None:
    if form == "curl" and not shutil.which("curl"):
        pytest.skip("curl is not installed")
    httpserver.expect_request(re.compile(".*")).respond_with_data("", content_type="text/event-stream")
    origin = httpserver.url_for("").rstrip("/")
    own = Endpoint(wire=wire, url=f"{origin}/v1", auth=(Auth.NONE,))
    key = ApiKey(origin=origin, auth=Auth.NONE, secret="")
    run(
        form,
        code(form, Chat(messages=(user("Hi"),)), Target(endpoint=own, model="m", key=key)),
        tmp_path,
        {"API_KEY": "sk-from-env"},
    )
    (asked, _) = httpserver.log[0]
    assert asked.headers["authorization"] == "Bearer sk-from-env"


@pytest.mark.parametrize("form", FORMS)
def test_a_key_in_the_address_itself_is_in_no_code_and_no_report_of_a_test(form: str) -> None:
    """github.com/valentinfrlch/ha-llmvision/issues/334"""
    endpoint = Endpoint(wire=Wire.OPENAI_CHAT, url="{url}", auth=(Auth.NONE,))
    target = Target(endpoint=endpoint, model="m", base_url="https://own.test/v1?api_key=q7Zp2Kx9Lm4R")
    assert "q7Zp2Kx9Lm4R" not in code(form, Chat(messages=(user("Hi"),)), target)

    async def send(request: Request, wire: Wire) -> AsyncGenerator[Event]:
        yield Finished(reason=Reason.STOP)

    async def reach(url: str) -> bool:
        return True

    async def get(url: str, headers: Mapping[str, str]) -> tuple[int, str]:
        return 404, ""

    async def steps() -> list[str]:
        here = Situation(endpoint=endpoint, url=target.url)
        asked = Run(chat=Chat(messages=(user("Hi"),)), target=target, price=None, situation=here)
        return [step.seen async for step in probe(asked, send, reach, get)]

    seen = running.run(steps())
    assert "own.test" in seen[0]
    assert not any("q7Zp2Kx9Lm4R" in text for text in seen)
