"""The playground page's Content-Security-Policy: what it may load and whom it may talk to.

`connect-src` is this site, the providers' rows, and the origins the reader added for this tab. A policy
can only be set while a page loads, so a small script writes it first thing and the page is loaded again
when an origin is added. The worker, started from a blob, is bound by the same policy.
"""

from __future__ import annotations

import base64
import hashlib
import html
import json
import re
from collections.abc import Iterable

from playground.catalog import Provider
from playground.endpoints import policy_sources

_INLINE = re.compile(r"<script(?![^>]*\ssrc=)(?![^>]*application/json)[^>]*>(.*?)</script>", re.S)
_HEAD = re.compile(r"<head>")
#: What the reader's own origins are kept under, for this tab only.
ORIGINS = "almanac-origins"


def connect_sources(providers: Iterable[Provider]) -> tuple[str, ...]:
    """Every origin that the providers' rows name, sorted."""
    return tuple(sorted({s for p in providers for e in p.endpoints for s in policy_sources(e)}))


def with_policy(page: str, sources: Iterable[str]) -> str:
    """The page's HTML with the policy as the first thing in its head; its own inline scripts still run."""
    hashes = sorted({_hash(script) for script in _INLINE.findall(page)})
    policy = "; ".join(
        (
            "default-src 'none'",
            f"script-src 'self' 'wasm-unsafe-eval' {' '.join(hashes)}",
            "worker-src 'self' blob:",
            "style-src 'self' 'unsafe-inline'",
            "img-src 'self' data: blob:",
            "font-src 'self'",
            "form-action 'none'",
            "base-uri 'none'",
            f"connect-src 'self' {' '.join(sources)}",
        )
    )
    return _HEAD.sub(lambda _: f"<head>{_writer(policy)}", page, count=1)


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
    fallback = (
        f'<noscript><meta http-equiv="Content-Security-Policy" content="{html.escape(policy)}"></noscript>'
    )
    return f"<script>{script}</script>{fallback}"
