"""Each page's Content-Security-Policy: what it may load and whom it may talk to.

A page loads from this site and talks to nobody else; only where Python runs may it compile WebAssembly.
The policy is in the page, since not every host can send headers.

The playground's `connect-src` is this site, the providers' rows, and the origins the reader added for this
tab. A policy can only be set while a page loads, so a small script writes it first thing and the page is
loaded again when an origin is added. The worker, started from a blob, is bound by the same policy.
"""

from __future__ import annotations

import base64
import hashlib
import html
import json
import re
from collections.abc import Iterable

from playground.catalog import Provider
from playground.catalog.endpoints import policy_sources

_INLINE = re.compile(r"<script(?![^>]*\ssrc=)(?![^>]*application/(?:ld\+)?json)[^>]*>(.*?)</script>", re.S)
#: The policy comes after it, so that the encoding stands where a browser looks for it.
_CHARSET = re.compile(r'<meta charset="utf-8">')
#: What the reader's own origins are stored under, for this tab only.
ORIGINS = "almanac-origins"


def connect_sources(providers: Iterable[Provider]) -> tuple[str, ...]:
    """Every origin that the providers' rows name, sorted."""
    return tuple(sorted({s for p in providers for e in p.endpoints for s in policy_sources(e)}))


def with_policy(page: str, sources: Iterable[str]) -> str:
    """The page's HTML with the policy as the first thing in its head; its own inline scripts still run."""
    policy = _policy(page, "img-src 'self' data: blob:", python=True, sources=sources)
    return _begun(page, _writer(policy))


def with_own_policy(page: str, *, python: bool) -> str:
    """The HTML of a page that talks to this site only; `python`: whether Python may be started in it."""
    return _begun(page, _meta(_policy(page, "img-src 'self' data:", python=python)))


def _policy(page: str, images: str, *, python: bool, sources: Iterable[str] = ()) -> str:
    hashes = sorted({_hash(script) for script in _INLINE.findall(page)})
    return "; ".join(
        (
            "default-src 'none'",
            " ".join(("script-src 'self'", *(["'wasm-unsafe-eval'"] if python else []), *hashes)),
            *(["worker-src 'self' blob:"] if python else []),
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


def _writer(policy: str) -> str:
    # Only what reads as an origin is added, so that nothing in storage can widen another directive.
    script = f"""
(() => {{
  const meta = document.createElement("meta");
  let added = [];
  try {{
    added = JSON.parse(sessionStorage.getItem({json.dumps(ORIGINS)}) ?? "[]").filter(
      (origin) => /^https?:\\/\\/[a-z0-9.:[\\]-]+$/.test(origin) && new URL(origin).origin === origin,
    );
  }} catch {{}}
  meta.httpEquiv = "Content-Security-Policy";
  meta.content = {json.dumps(policy)} + added.map((origin) => " " + origin).join("");
  document.head.prepend(meta);
  document.documentElement.dataset.policy = "";
}})();
"""
    return f"<script>{script}</script><noscript>{_meta(policy)}</noscript>"
