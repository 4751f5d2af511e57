"""The id that is sent to a provider is the one by which it calls the model, not the shortest known."""

from __future__ import annotations

import pytest

from generator.exports.listed.models import call_id
from playground.catalog import Channel
from tests.catalogs import committed

#: Offering → the id on its vendor's own page of the API (read 2026-11-28 in stored copies).
SENT = {
    "mistral/direct/mistral/mistral-small-2603": "mistral-small-2603",
    "mistral/direct/mistral/mistral-medium-2508": "mistral-medium-2508",
    "mistral/direct/mistral/mistral-large-2512": "mistral-large-2512",
    "cohere/direct/cohere/command-a": "command-a-03-2025",
    "cohere/direct/cohere/command-r7b": "command-r7b-12-2024",
    "openai/direct/openai/computer-use-preview": "computer-use-preview",
    "openai/direct/openai/gpt-5-chat": "gpt-5-chat-latest",
    "xai/direct/xai/grok-code-fast-1": "grok-code-fast-1",
    "zai/direct/zai/glm-4.6": "glm-4.6",
    "openai/direct/openai/gpt-6-sol": "gpt-6-sol",
    "anthropic/direct/anthropic/claude-haiku-4-5": "claude-haiku-4-5",
}


@pytest.mark.parametrize(("key", "sent"), SENT.items())
def test_the_id_is_the_providers_own(key: str, sent: str) -> None:
    assert call_id(next(o for o in committed().offerings if o.key == key)) == sent


def test_bedrock_is_sent_ids_with_their_lab() -> None:
    """Of its own: Claude Platform on AWS has Anthropic's. https://docs.aws.amazon.com/bedrock/latest/userguide/models-supported.html"""
    bare = [
        (o.key, call_id(o))
        for o in committed().offerings
        if o.provider == "amazon-bedrock"
        and o.channel != Channel.CLAUDE_PLATFORM
        and o.model.startswith("anthropic/claude")
        and "anthropic." not in call_id(o)
    ]
    assert bare == []


def test_an_id_of_a_mode_is_sent_only_where_there_is_no_other() -> None:
    for offering in committed().offerings:
        if call_id(offering).endswith((":batch", "-batch")):
            assert all(name.endswith((":batch", "-batch")) for name in offering.ids), offering.key
