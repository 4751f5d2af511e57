"""A name taken apart, so that case, spaces and punctuation make no difference.

The scripts of the site do the same (generator/web/site/names/forms.mjs); a test holds both to one answer.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

#: A number with what is attached to it (`4o`, `70b`, `2.5`), or letters: `gpt4o` is `gpt` and `4o`.
_PART = re.compile(r"([0-9]+(?:\.[0-9]+)*)([^\W0-9_]*)|[^\W0-9_]+")
_DIGITS = frozenset("0123456789")
_NUMBER = re.compile(r"[0-9]+(?:\.[0-9]+)*")
_SIZE = re.compile(r"[0-9]+(?:\.[0-9]+)*[bmt]")
#: What says how a model is made ready to be asked, and not which one it is.
_READY = ("instruct", "it")
#: How numbers are stored: the model is the same.
_STORED = r"fp4|fp8|fp16|bf16|nvfp4|int4|int8|awq|gptq|gguf|mlx"
_DATE = r"20[0-9]{2}-[0-9]{2}-[0-9]{2}|20[0-9]{6}"
#: Regions as clouds write them: `eu`, `us-east-1`, `europe-west1`.
_REGION = r"global|[a-z]{2}|[a-z]+(?:-[a-z]+)+-?[0-9]+"
#: A region of a cloud before an id: `us-east-1/`, `europe-west1/`.
CLOUD_REGION = re.compile(
    r"(?:us|eu|ap|ca|sa|me|af|il|mx|cn|europe|asia|africa|australia|northamerica|southamerica)"
    r"(?:-[a-z]+)+-?[0-9]+/"
)
#: The date of a model as Vertex writes it, and GPT-3.5 as Azure does.
_VERTEX_DATE = re.compile(r"@(?=20[0-9]{6}$)")
#: LiteLLM's second way to a provider, whose ids are those of the first: `ollama_chat/llama3.1`.
_CHAT = re.compile(r"([a-z]+)_chat/")
_AZURE_35 = re.compile(r"(?:azure/)?gpt-?35(?![0-9])")
_ENDINGS = (
    re.compile(r"(?P<rest>.+)\[[0-9]+[km]\]"),
    re.compile(r"(?P<rest>.+)-v[0-9]+:[0-9]+(?::[0-9]+k)?"),
    re.compile(r"(?P<rest>.+)[-:@](?:latest|default)"),
    re.compile(rf"(?P<rest>.+)[-:](?:{_STORED})"),
    re.compile(r"(?P<rest>.+):(?:batch|flex|priority|beta|nitro|floor|online|exacto)"),
    re.compile(rf"(?P<rest>.+)@(?:{_REGION})"),
)
_CLOUD_VERSION = re.compile(r"(?P<rest>.+)-v[0-9]+")
_DATED = re.compile(rf"(?P<rest>.+)[-:@](?P<version>{_DATE})")
_VERSIONED = re.compile(r"(?P<rest>.+?)[-:@](?P<version>[a-z]?[0-9]+)")
_VARIED = re.compile(r"(?P<rest>.+)[:@](?P<variant>[^:@/]+)")

_QUOTED = " \"'`“”‘’,;"
_ADDRESS = re.compile(r"(?:https?://[^ ]*?/models/|arn:[^/ ]*/)(?P<name>[^ ]+?)/?")
#: A model that its user tuned, which is priced and ends by what was tuned: `ft:gpt-4o-mini:acme::9xYz`.
_TUNED = re.compile(r"(?P<base>(?:[^ ]*[/:])?ft:[^:/ ]+):[^ ]*", re.IGNORECASE)


# Each form that a name may take asks for the same texts: most were taken apart before.
@lru_cache(maxsize=32768)
def units(text: str) -> tuple[str, ...]:
    """What a name is made of: `Claude-3-5 Sonnet` is claude, 3.5, sonnet.

    Numbers beside each other are one version, a `.0` at its end and the v before it say nothing, and
    `3p1`, as Fireworks writes it, is 3.1.
    """
    lower = re.sub(r"(?<=[0-9])p(?=[0-9])", ".", text.lower().replace("+", " plus "))
    made: list[str] = []
    end = -1
    for match in _PART.finditer(lower):
        part = match[0]
        if match[1] is not None:
            part = re.sub(r"(?:\.0)+$", "", match[1]) + match[2]
            if made and end == match.start() and made[-1].endswith("v"):
                _drop_v(made)
            if _NUMBER.fullmatch(part) and made and _NUMBER.fullmatch(made[-1]):
                part = made.pop() + ("" if part == "0" else f".{part}")
        made.append(part)
        end = match.end()
    return tuple(made)


def _drop_v(made: list[str]) -> None:
    """The v before a number: `v3`, `deepseekv3`; `dev1` is a word."""
    if made[-1] == "v":
        made.pop()
    elif len(made[-1]) > 3:
        made[-1] = made[-1][:-1]


def joined(parts: tuple[str, ...]) -> str:
    """Units without what separates them, and the sizes among them: `qwen3.1 7b` is no `qwen3-1.7b`."""
    text = ""
    for part in parts:
        text += f".{part}" if text[-1:] in _DIGITS and part[0] in _DIGITS else part
    return f"{text} {' '.join(part for part in parts if _SIZE.fullmatch(part))}"


def plain(text: str) -> str:
    """A lab's or a provider's name without its separators."""
    return joined(units(text)).partition(" ")[0]


@dataclass(frozen=True, slots=True)
class Form:
    """A way to write names: what a name that is known is in it, and what one that is asked for is."""

    known: Callable[[str], Iterable[str]]
    asked: Callable[[str], Iterable[str]]


def _sorted(parts: Iterable[str]) -> str:
    """Units in any order: `sonnet 3.5` is `3.5 sonnet`."""
    return " ".join(sorted(parts))


def _without_ready(text: str) -> Iterator[str]:
    yield _sorted(part for part in units(text) if part not in _READY)


def _unready(text: str) -> Iterator[str]:
    """Only what does not say it: who writes `instruct` means a model that has it."""
    if not set(_READY) & set(units(text)):
        yield from _without_ready(text)


def _without_family(text: str) -> Iterator[str]:
    """Without the word that a line of models begins with: `opus 5.5` is `claude opus 5.5`."""
    first, *rest = units(text) or ("",)
    if first.isalpha() and rest:
        yield _sorted(rest)
        yield _sorted(part for part in rest if part not in _READY)


def _numbered(text: str) -> Iterator[str]:
    """Only what has a word and a number in it: `opus` alone may be any."""
    parts = units(text)
    if any(part[0] in _DIGITS for part in parts) and any(part[-1].isalpha() for part in parts):
        yield _sorted(parts)


def _as_it_is(text: str) -> tuple[str]:
    return (text,)


def _joined(text: str) -> tuple[str]:
    return (joined(units(text)),)


def _unordered(text: str) -> tuple[str]:
    return (_sorted(units(text)),)


#: A name that is but for `instruct` another's.
UNREADY = Form(_without_ready, _unready)
STRICT = (Form(_as_it_is, _as_it_is), Form(_joined, _joined), Form(_unordered, _unordered))
#: From the strictest to the freest.
FORMS = (
    *STRICT,
    UNREADY,
    Form(_without_ready, _without_ready),
    Form(_without_family, _numbered),
)


def cleaned(typed: str) -> str:
    """A name without quotes, and without the address or the ARN that it is the end of."""
    text = " ".join(typed.split()).strip(_QUOTED)
    named = _ADDRESS.fullmatch(text)
    text = named["name"] if named else text
    tuned = _TUNED.fullmatch(text)
    return tuned["base"] if tuned else text


def split_path(text: str) -> list[str]:
    """What stands before a name, each with the sign after it, and the name: `us.`, `meta-llama/`."""
    return re.findall(r"[^/]+?(?:/|(?<=[a-z])\.(?=[a-z][a-z]))|[^/]+$", text) or [text]


def ways_to_write(text: str, owners: Collection[str]) -> Iterator[str]:
    """A name in lower case as it is, then as it would be with slashes, and not as clouds spell it.

    `owners` are what stands before names in ids, each with its sign.
    """
    yield text
    yield (slashed := _VERTEX_DATE.sub("-", _slashed(text, owners)))
    if _CHAT.match(slashed):
        yield _CHAT.sub(r"\1/", slashed, count=1)
    if _AZURE_35.match(slashed):
        yield (plainly := _AZURE_35.sub("azure/gpt-3.5", slashed))
        yield plainly.removeprefix("azure/")


def _slashed(text: str, owners: Collection[str]) -> str:
    """`openai:chat:gpt-5`, as promptfoo has it, as `openai/chat/gpt-5`."""
    head, sign, rest = text.partition(":")
    return f"{head}/{_slashed(rest, owners)}" if sign and f"{head}/" in owners else text


def without_endings(text: str, variants: Collection[str], *, cloud: bool) -> Iterator[tuple[str, str]]:
    """A name with ever less behind it, and the version that was taken off, empty for none.

    What is taken off is known to say nothing of the model: a date, a region, `-latest`, a variant that the
    catalog has, and a cloud's own `-v1`. A version counts only where the model may have it.
    """
    version = ""
    while True:
        yield text, version
        match = next((m for ending in _ENDINGS if (m := ending.fullmatch(text))), None)
        if match is None and (named := _VARIED.fullmatch(text)) and named["variant"] in variants:
            match = named
        if match is None and cloud:
            match = _CLOUD_VERSION.fullmatch(text)
        if match is None and not version:
            match = _DATED.fullmatch(text) or _VERSIONED.fullmatch(text)
            version = match["version"] if match else ""
        if match is None:
            return
        text = match["rest"]
