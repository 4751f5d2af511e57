"""Tables of what providers say of themselves, for hand-written pages: each cell with its words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from generator.views.figures import UNKNOWN, escape
from generator.views.provider_rows import STATEMENTS
from playground.catalog import Catalog, Provider, Statement
from playground.catalog.regions import ANYWHERE, CALLED_REGION, STAYS, Zone
from playground.labels.addresses import provider_path
from playground.labels.counted import counted
from playground.labels.labels import CHANNELS

#: Where most readers ask for their requests to stay; the rest stands on the provider's page.
ASKED = frozenset({ANYWHERE, CALLED_REGION, Zone.US, Zone.EU})


class ProviderTables:
    """The providers of one catalog, as a page names them."""

    def __init__(self, catalog: Catalog) -> None:
        self._providers: Mapping[str, Provider] = catalog.providers

    def address(self, provider: str, name: str) -> str:
        """Where one of a provider's APIs is, with `{resource}` and the like to fill in."""
        endpoints = self._providers[provider].endpoints
        return next((f"`{e.url}`" for e in endpoints if e.name == name), UNKNOWN)

    def promises(self, providers: Sequence[str]) -> str:
        """Where requests stay over which channel, as each provider says."""
        rows = [row for one in self._known(providers) for row in _promises(one)]
        return _table(("Provider", "Over", "Requests stay", "Its words"), rows)

    def retention(self, providers: Sequence[str]) -> str:
        """What is kept after an answer, and whether it is trained on."""
        rows = [
            (_name(one), _stated(one, "zero_retention"), _stated(one, "no_training"))
            for one in self._known(providers)
        ]
        return _table(("Provider", *(STATEMENTS[f][0] for f in ("zero_retention", "no_training"))), rows)

    def wires(self, providers: Sequence[str]) -> str:
        """Which API formats each provider speaks."""
        rows = [(_name(one), escape(", ".join(one.wire)) or UNKNOWN) for one in self._known(providers)]
        return _table(("Provider", "API formats"), rows)

    def _known(self, providers: Sequence[str]) -> list[Provider]:
        return [self._providers[p] for p in providers if p in self._providers]


def _promises(provider: Provider) -> Iterator[Sequence[str]]:
    promises = [stated for stated in provider.residency if stated.value in ASKED]
    for stated in promises:
        over = ", ".join(CHANNELS[channel][0] for channel in stated.channels)
        models = f", {counted(len(stated.models), 'model')}" if stated.models else ""
        setting = f", with {escape(stated.setting)}" if stated.setting else ""
        yield _name(provider), escape(over) + models, f"{STAYS[stated.value]}{setting}", _quoted(stated)
    if not promises:
        yield _name(provider), "all", "unknown", ""


def _stated(provider: Provider, field: str) -> str:
    stated = getattr(provider, field)
    if stated is None:
        return "unknown"
    return f"{escape(STATEMENTS[field][1].get(stated.value, stated.value))}: {_quoted(stated)}"


def _quoted(stated: Statement) -> str:
    note = f" ({escape(stated.note)})" if stated.note else ""
    address = stated.url.replace("(", "%28").replace(")", "%29").replace("|", "%7C")
    return f"“{escape(stated.quote)}” [{stated.read}]({address}){note}"


def _name(provider: Provider) -> str:
    return f"[{escape(provider.name)}]({provider_path(provider.id)}#statements)"


def _table(heads: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    lines = (heads, ["---"] * len(heads), *rows)
    return "\n".join(f"| {' | '.join(cells)} |" for cells in lines)
