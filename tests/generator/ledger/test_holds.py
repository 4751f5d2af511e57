"""A change that smells is held: sixty seeded corruptions of the real data, and what must not be held."""

from __future__ import annotations

import gc
import json
import random
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from generator import store
from generator.cli.options import cache_folder
from generator.curated.identity_rules import load_rules
from generator.curated.overrides import load_approvals, load_overrides
from generator.curated.providers import load_providers
from generator.curated.renamed import load_renamed
from generator.fetch.fetched import complete
from generator.fetch.pinned import fetch_pinned
from generator.ledger.holds.smells import Suspicion, suspicion
from generator.ledger.identity import Placement, place
from generator.ledger.last_good import last_good
from generator.ledger.reconcile import Inputs, Reconciled, reconcile
from generator.ledger.refresh.source_reading import parse
from generator.sources import BY_ID, SOURCES
from generator.sources.records import SourceRecord
from playground.catalog import Catalog, Offering, source_of
from tests.catalogs import committed

CATALOG = Path("docs/catalog")
TODAY = date(2026, 11, 12)
RULES = load_rules(CATALOG / "identity.yml")
PROVIDERS = load_providers(CATALOG / "providers.yml")
OVERRIDES = load_overrides(CATALOG / "overrides.yml")


@cache
def old() -> Catalog:
    return committed()


@cache
def raw(source: str) -> bytes:
    pin = BY_ID[source].pin
    assert pin is not None
    return complete(fetch_pinned(pin, cache_folder())).raw


@cache
def records(source: str) -> list[SourceRecord]:
    return parse(BY_ID[source], raw(source))


@pytest.fixture(scope="module", autouse=True)
def given_back() -> Iterator[None]:
    """What the tests here share is a gigabyte, which the tests after them would drag along."""
    yield
    for shared in (old, raw, records, some, corrupted):
        shared.cache_clear()
    gc.collect()


def read(litellm: Mapping[str, Any]) -> list[SourceRecord]:
    return parse(BY_ID["litellm"], json.dumps(litellm).encode())


def rows() -> dict[str, dict[str, Any]]:
    return dict(json.loads(raw("litellm")))


def again(litellm: Mapping[str, Any] | None = None, approved: tuple[str, ...] = ()) -> Reconciled:
    """A refresh of all pinned sources in which LiteLLM says something else."""
    return reconcile(replace(inputs(litellm), old=old(), approved=approved))


def inputs(litellm: Mapping[str, Any] | None = None) -> Inputs:
    """All pinned sources on the day of the committed catalog, but what LiteLLM says, where given."""
    others = [r for s in SOURCES if s.pin and s.id != "litellm" for r in records(s.id)]
    return Inputs(
        records=[*others, *(records("litellm") if litellm is None else read(litellm))],
        rules=RULES,
        providers=PROVIDERS,
        overrides=OVERRIDES,
        sources=old().sources,
        today=TODAY,
    )


#: Providers enough where a rule looks at one offering, or at what a source lists at one provider.
SOME = {"aihubmix", "amazon-bedrock", "azure", "openai", "wandb"}


@cache
def some() -> Inputs:
    """What all pinned sources say of some providers, with the catalog of it as the one before."""
    whole = inputs()
    cited = {
        (source_of(label), record.id)
        for offering in old().offerings
        if offering.provider in SOME
        for label, record in offering.records.items()
    }
    made = replace(whole, records=[r for r in whole.records if (r.source, r.id) in cited])
    return replace(made, old=reconcile(made).catalog)


def before() -> Catalog:
    """The catalog of some providers that the next refresh is compared with."""
    made = some().old
    assert made is not None
    return made


def at_some(litellm: Mapping[str, Any]) -> Inputs:
    """What all pinned sources say of some providers, but LiteLLM something else."""
    others = [r for r in some().records if r.source != "litellm"]
    named = {r.id for r in some().records if r.source == "litellm"}
    changed = read({name: row for name, row in litellm.items() if name in named})
    return replace(some(), records=[*others, *changed])


@dataclass(frozen=True)
class Corruption:
    """What one corrupted row must lead to."""

    row: str
    target: str
    field: str
    why: Suspicion


type Corrupt = Callable[[random.Random, dict[str, dict[str, Any]], "Places"], Corruption]


class Places:
    """The offerings of which LiteLLM has one row, by that row; each is corrupted once at most."""

    def __init__(self, whole: Catalog) -> None:
        by_key: dict[str, list[str]] = {}
        for record in records("litellm"):
            where = None if record.left_out else place(record, RULES, PROVIDERS)
            if isinstance(where, Placement):
                by_key.setdefault(str(where.key), []).append(record.id)
        single = {by_key[o.key][0]: o for o in whole.offerings if len(by_key.get(o.key, ())) == 1}
        self.rows = dict(sorted(single.items()))
        self.touched: set[str] = set()

    def draw(
        self,
        dice: random.Random,
        data: Mapping[str, dict[str, Any]],
        field: str,
        fits: Callable[[str, dict[str, Any], Offering], bool] = lambda *_: True,
    ) -> tuple[str, Offering]:
        """A row whose claim on the field is sound and the only one that LiteLLM makes of it."""
        sound = []
        for name, offering in self.rows.items():
            fact = offering.facts.get(field)
            own = [c for c in fact.claims if c.source == "litellm"] if fact else []
            if len(own) != 1 or own[0].suspect or offering.key in self.touched:
                continue
            if offering.records[own[0].record].id == name and fits(name, data[name], offering):
                sound.append((name, offering))
        name, offering = dice.choice(sound)
        self.touched.add(offering.key)
        return name, offering


def times(factor: str, why: Suspicion) -> Corrupt:
    def corrupt(dice: random.Random, data: dict[str, dict[str, Any]], places: Places) -> Corruption:
        side = dice.choice(["input", "output"])
        name, offering = places.draw(
            dice, data, f"price.{side}", lambda _n, row, _o: row.get(f"{side}_cost_per_token", 0) > 0
        )
        key = f"{side}_cost_per_token"
        data[name][key] = float(Decimal(str(data[name][key])) * Decimal(factor))
        return Corruption(name, offering.key, f"price.{side}", why)

    return corrupt


def limit(factor: float, why: Suspicion) -> Corrupt:
    def corrupt(dice: random.Random, data: dict[str, dict[str, Any]], places: Places) -> Corruption:
        name, offering = places.draw(
            dice,
            data,
            "max_input_tokens",
            lambda _n, row, _o: (
                isinstance(row.get("max_input_tokens"), int)
                and row["max_input_tokens"] > 4000
                and "max_tokens" not in row
            ),
        )
        data[name]["max_input_tokens"] = int(data[name]["max_input_tokens"] * factor)
        return Corruption(name, offering.key, "max_input_tokens", why)

    return corrupt


def retired(dice: random.Random, data: dict[str, dict[str, Any]], places: Places) -> Corruption:
    name, offering = places.draw(
        dice, data, "retires", lambda _n, row, _o: str(row.get("deprecation_date")) > str(TODAY)
    )
    data[name]["deprecation_date"] = "2025-06-30"
    return Corruption(name, offering.key, "retires", Suspicion.PAST)


def risen(dice: random.Random, data: dict[str, dict[str, Any]], places: Places) -> Corruption:
    name, offering = places.draw(
        dice, data, "retires", lambda _n, row, _o: str(row.get("deprecation_date", "3")) < str(TODAY)
    )
    del data[name]["deprecation_date"]
    return Corruption(name, offering.key, "retires", Suspicion.RISEN)


def untiered(dice: random.Random, data: dict[str, dict[str, Any]], places: Places) -> Corruption:
    name, offering = places.draw(
        dice,
        data,
        "price.input>200000",
        lambda _n, row, _o: (
            "input_cost_per_token_above_200k_tokens" in row
            and "tiered_pricing" not in row
            and row.get("max_input_tokens", 0) > 200_000
        ),
    )
    for key in [k for k in data[name] if "_above_200k_tokens" in k]:
        del data[name][key]
    return Corruption(name, offering.key, "price.input>200000", Suspicion.TIER)


def invented_batch(dice: random.Random, data: dict[str, dict[str, Any]], places: Places) -> Corruption:
    def fits(_name: str, row: dict[str, Any], offering: Offering) -> bool:
        profile = offering.provider == "amazon-bedrock" and offering.channel in ("us", "eu", "global")
        return profile and not any(n.startswith("price.batch") for n in offering.facts)

    name, offering = places.draw(dice, data, "price.input", fits)
    data[name]["input_cost_per_token_batches"] = data[name]["input_cost_per_token"] / 2
    return Corruption(name, offering.key, "price.batch.input", Suspicion.BATCH)


def another(dice: random.Random, data: dict[str, dict[str, Any]], places: Places) -> Corruption:
    """The longer name takes the prices of the shorter, as a match by prefix would."""
    beside: dict[tuple[str, str], dict[str, Offering]] = defaultdict(dict)
    for o in sorted(places.rows.values(), key=lambda o: o.model):
        if not o.version + o.variant and all(_litellm(o, f"price.{s}") for s in ("input", "output")):
            beside[o.provider, o.channel][o.model] = o

    def shorter(offering: Offering) -> Offering | None:
        own = _litellm(offering, "price.input") or 1
        return next(
            (
                o
                for model, o in beside[offering.provider, offering.channel].items()
                if offering.model.startswith(f"{model}-")
                and not Decimal("0.4") <= (ratio := (_litellm(o, "price.input") or 0) / own) <= Decimal("2.5")
                and Decimal("0.11") <= ratio <= 9
            ),
            None,
        )

    name, offering = places.draw(
        dice,
        data,
        "price.input",
        lambda _n, row, o: (
            not o.version + o.variant
            and "output_cost_per_token" in row
            and _litellm(o, "price.input") is not None
            and shorter(o) is not None
        ),
    )
    other = shorter(offering)
    assert other is not None
    for side in ("input", "output"):
        data[name][f"{side}_cost_per_token"] = float((_litellm(other, f"price.{side}") or 0) / 1_000_000)
    return Corruption(name, offering.key, "price.input", Suspicion.ANOTHER)


def _litellm(offering: Offering, field: str) -> Decimal | None:
    fact = offering.facts.get(field)
    sound = [c for c in fact.claims if c.source == "litellm" and not c.suspect] if fact else []
    return Decimal(str(sound[0].value)) if len(sound) == 1 and sound[0].value else None


def off_region(dice: random.Random, data: dict[str, dict[str, Any]], places: Places) -> Corruption:
    """One region costs three times its siblings, as au.anthropic.claude-opus-4-6 once did."""
    channels = {"us", "eu", "au", "jp", "apac", "data-zone-eu", "data-zone-us"}
    base = {(o.provider, o.model, o.version): o for o in old().offerings if o.channel in ("global",)}

    def fits(_name: str, row: dict[str, Any], offering: Offering) -> bool:
        sibling = base.get((offering.provider, offering.model, offering.version))
        price = _litellm(sibling, "price.input") if sibling else None
        own = _litellm(offering, "price.input")
        near = bool(price and own and Decimal("0.95") <= own / price <= Decimal("1.2"))
        return offering.channel in channels and near and "input_cost_per_token" in row

    name, offering = places.draw(dice, data, "price.input", fits)
    data[name]["input_cost_per_token"] *= 3
    return Corruption(name, offering.key, "price.input", Suspicion.REGION)


KINDS: tuple[Corrupt, ...] = (
    times("1000000", Suspicion.SLIP),
    times("0.000001", Suspicion.SLIP),
    times("1000", Suspicion.SLIP),
    times("100000", Suspicion.TENFOLD),
    times("0.1", Suspicion.TENFOLD),
    times("0", Suspicion.ZERO),
    limit(0.25, Suspicion.SHRINKS),
    limit(1000, Suspicion.SLIP),
    retired,
    risen,
    untiered,
    invented_batch,
    another,
    off_region,
)
SEEDS = range(5)


@cache
def corrupted() -> tuple[tuple[Corruption, ...], Reconciled]:
    """Seventy corruptions at once: fourteen kinds, five seeds each, every one in a row of its own."""
    data, places = rows(), Places(old())
    done = tuple(
        kind(random.Random(f"{i} {seed}"), data, places) for i, kind in enumerate(KINDS) for seed in SEEDS
    )
    return done, again(data)


@pytest.mark.parametrize("kind", range(len(KINDS)), ids=lambda i: f"{KINDS[i].__name__}{i}")
def test_a_corruption_of_the_real_data_is_held_and_the_old_value_stays(kind: int) -> None:
    done, result = corrupted()
    said = {o.key: o for o in old().offerings}
    after = {o.key: o for o in result.catalog.offerings}
    held = {(c.target, c.field): h for h in result.catalog.held for c in h.changes}
    for one in done[kind * len(SEEDS) : (kind + 1) * len(SEEDS)]:
        assert (one.target, one.field) in held, one
        assert held[one.target, one.field].reason == one.why, one
        was, now = said[one.target].facts.get(one.field), after[one.target].facts.get(one.field)
        assert (now.value if now else None) == (was.value if was else None), one


def test_there_are_sixty_corruptions_or_more_and_every_row_is_another() -> None:
    done, _ = corrupted()
    assert len({c.row for c in done}) == len(done) >= 60


def test_nothing_is_held_but_what_was_corrupted() -> None:
    done, result = corrupted()
    held = {c.target for h in result.catalog.held for c in h.changes}
    assert held == {c.target for c in done}


def test_the_same_data_again_holds_nothing_and_an_approval_that_lets_nothing_through_is_named() -> None:
    result = again(approved=("0badcafe",))
    assert result.catalog.held == ()
    assert result.catalog.offerings == old().offerings
    assert result.used_up == ("0badcafe",)


def test_every_source_carried_over_makes_the_same_catalog() -> None:
    unplaced = store.load_unplaced(CATALOG)
    last = last_good(old(), unplaced, set(old().sources))
    result = reconcile(replace(inputs(), records=[], last=last))
    assert result.catalog.offerings == old().offerings
    assert result.catalog.models == {k: replace(m, scores=()) for k, m in old().models.items()}
    assert (result.catalog.sources, result.catalog.providers) == (old().sources, old().providers)
    assert result.unplaced == unplaced


def test_a_held_claim_stays_in_the_ledger_as_suspect_with_the_reason() -> None:
    done, result = corrupted()
    one = next(c for c in done if c.why == Suspicion.ZERO)
    fact = next(o for o in result.catalog.offerings if o.key == one.target).facts[one.field]
    notes = {c.note for c in fact.claims if c.source == "litellm"}
    assert "suspect: held: a price crosses zero" in notes
    assert any(not c.suspect for c in fact.claims if c.source == "litellm")


def test_what_is_held_stays_held_the_next_day_with_the_day_it_was_first_seen() -> None:
    data = {**rows()}
    name = "gpt-4o"
    data[name] = {**data[name], "input_cost_per_token": data[name]["input_cost_per_token"] * 1000}
    changed = at_some(data)
    first = reconcile(changed).catalog
    (held,) = first.held
    next_day = replace(changed, sources=first.sources, today=date(2026, 11, 13))
    second = reconcile(replace(next_day, old=first)).catalog
    assert second.held == (held,)
    assert held.since == TODAY
    third = reconcile(replace(next_day, old=second, approved={held.id}))
    assert third.catalog.held == ()
    key = held.changes[0].target
    claims = next(o for o in third.catalog.offerings if o.key == key).facts["price.input"].claims
    assert held.changes[0].now in {c.value for c in claims if c.source == "litellm"}
    assert not any("held" in c.note for c in claims)


def test_many_offerings_that_vanish_at_once_stay_with_all_that_was_said_of_them() -> None:
    data = {k: v for k, v in rows().items() if v.get("litellm_provider") != "wandb"}
    gone = at_some(data)
    result = reconcile(gone)
    (held,) = [h for h in result.catalog.held if h.reason == Suspicion.GONE]
    assert (held.source, held.where) == ("litellm", "wandb")
    assert result.catalog.offerings == before().offerings
    assert result.catalog.models == before().models
    let = reconcile(replace(gone, approved=(held.id,))).catalog
    assert len(let.offerings) < len(before().offerings)


def test_a_sort_of_value_of_which_a_fifth_moves_at_once_is_held_as_one() -> None:
    data = rows()
    dice = random.Random(7)
    for row in data.values():
        if isinstance(row.get("input_cost_per_token"), float) and dice.random() < 0.9:
            row["input_cost_per_token"] *= 1.3
            row["output_cost_per_token"] = row.get("output_cost_per_token", 0) * 1.3
    result = reconcile(at_some(data))
    many = [h for h in result.catalog.held if h.reason == Suspicion.MANY]
    assert [(h.source, h.where) for h in many] == [("litellm", "prices")]
    assert len(many[0].changes) > 1000


def test_a_price_that_another_source_bears_out_is_not_held() -> None:
    data = rows()
    held_by_others = next(
        (name, o)
        for name, o in Places(before()).rows.items()
        if (fact := o.facts.get("max_output_tokens"))
        and {c.source for c in fact.claims} == {"litellm", "models-dev"}
        and len(fact.claims) == 2
        and isinstance(fact.claims[0].value, int)
        and min(int(str(c.value)) for c in fact.claims) * 2 <= max(int(str(c.value)) for c in fact.claims)
        and next(int(str(c.value)) for c in fact.claims if c.source == "litellm")
        == max(int(str(c.value)) for c in fact.claims)
        and "max_output_tokens" in data[name]
    )
    name, offering = held_by_others
    claims = offering.facts["max_output_tokens"].claims
    other = next(c.value for c in claims if c.source == "models-dev")
    data[name] = {**data[name], "max_output_tokens": other, "max_tokens": other}
    assert reconcile(at_some(data)).catalog.held == ()


@pytest.mark.parametrize(
    ("field", "was", "now", "why"),
    [
        ("price.input", Decimal("2.5"), Decimal(3), None),
        ("price.input", Decimal("2.5"), Decimal("0.5"), None),
        ("price.input", Decimal("2.5"), Decimal(25), Suspicion.TENFOLD),
        ("price.input", Decimal("2.5"), Decimal("0.25"), Suspicion.TENFOLD),
        ("price.input", Decimal("2.5"), Decimal(2500), Suspicion.SLIP),
        ("price.input", Decimal("2.5"), Decimal("2.56e3"), Suspicion.SLIP),
        ("price.input", Decimal("2.5"), Decimal("2.5e-6"), Suspicion.SLIP),
        ("price.input", Decimal(0), Decimal(1), Suspicion.ZERO),
        ("price.output.per_image", Decimal(1), Decimal(0), Suspicion.ZERO),
        ("context_tokens", 128000, 200000, None),
        ("context_tokens", 128000, 1_048_576, None),
        ("context_tokens", 128000, 64000, Suspicion.SHRINKS),
        ("context_tokens", 128000, 65000, None),
        ("context_tokens", 128, 128000, Suspicion.SLIP),
        ("cache_min_tokens", 1024, 512, None),
        ("retires", "2027-01-01", "2027-06-01", None),
        ("retires", "2027-01-01", "2026-01-01", Suspicion.PAST),
        ("retires", "2026-01-01", "2027-01-01", None),
        ("status", "retired", "beta", Suspicion.RISEN),
        ("status", "beta", "retired", None),
        ("replaced_by", "gpt-5", "gpt-5gpt-5-mini", Suspicion.TOGETHER),
        ("replaced_by", "gpt-5", "gpt-6", None),
        ("can.vision", "yes", "no", None),
    ],
)
def test_what_smells(field: str, was: Any, now: Any, why: Suspicion | None) -> None:
    assert suspicion(field, was, now, TODAY) == why


def test_held_changes_are_written_and_read_back(tmp_path: Path) -> None:
    held = corrupted()[1].catalog.held
    store.save(tmp_path, store.render(replace(before(), held=held), {}))
    assert store.load(tmp_path).held == held
    store.save(tmp_path, store.render(before(), {}))
    assert store.load(tmp_path).held == ()


def test_a_line_can_be_added_to_the_committed_files_as_they_are(tmp_path: Path) -> None:
    for name, line in (
        ("overrides.yml", "- approve: 1a2b3c4d\n"),
        ("renamed.yml", "  old-name: azure\n"),
    ):
        path = tmp_path / name
        path.write_text(Path("docs/catalog", name).read_text("utf-8") + line, "utf-8")
    assert "1a2b3c4d" in load_approvals(tmp_path / "overrides.yml")
    assert load_renamed(tmp_path / "renamed.yml").providers == {"old-name": "azure"}
