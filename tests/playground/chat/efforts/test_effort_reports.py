"""Public reports of efforts and parameters that a server refused, tried on ours; each with its address."""

from __future__ import annotations

import pytest

from playground.catalog import Effort
from playground.catalog.endpoints import Wire
from playground.chat.parameters import efforts, refused_for
from tests.playground.chat.efforts.test_efforts import address, at, body

CHAT, GEMINI, CLAUDE = Wire.OPENAI_CHAT, Wire.GEMINI, Wire.ANTHROPIC_MESSAGES
BEDROCK = Wire.BEDROCK_CONVERSE
#: (report, provider, wire, model, effort that was refused there)
REFUSED = (
    ("anomalyco/opencode/issues/4451", "openai", CHAT, "gpt-5.1", "minimal"),
    ("getzep/graphiti/pull/1395", "openai", CHAT, "gpt-5.4-mini", "minimal"),
    ("brekkylab/ailoy/pull/337", "openai", CHAT, "gpt-5", "none"),
    ("can1357/oh-my-pi/issues/10543", "google-vertex", GEMINI, "gemini-3.7-flash", "minimal"),
    ("vellum-ai/vellum-assistant/pull/32687", "google", GEMINI, "gemini-3.1-pro-preview", "minimal"),
    ("NousResearch/hermes-agent/issues/23088", "xai", CHAT, "grok-4-1-fast", "low"),
    ("charmbracelet/crush/issues/2362", "xai", CHAT, "grok-4-1-fast-reasoning", "high"),
    ("BerriAI/litellm/pull/16265", "xai", CHAT, "grok-4-latest", "low"),
    ("mnfst/modelparams.dev/pull/330", "xai", CHAT, "grok-4.5", "none"),
    ("mnfst/modelparams.dev/pull/330", "xai", CHAT, "grok-4.5", "xhigh"),
    ("dust-tt/dust/pull/27613", "mistral", CHAT, "mistral-large-2512", "high"),
    ("bytedance/deer-flow/pull/3309", "deepseek", CHAT, "deepseek-v4-pro", "minimal"),
    ("chenyme/grok2api/issues/814", "xai", CHAT, "grok-4.20-0309-reasoning", "high"),
    ("neavo/LinguaGacha/issues/771", "xai", CHAT, "grok-4.20-0309-non-reasoning", "none"),
    ("NousResearch/hermes-agent/pull/23435", "xai", CHAT, "grok-4-fast-non-reasoning", "low"),
    ("enricoros/big-AGI/issues/1104", "xai", CHAT, "grok-4.20-multi-agent", "none"),
    ("genkit-ai/genkit/pull/6303", "openai", CHAT, "gpt-6-astra", "none"),
    ("genkit-ai/genkit-dart/pull/423", "openai", CHAT, "gpt-6-astra", "max"),
    ("jhd3197/Prompture/releases/tag/v1.15.1", "openai", CHAT, "gpt-6.1-sol", "max"),
    ("livekit/agents/pull/7169", "openai", CHAT, "gpt-5.6-luna", "max"),
)
#: (report of tools that Chat Completions refused, provider, model, efforts with them: None is none asked for)
TOOLS = (
    ("openai/openai-openapi/issues/541", "openai", "gpt-5.4", ("medium",)),
    ("Science-Discovery/Aether/issues/1026", "openai", "gpt-5.5", ("high",)),
    ("BerriAI/litellm/pull/34569", "openai", "gpt-5.6", (None, "low")),
    ("danny-avila/LibreChat/issues/14355", "openai", "gpt-5.6-sol", (None,)),
    ("goruck/home-generative-agent/discussions/928", "openai", "gpt-6-luna", (None, "high")),
    ("can1357/oh-my-pi/issues/11052", "azure", "gpt-6-astra", (None, "low")),
    ("bolna-ai/bolna/pull/1019", "openai", "gpt-6-astra", ("low", "xhigh")),
)


@pytest.mark.parametrize("case", REFUSED, ids=lambda case: f"{case[0]} {case[3]} {case[4]}")
def test_what_a_report_says_is_refused_is_not_sent(case: tuple[str, str, Wire, str, str]) -> None:
    _, provider, wire, model, effort = case
    here = address({"provider": provider, "wire": wire})
    assert Effort(effort) not in efforts(here.family(model))
    assert "effort" in refused_for(here, model, Effort(effort))


@pytest.mark.parametrize("case", TOOLS, ids=lambda case: f"{case[0]} {case[2]}")
def test_tools_go_only_where_chat_completions_takes_them(
    case: tuple[str, str, str, tuple[str | None, ...]],
) -> None:
    _, provider, model, refused_with = case
    here = address({"provider": provider, "wire": CHAT})
    for effort in refused_with:
        why = refused_for(here, model, Effort(effort) if effort else None)["tools"]
        assert "Responses" in why, "the reader is told where they are taken"
    if Effort.NONE in efforts(here.family(model)):
        assert "tools" not in refused_for(here, model, Effort.NONE)
    responses = address({"provider": provider, "wire": Wire.OPENAI_RESPONSES})
    assert "tools" not in refused_for(responses, model, Effort.LOW)


@pytest.mark.parametrize("model", ["claude-opus-5", "claude-fable-5", "claude-opus-4-8", "claude-sonnet-5"])
def test_newer_claude_gets_no_budget(model: str) -> None:
    """github.com/handochan/aelix-ai/issues/258, github.com/Sylinko/Everywhere/issues/410"""
    here = address({"provider": "anthropic", "wire": CLAUDE})
    for effort in ("high", "xhigh"):
        sent = body(here, model, effort=Effort(effort))
        assert sent["output_config"] == {"effort": effort}
        assert sent.get("thinking", {"type": "adaptive"}) == {"type": "adaptive"}


@pytest.mark.parametrize("model", ["claude-sonnet-4-5-20250929", "claude-haiku-4-5"])
def test_older_claude_is_not_asked_to_think_adaptively(model: str) -> None:
    """github.com/vellum-ai/vellum-assistant/pull/37276, github.com/docker/docker-agent/pull/3381"""
    here = address({"provider": "anthropic", "wire": CLAUDE})
    sent = body(here, model, effort=Effort.MEDIUM)
    assert sent["thinking"] == {"type": "enabled", "budget_tokens": 4096}
    assert "output_config" not in sent


def test_claude_4_6_thinks_adaptively_at_bedrock() -> None:
    """github.com/pydantic/pydantic-ai/issues/5304: with a budget it stops thinking after the first turn."""
    here = address({"provider": "amazon-bedrock", "wire": BEDROCK})
    sent = body(here, "us.anthropic.claude-sonnet-4-6", effort=Effort.HIGH)
    assert sent["additionalModelRequestFields"] == {"thinking": {"type": "adaptive"}}


def test_gemini_2_5_gets_no_level_and_gemini_3_keeps_its_own() -> None:
    """github.com/RooCodeInc/Roo-Code/issues/10700, github.com/maximhq/bifrost/issues/7287"""
    here = address({"provider": "google", "wire": GEMINI})
    thinking = "generationConfig.thinkingConfig"
    for effort in efforts(here.family("gemini-2.5-flash")):
        assert "thinkingLevel" not in at(body(here, "gemini-2.5-flash", effort=effort), thinking)
    lite = body(here, "gemini-3.1-flash-lite", effort=Effort.MINIMAL)
    assert at(lite, thinking)["thinkingLevel"] == "MINIMAL"


def test_models_of_xai_that_refuse_penalties_get_none() -> None:
    """github.com/lobehub/lobehub/issues/13332, where it was mended for the reasoning models alone."""
    here = address({"provider": "xai", "wire": CHAT})
    for model in ("grok-4-1-fast-reasoning", "grok-4.7", "grok-4.20-0309-reasoning"):
        assert {"presence_penalty", "frequency_penalty", "stop"} <= set(refused_for(here, model, None))
    for model in ("grok-4-1-fast-non-reasoning", "grok-4.20-non-reasoning-latest"):
        assert {"presence_penalty", "frequency_penalty"} <= set(refused_for(here, model, None))
