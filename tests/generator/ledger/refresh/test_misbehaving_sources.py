"""A live refresh where a source misbehaves: its last good data stays, the others go on, a line says why."""

from __future__ import annotations

import gzip
import json
import shutil
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
import stamina

from generator import store
from generator.cli.catalog.refresh import STALE, exit_code
from generator.errors import FetchError
from generator.fetch.fetched import Limits, no_progress
from generator.ledger.refresh.outcome import Outcome, Refreshed, SourceVerdict
from generator.ledger.refresh.refresh import refresh
from generator.sources import BY_ID, SCORES, SOURCES, Live
from tests.generator.ledger.refresh.misbehaving import BAD, GOOD, ROWS, Answer, Server, http, in_turn, tenth
from tests.rounds import nightly, sampled

CATALOG = Path("docs/catalog")
FIXTURES = Path("tests/fixtures/sources")
YESTERDAY, TODAY = date(2026, 11, 23), date(2026, 11, 24)
SHORT = Limits(connect_s=2, quiet_s=0.5, deadline_s=1.5, tries=2, longest_pause_s=1)
PATIENT = Limits(tries=2, longest_pause_s=1)


@pytest.fixture
def server() -> Iterator[Server]:
    with Server() as made:
        threading.Thread(target=made.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
        yield made
        made.shutdown()


@pytest.fixture(autouse=True)
def no_waiting() -> object:
    with stamina.set_testing(True, attempts=2):
        yield


@pytest.fixture(scope="module")
def folder_as_made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A catalog made live yesterday, when all was well."""
    folder = tmp_path_factory.mktemp("made") / "catalog"
    folder.mkdir()
    for name in ("identity.yml", "providers.yml", "overrides.yml"):
        shutil.copy(CATALOG / name, folder / name)
    # It is long, and read at every refresh.
    rows = (CATALOG / "benchmarks.yml").read_text("utf-8").split("\n- ")
    (folder / "benchmarks.yml").write_text("\n- ".join(rows[:20]) + "\n", "utf-8")
    with Server() as server:
        threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
        run(server, folder, http(GOOD, last_modified="Sun, 22 Nov 2026 10:00:00 GMT"), today=YESTERDAY)
        server.shutdown()
    return folder


@pytest.fixture
def folder(folder_as_made: Path, tmp_path: Path) -> Path:
    return shutil.copytree(folder_as_made, tmp_path / "catalog")


def run(
    server: Server,
    folder: Path,
    litellm: Answer | str,
    today: date = TODAY,
    limits: Limits = SHORT,
    scores: bytes = (FIXTURES / "models-dev-scores.json").read_bytes(),
) -> Refreshed:
    """A live refresh in which the others behave; `litellm` may be another address."""
    url = litellm if isinstance(litellm, str) else f"{server.url}/litellm.json"
    if not isinstance(litellm, str):
        server.answers["/litellm.json"] = litellm
    for name in ("models-dev", "openrouter"):
        server.answers[f"/{name}.json"] = http((FIXTURES / f"{name}.json").read_bytes())
    server.answers["/models.json"] = http(scores)
    others = (
        replace(BY_ID[n], live=Live(url=f"{server.url}/{n}.json")) for n in ("models-dev", "openrouter")
    )
    return refresh(
        folder,
        folder.parent / "cache",
        live=True,
        today=today,
        progress=lambda _: no_progress,
        sources=(replace(BY_ID["litellm"], live=Live(url=url)), *others),
        scores=tuple(
            replace(s, live=Live(url=f"{server.url}/models.json"))
            for s in SCORES
            if s.id == "models-dev-scores"
        ),
        limits=limits,
    )


def outcome(done: Refreshed, source: str) -> Outcome:
    return next(one for one in done.outcomes if one.source == source)


def keeps(folder: Path, done: Refreshed, before: Path, reason: str) -> None:
    """What must hold whatever went wrong with one source."""
    one = outcome(done, "litellm")
    assert (one.verdict, one.as_of) == (SourceVerdict.STALE, YESTERDAY)
    assert reason in one.reason
    assert "\n" not in one.reason
    assert len(one.reason) < 400
    assert outcome(done, "openrouter").verdict == SourceVerdict.UNCHANGED
    assert exit_code(done) == STALE
    old, new = store.load(before), store.load(folder)
    assert new.offerings == old.offerings
    assert new.models == old.models
    state = new.sources["litellm"]
    assert state.stale
    assert state == replace(old.sources["litellm"], stale=state.stale)
    assert new.sources["openrouter"].retrieved == TODAY
    assert store.load_unplaced(folder) == store.load_unplaced(before)
    assert store.changed_files(folder) == []


@sampled(10)
@pytest.mark.parametrize("case", BAD)
def test_a_source_that_misbehaves_keeps_its_last_good_data(
    server: Server, folder: Path, folder_as_made: Path, case: str
) -> None:
    answer, reason = BAD[case]
    # A busy machine is no slow source: time is short only where that is the case.
    limits = SHORT if case in ("slow headers", "slow body", "silence") else PATIENT
    keeps(folder, run(server, folder, answer, limits=limits), folder_as_made, reason)


@contextmanager
def _plain() -> Iterator[str]:
    """The address, with https, of a server that does not speak TLS."""
    with closing(socket.create_server(("127.0.0.1", 0))) as listening:

        def once() -> None:
            # The test closes the socket when it has seen enough.
            with suppress(OSError):
                for _ in range(4):
                    with listening.accept()[0] as out:
                        out.recv(4096)
                        out.sendall(b"HTTP/1.1 400 Bad Request\r\n\r\n")

        threading.Thread(target=once, daemon=True).start()
        yield f"https://127.0.0.1:{listening.getsockname()[1]}/litellm.json"


@pytest.mark.parametrize(
    ("url", "reason"),
    [
        ("http://127.0.0.1:9/litellm.json", "ConnectError"),
        ("http://nowhere.invalid/litellm.json", "nowhere.invalid: ConnectError"),
    ],
    ids=["refused", "no such host"],
)
def test_a_source_that_is_not_there_keeps_its_last_good_data(
    server: Server, folder: Path, folder_as_made: Path, url: str, reason: str
) -> None:
    keeps(folder, run(server, folder, url), folder_as_made, reason)


def test_a_source_without_the_tls_it_had_keeps_its_last_good_data(
    server: Server, folder: Path, folder_as_made: Path
) -> None:
    with _plain() as url:
        keeps(folder, run(server, folder, url), folder_as_made, "127.0.0.1 cannot be trusted: TLS: ")


@sampled(2)
@pytest.mark.parametrize(
    "answer",
    [
        in_turn(http(status="500 Oops"), http(GOOD)),
        in_turn(http(status="429 Later", retry_after="1"), http(GOOD)),
        in_turn(lambda _out, _: None, http(GOOD)),
        http(gzip.compress(GOOD), content_encoding="gzip", content_type="text/plain"),
        http(GOOD, content_type="application/octet-stream"),
        in_turn(
            http(status="302 Found", location="/moved.json"),
            lambda out, _: out.sendall(b"HTTP/1.1 500 \r\n\r\n"),
        ),
    ],
    ids=["500 then good", "429 then good", "cut then good", "packed", "of no type", "redirected"],
)
def test_a_source_that_recovers_or_moves_is_read(server: Server, folder: Path, answer: Answer) -> None:
    server.answers["/moved.json"] = http(GOOD)
    done = run(server, folder, answer)
    assert outcome(done, "litellm") == Outcome(source="litellm", verdict=SourceVerdict.UNCHANGED, as_of=TODAY)
    assert exit_code(done) == 0


def test_an_unchanged_answer_is_read_from_the_last_one_and_counts_as_today(
    server: Server, folder: Path
) -> None:
    asked: list[str] = []

    def answer(out: socket.socket, headers: dict[str, str]) -> None:
        asked.append(headers.get("if-none-match", ""))
        (http(status="304 Not Modified") if asked[-1] else http(GOOD, etag='"v1"'))(out, headers)

    run(server, folder, answer, YESTERDAY)
    done = run(server, folder, answer)
    assert asked == ["", '"v1"']
    assert outcome(done, "litellm") == Outcome(source="litellm", verdict=SourceVerdict.UNCHANGED, as_of=TODAY)
    state = store.load(folder).sources["litellm"]
    assert (state.changed, state.retrieved) == (YESTERDAY, TODAY)


def test_a_bad_answer_is_never_what_the_next_question_is_made_conditional_on(
    server: Server, folder: Path
) -> None:
    asked: list[str] = []

    def answer(out: socket.socket, headers: dict[str, str]) -> None:
        asked.append(headers.get("if-none-match", ""))
        bodies = [(GOOD, '"good"'), (tenth(), '"bad"'), (GOOD, '"good"')]
        body, tag = bodies[len(asked) - 1]
        (http(status="304 Not Modified") if asked[-1] == tag else http(body, etag=tag))(out, headers)

    run(server, folder, answer, YESTERDAY)
    assert outcome(run(server, folder, answer), "litellm").verdict == SourceVerdict.STALE
    assert outcome(run(server, folder, answer), "litellm").verdict == SourceVerdict.UNCHANGED
    assert asked == ["", '"good"', '"good"']


def test_a_copy_that_was_replaced_is_known_again(server: Server, folder: Path) -> None:
    newer = json.dumps(dict([*ROWS.items()][:241]))
    run(server, folder, http(newer.encode()), TODAY)
    done = run(server, folder, http(GOOD), TODAY + timedelta(days=1))
    assert f"the copy that was replaced on {TODAY}" in outcome(done, "litellm").reason
    done = run(server, folder, http(newer.encode()), TODAY + timedelta(days=1))
    assert outcome(done, "litellm").verdict == SourceVerdict.UNCHANGED


def test_a_loss_that_a_person_lets_through_is_applied(server: Server, folder: Path) -> None:
    reason = outcome(run(server, folder, http(tenth())), "litellm").reason
    line = reason.partition("write in overrides.yml: ")[2]
    assert line.startswith("- approve: litellm rows ")
    (folder / "overrides.yml").write_text(f"{line}\n")
    assert outcome(run(server, folder, http(tenth())), "litellm").verdict == SourceVerdict.FRESH
    # The approval is of this loss, not of any.
    fewer = json.dumps(dict([*ROWS.items()][:5])).encode()
    assert "rows fell" in outcome(run(server, folder, http(fewer)), "litellm").reason


def test_scores_that_cannot_be_read_stay(server: Server, folder: Path, folder_as_made: Path) -> None:
    done = run(server, folder, http(GOOD), scores=b"[]")
    assert outcome(done, "models-dev-scores").verdict == SourceVerdict.STALE
    old, new = store.load(folder_as_made), store.load(folder)
    assert new.models == old.models
    state = new.sources["models-dev-scores"]
    assert state == replace(old.sources["models-dev-scores"], stale=state.stale)
    assert state.placed > 0


def test_where_nothing_can_be_read_the_catalog_is_as_it_was(
    server: Server, folder: Path, folder_as_made: Path
) -> None:
    with pytest.raises(FetchError, match="2 of the sources failed; the catalog is unchanged"):
        refresh(
            folder,
            folder.parent / "cache",
            live=True,
            today=TODAY,
            progress=lambda _: no_progress,
            sources=(
                replace(BY_ID["litellm"], live=Live(url="http://127.0.0.1:9/")),
                replace(BY_ID["openrouter"], live=Live(url="http://127.0.0.1:9/")),
            ),
            scores=(),
            limits=SHORT,
        )
    assert store.catalog_hash(folder) == store.catalog_hash(folder_as_made)


def cli(server: Server, folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """`almanac refresh --live` as a process: three sources are there, the others answer that they are not."""
    # So nothing is tried again, with the pauses that a person's refresh makes.
    moved = [f"--from={source.id}={server.url}/{source.id}.json" for source in (*SOURCES, *SCORES)]
    for source in (*SOURCES, *SCORES):
        server.answers.setdefault(f"/{source.id}.json", http(status="404 Not Found"))
    return subprocess.run(
        [
            sys.executable,
            "-m",
            "generator.cli",
            "refresh",
            "--live",
            "--catalog",
            str(folder),
            *moved,
            *arguments,
        ],
        capture_output=True,
        text=True,
        check=False,
        env={"PATH": "", "ALMANAC_CACHE": str(folder.parent / "cache")},
    )


@nightly("test_a_source_that_misbehaves_keeps_its_last_good_data, by the same report")
def test_the_process_tells_by_its_exit_code_what_became_of_the_sources(server: Server, folder: Path) -> None:
    for name in ("models-dev", "openrouter"):
        server.answers[f"/{name}.json"] = http((FIXTURES / f"{name}.json").read_bytes())
    server.answers["/litellm.json"] = http(GOOD)
    stale = cli(server, folder, "--json")
    report = json.loads(stale.stdout)
    assert (stale.returncode, report["exit_code"]) == (3, 3)
    assert {s: t["verdict"] for s, t in report["sources"].items() if t["verdict"] != "missing"} == {
        "litellm": "unchanged",
        "models-dev": "unchanged",
        "openrouter": "unchanged",
        "models-dev-scores": "stale",
    }
    assert "Traceback" not in stale.stderr
    rows = dict([*ROWS.items()][:240])
    name = next(
        o.records["litellm"].id
        for o in store.load(folder).offerings
        if "litellm" in o.records
        and "price.input" in o.facts
        and [c.note for c in o.facts["price.input"].claims] == [""]
        and o.value("price.input")
        and "input_cost_per_token" in rows[o.records["litellm"].id]
    )
    slipped = {
        **rows,
        name: {**rows[name], "input_cost_per_token": rows[name]["input_cost_per_token"] * 1000},
    }
    server.answers["/litellm.json"] = http(json.dumps(slipped).encode())
    held = cli(server, folder)
    assert held.returncode == 4
    assert "Held until a person looks" in held.stdout
    let = cli(server, folder, "--accept-held")
    assert let.returncode == 3
    assert "models-dev-scores: not read; what it said on" in let.stderr
