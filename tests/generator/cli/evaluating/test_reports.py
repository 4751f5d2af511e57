"""What a run says at its end: gates by intervals, what broke since a baseline, reports for CI."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest

from generator.cli.evaluating.gates import Exit, Gate, Standing, exit_of, percent
from generator.site.html.markup import to_html
from tests.generator.cli.evaluating.asking import cases_file, evaluate, saying
from tests.site.playground.playing import Served, said

pytestmark = pytest.mark.usefixtures("among_few")
COUNT = 40


def asked(server: Served, folder: Path, *more: str | Path) -> tuple[str | Path, ...]:
    file = cases_file(folder, "n\n" + "".join(f"{n:03}\n" for n in range(COUNT)))
    prompt = ("--prompt", "Number {{n}}", "--check", "contains={{n}}", "--model", "own/m")
    return (file, *prompt, "--url", f"{server.origin}/v1", *more)


def right_below(limit: int) -> Served:
    """A server that is right in so many cases."""

    def answer(body: Any) -> str:
        number = body["messages"][-1]["content"][-3:]
        return number if int(number) < limit else "no"

    return saying(answer)


@pytest.mark.parametrize(
    ("right", "status", "told"),
    [
        (40, Exit.WELL, "m surely does not pass less often than 80 %: 95 % interval 91 % to 100 %."),
        (34, Exit.UNDECIDED, "Your cases can't tell whether m passes less often than 80 %"),
        (30, Exit.UNDECIDED, "Your cases can't tell whether m passes less often than 80 %"),
        (20, Exit.UNDER, "m passes surely less often than 80 %: 95 % interval"),
    ],
)
def test_the_interval_decides_and_not_the_point(right: int, status: Exit, told: str, tmp_path: Path) -> None:
    server = right_below(right)
    ended = evaluate(*asked(server, tmp_path, "--fail-under", "80%"))
    assert ended.status == status
    assert told in ended.out
    again = evaluate(*asked(server, tmp_path, "--fail-under", "0.8", "--json"))
    assert again.status == status
    report = json.loads(again.out)
    assert report["exit"] == status
    (gate,) = report["fail_under"]
    rate = report["models"][0]["rate"]
    assert (gate["low"], gate["high"]) == (rate["low"], rate["high"])
    server.close()


def gate(low: float, high: float, share: float = 0.8) -> Gate:
    return Gate(name="m", share=share, low=low, high=high)


def test_the_worst_that_is_sure_decides() -> None:
    well, under, open_ = gate(0.8, 1), gate(0.5, 0.79), gate(0.79, 0.8)
    assert [one.standing for one in (well, under, open_)] == [
        Standing.NOT_UNDER,
        Standing.UNDER,
        Standing.UNDECIDED,
    ]
    assert exit_of([], [], 0) == Exit.WELL
    assert exit_of([], [], 1) == Exit.INCOMPLETE
    assert exit_of([well], [], 1) == Exit.WELL
    assert exit_of([well, open_], [], 0) == Exit.UNDECIDED
    assert exit_of([well, open_, under], [], 0) == Exit.UNDER
    # Where nothing was answered, nothing is known.
    assert gate(0, 1).standing is Standing.UNDECIDED


def test_a_share_is_not_printed_as_all_or_none_of_it() -> None:
    assert [percent(share) for share in (0, 0.004, 0.5, 0.9961, 0.99999, 1)] == [
        "0 %",
        "0.4 %",
        "50 %",
        "99.6 %",
        "99.999 %",
        "100 %",
    ]


def test_what_is_sure_is_not_printed_as_if_it_touched_the_share() -> None:
    assert "less often than 80 %: 95 % interval 60 % to 79.96 %." in gate(0.6, 0.7996).sentence
    assert "not pass less often than 80 %: 95 % interval 80 % to 92 %." in gate(0.8, 0.92).sentence


def test_what_broke_and_what_was_mended_since_a_baseline(tmp_path: Path) -> None:
    before, now = right_below(30), right_below(10)
    baseline = tmp_path / "before.results.json"
    evaluate(*asked(before, tmp_path, "--results", baseline))
    worse = evaluate(*asked(now, tmp_path, "--baseline", baseline))
    assert worse.status == Exit.UNDER
    assert re.search(
        r"m is surely worse than m in .*before\.results\.json: -50 points, 95 % interval -\d+ to -\d+; "
        r"20 cases broke, 0 mended\.",
        worse.out,
    )
    assert "Broke: 11, 12, 13" in worse.out
    better = evaluate(
        *asked(before, tmp_path, "--results", tmp_path / "after.json", "--json"),
        *("--baseline", tmp_path / "cases.results.json"),
    )
    assert better.status == Exit.WELL
    (change,) = json.loads(better.out)["baseline"]
    assert (change["standing"], change["estimate"], change["cases"]) == ("better", 0.5, COUNT)
    assert (change["broken"], change["mended"]) == ([], [str(n) for n in range(11, 31)])
    before.close()
    now.close()


def test_a_small_loss_that_chance_may_make_fails_nothing(tmp_path: Path) -> None:
    before, now = right_below(30), right_below(29)
    baseline = tmp_path / "before.results.json"
    evaluate(*asked(before, tmp_path, "--results", baseline))
    ended = evaluate(*asked(now, tmp_path, "--baseline", baseline))
    assert ended.status == Exit.WELL
    assert "m can't be told from m" in ended.out
    assert "1 case broke, 0 mended" in ended.out
    other = cases_file(tmp_path, "n\nx\n", "other.csv")
    command = (other, *asked(now, tmp_path)[1:])
    asked_before = len(now.seen)
    assert "no checked case in common" in evaluate(*command, "--baseline", baseline).err
    assert len(now.seen) == asked_before
    named = evaluate(*asked(now, tmp_path, "--baseline", cases_file(tmp_path, "{}", "b.json")))
    assert named.status == 2
    assert "b.json cannot be read as results" in named.err
    before.close()
    now.close()


EVIL = (
    "\x1b[2J\x1b]0;owned\x07\x00\x08<script>alert(1)</script> ]]> &amp; =cmd()|x <img src=x onerror=alert(1)>"
    " | a | b |\n# head\n[link](javascript:alert(1)) ![x](https://evil.test/p.png) https://evil.test "
    "@octocat `code` \u202e\ufffe\ud83d www.evil.test ~~x~~ *y* ${{ secrets.KEY }}\n::error::x ##[error]x"
)


class _Tags(HTMLParser):
    def __init__(self, text: str) -> None:
        super().__init__()
        self.seen: set[str] = set()
        self.feed(text)

    def handle_starttag(self, tag: str, _: object) -> None:
        self.seen.add(tag)


@pytest.fixture
def hostile() -> Iterator[Served]:
    def answer(body: Any, handler: Any) -> None:
        if body["model"] == "m":
            said(handler, {"content": EVIL})
            return
        handler.send_response(400)
        handler.end_headers()
        handler.wfile.write(json.dumps({"error": {"message": EVIL}}).encode())

    server = Served(answer)
    yield server
    server.close()


def test_hostile_answers_are_text_in_every_report(hostile: Served, tmp_path: Path) -> None:
    file = cases_file(tmp_path, json.dumps([{"name": EVIL, "q": "=1+1"}, {"q": "x"}]), "cases.json")
    summary, junit = tmp_path / "summary.md", tmp_path / "junit.xml"
    command = (file, "--prompt", "{{q}}", "--check", f"equals={{{{q}}}}{EVIL[20:60]}")
    command = (*command, "--model", "own/m", "--model", "own/bad")
    ended = evaluate(
        *(*command, "--url", f"{hostile.origin}/v1", "--junit", junit),
        GITHUB_STEP_SUMMARY=str(summary),
    )
    assert ended.status == Exit.INCOMPLETE, ended
    assert "owned" in ended.out
    unseen = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\u202e]")
    for text in (ended.out, ended.err, summary.read_text(), junit.read_text()):
        assert not unseen.search(text)
    assert not re.search(r"^\s*::|##\[", ended.out + ended.err, re.M)
    tests = ElementTree.parse(junit).getroot()
    assert {node.tag for node in tests.iter()} == {"testsuites", "testsuite", "testcase", "failure", "error"}
    (first, *_) = tests.iter("failure")
    assert "<script>alert(1)</script> ]]> &amp;" in (first.text or "")
    made = to_html(summary.read_text())
    assert _Tags(made).seen <= {"h2", "table", "thead", "tbody", "tr", "th", "td", "p", "ul", "li"}
    assert not re.search(r"(?:^|[^;])(?://|@octocat|www\.)", summary.read_text())


def test_junit_has_a_suite_for_each_model_and_a_test_for_each_case(tmp_path: Path) -> None:
    def answer(body: Any, handler: Any) -> None:
        number = body["messages"][-1]["content"][-3:]
        if number == "002":
            handler.send_response(400)
            handler.end_headers()
            handler.wfile.write(b'{"error":{"message":"refused here"}}')
            return
        said(handler, {"content": "no" if number == "001" else number})

    server = Served(answer)
    junit = tmp_path / "junit.xml"
    evaluate(*asked(server, tmp_path, "--junit", junit, "--repeat", "2"))
    (suite,) = ElementTree.parse(junit).getroot()
    assert {name: suite.get(name) for name in ("name", "tests", "failures", "errors", "skipped")} == {
        "name": "m",
        "tests": str(COUNT),
        "failures": "1",
        "errors": "1",
        "skipped": "0",
    }
    ends = {case.get("name"): next(iter(case), None) for case in suite if len(case)}
    failure, error = ends["2"], ends["3"]
    assert failure is not None
    assert failure.tag == "failure"
    assert failure.get("message") == "2 of 2 answers failed: does not contain “001”"
    assert failure.text == "no"
    assert error is not None
    assert error.tag == "error"
    assert "refused here" in (error.get("message") or "")
    server.close()


def test_a_step_summary_is_added_to_what_is_there(tmp_path: Path) -> None:
    server = right_below(34)
    summary = tmp_path / "summary.md"
    summary.write_text("before\n\n")
    evaluate(*asked(server, tmp_path, "--fail-under", "0.8"), GITHUB_STEP_SUMMARY=str(summary))
    text = summary.read_text()
    assert text.startswith("before\n\n## Evaluation of cases.results.json\n")
    assert "| m | 85 % | 71 % to 93 % |" in text
    assert "can't tell whether m passes less often than 80 %" in text
    server.close()
