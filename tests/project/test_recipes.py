"""The recipes for hosts say the same, and what can be tried without the host is tried."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

import botocore.session
import pytest
from botocore.validate import ParamValidator

from generator.fetch.by_npm import node
from generator.site.hosting.artefact import IMMUTABLE
from tests.site.hosting.test_hosting import HEADERS

FOLDER = Path("docs/guides/hosting")
FOLDERS = {folder.split("/")[1] for folder in IMMUTABLE}


def text(name: str) -> str:
    return (FOLDER / name).read_text("utf-8")


def test_every_recipe_keeps_the_same_folders_for_ever() -> None:
    (nginx,) = re.findall(r"~/assets/\(([a-z|]+)\)/", text("nginx.conf"))
    (s3,) = re.findall(r'^folders="(.+)"$', text("s3.sh"), re.M)
    cloudflare = re.findall(r"^/assets/([a-z]+)/\*\n  Cache-Control: (.+)$", text("_headers"), re.M)
    azure = json.loads(text("staticwebapp.config.json"))["routes"]
    kept = [r for r in azure if "Cache-Control" in r["headers"]]
    assert set(nginx.split("|")) == set(s3.split()) == FOLDERS
    assert {folder for folder, _ in cloudflare} == FOLDERS
    assert {r["route"] for r in kept} == {f"/assets/{folder}/*" for folder in FOLDERS}
    forever = {how for _, how in cloudflare} | {r["headers"]["Cache-Control"] for r in kept}
    assert forever == {"public, max-age=31536000, immutable"}


def test_every_recipe_sends_the_same_headers() -> None:
    first = text("_headers").split("/*\n")[1].split("\n\n")[0]
    cloudflare = {n.strip().lower(): v.strip() for n, _, v in (x.partition(":") for x in first.splitlines())}
    azure = json.loads(text("staticwebapp.config.json"))["globalHeaders"]
    aws = json.loads(text("cloudfront-headers.json"))
    ours = {i["Header"].lower(): i["Value"] for i in aws["CustomHeadersConfig"]["Items"]}
    security = aws["SecurityHeadersConfig"]
    ours["content-security-policy"] = security["ContentSecurityPolicy"]["ContentSecurityPolicy"]
    ours["referrer-policy"] = security["ReferrerPolicy"]["ReferrerPolicy"]
    if security["ContentTypeOptions"]["Override"]:
        ours["x-content-type-options"] = "nosniff"
    for said in (cloudflare, {n.lower(): v for n, v in azure.items()}, ours):
        assert {name: said[name] for name in HEADERS} == HEADERS


def test_amazon_takes_the_headers_policy() -> None:
    service = botocore.session.get_session().get_service_model("cloudfront")
    shape = service.operation_model("CreateResponseHeadersPolicy").input_shape
    given = {"ResponseHeadersPolicyConfig": json.loads(text("cloudfront-headers.json"))}
    report = ParamValidator().validate(given, shape)
    assert not report.has_errors(), report.generate_report()


@pytest.mark.parametrize(
    ("uri", "query", "wanted"),
    [
        ("/", {}, "/index.html"),
        ("/models/openai/gpt-4.1/", {}, "/models/openai/gpt-4.1/index.html"),
        ("/models/openai/gpt-4.1", {}, "301 /models/openai/gpt-4.1/"),
        ("/models/openai/gpt-4.1.md", {}, "/models/openai/gpt-4.1.md"),
        ("/catalog/v1/models/openai/gpt-4.1.json", {}, "/catalog/v1/models/openai/gpt-4.1.json"),
        ("/providers/302ai", {}, "301 /providers/302ai/"),
        ("/versus/gpt-6.1-sol-or-claude-opus-5", {}, "301 /versus/gpt-6.1-sol-or-claude-opus-5/"),
        ("/choose", {"need": {"value": "eu"}}, "301 /choose/?need=eu"),
        ("/feeds/all.atom", {}, "/feeds/all.atom"),
        ("/assets/site/abc/site.js", {}, "/assets/site/abc/site.js"),
    ],
)
def test_cloudfronts_function_finds_the_file_of_a_folder(
    uri: str, query: dict[str, Any], wanted: str
) -> None:
    event = json.dumps({"request": {"uri": uri, "querystring": query}})
    script = text("cloudfront-function.js") + (
        f"\nconst answer = handler({event});"
        "\nconsole.log(answer.uri ?? `${answer.statusCode} ${answer.headers.location.value}`);"
    )
    done = subprocess.run([*node(), "-e", script], capture_output=True, text=True, check=False)
    assert done.stdout.strip() == wanted, done.stderr


@pytest.mark.skipif(shutil.which("bash") is None, reason="no bash")
def test_the_script_for_s3_uploads_everything_with_its_type_and_caching(tmp_path: Path) -> None:
    """A stand-in for the client notes what it is asked to do."""
    client = tmp_path / "bin" / "aws"
    client.parent.mkdir()
    client.write_text('#!/bin/sh\nprintf "%s\\n" "$*" >> "$LOG"\n')
    client.chmod(0o755)
    for name in ("index.html", "assets/runtime/x/a.mjs", "assets/runtime/x/a.wasm", "catalog/needs.yml"):
        path = tmp_path / "site" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("")
    log = tmp_path / "log"
    environment = {"PATH": f"{client.parent}:/usr/bin:/bin", "LOG": str(log)}
    script = (FOLDER / "s3.sh").resolve()
    done = subprocess.run(["bash", script, "bucket", "E1"], cwd=tmp_path, env=environment, check=False)
    assert done.returncode == 0
    asked = log.read_text().splitlines()
    assert asked[0].startswith("s3 sync site/assets/runtime s3://bucket/assets/runtime ")
    whole = next(line for line in asked if line.startswith("s3 sync site s3://bucket --delete "))
    assert all(f"--exclude assets/{folder}/*" in whole for folder in FOLDERS)
    assert sum("application/wasm" in line and "immutable" in line for line in asked) == 1
    assert sum("text/javascript" in line and "no-cache" in line for line in asked) == 1
    assert asked[-1] == "cloudfront create-invalidation --distribution-id E1 --paths /*"
