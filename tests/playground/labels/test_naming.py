"""Names and ids taken apart: lines, generations, what is neither."""

from __future__ import annotations

import pytest

from playground.labels.naming import name_parts


@pytest.mark.parametrize(
    ("text", "line", "numbers"),
    [
        ("openai/gpt-6.1-sol", "gpt-sol", ("6.1",)),
        ("anthropic/claude-opus-4-5", "claude-opus", ("4.5",)),
        ("Claude Opus 4.5 (latest)", "claude-opus", ("4.5",)),
        ("anthropic.claude-opus-4-5-20251101-v1:0", "claude-opus", ("4.5",)),
        ("cohere.rerank-v3-5:0", "rerank", ("3.5",)),
        ("us.openai.gpt-5.5", "gpt", ("5.5",)),
        ("us.deepseek.v3.2", "", ("3.2",)),
        ("azure/gpt-35-turbo", "gpt-turbo", ("3.5",)),
        ("azure/eu/gpt-4o-2024-11-20", "gpt-o", ("4",)),
        ("google/gemini-2.5-pro-preview-05-06", "gemini-pro", ("2.5",)),
        ("Gemini 2.5 Flash Preview 09-2025", "gemini-flash", ("2.5",)),
        ("qwen3-235b-a22b-instruct-2507", "qwen", ("3",)),
        ("moonshotai/Kimi-K2.7-Code", "kimi-k-code", ("2.7",)),
        ("minimax/minimax-m25", "minimax-m", ("2.5",)),
        ("zai-org/GLM-5.2-NVFP4", "glm", ("5.2",)),
        ("mistralai/Mixtral-8x7B-Instruct-v0.1", "mixtral", ("0.1",)),
        ("Nous: Hermes 3 405B", "hermes", ("3",)),
        ("gpt-4-32k", "gpt", ("4",)),
        ("alibaba/happyhorse-1.1-i2v", "happyhorse-i2v", ("1.1",)),
        ("openai/gpt-oss-120b:free", "gpt-oss", ()),
        ("nova-premier-1.0", "nova-premier", ("1",)),
        ("模型", "模型", ()),
        ("", "", ()),
    ],
)
def test_a_name_has_a_line_and_numbers(text: str, line: str, numbers: tuple[str, ...]) -> None:
    parts = name_parts(text)
    assert (parts.line, parts.numbers) == (line, numbers)


@pytest.mark.parametrize(
    ("a", "b", "contradict"),
    [
        ("mistral-small-3.1-24b", "mistral-small-3-2-24b", True),
        ("mistral-small-2503", "mistral-small-3.2", False),
        ("Hermes 3 405B", "hermes-3-llama-3.1-405b", False),
        ("Nano Banana 2", "gemini-3.1-flash-image", False),
        ("gpt-5", "gpt-5.1", True),
    ],
)
def test_two_names_contradict_where_each_has_a_number_that_the_other_lacks(
    a: str, b: str, contradict: bool
) -> None:
    assert name_parts(a).contradicts(name_parts(b)) is contradict
    assert name_parts(b).contradicts(name_parts(a)) is contradict
