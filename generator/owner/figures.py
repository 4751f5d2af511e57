"""Whether figures can be published: they agree with each other, and nothing odd or secret is in them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from generator.bounds import has_unseen, seen
from playground.chat.chat import PARAMETERS
from playground.observed.observed import Observation, Observed
from playground.run.export import key_shapes
from playground.spelling import did_you_mean

#: A share is written with many digits; other programs may round it.
_ROUNDED = 0.0005


def figure_faults(observed: Observed) -> Iterator[str]:
    """Why these results cannot be published, each with what to do; nothing where they can."""
    if not observed.name.strip():
        yield "name is empty; write what the cases are called"
    if not observed.author.strip():
        yield "author is empty; write who publishes these results"
    if observed.texts:
        yield "texts holds the prompts; publish the figures alone, without it"
    yield from _text_faults("the results", (observed.name, observed.author))
    for place, one in enumerate(observed.observations, 1):
        yield from _text_faults(f"model {place}", _texts(one))
        yield from _parameter_faults(f"model {place}", one)
        yield from _count_faults(f"model {place}", one, observed)
    yield from _repeated(observed.observations)


def _texts(one: Observation) -> Sequence[str]:
    parameters = (str(part) for pair in one.parameters.items() for part in pair)
    return (one.name, one.model, one.called, one.row, one.where, one.prompt, *parameters)


def _text_faults(where: str, texts: Sequence[str]) -> Iterator[str]:
    for text in texts:
        if has_unseen(text):
            shown = seen(text)[:40]
            yield f"{where} has a text with characters that nobody sees, in {shown!r}; leave them out"
        if keys := key_shapes(text):
            yield f"{where} holds {keys[0]}, which is shaped like a key; leave it out, and revoke a real one"


def _parameter_faults(where: str, one: Observation) -> Iterator[str]:
    for name in one.parameters:
        if name not in PARAMETERS:
            near = did_you_mean(name, PARAMETERS)
            yield (
                f"{where} has the parameter {seen(name)[:40]!r}, which no request has{near}; "
                f"known are {', '.join(PARAMETERS)}"
            )


def _count_faults(where: str, one: Observation, observed: Observed) -> Iterator[str]:
    rate, most = one.rate, observed.cases * observed.repeats
    if not rate.asked:
        yield f"{where} was asked nothing; leave it out"
        return
    if rate.asked > most:
        yield (
            f"{where} was asked {rate.asked:,} times, and {observed.cases:,} cases with {observed.repeats:,} "
            f"repeats make {most:,}"
        )
    if (rate.estimate is None) != (rate.missing == rate.asked):
        yield (
            f"rate of {where} is {rate.estimate} with {rate.missing:,} of {rate.asked:,} answers missing; "
            "there is an estimate where an answer was judged"
        )
    # Each missing answer may have failed or passed, whatever its case; between these two lies the share.
    least, most_share = rate.passed / rate.asked, (rate.passed + rate.missing) / rate.asked
    if rate.estimate is not None and not least - _ROUNDED <= rate.estimate <= most_share + _ROUNDED:
        yield f"rate of {where} is {rate.estimate}, and {rate.passed:,} of {rate.asked:,} passed"
    if one.cost.estimate is not None and not rate.passed:
        yield f"cost of {where} is of an accepted answer, and no answer passed"
    if one.output and not 1 <= one.output.answers <= rate.asked:
        yield f"output of {where} is of {one.output.answers:,} answers, and {rate.asked:,} were asked"


def _repeated(observations: Sequence[Observation]) -> Iterator[str]:
    first: dict[tuple[object, ...], int] = {}
    for place, one in enumerate(observations, 1):
        asked = (
            one.model,
            one.called or one.name,
            one.row,
            one.where,
            one.prompt,
            *sorted(one.parameters.items()),
        )
        if asked in first:
            again = f"model {place} is model {first[asked]} again, with the same prompt and parameters"
            yield f"{again}; leave one out"
        first.setdefault(asked, place)
