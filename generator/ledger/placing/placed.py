"""Records laid to the offerings that they are about, and counted."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace

from generator import bounds
from generator.bounds import has_other_letters
from generator.curated.identity_rules import Rules
from generator.ledger.placing.identity import Asked, Placement, Unplaced, place, place_model
from generator.ledger.placing.spelled import one_spelling
from generator.sources.records import SourceRecord
from playground.catalog import Channel, Key, Provider, SourceState

#: Why a record that makes no offering of its own is unplaced.
NOT_SERVED = "no other source lists the model there"
#: Channels of which a provider's page on the lives of its models says nothing.
OF_THEIR_OWN = frozenset({Channel.GOVERNMENT, Channel.CLAUDE_PLATFORM})
FINE_TUNED = "fine-tuned"
#: Why a record about a model alone is unplaced.
NOWHERE = "no other source lists the model"

type Group = list[tuple[Placement, SourceRecord]]


@dataclass(frozen=True, slots=True)
class Placed:
    """Records by the offering and by the model they are about, with what they say of providers.

    `unplaced` are the ids of those that no rule places, by source and reason; `counts` is what became of each
    source's rows.
    """

    by_offering: dict[Key, Group] = field(default_factory=lambda: defaultdict(list))
    by_model: dict[str, Group] = field(default_factory=lambda: defaultdict(list))
    providers: dict[str, Provider] = field(default_factory=dict)
    unplaced: dict[str, dict[str, list[str]]] = field(
        default_factory=lambda: defaultdict(lambda: defaultdict(list))
    )
    counts: dict[str, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))

    def count(self, record: SourceRecord) -> None:
        """Count the record's rows as parsed or as left out."""
        self.counts[record.source]["rows"] += record.rows
        outcome = f"left out: {record.left_out}" if record.left_out else "parsed"
        self.counts[record.source][outcome] += record.rows

    def add(self, where: Placement, record: SourceRecord) -> None:
        """Lay a record to the offering and the model it is about."""
        self.counts[record.source]["placed"] += 1
        self.by_offering[where.key].append((where, record))
        self.by_model[where.model].append((where, record))
        _name_provider(self.providers, where.provider, record)

    def leave(self, record: SourceRecord, reason: str) -> None:
        """Note that no rule places a record."""
        self.unplaced[record.source][reason].append(record.id)
        self.counts[record.source][f"unplaced: {reason}"] += 1

    def join(self, where: Placement, record: SourceRecord, there: Iterable[Key]) -> None:
        """Lay a record to every offering of its model and version, those `there`, that it is about."""
        joined = [key for key in there if _joins(where, key)]
        if record.this_channel:
            joined = [key for key in joined if key == where.key]
        for key in joined:
            laid = replace(where, channel=key.channel, variant=key.variant)
            self.by_offering[key].append((laid, record))
        if joined and record.model_claims:
            self.by_model[where.model].append((where, record))
        if joined:
            self.counts[record.source]["placed"] += 1
        else:
            self.leave(record, NOT_SERVED)

    def confirm(self, where: Placement, record: SourceRecord, served: Collection[Key]) -> None:
        """Lay a record to the offering and the model that it is about, each where it is there already."""
        at_offering = where.key in self.by_offering or where.key in served
        about_model = bool(record.model_claims) and where.model in self.by_model
        if at_offering:
            self.by_offering[where.key].append((where, record))
        if about_model:
            self.by_model[where.model].append((where, record))
        if at_offering or about_model:
            self.counts[record.source]["placed"] += 1
        else:
            self.leave(record, NOT_SERVED)

    def tell_of(self, where: Placement, record: SourceRecord, served: Collection[Key]) -> None:
        """Lay a record about a model itself to it, where that is placed or `served` somewhere."""
        if where.version or where.model not in {*self.by_model, *(key.model for key in served)}:
            self.leave(record, NOWHERE)
        else:
            self.counts[record.source]["placed"] += 1
            self.by_model[where.model].append((where, record))


def place_records(
    records: Iterable[SourceRecord],
    rules: Rules,
    providers: Mapping[str, Provider],
    served: Collection[Key],
) -> Placed:
    """Every record laid to what it is about; `served` are offerings that stand without a record."""
    placed = Placed()
    joining: Group = []
    confirming: Group = []
    laid: Group = []
    known: dict[Asked, Placement | Unplaced] = {}
    for record in records:
        placed.count(record)
        if record.left_out:
            continue
        # Only of what joins others may the provider be left open: whatever else names none is of no offering.
        anywhere = record.joins and not record.provider
        where = _of_model(record, rules) if anywhere else place(record, rules, providers, known)
        if isinstance(where, Unplaced):
            placed.leave(record, where.reason)
        elif fault := bounds.offering_fault(
            where.model.partition("/")[0] if anywhere else where.provider,
            where.model,
            where.version,
            where.variant,
        ):
            placed.leave(record, fault)
        elif record.joins:
            joining.append((where, record))
        elif record.confirms:
            confirming.append((where, record))
        else:
            laid.append((where, record))
    spelling = _spelling(laid, rules)
    for where, record in laid:
        placed.add(_respelled(where, spelling, rules), record)
    for where, record in confirming:
        placed.confirm(_respelled(where, spelling, rules), record, served)
    offered: dict[tuple[str, str, str], list[Key]] = defaultdict(list)
    for key in placed.by_offering.keys() | served if joining else ():
        offered[key.provider, key.model, key.version].append(key)
    for where, record in joining:
        about = _respelled(where, spelling, rules)
        if where.provider:
            placed.join(about, record, offered.get((about.provider, about.model, about.version), ()))
        else:
            placed.tell_of(about, record, served)
    return placed


def _of_model(record: SourceRecord, rules: Rules) -> Placement | Unplaced:
    """Which model a record is about that names no provider."""
    if has_other_letters(record.model):
        return Unplaced(reason="its name has letters that no id has")
    model, version = place_model(record.model, rules)
    return Placement(provider="", channel=Channel.DIRECT, model=model, version=version)


def _spelling(laid: Group, rules: Rules) -> Mapping[str, str]:
    """The ids of models that are another spelling of one that is there too."""
    uses: dict[str, set[tuple[str, bool]]] = defaultdict(set)
    for where, _ in laid:
        itself = rules.own_lab.get(where.provider) == where.model.partition("/")[0]
        uses[where.model].add((where.provider, itself))
    return one_spelling(uses, rules.apart)


def _respelled(where: Placement, spelling: Mapping[str, str], rules: Rules) -> Placement:
    if (model := spelling.get(where.model)) is None:
        return where
    version = "" if rules.snapshots.get(model) == where.version else where.version
    return replace(where, model=model, version=version)


def _joins(where: Placement, key: Key) -> bool:
    """Whether what is said of a model at a provider is said of this offering of it there.

    Governments have their own, and so has what the lab itself runs on the provider's cloud; models that are
    fine-tuned from it end on days of their own.
    """
    alike = (where.variant == FINE_TUNED) == (key.variant == FINE_TUNED)
    return alike and key.channel not in OF_THEIR_OWN


def _name_provider(named: dict[str, Provider], provider: str, record: SourceRecord) -> None:
    """Note what a record says of a provider, unless an earlier one did."""
    hints = record.hints or {}
    if hints.get("provider_name") and provider not in named:
        named[provider] = Provider(
            id=provider,
            name=hints["provider_name"],
            docs=hints.get("provider_docs", ""),
            api=hints.get("provider_api", ""),
        )


def counted(state: SourceState, counts: Counter[str]) -> SourceState:
    """The source's state with how many of its rows were parsed, left out, placed and unplaced."""

    def under(prefix: str) -> dict[str, int]:
        return {k.removeprefix(prefix): n for k, n in sorted(counts.items()) if k.startswith(prefix)}

    return replace(
        state,
        rows=counts["rows"],
        parsed=counts["parsed"],
        left_out=under("left out: "),
        placed=counts["placed"],
        unplaced=under("unplaced: "),
    )
