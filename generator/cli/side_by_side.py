"""What `almanac compare` runs and prints: panels while the models answer, a table at the end."""

from __future__ import annotations

import asyncio
import json
import os
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import partial
from typing import Any

import httpx2
from rich.columns import Columns
from rich.console import Console, Group
from rich.live import Live
from rich.panel import Panel
from rich.table import Table
from rich.text import Text as RichText

from generator.assistant.lookup import Lookup, UnknownNameError
from generator.errors import EditError, SetupError
from generator.exports.playground import OWN, OWN_ID, call_id
from playground.catalog import Catalog, Offering, Provider
from playground.catalog.endpoints import Auth, Endpoint
from playground.catalog.prices import Price
from playground.chat.adapters import ADAPTERS
from playground.chat.chat import Chat
from playground.chat.client import TIMEOUT, stream
from playground.chat.events import Event, Failed, Finished
from playground.chat.metrics import Figure
from playground.chat.parameters import LABELS, refused_for
from playground.chat.target import ApiKey, Target, origin_of
from playground.chat.transcript import Transcript
from playground.errors import PlaygroundError
from playground.run.comparison import compare
from playground.run.explain import Situation, explain
from playground.run.run import Run, event_to_json, metrics_to_json

FIGURES = (
    ("first_reasoning", "First reasoning, s", 2),
    ("first_answer", "First answer token, s", 2),
    ("seconds", "Whole answer, s", 2),
    ("answer_rate", "Answer tokens/s", 1),
    ("input", "Input tokens", 0),
    ("cache_read", "of them cached", 0),
    ("output", "Output tokens", 0),
    ("reasoning", "of them reasoning", 0),
    ("cost", "Cost, USD", 6),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """One model of the command line: what it was called there, how it is run, what it is not sent."""

    name: str
    run: Run
    left: Mapping[str, str]


def asked(
    catalog: Catalog,
    names: Sequence[str],
    chat: Chat,
    places: Mapping[str, str],
    url: str,
    lookup: Lookup,
) -> list[Asked]:
    """The models by their names, `provider/id` or any spelling.

    Raises SetupError naming what is wrong or missing, and AmbiguousNameError.
    """
    return [_asked(catalog, name, chat, places, url, lookup) for name in names]


def _asked(
    catalog: Catalog, name: str, chat: Chat, places: Mapping[str, str], url: str, lookup: Lookup
) -> Asked:
    provider_id, _, model = name.partition("/")
    provider_id, _, number = provider_id.partition(".")
    if provider_id == OWN_ID and model:
        if not url:
            raise SetupError(f"{name!r} needs an address; add: --url http://localhost:8000/v1")
        return _made(name, chat, Target(endpoint=OWN, model=model, base_url=url), None, None)
    provider = catalog.providers.get(provider_id)
    if not model or provider is None or not provider.endpoints:
        return _asked(catalog, _callable(catalog, name, lookup), chat, places, url, lookup)
    here = (o for o in catalog.offerings if o.provider == provider_id)
    offering = next((o for o in here if model in (call_id(o), *o.ids)), None)
    if offering is None and (offering := _spelled(name, provider_id, lookup)):
        # Where a reader names what is asked, as at Azure, an id is theirs, however like a model's it is.
        model = model if _endpoint(provider, number, offering, name).places else call_id(offering)
    endpoint = _endpoint(provider, number, offering, name)
    there = {place.name: places.get(place.name, "") for place in endpoint.places}
    return _made(name, chat, Target(endpoint=endpoint, model=model, places=there), offering, provider)


def _callable(catalog: Catalog, name: str, lookup: Lookup) -> str:
    """`provider/id` of a model that is named alone, where it can be called, its lab first."""
    try:
        _, offerings = lookup.offerings(name)
    except UnknownNameError as error:
        if "/" not in name:
            raise
        known = ", ".join(p.id for p in catalog.providers.values() if p.endpoints)
        provider = name.partition("/")[0]
        raise SetupError(
            f"{provider!r} is no provider that can be called; known are {known}, {OWN_ID}"
        ) from error
    for offering in offerings:
        if catalog.providers[offering.provider].endpoints and call_id(offering):
            return f"{offering.provider}/{call_id(offering)}"
    raise SetupError(f"{name!r} is served nowhere that can be called; name a provider: provider/model")


def _spelled(name: str, provider: str, lookup: Lookup) -> Offering | None:
    """The offering at a provider that a name means in another spelling; None where it may be a new id."""
    try:
        _, offerings = lookup.offerings(name)
    except EditError:
        return None
    return next((o for o in offerings if o.provider == provider), None)


def _endpoint(provider: Provider, number: str, offering: Offering | None, name: str) -> Endpoint:
    if number:
        if not number.isdigit() or int(number) >= len(provider.endpoints):
            rows = ", ".join(f"{provider.id}.{i}" for i in range(len(provider.endpoints)))
            raise SetupError(f"{name!r} names no address of {provider.name}; known are {rows}")
        return provider.endpoints[int(number)]
    model = offering.model if offering else ""
    return provider.endpoints[next(iter(provider.rows(model)), 0)]


def _made(
    name: str, chat: Chat, target: Target, offering: Offering | None, provider: Provider | None
) -> Asked:
    endpoint = target.endpoint
    refused = refused_for(endpoint, target.model, chat.effort, offering)
    plain = Chat(messages=chat.messages)
    left = {
        part: why
        for part, why in refused.items()
        if part in LABELS and part != "images" and getattr(chat, part) != getattr(plain, part)
    }
    accepted = replace(chat, **{part: getattr(plain, part) for part in left})
    try:
        origin = origin_of(target.url)
        ADAPTERS[endpoint.wire].build_request(accepted, target)
    except PlaygroundError as error:
        hint = f" (--set {endpoint.places[0].name}=…)" if endpoint.places else ""
        raise SetupError(f"{name}: {error}{hint}") from error
    key = _key(endpoint, origin)
    if key is None and endpoint.auth != (Auth.NONE,):
        raise SetupError(f"{name} needs a key; set the environment variable {endpoint.key_env}")
    situation = Situation(
        endpoint=endpoint,
        url=target.url,
        fix=provider.browser_fix if provider else "",
    )
    price = offering.sound_prices if offering else Price()
    run = Run(chat=accepted, target=replace(target, key=key), price=price, situation=situation)
    return Asked(name=name, run=run, left=left)


def _key(endpoint: Endpoint, origin: str) -> ApiKey | None:
    env = os.environ
    if secret := env.get(endpoint.key_env or "ALMANAC_KEY", "").strip():
        auth = endpoint.auth[0] if endpoint.auth[0] != Auth.NONE else Auth.BEARER
        return ApiKey(origin=origin, auth=auth, secret=secret)
    if Auth.SIGV4 in endpoint.auth and env.get("AWS_SECRET_ACCESS_KEY"):
        return ApiKey(
            origin=origin,
            auth=Auth.SIGV4,
            id=env.get("AWS_ACCESS_KEY_ID", ""),
            secret=env["AWS_SECRET_ACCESS_KEY"],
            session=env.get("AWS_SESSION_TOKEN", ""),
        )
    return None


def run(models: Sequence[Asked], console: Console | None) -> list[Transcript]:
    """Ask all, drawing what comes on the console; None draws nothing. Ctrl-C closes every connection."""
    transcripts = [
        Transcript(m.run.target.endpoint.wire, time.perf_counter, m.run.target.giver) for m in models
    ]
    notes = [""] * len(models)
    drawn = console if console and console.is_terminal else None

    def draw(console: Console) -> Columns:
        width = max(24, console.width // min(len(models), 3) - 1)
        panels = (_panel(m.name, t, n, width) for m, t, n in zip(models, transcripts, notes, strict=True))
        return Columns(list(panels))

    async def ask() -> None:
        runs = [m.run for m in models]
        async with httpx2.AsyncClient(timeout=TIMEOUT) as http:
            send = partial(stream, http=http)
            if drawn is None:
                await compare(runs, transcripts, send)
                return
            with Live(draw(drawn), console=drawn, refresh_per_second=12, vertical_overflow="visible") as live:

                def heard(place: int, _: Event) -> None:
                    notes[place] = ""
                    live.update(draw(drawn))

                def waiting(place: int, _: int, seconds: float, failed: Failed) -> None:
                    notes[place] = f"{failed.message} Trying again in {seconds:.0f} s."
                    live.update(draw(drawn))

                await compare(runs, transcripts, send, heard=heard, waiting=waiting)

    asyncio.run(ask())
    return transcripts


def _panel(name: str, transcript: Transcript, note: str, width: int) -> Panel:
    body = RichText()
    if transcript.reasoning and not transcript.text:
        body.append(transcript.reasoning[-400:], style="dim")
    body.append(transcript.text)
    for call in transcript.calls:
        body.append(f"\n{call.name}({call.arguments})", style="cyan")
    if note:
        body.append(f"\n{note}", style="yellow")
    return Panel(body, title=RichText(name), width=width)


def summary(models: Sequence[Asked], transcripts: Sequence[Transcript]) -> Group:
    """The answers where nothing was drawn live, what was left out, failures, and the table of figures."""
    table = Table(title="Side by side")
    table.add_column("Figure")
    for model in models:
        table.add_column(RichText(model.name))
    metrics = [t.metrics(m.run.price) for t, m in zip(transcripts, models, strict=True)]
    for field, label, digits in FIGURES:
        table.add_row(label, *(_figure(getattr(each, field), digits) for each in metrics))
    lines: list[Any] = []
    for model, transcript in zip(models, transcripts, strict=True):
        for part, why in model.left.items():
            lines.append(RichText(f"{model.name}: {LABELS[part]} was not sent: {why}.", style="yellow"))
        if isinstance(end := transcript.end, Failed):
            lines.append(RichText(f"{model.name}: failed ({end.cause}): {end.message}", style="red"))
            lines += [RichText(f"  {a.cause}: {a.fix}") for a in explain(end, model.run.situation)]
    return Group(table, *lines)


def _figure(figure: Figure, digits: int) -> RichText:
    text = "—" if figure.value is None else f"{figure.value:.{digits}f}"
    return RichText.assemble(text, (f" {figure.known}", "dim"))


def to_json(models: Sequence[Asked], transcripts: Sequence[Transcript]) -> list[dict[str, Any]]:
    """Every answer with its end and figures; money as text, so that no digit is lost."""
    rows = []
    for model, transcript in zip(models, transcripts, strict=True):
        end = transcript.end
        figures = transcript.metrics(model.run.price)
        metrics = metrics_to_json(figures)
        if isinstance(figures.cost.value, Decimal):
            metrics["cost"]["value"] = f"{figures.cost.value:f}"
        rows.append(
            {
                "model": model.name,
                "answer": transcript.text,
                "reasoning": transcript.reasoning,
                "calls": [{"id": c.id, "name": c.name, "arguments": c.arguments} for c in transcript.calls],
                "end": event_to_json(end) if end else None,
                "metrics": metrics,
                "left_out": dict(model.left),
            }
        )
    return json.loads(json.dumps(rows, default=str))  # type: ignore[no-any-return]


def exit_code(transcripts: Sequence[Transcript]) -> int:
    """0 where every model finished, else 1."""
    return 0 if all(isinstance(t.end, Finished) for t in transcripts) else 1
