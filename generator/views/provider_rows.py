"""How to reach a provider, and what it says of itself, row by row."""

from __future__ import annotations

from dataclasses import dataclass

from generator.views.figures import UNKNOWN, code_spans, escape
from playground.catalog import Provider, Statement
from playground.catalog.regions import STAYS
from playground.labels.addresses import markdown_link
from playground.labels.labels import CHANNELS

#: What a provider says of what it is sent, in words.
STORED = {"yes": "nothing", "no": "yes", "on request": "yes, unless zero retention is agreed on request"}
TRAINED = {"yes": "no", "no": "yes", "paid": "not with what is paid for"}


def _handled(practice: str) -> str:
    """People wrote it down from knowledge, so the page it comes from goes first."""
    return f"{practice} (from knowledge; the page above counts)" if practice else UNKNOWN


def provider_rows(provider: Provider) -> list[tuple[str, str]]:
    """How to reach a provider; unknown stays unknown."""
    known = {"vendor": "read in the vendor's documentation", "reported": "third parties report it"}
    how = known.get(provider.browser_known_by, "inferred" if provider.browser_known_by else "")
    access = escape(provider.browser)
    if provider.browser_evidence:
        access += f". {escape(provider.browser_evidence)}"
    if how:
        access += f" ({how}, checked {provider.browser_checked})"
    return [
        ("Documentation", _plain_link(provider.docs)),
        ("Prices", _plain_link(provider.pricing)),
        ("Address", _address(provider.api)),
        ("Wire", escape(", ".join(provider.wire)) or UNKNOWN),
        ("Authentication", code_spans(provider.auth) or UNKNOWN),
        ("From a web page", access),
        ("Support", _plain_link(provider.support)),
        ("Data handling", _link_or_text(provider.data_handling)),
        ("Kept after the answer", _handled(STORED.get(provider.zero_retention, ""))),
        ("Trained on", _handled(TRAINED.get(provider.no_training, ""))),
        ("Status page", _plain_link(provider.status_page)),
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
            url=escape(e.url),
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
    """What the provider says of itself; what it is not known to say has no row."""
    return [_row(_over(stated), STAYS[stated.value], stated) for stated in provider.residency]


def _over(stated: Statement) -> str:
    return f"Requests over {', '.join(CHANNELS[channel][0] for channel in stated.channels)} stay"


def _row(what: str, value: str, stated: Statement) -> StatementRow:
    return StatementRow(
        what=escape(what),
        value=escape(f"{value} ({stated.note})" if stated.note else value),
        quote=f"“{escape(stated.quote)}” {markdown_link('its page', stated.url)}",
        read=str(stated.read),
    )


def _address(api: str) -> str:
    if not api:
        return UNKNOWN
    return f"<code>{escape(api)}</code>" if "://" in api else escape(api)


def _link_or_text(text: str) -> str:
    """A page where it is told, or the few words that tell it all."""
    return _plain_link(text) if "://" in text else escape(text) or UNKNOWN


def _plain_link(url: str) -> str:
    return f"[{escape(url)}]({url})" if url.startswith("https://") else UNKNOWN
