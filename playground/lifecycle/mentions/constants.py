"""Constants of libraries that stand for models: `openai.GPT4VisionPreview`, `ChatModel.GPT_4O`.

Only where the file imports the library, and the constant stands behind the library's own type or package; its
letters and digits are then those of the model's id. A constant of anybody else's may mean anything.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator
from functools import cache
from typing import NamedTuple

from playground.lifecycle.mentions.serving import JOINT, prefixed

#: Libraries: what of an import tells them, what stands before a constant, and the prefix of an id that says
#: who serves what it names.
LIBRARIES = (
    (r"sashabaranov/go-openai", r"openai\.", "openai/"),
    (r"openai/openai-go", r"(?:openai|shared)\.(?:Chat|Embedding|Image|Audio)Model", "openai/"),
    (r"anthropics/anthropic-sdk-go", r"anthropic\.Model_?", "anthropic/"),
    (r"import com\.openai\b", r"(?:Chat|Embedding|Image)Model\.", "openai/"),
    (r"import com\.anthropic\b", r"Model\.", "anthropic/"),
    (r"dev\.langchain4j\b", r"(?:[\w.]+\.)?OpenAi\w*ModelName\.", "openai/"),
    (r"dev\.langchain4j\b", r"(?:[\w.]+\.)?Anthropic\w*ModelName\.", "anthropic/"),
    (r"dev\.langchain4j\b", r"(?:[\w.]+\.)?MistralAi\w*ModelName\.", "mistral/"),
    (r"org\.springframework\.ai\b", r"(?:[\w.]+\.)?OpenAiApi\.(?:Chat|Embedding)Model\.", "openai/"),
    (r"org\.springframework\.ai\b", r"(?:[\w.]+\.)?AnthropicApi\.ChatModel\.", "anthropic/"),
    (r"org\.springframework\.ai\b", r"(?:[\w.]+\.)?MistralAiApi\.ChatModel\.", "mistral/"),
    (r"org\.springframework\.ai\b", r"(?:[\w.]+\.)?VertexAiGeminiChatModel\.ChatModel\.", "vertex_ai/"),
    (r"using (?:static )?OpenAI\.ObjectModels\b", r"(?:OpenAI\.ObjectModels\.)?Models\.", "openai/"),
    (r"using (?:static )?OpenAI\.Models\b", r"(?:OpenAI\.Models\.)?Model\.", "openai/"),
    (r"from ['\"]@genkit-ai/googleai['\"]", r"", "gemini/"),
    (r"from ['\"]@genkit-ai/vertexai['\"]", r"", "vertex_ai/"),
)
#: Words of the imports, one of which a text that has such a constant holds; quicker to look for.
MARKS = (
    *("go-openai", "openai-go", "anthropic-sdk-go", "com.openai", "com.anthropic", "langchain4j"),
    *("springframework.ai", "OpenAI.ObjectModels", "OpenAI.Models", "@genkit-ai/"),
)
#: How a number with a point is written where a constant has none: `GPT3Dot5Turbo`.
DOT = re.compile(r"(?<=\d)Dot(?=\d)")


@cache
def _libraries() -> tuple[tuple[re.Pattern[str], re.Pattern[str], str], ...]:
    """`LIBRARIES` with what is looked for, which few texts have."""
    return tuple(
        (re.compile(imported), re.compile(rf"(?<![\w.]){before}(?P<constant>[A-Za-z]\w+)"), prefix)
        for imported, before, prefix in LIBRARIES
    )


class Constant(NamedTuple):
    """A constant in a text: where it begins, how it is written, and the id with its provider's prefix."""

    start: int
    text: str
    prefix: str
    name: str


class Constants:
    """The ids of models, to be known again in constants; `owners` says whose ids a name is."""

    def __init__(self, names: Collection[str], owners: Callable[[str], Collection[str]]) -> None:
        self._names = names
        self._owners = owners
        self._by_letters: dict[str, dict[str, str]] = {}

    def named(self, text: str) -> Iterator[Constant]:
        """Every constant of a library that the text imports and that names a model."""
        if not any(mark in text for mark in MARKS):
            return
        for imported, pattern, prefix in _libraries():
            if not imported.search(text):
                continue
            for match in pattern.finditer(text):
                if name := self._named(match["constant"], prefixed(prefix)):
                    yield Constant(match.start("constant"), match["constant"], prefix, name)

    def _named(self, constant: str, provider: str) -> str:
        """The provider's id that has a constant's letters and digits; empty where none has."""
        if provider not in self._by_letters:
            ids = self._by_letters[provider] = {}
            for name in self._names:
                if provider in self._owners(name) and not JOINT.search(name):
                    ids[_letters(name)] = min(name, ids.get(_letters(name), name))
        return self._by_letters[provider].get(_letters(DOT.sub("", constant)), "")


def _letters(text: str) -> str:
    return re.sub(r"[^a-z0-9]", "", text.lower())
