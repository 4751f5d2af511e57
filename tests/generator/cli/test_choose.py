"""`almanac choose`: needs from options and files, answers in words and as JSON, clear errors."""

from __future__ import annotations

import json
import re
import textwrap
from datetime import UTC, datetime
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from urllib.parse import parse_qsl

import pytest
import yaml
from click.testing import CliRunner, Result

from generator import store
from generator.cli import cli
from generator.curated.need_file import load_need, need
from generator.errors import EditError
from generator.store.abilities import load_abilities
from playground.catalog import Capability
from playground.catalog.regions import Zone
from playground.decide.chooser import choose as choose_by
from playground.decide.sentences import flip_text
from playground.need.need import NEED_PARTS, WORK, Need
from playground.pricing.workload import Workload
from tests.projects import ROOT, few
from tests.rounds import nightly

pytestmark = pytest.mark.usefixtures("among_few")


def choose(*arguments: str) -> Result:
    return CliRunner().invoke(cli, ["choose", *arguments], env={"COLUMNS": "160"})


EU = ("--must", "vision", "--must", "tool_calls", "--zone", "eu", "--requests", "10,000", "--only-known")


def test_the_json_is_the_answer_of_the_library() -> None:
    result = choose(*EU, "--json")
    assert result.exit_code == 0, result.output
    report = json.loads(result.stdout)
    asked = Need(
        work=Workload(input_tokens=Decimal(1000), output_tokens=Decimal(500), requests=Decimal(10_000)),
        must=(Capability.VISION, Capability.TOOL_CALLS),
        zone=Zone.EU,
        keep_unknown=False,
    )
    answer = choose_by(asked, few(), datetime.now(UTC).date(), abilities=load_abilities(Path("docs/catalog")))
    assert [c["offering"] for c in report["candidates"]] == [c.offering.key for c in answer.ranked]
    assert {k: v["count"] for k, v in report["eliminated"].items()} == {
        k: len(v) for k, v in answer.eliminated.items()
    }
    first = report["candidates"][0]
    assert {v["holds"] for v in first["verdicts"]} == {"yes"}
    assert report["catalog"] == store.catalog_hash(Path("docs/catalog"))


def test_the_terminal_says_who_is_left_who_is_out_and_what_would_flip() -> None:
    result = choose(*EU, "--limit", "20")
    assert result.exit_code == 0
    assert "stays within: eu" in result.output
    assert "goes before" in result.output
    assert "$" in result.output


def test_a_need_can_be_a_file_and_options_go_before_it(tmp_path: Path) -> None:
    path = tmp_path / "need.yml"
    path.write_text("must: [vision]\nzone: eu\nproviders: [azure]\nrequests: 500\nkeep_unknown: false\n")
    result = choose("--need", str(path), "--provider", "amazon-bedrock", "--json")
    assert result.exit_code == 0, result.output
    report = json.loads(result.stdout)
    assert report["need"]["requests"] == 500
    assert {c["offering"].split("/")[0] for c in report["candidates"]} == {"amazon-bedrock"}


def test_where_nobody_is_left_it_says_what_would_have_to_go() -> None:
    result = choose("--lab", "microsoft", "--provider", "openai", "--only-known")
    assert result.exit_code == 1
    assert "0 of" in result.output
    assert "Without" in result.output


def test_where_nobody_is_left_it_says_which_conflict_and_how_little_would_be_enough() -> None:
    asked = ("--must", "vision", "--must", "pdf", "--zone", "eu", "--requests", "10000", "--only-known")
    result = choose(*asked, "--budget", "0.5", "--json")
    assert result.exit_code == 1
    report = json.loads(result.stdout)
    assert report["conflict"] == ["can: pdf", "budget"]
    (way,) = report["relaxations"]
    assert way["without"] == ["budget"]
    enough = str(way["enough"]["budget"])
    assert json.loads(choose(*asked, "--budget", enough, "--json").stdout)["left"] == 1
    terminal_text = choose(*asked, "--budget", "0.5").output.replace("\n", " ")
    assert "No offering meets can: pdf and budget together." in terminal_text
    assert "There would be one with $" in terminal_text


def test_the_verdicts_name_who_says_the_fact_of_offering_model_and_provider() -> None:
    result = choose(
        *("--open-weights", "--no-training", "--provider", "azure", "--only-known", "--input-tokens", "9000"),
        "--json",
    )
    assert result.exit_code == 0, result.output
    by = set()
    for candidate in json.loads(result.stdout)["candidates"]:
        verdicts = {v["constraint"]: v for v in candidate["verdicts"]}
        for constraint in ("open weights", "input fits", "no training"):
            verdict = verdicts[constraint]
            assert verdict["by"], (candidate["offering"], verdict)
            assert len(verdict["links"]) == len(verdict["by"])
        assert verdicts["no training"]["by"] == ["providers.yml"]
        assert verdicts["no training"]["links"][0].startswith("https://")
        by |= {*verdicts["open weights"]["by"]}
    assert "overrides.yml" in by, "what people read on a page is cited, too"


@pytest.mark.parametrize(
    ("part", "value", "message"),
    [
        ("must", ["visoin"], "must: there is no 'visoin'; did you mean vision"),
        ("zone", "europe", "zone: there is no 'europe'; did you mean eu"),
        ("labs", ["open-ai"], "labs: there is no 'open-ai' in the catalog; did you mean openai"),
        ("budget", "much", "budget: is a number such as 1500, 200k or 1.5M, not 'much'"),
        ("budget", "-1", "budget: goes from 0 to 1,000,000,000,000; it is '-1'"),
        ("cached", "40", "cached: goes from 0 to 1; it is '40'"),
        ("requests", "1e99", "requests: goes from 0"),
        ("input_tokens", "NaN", "input_tokens: goes from 0"),
        ("open_weights", "perhaps", "open_weights: is true or false, not 'perhaps'"),
        (
            "region",
            "westeurop",
            "region: there is no 'westeurop' in the regions of the catalog; did you mean",
        ),
        ("min_days", "1.5", "min_days: is a whole number, not '1.5'"),
        ("takes", ["pictures"], "takes: there is no 'pictures' in what goes in"),
        ("benchmark", "GPQA", "benchmark: there is no 'GPQA' in the series of scores"),
        ("task", "juggling", "task: there is no 'juggling'"),
        ("able", "genius", "able: is simple, everyday, hard, frontier or a model"),
        ("speed", 1, "speed: no source says how fast an offering is"),
        ("speeds", {"openai/direct/x": 5}, "speeds: there is no 'openai/direct/x' in the catalog"),
        ("max_share", 0, "max_share: goes from 0.01 to 1"),
        ("mode", "slow", "mode: there is no 'slow'"),
        # Half a dollar to who writes a comma there, five to who takes commas out.
        ("budget", "0,5", "budget: is a number with a point for its decimals (1,000.5), not '0,5'"),
        ("budget", "1.000,50", "budget: is a number with a point for its decimals"),
        ("min_score", 5, "min_score: a worst score needs a benchmark"),
        ("at", "25:00", "at: is an hour in UTC such as 02:30 or Sa 14:00, not '25:00'"),
        ("at", "Mi 12:00", "at: is an hour in UTC"),
        ("benchmark", "swe-bench pro", "did you mean SWE-Bench Pro"),
        ("bugdet", 5, "bugdet: there is no such part of a need; did you mean budget"),
    ],
)
def test_what_is_wrong_in_a_need_is_named(part: str, value: object, message: str) -> None:
    with pytest.raises(EditError, match=re.escape(message)) as raised:
        need({part: value}, few(), "need.yml")
    assert str(raised.value).startswith("need.yml: ")


@pytest.mark.parametrize(
    ("part", "value", "read"),
    [
        ("labs", "OpenAI, Microsoft", ("openai", "microsoft")),
        ("must", "vision,tool calls", ("vision", "tool_calls")),
        ("channels", "Data Zone EU", ("data-zone-eu",)),
        ("budget", "1,234,567.5", Decimal("1234567.5")),
        ("zone", "JP", Zone.JP),
        ("at", "2:30", "02:30"),
        ("at", 750, "12:30"),  # what YAML makes of 12:30
        ("at", "sa 14", "Sa 14:00"),
        ("speeds", "openai/direct/openai/gpt-5 80", {"openai/direct/openai/gpt-5": Decimal(80)}),
    ],
)
def test_what_is_clearly_meant_is_read(part: str, value: object, read: object) -> None:
    wanted = need({part: value}, few(), "need.yml")
    assert getattr(wanted, part, None) == read or getattr(wanted.work, part) == read


def test_shares_of_one_whole_are_at_most_all_of_it() -> None:
    for parts, message in (
        ({"cached": 0.6, "audio_in": 0.6}, "cached and audio in together are more than all of the input"),
        ({"reasoning": 0.6, "audio_out": 0.6}, "reasoning and audio out together are more than all"),
    ):
        with pytest.raises(EditError, match=message):
            need(parts, few(), "need.yml")
    assert need({"cached": 0.5, "audio_in": 0.5, "batch": 1}, few(), "x").work.audio_in == Decimal("0.5")


def test_a_bill_is_for_the_models_that_an_export_names(tmp_path: Path) -> None:
    export = tmp_path / "usage.csv"
    export.write_text(
        "model,input_tokens,output_tokens,num_model_requests\n"
        "gpt-4.1-2025-04-14,3000,300,3\nanthropic/claude-sonnet-5,9000,900,9\nmy-own,1,1,1\n"
    )
    result = CliRunner().invoke(cli, ["cost", "--usage", str(export), "--json"])
    assert result.exit_code == 0, result.output
    assert {b["model"] for b in json.loads(result.stdout)["bills"]} == {
        "openai/gpt-4.1",
        "anthropic/claude-sonnet-5",
    }
    export.write_text("model,input_tokens,output_tokens\nmy-own,1,1\n")
    nothing = CliRunner().invoke(cli, ["cost", "--usage", str(export)])
    assert nothing.exit_code == 2
    assert "names no model of the catalog" in nothing.output
    assert CliRunner().invoke(cli, ["cost"]).exit_code == 2


def test_every_part_of_a_need_is_in_the_guide_and_its_examples_are_read(tmp_path: Path) -> None:
    guide = (ROOT / "docs/guides/needs.md").read_text()
    named = set(re.findall(r"`([a-z_0-9]+)`", "".join(r for r in guide.splitlines() if r.startswith("| `"))))
    assert {*NEED_PARTS, *WORK, "takes", "gives"} <= named
    assert {str(zone) for zone in Zone} <= named
    for zone in re.findall(r"`zone` \|.*", guide):
        assert all(z in set(Zone) for z in re.findall(r"`([a-z]+)`", zone) if z != "zone")
    example = re.search(r"```yaml\n(.*?)```", guide, re.S)
    address = re.search(r"/choose/\?(\S+)", guide)
    assert example
    assert address
    (tmp_path / "need.yml").write_text(textwrap.dedent(example[1]))
    filed = load_need(tmp_path / "need.yml")
    assert need(filed, few(), "x") == need(dict(parse_qsl(address[1])), few(), "x")


def test_a_wrong_need_ends_with_its_message_and_no_traceback(tmp_path: Path) -> None:
    nothing = choose("--need", "nothing.yml")
    assert nothing.exit_code == 2
    assert "'nothing.yml' does not exist" in nothing.output
    (tmp_path / "need.yml").write_text("- budget\n")
    result = choose("--need", str(tmp_path / "need.yml"))
    assert isinstance(result.exception, EditError)
    assert "need.yml: must be a mapping" in str(result.exception)


def test_flip_points_are_told_in_words() -> None:
    assert flip_text("output_tokens", Fraction(2140)) == "2,140 output tokens a request"
    assert flip_text("cached", Fraction(7, 20)) == "35 % of the input cached"


@nightly("test_named_needs.py")
def test_where_nothing_is_asked_the_first_named_need_is_answered_and_said_so() -> None:
    plain = CliRunner().invoke(cli, ["choose", "--on", "2026-11-24"])
    first = yaml.safe_load(Path("docs/catalog/needs.yml").read_text())[0]
    assert f"this answers “{first['title']}”" in " ".join(plain.output.split())
    asked = json.loads(CliRunner().invoke(cli, ["choose", "--on", "2026-11-24", "--json"]).stdout)
    assert asked["need"]["must"] == first["need"]["must"]
    assert asked["need"]["requests"] == first["need"]["requests"]


@pytest.mark.parametrize("command", ["choose", "cost", "versus"])
@pytest.mark.parametrize(
    ("words", "named"),
    [
        (("--requests", "-5"), ("requests", "'-5'")),
        (("--output-tokens=-5",), ("output_tokens", "'-5'")),
        (("--requests", ""), ("requests", "''")),
        (("--requests",), ("--requests", "requires an argument")),
    ],
)
def test_a_value_below_nothing_and_one_that_is_left_out_are_named(
    command: str, words: tuple[str, ...], named: tuple[str, ...]
) -> None:
    """An option that swallowed its lack of a value would answer another need than the one that was typed."""
    models = {"choose": (), "cost": ("openai/gpt-5",), "versus": ("openai/gpt-5", "openai/gpt-5-mini")}
    result = CliRunner().invoke(cli, [command, *models[command], *words])
    assert result.exit_code in (1, 2)
    message = f"{result.output} {result.exception}"
    assert all(part in message for part in named), message
