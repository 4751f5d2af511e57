"""Facts that a person read on a vendor's page, too (docs/catalog/confirmed.yml): their second witness.

A page confirms and sets nothing, neither what one source says nor what a person set off another party's page:
where it says otherwise, `almanac check` asks for it to be read again.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date

from generator.curated.fields import OWN_ROWS
from generator.curated.statements.confirmed import Confirmation
from generator.curated.statements.parties import BORNE_OUT, party
from generator.ledger.judging.precedence import alike
from playground.catalog import Catalog, Fact, Model, Offering, Standing, Value

#: Provider ("" for what a model is wherever it runs) and model → what pages say of it.
type _Pages = Mapping[tuple[str, str], list[Confirmation]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Unconfirmed:
    """What a page said of a model, and what of it the catalog says nowhere now; `now` is what it says."""

    page: Confirmation
    field: str
    read: Value
    now: tuple[Value, ...]


def with_confirmed(catalog: Catalog, confirmations: tuple[Confirmation, ...]) -> Catalog:
    """The catalog in which what a page says, too, of one source's facts and of people's has that witness."""
    pages = _by_place(confirmations)
    return replace(
        catalog,
        offerings=tuple(
            _confirmed(o, [p for p in pages.get((o.provider, o.model), ()) if _speaks_of(p, o)])
            for o in catalog.offerings
        ),
        models={name: _confirmed(m, pages.get(("", name), [])) for name, m in catalog.models.items()},
    )


def unconfirmed(confirmations: tuple[Confirmation, ...], catalog: Catalog) -> Iterator[Unconfirmed]:
    """What pages say and no fact that they speak of does; a model that is gone is no longer asked."""
    sold: dict[tuple[str, str], list[Offering]] = defaultdict(list)
    for offering in catalog.offerings:
        if not offering.retired:
            sold[offering.provider, offering.model].append(offering)
    for page in confirmations:
        owners: list[Offering | Model] = [
            o for o in sold.get((page.provider, page.model), []) if _speaks_of(page, o)
        ]
        if not page.provider and page.model in catalog.models:
            owners = [catalog.models[page.model]]
        for field, value in page.says.items() if owners else ():
            facts = [owner.facts[field] for owner in owners if field in owner.facts]
            now = tuple(dict.fromkeys(fact.value for fact in facts if fact.value is not None))
            if not any(alike(field, value, each) for each in now):
                yield Unconfirmed(page=page, field=field, read=value, now=now)


def _by_place(confirmations: tuple[Confirmation, ...]) -> _Pages:
    pages: dict[tuple[str, str], list[Confirmation]] = defaultdict(list)
    for page in confirmations:
        pages[page.provider, page.model].append(page)
    return pages


def _confirmed[Owner: (Offering, Model)](owner: Owner, pages: list[Confirmation]) -> Owner:
    facts = dict(owner.facts)
    for page in pages:
        for field, value in page.says.items():
            if fact := facts.get(field):
                facts[field] = with_page(
                    fact, field, value, provider=page.provider, url=page.url, read=page.read
                )
    return replace(owner, facts=facts) if pages else owner


def _speaks_of(page: Confirmation, offering: Offering) -> bool:
    """Whether a page is about an offering: no other variant of the model, no channel that it leaves out."""
    return not offering.variant and (not page.channels or offering.channel in page.channels)


def with_page(fact: Fact, field: str, value: Value, *, provider: str, url: str, read: date | None) -> Fact:
    """The fact with what a page, read on that day, says of it; as it was where that is no second witness.

    A fact of one source is agreed where the vendor's page says the same and is not that source itself. What
    a person set stays so, and another party's page than the one it was read on bears it out.
    """
    if fact.value is None or not alike(field, fact.value, value):
        return fact
    if fact.standing == Standing.SINGLE and not _is_vendors_own(fact, provider):
        why = f"the page linked says the same, read on {read}"
        return replace(fact, standing=Standing.AGREED, reason=_and(fact.reason, why), link=url)
    if fact.standing == Standing.OVERRIDDEN and _is_another_partys(url, fact):
        return replace(fact, reason=_and(fact.reason, f"{BORNE_OUT} {read}: {url}"))
    return fact


def _is_vendors_own(fact: Fact, provider: str) -> bool:
    vendor = OWN_ROWS.get(provider, frozenset())
    return all(claim.source in vendor for claim in fact.claims if claim.value == fact.value)


def _is_another_partys(url: str, fact: Fact) -> bool:
    """Whether a page is of another party than the one a person read, and the first such page."""
    return BORNE_OUT not in fact.reason and bool(fact.link) and party(url) != party(fact.link)


def _and(reason: str, why: str) -> str:
    return f"{reason}; {why}" if reason else why
