"""Changes in words: where something changed, and what, for a diff, a page and a feed."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from generator.store.events import Event, EventKind, FieldChange
from generator.views.figures import written
from playground.catalog import Catalog
from playground.labels.labels import CHANNELS, label, percent
from playground.labels.names import display_names

HEADINGS = {
    EventKind.NEW: "New",
    EventKind.GONE: "Gone",
    EventKind.PRICE: "Prices",
    EventKind.LIFECYCLE: "Lifetimes",
    EventKind.LIMIT: "Limits",
    EventKind.CAPABILITY: "Capabilities",
    EventKind.AVAILABILITY: "Regions",
    EventKind.STANDING: "How well facts stand",
}


class CatalogNames:
    """What models, providers and offerings are called, by the last of several catalogs that knows them."""

    def __init__(self, *catalogs: Catalog) -> None:
        self.models: dict[str, str] = {}
        self.labs: dict[str, str] = {}
        self.providers = {k: p for c in catalogs for k, p in c.providers.items()}
        self.offerings = {o.key: o for c in catalogs for o in c.offerings}
        for catalog in catalogs:
            self.models |= display_names(catalog)
            self.labs |= {lab.id: lab.name for lab in catalog.labs.values()}

    def where(self, target: str) -> str:
        """A model, or a model at a provider over a channel, as a reader is told it."""
        offering = self.offerings.get(target)
        if offering is None:
            if target.count("/") < 3:
                return self.models.get(target, target)
            provider, _, *rest = target.split("/")
            model = "/".join(rest).partition(":")[0].partition("@")[0]
            return f"{self.models.get(model, model)} at {self.provider(provider)}"
        tail = " ".join(f"({part})" for part in (offering.version, offering.variant) if part)
        model = " ".join(part for part in (self.models[offering.model], tail) if part)
        return f"{model} at {self.provider(offering.provider)}, {CHANNELS[offering.channel][0]}"

    def provider(self, provider: str) -> str:
        """The provider's name, or its id where no catalog has it any more."""
        return self.providers[provider].name if provider in self.providers else provider

    def weight(self, target: str) -> float:
        """A lab's own offering weighs most, a gateway's least."""
        offering = self.offerings.get(target)
        if offering is None:
            return 2
        provider = self.providers[offering.provider]
        if offering.provider == offering.lab or provider.lab == offering.lab:
            return 1.5
        return {"cloud": 1.2, "gateway": 0.2}.get(provider.kind, 0.6)


def change_sentence(event: Event, most: int = 6) -> str:
    """What changed, the first few fields in words."""
    rest = len(event.changes) - most
    sentence = "; ".join(field_sentence(event.kind, change) for change in event.changes[:most])
    return f"{sentence}; and {rest} more" if rest > 0 else sentence


def field_sentence(kind: EventKind, change: FieldChange) -> str:
    """One field's change: `Input: $2.00 → $1.00 (−50 %)`."""
    name = label(change.field)
    if kind == EventKind.STANDING:
        return f"{name}: {change.was} → {change.now}"
    if change.field in ("regions", "some_regions"):
        return _regions(name, change)
    was, now = ("unknown" if v is None else written(change.field, v) for v in (change.was, change.now))
    return f"{name}: {was} → {now}{_percent(change)}"


def listed_names(names: Sequence[str], most: int = 8) -> str:
    """The first few names, and how many more there are."""
    rest = len(names) - most
    return ", ".join(names[:most]) + (f" and {rest} more" if rest > 0 else "")


def _regions(name: str, change: FieldChange) -> str:
    was, now = (set(v) if isinstance(v, tuple) else set() for v in (change.was, change.now))
    parts = [
        f"+ {listed_names(sorted(now - was))}" if now - was else "",
        f"− {listed_names(sorted(was - now))}" if was - now else "",
    ]
    return f"{name}: " + ", ".join(part for part in parts if part)


def _percent(change: FieldChange) -> str:
    if (
        not isinstance(change.was, Decimal | int)
        or not isinstance(change.now, Decimal | int)
        or not change.was
    ):
        return ""
    was, now = Decimal(change.was), Decimal(change.now)
    return f" ({now / was:.0f} times)" if now / was >= 11 else percent(was, now)
