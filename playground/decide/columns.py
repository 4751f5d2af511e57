"""The catalog in columns, made ready to be asked often.

Offerings are rows in the order of their keys. A constraint is judged once for each different value of the
columns it looks at, and the rows where it fails are the bits of one number, so that putting constraints
together is arithmetic. A price list stands once, however many offerings share it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cache, cached_property
from itertools import compress, islice
from typing import Any

from playground.ability import Abilities, KindTest
from playground.catalog import Capability, Catalog, Channel, Offering, Seller, Statement, Support
from playground.catalog.numbers import plain_number
from playground.catalog.prices import Price, Rate, Unit
from playground.catalog.regions import Zone, known_regions, regions_in
from playground.decide.portability import serving
from playground.labels.deployments import ELSEWHERE, SAME, WINDOWS, at_others
from playground.labels.kinds import seen_kinds
from playground.labels.names import outlives, withdrawn
from playground.lifecycle.lines import newest_of_lines
from playground.lifecycle.weights import closed_by_line
from playground.need.constraints import Constraint
from playground.need.machine import CLOSED
from playground.pricing.coming import prices_to_come
from playground.pricing.price_changes import LabsChanges, PriceChange, changes_of, labs_changes

#: A field that says what a place costs more, and the place that stands for any but the whole world.
UPLIFT, REGIONAL = "uplift.", "regional"
#: How many judged constraints are remembered: a reader moves to and fro between a few.
MASKS = 200


@dataclass(frozen=True, slots=True)
class Mask:
    """The rows, a bit each, where a constraint fails and where nobody says."""

    no: int
    unknown: int


@dataclass(frozen=True, kw_only=True)
class PriceList:
    """The price list of one offering: `regions` are those it may be had in where prices differ by them.

    `own` is one of the reader's own machines, whose cost no list gives. `uplifts` are what it costs more to
    have requests stay within a zone, or at any regional endpoint: factors on the price of tokens. `free` is
    one that its provider gives away for good, within limits.
    """

    offering: Offering
    regions: tuple[str, ...] = ()
    own: bool = False
    free: bool = False
    uplifts: tuple[tuple[str, Decimal], ...] = ()

    @cached_property
    def price(self) -> Price:
        """Its rates, put together when the first bill is made: most lists are out before."""
        return self.offering.price

    def price_within(self, zone: Zone | None) -> Price:
        """Its rates where requests stay within a zone, or anywhere."""
        if not (zone and self.uplifts):
            return self.price
        uplifts = dict(self.uplifts)
        factor = uplifts.get(zone, uplifts.get(REGIONAL))
        if not factor:
            return self.price
        if factor not in self._dearer:
            rates = tuple(_times(rate, factor) for rate in self.price.rates)
            self._dearer[factor] = Price(rates=rates, windows=self.price.windows)
        return self._dearer[factor]

    @cached_property
    def _dearer(self) -> dict[Decimal, Price]:
        """Its rates by what makes them dearer, as they are asked for."""
        return {}

    def choices(self, zone: Zone | None) -> tuple[str, ...]:
        """One region for each different price that may be had within the zone, or anywhere.

        Empty text stands for the regions whose price is that of the list as such.
        """
        within = regions_in(self.regions, zone) if zone else ("", *self.regions)
        rates: dict[str, list[tuple[str, Decimal | None]]] = {}
        for rate in self.price.rates:
            if rate.region:
                rates.setdefault(rate.region, []).append((replace(rate, region="").field, rate.usd))
        different: dict[tuple[tuple[str, Decimal | None], ...], str] = {}
        for region in within:
            different.setdefault(tuple(sorted(rates.get(region, ()))), region)
        return tuple(different.values()) or ("",)


class Columns:
    """The offerings of a catalog as rows, and the values that constraints look at as columns."""

    def __init__(self, catalog: Catalog, market: Catalog | None = None) -> None:
        """`market` is the catalog by which it is counted who serves a model, where that is another one."""
        self.catalog = catalog
        #: The offerings, by key, that still ask other prices, and which change ends that.
        self.now: Mapping[str, tuple[Offering, PriceChange]] = {}
        self.market = market or catalog
        ordered = sorted((o.key, place) for place, o in enumerate(catalog.offerings))
        self.keys = [key for key, _ in ordered]
        self.offerings = [catalog.offerings[place] for _, place in ordered]
        self._facts = [o.facts for o in self.offerings]
        self.tariffs = Tariffs(self)
        self.row = {key: row for row, key in enumerate(self.keys)}
        self.everyone = (1 << len(self.keys)) - 1
        self._columns: dict[str, list[Any]] = {}
        self._different: dict[tuple[str, ...], tuple[list[Any], list[int]]] = {}
        self._masks: dict[tuple[Any, ...], Mask] = {}
        #: How able models are by one test each, as they are asked for.
        self.by_test: dict[KindTest, Abilities] = {}

        #: What stays the same from need to need, worked out when it is first asked for.
        self.choices, self.to_come = cache(self._choices), cache(self._to_come)

    def rows_of_models(self, models: Collection[str]) -> list[int]:
        """The rows of these models, model by model."""
        return [row for model in models for row in self._rows_of_model.get(model, ())]

    @cached_property
    def _rows_of_model(self) -> dict[str, list[int]]:
        rows: dict[str, list[int]] = {}
        for row, model in enumerate(self.column("model")):
            rows.setdefault(model, []).append(row)
        return rows

    def bits(self, rows: Iterable[int]) -> int:
        """A bit for each of these rows."""
        digits = bytearray(b"0") * (len(self.keys) + 1)
        for row in rows:
            digits[-1 - row] = ord("1")
        return int(digits, 2)

    def column(self, name: str) -> list[Any]:
        """A column as Constraint names it, or `reach`: the largest input known to fit, or -1."""
        if name not in self._columns:
            read = self._read(name)
            self._columns[name] = read if isinstance(read, list) else list(read)
        return self._columns[name]

    def _read(self, name: str) -> Iterable[Any]:
        holder, _, rest = name.partition(".")
        if holder == "model" and rest:
            models = {m.id: m.value(rest) for m in self.catalog.models.values()}
            return (models[o.model] for o in self.offerings)
        if holder == "provider" and rest:
            providers = {p.id: getattr(p, rest) for p in self.catalog.providers.values()}
            return (_spoken_of(providers[o.provider], o.model) for o in self.offerings)
        if name == "seen_kind":
            return seen_kinds(self.offerings)
        if name == "seller":
            return [self.catalog.providers[o.provider].sells_as(o.lab) for o in self.offerings]
        if name == "weights":
            about = self.catalog.models
            closed = dict.fromkeys(closed_by_line(about.values()), CLOSED)
            weights = {
                model.id: closed.get(model.id, model.value("open_weights")) for model in about.values()
            }
            return [weights[o.model] for o in self.offerings]
        if name == "doubts":
            return [tuple(o.doubts().items()) for o in self.offerings]
        if name == "served":
            places = self.places if self.market is self.catalog else _by_model(self.market.offerings)
            served = {model: len(serving(offerings)) for model, offerings in places.items()}
            return (served.get(o.model, 0) for o in self.offerings)
        if name == "withdrawn":
            gone = self._gone()
            return [o.model in gone for o in self.offerings]
        if name == "residency":
            stating = {p.id for p in self.catalog.providers.values() if p.residency}
            return [self.catalog.residency(o) if o.provider in stating else () for o in self.offerings]
        if name in ("provider", "channel", "model", "lab", "version", "variant"):
            return (getattr(o, name) for o in self.offerings)
        if name in ELSEWHERE:
            return at_others(self.offerings, WINDOWS[ELSEWHERE.index(name)])
        # As Offering.value does, without a call for each of ten thousand rows.
        own = [fact.value if (fact := facts.get(name)) else None for facts in self._facts]
        if name not in SAME:
            return own
        return (a if a is not None else b for a, b in zip(own, at_others(self.offerings, name), strict=True))

    def _gone(self) -> frozenset[str]:
        """The models that their lab serves no more: of open weights those that a newer one follows."""
        about = self.catalog.models
        ended = [model for model, offerings in self.places.items() if withdrawn(offerings)]
        # Open weights outlive what their lab serves, until it serves a newer one of their line.
        outlive = {m for m in ended if outlives(about[m].value("open_weights"), self.places[m])}
        labs = {about[model].lab for model in outlive}
        statuses = zip(self.offerings, self.column("status"), strict=True)
        living = {o.model for o, status in statuses if status != "retired" and o.lab in labs}
        return frozenset(ended) - (outlive & newest_of_lines(living))

    @cached_property
    def places(self) -> dict[str, list[Offering]]:
        """The offerings of each model."""
        return _by_model(self.offerings)

    def wished(self, wishes: tuple[Capability, ...]) -> list[int]:
        """How many of the wishes each row is known to meet."""
        name = f"wished {' '.join(wishes)}"
        if name not in self._columns:
            columns = [self.column(f"can.{c}") for c in wishes]
            met = (values.count(Support.YES) for values in zip(*columns, strict=True))
            self._columns[name] = list(met) if columns else [0] * len(self.keys)
        return self._columns[name]

    @cached_property
    def labs_changes(self) -> LabsChanges:
        """The prices of labs' own places that are to change."""
        return labs_changes(self.offerings, self.catalog.day)

    def _choices(self, tariff: int, zone: Zone | None) -> tuple[str, ...]:
        """A price list's choices, by its number: they are the same for each need of a zone."""
        return self.tariffs.lists[tariff].choices(zone)

    def _to_come(self, row: int) -> tuple[Sequence[PriceChange], Sequence[Price]]:
        """The changes to come of what a row asks, and its prices now and after each."""
        offering = self.offerings[row]
        changes = changes_of(offering, self.catalog.day, self.labs_changes)
        return changes, prices_to_come(offering, changes)

    @cached_property
    def resold(self) -> list[bool]:
        """Whether another than the lab itself sells it."""
        return [seller is not Seller.LAB for seller in self.column("seller")]

    def mask(self, constraint: Constraint) -> Mask:
        """Where the constraint fails, and where nobody says."""
        key = (constraint.name, constraint.wanted)
        if key not in self._masks:
            if len(self._masks) >= MASKS:
                self._masks.clear()
            values, numbers = self._values(constraint.columns)
            codes = [CODE[constraint.judge(*value).holds] for value in values]
            self._masks[key] = mask_of(list(map(codes.__getitem__, numbers)))
        return self._masks[key]

    def _values(self, columns: tuple[str, ...]) -> tuple[list[Any], list[int]]:
        """The different values of some columns together, and each row's by number."""
        if columns not in self._different:
            first, *others = (self.column(name) for name in columns)
            values = list(zip(first, *others, strict=True)) if others else first
            different = list(dict.fromkeys(values))
            numbers = {value: number for number, value in enumerate(different)}
            rows = list(map(numbers.__getitem__, values))
            self._different[columns] = (different if others else [(v,) for v in different], rows)
        return self._different[columns]


def _by_model(offerings: Iterable[Offering]) -> dict[str, list[Offering]]:
    places: dict[str, list[Offering]] = {}
    for o in offerings:
        places.setdefault(o.model, []).append(o)
    return places


class Tariffs(dict[int, int]):
    """Each row's price list by its number in `lists`, told apart when it is asked for.

    Most rows are out before anyone asks what they cost.
    """

    def __init__(self, columns: Columns) -> None:
        super().__init__()
        self.lists: list[PriceList] = []
        self._columns = columns
        self._numbers: dict[tuple[Any, ...], int] = {}

    def __missing__(self, row: int) -> int:
        offering = self._columns.offerings[row]
        known = offering.facts
        prices, dearer, by_region = _priced(tuple(known))
        facts = [(name, known[name].value) for name in prices]
        regions = known_regions(offering) if by_region else ()
        provider = self._columns.catalog.providers[offering.provider]
        own = offering.channel == Channel.SELF_HOSTED
        uplifts = tuple(_uplifts(offering, dearer)) if dearer else ()
        free = bool(provider.free_tier) and provider.given_away(offering.channel, offering.model) is not None
        key = (regions, own, uplifts, free, *facts)
        if key not in self._numbers:
            self._numbers[key] = len(self.lists)
            self.lists.append(
                PriceList(offering=offering, regions=regions, own=own, free=free, uplifts=uplifts)
            )
        self[row] = self._numbers[key]
        return self[row]


@cache
def _priced(names: tuple[str, ...]) -> tuple[tuple[str, ...], tuple[str, ...], bool]:
    """Of some fields the prices, the uplifts, and whether prices differ by region."""
    # Many offerings have the same fields, so they are told apart once.
    prices = tuple(name for name in names if name.startswith(("price.", "window.")))
    uplifts = tuple(name for name in names if name.startswith(UPLIFT))
    return prices, uplifts, any("/" in name for name in prices)


def _uplifts(offering: Offering, names: tuple[str, ...]) -> Iterator[tuple[str, Decimal]]:
    """What it costs more to have requests stay in a place, by the place."""
    for name in names:
        if (factor := offering.value(name)) is not None:
            yield name.removeprefix(UPLIFT), Decimal(str(factor))


def _times(rate: Rate, factor: Decimal) -> Rate:
    if rate.usd is None or rate.unit != Unit.MTOK:
        return rate
    return rate.at(plain_number(rate.usd * factor))


def _spoken_of(stated: Any, model: str) -> Any:
    """What a provider says, None where it says it of other models alone."""
    others = isinstance(stated, Statement) and stated.models and not stated.names(model)
    return None if others else stated


#: A verdict as a digit.
CODE = {Support.NO: "0", Support.YES: "1", Support.UNKNOWN: "2"}
_NO, _UNKNOWN = str.maketrans("012", "100"), str.maketrans("012", "001")
_DIGITS = bytes.maketrans(b"01", bytes((0, 1)))


def mask_of(codes: Sequence[str]) -> Mask:
    """A digit per row as bits, the first row the lowest."""
    text = "".join(reversed(codes)) or "1"
    return Mask(no=int(text.translate(_NO), 2), unknown=int(text.translate(_UNKNOWN), 2))


def rows_of(mask: int, most: int | None = None) -> list[int]:
    """The rows whose bit is set, in order, or the first of them."""
    bits = bin(mask)[:1:-1].encode().translate(_DIGITS)
    return list(islice(compress(range(len(bits)), bits), most))


def bit_counts(masks: Sequence[int], rows: int) -> list[int]:
    """For each row in how many of the masks (255 at most) its bit is set: bytes, added as one number."""
    digits = (f"{mask:0{rows}b}"[::-1].encode().translate(_DIGITS) for mask in masks if mask)
    return list(sum(int.from_bytes(one, "little") for one in digits).to_bytes(rows, "little"))
