"""A chat and a run as JSON, Markdown and CSV: back as they were, with no key, and nothing that runs."""

from __future__ import annotations

import csv
import io
import json
from contextlib import suppress
from dataclasses import fields
from pathlib import Path
from typing import Any

import jsonschema_rs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from playground.catalog import Effort
from playground.chat.chat import Chat, Echo, Image, Message, Role, Schema, Text, Tool, ToolCall, ToolResult
from playground.chat.chat_json import chat_from_json, chat_to_json, tool_from_json
from playground.errors import RequestError
from playground.run.export import as_csv, as_json, as_markdown, key_shapes, run_from_export

TEXT = st.text(max_size=30)
PARTS = st.one_of(
    st.builds(Text, text=TEXT),
    st.builds(Image, media_type=st.sampled_from(["image/png", "image/webp"]), data=st.binary(max_size=30)),
    st.builds(ToolCall, id=TEXT, name=TEXT, arguments=TEXT.filter(bool)),
    st.builds(ToolResult, call_id=TEXT, name=TEXT, text=TEXT),
    st.builds(Echo, wire=TEXT, giver=TEXT, value=st.dictionaries(TEXT, st.integers() | TEXT, max_size=3)),
)
CHATS = st.builds(
    Chat,
    messages=st.lists(
        st.builds(Message, role=st.sampled_from(Role), parts=st.lists(PARTS, max_size=3).map(tuple)),
        min_size=1,
        max_size=3,
    ).map(tuple),
    system=TEXT,
    tools=st.lists(st.builds(Tool, name=TEXT.filter(bool), description=TEXT), max_size=2).map(tuple),
    schema=st.none() | st.builds(Schema, name=TEXT.filter(bool), schema=st.just({"type": "object"})),
    effort=st.none() | st.sampled_from(Effort),
    max_tokens=st.none() | st.integers(1, 10**6),
    temperature=st.none() | st.floats(0, 2),
    stop=st.lists(TEXT, max_size=2).map(tuple),
)


@given(CHATS)
def test_a_chat_comes_back_as_it_was(chat: Chat) -> None:
    assert chat_from_json(json.loads(json.dumps(chat_to_json(chat)))) == chat


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | TEXT,
        lambda inner: (
            st.lists(inner, max_size=3)
            | st.dictionaries(
                st.sampled_from([f.name for f in fields(Chat)] + ["role", "parts", "type"]), inner
            )
        ),
    )
)
def test_any_json_is_a_chat_or_a_named_error(value: Any) -> None:
    with suppress(RequestError):
        chat_from_json(value)


def test_a_tool_may_be_written_as_vendors_document_it() -> None:
    parameters = {"type": "object", "properties": {}}
    plain = tool_from_json({"name": "a", "parameters": parameters})
    assert tool_from_json({"type": "function", "function": {"name": "a", "parameters": parameters}}) == plain
    assert tool_from_json({"name": "a", "input_schema": parameters}) == plain


def record(reply: str = "Hello", prompt: str = "Hi") -> dict[str, Any]:
    figure = {"value": 1.5, "known": "computed", "note": ""}
    return {
        "made": "2026-11-24T00:00:00Z",
        "chat": {"messages": [{"role": "user", "parts": [{"type": "text", "text": prompt}]}]},
        "panes": [
            {
                "row": "openai",
                "provider": "OpenAI",
                "model": "m",
                "answer": reply,
                "end": "stop",
                "metrics": {"seconds": figure},
                "key": {"secret": "never"},
            }
        ],
    }


def test_an_export_comes_back_and_drops_what_it_does_not_know() -> None:
    text = as_json(record())
    assert "never" not in text
    back = run_from_export(text)
    assert back["panes"][0]["answer"] == "Hello"
    assert back["chat"] == record()["chat"]


@pytest.mark.parametrize(
    "key",
    [
        "sk-proj-abcdefghijklmnop1234",
        "sk-ant-api03-abcdefghijklmnop",
        "AIzaSyA1234567890abcdefghijklmnopqrstuvw",
        "AKIAIOSFODNN7EXAMPLE",
        "gsk_abcdefghijklmnopqrstuvwx",
        "hf_abcdefghijklmnopqrstuvwxyz",
        "xai-abcdefghijklmnopqrstuvwx",
        "0123456789abcdef0123456789abcdef",
        "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0In0.abcdefghijkl",
    ],
)
@pytest.mark.parametrize("export", [as_json, as_markdown, as_csv])
def test_what_looks_like_a_key_stops_every_export(export: Any, key: str) -> None:
    assert key_shapes(key)
    for bad in (record(reply=f"use {key} please"), record(prompt=f"my key is {key}")):
        if export is as_csv and key in bad["chat"]["messages"][0]["parts"][0]["text"]:
            assert key not in export(bad)  # a table holds no prompt
            continue
        with pytest.raises(RequestError, match="looks like a key") as error:
            export(bad)
        assert key not in str(error.value)


def test_a_cell_is_no_formula_and_a_fence_cannot_be_closed() -> None:
    rows = list(csv.DictReader(io.StringIO(as_csv(record(reply="=HYPERLINK(1)")))))
    assert rows[0]["answer"] == "'=HYPERLINK(1)"
    text = as_markdown(record(reply="```\n# Not a heading\n````"))
    assert "`````text\n```" in text


@pytest.mark.parametrize(
    ("text", "message"),
    [("{", "no JSON"), ("[]", "no run of version"), ('{"almanac_run": 2}', "no run of version")],
)
def test_another_file_is_refused_by_name(text: str, message: str) -> None:
    with pytest.raises(RequestError, match=message):
        run_from_export(text)
    with pytest.raises(RequestError, match="panes"):
        run_from_export('{"almanac_run": 1, "panes": [1]}')


@given(CHATS)
def test_an_export_is_of_its_schema(chat: Chat) -> None:
    schema = json.loads(Path("docs/playground/run.schema.json").read_text())
    exported = json.loads(as_json({**record(), "chat": chat_to_json(chat)}))
    jsonschema_rs.validate(schema, exported)


def test_the_schema_refuses_what_is_no_run() -> None:
    schema = json.loads(Path("docs/playground/run.schema.json").read_text())
    exported = json.loads(as_json(record()))
    for broken in ({"almanac_run": 2}, {"panes": [{}]}, {"chat": {}}, {"key": "x"}):
        assert not jsonschema_rs.is_valid(schema, exported | broken), broken
