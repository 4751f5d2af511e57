"""An HTTP client by what the environment says of proxies and certificates, or what is wrong there."""

from __future__ import annotations

import functools
import os
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import httpx2

from generator.errors import SetupError

_PROXIES = ("HTTPS_PROXY", "HTTP_PROXY", "ALL_PROXY")
_CERTIFICATES = ("SSL_CERT_FILE", "SSL_CERT_DIR")


def http_client(**options: Any) -> httpx2.AsyncClient:
    """The client. Raises SetupError naming the variable by which none can be made."""
    with _blaming_variables():
        return httpx2.AsyncClient(**options)


@functools.cache
def trusted() -> ssl.SSLContext:
    """Whom to trust, read once for many clients: that takes longer than many an answer. Raises SetupError."""
    with _blaming_variables():
        return httpx2.create_ssl_context()


@contextmanager
def _blaming_variables() -> Iterator[None]:
    try:
        yield
    except ImportError as error:  # what SOCKS needs is not installed
        raise SetupError(
            f"{_named(_PROXIES)}: a SOCKS proxy cannot be used; name an HTTP proxy, or unset it"
        ) from error
    except (ValueError, httpx2.InvalidURL) as error:
        raise SetupError(
            f"{_named(_PROXIES)}: no proxy's address ({error}); write http://HOST:PORT, or unset it"
        ) from error
    except OSError as error:
        raise SetupError(
            f"{_named(_CERTIFICATES)}: no certificates can be read there ({error.strerror or error}); "
            "name a file of PEM certificates, or unset it"
        ) from error


def _named(names: tuple[str, ...]) -> str:
    """Those of the variables that are set, with their values less what stands before an @."""
    present = [name for upper in names for name in (upper, upper.lower()) if os.environ.get(name)]
    values = [f"{name}={os.environ[name].rpartition('@')[2]}" for name in present]
    return ", ".join(values) or "The environment"
