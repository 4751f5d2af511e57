"""Hand-written pages with live figures: they show the catalog, and a wrong question fails the build."""

from __future__ import annotations

import json
import os
import re
import threading
from collections import Counter
from collections.abc import Iterator
from functools import cache
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
import yaml

from generator.curated.named_needs import load_needs
from generator.curated.statements.guide_statements import STATEMENTS_FILE, load_guide_statements
from generator.errors import EditError
from generator.exports.chooser import advisor_for
from generator.pages.live_guides import LiveGuides
from playground.catalog import Offering
from playground.decide.fallback import shared
from playground.labels.labels import money
from tests.catalogs import abilities, catalog, committed, fact, offering
from tests.rounds import nightly

FOLDERS = {"ALMANAC_CHOOSE": "assets/choose/1/", "ALMANAC_RUNTIME": "assets/runtime/2/"}
GUIDES = sorted(p for p in Path("docs/guides").glob("*.md") if "live: true" in p.read_text())


@cache
def by_key() -> dict[str, Offering]:
    return {o.key: o for o in committed().offerings}


@cache
def live() -> LiveGuides:
    """The guides' calls over the committed catalog."""
    return LiveGuides(
        advisor_for(committed(), "abc", abilities()),
        load_needs(Path("docs/catalog/needs.yml")),
        load_guide_statements(Path("docs/catalog") / STATEMENTS_FILE),
    )


def filled(text: str, page: str = "guides/x.md") -> str:
    return live().filled(page, text, FOLDERS)


def test_the_guides_are_there_and_each_has_a_control_and_leads_on() -> None:
    assert {p.stem for p in GUIDES} >= {
        *("microsoft-or-openai", "which-lab", "switching", "outage", "regulated", "saving"),
        "benchmarks",
    }
    for path in GUIDES:
        text = path.read_text()
        assert "{{ bill(" in text, path
        assert "../choose/index.md" in text, path
        assert "../playground/index.md" in text, path


@pytest.mark.parametrize("path", GUIDES, ids=lambda p: p.stem)
def test_every_name_in_a_guide_is_in_the_catalog(path: Path) -> None:
    text = path.read_text()
    for call in re.findall(r"\{\{(.*?)\}\}", text, re.S):
        for name in re.findall(r'"([a-z0-9.-]+/[^"]+)"', call):
            assert name in committed().models or name in by_key(), name
    # No figure of a price is typed in: each comes from the catalog.
    assert re.findall(r"\$\d", re.sub(r"\{\{.*?\}\}", "", text, flags=re.S)) == []
    assert "No model of this is in" not in live().filled(f"guides/{path.name}", text, FOLDERS)


def test_the_best_of_a_series_are_its_best() -> None:
    series = "SWE-Bench Verified (resolved), claimed by each lab"
    scores = sorted(
        (s.score for m in committed().models.values() for s in m.scores if s.series == series), reverse=True
    )
    shown = re.findall(r"\| \[([\d.]+)\]\(http", filled(f'{{{{ scored("{series}", 5) }}}}'))
    assert shown == [str(s) for s in scores[:5]]
    models = committed().models.values()
    lower = Counter(s.series for m in models for s in m.scores if s.lower_is_better)
    ((series, _),) = lower.most_common(1)
    worst = [float(s) for s in re.findall(r"\| \[([\d.]+)\]", filled(f'{{{{ scored("{series}", 9) }}}}'))]
    assert len(worst) == 9
    assert worst == sorted(worst)
    assert "No model of this" in filled('{{ scored("no such series") }}')


def test_the_guide_to_benchmarks_says_what_its_needs_go_by() -> None:
    text = Path("docs/guides/benchmarks.md").read_text()
    needs = {named.id: named.need for named in load_needs(Path("docs/catalog/needs.yml"))}
    links = re.findall(r"\[([^\]]+)\]\(\.\./choose/index\.md\?need=(\w+)\)", text)
    assert {name for _, name in links} == {"coding", "rag"}
    for label, name in links:
        assert needs[name].get("task", "") == label.partition("by ability at ")[2]
    assert not any("benchmark" in need for need in needs.values())


def test_a_figure_is_the_catalogs_and_leads_to_its_claims() -> None:
    terra = by_key()["openai/direct/openai/gpt-6.1-terra"]
    shown = filled('{{ figure("openai/gpt-6.1-terra", "price.input") }}')
    assert shown.startswith(money(terra.value("price.input")))  # type: ignore[arg-type]
    assert 'href="/models/openai/gpt-6.1-terra/#openai-direct"' in shown
    assert filled('{{ figure("acme/nothing", "price.input") }}') == "—"


def test_how_figures_stand_to_each_other_comes_from_the_catalog() -> None:
    names = '["openai/gpt-6.1-terra", "anthropic/claude-sonnet-5", "acme/nothing"]'
    terra, sonnet = (
        by_key()[f"{p}/direct/{p}/{m}"]
        for p, m in (("openai", "gpt-6.1-terra"), ("anthropic", "claude-sonnet-5"))
    )
    shares = sorted(100 * o.value("price.cache_read") / o.value("price.input") for o in (terra, sonnet))  # type: ignore[operator]
    shown = filled(f'{{{{ share({names}, "price.cache_read", "price.input") }}}}')
    assert shown == f"{float(shares[0]):.3g} % to {float(shares[1]):.3g} %"
    assert filled('{{ times(["openai/gpt-6.1-terra"], "price.output", "price.input") }}') == "5 times"
    assert filled('{{ times(["openai/gpt-6.1-terra"], "price.input>272000", "price.input") }}') == "twice"
    assert (
        filled('{{ steps(["openai/gpt-6.1-terra", "google/gemini-3.1-pro-preview"]) }}')
        == "200,000 or 272,000"
    )
    places = '"azure/global/openai/gpt-5", "azure/data-zone-eu/openai/gpt-5"'
    assert filled(f"{{{{ dearer({places}) }}}}") == "10 % more"
    same = '"openai/direct/openai/gpt-6.1-terra", "azure/global/openai/gpt-6.1-terra"'
    assert filled(f"{{{{ dearer({same}) }}}}") == "the same"
    for unknown in (
        'share(["acme/nothing"], "price.input", "price.output")',
        'times([], "price.input", "price.output")',
        'steps(["acme/nothing"])',
        'dearer("acme/nothing", "openai/gpt-5")',
    ):
        assert filled(f"{{{{ {unknown} }}}}") == "—"


def test_reasons_lead_to_who_says_their_facts() -> None:
    both = filled('{{ reasons("microsoft/mai-thinking-1", "openai/gpt-6.1-terra") }}')
    assert both.count("** when") == 2
    lines = [line for line in both.splitlines() if line.startswith("- price decides")]
    assert lines
    assert 'href="/models/openai/gpt-6.1-terra/#openai-direct"' in lines[0]
    assert 'href="/models/microsoft/mai-thinking-1/#azure-global"' in lines[0]
    one = filled('{{ reasons("amazon/nova-2-lite", "openai/gpt-6.1-terra", first=True) }}')
    assert "rather than GPT-6.1 Terra when" in one
    assert one.count(" when\n") == 1


@pytest.mark.parametrize("path", GUIDES, ids=lambda p: p.stem)
def test_every_table_of_a_guide_begins_behind_a_blank_line(path: Path) -> None:
    """Else Markdown takes it for a part of the paragraph."""
    lines = filled(path.read_text(), f"guides/{path.name}").splitlines()
    rules = [n for n, line in enumerate(lines) if re.search(r"\|\s*:?-{2,}:?\s*\|", line)]
    assert rules
    for n in rules:
        assert lines[n].startswith("|"), lines[n][:80]
        assert lines[n - 1].startswith("|"), lines[n - 1][:80]
        assert not lines[n - 2].strip(), lines[n - 2][:80]


def test_a_table_leaves_out_what_this_site_does_not_have() -> None:
    table = filled('{{ table(["openai/gpt-5", "acme/nothing"], ["price.input"]) }}').splitlines()
    assert len(table) == 3
    assert filled('{{ table(["acme/nothing"]) }}') == "*No model of this is in this site's catalog.*"


def test_a_bill_stands_in_the_page_and_begins_the_control() -> None:
    page = filled('{{ bill(["openai/gpt-6-luna"], requests=100000, input_tokens=4000, output_tokens=400) }}')
    assert 'data-runtime="../../assets/runtime/2/"' in page
    assert "| $60.00 |" in page  # 400M in at 0.1, 40M out at 0.5
    embedded = re.search(r'id="billed">(.*?)</script>', page)
    assert embedded is not None
    assert json.loads(embedded[1])["bills"][0]["cost"] == "$60.00"


def test_no_text_of_a_catalog_ends_the_script() -> None:
    whole = catalog(offering("acme/x", price__input=fact(None)), name="</script><img src=x>")
    page = LiveGuides(advisor_for(whole, "")).filled("guides/x.md", '{{ bill(["acme/x"]) }}', FOLDERS)
    assert page.count("</script>") == 2
    assert "<img" not in page


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("{{ tabel([]) }}", "'tabel' is undefined"),
        ('{{ figure("openai/gpt-5") }}', "missing 1 required positional argument"),
        ('{{ bill(["openai/gpt-5"], requests="many") }}', "requests: is a number"),
        ("{{ figure( }}", "unexpected"),
    ],
)
def test_a_wrong_question_names_the_page(text: str, fault: str) -> None:
    with pytest.raises(EditError, match=fault) as raised:
        filled(text, "guides/saving.md")
    assert str(raised.value).startswith("docs/guides/saving.md: ")


def test_what_would_fail_two_places_at_once() -> None:
    keys = [
        *("openai/direct/openai/gpt-6.1-terra", "azure/global/openai/gpt-6.1-terra"),
        *("amazon-bedrock/eu/amazon/nova-lite", "azure/data-zone-eu/openai/gpt-5-nano"),
        *("google/direct/google/gemini-3.8-flash", "google-vertex/regional/google/gemini-2.5-flash"),
    ]
    terra, azure, nova, nano, gemini, vertex = (by_key()[k] for k in keys)
    assert shared(terra, azure) == ("lab", "cloud")
    assert shared(nova, nano) == ("zone",)
    assert shared(gemini, vertex) == ("lab", "cloud")
    assert shared(terra, gemini) == ()


# The configurations of the outage guide, with the real LiteLLM.


class Provider(BaseHTTPRequestHandler):
    """A provider on the loopback that answers as OpenAI or Anthropic would, or is overloaded."""

    def do_POST(self) -> None:
        self.rfile.read(int(self.headers["content-length"]))
        calls: list[str] = self.server.calls  # type: ignore[attr-defined]
        calls.append(self.path)
        if "chat/completions" in self.path or "responses" in self.path:
            self._send(503, {"error": {"message": "overloaded", "type": "server_error"}})
            return
        self._send(
            200,
            {
                "id": "msg_1",
                "type": "message",
                "role": "assistant",
                "model": "claude-sonnet-5-5",
                "content": [{"type": "text", "text": "from the fallback"}],
                "stop_reason": "end_turn",
                "usage": {"input_tokens": 3, "output_tokens": 4},
            },
        )

    def _send(self, status: int, body: Any) -> None:
        content = json.dumps(body).encode()
        self.send_response(status)
        self.send_header("content-type", "application/json")
        self.send_header("content-length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, *_: object) -> None:
        """Nothing: pytest's output is for failures."""


@pytest.fixture
def provider() -> Iterator[ThreadingHTTPServer]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Provider)
    server.calls = []  # type: ignore[attr-defined]
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield server
    server.shutdown()
    server.server_close()
    thread.join()


@nightly("test_every_name_in_a_guide_is_in_the_catalog")
@pytest.mark.filterwarnings("ignore")
def test_the_litellm_configuration_falls_back_when_the_first_is_down(
    provider: ThreadingHTTPServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LITELLM_LOCAL_MODEL_COST_MAP", "True")
    monkeypatch.setenv("OPENAI_API_KEY", "sk-nothing")
    monkeypatch.setenv("ANTHROPIC_API_KEY", "sk-nothing")
    from litellm import Router

    config = yaml.safe_load(Path("docs/guides/outage/litellm.yml").read_text())
    for model in config["model_list"]:
        address = f"http://127.0.0.1:{provider.server_port}"
        own = model["litellm_params"]["model"].startswith("openai/")
        model["litellm_params"]["api_base"] = f"{address}/v1" if own else address
    router = Router(model_list=config["model_list"], **config["router_settings"])
    reply = router.completion("chat", messages=[{"role": "user", "content": "Hello"}])
    assert reply.choices[0].message.content == "from the fallback"
    calls: list[str] = provider.calls  # type: ignore[attr-defined]
    assert [c for c in calls if "completions" in c or "responses" in c]
    assert calls[-1].endswith("/v1/messages")
    names = {m["litellm_params"]["model"] for m in config["model_list"]}
    assert all(name in committed().models for name in names)
    assert "LITELLM_LOCAL_MODEL_COST_MAP" in os.environ


def test_the_openrouter_body_names_models_it_serves_and_denies_collection() -> None:
    body = json.loads(Path("docs/guides/outage/openrouter.json").read_text())
    served = {o.model for o in committed().offerings if o.provider == "openrouter"}
    assert set(body["models"]) <= served
    first, second = (by_key()[f"{m.split('/')[0]}/direct/{m}"] for m in body["models"])
    assert shared(first, second) == ()
    assert body["provider"]["data_collection"] == "deny"
