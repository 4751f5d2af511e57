"""Which rows are one offering, which are one model, which must never be merged: read in the real files."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.curated.identity_rules import LabNames, load_rules
from generator.ledger.placing.identity import Placement, Unplaced, canonical, compared, place
from generator.sources.records import SourceRecord
from playground.catalog import Channel
from playground.spelling import slug
from tests.catalogs import providers, rules

CATALOG = Path("docs/catalog")
PAIRS = [
    line.rsplit(None, 2)
    for line in Path("tests/fixtures/identity_pairs.txt").read_text().splitlines()
    if line and not line.startswith("#")
]
RULES = rules()
PROVIDERS = providers()


def placed(text: str) -> Placement:
    source, provider, model = text.split(":", 2)
    where = place(SourceRecord(source=source, id=model, provider=provider, model=model), RULES, PROVIDERS)
    assert isinstance(where, Placement), f"{text}: {where}"
    return where


def offering(where: Placement) -> tuple[str, ...]:
    return (where.provider, where.channel, where.model, where.version, where.variant)


def test_there_are_at_least_120_hard_pairs() -> None:
    assert len(PAIRS) >= 120


@pytest.mark.parametrize(("left", "relation", "right"), PAIRS)
def test_hard_pair(left: str, relation: str, right: str) -> None:
    a, b = placed(left), placed(right)
    same_model, same_offering = a.model == b.model, offering(a) == offering(b)
    seen = "=" if same_offering else "~" if same_model else "!"
    assert seen == relation, f"{a}\n{b}"


def test_a_region_in_the_id_is_kept_apart_from_the_offering() -> None:
    where = placed("litellm:bedrock:bedrock/eu-west-1/meta.llama3-8b-instruct-v1:0")
    assert (where.channel, where.region) == (Channel.REGIONAL, "eu-west-1")
    assert where.model == "meta/llama-3-8b-instruct"


def test_an_alias_may_name_a_variant_and_only_one_that_is_one() -> None:
    where = placed("models-dev:vercel:alibaba/qwen3-vl-instruct")
    assert (where.model, where.variant) == ("alibaba/qwen3-vl-235b-a22b-instruct", "unpinned")
    assert {
        str(slug(t.partition(":")[2])) for a in RULES.aliases.values() for t in a.values() if ":" in t
    } == {t.partition(":")[2] for a in RULES.aliases.values() for t in a.values() if ":" in t}


def test_what_is_no_single_model_is_left_unplaced_with_the_reason() -> None:
    record = SourceRecord(source="models-dev", id="x", provider="openrouter", model="openrouter/auto")
    assert place(record, RULES, PROVIDERS) == Unplaced(reason="a router, not a model")


def test_an_id_nobody_knows_is_left_unplaced() -> None:
    record = SourceRecord(source="litellm", id="x", provider="nobody", model="zzz-unheard-of")
    assert place(record, RULES, PROVIDERS) == Unplaced(reason="no rule names its lab")


@given(st.text(max_size=60), st.sampled_from(sorted(RULES.providers["litellm"])))
def test_placing_never_fails_and_is_the_same_twice(text: str, provider: str) -> None:
    record = SourceRecord(source="litellm", id=text, provider=provider, model=text)
    first = place(record, RULES, PROVIDERS)
    assert first == place(record, RULES, PROVIDERS)
    if isinstance(first, Placement):
        lab, _, name = first.model.partition("/")
        assert lab
        assert name
        assert first.model.count("/") == 1
        assert not set(first.model + first.version + first.variant) & set("@:# \n")


@given(st.from_regex(r"[a-z]{1,6}(-[0-9]{1,2}){0,3}(-[a-z0-9]{1,5}){0,2}", fullmatch=True))
def test_a_canonical_name_compares_as_itself(name: str) -> None:
    key = compared(name)
    assert compared(canonical("openai", key, RULES)) == key


def test_an_alias_is_of_a_name_as_names_are_compared() -> None:
    names = {tagged.partition("@")[0] for scope in RULES.aliases.values() for tagged in scope}
    never = [n for n in names if placed_name(n) != n.partition("/")[2]]
    assert never == [], "no id is ever spelled so: the alias leads nowhere"


def placed_name(model: str) -> str:
    """A name after what the lab's spellings make of it."""
    lab, _, name = model.partition("/")
    key = compared(name)
    for step in RULES.spellings.get(lab, ()):
        if match := step.match(key):
            key = match.expand(step.to)
    return key


def test_a_date_of_another_model_is_no_version() -> None:
    wrong = SourceRecord(
        source="litellm",
        id="x",
        provider="bedrock",
        model="anthropic.claude-3-7-sonnet-20240620-v1:0",
    )
    assert isinstance(place(wrong, RULES, PROVIDERS), Unplaced)
    right = placed("litellm:bedrock:anthropic.claude-3-7-sonnet-20250219-v1:0")
    assert (right.model, right.version) == ("anthropic/claude-3-7-sonnet", "")


def test_of_two_labs_whose_patterns_fit_the_first_counts() -> None:
    labs = LabNames(
        (lab, re.compile(name))
        for lab, name in [("a", "(?P<x>one|two)-(lite|max)"), ("b", "two-.*"), ("c", "three(-(x|y))?")]
    )
    assert [labs.first((name,)) for name in ("one-max", "two-max", "two-x", "three-y", "four")] == [
        *("a", "a", "b", "c", "")
    ]
    assert labs.first(("three", "two-max")) == "a"
    assert LabNames().first(("",)) == ""


def test_rules_say_which_entry_is_wrong(tmp_path: Path) -> None:
    from generator.errors import EditError

    path = tmp_path / "identity.yml"
    text = (CATALOG / "identity.yml").read_text()
    path.write_text(text.replace("channel: data-zone-eu", "channel: data-zoo", 1))
    with pytest.raises(EditError, match=r"prefixes\.azure\[2\]: 'data-zoo' is no channel"):
        load_rules(path)
    path.write_text(text.replace("own_lab:", "own_labs:", 1))
    with pytest.raises(EditError, match="unknown key 'own_labs'"):
        load_rules(path)
