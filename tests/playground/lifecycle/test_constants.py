"""Libraries' constants that stand for ids of models, and constants of others that do not."""

from __future__ import annotations

from datetime import date

import pytest

from playground.lifecycle.ended import End, Ends
from playground.lifecycle.findings import RetirementScan
from tests.catalogs import catalog
from tests.playground.lifecycle.test_serving import known

SOME = catalog(
    known("openai/gpt-4o", "openai", "gpt-4o"),
    known("openai/gpt-4o", "azure", "gpt-4-o"),
    known("openai/gpt-3.5-turbo", "openai", "gpt-3.5-turbo-0613"),
    known("anthropic/claude-3-opus", "anthropic", "claude-3-opus-20240229"),
    known("mistral/mixtral", "mistral", "open-mixtral-8x7b"),
    known("google/gemini-1.5-flash", "google", "gemini-1.5-flash"),
    known("google/gemini-1.5-flash", "google-vertex", "gemini-1.5-flash", channel="regional"),
)
ENDS = Ends(names=(End(provider="openai", name="gpt-4-vision-preview", last_day=date(2024, 12, 6)),))
GO = 'import "github.com/sashabaranov/go-openai"\n'
SPRING = "import org.springframework.ai.openai.api.OpenAiApi;\n"


@pytest.mark.parametrize(
    ("text", "name", "provider"),
    [
        (f"{GO}m := openai.GPT3Dot5Turbo0613", "GPT3Dot5Turbo0613", "openai"),
        (f"{GO}m := openai.GPT4VisionPreview", "GPT4VisionPreview", "openai"),
        ('"github.com/openai/openai-go"\nopenai.ChatModelGPT4o', "GPT4o", "openai"),
        (
            '"github.com/anthropics/anthropic-sdk-go"\nanthropic.ModelClaude_3_Opus_20240229',
            "Claude_3_Opus_20240229",
            "anthropic",
        ),
        ("import com.openai.models.ChatModel;\nf(ChatModel.GPT_4O)", "GPT_4O", "openai"),
        (
            "import com.anthropic.models.Model\nModel.CLAUDE_3_OPUS_20240229",
            "CLAUDE_3_OPUS_20240229",
            "anthropic",
        ),
        (
            "import static dev.langchain4j.model.openai.OpenAiChatModelName.GPT_4_O;",
            "GPT_4_O",
            "openai",
        ),
        (
            "dev.langchain4j\nMistralAiChatModelName.OPEN_MIXTRAL_8x7B",
            "OPEN_MIXTRAL_8x7B",
            "mistral",
        ),
        (f"{SPRING}f(OpenAiApi.ChatModel.GPT_4_O)", "GPT_4_O", "openai"),
        (
            "org.springframework.ai\nVertexAiGeminiChatModel.ChatModel.GEMINI_1_5_FLASH",
            "GEMINI_1_5_FLASH",
            "google-vertex",
        ),
        ("using OpenAI.ObjectModels;\nModel = Models.Gpt_4_vision_preview", "Gpt_4_vision_preview", "openai"),
        (
            "import { gemini15Flash } from '@genkit-ai/googleai';",
            "gemini15Flash",
            "google",
        ),
    ],
)
def test_a_librarys_constant_names_a_model(text: str, name: str, provider: str) -> None:
    (one,) = RetirementScan(SOME, {}, date(2026, 11, 29), ends=ENDS).findings(text)
    assert (one.named.text, one.named.provider) == (name, provider)  # type: ignore[union-attr]
    line = text.splitlines()[one.named.line - 1]
    assert line[one.named.column - 1 :].startswith(name)


@pytest.mark.parametrize(
    "text",
    [
        "m := openai.GPT4VisionPreview",  # whose package?
        f"{GO}m := mine.GPT4VisionPreview",
        f"{GO}m := openai.GPT4VisionPreviewOfOurs",
        f"{SPRING}Models.GPT_4_O",
        "import com.anthropic.models.Model\nMyModel.CLAUDE_3_OPUS_20240229",
        "import com.anthropic.models.Model\nModel.GPT_4_O",
        "const gemini15Flash = 1",
    ],
)
def test_a_constant_of_somebody_else_names_none(text: str) -> None:
    assert list(RetirementScan(SOME, {}, date(2026, 11, 29), ends=ENDS).findings(text)) == []
