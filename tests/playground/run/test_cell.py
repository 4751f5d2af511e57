"""What a cell's `compare` asks: schema, tools, images and variables as the page's form sends them."""

from __future__ import annotations

import asyncio
import base64
import json
from collections.abc import Mapping, Sequence
from typing import Any

import pytest

from playground.catalog import Effort
from playground.chat.chat import Chat, Image, Schema, Text, Tool, user
from playground.errors import RequestError
from playground.run.cell.asked import PARAMETERS
from playground.run.cell.cell import Cell, Result

SCHEMA = {"type": "object", "properties": {"city": {"type": "string"}}}
WEATHER = {"name": "weather", "description": "Now", "parameters": SCHEMA}
#: The smallest files of each kind begin like these.
PICTURES = {
    "image/png": b"\x89PNG\r\n\x1a\n0",
    "image/jpeg": b"\xff\xd8\xff\xe0",
    "image/gif": b"GIF89a1",
    "image/webp": b"RIFF\x01\x02\x03\x04WEBPVP8 ",
}
PNG = Image(media_type="image/png", data=PICTURES["image/png"])


def compared(
    prompt: str = "Hi",
    *,
    page_images: Sequence[Image] = (),
    left: Mapping[str, str] | None = None,
    **given: Any,
) -> tuple[Chat, Result, str]:
    """What a model is asked by `compare`, the result, and what the table prints."""
    chats: list[Chat] = []
    printed: list[str] = []

    async def ask(_: str, chat: Chat) -> Mapping[str, Any]:
        chats.append(chat)
        return {"refused": "not asked in this test", "left": left or {}}

    cell = Cell(["own/one"], ask, printed.append, page_images)
    (result,) = asyncio.run(cell.compare(prompt, **given))
    cell.table([result])
    return chats[0], result, "".join(printed)


def asked(prompt: str = "Hi", **given: Any) -> Chat:
    return compared(prompt, **given)[0]


def test_all_that_the_form_takes_reaches_the_chat() -> None:
    assert asked(
        "Where is {{city}}?",
        system="Speak {{ language }}.",
        variables={"city": "Oslo", "language": "Norwegian"},
        images=[PNG],
        schema=SCHEMA,
        tools=[WEATHER],
        temperature=0.5,
        max_tokens=9,
        effort="low",
        stop="END",
    ) == Chat(
        messages=(user("Where is Oslo?", PNG),),
        system="Speak Norwegian.",
        schema=Schema(name="answer", schema=SCHEMA),
        tools=(Tool(name="weather", description="Now", parameters=SCHEMA),),
        temperature=0.5,
        max_tokens=9,
        effort=Effort.LOW,
        stop=("END",),
    )
    assert {"schema", "tools", "stop", "effort", "seed"} <= set(PARAMETERS)


def test_nothing_is_sent_that_is_not_given() -> None:
    assert asked("Hi", temperature=None, schema=None, images=None) == Chat(messages=(user("Hi"),))


@pytest.mark.parametrize(
    "tools",
    [
        [WEATHER],
        WEATHER,
        json.dumps([WEATHER]),
        [{"type": "function", "function": WEATHER}],
        ({"name": "weather", "description": "Now", "input_schema": SCHEMA},),
    ],
)
def test_tools_are_taken_as_vendors_document_them(tools: Any) -> None:
    assert asked(tools=tools).tools == (Tool(name="weather", description="Now", parameters=SCHEMA),)


@pytest.mark.parametrize(("kind", "data"), PICTURES.items())
def test_an_image_is_bytes_of_a_file_or_a_data_address(kind: str, data: bytes) -> None:
    image = Image(media_type=kind, data=data)
    address = f"data:{kind};base64,{base64.b64encode(data).decode()}"
    for given in (data, bytearray(data), address, image, [data]):
        assert asked(images=given).messages == (user("Hi", image),)


def test_the_pages_images_are_there_by_name() -> None:
    async def never(_: str, chat: Chat) -> Mapping[str, Any]:
        raise AssertionError(chat)

    cell = Cell([], never, print, [PNG])
    assert cell.names()["images"] == [PNG]
    assert asked(page_images=[PNG], images=cell.images).messages == (user("Hi", PNG),)


def test_braces_stay_as_they_are_where_no_variables_are_given() -> None:
    (message,) = asked("Explain {{x}} in Jinja").messages
    assert message.parts == (Text(text="Explain {{x}} in Jinja"),)


def test_a_variables_text_is_not_filled_in_again() -> None:
    (message,) = asked("{{a}} {{b}}", variables={"a": "{{b}}", "b": r"\1"}).messages
    assert message.text == r"{{b}} \1"


@pytest.mark.parametrize(
    ("given", "named"),
    [
        ({"prompt": "Hi {{name}}", "variables": {}}, "{{name}} has no value; give it in variables"),
        ({"variables": {"nmae": "Ada"}}, "no {{nmae}} stands in the prompt"),
        ({"variables": ["Ada"]}, "variables is list; write"),
        ({"schema": "{"}, "schema is"),
        ({"schema": [1]}, "schema is no JSON Schema"),
        ({"tools": "nothing"}, "tools is"),
        ({"tools": 3}, "tools is no list"),
        ({"tools": [{"description": "Now"}]}, "a tool has no name"),
        ({"images": "https://example.org/a.png"}, "a cell reaches no address and no file"),
        ({"images": b"<svg/>"}, "an image is of no known kind; models take image/png"),
        ({"images": "data:image/svg;base64,AAAA"}, "an image is 'image/svg'"),
        ({"images": "data:image/png;base64,A"}, "an image's data is not base64"),
        ({"temprature": 1}, "compare has no parameter 'temprature'; known are effort"),
        ({"temperature": "warm"}, "temperature is warm; write a number"),
        ({"effort": "huge"}, "the effort is 'huge'"),
        ({"stop": 1}, "stop is no list"),
    ],
)
def test_what_is_wrong_is_named_and_nothing_is_asked(given: dict[str, Any], named: str) -> None:
    with pytest.raises(RequestError) as caught:
        asked(**given)
    assert named in str(caught.value)


def test_what_a_model_does_not_take_is_told_beside_its_result() -> None:
    _, result, printed = compared(left={"images": "the catalog says no"})
    assert result.left == {"images": "the catalog says no"}
    assert "own/one was not sent images: the catalog says no\n" in printed
