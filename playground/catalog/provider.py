"""Who serves models, and how to reach them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from fnmatch import fnmatchcase
from functools import cache

from playground.catalog.endpoints import Endpoint
from playground.catalog.vocabulary import IMPLIED_BY, Certification, Channel, Seller

#: What makes a text a pattern.
_SIGNS = re.compile(r"[*?[]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """What a provider says of itself: a value, the words that say it, their page, the day they were read.

    `channels` are those that it speaks of, where not of all, and `models` patterns of `lab/model`, or of
    `lab/model@version` for a version of its own. `setting` is what a reader sets to have it so: without it
    requests go elsewhere. `note` is what else has to be known.
    """

    value: str
    quote: str
    url: str
    read: date
    channels: tuple[Channel, ...] = ()
    note: str = ""
    models: tuple[str, ...] = ()
    setting: str = ""

    def names(self, model: str) -> bool:
        """Whether it speaks of a model by name."""
        whole, beginnings, others = _by_form(self.models)
        return model in whole or model.startswith(beginnings) or any(fnmatchcase(model, p) for p in others)


@cache
def _by_form(patterns: tuple[str, ...]) -> tuple[frozenset[str], tuple[str, ...], tuple[str, ...]]:
    """The patterns that are a whole name, what others begin with that let any end follow, and the rest.

    Most are of the first two sorts, which are told without a regular expression for each.
    """
    whole = frozenset(p for p in patterns if not _SIGNS.search(p))
    beginnings = tuple(p[:-1] for p in patterns if p.endswith("*") and not _SIGNS.search(p[:-1]))
    known = {*whole, *(f"{beginning}*" for beginning in beginnings)}
    return whole, beginnings, tuple(p for p in patterns if p not in known)


@dataclass(frozen=True, slots=True, kw_only=True)
class Certified:
    """The certifications that words of a page name for a provider; `note` says what they do not cover.

    `channels` are those for which they hold, where not for all: FedRAMP is of a cloud for governments.
    """

    names: tuple[Certification, ...]
    quote: str
    url: str
    read: date
    channels: tuple[Channel, ...] = ()
    note: str = ""

    def covers(self, wanted: Certification, channel: Channel) -> bool:
        """Whether one of them is what is wanted over a channel, or more than that."""
        named = wanted in self.names or IMPLIED_BY.get(wanted) in self.names
        return named and (not self.channels or channel in self.channels)


@dataclass(frozen=True, slots=True, kw_only=True)
class NamedReplacement:
    """The models that a provider names for one that it ends, the best first, and the words that say it.

    `model` is `lab/model`, or `lab/model@version` where the words are about that version alone.
    """

    model: str
    instead: tuple[str, ...]
    quote: str
    url: str
    read: date
    note: str = ""


#: What is stated of a provider as a whole, in the order in which it is told.
STATED = (
    *("seller", "sells_others", "support", "data_handling", "stored_in", "zero_retention", "no_training"),
    *("status_page", "currency"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Provider:
    """Who serves models, and how to reach them; what is unknown is an empty string or None.

    `seller` is what sort of seller it is (Seller), by its own words or another page's; `lab` are whose models
    are its own, where it is a lab, and `sells_others` what sort of seller it is of all others'.
    `residency` says for channels where requests stay (`playground/catalog/regions.py` has the values);
    `free_tier` says what it gives away for good within limits: `used` (what is sent may be trained on) or
    `unused`; `certifications` are those that its pages name;
    `zero_retention` is yes, no, `on request` or `by setting`, `no_training` yes, no, `paid` (not what is paid
    for) or `by setting`; `stored_in` is the country where it processes and stores what it gets, where it says
    so; `support`, `data_handling` and `status_page` are where help, the rules for data and outages are told;
    `currency` is what its list is in where sources give those figures as dollars, and `replacements` are the
    models that it names for those that it ends.
    """

    id: str
    name: str
    kind: str = ""
    seller: Statement | None = None
    sells_others: Statement | None = None
    status: str = "live"
    docs: str = ""
    pricing: str = ""
    support: Statement | None = None
    data_handling: Statement | None = None
    stored_in: Statement | None = None
    zero_retention: Statement | None = None
    no_training: Statement | None = None
    status_page: Statement | None = None
    currency: Statement | None = None
    residency: tuple[Statement, ...] = ()
    free_tier: tuple[Statement, ...] = ()
    certifications: tuple[Certified, ...] = ()
    api: str = ""
    wire: tuple[str, ...] = ()
    auth: str = ""
    browser: str = "unknown"
    browser_evidence: str = ""
    browser_known_by: str = ""
    browser_checked: date | None = None
    browser_fix: str = ""
    lab: str = ""
    note: str = ""
    endpoints: tuple[Endpoint, ...] = ()
    replacements: tuple[NamedReplacement, ...] = ()

    @property
    def seller_class(self) -> Seller:
        """What sort of seller it is: as stated, else as its kind implies; what is one's own nobody sells."""
        if self.kind == "self-hosted":
            return Seller.OWN
        if self.seller:
            return Seller(self.seller.value)
        if self.kind == "subscription" and not self.lab:
            return Seller.RESELLER  # a plan of one's own over the models of others
        return {"lab": Seller.LAB, "subscription": Seller.LAB, "gateway": Seller.GATEWAY}.get(
            self.kind, Seller.UNKNOWN
        )

    def sells_as(self, lab: str) -> Seller:
        """What sort of seller it is of a lab's models: as a rule a lab is a host to those of another lab."""
        sells = self.seller_class
        if sells is not Seller.LAB or self.lab in ("", lab):
            return sells
        return Seller(self.sells_others.value) if self.sells_others else Seller.HOST

    def stays(self, channel: Channel, model: str) -> tuple[Statement, ...]:
        """What it says of where requests to a model over a channel stay; empty where it says nothing.

        Each with a setting is one of the reader's choices. Of the others, what happens without a setting,
        those that name the model count before those that speak of any.
        """
        if not self.residency:  # as most say nothing
            return ()
        about = [s for s in self.residency if channel in s.channels and (not s.models or s.names(model))]
        own = any(s.models and not s.setting for s in about)
        return tuple(s for s in about if s.setting or s.models or not own)

    def given_away(self, channel: Channel, model: str) -> Statement | None:
        """What it says of giving a model away within limits; None where it says nothing."""
        return next((s for s in self.free_tier if channel in s.channels and s.names(model)), None)

    def rows(self, model: str) -> list[int]:
        """The places of the endpoints where a model is called: made for it, else for any."""
        numbered = list(enumerate(self.endpoints))
        own = [place for place, e in numbered if any(fnmatchcase(model, p) for p in e.models)]
        return own or [place for place, e in numbered if not e.models]

    def wires(self, model: str) -> frozenset[str]:
        """The wires known for a model here: made for it, else for any."""
        called = [self.endpoints[row] for row in self.rows(model)]
        if any(e.models for e in called):
            return frozenset(str(e.wire) for e in called)
        plain = {str(e.wire) for e in self.endpoints if not e.models}
        return frozenset(self.wire) - ({str(e.wire) for e in self.endpoints} - plain)
