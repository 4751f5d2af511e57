"""Which clauses of a hand-written page state something of somebody without a figure or a quote behind it.

A clause states where it names a provider, a lab, a model or a cloud's product, holds a figure, or speaks of
what only a provider's page can say (a quota, a service level, training, indemnity, a preview). It then has to
hold a call (`{{ … }}`) that computes it or stands on a quote. It leads, and needs none, where it is a
heading, a question or a link to a page of this site, or where it tells the reader what to do.

What it cannot catch: a claim that names nobody and holds no figure ("most work needs no large model"); one
that is told as advice ("Take X, it is faster" passes by its first word); one beside a call in the same
clause; and whether a quote supports its sentence: that a person has to read.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

CALL = re.compile(r"\{\{.*?\}\}", re.DOTALL)
#: Words that name somebody beside the names in the catalog.
NAMES = (
    *("Microsoft", "OpenAI", "Azure", "Foundry", "MAI", "Copilot", "Entra", "GPT", "Claude", "Anthropic"),
    *("Google", "Gemini", "Vertex", "Amazon", "AWS", "Bedrock", "Nova", "DeepSeek", "Mistral", "Llama"),
    *(
        "Groq",
        "OpenRouter",
        "LiteLLM",
        "Hugging Face",
        "Fireworks",
        "Cohere",
        "Qwen",
        "Kimi",
        "Grok",
        "Epoch",
    ),
)
NAMED = re.compile(rf"\b(?:{'|'.join(NAMES)})\b")
FIGURE = re.compile(
    r"[$€]\s?\d|\b\d[\d,.]*\s?(?:%|percent|tokens|days?|months?|hours?|times|cents)|\b20\d\d-\d\d"
)
POLICY = re.compile(
    r"service level|\bSLA\b|uptime|\bquota|indemni|train(?:s|ed)? on|zero retention|private link|"
    r"\bpreviews?\b|certified|\bPTU\b|\bMACC\b",
    re.IGNORECASE,
)
#: How a clause begins that tells the reader what to do.
ADVICE = re.compile(
    r"(?:\W*(?:And|Then|But|So|Or|\d\.)\b)?\W*(?:Ask|Try|Open|See|Look|Keep|Take|Send|Run|Mind|Read|Pin|Put|"
    r"Give|Watch|Download|Compare|Paste|Find|Change|Test|Deploy|Hold|Leave|Do|Have|Write|Choose|Cut|"
    r"Lower|Left out)\b"
)
CONDITION = re.compile(r"\W*(?:When|Where|If)\b")


def unsourced(markdown: str) -> list[str]:
    """The clauses that state without a call behind them, in their order."""
    return [clause for clause in _clauses(markdown) if _states(clause)]


def _states(clause: str) -> bool:
    if CALL.search(clause) or clause.rstrip().endswith("?") or ADVICE.match(clause):
        return False
    if CONDITION.match(clause):
        _, comma, then = clause.partition(", ")
        return bool(comma) and _states(then)
    return any(pattern.search(clause) for pattern in (NAMED, FIGURE, POLICY))


def _clauses(markdown: str) -> Iterator[str]:
    text = re.sub(r"\A---\n.*?\n---\n", "", markdown, flags=re.DOTALL)
    text = re.sub(r"^```.*?^```", "", text, flags=re.DOTALL | re.MULTILINE)
    # What a fold is called is a heading.
    text = re.sub(r"<summary>.*?</summary>", "", text)
    # A link to a page of this site leads; what it is called states nothing.
    text = re.sub(r"\[[^\]]*\]\((?!https?:)[^)]*\)", "", text)
    text = re.sub(r"[*`]|<[^>]+>", "", text)
    # A call is one mark, so that no stop inside it ends a clause.
    text = CALL.sub("{{}}", text)
    lines = text.splitlines()
    for n, line in enumerate(lines):
        if line.startswith("#") or not line.strip():
            continue
        if line.startswith("|"):
            heading = n == 0 or not lines[n - 1].startswith("|")
            yield from () if heading else (c for cell in line.strip("|").split("|")[1:] for c in _split(cell))
        else:
            yield from _split(re.sub(r"^\s*(?:[-*]|\d+\.)\s+", "", line))


def _split(text: str) -> list[str]:
    return [clause.strip() for clause in re.split(r"(?<=[.!?])\s+|;\s+", text) if clause.strip()]
