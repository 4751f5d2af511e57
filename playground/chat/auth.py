"""From a key to headers: a bearer token, a header of the provider's own, or AWS Signature Version 4."""

from __future__ import annotations

import hashlib
import hmac
import re
from collections.abc import Mapping
from datetime import UTC, datetime
from urllib.parse import quote, urlsplit

from playground.catalog.endpoints import Auth
from playground.chat.target import ApiKey, bound_key
from playground.errors import RequestError

_AWS_HOST = re.compile(r"^(?:bedrock-runtime|bedrock-mantle)[.-]([a-z0-9-]+)\.")


def auth_headers(key: ApiKey | None, url: str, body: bytes, now: datetime) -> dict[str, str]:
    """The headers that carry the key to that URL. Raises KeyOriginError where the key is another's."""
    if key is None or (key.auth == Auth.NONE and not key.secret):
        return {}
    bound_key(key, url)
    if any(ord(c) < 33 or ord(c) > 126 for c in key.secret):
        raise RequestError("the key holds a space or a character no key has; paste it again", field="key")
    if key.auth == Auth.SIGV4:
        return _signed(key, url, body, now)
    if key.auth in (Auth.BEARER, Auth.NONE):
        return {"authorization": f"Bearer {key.secret}"}
    return {str(key.auth): key.secret}


def _signed(key: ApiKey, url: str, body: bytes, now: datetime) -> dict[str, str]:
    """https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html"""
    parts = urlsplit(url)
    region = _AWS_HOST.match(parts.hostname or "")
    if region is None:
        raise RequestError(f"{parts.hostname} names no AWS region, so the request cannot be signed for one")
    stamp = now.astimezone(UTC).strftime("%Y%m%dT%H%M%SZ")
    headers = {"content-type": "application/json", "host": parts.netloc, "x-amz-date": stamp}
    if key.session:
        headers["x-amz-security-token"] = key.session
    scope = f"{stamp[:8]}/{region[1]}/bedrock/aws4_request"
    names = ";".join(sorted(headers))
    # Every service but S3 escapes the path once more in what it signs.
    canonical = "\n".join(
        (
            "POST",
            quote(parts.path, safe="/-_.~"),
            "",
            *(f"{name}:{headers[name]}" for name in sorted(headers)),
            "",
            names,
            hashlib.sha256(body).hexdigest(),
        )
    )
    to_sign = "\n".join(("AWS4-HMAC-SHA256", stamp, scope, hashlib.sha256(canonical.encode()).hexdigest()))
    secret = f"AWS4{key.secret}".encode()
    for part in scope.split("/"):
        secret = hmac.digest(secret, part.encode(), "sha256")
    signature = hmac.digest(secret, to_sign.encode(), "sha256").hex()
    sent: Mapping[str, str] = {n: v for n, v in headers.items() if n.startswith("x-amz-")}
    return {
        **sent,
        "authorization": f"AWS4-HMAC-SHA256 Credential={key.id}/{scope}, SignedHeaders={names}, "
        f"Signature={signature}",
    }
