"""Records and people's edits → the catalog: every fact with all its claims, the chosen one by rule.

For each field of an offering: claims that look wrong are held back (`gates`), of the others the source
that stands first in the field's precedence (`fields`) decides, but a claim from a source much older than
the freshest one, which no fresh source bears out, yields to it. What differs stays visible in the fact.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from generator.choice import against, choose, unoverridden
from generator.garbage import uncollected
from generator.gates import (
    SIBLING_CHANNELS,
    Claims,
    Weighed,
    hold_suspects,
    off_base,
    off_sibling,
    sibling_base,
)
from generator.gather import Gathered, Key, gather
from generator.holds import Holding, hold_changes, hold_losses, used_up
from generator.identity import Placement, Rules, Unplaced, place
from generator.last_good import NOTHING, LastGood, both
from generator.people import Override
from generator.records import SourceRecord
from playground.catalog import (
    Catalog,
    Channel,
    Fact,
    Kind,
    Lab,
    Model,
    Offering,
    Provider,
    Record,
    SourceState,
    Standing,
    Value,
    source_of,
)

#: Why a record that only joins others is unplaced.
NOT_SERVED = "no other source lists the model there"
FREE_KINDS = {"subscription", "self-hosted"}
FREE_VARIANTS = {"free", "cloud"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Reconciled:
    """The catalog with what a maintainer should know of how it came about."""

    catalog: Catalog
    unplaced: Mapping[str, Mapping[str, tuple[str, ...]]]
    removable: tuple[Override, ...]
    aimless: tuple[Override, ...]
    used_up: tuple[str, ...] = ()


@uncollected()
def reconcile(
    records: Iterable[SourceRecord],
    rules: Rules,
    providers: Mapping[str, Provider],
    overrides: tuple[Override, ...],
    sources: Mapping[str, SourceState],
    today: date,
    last: LastGood = NOTHING,
    old: Catalog | None = None,
    approved: Collection[str] = (),
) -> Reconciled:
    """The catalog that the records make under the rules; `today` decides which dated prices hold.

    `last` stands in for the sources that could not be read. Changes from the catalog `old` that smell are
    held, but for those `approved` by their ids.
    """
    placed: dict[Key, list[tuple[Placement, SourceRecord]]] = defaultdict(list)
    by_model: dict[str, list[SourceRecord]] = defaultdict(list)
    unplaced: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    joining: list[tuple[Placement, SourceRecord]] = []
    named: dict[str, Provider] = {}
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    for record in records:
        if record.left_out:
            counts[record.source]["rows"] += record.rows
            counts[record.source][f"left out: {record.left_out}"] += record.rows
            continue
        counts[record.source]["rows"] += record.rows
        counts[record.source]["parsed"] += record.rows
        where = place(record, rules, providers)
        if isinstance(where, Unplaced):
            unplaced[record.source][where.reason].append(record.id)
            counts[record.source][f"unplaced: {where.reason}"] += 1
            continue
        if record.joins:
            joining.append((where, record))
            continue
        counts[record.source]["placed"] += 1
        key = (where.provider, where.channel, where.model, where.version, where.variant)
        placed[key].append((where, record))
        by_model[where.model].append(record)
        _name_provider(named, where.provider, record)
    for where, record in joining:
        joined = [key for key in placed.keys() | last.offerings.keys() if _joins(where, key)]
        for key in joined:
            placed[key].append((replace(where, channel=key[1], variant=key[4]), record))
        if joined:
            counts[record.source]["placed"] += 1
        else:
            unplaced[record.source][NOT_SERVED].append(record.id)
            counts[record.source][f"unplaced: {NOT_SERVED}"] += 1
    set_by = {(o.target, o.field): o for o in overrides}
    gathered = {
        key: gather(placed.get(key, []), sources, today, last.offerings.get(key))
        for key in placed.keys() | last.offerings.keys()
    }
    losses = changes = Holding()
    if old is not None:
        losses = hold_losses(gathered, old, counts, today, approved)
        last = both(last, losses.last)
        for key in losses.last.offerings:
            gathered[key] = gather(placed.get(key, []), sources, today, last.offerings[key])
        as_of = {s: sources[s].as_of for s in counts}
        changes = hold_changes(gathered, old, as_of, today, approved)
    for name, provider in last.providers.items():
        named.setdefault(name, provider)
    judged = _judge(gathered, providers)
    offerings = [_offering(key, gathered[key], judged[key], set_by) for key in sorted(gathered)]
    models = {
        m: _model(m, by_model.get(m, []), last.models.get(m), rules, sources, set_by)
        for m in sorted({key[2] for key in gathered})
    }
    known = {*models, *(o.key for o in offerings)}
    catalog = Catalog(
        labs=_labs(models),
        models=models,
        providers=_providers(providers, named, {key[0] for key in gathered}),
        offerings=tuple(offerings),
        sources={
            s: last.sources.get(s) or _counted(state, counts[s])
            for s, state in sources.items()
            if s in counts or s in last.sources
        },
        held=(*losses.held, *changes.held),
    )
    return Reconciled(
        catalog=catalog,
        unplaced={
            s: {reason: tuple(sorted(ids)) for reason, ids in sorted(reasons.items())}
            for s, reasons in sorted({**unplaced, **last.unplaced}.items())
        },
        removable=tuple(_removable(overrides, offerings, models, sources)),
        aimless=tuple(o for o in overrides if o.target not in known),
        used_up=tuple(used_up(approved, losses.used | changes.used)),
    )


def _joins(where: Placement, key: Key) -> bool:
    """Whether what is said of a model at a provider is said of this offering; governments have their own."""
    there = (where.provider, where.model, where.version) == (key[0], key[2], key[3])
    return there and key[1] != Channel.GOVERNMENT


def _counted(state: SourceState, counts: Counter[str]) -> SourceState:
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


def _name_provider(named: dict[str, Provider], provider: str, record: SourceRecord) -> None:
    hints = record.hints or {}
    if hints.get("provider_name") and provider not in named:
        named[provider] = Provider(
            id=provider,
            name=hints["provider_name"],
            docs=hints.get("provider_docs", ""),
            api=hints.get("provider_api", ""),
        )


def _providers(
    people: Mapping[str, Provider], named: Mapping[str, Provider], used: set[str]
) -> Mapping[str, Provider]:
    """What people wrote, filled up with what sources say of name, pages and address."""
    found: dict[str, Provider] = {}
    for name in sorted(used | set(people)):
        base = people.get(name)
        said = named.get(name) or Provider(id=name, name=name)
        if base is None:
            found[name] = said
            continue
        found[name] = replace(
            base,
            name=base.name if base.name != name else said.name,
            docs=base.docs or said.docs,
            api=base.api or said.api,
        )
    return found


def _judge(
    gathered: Mapping[Key, Gathered], providers: Mapping[str, Provider]
) -> Mapping[Key, Mapping[str, Fact]]:
    """Facts per offering: once by itself, and again where its sibling regions show it to be out of line."""
    held: dict[Key, Claims] = {}
    facts: dict[Key, dict[str, Fact]] = {}
    for key, each in gathered.items():
        provider, _, _, _, variant = key
        free = variant in FREE_VARIANTS or (provider in providers and providers[provider].kind in FREE_KINDS)
        held[key] = hold_suspects(each.claims, kind=_kind(each.claims), free=free)
        facts[key] = {name: choose(name, group, provider) for name, group in sorted(held[key].items())}
    siblings: dict[tuple[str, str, str, str], list[Key]] = defaultdict(list)
    for key in gathered:
        if key[1] in SIBLING_CHANNELS:
            siblings[key[0], key[2], key[3], key[4]].append(key)
    for keys in siblings.values():
        names = {n for k in keys for n in facts[k] if n.startswith("price.") and "/" not in n}
        for name in sorted(names):
            prices = {
                str(k[1]): Decimal(str(value))
                for k in keys
                if (fact := facts[k].get(name)) and (value := fact.value) is not None
            }
            _hold_off_siblings(name, prices, [k for k in keys if name in held[k]], held, facts)
    return facts


def _hold_off_siblings(
    name: str,
    prices: Mapping[str, Decimal],
    keys: list[Key],
    held: dict[Key, Claims],
    facts: dict[Key, dict[str, Fact]],
) -> None:
    """Hold back claims on one price that are out of line with the sibling regions, and choose again.

    What independent sources agree on is no slip of one of them, however odd it looks.
    """
    base = sibling_base(prices)
    if base is None:
        return
    wrong_base = off_base(prices, base)
    for key in keys:
        fact = facts[key][name]
        if wrong_base and key[1] != base:
            continue
        marked = []
        for w in held[key][name]:
            usd = Decimal(str(w.value))
            reason = wrong_base if key[1] == base else off_sibling(usd, prices[base], base) if usd else ""
            agreed = fact.standing == Standing.AGREED and w.value == fact.value
            marked.append(w.because(reason) if reason and not agreed else w)
        if marked != held[key][name]:
            held[key][name] = marked
            facts[key][name] = choose(name, marked, key[0])


def _kind(claims: Claims) -> Kind:
    said = claims.get("kind")
    return Kind(str(said[0].value)) if said else Kind.OTHER


def _offering(
    key: Key,
    each: Gathered,
    facts: Mapping[str, Fact],
    set_by: Mapping[tuple[str, str], Override],
) -> Offering:
    provider, channel, model, version, variant = key
    bare = Offering(provider=provider, channel=channel, model=model, version=version, variant=variant)
    return replace(
        bare,
        ids=each.ids,
        records=each.records,
        facts=_overridden(bare.key, facts, set_by),
        history=each.history,
    )


def _overridden(
    target: str, facts: Mapping[str, Fact], set_by: Mapping[tuple[str, str], Override]
) -> Mapping[str, Fact]:
    out = dict(facts)
    for (wanted, name), override in set_by.items():
        if wanted != target:
            continue
        old = out.get(name)
        claims = tuple(against(c, name, override.value) for c in (old.claims if old else ()))
        out[name] = Fact(
            value=override.value,
            standing=Standing.OVERRIDDEN,
            claims=claims,
            reason=f"{override.reason} ({override.date})",
            link=override.link,
        )
    return dict(sorted(out.items()))


def _model(
    model: str,
    records: list[SourceRecord],
    last: Gathered | None,
    rules: Rules,
    sources: Mapping[str, SourceState],
    set_by: Mapping[tuple[str, str], Override],
) -> Model:
    """What sources say of the model itself; the lab's own row first, then what most rows say."""
    lab = model.partition("/")[0]
    # What a source says now of the model stands before what it said.
    read = {r.source for r in records}
    last = last or Gathered(records={}, claims={}, ids=(), history=())
    labelled = {label: r for label, r in last.records.items() if source_of(label) not in read}
    numbers: Counter[str] = Counter()
    claims: Claims = {
        n: kept for n, said in last.claims.items() if (kept := [w for w in said if w.source not in read])
    }
    votes: dict[tuple[str, str, Value], int] = Counter()
    for r in records:
        for c in r.model_claims:
            votes[c.field, r.source, c.value] += 1

    def own(record: SourceRecord) -> bool:
        provider = rules.providers.get(record.source, {}).get(record.provider) or record.provider
        return rules.own_lab.get(provider) == lab

    said: dict[tuple[str, str], tuple[tuple[bool, int, str], SourceRecord, Value]] = {}
    for r in records:
        for c in r.model_claims:
            rank = (not own(r), -votes[c.field, r.source, c.value], r.id)
            at = (c.field, r.source)
            if at not in said or rank < said[at][0]:
                said[at] = (rank, r, c.value)
    for (name, source), (_, r, value) in sorted(said.items()):
        label = next((k for k, v in labelled.items() if v.id == r.id and source_of(k) == source), "")
        if not label:
            numbers[source] += 1
            label = source if numbers[source] == 1 else f"{source}#{numbers[source]}"
            labelled[label] = Record(id=r.id, link=r.link)
        claims.setdefault(name, []).append(
            Weighed(
                record=label,
                source=source,
                origin=r.origin or source,
                as_of=sources[source].as_of,
                value=value,
            )
        )
    held = hold_suspects(claims, kind=Kind.OTHER, free=True)
    facts = {name: choose(name, group, "") for name, group in sorted(held.items())}
    return Model(
        id=model,
        records=dict(sorted(labelled.items())),
        facts=_overridden(model, facts, set_by),
    )


def _labs(models: Mapping[str, Model]) -> Mapping[str, Lab]:
    return {lab: Lab(id=lab, name=lab_name(lab)) for lab in sorted({m.lab for m in models.values()})}


#: Labs whose names are not their ids with capitals.
_NAMES = {
    "ai21": "AI21 Labs",
    "alibaba": "Alibaba (Qwen)",
    "allenai": "Allen Institute for AI",
    "baai": "BAAI",
    "bytedance": "ByteDance",
    "deepseek": "DeepSeek",
    "elevenlabs": "ElevenLabs",
    "google": "Google",
    "ibm": "IBM",
    "minimax": "MiniMax",
    "mistral": "Mistral AI",
    "moonshotai": "Moonshot AI",
    "nousresearch": "Nous Research",
    "nvidia": "NVIDIA",
    "openai": "OpenAI",
    "stability": "Stability AI",
    "thinkingmachines": "Thinking Machines",
    "xai": "xAI",
    "zai": "Z.ai",
}


def lab_name(lab: str) -> str:
    """The lab's name as it writes it itself."""
    return _NAMES.get(lab) or " ".join(w.capitalize() for w in lab.split("-"))


def _removable(
    overrides: tuple[Override, ...],
    offerings: Iterable[Offering],
    models: Mapping[str, Model],
    sources: Mapping[str, SourceState],
) -> Iterable[Override]:
    """Overrides that say what the sources by now say themselves."""
    by_key = {o.key: o for o in offerings}
    for override in overrides:
        held = by_key.get(override.target) or models.get(override.target)
        fact = held.facts.get(override.field) if held else None
        provider = held.provider if isinstance(held, Offering) else ""
        if fact and unoverridden(override.field, fact, provider, sources) == override.value:
            yield override
