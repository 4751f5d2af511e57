"""`almanac compare`: several models in the terminal, figures as on the page, keys from the environment."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from pytest_httpserver import HTTPServer

from generator.cli import cli
from generator.errors import EditError, SetupError
from tests import running
from tests.listening import listening

pytestmark = pytest.mark.usefixtures("among_few")


@pytest.fixture(scope="module")
def llmock() -> Iterator[str]:
    program = str(Path(sys.executable).with_name("llmock"))
    with listening(lambda port: [program, "serve", "--port", str(port), "--host", "127.0.0.1"]) as origin:
        yield origin


def compare(*arguments: str, text: str = "", **env: str) -> Result:
    # A loop of the tests' own may run in this thread.
    return running.run_sync(lambda: CliRunner(env=env).invoke(cli, ["compare", *arguments], input=text))


def test_an_own_server_is_asked_by_the_api_that_is_named(httpserver: HTTPServer) -> None:
    message = {"role": "assistant", "content": "Yes."}
    answer = {"model": "a", "message": message, "done": True, "done_reason": "stop"}
    httpserver.expect_request("/api/chat").respond_with_json(answer)
    result = compare("Hi", "--model", "own.3/a", "--url", httpserver.url_for("/v1"), "--json")
    assert result.exit_code == 0, result.output
    assert json.loads(result.stdout)["results"][0]["answer"] == "Yes."


def test_two_models_answer_and_the_figures_are_those_of_the_page(llmock: str) -> None:
    result = compare("Hi", "--model", "own/a", "--model", "own/b", "--url", f"{llmock}/v1", "--json")
    assert result.exit_code == 0, result.output
    report = json.loads(result.stdout)
    assert [row["model"] for row in report["results"]] == ["own/a", "own/b"]
    for row in report["results"]:
        assert row["answer"]
        assert row["end"]["type"] == "Finished"
        assert row["metrics"]["output"]["known"] == "reported"


def test_the_prompt_may_come_from_standard_input(llmock: str) -> None:
    result = compare("-", "--model", "own/a", "--url", f"{llmock}/v1", text="From a pipe")
    assert result.exit_code == 0
    assert "## own/a" in result.stdout
    assert "Side by side" in result.stdout


def test_a_model_that_fails_is_explained_and_ends_with_one(httpserver: HTTPServer) -> None:
    error = {"error": {"message": "Incorrect API key", "code": "invalid_api_key"}}
    httpserver.expect_request("/v1/chat/completions").respond_with_json(error, status=401)
    result = compare(
        "Hi", "--model", "own/a", "--url", httpserver.url_for("/v1"), ALMANAC_KEY="sk-secret-value"
    )
    assert result.exit_code == 1
    assert "does not accept this key" in result.stdout
    assert "sk-secret-value" not in result.output
    assert httpserver.log[0][0].headers["authorization"] == "Bearer sk-secret-value"


def test_a_parameter_the_model_does_not_take_is_left_out_and_said(
    httpserver: HTTPServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ANTHROPIC_API_KEY", "sk-x")
    result = compare(
        "Hi",
        "--model",
        "anthropic/claude-opus-5",
        "--temperature",
        "0.5",
        "--json",
        HTTPS_PROXY="http://127.0.0.1:9",
    )
    row = json.loads(result.stdout)["results"][0]
    assert row["left_out"] == {"temperature": "the provider refuses it here"}
    assert row["end"]["cause"] == "unreachable"


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--model", "GPT 6.1 Sol"], "openai/gpt-6.1-sol needs a key"),
        (["--model", "openai/GPT 6.1 Sol"], "OPENAI_API_KEY"),
        (["--model", "nobody/x"], "'nobody' is no provider that can be called"),
        (["--model", "own/x"], "--url http://localhost:8000/v1"),
        (["--model", "own.3/x"], "--url http://localhost:11434"),
        (["--model", "own.9/x"], "own.2 (Anthropic Messages)"),
        (["--model", "openai/gpt-6.1-sol"], "set the environment variable OPENAI_API_KEY"),
        (["--model", "azure/gpt-5"], "Resource name is missing"),
        (["--model", "azure.9/gpt-5"], "names no address of Microsoft Foundry"),
        (["--model", "own/x", "--url", "ftp://x"], "is no web address"),
    ],
)
def test_what_is_missing_is_named(
    arguments: list[str], message: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("OPENAI_API_KEY", raising=False)
    result = compare("Hi", *arguments)
    assert isinstance(result.exception, SetupError)
    assert message in str(result.exception)


def test_a_name_of_several_models_or_none_is_no_request() -> None:
    for name, message in (("gpt-6.1", "may be several models"), ("gpt-6.1-soll", "  openai/gpt-6.1-sol")):
        result = compare("Hi", "--model", name)
        assert isinstance(result.exception, EditError)
        assert message in str(result.exception)


def test_wrong_files_and_parts_are_named(tmp_path: Path) -> None:
    file = tmp_path / "schema.json"
    file.write_text("{")
    for arguments in (["--schema", str(file)], ["--image", str(file)], ["--set", "resource"]):
        result = compare("Hi", "--model", "own/x", "--url", "http://127.0.0.1:9/v1", *arguments)
        assert result.exit_code == 2, arguments
        assert "Traceback" not in result.output


def test_a_failure_has_a_cause_and_no_column_and_one_run_no_best(llmock: str, httpserver: HTTPServer) -> None:
    httpserver.expect_request("/v1/chat/completions").respond_with_json(
        {"error": {"message": "no such model"}}, status=404
    )
    bad = compare("Hi", "--model", "own/a", "--url", httpserver.url_for("/v1"))
    assert "failed (model not found): no such model" in bad.stdout
    assert "not reported" not in bad.stdout
    good = compare("Hi", "--model", "own/a", "--model", "own/b", "--url", f"{llmock}/v1", COLUMNS="200")
    assert "1st of 2" in good.stdout
    assert "five runs" in good.stdout
    assert "fastest" not in good.stdout


def test_several_runs_are_told_by_their_medians(llmock: str) -> None:
    pair = ("--model", "own/a", "--model", "own/b", "--url", f"{llmock}/v1", "--runs", "2")
    assert "median of 2" in compare("Hi", *pair, COLUMNS="200").stdout
    report = json.loads(compare("Hi", *pair, "--json").stdout)
    assert [row["model"] for row in report["results"]] == ["own/a", "own/b"] * 2
    assert len(report["catalog"]) == 64
    for row in report["results"]:
        assert row["request"]["body"]["messages"][-1]["content"] == "Hi"
        assert row["response"]["id"]
