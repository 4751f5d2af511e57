"""Names as people write them, which are nobody's ids: the values of settings that hold a model."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from playground.catalog import Offering
from playground.lifecycle.ended import End, Ends
from playground.lifecycle.findings import RetirementScan
from playground.lifecycle.mentions import spelled as spelled_module
from playground.lifecycle.mentions.scan import MOST, Scanner
from playground.naming.index import resolver_for
from playground.naming.resolver import Resolver
from tests.catalogs import catalog, offered

TODAY = date(2026, 11, 27)


def known(model: str, provider: str, *ids: str, **facts: object) -> Offering:
    channel = "global" if provider == "azure" else "direct"
    return replace(offered(model, channel, provider, **facts), ids=ids)


SOME = catalog(
    known("openai/gpt-4o", "openai", "gpt-4o", retires="2027-09-01"),
    known("openai/gpt-4o-mini", "openai", "gpt-4o-mini", retires="2026-01-14"),
    known("openai/gpt-4o-mini", "azure", "azure/gpt-4o-mini"),
    known("openai/gpt-4.1-mini", "openai", "gpt-4.1-mini"),
    known("anthropic/claude-opus-5-5", "anthropic", "claude-opus-5-5"),
    known("anthropic/claude-3-opus", "anthropic", "claude-3-opus-20240229", retires="2026-01-05"),
    known("elevenlabs/eleven-turbo-v2", "elevenlabs", "eleven_turbo_v2"),
    known("acme/schema-turbo-v2", "acme", "schema-turbo-v2"),
    known("amazon/standard", "amazon-bedrock", "standard"),
)
NAMES = {model: model.partition("/")[2] for model in SOME.models}
ENDS = Ends(names=(End(provider="anthropic", name="claude-2.1", last_day=date(2025, 7, 21)),))
MOVED = {"openai/gpt-4-omni": "openai/gpt-4o"}


class Counted:
    """Makes the resolver, and counts how often."""

    made = 0

    def __call__(self) -> Resolver:
        self.made += 1
        return resolver_for(SOME, NAMES, MOVED)


def found(text: str, path: str = "") -> list[tuple[str, str, str]]:
    """The text, the model and the provider of each name."""
    scanner = Scanner(SOME, ends=ENDS, resolver=Counted())
    return [(m.text, m.model, m.provider) for m in scanner.named(text, path)]


OPUS, MINI = ("anthropic/claude-opus-5-5", "anthropic"), ("openai/gpt-4o-mini", "openai")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('model: "Opus 5.5"', ("Opus 5.5", *OPUS)),
        ("model: Claude Opus 5.5  # the large one", ("Claude Opus 5.5", *OPUS)),
        ('model = "GPT-4o mini"', ("GPT-4o mini", *MINI)),
        ("MODEL=gpt-4.1 mini\n", ("gpt-4.1 mini", "openai/gpt-4.1-mini", "openai")),
        ('{"deployment_model": "Claude 3 Opus"}', ("Claude 3 Opus", "anthropic/claude-3-opus", "anthropic")),
        ('MODEL: str = "GPT 4o Mini"', ("GPT 4o Mini", *MINI)),
        ('const modelName = "claude-opus-5.5";', ("claude-opus-5.5", *OPUS)),
        ('os.getenv("LLM_MODEL", "Opus 5.5")', ("Opus 5.5", *OPUS)),
        ("${MODEL:-GPT-4o mini}", ("GPT-4o mini", *MINI)),
        ('llm --model "Opus 5.5"', ("Opus 5.5", *OPUS)),
        ('model: "Azure GPT-4o mini"', ("Azure GPT-4o mini", "openai/gpt-4o-mini", "azure")),
        ("model: openai/gpt-4-omni", ("openai/gpt-4-omni", "openai/gpt-4o", "openai")),
        ("model: Claude 2.1", ("Claude 2.1", "", "anthropic")),
    ],
)
def test_a_model_is_found_as_people_write_it(text: str, expected: tuple[str, str, str]) -> None:
    assert found(text) == [expected]


LISTS = ('models = ["Opus 5.5",\n "GPT-4o mini"]', "models:\n  - Opus 5.5\n  - GPT-4o mini")


@pytest.mark.parametrize("text", LISTS)
def test_each_of_a_list_is_found(text: str) -> None:
    assert found(text) == [("Opus 5.5", *OPUS), ("GPT-4o mini", *MINI)]


@pytest.mark.parametrize(
    "text",
    [
        "model: fast",
        'model: "Standard"',
        "engine: default",
        "model: my-deployment",
        "model: Amazon Standard",
        'model: "turbo v2"',
        'say: "Opus 5.5"',
        'model_type: "Opus 5.5"',
        "We like model Opus 5.5",
        "model: Opus 5.5 or another",
        "model: 5.5",
    ],
)
def test_words_that_are_words_and_names_of_several_models_name_none(text: str) -> None:
    assert found(text) == []


def test_a_variable_of_a_program_is_no_name() -> None:
    assert found("model = opus5.5\n", "a.yml") == [("opus5.5", *OPUS)]
    assert found("model = opus5.5\n", "a.py") == []


def test_a_sentence_around_an_id_leaves_the_id() -> None:
    assert found('model: "gpt-4o and another"') == [("gpt-4o", "openai/gpt-4o", "openai")]


def test_the_verdict_is_that_of_the_id() -> None:
    scan = RetirementScan(SOME, NAMES, TODAY, ends=ENDS, resolver=Counted())
    written, by_id = (
        [(str(f.verdict), str(f.severity), f.outlook.retires) for f in scan.findings(text)]
        for text in (
            'model: "GPT-4o mini"\nmodel: "Claude 3 Opus"\nmodel: "Claude 2.1"',
            "gpt-4o-mini\nclaude-3-opus-20240229\nclaude-2.1",
        )
    )
    assert written == by_id
    assert [verdict for verdict, *_ in written] == ["retired"] * 3


def test_the_resolver_is_made_once_and_only_where_a_value_is_no_id() -> None:
    counted = Counted()
    scanner = Scanner(SOME, ends=ENDS, resolver=counted)
    plain = 'model: gpt-4o\nmodel: fast\nmodel = load(path)\nengine: 5\nthe model "gpt-4o" is good\n'
    assert len(list(scanner.named(plain * 50))) == 100
    assert counted.made == 0
    for text in ('model: "Opus 5.5"', 'model: "no such thing"'):
        list(scanner.named(text))
    assert counted.made == 1


REPEATED = ("model", "model ", "model: ", 'model: "', "model=a ", "model:\n- a b\n", "model[a|")


@pytest.mark.parametrize("piece", REPEATED)
def test_what_stands_after_a_setting_is_read_within_bounds(
    piece: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """In a text twice as long at most twice as much is matched."""
    counts = []
    lengths: list[int] = []

    class Measured:
        def __init__(self, pattern: object) -> None:
            self.pattern = pattern

        def match(self, text: str, start: int) -> object:
            hit = self.pattern.match(text, start)  # type: ignore[attr-defined]
            lengths.append(hit.end() - start if hit else 1)
            return hit

    for name in ("ELSEWHERE", "NEXT", "ITEM"):
        monkeypatch.setattr(spelled_module, name, Measured(getattr(spelled_module, name)))
    for size in (400, 800):
        lengths.clear()
        assert len(list(Scanner(SOME, resolver=Counted()).named(piece * size))) <= MOST
        counts.append(sum(lengths))
    assert counts[1] <= 2.1 * counts[0] + 2000


def test_a_name_that_its_vendor_ended_is_of_the_model_that_it_means() -> None:
    some = catalog(known("anthropic/claude-v2-1", "poe", "claude-v2.1"))
    scanner = Scanner(
        some,
        ends=ENDS,
        resolver=lambda: resolver_for(some, {"anthropic/claude-v2-1": "claude-v2-1"}, {}),
    )
    [named] = scanner.named('x("claude-2.1")')
    assert (named.text, named.model) == ("claude-2.1", "anthropic/claude-v2-1")
    assert [n.model for n in Scanner(some, ends=ENDS).named('x("claude-2.1")')] == [""]
