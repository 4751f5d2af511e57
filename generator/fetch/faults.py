"""What went wrong on the network, in plain words."""

from __future__ import annotations

import ssl
from collections.abc import Iterator

import httpx2


class PassingError(Exception):
    """A failure that may pass by itself: worth another try, `pause_s` after this one."""

    def __init__(self, fault: str, pause_s: float = 0) -> None:
        super().__init__(fault)
        self.pause_s = pause_s


def causes(error: BaseException) -> Iterator[BaseException]:
    """The error and what it was raised from, the outermost first."""
    cause: BaseException | None = error
    while cause:
        yield cause
        cause = cause.__cause__ or cause.__context__


def tls_fault(error: ssl.SSLError) -> str:
    """What is wrong with a certificate, in plain words."""
    fault = getattr(error, "verify_message", "") or error.reason or str(error)
    return f"TLS: {str(fault).replace('_', ' ').lower()}"


def transport_fault(error: httpx2.TransportError) -> str:
    """What went wrong, in words where the library has none."""
    match error:
        case httpx2.ConnectTimeout():
            return "no connection in time"
        case httpx2.TimeoutException():
            return "went silent"
        case _:
            return f"{type(error).__name__}: {error}" if str(error) else type(error).__name__


def times(count: int) -> str:
    """`three times`."""
    return {1: "once", 2: "twice", 3: "three times", 4: "four times"}.get(count, f"{count} times")
