"""The address of a server of the reader's own, however it is written down.

People paste what a server prints when it starts (`http://0.0.0.0:8000`), the whole address of a request
(`…/v1/chat/completions`) or a host alone (`localhost:1234`). connected/address.js reads it in the same way.
"""

from __future__ import annotations

import ipaddress
import re
from urllib.parse import urlsplit

from playground.catalog.endpoints import Wire
from playground.chat.target import origin_of
from playground.errors import RequestError

#: What APIs add to their base; the page adds what it asks for itself.
_ENDING = re.compile(r"/(?:chat/completions|completions|responses|messages|embeddings|models)$")
#: Addresses of a server's other API, beside the one below /v1: Ollama, LM Studio, Text Generation Inference,
#: llama.cpp.
_OTHER_API = re.compile(
    r"^(?:/api/(?:chat|generate|tags|show|ps|version|v1/chat)|/generate|/generate_stream|/completion)$"
)
_OLLAMA_API = re.compile(r"/api(?:/(?:chat|generate|tags|show|ps|version))?$")
#: A scheme, also with a slip in what follows it (`http//`, `https;//`), or in its letters (`htp//`).
_SCHEME = re.compile(
    r"^(?:([a-z][a-z0-9+.-]*):/|(https?)(?:\s*[:;.,]?\s*//|:)|([htps]{2,8})\s*[:;.,]?\s*//|/)?/*", re.I
)
_TWICE = re.compile(r"^https?(?::/|\s*[;.,]?\s*//)", re.I)
#: What stands in no host or port.
_STRAY = re.compile(r"[\s;,|<>{}^\"'`\\]")
#: Where a server says that it listens everywhere; nothing is reached by that name.
_EVERYWHERE = re.compile(r"^(?:0\.0\.0\.0|\[::\])(?=:|$)")
_VERSION = re.compile(r"/v\d")


def base_of(text: str, wire: Wire = Wire.OPENAI_CHAT) -> str:
    """What a request's path is added to on that wire. Raises RequestError for what is no web address."""
    text = text.strip().strip("\"'`<>").strip().replace("\\", "/")
    scheme, rest = _parted(text)
    if _TWICE.match(rest):
        raise RequestError(f"the address {text!r} has http:// twice; leave one of them out")
    authority, path = re.match(r"([^/?#]*)([^?#]*)", rest).groups()  # type: ignore[union-attr]
    if not authority or _STRAY.search(authority):
        raise RequestError(f"{text!r} is no web address; write one like http://localhost:8000/v1")
    authority = _EVERYWHERE.sub("localhost", authority)
    base = f"{scheme or _scheme_of(authority)}://{authority}{_base_path(path, wire)}"
    origin_of(base)
    return base


def _parted(text: str) -> tuple[str, str]:
    match = _SCHEME.match(text)
    named = ((match[1] or match[2] or match[3] or "") if match else "").lower()
    return named, text[match.end() if match else 0 :]


def _base_path(path: str, wire: Wire) -> str:
    path = re.sub(r"/{2,}", "/", path).rstrip("/")
    if wire == Wire.OLLAMA:
        path = _OLLAMA_API.sub("", path)
    if _OTHER_API.match(path):
        path = "/v1"
    while (shorter := _ENDING.sub("", path)) != path:
        path = shorter
    path = re.sub(r"(/v\d+)\1$", r"\1", path)
    # These wires add the version themselves, or have none.
    return path.removesuffix("/v1") if wire in (Wire.ANTHROPIC_MESSAGES, Wire.OLLAMA) else path


def _scheme_of(authority: str) -> str:
    """http where nobody else is on the way, https to the rest of the world."""
    host = re.sub(r":\d*$", "", authority).strip("[]")
    return "http" if any(near(host)) and not authority.endswith(":443") else "https"


def near(host: str) -> tuple[bool, bool]:
    """Whether a host is this machine, and whether it is in a private network."""
    host = host.lower()
    if host == "localhost" or host.endswith(".localhost"):
        return True, False
    try:
        address = ipaddress.ip_address(host)
    except ValueError:
        return False, host.endswith((".local", ".lan", ".internal", ".home.arpa")) or "." not in host
    # Shared addresses, 100.64.0.0/10, are those of overlay networks such as Tailscale.
    return address.is_loopback, not address.is_global


def has_version(url: str) -> bool:
    """Whether the address says which version of an API it is, as `/v1` does."""
    return bool(_VERSION.search(urlsplit(url).path))
