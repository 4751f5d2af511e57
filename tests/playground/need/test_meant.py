"""What was likely meant by a name that is none comes as a value that can be asked for."""

from __future__ import annotations

from typing import Any

import pytest

from playground.need.reader import read_need
from tests.catalogs import committed


@pytest.mark.parametrize(
    ("part", "typed", "meant"),
    [
        ("providers", "Microsoft", ("providers", "azure")),
        ("providers", "Microsoft", ("labs", "microsoft")),
        ("providers", "aws", ("providers", "amazon-bedrock")),
        ("labs", "azure", ("providers", "azure")),
        ("labs", "phi", ("models", "microsoft/phi*")),
        ("labs", "open-ai", ("labs", "openai")),
        ("zone", "europ", ("zone", "eu")),
        ("must", "visoin", ("must", "vision")),
    ],
)
def test_what_was_meant_is_offered(part: str, typed: str, meant: tuple[str, str]) -> None:
    _, [fault] = read_need({part: typed}, committed())
    assert (fault.part, fault.typed) == (part, typed)
    assert meant in fault.meant


def test_any_lab_that_serves_nothing_leads_to_what_can_be_asked() -> None:
    whole = committed()
    for lab in sorted(set(whole.labs) - set(whole.providers)):
        _, [fault] = read_need({"providers": lab}, whole)
        assert ("labs", lab) in fault.meant


def test_all_that_is_offered_can_be_read() -> None:
    whole = committed()
    asked: list[dict[str, Any]] = [
        {"providers": name} for name in sorted({*whole.labs, "aws", "foundry", "grok"} - set(whole.providers))
    ]
    asked += [{"labs": name} for name in sorted({*whole.providers, "phi", "gemma"} - set(whole.labs))]
    for need in asked:
        for fault in read_need(need, whole)[1]:
            for part, value in fault.meant:
                assert read_need({part: value}, whole)[1] == (), (need, part, value)


@pytest.mark.parametrize(
    ("part", "typed", "read"),
    [
        ("able", "Claude Opus 5.5", "anthropic/claude-opus-5-5"),
        ("able", "gpt-6 luna", "openai/gpt-6-luna"),
        ("providers", "Microsoft Foundry (Azure)", ("azure",)),
        ("providers", "microsoft foundry", ("azure",)),
        ("providers", "Google Gemini API", ("google",)),
        ("labs", "AI21 Labs", ("ai21",)),
    ],
)
def test_who_is_called_as_the_pages_call_them_is_found(part: str, typed: str, read: object) -> None:
    asked, faults = read_need({part: typed}, committed())
    assert (getattr(asked, part), faults) == (read, ())


def test_a_name_that_several_models_have_is_none_of_theirs() -> None:
    """`Nano Banana Pro` is printed for two."""
    _, [fault] = read_need({"able": "Nano Banana Pro"}, committed())
    assert fault.part == "able"
