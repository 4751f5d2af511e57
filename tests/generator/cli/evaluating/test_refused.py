"""What `almanac evaluate` refuses: keys in what is sent or written, files and options that cannot be used."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.generator.cli.evaluating.asking import CHECK, PROMPT, cases_file, evaluate, url
from tests.site.playground.playing import Served, said

pytestmark = pytest.mark.usefixtures("among_few")


def test_no_key_is_in_output_file_or_error(tmp_path: Path) -> None:
    key = "sk-proj-Zx81kQpWv7Lm2RtY9bNc"

    def answer(body: Any, handler: Any) -> None:
        text = body["messages"][-1]["content"]
        if "Peru" in text:
            error = {"error": {"message": f"bad {handler.headers['authorization']}"}}
            handler.send_response(400)
            handler.end_headers()
            handler.wfile.write(json.dumps(error).encode())
            return
        spelled = " ".join(key) if "Japan" in text else key
        said(handler, {"content": f"Lima {spelled} and {key.encode().hex()} {key[:14]}"})

    server = Served(answer)
    junit = tmp_path / "j.xml"
    ended = evaluate(
        cases_file(tmp_path),
        *PROMPT,
        *CHECK,
        "--model",
        "own/x",
        *url(server),
        "--junit",
        junit,
        ALMANAC_KEY=key,
    )
    assert server.seen[0][1]["authorization"] == f"Bearer {key}"
    written = (tmp_path / "cases.results.json").read_text()
    for text in (ended.out, ended.err, written, junit.read_text()):
        for piece in (key, key[8:20], " ".join(key), key.encode().hex()):
            assert piece not in text
    assert "[key]" in written
    server.close()


def test_a_key_in_the_cases_is_sent_to_nobody(server: Served, tmp_path: Path) -> None:
    key = "sk-proj-Zx81kQpWv7Lm2RtY9bNc"
    file = cases_file(tmp_path, f"country,capital\nPeru {key},Lima\n")
    command = (file, *PROMPT, *CHECK, "--model", "own/good", *url(server))
    mine = evaluate(*command, "--allow-keys", ALMANAC_KEY=key)
    assert (mine.status, len(server.seen)) == (2, 0)
    assert "holds a key of yours" in mine.err
    assert key not in mine.err
    other = evaluate(*command)
    assert (other.status, len(server.seen)) == (2, 0)
    assert "--allow-keys" in other.err
    assert evaluate(*command, "--allow-keys").status == 0


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        ((), "no model is named; add --model"),
        (("--model", "own/x"), "--url http://localhost:8000/v1"),
        (("--model", "nobody/x"), "'nobody' is no provider that can be called"),
        (("--model", "openai/gpt-6.1-sol"), "OPENAI_API_KEY"),
        (("--model", "own/x", "--check", "is=x"), "the check 'is' is not known; known are contains"),
        (("--model", "own/x", "--check", 'field={"x": 1}'), "field has no 'x'; it has path"),
        (("--model", "own/x", "--check", "pattern=("), "cannot be used"),
        (
            ("--model", "own/x", "--prompt", "{{city}}"),
            "and case “1” has no column of that name (it has",
        ),
        (("--model", "own/x", "--budget", "much"), "the budget is 'much'; write US dollars"),
        (("--model", "own/x", "--fail-under", "0.5"), "there are none; add --check"),
        (("--model", "own/x", "--fail-under", "2"), "is no share; write 0.9 or 90%"),
        (("--model", "own/x", "--set", "resource"), "write NAME=VALUE"),
        (("--model", "own/x", "--set", "foo=bar"), "--set foo: no address of these models has such a part"),
        (("--model", "own/x", "--effort", "most"), "'most' is not one of 'none', 'minimal', 'low'"),
        (("--model", "own/x", "--check", 'contains={"value":'), "begins as JSON and is none"),
    ],
)
def test_what_is_wrong_is_named_with_the_next_step(
    arguments: tuple[str, ...], told: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("OPENAI_API_KEY", raising=False)
    address = () if arguments == ("--model", "own/x") else ("--url", "http://127.0.0.1:9/v1")
    prompt = () if "--prompt" in arguments else PROMPT
    ended = evaluate(cases_file(tmp_path), *prompt, *arguments, *address)
    assert ended.status == 2
    assert told in ended.err
    assert not (tmp_path / "cases.results.json").exists()


@pytest.mark.parametrize("key", ["sk-one\nsk-two", "sk-caf\u00e9-0123456789"])
def test_a_key_that_no_header_can_hold_is_refused(key: str, server: Served, tmp_path: Path) -> None:
    asked = (cases_file(tmp_path), *PROMPT, "--model", "own/x", *url(server))
    ended = evaluate(*asked, ALMANAC_KEY=key)
    assert (ended.status, server.seen) == (2, [])
    assert "ALMANAC_KEY has a character that no key has" in ended.err
    assert "sk-" not in ended.err


def test_a_key_in_the_name_of_a_model_or_a_file_is_refused(server: Served, tmp_path: Path) -> None:
    key = "sk-proj-Zx81kQpWv7Lm2RtY9bNc"
    plain = cases_file(tmp_path)
    for file, model in ((plain, f"own/{key}"), (cases_file(tmp_path, name=f"{key}.csv"), "own/x")):
        ended = evaluate(file, *PROMPT, "--model", model, *url(server), ALMANAC_KEY=key)
        assert (ended.status, server.seen) == (2, [])
        assert "holds a key of yours" in ended.err
        assert key not in ended.err


def test_a_server_that_sends_elsewhere_is_told_with_the_place(tmp_path: Path) -> None:
    def move(body: Any, handler: Any) -> None:
        handler.send_response(301)
        handler.send_header("location", "https://elsewhere.example/v1/chat/completions")
        handler.end_headers()

    server = Served(move)
    ended = evaluate(cases_file(tmp_path), *PROMPT, "--model", "own/x", *url(server))
    assert ended.status == 4
    assert "sends on to https://elsewhere.example/v1/chat/completions, where no key follows" in ended.out
    server.close()


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"", "there is nothing in it"),
        (b"a,b\n\xff\xfe,1\n", "is no UTF-8 text"),
        (b"\x89PNG\r\n\0\0", "is no UTF-8 text"),
        (b'{"almanac_results":7}', "almanac_results is 7"),
        (b'{"almanac_results":1,"models":["a"],"evaluation":3,"results":[]}', "cannot be read as results"),
        (b'{"almanac_results":1,"models":["a"],"seconds":NaN}', "line 1, column 47 has NaN"),
        (b'{"almanac_results":1,"models":["a"],\n"evaluation":{"a":1e400}}', "line 2, column 19 has 1e400"),
    ],
)
def test_a_file_that_holds_no_cases_is_named(content: bytes, told: str, tmp_path: Path) -> None:
    file = tmp_path / "cases.csv"
    file.write_bytes(content)
    ended = evaluate(file, *PROMPT, "--model", "own/x", "--url", "http://127.0.0.1:9/v1")
    assert ended.status == 2
    assert str(file) in ended.err
    assert told in ended.err


def test_a_results_file_that_is_something_else_stays(tmp_path: Path) -> None:
    other = tmp_path / "notes.txt"
    other.write_text("mine")
    ended = evaluate(
        *(cases_file(tmp_path), *PROMPT, "--model", "own/x", "--url", "http://127.0.0.1:9/v1"),
        *("--results", other),
    )
    assert ended.status == 2
    assert "cannot be read as results" in ended.err
    assert other.read_text() == "mine"
