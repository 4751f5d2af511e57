"""The site as it is deployed: behind nginx as documented, at the root (all other tests) and under a path."""

from __future__ import annotations

import gzip
import hashlib
import json
import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import brotli
import httpx2
import pytest
from cyclonedx.schema import SchemaVersion
from cyclonedx.validation.json import JsonStrictValidator
from license_expression import get_spdx_licensing
from packageurl import PackageURL
from playwright.sync_api import Browser, Page, expect

from generator import store
from generator.site.hosting import notices
from generator.site.hosting.artefact import IMMUTABLE, LEAST_BROTLI, LEAST_GZIP, MANIFEST, TEXT
from tests import nginx
from tests.patience import PATIENCE_MS
from tests.projects import build, put_part, tree
from tests.rounds import nightly, sampled
from tests.site.conftest import watched
from tests.site.playground.playing import Served, at_playground, choose, run, said

BASE = "/almanac"
needs_nginx = pytest.mark.skipif(nginx.find() is None, reason="there is no nginx with Brotli on this machine")
HEADERS = {
    "content-security-policy": "frame-ancestors 'self'",
    "x-content-type-options": "nosniff",
    "referrer-policy": "strict-origin-when-cross-origin",
    "permissions-policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    "cross-origin-opener-policy": "same-origin",
}


@pytest.fixture(scope="module")
def under(site: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The site under a base path."""
    with nginx.serving(site, tmp_path_factory.mktemp("nginx-under"), BASE) as address:
        yield address


@pytest.fixture
def page(browser: Browser, under: str) -> Iterator[Page]:
    # What it asks for outside its path is as foreign as another host.
    with watched(browser, under) as opened:
        yield opened


def asked(address: str, path: str, **headers: str) -> tuple[httpx2.Response, bytes]:
    """An answer and its body as it was sent, still compressed."""
    with httpx2.stream("GET", address + path, headers={"accept-encoding": "identity", **headers}) as answer:
        return answer, b"".join(answer.iter_raw())


@needs_nginx
@pytest.mark.parametrize("path", ["/", "/models/openai/gpt-5/", "/playground/", "/catalog/catalog.json"])
def test_a_browser_is_sent_what_was_compressed_before(under: str, site: Path, path: str) -> None:
    whole = (site / (path[1:] + "index.html" if path.endswith("/") else path[1:])).read_bytes()
    answer, body = asked(under, path)
    assert (answer.status_code, body) == (200, whole)
    assert "content-encoding" not in answer.headers
    if len(whole) >= LEAST_GZIP:
        answer, body = asked(under, path, **{"accept-encoding": "gzip"})
        assert (answer.headers["content-encoding"], gzip.decompress(body)) == ("gzip", whole)
    answer, body = asked(under, path, **{"accept-encoding": "gzip, deflate, br, zstd"})
    assert (answer.headers["content-encoding"], brotli.decompress(body)) == ("br", whole)
    assert answer.headers["vary"] == "Accept-Encoding"
    again, nothing = asked(under, path, **{"if-none-match": answer.headers["etag"], "accept-encoding": "br"})
    assert (again.status_code, nothing) == (304, b"")


@needs_nginx
def test_every_answer_has_the_security_headers(under: str) -> None:
    for path in ("/", "/nothing/", "/catalog/catalog.json", "/playground/"):
        answer, _ = asked(under, path)
        assert {name: answer.headers[name] for name in HEADERS} == HEADERS, path


@needs_nginx
@pytest.mark.parametrize(
    ("pattern", "kind"),
    [
        ("assets/runtime/*/*.wasm", "application/wasm"),
        ("assets/runtime/*/*.mjs", "text/javascript; charset=utf-8"),
        ("assets/site/*/site.js", "application/javascript; charset=utf-8"),
        ("assets/style/*/*.css", "text/css; charset=utf-8"),
        ("assets/style/*/fonts/*.woff2", "font/woff2"),
        ("assets/explorer/*/*.json", "application/json; charset=utf-8"),
        ("feeds/all.atom", "application/atom+xml; charset=utf-8"),
        ("feeds/retirements.ics", "text/calendar; charset=utf-8"),
        ("models/openai/gpt-5.md", "text/markdown; charset=utf-8"),
        ("catalog/needs.yml", "application/yaml; charset=utf-8"),
        ("third-party.txt", "text/plain; charset=utf-8"),
    ],
)
def test_each_kind_of_file_is_sent_as_what_it_is(under: str, site: Path, pattern: str, kind: str) -> None:
    name = next(site.glob(pattern)).relative_to(site).as_posix()
    answer, _ = asked(under, f"/{name}")
    assert (answer.status_code, answer.headers["content-type"]) == (200, kind)
    forever = "public, max-age=31536000, immutable"
    assert answer.headers["cache-control"] == (forever if name.startswith(IMMUTABLE) else "no-cache")


@needs_nginx
def test_addresses_lead_where_they_should_under_a_path(under: str) -> None:
    for path, target in (("", f"{BASE}/"), ("/models/openai/gpt-5", f"{BASE}/models/openai/gpt-5/")):
        answer, _ = asked(under, path)
        assert (answer.status_code, answer.headers["location"]) == (301, target)
    answer, body = asked(under, "/no/such/page/")
    assert answer.status_code == 404
    assert b"No such page" in body


@needs_nginx
def test_programs_of_other_sites_may_read_the_data_and_nothing_else(under: str) -> None:
    for path in ("/catalog/catalog.json", "/feeds/all.json", "/models/openai/gpt-5.md"):
        assert asked(under, path)[0].headers["access-control-allow-origin"] == "*", path
    for path in ("/", "/models/openai/gpt-5/", "/playground/offline.js"):
        assert "access-control-allow-origin" not in asked(under, path)[0].headers, path


@sampled(2)
@needs_nginx
@pytest.mark.parametrize(
    "path",
    ["/", "/models/openai/gpt-5/", "/providers/azure/", "/retirements/", "/versus/", "/guides/outage/"],
)
def test_pages_load_nothing_from_outside_their_path(page: Page, under: str, path: str) -> None:
    page.goto(under + path)
    expect(page.locator("h1")).to_be_visible()
    assert page.evaluate("() => getComputedStyle(document.body).fontFamily").startswith("Inter")


@needs_nginx
def test_search_and_the_explorer_work_under_a_path(page: Page, under: str) -> None:
    page.goto(f"{under}/explorer/")
    expect(page.locator(".x-grid tbody tr:not(.x-space)").first).to_be_visible()
    page.keyboard.press("/")
    page.locator("dialog.search input").fill("mai-thinking-1")
    page.locator("dialog.search li a").first.click()
    expect(page).to_have_url(re.compile(f"{re.escape(under)}/models/microsoft/mai-thinking-1/"))


@nightly("test_pages_load_nothing_from_outside_their_path")
@needs_nginx
def test_the_chooser_answers_in_python_under_a_path(page: Page, under: str) -> None:
    page.goto(f"{under}/choose/")
    before = page.locator(".c-cost span").first.inner_text()
    page.locator("input[name=output_tokens]").fill("777")
    expect(page.locator(".c-cost span").first).not_to_have_text(before, timeout=PATIENCE_MS)
    assert page.url.startswith(f"{under}/choose/?")
    assert "output_tokens=777" in page.url


@nightly("test_pages_load_nothing_from_outside_their_path")
@needs_nginx
def test_the_playground_runs_a_prompt_under_a_path(browser: Browser, under: str) -> None:
    server = Served(lambda _, handler: said(handler, {"content": "It works."}))
    try:
        with at_playground(browser, under) as page:
            choose(page, server.origin, "m")
            run(page, "Hello")
            expect(page.locator(".answer")).to_have_text("It works.")
    finally:
        server.close()


@needs_nginx
def test_a_page_talks_to_its_own_site_only(browser: Browser, address: str) -> None:
    other = Served(lambda _, handler: said(handler, {"content": ""}))
    context = browser.new_context(base_url=address)
    page = context.new_page()
    page.goto("/models/openai/gpt-5/")
    refused = page.evaluate(
        """async (url) => {
            const sent = await fetch(url, {method: "POST", body: "{}"}).then(() => "sent", () => "refused");
            window.ran = false;
            const script = document.createElement("script");
            script.textContent = "window.ran = true";
            document.body.append(script);
            return [sent, window.ran];
        }""",
        other.origin,
    )
    assert (refused, other.seen, other.preflights) == (["refused", False], [], [])
    context.close()
    other.close()


def test_the_manifest_names_every_file_by_its_hash(site: Path) -> None:
    said = json.loads((site / MANIFEST).read_text("utf-8"))
    assert said["catalog"]["sha256"] == store.catalog_hash(Path("docs/catalog"))
    there = {p.relative_to(site).as_posix(): p for p in site.rglob("*") if p.is_file()}
    plain = {n: p for n, p in there.items() if n != MANIFEST and p.suffix not in (".br", ".gz")}
    assert set(said["files"]) == set(plain)
    for name in list(plain)[::20]:
        content = plain[name].read_bytes()
        wanted = {"bytes": len(content), "sha256": hashlib.sha256(content).hexdigest()}
        assert said["files"][name] == wanted, name
    for name, path in plain.items():
        size = path.stat().st_size if path.suffix in TEXT else 0
        expected = (size >= LEAST_BROTLI, size >= LEAST_GZIP)
        assert (f"{name}.br" in there, f"{name}.gz" in there) == expected, name


def test_what_may_be_kept_for_ever_is_named_by_its_content(site: Path) -> None:
    for folder in IMMUTABLE:
        files = [p.relative_to(site / folder).as_posix() for p in (site / folder).rglob("*") if p.is_file()]
        assert files, folder
        assert [f for f in files if not re.match(r"[0-9a-f]{16}/|[\w.]+\.[0-9a-f]{8}\.min\.", f)] == [], (
            folder
        )


def test_the_bill_of_materials_is_valid_and_every_licence_has_its_text(site: Path) -> None:
    text = (site / notices.SBOM).read_text("utf-8")
    assert JsonStrictValidator(SchemaVersion.V1_6).validate_str(text) is None
    said, shown = json.loads(text), (site / notices.NOTICES).read_text("utf-8")
    names = {part["name"] for part in said["components"]}
    assert {"lit-html", "pyodide", "httpx2", "minisearch", "@codemirror/view", "linkify-it"} < names
    assert {"Material for MkDocs", "SmolLM2-135M-Instruct", "LiteLLM", "CPython, in Pyodide"} < names
    # They make it; they are not in it.
    assert not {"esbuild", "hatchling", "model-almanac-playground"} & names
    for part in said["components"]:
        if part["type"] == "data":
            continue
        (licence,) = part["licenses"]
        assert get_spdx_licensing().validate(licence["expression"]).errors == [], part["name"]
        if "purl" in part:
            assert PackageURL.from_string(part["purl"]).version == part["version"]
        # In the list, and above its licence.
        label = f"{part['name']} {part['version']}"
        assert f"\n- {label}: " in shown
        assert f"\n{label}\n" in shown


@nightly("test_the_same_catalog_gives_the_same_bytes")
def test_two_builds_elsewhere_are_the_same_byte_for_byte(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    sites = []
    for name, zone, seed in (("a", "UTC", "1"), ("b/deeper", "Pacific/Auckland", "2")):
        folder = tmp_path / name
        shutil.copytree("docs/guides/company", folder)
        put_part(folder / "docs" / "catalog", "azure", "amazon-bedrock", "anthropic")
        monkeypatch.setenv("TZ", zone)
        monkeypatch.setenv("PYTHONHASHSEED", seed)
        done = build(folder, "--strict")
        assert done.returncode == 0, done.stderr[-2000:]
        sites.append(tree(folder / "site"))
    assert sites[0].keys() == sites[1].keys()
    assert [name for name in sites[0] if sites[0][name] != sites[1][name]] == []
