"""Records are what happened: after any sequence of deeds they hold exactly what the server received."""

from __future__ import annotations

import asyncio
import base64
import json
import random
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, quote, unquote_plus, urlsplit

import jsonschema_rs
import pytest

from tests import running
from tests.patience import PATIENCE_S
from tests.rounds import FULL, sampled
from tests.site.playground.records.answering import Answered, Answering
from tests.site.playground.records.page import ROWS, Reader, browser_module

KEY = "planted-key-of-no-known-form"
SCHEMA = json.loads(Path("docs/playground/run.schema.json").read_text())
PNG = b"\x89PNG\r\n\x1a\n0000"
DIGEST = sha256(PNG).hexdigest()
DATA = base64.b64encode(PNG).decode()
IMAGE = {"media_type": "image/png", "data": DATA, "sha256": DIGEST, "name": "a.png"}
DEEDS = (
    *("edit", "run", "run", "run", "retry", "retry", "more", "more", "results", "stop", "swap", "tune"),
    *("add", "remove", "link", "reopen", "opened"),
)
SEEDS = 60 if FULL else 4


@pytest.fixture(scope="module")
def server() -> Iterator[Answering]:
    answering = Answering()
    yield answering
    answering.close()


@sampled(1)
@pytest.mark.parametrize("seed", range(SEEDS))
def test_records_hold_exactly_what_the_server_received(server: Answering, seed: int) -> None:
    async def play() -> None:
        with browser_module() as browser:
            reader = await Reader.at(server.origin, browser)
            try:
                await Sequence(reader, server, random.Random(seed)).play()
            finally:
                await reader.leaves()

    running.run(play())


def test_asking_again_what_is_not_sent_takes_no_answer_away(server: Answering) -> None:
    """github.com/janhq/jan/issues/6308"""

    async def play() -> None:
        with browser_module() as browser:
            reader = await Reader.at(server.origin, browser)
            try:
                await reader.does("edit", prompt="Only once", images=[], variables={}, options={}, system="")
                await reader.does("run")
                before = json.loads((await reader.does("look"))["json"])
                await reader.does("swap", n=0, row="own", model="")
                await reader.does("retry", n=0)
                after = json.loads((await reader.does("look"))["json"])
            finally:
                await reader.leaves()
        assert after["panes"] == before["panes"]
        assert text_of(turns(after)[0]["reply"])

    running.run(play())


class Sequence:
    """Deeds by chance, and what must hold after them."""

    def __init__(self, reader: Reader, server: Answering, chance: random.Random) -> None:
        self._reader = reader
        self._server = server
        self._chance = chance
        self._from = len(server.answered)
        self._number = 0
        self._typed: list[str] = []
        self._done: list[str] = []
        #: Of the run that is shown: texts of which each of its requests holds one, what its record held when
        #: it was opened, and how many requests the server had got then.
        self._tokens, self._base, self._since = list[str](), list[Any](), 0

    async def play(self) -> None:
        for _ in range(10):
            for _ in range(self._chance.choice([1, 1, 2, 3])):
                deed = self._chance.choice(DEEDS)
                self._done.append(deed)
                await getattr(self, f"_{deed}")()
            self._check(await self._reader.does("look"))

    def _text(self, what: str) -> str:
        """A text that stands nowhere else, sometimes with a word that the server heeds."""
        self._number += 1
        word = self._chance.choice(["", "", "limit", "broken", "tool", "slow", "\N{GRINNING FACE} \u2028"])
        typed = f"{what}-{self._number}-{self._chance.randrange(10**9)}."
        self._typed.append(typed)
        return f"{typed} {word}"

    async def _edit(self) -> None:
        options = [{}, {"temperature": 0.5}, {"max_tokens": 9, "stop": "END\nFIN"}]
        prompt = self._text("prompt")
        self._prompt = prompt.split()[0]
        await self._reader.does(
            "edit",
            prompt=f"{prompt} {{{{name}}}}",
            system=self._chance.choice(["", f"{self._text('system')} {{{{name}}}}"]),
            variables={"name": self._text("variable")},
            options=self._chance.choice(options),
            images=self._chance.choice([[], [], [IMAGE]]),
        )

    async def _run(self) -> None:
        await self._edit()
        self._tokens, self._base, self._since = [self._prompt], [], 0
        panes = await self._reader.does("run")
        async with asyncio.timeout(PATIENCE_S):
            while len(self._own()) < panes:
                await asyncio.sleep(0.005)
        if self._chance.random() < 0.5:
            await self._edit()

    async def _retry(self) -> None:
        await self._reader.does("retry", n=self._chance.randrange(6))

    async def _more(self) -> None:
        text = self._text("more")
        self._tokens.append(text.split()[0])  # where nothing was answered before, it is all that is asked
        await self._reader.does("more", text=text)

    async def _results(self) -> None:
        await self._reader.does("results", n=self._chance.randrange(6), text=self._text("result"))

    async def _stop(self) -> None:
        await self._reader.does("stop")

    async def _swap(self) -> None:
        row, model = self._chance.choice(ROWS), f"m{self._chance.randrange(3)}"
        await self._reader.does("swap", n=self._chance.randrange(6), row=row, model=model)

    async def _tune(self) -> None:
        options = self._chance.choice([{}, {"max_tokens": 77}, {"temperature": 0.25}])
        await self._reader.does("tune", n=self._chance.randrange(6), options=options)

    async def _add(self) -> None:
        await self._reader.does("add")

    async def _remove(self) -> None:
        await self._reader.does("remove", n=self._chance.randrange(6))

    async def _link(self) -> None:
        """A link of somebody else's: what it fills in was not asked here."""
        typed = self._text("linked")
        await self._reader.does("link", hash=f"#v=1&model=own:m1&prompt={quote(typed)}")
        self._tokens, self._base, self._since = [], [], 0

    async def _reopen(self) -> None:
        """The oldest run of the history."""
        look = await self._reader.does("look")
        await self._reader.does("reopen")
        self._come_back(look["all"] and json.loads(look["all"])["runs"][-1])

    async def _opened(self) -> None:
        """The file that was exported last."""
        look = await self._reader.does("look")
        if look["json"]:
            await self._reader.does("import", text=look["json"])
            self._come_back(json.loads(look["json"]))

    def _come_back(self, run: Any) -> None:
        if not run:
            return
        self._base, self._since = requests(run), len(self._server.answered)
        self._tokens = [typed for typed in self._typed if typed in json.dumps(run)]

    def _own(self) -> list[Answered]:
        later = self._server.answered[self._since :]
        return [a for a in later if any(token in json.dumps(a.body) for token in self._tokens)]

    def _check(self, look: dict[str, str]) -> None:
        received = self._server.answered[self._from :]
        own = self._own()
        if look["json"]:
            run = json.loads(look["json"])
            jsonschema_rs.validate(SCHEMA, run)
            expected = self._base + [(a.path, a.body) for a in own]
            same(requests(run), expected, stopped(run), self._done)
            for turn in turns(run):
                told(turn, received)
        else:
            assert own == [], self._done
        history = json.loads(look["all"])["runs"] if look["all"] else []
        kept = [each for run in history for each in requests(run)]
        known = [(a.path, a.body) for a in received]
        assert [r for r in known if r not in kept] == [], self._done
        halted = [each for run in history for each in stopped(run)]
        assert [r for r in kept if r not in known and r not in halted] == [], self._done
        sent = json.dumps([a.body for a in received] + halted, ensure_ascii=False)
        form = look.pop("form")
        self._link_is(look.pop("link"), json.loads(form), sent + form)
        for name, text in look.items():
            assert KEY not in text, name
            for typed in self._typed:
                assert typed in sent or typed not in unquote_plus(text), (name, typed, self._done)

    def _link_is(self, link: str, form: Any, known: str) -> None:
        """What stands in the form, whatever was asked before, and no key."""
        held = parse_qs(link)
        assert held.get("prompt", [""])[0] == form["prompt"], self._done
        assert held.get("system", [""])[0] == form["system"], self._done
        assert held["model"] == form["models"], self._done
        template = form["prompt"] + form["system"]
        values = {name: text for name, text in form["variables"].items() if f"{{{{{name}}}}}" in template}
        assert json.loads(held.get("variables", ["{}"])[0]) == values, self._done
        assert KEY not in link
        assert all(text.split()[0] in known for text in held.get("then", [])), self._done


def turns(run: Any) -> list[Any]:
    return [turn for pane in run["panes"] for turn in pane["turns"]]


def text_of(message: Any) -> str:
    return "".join(part["text"] for part in message["parts"] if part["type"] == "text")


def requests(run: Any) -> list[tuple[str, Any]]:
    """Path and body of each sending, with the images' own bytes."""
    return [_sent(turn) for turn in turns(run) for _ in turn["attempts"]]


def _sent(turn: Any) -> tuple[str, Any]:
    parts = urlsplit(turn["request"]["url"])
    path = parts.path + (f"?{parts.query}" if parts.query else "")
    return path, json.loads(json.dumps(turn["request"]["body"]).replace(f"sha256:{DIGEST}", DATA))


def stopped(run: Any) -> list[tuple[str, Any]]:
    """What was stopped before an answer began: whether it arrived nobody can tell."""
    ends = [t for t in turns(run) if t["end"].get("cause") == "stopped" and not t["reply"]["parts"]]
    return [_sent(turn) for turn in ends]


def same(recorded: list[Any], received: list[Any], halted: list[Any], done: list[str]) -> None:
    """Nothing that arrived is missing, however often; nothing is there that was not sent."""
    left = list(recorded)
    for each in received:
        assert each in left, (done, each)
        left.remove(each)
    assert [each for each in left if each not in halted] == [], done


def told(turn: Any, received: list[Answered]) -> None:
    """A turn is what was asked of whom, and what the server answered to exactly that."""
    body = turn["request"]["body"]
    assert body.get("model", turn["model"]) == turn["model"]
    asked = json.dumps(body, ensure_ascii=False)
    assert json.dumps(turn["system"], ensure_ascii=False)[1:-1] in asked
    for part in turn["question"]["parts"]:
        words = part.get("text") or part.get("sha256") or ""
        assert json.dumps(words, ensure_ascii=False)[1:-1] in asked
    for name, value in (("temperature", 0.5), ("temperature", 0.25), ("max_tokens", 77)):
        if turn["parameters"].get(name) == value:
            assert str(value) in asked
    if not (text := text_of(turn["reply"])):
        return
    name = text.split()[0]
    (answered,) = (a for a in received if a.id == name)
    assert (answered.path, answered.body) == _sent(turn)
    assert answered.text == text if turn["end"]["type"] == "Finished" else answered.text.startswith(text)
    if answered.path.endswith("/api/chat"):
        assert turn["response"] == {"id": "", "request": "", "model": "told"}
    else:
        assert turn["response"] == {"id": name, "request": "", "model": "told"}
    assert turn["attempts"][0]["sent"] <= turn["ended"]
