"""A served file's answer, as a host would give it: whole, a part of it, or that it has not changed.

A browser keeps what it was sent and asks each time whether that is still so: the next build may have changed
any file.
"""

from __future__ import annotations

import hashlib
import os
import re
from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from io import BytesIO
from typing import Any, BinaryIO
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

from werkzeug.exceptions import RequestedRangeNotSatisfiable
from werkzeug.wrappers import Response
from werkzeug.wsgi import FileWrapper

_ONE_RANGE = re.compile(r"bytes=\s*(\d{0,18})-(\d{0,18})\s*", re.IGNORECASE)


def answered(
    answer: WSGIApplication, environ: WSGIEnvironment, start_response: StartResponse
) -> Iterable[bytes]:
    """What `answer` says; where that is a file (wsgiref's FileWrapper), by what the request has of it."""
    begun: list[Any] = []

    def begin(status: str, headers: list[tuple[str, str]], *_: Any) -> Callable[[bytes], object]:
        begun[:] = status, headers
        return lambda _: None

    body = answer(environ, begin)
    status, headers = begun
    file = getattr(body, "filelike", None)
    if file is None:
        start_response(status, headers)
        return [] if environ["REQUEST_METHOD"] == "HEAD" else body
    return _conditional(file, headers, environ, start_response)


def _conditional(
    file: BinaryIO, headers: list[tuple[str, str]], environ: WSGIEnvironment, start_response: StartResponse
) -> Iterable[bytes]:
    response = Response(FileWrapper(file), headers=headers, direct_passthrough=True)
    response.cache_control.no_cache = True
    if isinstance(file, BytesIO):  # a page, to which the server has added its script
        content = file.getvalue()
        size = len(content)
        response.set_etag(hashlib.sha256(content).hexdigest()[:32])
    else:
        state = os.fstat(file.fileno())
        size = state.st_size
        response.set_etag(f"{size:x}-{state.st_mtime_ns:x}")
        response.last_modified = datetime.fromtimestamp(int(state.st_mtime), UTC)
    try:
        response.make_conditional(_with_one_range(environ, size), accept_ranges=True, complete_length=size)
    except RequestedRangeNotSatisfiable as error:
        file.close()
        return error(environ, start_response)

    def begin(status: str, head: list[tuple[str, str]], *_: Any) -> Callable[[bytes], object]:
        if status.startswith("304"):  # of which wsgiref would say that it is empty
            head = [*head, ("Content-Length", str(size))]
        return start_response(status, head)

    sent = response(environ, begin)
    if not sent:  # HEAD or 304: nobody reads the file
        file.close()
    return sent


def _with_one_range(environ: WSGIEnvironment, size: int) -> WSGIEnvironment:
    """The request, with the one part that it asks for of `size` bytes, or with none.

    What is no range of bytes, more than one, or not asked by GET is answered with the whole (RFC 9110).
    """
    others = {name: value for name, value in environ.items() if name != "HTTP_RANGE"}
    match = _ONE_RANGE.fullmatch(environ.get("HTTP_RANGE", ""))
    if match is None or environ["REQUEST_METHOD"] != "GET":
        return others
    first, last = match.groups()
    if not first and last:  # the last so many bytes, at most all
        return {**others, "HTTP_RANGE": f"bytes=-{min(int(last), size)}"}
    if first and (not last or int(first) <= int(last)):
        return {**others, "HTTP_RANGE": f"bytes={first}-{last}"}
    return others
