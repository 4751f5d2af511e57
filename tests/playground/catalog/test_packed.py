"""The catalog for the browser: what a choice looks at comes back as it was, and the choice is the same."""

from __future__ import annotations

import gzip
import json
from dataclasses import replace
from datetime import date
from functools import cache

import pytest

from generator.curated.need_file import need
from generator.exports.playground import calls
from playground.ability.ability_json import abilities_to_json
from playground.catalog import Catalog, Fact
from playground.catalog.packed import FIELDS, MODEL_FIELDS, PREFIXES, PROVIDER_FIELDS, calls_of, pack, unpack
from playground.decide.chooser import Chooser
from playground.labels.names import display_names
from tests.catalogs import abilities, catalog, committed, fact, offering

TODAY = date(2026, 11, 24)


@cache
def real_calls() -> dict[str, str]:
    return calls(committed())


@cache
def real_packed() -> bytes:
    return packed(committed())


@cache
def back() -> Catalog:
    """The committed catalog as it comes back."""
    return unpack(json.loads(real_packed()))


def packed(whole: Catalog) -> bytes:
    made = pack(whole, "abc", "2026-11-12", names=display_names(whole), calls=real_calls())
    return json.dumps(made, ensure_ascii=False, separators=(",", ":")).encode()


@cache
def choosers() -> tuple[Chooser, Chooser]:
    """From the whole, and from what comes back."""
    return Chooser(committed(), TODAY), Chooser(back(), TODAY)


def bare(facts: dict[str, Fact], fields: frozenset[str], prefixes: tuple[str, ...] = ()) -> dict[str, Fact]:
    return {
        name: Fact(value=f.value, standing=f.standing, reason=f.reason if f.standing == "doubtful" else "")
        for name, f in facts.items()
        if name in fields or (prefixes and name.startswith(prefixes))
    }


def test_every_fact_that_counts_comes_back_with_its_standing() -> None:
    assert [o.key for o in back().offerings] == [o.key for o in committed().offerings]
    for one, other in zip(committed().offerings, back().offerings, strict=True):
        assert other.facts == bare(dict(one.facts), FIELDS, PREFIXES)
        assert other.price == one.price
        assert [(s.record, s.start, s.mode, s.usd) for s in other.history] == [
            (s.record, s.start, s.mode, s.usd) for s in one.history
        ]
    for name, model in committed().models.items():
        assert back().models[name].facts == bare(dict(model.facts), MODEL_FIELDS)
        # Where a figure is from, and of how many, its page says; of votes those that are compared come along.
        compared = (replace(score, note="", source="", n=None) for score in model.scores if score.is_compared)
        assert back().models[name].scores == tuple(compared)
    assert back().labs == committed().labs
    for name, provider in committed().providers.items():
        assert {f: getattr(back().providers[name], f) for f in PROVIDER_FIELDS} == {
            f: getattr(provider, f) for f in PROVIDER_FIELDS
        }


@pytest.mark.parametrize(
    "parts",
    [
        {},
        {"must": ["vision"], "zone": "eu", "keep_unknown": False, "cached": 0.5, "batch": 0.2},
        {"open_weights": True, "min_providers": 4, "budget": 900, "should": ["pdf", "reasoning"]},
        {"certifications": ["soc-2", "hipaa-baa"]},
        {"zero_retention": True, "no_training": True, "support": True, "min_days": 60},
        {"benchmark": "SWE-Bench Verified (resolved), claimed by each lab", "quality": 2, "min_score": 60},
    ],
    ids=str,
)
def test_a_choice_from_it_is_the_choice_from_the_whole(parts: dict[str, object]) -> None:
    of_whole, of_packed = choosers()
    whole = of_whole.answer(need(parts, committed(), "x"))
    packed = of_packed.answer(need(parts, back(), "x"))
    assert packed == whole
    for one, other in zip(whole.ranked[:50], packed.ranked[:50], strict=True):
        assert other.verdicts == one.verdicts
        assert other.bill == one.bill


def test_it_is_small_enough_for_a_phone() -> None:
    whole = {**json.loads(real_packed()), "abilities": abilities_to_json(abilities())}
    made = json.dumps(whole, ensure_ascii=False, separators=(",", ":")).encode()
    assert len(gzip.compress(made, 9)) < 350_000


def hostile() -> Catalog:
    return catalog(
        offering(
            "acme/x",
            regions=fact(("a=b", "=c")),
            price__input=fact(None),
            kind=fact("=chat"),
            status=fact(""),
        ),
        name="Evil | <b>=1</b>",
    )


@pytest.mark.parametrize("made", [catalog(), hostile()], ids=["empty", "hostile"])
def test_odd_catalogs_come_back_too(made: Catalog) -> None:
    odd = unpack(json.loads(packed(made)))
    assert [o.key for o in odd.offerings] == [o.key for o in made.offerings]
    for one, other in zip(made.offerings, odd.offerings, strict=True):
        assert other.facts == bare(dict(one.facts), FIELDS, PREFIXES)
    assert {m.id: m.name for m in odd.models.values()} == {m.id: m.name for m in made.models.values()}


def test_the_same_catalog_packs_to_the_same_bytes() -> None:
    shuffled = replace(committed(), offerings=tuple(reversed(committed().offerings)))
    assert packed(shuffled) == real_packed()


def test_how_the_playground_calls_an_offering_comes_along() -> None:
    named = calls_of(json.loads(real_packed()), back())
    assert named == real_calls()
    assert named["openai/direct/openai/gpt-6.1-terra"] == "openai:gpt-6.1-terra"
