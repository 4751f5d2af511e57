"""The reader's own results in a decision record."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping

from playground.catalog import Offering
from playground.decide.own.evidence import OwnAnswer, Standing
from playground.decide.own.sentences import (
    cost_text,
    floor_sentence,
    heading,
    observation_name,
    order_sentences,
    output_text,
    parameters_text,
    rate_text,
    source_sentence,
    speed_text,
)
from playground.labels.addresses import markdown_text
from playground.observed.observed import Observation
from playground.pricing.money import bill_text

HEADS = (
    "Model",
    "Place",
    "Meets the pass rate",
    "Passed (95 % interval)",
    "Each accepted answer (95 % interval)",
    "Output tokens (95 % interval)",
    "A month, by these tokens where known",
    "Median speed",
    "Parameters",
    "Ran at",
)


def own_lines(
    answer: OwnAnswer, named: Mapping[str, str], placed: Callable[[Offering], str]
) -> Iterator[str]:
    """The section: which results, how the floor counts, who is left in which order, who is not.

    `named` is what models are called, `placed` a model at its place as Markdown with a link.
    """
    observed = answer.own.observed
    yield f"## {markdown_text(heading(observed))}"
    yield ""
    yield f"{markdown_text(source_sentence(observed))}."
    yield ""
    for sentence in (*order_sentences(answer, named), floor_sentence(answer.own)):
        yield f"{markdown_text(sentence)}."
    yield ""
    if standings := [*answer.standings, *answer.under]:
        yield f"| {' | '.join(HEADS)} |"
        yield f"|{'---|' * len(HEADS)}"
        for one in standings:
            yield f"| {' | '.join(_cells(one, named, placed))} |"
        yield ""
    for out in answer.out:
        name = markdown_text(observation_name(out.observation, named))
        why = markdown_text(": ".join(filter(None, (out.constraint, out.reason))))
        yield f"- {name} was run and is not left: {why}. {_short(out.observation)}"
    for unknown in answer.elsewhere:
        name = markdown_text(observation_name(unknown, named))
        yield f"- {name} was run and is not in this catalog. {_short(unknown)}"
    if answer.out or answer.elsewhere:
        yield ""
    yield f"- Data set (cases and checks): SHA-256 `{observed.dataset}`"
    yield f"- Prompts: SHA-256 `{observed.prompts}`"
    prices = f"`{observed.catalog}`" if observed.catalog else "not noted"
    yield f"- Catalog whose prices counted: {prices}"
    yield ""
    for name, text in observed.texts:
        yield f"Prompt “{markdown_text(name)}”:"
        yield ""
        yield from _fenced(text)
        yield ""


def _cells(one: Standing, named: Mapping[str, str], placed: Callable[[Offering], str]) -> Iterator[str]:
    ran = one.observation
    yield markdown_text(observation_name(ran, named))
    yield placed(one.candidate.offering)
    yield str(one.meets)
    texts = (
        rate_text(ran.rate),
        cost_text(ran.cost),
        output_text(ran.output),
        bill_text(one.candidate.bill),
        speed_text(ran),
        parameters_text(ran),
        ran.where,
    )
    yield from (markdown_text(text) or "–" for text in texts)


def _short(one: Observation) -> str:
    return f"{rate_text(one.rate)} passed, {cost_text(one.cost)} for each accepted answer."


def _fenced(text: str) -> Iterator[str]:
    """The text as a block that none of its own backticks ends."""
    longest = max(map(len, re.findall("`+", text)), default=0)
    fence = "`" * max(3, longest + 1)
    yield f"{fence}text"
    yield from text.splitlines()
    yield fence
