"""Options that name what is no plain file, or a file that is needed: nothing is lost."""

from __future__ import annotations

import os
import stat
import threading
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.generator.cli.evaluating.asking import CHECK, PROMPT, cases_file, evaluate, results_in, url
from tests.site.playground.playing import Served

pytestmark = pytest.mark.usefixtures("among_few")


def read_of(pipe: Path, write: Callable[[], None]) -> bytes:
    """What comes through a pipe while that is done."""
    got: list[bytes] = []
    thread = threading.Thread(target=lambda: got.append(pipe.read_bytes()), daemon=True)
    thread.start()
    write()
    thread.join(20)
    return got[0]


def command(server: Served, folder: Path, *more: str | Path) -> tuple[str | Path, ...]:
    return (cases_file(folder), *PROMPT, *CHECK, "--model", "own/good", *url(server), *more)


@pytest.mark.parametrize("kind", ["pipe", "device"])
def test_results_that_could_not_be_read_again_are_refused_before_anything_is_asked(
    server: Served, tmp_path: Path, kind: str
) -> None:
    target = tmp_path / "target"
    if kind == "pipe":
        os.mkfifo(target)
    else:
        target.symlink_to("/dev/null")
    ended = evaluate(*command(server, tmp_path, "--results", target))
    assert (ended.status, server.seen) == (2, [])
    assert f"{target} is a {kind}, which cannot be read again; name a file instead" in ended.err
    assert not stat.S_ISREG(target.stat().st_mode)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["cases.csv", "target"]


def test_results_behind_a_link_stay_where_they_are(server: Served, tmp_path: Path) -> None:
    (tmp_path / "kept").mkdir()
    link, file = tmp_path / "latest.json", tmp_path / "kept" / "first.json"
    link.symlink_to(file)
    ended = evaluate(*command(server, tmp_path, "--results", link))
    assert ended.status == 0, ended
    assert link.is_symlink()
    assert len(results_in(file)["results"]) == 3
    evaluate(*command(server, tmp_path, "--results", link))
    assert len(server.seen) == 3  # all was there
    assert sorted(path.name for path in (tmp_path / "kept").iterdir()) == ["first.json"]


def test_results_keep_the_rights_they_had(server: Served, tmp_path: Path) -> None:
    evaluate(*command(server, tmp_path))
    file = tmp_path / "cases.results.json"
    file.chmod(0o600)
    ended = evaluate(*command(server, tmp_path, "--model", "own/one"))
    assert ended.status == 0, ended
    assert stat.S_IMODE(file.stat().st_mode) == 0o600


def test_reports_go_through_a_pipe(server: Served, tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    junit = read_of(pipe, lambda: (evaluate(*command(server, tmp_path, "--junit", pipe)), None)[1])
    assert junit.count(b"<testcase") == 3
    results = tmp_path / "cases.results.json"
    rows = read_of(pipe, lambda: (evaluate("export", results, "--to", "csv", "--out", pipe), None)[1])
    assert rows.count(b"passed") == 3
    assert stat.S_ISFIFO(pipe.stat().st_mode)


@pytest.mark.parametrize("what", ["junit", "summary"])
@pytest.mark.parametrize(("model", "status"), [("good", 2), ("one", 3)])
def test_a_report_that_cannot_be_written_hides_no_verdict(
    server: Served, tmp_path: Path, what: str, model: str, status: int
) -> None:
    full = tmp_path / "full"
    full.symlink_to("/dev/full")
    asked = (cases_file(tmp_path), *PROMPT, *CHECK, "--model", f"own/{model}", *url(server))
    # One answer in three is right of the second.
    gated = ("--fail-under", "30%", *(("--junit", full) if what == "junit" else ()))
    ended = evaluate(*asked, *gated, **({"GITHUB_STEP_SUMMARY": str(full)} if what == "summary" else {}))
    assert ended.status == status, ended
    assert "The answers are in" in ended.out
    assert f"{full}: could not be written (No space left on device)" in ended.err


@pytest.mark.parametrize(
    ("name", "what"),
    [("cases.csv", "the cases"), ("cases.results.json", "the results"), ("link", "the cases")],
)
def test_a_report_never_takes_the_place_of_what_it_is_about(
    server: Served, tmp_path: Path, name: str, what: str
) -> None:
    asked = command(server, tmp_path, "--junit", tmp_path / name)
    (tmp_path / "link").symlink_to("cases.csv")
    ended = evaluate(*asked)
    assert (ended.status, server.seen) == (2, [])
    assert f"would write over {what}; name another file" in ended.err


def test_a_run_is_never_compared_with_itself(server: Served, tmp_path: Path) -> None:
    results = tmp_path / "cases.results.json"
    evaluate(*command(server, tmp_path))
    before = results.read_bytes()
    for more in ((), ("--results", results)):
        ended = evaluate(*command(server, tmp_path, "--baseline", results, *more))
        assert ended.status == 2
        assert "would write over the baseline; name another file" in ended.err
    assert results.read_bytes() == before


def test_cases_from_a_pipe_need_a_place_for_results(server: Served, tmp_path: Path) -> None:
    pipe = tmp_path / "cases"
    os.mkfifo(pipe)
    content = b"country,capital\nPeru,Lima\n"
    asked = (pipe, *PROMPT, *CHECK, "--model", "own/good", *url(server))

    def fed(*more: str | Path) -> tuple[int, str]:
        threading.Thread(target=lambda: pipe.write_bytes(content), daemon=True).start()
        ended = evaluate(*asked, *more)
        return ended.status, ended.err

    status, told = fed()
    assert (status, server.seen) == (2, [])
    assert "is a pipe, so no results can stand beside it; add --results FILE" in told
    assert fed("--results", tmp_path / "r.json")[0] == 0
    assert len(results_in(tmp_path / "r.json")["results"]) == 1
