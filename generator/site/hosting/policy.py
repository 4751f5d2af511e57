"""Each page's Content-Security-Policy: what it may load and whom it may talk to.

A page loads from this site and talks to nobody else; only where Python runs may it compile WebAssembly.
The policy is in the page, since not every host can send headers.

The playground's `connect-src` is this site and the addresses in the providers' rows, each exactly. A policy
can't be widened while a page is open: for an address that the reader enters, Python runs in a frame with a
policy of its own (playground/frame.html). A worker, started from a blob, is bound by the policy of the
document that started it.
"""

from __future__ import annotations

import base64
import hashlib
import html
import re
from collections.abc import Iterable

_INLINE = re.compile(r"<script(?![^>]*\ssrc=)(?![^>]*application/(?:ld\+)?json)[^>]*>(.*?)</script>", re.S)
#: The policy comes after it, so that the encoding stands where a browser looks for it.
_CHARSET = re.compile(r'<meta charset="utf-8">')
#: Tells main.js that the page was loaded as a whole, and so has its own policy.
_LOADED = '<script>document.documentElement.dataset.policy=""</script>'


def with_policy(page: str, sources: Iterable[str], frame: str) -> str:
    """The page's HTML with the policy as the first thing in its head; its own inline scripts still run.

    `sources` are the origins it may talk to; `frame` is the HTML of the frame for Python, whose script runs
    under this policy where the frame is made of the page's own copy.
    """
    policy = _policy(page + frame, "img-src 'self' data: blob:", python=True, sources=sources, framed=True)
    return _begun(page, _LOADED + _meta(policy))


def with_own_policy(page: str, *, python: bool) -> str:
    """The HTML of a page that talks to this site only; `python`: whether Python may be started in it."""
    return _begun(page, _meta(_policy(page, "img-src 'self' data:", python=python)))


def _policy(
    page: str, images: str, *, python: bool, sources: Iterable[str] = (), framed: bool = False
) -> str:
    hashes = sorted({_hash(script) for script in _INLINE.findall(page)})
    return "; ".join(
        (
            "default-src 'none'",
            # Python's modules are imported as the bytes that were checked, which is from a blob.
            " ".join(("script-src 'self'", *(["blob: 'wasm-unsafe-eval'"] if python else []), *hashes)),
            *(["worker-src 'self' blob:"] if python else []),
            *(["frame-src 'self'"] if framed else []),
            "style-src 'self' 'unsafe-inline'",
            images,
            "font-src 'self'",
            "form-action 'none'",
            "base-uri 'none'",
            " ".join(("connect-src 'self'", *sources)),
        )
    )


def _begun(page: str, first: str) -> str:
    return _CHARSET.sub(lambda match: match[0] + first, page, count=1)


def _meta(policy: str) -> str:
    return f'<meta http-equiv="Content-Security-Policy" content="{html.escape(policy, quote=False)}">'


def _hash(script: str) -> str:
    digest = hashlib.sha256(script.encode()).digest()
    return f"'sha256-{base64.b64encode(digest).decode()}'"
