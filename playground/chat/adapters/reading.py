"""Reading untrusted JSON: what has another type than expected counts as absent, never as an exception."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any, Literal

from playground.chat.adapters.waits import seconds_asked
from playground.chat.events import MESSAGE, Cause, Failed
from playground.chat.framing import NOT_API, Frame, web_page
from playground.errors import FrameError
from playground.json_text import read_json, write_json

_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")


def object_of(frame: Frame) -> dict[str, Any]:
    """The frame's JSON object. Raises FrameError."""
    try:
        value = read_json(frame.data, halves=True)
    except ValueError as error:
        raise FrameError(f"a frame is {error}: {frame.data[:80]!r}") from error
    if not isinstance(value, dict):
        raise FrameError(f"a frame that is no JSON object: {frame.data[:80]!r}")
    return value


def dict_in(value: Any, *path: str) -> dict[str, Any]:
    """The object at that path, empty where there is none."""
    for name in path:
        value = value.get(name) if isinstance(value, dict) else None
    return value if isinstance(value, dict) else {}


def list_in(value: Any, name: str) -> list[Any]:
    """The list of that name, empty where there is none."""
    entries = value.get(name) if isinstance(value, dict) else None
    return entries if isinstance(entries, list) else []


def text_in(value: Any, name: str) -> str:
    """The text of that name, empty where there is none."""
    text = value.get(name) if isinstance(value, dict) else None
    return text if isinstance(text, str) else ""


def arguments_in(value: Any, name: str) -> str:
    """A tool call's arguments as JSON text: some servers stream them as text, some give an object."""
    given = value.get(name) if isinstance(value, dict) else None
    return write_json(given) if isinstance(given, dict) else text_in(value, name)


def says_last(frame: Frame, name: str, *, last: tuple[str | Literal[True], ...]) -> bool:
    """Whether the frame's own field of that name has one of those values; no field within it counts."""
    # Few frames hold the value at all, so few are read twice.
    if not any(("true" if value is True else value) in frame.data for value in last):
        return False
    try:
        value = read_json(frame.data)
    except ValueError:
        return False
    return isinstance(value, dict) and value.get(name) in last


def count_in(value: Any, name: str) -> int | None:
    """The count of that name, None where it is not reported or is no count."""
    count = value.get(name) if isinstance(value, dict) else None
    return count if isinstance(count, int) and not isinstance(count, bool) and count >= 0 else None


_BY_STATUS = {
    400: Cause.REQUEST,
    401: Cause.KEY,
    402: Cause.QUOTA,
    403: Cause.PERMISSION,
    404: Cause.MODEL,
    408: Cause.TIMEOUT,
    413: Cause.CONTEXT,
    422: Cause.REQUEST,
    429: Cause.RATE,
    503: Cause.OVERLOADED,
    529: Cause.OVERLOADED,
}
#: What a server answers where it has nothing, or nothing to be asked.
_NOWHERE = (404, 405)
#: What is said of who asks, and not of what is asked for.
_REFUSED = (401, 403, 407)
#: By what providers write into type, code, status and message; the first that fits holds.
_BY_DESCRIPTION: tuple[tuple[Cause, re.Pattern[str]], ...] = tuple(
    (cause, re.compile("|".join(patterns), re.I))
    for cause, patterns in {
        Cause.FILTERED: ("content_?filter", "content management policy", "SafetyBlocked", "safety system"),
        Cause.CONTEXT: (
            "context_length",
            "context length",
            "context window",
            "maximum context",
            "prompt is too long",
            "input is too long",
            "too many (input )?tokens",
            "exceeds the maximum number of tokens",
        ),
        Cause.QUOTA: ("insufficient_quota", "billing", "credit balance", "payment required", "current quota"),
        Cause.PARAMETER: (
            "unsupported_?(parameter|value)",
            "unsupported (parameter|value)",
            "unknown_?parameter",
            "extra inputs are not permitted",
            "unrecognized request argument",
            "unknown name",
            "does not support",
            "is not supported",
            "not supported (with|for|by) this model",
            "deprecated for this model",
        ),
        Cause.RATE: ("rate_?limit", "RESOURCE_EXHAUSTED", "throttl", "too many requests"),
        Cause.OVERLOADED: ("overloaded", "UNAVAILABLE", "capacity"),
        Cause.KEY: (
            "invalid_api_key",
            "(invalid|incorrect) api key",
            "API key not valid",
            "API_KEY_INVALID",
            "authentication_error",
            "UnrecognizedClient",
            "InvalidSignature",
            "security token",
        ),
        Cause.MODEL: (
            "model_not_found",
            "not_found_error",
            "model .*(not found|does not exist)",
            "DeploymentNotFound",
        ),
    }.items()
)
_PARAMETER = (
    re.compile(r"(?:parameter|argument|name|value)s?:? ['\"`]([\w.]+)['\"`]", re.I),
    re.compile(r"['\"`]([\w.]+)['\"`]:? (?:is not supported|does not support|is deprecated)", re.I),
    re.compile(r"^([a-z_.]+): extra inputs are not permitted", re.I),
)


def failed(status: int | None, error: Mapping[str, Any], raw: str = "") -> Failed:
    """A provider's error object as an event: which cause, which parameter, when to try again."""
    described = " ".join(
        str(error.get(n) or "") for n in ("type", "code", "status", "message", "param", "details")
    )
    message = str(error.get("message") or "") or raw.strip()[:500] or f"HTTP status {status}"
    cause = next((c for c, pattern in _BY_DESCRIPTION if pattern.search(described or raw)), None)
    if status == 401:
        cause = Cause.PERMISSION if "CORS requests are not allowed" in message else Cause.KEY
    if cause is None or (cause is Cause.PARAMETER and status not in (400, 422, None)):
        in_answer = status is None or status < 400
        cause = _BY_STATUS.get(status or 0) or (Cause.STREAM if in_answer else Cause.REQUEST)
        if status and status >= 500 and cause is Cause.REQUEST:
            cause = Cause.SERVER
    parameter = str(error.get("param") or "") if cause is Cause.PARAMETER else ""
    if cause is Cause.PARAMETER and not parameter:
        parameter = next((m[1] for p in _PARAMETER if (m := p.search(message))), "")
    return Failed(
        cause=cause,
        message=_CONTROL.sub("", message)[:MESSAGE],
        status=status,
        parameter=parameter,
        retry_after=seconds_asked(described, datetime.now(UTC)),
    )


def body_failed(status: int, body: bytes) -> Failed:
    """The body of an HTTP error, in the forms providers use: `{error: {…}}`, `{error: "…"}`, `{message}`."""
    text = body[:100_000].decode("utf-8", "replace")
    try:
        value = read_json(text)
    except ValueError:
        value = None
    if isinstance(value, list) and value:
        value = value[0]
    if not isinstance(value, dict):
        page = web_page(text)
        if page and status in _REFUSED:
            # A proxy before the server may ask for the key: the address is right.
            return failed(status, {}, f"it was refused with {page}")
        if page:
            event = failed(status, {}, f"this address answered with {page}, {NOT_API}")
            # Of a page that is not there nobody knows whether it is a model that is missing.
            return replace(event, cause=Cause.FOREIGN) if status in _NOWHERE else event
        return failed(status, {}, text)
    error = value.get("error", value.get("detail", value))
    if detail := list_in(value, "detail") or list_in(dict_in(value, "message"), "detail"):
        return failed(status, _validation(detail))
    if isinstance(error, str):
        return failed(status, {**value, "message": error})
    if isinstance(error, list):
        return failed(status, {"message": write_json(error)[:500]})
    return failed(status, error if isinstance(error, dict) else value, text)


def _validation(faults: list[Any]) -> dict[str, Any]:
    """FastAPI's list of faults, as Mistral, vLLM and others answer 422, as one error object."""
    first = faults[0]
    place = [str(step) for step in list_in(first, "loc") if step != "body"]
    messages = [
        ": ".join(filter(None, [".".join(str(s) for s in list_in(fault, "loc")[1:]), text_in(fault, "msg")]))
        for fault in faults
    ]
    refused = "extra" in text_in(first, "type") or "not permitted" in text_in(first, "msg")
    return {
        "message": "; ".join(line for line in messages if line) or write_json(faults)[:500],
        "code": "unsupported_parameter" if refused else "",
        "param": ".".join(place),
    }
