"""Test connection: the smallest request, step by step, each step with what was seen.

The report holds no key and can be copied as evidence for the provider's row.
"""

from __future__ import annotations

from collections.abc import AsyncGenerator, AsyncIterator, Awaitable, Callable, Mapping
from contextlib import aclosing
from dataclasses import dataclass, replace
from time import perf_counter

from playground.catalog.endpoints import Auth, Wire
from playground.chat.adapters import ADAPTERS
from playground.chat.adapters.request import Request
from playground.chat.chat import Chat, user
from playground.chat.events import Cause, Event, Failed, Finished, ReasoningDelta, TextDelta, ToolCallDelta
from playground.chat.target import origin_of
from playground.errors import RequestError
from playground.run.explain import explain
from playground.run.own.listing import PATHS, Get, KeyWantedError, UnreachedError, listed_models
from playground.run.run import Run
from playground.run.sent import without_secrets

#: Enough for a word; some models think first and would stop at fewer.
TOKENS = 64
#: How many of the models that a server lists are named.
NAMED = 8
#: By whether the server needs one (None: not known): how the test goes, and what is said, where no key went
#: along.
KEYLESS: Mapping[bool | None, tuple[bool | None, str]] = {
    True: (False, "The server wants a key, and none is entered."),
    False: (True, "None is entered, and none is needed."),
    None: (None, "None is entered; whether one is needed is not known yet."),
}
#: How many causes there may be of what reached nobody, of which one is so.
_COUNTS = {2: "two", 3: "three", 4: "four", 5: "five"}
#: What an address that answers a page says: the provider let it read the answer, whatever that was.
OPEN = "The address answers this page: CORS is open."


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """What was tried, whether it went well (None: not known), and what was seen."""

    name: str
    ok: bool | None
    seen: str


async def probe(
    run: Run,
    send: Callable[[Request, Wire], AsyncGenerator[Event]],
    reach: Callable[[str], Awaitable[bool]],
    get: Get,
    *,
    has_model: bool = True,
) -> AsyncIterator[Step]:
    """The steps as they are done; `send` is client.stream, `reach` says whether anything answers at all.

    A server of the reader's own is asked for its models, and so is any other while no model is chosen.
    """
    target = run.target
    origin = origin_of(target.url)
    yield Step(name="Address", ok=True, seen=without_secrets(target.url))
    needed = target.endpoint.auth != (Auth.NONE,)
    if needed and target.key is None:
        yield Step(name="Key", ok=False, seen="No key is entered.")
        return
    if target.key:
        yield Step(name="Key", ok=True, seen=f"Bound to {origin}.")
    reached = await reach(f"{origin}/")
    seen = "Something answers there." if reached else "Nothing answers, or the browser blocks it."
    yield Step(name="Network", ok=reached, seen=seen)
    run = replace(run, situation=replace(run.situation, reached=reached))
    needs_key = None
    if (run.situation.is_own or not has_model) and target.endpoint.wire in PATHS:
        try:
            yield await _models(run, get)
        except RequestError as error:
            needs_key = True if isinstance(error, KeyWantedError) else None
            yield Step(name="Models", ok=None if has_model else False, seen=_unlisted(error, run))
    if not has_model:
        yield Step(name="Answer", ok=None, seen="Nothing was asked: choose a model, then test again.")
    else:
        async for step, needs in _answer(run, send, reached=reached):
            needs_key = needs_key if needs is None else needs
            yield step
    # Whether one is needed only the answers tell: one verdict, once they are there.
    if target.key is None:
        ok, seen = KEYLESS[needs_key]
        yield Step(name="Key", ok=ok, seen=seen)


def _unlisted(error: RequestError, run: Run) -> str:
    """Why no models are listed; where nothing answered, what that may come from."""
    if not isinstance(error, UnreachedError):
        return f"None listed: {error}."
    failed = Failed(cause=Cause.UNREACHABLE, message=str(error))
    return f"None listed: {error.address} did not answer this page. {_advised(failed, run)}"


def _advised(failed: Failed, run: Run) -> str:
    """What to do: of what reached nobody every likely cause, of what was answered the likeliest."""
    advice = explain(failed, run.situation)
    likely = advice if failed.cause is Cause.UNREACHABLE else advice[:1]
    if len(likely) < 2:
        return "".join(f"{each.cause}: {each.fix}" for each in likely)
    numbered = " ".join(f"({n}) {each.cause}: {each.fix}" for n, each in enumerate(likely, 1))
    return f"One of {_COUNTS[len(likely)]}, the likeliest first: {numbered}"


async def _models(run: Run, get: Get) -> Step:
    """Which models the server lists. Raises RequestError where it lists none."""
    target = run.target
    listing = await listed_models(target, get)
    count = len(listing.ids)
    named = f": {', '.join(listing.ids[:NAMED])}" if count else ""
    more = f" and {count - NAMED} more" if count > NAMED else ""
    seen = f"The server lists {count} {'model' if count == 1 else 'models'}{named}{more}."
    if listing.base != target.url:
        return Step(
            name="Models",
            ok=False,
            seen=f"{seen} They stand at {without_secrets(listing.base)}: use that address.",
        )
    return Step(name="Models", ok=True, seen=seen)


async def _answer(
    run: Run, send: Callable[[Request, Wire], AsyncGenerator[Event]], *, reached: bool
) -> AsyncIterator[tuple[Step, bool | None]]:
    """The steps of a question, each with whether it tells that a key is needed."""
    target = run.target
    chat = Chat(messages=(user("Reply with the word ok."),))
    if "max_tokens" in ADAPTERS[target.endpoint.wire].takes:
        chat = replace(chat, max_tokens=TOKENS)
    request = ADAPTERS[target.endpoint.wire].build_request(chat, target)
    begun = perf_counter()
    streamed = False
    async with aclosing(send(request, target.endpoint.wire)) as events:
        async for event in events:
            if isinstance(event, TextDelta | ReasoningDelta | ToolCallDelta) and not streamed:
                streamed = True
                yield Step(name="CORS", ok=True, seen=OPEN), False
                seconds = perf_counter() - begun
                yield Step(name="Stream", ok=True, seen=f"First output after {seconds:.2f} s."), False
            elif isinstance(event, Finished):
                if not streamed:
                    yield Step(name="CORS", ok=True, seen=OPEN), False
                seen = f"Finished ({event.said or event.reason})."
                yield Step(name="Answer", ok=True, seen=seen), False
            elif isinstance(event, Failed):
                if event.cause is Cause.UNREACHABLE:
                    seen = "The browser did not let this page read an answer"
                    conclusion = "; something is there, so CORS is likely closed." if reached else "."
                    yield Step(name="CORS", ok=False, seen=seen + conclusion), None
                elif event.status is not None and not streamed:
                    yield Step(name="CORS", ok=True, seen=OPEN), None
                status = f" (status {event.status})" if event.status else ""
                # The browser's own words for it say nothing: it tells no page why.
                is_nowhere = event.cause is Cause.UNREACHABLE
                what = "No answer reached this page" if is_nowhere else f"{event.message}{status}"
                seen = f"{what}. {_advised(event, run)}".rstrip()
                yield Step(name="Answer", ok=False, seen=seen), True if event.cause is Cause.NO_KEY else None
