"""One run as the page describes it, and its results as the page draws them: JSON on both sides."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from decimal import Decimal, InvalidOperation
from functools import lru_cache
from typing import Any

from playground.catalog.endpoints import Auth, Endpoint, endpoint_from_json
from playground.catalog.prices import Price, parse_price_field
from playground.chat.adapters.reading import dict_in, text_in
from playground.chat.chat import Chat
from playground.chat.chat_json import chat_from_json
from playground.chat.events import Event
from playground.chat.metrics import MISSING, Figure, Known, Metrics, figure_text
from playground.chat.target import ApiKey, Target, origin_of
from playground.errors import RequestError
from playground.json_text import read_json, write_json
from playground.run.explain import Situation, relay_config
from playground.run.own.address import base_of
from playground.run.standings_json import standings_to_json


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """A chat for a target, what it is priced by, and where it is asked from."""

    chat: Chat
    target: Target
    price: Price
    situation: Situation


def run_from_json(pane: Mapping[str, Any]) -> Run:
    """A run of the page. Raises RequestError, KeyOriginError for what cannot be asked."""
    try:
        endpoint = _endpoint(write_json(pane["endpoint"]))
    except (KeyError, TypeError, ValueError) as error:
        raise RequestError(f"the provider's row is not of its form: {error}") from error
    model = str(pane.get("model") or "").strip()
    if not model:
        raise RequestError("no model is chosen; choose one or write its id")
    places = {str(n): str(v) for n, v in (pane.get("places") or {}).items()}
    own = str(pane.get("base_url") or "")
    target = Target(
        endpoint=endpoint, model=model, places=places, base_url=base_of(own, endpoint.wire) if own else ""
    )
    if not target.url.startswith("page:"):
        origin_of(target.url)  # an address that is none is refused before anything is sent
    given = pane.get("key")
    if given:
        key = ApiKey(
            origin=given["origin"],
            auth=Auth(given.get("auth") or endpoint.auth[0]),
            secret=given["secret"],
            id=given.get("id", ""),
            session=given.get("session", ""),
        )
        target = Target(endpoint=endpoint, model=model, places=places, base_url=target.base_url, key=key)
    return Run(
        chat=chat_from_json(pane.get("chat")),
        target=target,
        price=price_from_json(pane.get("prices") or {}),
        situation=Situation(
            endpoint=endpoint,
            url=target.url,
            browser=str(pane.get("browser") or "unknown"),
            fix=str(pane.get("fix") or ""),
            page=str(pane.get("page") or ""),
            online=pane.get("online") is not False,
            keyed=target.key is not None,
        ),
    )


@lru_cache(maxsize=64)
def _endpoint(row: str) -> Endpoint:
    """Panes and questions name the same few rows over and over."""
    return endpoint_from_json(read_json(row))


def price_from_json(fields: Mapping[str, str]) -> Price:
    """A model's prices as the page has them. Raises RequestError."""
    try:
        return Price(rates=tuple(parse_price_field(n).at(_usd(v)) for n, v in fields.items()))
    except (AttributeError, TypeError, ValueError, InvalidOperation) as error:
        raise RequestError(f"the price list is not of its form: {error}") from error


def _usd(text: str) -> Decimal:
    if (value := Decimal(text)).is_finite():
        return value
    raise ValueError(f"{text} is no price")


def event_to_json(event: Event) -> dict[str, Any]:
    """The event with its type's name, for the page."""
    return {"type": type(event).__name__, **{f.name: getattr(event, f.name) for f in fields(event)}}


def metrics_to_json(metrics: Metrics) -> dict[str, Any]:
    """Each figure with how it is known; money as a number, for drawing."""
    return {
        f.name: {
            "value": float(figure.value) if isinstance(figure.value, Decimal) else figure.value,
            "known": str(figure.known),
            "note": figure.note,
            "text": figure_text(f.name, figure.value),
        }
        for f in fields(metrics)
        if (figure := getattr(metrics, f.name))
    }


def metrics_from_json(value: Mapping[str, Any]) -> Metrics:
    """The inverse of metrics_to_json; what is not there is not reported."""
    figures = {f.name: _figure(dict_in(value, f.name)) for f in fields(Metrics) if f.name in value}
    missing = {f.name: MISSING for f in fields(Metrics) if f.name != "waited"}
    return Metrics(**{**missing, **figures})


def _figure(row: Mapping[str, Any]) -> Figure:
    value = row.get("value")
    known = text_in(row, "known")
    if isinstance(value, bool) or not isinstance(value, int | float) or known not in set(Known):
        return Figure(None, Known(known) if known in set(Known) else Known.MISSING, text_in(row, "note"))
    return Figure(value, Known(known), text_in(row, "note"))


def page_reply(question: Mapping[str, Any]) -> Any:
    """What the page asks without the network, by `kind`: code, export, import,
    standings, relay. Raises RequestError."""
    match question.get("kind"):
        case "code":
            from playground.run.code.forms import codes  # a button asks for it, as for the next two

            run = run_from_json(question)
            return codes(run.chat, run.target)
        case "export":
            from playground.run.export import EXPORTS

            return EXPORTS[str(question["form"])](question["record"])
        case "import":
            from playground.run.record import runs_from_text

            return runs_from_text(str(question["text"]))
        case "standings":
            return standings_to_json(question["panes"])
        case "relay":
            page, model, provider = (str(question.get(n) or "") for n in ("page", "model", "provider"))
            return relay_config(page, model, provider)
        case other:
            raise RequestError(f"the page asked {other!r}, which this version does not know; load it again")
