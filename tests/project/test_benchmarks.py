"""What is measured beside others must be the same work, and be measured right."""

from __future__ import annotations

import json
import re
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import httpx2
import pytest

from tests.bench.build.builders import require_all, require_changed
from tests.bench.evaluating.programs import figures_of
from tests.bench.evaluating.server import Asked, serving
from tests.bench.report import ran


@pytest.mark.parametrize(
    ("made", "said"),
    [
        ({"index.html"}, "lacks models/a.html"),
        ({"index.html", "models/a.html", "b.html"}, "has besides b.html"),
    ],
)
def test_a_builder_that_makes_other_pages_is_not_timed(made: set[str], said: str) -> None:
    wanted = {"index.html", "models/a.html"}
    require_all("Another", wanted, wanted)
    with pytest.raises(SystemExit, match=said):
        require_all("Another", wanted, made)


def test_a_builder_that_leaves_a_changed_page_is_not_timed() -> None:
    before = {"models/a": b"1", "models/b": b"2"}
    require_changed("Another", before, {"models/a": b"3", "models/b": b"4"})
    with pytest.raises(SystemExit, match="models/b says what it said"):
        require_changed("Another", before, {"models/a": b"3", "models/b": b"2"})
    with pytest.raises(SystemExit, match="changes no page"):
        require_changed("Another", {}, {})


def test_a_command_s_memory_is_its_own_and_not_that_of_who_starts_it() -> None:
    ours = bytearray(b"1") * 200_000_000
    assert (
        ran([sys.executable, "-I", "-S", "-c", "print('a word of its own')"]).megabytes
        < 100
        < len(ours) / 1e6
    )


def test_a_command_that_fails_ends_the_measurement_with_what_it_said() -> None:
    with pytest.raises(SystemExit, match="no such page"):
        ran([sys.executable, "-c", "import sys; sys.exit('no such page')"])


def asked_at_once(pause: float) -> tuple[list[str], Asked]:
    """What three who ask at once are answered after so many seconds, and what the server counted."""
    question = {"model": "m", "messages": [{"role": "user", "content": "which capital?"}]}
    with serving(pause) as server:
        asked = server.asked = Asked(by_name=True)

        def answer(streamed: bool) -> str:
            body = {**question, "stream": streamed}
            return httpx2.post(f"{server.url}/chat/completions", json=body, trust_env=False).text

        with ThreadPoolExecutor(3) as pool:
            return list(pool.map(answer, (True, False, True))), asked


def test_the_server_of_evaluations_counts_what_is_asked_and_streams_to_who_asks_for_it() -> None:
    # On a busy machine the first is answered before the last has asked, unless its answer takes longer.
    all_at_once = (each for pause in (0.05, 0.5, 4) if (each := asked_at_once(pause))[1].most_open == 3)
    texts, asked = next(all_at_once)
    pieces = re.findall(r'"delta": {"content": "(.*?)"}', texts[0])
    assert (len(pieces), "".join(pieces)) == (10, "which capital?")
    assert json.loads(texts[1])["choices"][0]["message"]["content"] == "which capital?"
    assert (asked.requests, asked.answers, asked.most_open, asked.open) == (3, 3, 3, 0)
    assert asked.names == {("m", "which capital?"): 3}
    assert asked.seconds > 0.05


def test_a_program_that_leaves_cases_out_ends_the_measurement() -> None:
    with serving(0) as server, pytest.raises(SystemExit, match="ended with 0 after 0 of 2 answers"):
        figures_of([sys.executable, "-c", ""], {}, Path.cwd(), server, 2)
