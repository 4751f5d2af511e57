"""`almanac choose`: needs from options and files, answers in words and as JSON, clear errors."""

from __future__ import annotations

import json
import re
from datetime import UTC, datetime
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from generator import store
from generator.cli import cli
from generator.errors import EditError
from generator.need import need
from playground.catalog import Capability
from playground.choose import choose as choose_by
from playground.need import Need
from playground.pricing import Workload
from playground.record import amount
from playground.regions import Zone

CATALOG = store.load(Path("docs/catalog"))


def choose(*arguments: str) -> Result:
    return CliRunner().invoke(cli, ["choose", *arguments], env={"COLUMNS": "160"})


EU = ("--must", "vision", "--must", "tool_calls", "--zone", "eu", "--requests", "10,000", "--only-known")


def test_the_json_is_the_answer_of_the_library() -> None:
    result = choose(*EU, "--json")
    assert result.exit_code == 0, result.output
    said = json.loads(result.stdout)
    asked = Need(
        work=Workload(input_tokens=Decimal(1000), output_tokens=Decimal(500), requests=Decimal(10_000)),
        must=(Capability.VISION, Capability.TOOL_CALLS),
        zone=Zone.EU,
        keep_unknown=False,
    )
    answer = choose_by(asked, CATALOG, datetime.now(UTC).date())
    assert [c["offering"] for c in said["candidates"]] == [c.offering.key for c in answer.ranked]
    assert {k: v["count"] for k, v in said["eliminated"].items()} == {
        k: len(v) for k, v in answer.eliminated.items()
    }
    first = said["candidates"][0]
    assert {v["holds"] for v in first["verdicts"]} == {"yes"}
    assert said["catalog"] == store.catalog_hash(Path("docs/catalog"))


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
    said = json.loads(result.stdout)
    assert said["need"]["requests"] == 500
    assert {c["offering"].split("/")[0] for c in said["candidates"]} == {"amazon-bedrock"}


def test_where_nobody_is_left_it_says_what_would_have_to_go() -> None:
    result = choose("--lab", "microsoft", "--provider", "openai", "--only-known")
    assert result.exit_code == 1
    assert "0 of" in result.output
    assert "Without" in result.output


@pytest.mark.parametrize(
    ("part", "value", "said"),
    [
        ("must", ["visoin"], "must: there is no 'visoin'; did you mean vision"),
        ("zone", "europe", "zone: there is no 'europe'; did you mean eu"),
        ("labs", ["open-ai"], "labs: there is no 'open-ai' in the catalog; did you mean openai"),
        ("budget", "much", "budget: is a number, not 'much'"),
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
        ("quality", 3, "quality: quality needs a benchmark"),
        ("speed", 1, "speed: no source says how fast an offering is"),
        ("speeds", {"openai/direct/x": 5}, "speeds: there is no 'openai/direct/x' in the catalog"),
        ("max_share", 0, "max_share: goes from 0.01 to 1"),
        ("mode", "slow", "mode: there is no 'slow'"),
        ("bugdet", 5, "bugdet: there is no such part of a need; did you mean budget"),
    ],
)
def test_what_is_wrong_in_a_need_is_named(part: str, value: object, said: str) -> None:
    with pytest.raises(EditError, match=re.escape(said)) as raised:
        need({part: value}, CATALOG, "need.yml")
    assert str(raised.value).startswith("need.yml: ")


def test_a_wrong_need_ends_with_its_message_and_no_traceback(tmp_path: Path) -> None:
    nothing = choose("--need", "nothing.yml")
    assert nothing.exit_code == 2
    assert "'nothing.yml' does not exist" in nothing.output
    (tmp_path / "need.yml").write_text("- budget\n")
    result = choose("--need", str(tmp_path / "need.yml"))
    assert isinstance(result.exception, EditError)
    assert "need.yml: must be a mapping" in str(result.exception)


def test_flip_points_are_told_in_words() -> None:
    assert amount("output_tokens", Fraction(2140)) == "2,140 output tokens a request"
    assert amount("cached", Fraction(7, 20)) == "35 % of the input cached"
