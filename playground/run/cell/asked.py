"""What a cell asks, as a chat: a prompt with variables, images, tools, a schema and parameters.

All of it is what a reader's code gives, so whatever is wrong is named with what to write instead.
"""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Mapping, Sequence
from typing import Any

from playground.chat.chat import IMAGES, PARAMETERS, Chat, Image, user
from playground.chat.chat_json import chat_from_json, chat_to_json
from playground.errors import RequestError
from playground.json_text import read_json

#: As the page's form and the prompts of an evaluation name a variable.
_VARIABLE = re.compile(r"\{\{-?\s*([\w-]+)\s*-?\}\}")
_DATA_URL = re.compile(r"data:(image/[a-z]+);base64,(.+)", re.S)
#: By the first bytes of a file, what image it is.
_BEGINNINGS = (
    (re.compile(rb"\x89PNG\r\n\x1a\n"), "image/png"),
    (re.compile(rb"\xff\xd8\xff"), "image/jpeg"),
    (re.compile(rb"GIF8[79]a"), "image/gif"),
    (re.compile(rb"RIFF.{4}WEBP", re.S), "image/webp"),
)


def asked(
    prompt: str,
    system: str,
    images: Any,
    variables: Mapping[str, Any] | None,
    parameters: Mapping[str, Any],
) -> Chat:
    """The chat to send to each model. Raises RequestError naming what is wrong."""
    if unknown := sorted(set(parameters) - set(PARAMETERS)):
        known = ", ".join(sorted((*PARAMETERS, "images", "system", "variables")))
        raise RequestError(f"compare has no parameter {unknown[0]!r}; known are {known}")
    prompt, system = _filled((str(prompt), str(system)), variables)
    plain = chat_to_json(Chat(messages=(user(prompt, *_images(images)),), system=system))
    given = {name: _as_json(name, value) for name, value in parameters.items() if value is not None}
    return chat_from_json(plain | given)


def _filled(texts: tuple[str, str], variables: Mapping[str, Any] | None) -> tuple[str, ...]:
    """The texts with their variables. Without any they are sent as they stand: braces may be meant."""
    if variables is None:
        return texts
    if not isinstance(variables, Mapping):
        raise RequestError(
            f'variables is {type(variables).__name__}; write {{"name": "text"}} for each {{{{name}}}}'
        )
    named = {match[1] for text in texts for match in _VARIABLE.finditer(text)}
    if missing := sorted(named - set(variables)):
        raise RequestError(f"{{{{{missing[0]}}}}} has no value; give it in variables")
    if unused := sorted(str(name) for name in set(variables) - named):
        raise RequestError(
            f"no {{{{{unused[0]}}}}} stands in the prompt or the system prompt; write it there"
        )
    return tuple(_VARIABLE.sub(lambda match: str(variables[match[1]]), text) for text in texts)


def _as_json(name: str, value: Any) -> Any:
    """A parameter as chat_from_json reads it. Raises RequestError."""
    match name:
        case "schema":
            schema = _from_text(name, value)
            if not isinstance(schema, Mapping):
                raise RequestError("schema is no JSON Schema; write a dict, or its JSON as text")
            return {"name": "answer", "schema": dict(schema)}
        case "tools":
            tools = _from_text(name, value)
            return [tools] if isinstance(tools, Mapping) else list(tools) if _is_several(tools) else tools
        case "stop":
            return [value] if isinstance(value, str) else list(value) if _is_several(value) else value
        case "effort":
            return str(value)
        case _:
            return value


def _from_text(name: str, value: Any) -> Any:
    """What is written as JSON, where it is a text."""
    if not isinstance(value, str):
        return value
    try:
        return read_json(value)
    except ValueError as error:
        raise RequestError(f"{name} is {error}; write a dict, or its JSON as text") from error


def _is_several(value: Any) -> bool:
    return isinstance(value, Sequence) and not isinstance(value, str | bytes | bytearray)


def _images(given: Any) -> tuple[Image, ...]:
    """One image or several: those of the page, bytes of a file, or `data:` addresses."""
    several = given if _is_several(given) else () if given is None else (given,)
    return tuple(_image(one) for one in several)


def _image(given: Any) -> Image:
    match given:
        case Image():
            return given
        case bytes() | bytearray() | memoryview():
            data = bytes(given)
            kind = next((kind for begins, kind in _BEGINNINGS if begins.match(data)), "")
            if not kind:
                raise RequestError(f"an image is of no known kind; models take {', '.join(IMAGES)}")
            return Image(media_type=kind, data=data)
        case str() if match := _DATA_URL.fullmatch(given.strip()):
            try:
                return Image(media_type=match[1], data=base64.b64decode(match[2], validate=True))
            except binascii.Error:
                raise RequestError("an image's data is not base64") from None
        case _:
            raise RequestError(
                "a cell reaches no address and no file; give an image as bytes or as a data: address, or add "
                "it to the prompt and write images=images"
            )
