"""What `almanac compare` runs and prints: panels while the models answer, a table at the end."""

from __future__ import annotations

import asyncio
import json
import os
import time
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
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
from playground.chat.adapters.request import Request
from playground.chat.chat import Chat
from playground.chat.client import TIMEOUT, stream
from playground.chat.events import Event, Failed, Finished
from playground.chat.metrics import SHOWN, Figure, Known
from playground.chat.parameters import LABELS, refused_for
from playground.chat.target import ApiKey, Target, origin_of
from playground.chat.transcript import Transcript
from playground.errors import PlaygroundError
from playground.run.comparison import compare
from playground.run.ending import shown_figures
from playground.run.explain import Situation, explain
from playground.run.run import Run, event_to_json, metrics_to_json
from playground.run.sent import request_to_json
from playground.run.standing import Measured, Place, measured, note, place_text, places


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


def summary(models: Sequence[Asked], rounds: Sequence[Sequence[Transcript]]) -> Group:
    """The table of those that answered, what was not sent, why the others failed; `rounds` are the runs."""
    last = rounds[-1]
    runs = [
        [measured(t.end, t.metrics(m.run.price)) for t in every]
        for m, every in zip(models, zip(*rounds, strict=True), strict=True)
    ]
    there = [place for place, each in enumerate(runs) if any(one.answered for one in each)]
    lines: list[Any] = []
    if there:
        lines.append(_table(models, last, runs, there))
    if below := note(runs):
        lines.append(RichText(below, style="dim"))
    for model, transcript in zip(models, last, strict=True):
        for part, why in model.left.items():
            lines.append(RichText(f"{model.name}: {LABELS[part]} was not sent: {why}.", style="yellow"))
        if isinstance(end := transcript.end, Failed):
            lines.append(RichText(f"{model.name}: failed ({end.cause}): {end.message}", style="red"))
            lines += [RichText(f"  {a.cause}: {a.fix}") for a in explain(end, model.run.situation)]
    return Group(*lines)


def _table(
    models: Sequence[Asked],
    last: Sequence[Transcript],
    runs: Sequence[Sequence[Measured]],
    there: Sequence[int],
) -> Table:
    table = Table(title="Side by side")
    table.add_column("Figure")
    for place in there:
        table.add_column(RichText(models[place].name))
    metrics = {place: last[place].metrics(models[place].run.price) for place in there}
    for name, shown in SHOWN.items():
        if name == "waited" and not any(m.waited for m in metrics.values()):
            continue
        stand = places(name, runs)
        cells = (_figure(name, getattr(metrics[place], name), stand[place]) for place in there)
        table.add_row(shown.label, *cells)
    return table


def _figure(name: str, figure: Figure | None, place: Place) -> RichText:
    if figure is None and place.value is None:
        return RichText("no")
    known = figure.known if figure else Known.COMPUTED
    style = "bold" if place.best else ""
    return RichText.assemble((place_text(name, place), style), (f" {known}", "dim"))


def to_json(models: Sequence[Asked], transcripts: Sequence[Transcript]) -> list[dict[str, Any]]:
    """Every answer with its request, its names, its end and its figures; of one that failed those with a
    value. Money is text, so that no digit is lost."""
    rows = []
    for model, transcript in zip(models, transcripts, strict=True):
        end = transcript.end
        figures = transcript.metrics(model.run.price)
        metrics = shown_figures(metrics_to_json(figures), whole=isinstance(end, Finished))
        if isinstance(figures.cost.value, Decimal):
            metrics["cost"]["value"] = f"{figures.cost.value:f}"
        rows.append(
            {
                "model": model.name,
                "answer": transcript.text,
                "reasoning": transcript.reasoning,
                "calls": [{"id": c.id, "name": c.name, "arguments": c.arguments} for c in transcript.calls],
                "end": event_to_json(end) if end else None,
                "request": request_to_json(_request(model.run), model.run.chat),
                "response": asdict(transcript.name),
                "metrics": metrics,
                "left_out": dict(model.left),
            }
        )
    return json.loads(json.dumps(rows, default=str))  # type: ignore[no-any-return]


def _request(run: Run) -> Request:
    return ADAPTERS[run.target.endpoint.wire].build_request(run.chat, run.target)


def exit_code(transcripts: Sequence[Transcript]) -> int:
    """0 where every model finished, else 1."""
    return 0 if all(isinstance(t.end, Finished) for t in transcripts) else 1
