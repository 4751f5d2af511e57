"""Test connection: the smallest request, step by step, each step with what was seen.

The report holds no key and can be copied as evidence for the provider's row.
"""

from __future__ import annotations

from collections.abc import AsyncGenerator, AsyncIterator, Awaitable, Callable
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
from playground.run.own.listing import PATHS, Get, listed_models
from playground.run.run import Run
from playground.run.sent import without_secrets

#: Enough for a word; some models think first and would stop at fewer.
TOKENS = 64
#: How many of the models that a server lists are named.
NAMED = 8
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
    given = f"Bound to {origin}." if target.key else "None is given, and none may be needed."
    yield Step(name="Key", ok=True if target.key else None, seen=given)
    reached = await reach(f"{origin}/")
    seen = "Something answers there." if reached else "Nothing answers, or the browser blocks it."
    yield Step(name="Network", ok=reached, seen=seen)
    run = replace(run, situation=replace(run.situation, reached=reached))
    if (run.situation.is_own or not has_model) and target.endpoint.wire in PATHS:
        yield await _models(run, get, is_all=not has_model)
    if not has_model:
        yield Step(name="Answer", ok=None, seen="Nothing was asked: choose a model, then test again.")
        return
    async for step in _answer(run, send, reached=reached):
        yield step


async def _models(run: Run, get: Get, *, is_all: bool) -> Step:
    """Which models the server lists; it may well answer and list none, unless that `is_all` that is asked."""
    target = run.target
    try:
        listing = await listed_models(target, get)
    except RequestError as error:
        seen = f"None listed: {error}."
        if isinstance(error.__cause__, ConnectionError):
            unreachable = Failed(cause=Cause.UNREACHABLE, message=str(error))
            seen = " ".join([seen, *(f"{a.cause}: {a.fix}" for a in explain(unreachable, run.situation))])
        return Step(name="Models", ok=False if is_all else None, seen=seen)
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
) -> AsyncIterator[Step]:
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
                yield Step(name="CORS", ok=True, seen=OPEN)
                seconds = perf_counter() - begun
                yield Step(name="Stream", ok=True, seen=f"First output after {seconds:.2f} s.")
            elif isinstance(event, Finished):
                if not streamed:
                    yield Step(name="CORS", ok=True, seen=OPEN)
                yield Step(name="Answer", ok=True, seen=f"Finished ({event.said or event.reason}).")
            elif isinstance(event, Failed):
                if event.cause is Cause.UNREACHABLE:
                    seen = "The browser did not let this page read an answer"
                    conclusion = "; something is there, so CORS is likely closed." if reached else "."
                    yield Step(name="CORS", ok=False, seen=seen + conclusion)
                elif event.status is not None and not streamed:
                    yield Step(name="CORS", ok=True, seen=OPEN)
                first = next(iter(explain(event, run.situation)), None)
                advice = f" {first.cause}: {first.fix}" if first else ""
                status = f" (status {event.status})" if event.status else ""
                yield Step(name="Answer", ok=False, seen=f"{event.message}{status}.{advice}")
