"""Who serves a model that a text names: what is written at the name, then beside it, then in the file.

A name's own prefix or form goes before everything else in the file. Next come its line, the settings beside
it, the keys that it stands under, and last what the whole file is about (a client, infrastructure as code).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cached_property
from pathlib import PurePosixPath

from playground.lifecycle.mentions.text_lines import TextLines
from playground.naming.prefixes import PREFIXES

#: What joins an id and its prefixes.
JOINT = re.compile(r"[/:]")
#: What OpenRouter's users write behind a name, and says how it is served there.
ROUTED = re.compile(
    r":(?:free|beta|extended|thinking|nitro|floor|online|exacto|batch)(?![\w:/@+-]|\.\w)", re.I
)
#: What tells a provider by its id's form, whatever the file says.
FORMS = (
    (
        re.compile(
            r"(?:(?:us|eu|apac|au|ca|jp|us-gov|global)\.)?"
            r"(?:ai21|amazon|anthropic|cohere|deepseek|meta|mistral|openai|qwen|stability|twelvelabs|writer)"
            r"\.[a-z][\w.-]*(?::\d+)?(?::\d+k|:mm)?$"
        ),
        "amazon-bedrock",
    ),
    (re.compile(r"[a-z][\w.-]*@(?:\d{8}|\d{3}|default|latest)$"), "google-vertex"),
    (re.compile(r"gpt-35-"), "azure"),
    (
        re.compile(r"(?:llama|mixtral|gemma|qwen|deepseek)[\w.-]*-(?:versatile|instant|specdec|8192|32768)$"),
        "groq",
    ),
)
#: A word by itself or as a part of a name: `openai`, `OPENAI_MODEL`, `ChatOpenAI`, `openAiModel`. Before
#: another model's id (`mistralai/mixtral-8x7b-instruct`) it is how a gateway calls that, and tells nothing.
_LAB = r"(?:(?<![a-z])|(?-i:(?<=[a-z])(?=[A-Z]))){}(?![/:][\w-]*\d)(?:(?![a-z])|(?-i:(?=[A-Z][a-z])))"
#: What Azure is beside a place of models: its other services, and who signs in.
_OTHER_AZURE = (
    r"devops|pipelines?|boards|repos|blob|storage|search|identity|functions?|web|static|key[ _-]?vault|"
    r"container|app[ _-]?(?:service|config|insights)|speech|cosmos|sql|service[ _-]?bus|event|monitor|"
    r"tenant|client[ _-]?(?:id|secret|cert)|subscription|resource[ _-]?group|entra|login|maps|redis|queue|"
    r"region|location|translator|form[ _-]?rec|document[ _-]?int|communication|signalr|registry|data|"
    r"(?:ad|cli|vm|acr|aks)(?![a-z])"
)
#: Words of a line that tell a provider; those further up go before those below them.
HINTS: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (provider, re.compile(pattern, re.I))
    for provider, pattern in (
        (
            "github-models",
            r"models\.inference\.ai\.azure|models\.github\.ai|github[ _-]?models?|actions/ai-inference",
        ),
        ("amazon-bedrock", r"bedrock(?![\w-]*[/:]\w)"),
        ("google-vertex", r"vertex(?![\w-]*[/:]\w)|aiplatform\.googleapis"),
        (
            "azure",
            (
                rf"azure(?![\w-]*[/:][a-z0-9])(?![ ._-]?(?:{_OTHER_AZURE}))"
                r"|cognitive_?(?:services|account|deployment)|(?:ai_?|microsoft\.?)foundry"
                r"|format[\"']?\s*[:=]\s*[\"']openai|(?:global|datazone)(?:standard|batch|provisioned)"
            ),
        ),
        ("openrouter", r"openrouter(?![/:]\w)"),
        ("groq", r"groq(?![/:]\w)"),
        ("together", r"together_?ai|together\.(?:ai|xyz)|together_api"),
        ("fireworks", r"fireworks(?![\w-]*[/:]\w)"),
        ("databricks", r"databricks"),
        ("github-copilot", r"githubcopilot|" + _LAB.format("copilot(?!(?-i:[A-Z][a-z]))")),
        ("ollama", r"ollama(?![\w-]*[/:]\w)|localhost:11434"),
        ("vllm", r"(?<![a-z])vllm"),
        ("lmstudio", r"lm_?studio"),
        ("llama-cpp", r"llama[._-]?cpp"),
        ("openai", _LAB.format("(?:openai|chatgpt)") + r"|api\.openai\.com"),
        ("anthropic", _LAB.format("anthropic")),
        ("google", _LAB.format("(?:google|gemini|generativelanguage)")),
        ("mistral", _LAB.format("mistral(?:ai)?")),
        ("cohere", _LAB.format("cohere")),
        ("deepseek", _LAB.format("deepseek")),
        ("xai", _LAB.format("x\\.?ai")),
    )
)
#: The labs' own services, whose names stand in code that calls others too: `from openai import AzureOpenAI`.
LABS = {"openai", "anthropic", "google", "mistral", "cohere", "deepseek", "xai"}
#: What a whole file is about. The clients and addresses of a provider, and templates of its resources.
WHOLE: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (provider, re.compile(pattern, re.I))
    for provider, pattern in (
        ("github-models", r"models\.inference\.ai\.azure\.com|models\.github\.ai"),
        (
            "azure",
            (
                r"azureopenai\b|azure_?chat_?openai|openai\.azure\.com|services\.ai\.azure\.com|azure_openai_endpoint|"
                r"azurerm_cognitive|azapi_resource|microsoft\.cognitiveservices|cognitiveservices/|mistralazure|"
                r"api_type\W+azure|azure\.ai\.(?:openai|inference|projects)|azure-ai-(?:inference|projects)|"
                r"deployment(?:template|parameters)\.json|az cognitiveservices"
            ),
        ),
        ("amazon-bedrock", r"bedrock-runtime|anthropicbedrock|chatbedrock|aws_bedrock|client-bedrock"),
        ("google-vertex", r"anthropicvertex|chatvertexai|vertexai\.|import vertexai|aiplatform\.googleapis"),
        ("groq", r"api\.groq\.com|chatgroq|from groq import|groq-sdk"),
        ("openrouter", r"openrouter\.ai"),
        ("together", r"(?:api|docs)\.together\.(?:ai|xyz)|together_?ai\b|from together import"),
        ("fireworks", r"api\.fireworks\.ai"),
        ("ollama", r"localhost:11434|chatollama|import ollama"),
        (
            "openai",
            r"(?<![a-z_])openai\(|openai::|api\.openai\.com|openaiclient\(\)|chatopenai\b|new openai\b",
        ),
        ("anthropic", r"(?<![a-z_])anthropic\(|api\.anthropic\.com|chatanthropic\b"),
    )
)
#: Hosts that the name of a file or of its folder tells: `azure/chat.ts`, `openrouter_models.py`. A lab's name
#: says less there: what is called after it calls others too.
IN_PATHS = {"amazon-bedrock", "google-vertex", "azure", "openrouter", "groq", "together", "fireworks"}
#: A group of settings of LiteLLM's, all that it reads of one model: an id without a prefix is its lab's.
COMPLETE = re.compile(r"""\blitellm_params["']?\s*[:=]""")
#: What gives all that is called OpenAI's to Azure: `OPENAI_API_TYPE="azure"`, `openai.api_type = "azure"`.
#: In a comment, or asked for (`== "azure"`), it does not.
AZURE_TYPE = re.compile(
    r"""^(?!\s*(?:#|//|--|;))[^=\n]{0,80}?api_?type["']?\]?\s*(?::=|=>|[:=])\s*["':]{0,2}azure(?:_?ad)?\b""",
    re.I,
)
#: Files that hold nothing but Azure's resources.
AZURE_FILES = (".bicep", ".bicepparam")
#: How far a name's surroundings reach, in lines.
BLOCK, ABOVE = 12, 60


def prefixed(prefix: str) -> str:
    """The provider that the prefix of an id (`bedrock/us.`) names first; empty where it names none."""
    parts = (part.strip().lower() for part in JOINT.split(prefix))
    return next((PREFIXES[part] for part in parts if part in PREFIXES), "")


def formed(name: str) -> str:
    """The provider by whose rules an id is formed; empty where its form is nobody's own."""
    return next((provider for form, provider in FORMS if form.match(name)), "")


class Surroundings:
    """What a text says of who serves the models that it names."""

    def __init__(self, lines: TextLines, path: str = "") -> None:
        self._lines = lines
        self._azure_file = path.lower().endswith(AZURE_FILES)
        in_path = _named_in(" ".join(PurePosixPath(path).parts[-2:]))
        self._in_path = tuple(provider for provider in in_path if provider in IN_PATHS)
        self._hints: dict[int, tuple[str, ...]] = {}

    def providers(self, number: int, start: int, end: int) -> Iterator[str]:
        """The providers that the text speaks of around a name in a line (from 0), the likeliest first."""
        for provider in self._spoken_of(number, start, end):
            if provider == "openai" and self._is_azure_openai:
                yield "azure"
            yield provider

    def _spoken_of(self, number: int, start: int, end: int) -> Iterator[str]:
        before, after = self._lines.beside(number, start, end)
        here = tuple(_named_in(f"{before} {after}"))
        infrastructure = self._azure_file or self._is_template
        # Among Azure's resources a lab's name is that of its models there: `openAiModelName`.
        if infrastructure and LABS.issuperset(here):
            yield "azure"
        yield from here
        if infrastructure:
            yield "azure"
        if COMPLETE.search(before):
            return
        yield from self._beside(number)
        for header in self._lines.headers(number, ABOVE):
            if COMPLETE.search(self._lines.texts[header][:200]):
                return
            yield from self._hints_of(header)
            for at in self._lines.block(header, BLOCK):
                if self._lines.indents[at] == self._lines.indents[header] and not self._lines.opens(at):
                    yield from self._hints_of(at)
        yield from self._whole(number)
        yield from self._in_path

    def _beside(self, number: int) -> Iterator[str]:
        """What the lines beside one say, those as far in as it first: what is farther in may be another's."""
        block = list(self._lines.block(number, BLOCK))
        for at in sorted(block, key=lambda at: self._lines.indents[at] != self._lines.indents[number]):
            yield from self._hints_of(at)

    def _hints_of(self, number: int) -> tuple[str, ...]:
        if number not in self._hints:
            self._hints[number] = tuple(_named_in(self._lines.texts[number][:2000]))
        return self._hints[number]

    def _whole(self, number: int) -> Iterator[str]:
        """What the file is about: the one said last before the line, then those said later."""
        above = [provider for at, provider in self._marks if at <= number]
        yield from dict.fromkeys(reversed(above))
        yield from dict.fromkeys(provider for at, provider in self._marks if at > number)

    @cached_property
    def _marks(self) -> list[tuple[int, str]]:
        return [
            (number, provider)
            for number, line in enumerate(self._lines.texts)
            for provider, pattern in WHOLE
            if pattern.search(line[:2000])
        ]

    @cached_property
    def _is_azure_openai(self) -> bool:
        """Whether what the text calls OpenAI's is Azure's."""
        return any(AZURE_TYPE.search(line[:200]) for line in self._lines.texts)

    @cached_property
    def _is_template(self) -> bool:
        """Whether the file describes Azure's resources and nothing else."""
        pattern = re.compile(
            r"azurerm_cognitive|microsoft\.cognitiveservices/|schemas/[\d-]+/deployment(?:template|parameters)",
            re.I,
        )
        return any(pattern.search(line[:2000]) for line in self._lines.texts)


def _named_in(text: str) -> Iterator[str]:
    """The providers that a piece of text names; a lab's own service only where no other is."""
    hit = [provider for provider, pattern in HINTS if pattern.search(text)]
    others = [provider for provider in hit if provider not in LABS]
    yield from others or hit
