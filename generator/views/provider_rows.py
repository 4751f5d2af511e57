"""How to reach a provider, and what it says of itself, row by row."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from generator.views.figures import UNKNOWN, code_spans, escape
from playground.catalog import Certified, Provider, Statement
from playground.catalog.regions import STAYS
from playground.labels.addresses import markdown_link
from playground.labels.labels import CERTIFICATIONS, CHANNELS

SELLERS = {
    "lab": "the lab itself",
    "hyperscaler": "hyperscaler",
    "established-host": "established host",
    "gateway": "gateway",
    "reseller": "reseller",
    "own": "your own",
}
#: What a provider says of itself: what it is about, and its values in words where they are not addresses.
STATEMENTS: Mapping[str, tuple[str, Mapping[str, str]]] = {
    "seller": ("Class", SELLERS),
    "sells_others": ("Class, of other labs' models", SELLERS),
    "support": ("Support", {}),
    "data_handling": ("Data handling", {}),
    "stored_in": ("Processed and stored in", {}),
    "zero_retention": (
        "Kept after the answer",
        {
            "yes": "nothing",
            "no": "yes",
            "on request": "yes, unless zero retention is agreed on request",
            "by setting": "nothing, where you set it so",
        },
    ),
    "no_training": (
        "Trained on",
        {
            "yes": "no",
            "no": "yes",
            "paid": "not with what is paid for",
            "by setting": "not where you set it so",
        },
    ),
    "status_page": ("Status page", {}),
    "currency": ("Prices listed in", {}),
}
CERTIFIED = "Certified for"
#: What there is nothing to say of where it is as usual: prices in dollars, no country that is named for all.
USUAL = {"currency", "stored_in", "sells_others"}


def provider_rows(provider: Provider) -> list[tuple[str, str]]:
    """How to reach a provider; unknown stays unknown."""
    known = {"vendor": "read in the vendor's documentation", "reported": "third parties report it"}
    how = known.get(provider.browser_known_by, "")
    access = escape(provider.browser)
    if provider.browser_evidence:
        access += f". {escape(provider.browser_evidence.removesuffix('.'))}"
    if how:
        access += f" ({how}, checked {provider.browser_checked})"
    return [
        ("Documentation", _plain_link(provider.docs)),
        ("Prices", _plain_link(provider.pricing)),
        ("Address", _address(provider.api)),
        ("Wire", escape(", ".join(provider.wire)) or UNKNOWN),
        ("Authentication", code_spans(provider.auth) or UNKNOWN),
        ("From a web page", access),
    ]


@dataclass(frozen=True, slots=True, kw_only=True)
class EndpointView:
    """One address of a provider: what is called, over which wire, with the key in which header."""

    name: str
    url: str
    wire: str
    auth: str


def endpoint_rows(provider: Provider) -> list[EndpointView]:
    """The addresses the playground and `almanac compare` call."""
    return [
        EndpointView(
            name=escape(e.name),
            url=escape(e.usual),
            wire=escape(e.wire),
            auth=", ".join(f"<code>{escape(a)}</code>" for a in e.auth) or UNKNOWN,
        )
        for e in provider.endpoints
    ]


@dataclass(frozen=True, slots=True, kw_only=True)
class StatementRow:
    """One thing that a provider says of itself, in Markdown."""

    what: str
    value: str
    quote: str
    read: str


def statement_rows(provider: Provider) -> list[StatementRow]:
    """What the provider says of itself; what it is not known to say is unknown, but for residency."""
    rows = []
    for name, (what, meanings) in STATEMENTS.items():
        stated = getattr(provider, name)
        if stated is None and name in USUAL:
            continue
        if stated is None:
            rows.append(StatementRow(what=what, value=UNKNOWN, quote="", read=""))
        else:
            rows.append(_row(what, meanings.get(stated.value) or _address_link(stated.value), stated))
    if not provider.certifications:
        rows.append(StatementRow(what=CERTIFIED, value=UNKNOWN, quote="", read=""))
    rows += [_row(CERTIFIED, certified_names(one), one) for one in provider.certifications]
    return rows + [_row(_over(stated), _stay(stated), stated) for stated in provider.residency]


def certified_names(certified: Certified) -> str:
    """Certifications as people write them, and over which channels they hold, where not over all."""
    names = ", ".join(CERTIFICATIONS[name] for name in certified.names)
    over = ", ".join(CHANNELS[channel][0] for channel in certified.channels)
    return f"{names}, over {over}" if over else names


def _over(stated: Statement) -> str:
    over = f"Requests over {', '.join(CHANNELS[channel][0] for channel in stated.channels)}"
    return f"{over} to {', '.join(stated.models)} stay" if stated.models else f"{over} stay"


def _stay(stated: Statement) -> str:
    return f"{STAYS[stated.value]}, with {escape(stated.setting)}" if stated.setting else STAYS[stated.value]


def _row(what: str, value: str, stated: Statement | Certified) -> StatementRow:
    return StatementRow(
        what=escape(what),
        value=f"{value} ({escape(stated.note)})" if stated.note else value,
        quote=f"“{escape(stated.quote)}” {markdown_link('its page', stated.url)}",
        read=str(stated.read),
    )


def _address(api: str) -> str:
    if not api:
        return UNKNOWN
    return f"<code>{escape(api)}</code>" if "://" in api else escape(api)


def _address_link(value: str) -> str:
    """A page, or a mail as it is."""
    return _plain_link(value) if "://" in value else escape(value)


def _plain_link(url: str) -> str:
    return f"[{escape(url)}]({url})" if url.startswith("https://") else UNKNOWN
