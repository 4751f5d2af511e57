"""What vendors' pages end (docs/catalog/ended.yml), set where no source gives an offering's last day.

So is what they name in its place, where no source says that. A person read each page: where one source alone
gives the same day, or a person read it off another party's page, the page is its second witness.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from generator.ledger.confirmed import with_page
from generator.ledger.not_before import IN_ONE_FIELD
from generator.ledger.placing.placed import OF_THEIR_OWN
from playground.catalog import Catalog, Fact, Offering, Standing
from playground.lifecycle.ended import End, Ends, EndsByName

#: The price list whose ids are those of meters.
PRICE_LIST = "azure-retail"
RETIRES, EARLIEST, INSTEAD = "retires", "retires_earliest", "replaced_by"


def with_ends(catalog: Catalog, ends: Ends) -> Catalog:
    """The catalog in which each offering whose every id its vendor's page ends has that last day.

    A last day, or a first possible one, that a source gives stays as it is, and so does an offering of which
    one id goes on, or in a cloud of a government's, for which the vendor keeps another page.
    """
    by_name = EndsByName(ends)
    return replace(catalog, offerings=tuple(_with_end(o, by_name) for o in catalog.offerings))


def _with_end(offering: Offering, by_name: EndsByName) -> Offering:
    if offering.channel in OF_THEIR_OWN:
        return offering
    ends = list(_ends_of(offering, by_name))
    dated = [(end.last_day, end) for end in ends if end and end.last_day]
    if not dated or len(dated) < len(ends):
        return offering
    day, end = max(dated, key=lambda pair: pair[0])
    stated: dict[str, Fact] = {}
    facts = dict(offering.facts)
    if _is_copy(facts.get(EARLIEST), str(day)):
        del facts[EARLIEST]  # the page itself is read here, and ends the name on that day
    # Where a source says "not before" (Mistral's page does, and lets the day pass), no day is the last.
    if {RETIRES, EARLIEST}.isdisjoint(facts):
        stated[RETIRES] = _as_read(str(day), end)
    elif own := facts.get(RETIRES):
        stated[RETIRES] = with_page(
            own, RETIRES, str(day), provider=offering.provider, url=end.page, read=end.read
        )
    if end.instead and INSTEAD not in offering.facts:
        stated[INSTEAD] = _as_read(", ".join(end.instead), end)
    return replace(offering, facts=dict(sorted({**facts, **stated}.items()))) if stated else offering


def _is_copy(first: Fact | None, day: str) -> bool:
    """Whether a first possible day is the day of the vendor's page, copied by a source that has one field."""
    return first is not None and first.value == day and {c.source for c in first.claims} <= IN_ONE_FIELD


def _as_read(value: str, end: End) -> Fact:
    return Fact(value=value, standing=Standing.OVERRIDDEN, reason=f"{end.quote} ({end.read})", link=end.page)


def _ends_of(offering: Offering, by_name: EndsByName) -> Iterator[End | None]:
    """The end of each id; sources write some with a provider and a region before the vendor's own.

    A price list names its meters: no request is sent to `image-dall-e-2`, so its model's name counts there.
    """
    meters = {
        record.id.split("/")[1]
        for name, record in offering.records.items()
        if name.partition("#")[0] == PRICE_LIST and not offering.variant  # a variant has a page of its own
    }
    for name in offering.ids:
        model = (offering.model.partition("/")[2],) if name in meters else ()
        yield by_name.end(offering.provider, (name, name.rpartition("/")[2], *model), offering.version)
