"""A price, a last day, a score, a capability changes, and the verdict of each wish follows."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace

from generator.views.verdicts.labs import lab_verdicts
from generator.views.verdicts.market import Market
from generator.views.verdicts.verdict import Verdict
from playground.ability import Abilities
from playground.catalog import Offering, Support
from playground.labels.names import display_names
from tests.catalogs import fact
from tests.verdicts.markets import priced, small_market

SPARE, SOL, HAIKU, OPUS = "openai/spare-6", "openai/sol-6", "anthropic/haiku-5", "anthropic/opus-5"
FLASH, NEXT_FLASH, NOVA = "google/flash-3", "google/flash-4", "amazon/nova-2"
MEDIA = {"can__audio_in": "yes", "can__video_in": "yes", "max_input_tokens": 1_000_000}
MIDDLES = {SPARE: 1.0, SOL: 1.7, HAIKU: 1.0, OPUS: 1.6, FLASH: 1.0, NEXT_FLASH: 1.1, NOVA: -0.7}
PRICES = {SPARE: ("0.1", "0.5"), HAIKU: ("0.2", "1"), SOL: ("2", "10"), OPUS: ("4", "20")}


def market(
    prices: Mapping[str, tuple[str, str]] = PRICES,
    middles: Mapping[str, float] = MIDDLES,
    more: tuple[Offering, ...] = (),
    **ends: str,
) -> Market:
    """Seven models of four labs; `ends` says by name when one of them ends at its lab."""
    cost = {**PRICES, **prices}
    last = {SPARE: ends.get("spare"), SOL: ends.get("sol")}
    offerings = [
        priced(m, *cost[m], at=at, retires=last.get(m))
        for m, at in ((SPARE, "openai/direct"), (SOL, "openai/direct"), (HAIKU, "anthropic/direct"))
    ]
    offerings += [
        priced(OPUS, *cost[OPUS], at="anthropic/direct"),
        priced(FLASH, "0.75", "3.75", at="google/direct", **MEDIA),
        priced(NOVA, "0.3", "2.5", at="amazon-bedrock/global"),
        priced(HAIKU, *cost[HAIKU], at="amazon-bedrock/global"),
    ]
    return small_market((*offerings, *more), {}, middles)


def verdict(of: Market, wish: str) -> Verdict:
    return next(v for v in lab_verdicts(of) if v.reader == wish)


def test_the_cheapest_able_one_follows_the_price() -> None:
    assert verdict(market(), "most").way == "openai"
    assert verdict(market({HAIKU: ("0.05", "0.3")}), "most").way == "anthropic"
    both = verdict(market({HAIKU: PRICES[SPARE]}), "most").plain
    assert "spare-6" in both
    assert "haiku-5" in both
    assert "cannot be told apart" in both


def test_of_two_at_one_price_the_abler_is_first_and_how_able_each_is_stands_beside_it() -> None:
    most = verdict(market({HAIKU: PRICES[SPARE]}, {**MIDDLES, SPARE: 0.5, HAIKU: 2.0}), "most")
    assert most.way == "anthropic"
    (apart,) = [s for s in most.sentences if s.rule == "tier"]
    assert re.fullmatch(
        r"By tests, haiku-5 \(ability 2.00, .*\) is ahead of spare-6 \(ability 0.50, .*\)\.", apart.plain
    )
    assert [(g.of, g.field) for g in apart.grounds] == [(HAIKU, "ability"), (SPARE, "ability")]


def test_what_ends_soon_is_nothing_to_begin_with() -> None:
    assert verdict(market(spare="2027-01-01"), "most").way == "anthropic"
    assert verdict(market(spare="2028-06-01"), "most").way == "openai"
    assert verdict(market(sol="2027-01-01"), "hardest").way == "anthropic"


def test_the_hardest_work_follows_scores_and_then_prices() -> None:
    assert "cannot be told apart" in verdict(market(), "hardest").plain
    assert verdict(market(), "hardest").way == "openai"
    better = verdict(market(middles={**MIDDLES, OPUS: 3.0}), "hardest")
    assert (better.way, "sol-6" in better.plain) == ("anthropic", False)
    dear = {SOL: ("5", "25")}
    assert verdict(market(dear), "hardest").way == "anthropic"


def test_of_the_ablest_at_one_price_the_one_that_tests_put_higher_is_first() -> None:
    same = {OPUS: PRICES[SOL]}
    assert verdict(market(same), "hardest").way == "openai"
    assert verdict(market(same, {**MIDDLES, SOL: 1.6, OPUS: 1.7}), "hardest").way == "anthropic"


def test_who_falls_below_the_mean_is_no_longer_for_most_work() -> None:
    assert verdict(market(middles={**MIDDLES, SPARE: -0.5}), "most").way == "anthropic"


def test_on_bedrock_amazons_own_is_first_only_where_it_is_able_and_cheaper() -> None:
    assert "Begin with haiku-5" in verdict(market(), "aws").plain
    able = verdict(market({HAIKU: ("2", "10")}, {**MIDDLES, NOVA: 1.0}), "aws").plain
    assert "Begin with nova-2" in able


def test_of_one_line_at_one_price_the_last_stands_for_all() -> None:
    assert "flash-3 takes sound and video" in verdict(market(), "long_or_media").plain
    newer = priced(NEXT_FLASH, "0.75", "3.75", at="google/direct", **MEDIA)
    plain = verdict(market(more=(newer,)), "long_or_media").plain
    assert "flash-4 takes sound and video" in plain
    assert "flash-3" not in plain
    dearer = priced(NEXT_FLASH, "1.5", "7.5", at="google/direct", **MEDIA)
    assert "flash-3 takes" in verdict(market(more=(dearer,)), "long_or_media").plain


def test_without_sound_or_video_nobody_is_named_for_them() -> None:
    deaf = small_market((priced(SPARE, "0.1", "0.5"),), {}, MIDDLES)
    assert "no able model" in verdict(deaf, "long_or_media").plain.lower()


def test_on_bedrock_all_that_cost_as_much_are_named() -> None:
    there = (priced(SPARE, "0.2", "1", at="amazon-bedrock/global"),)
    both = verdict(market(more=there), "aws").plain
    assert "costs as much there, $0.20 in and $1.00 out; by tests they cannot be told apart" in both
    assert "as much there" not in verdict(market(), "aws").plain


def test_who_has_machines_of_his_own_hears_how_large_a_model_is() -> None:
    assert "2,800 billion parameters take about 1,710 GB at four bits" in open_weights(2_800_000_000_000)
    assert "kimi-9 stands highest by ability" in open_weights(None)
    assert "parameters" not in open_weights(None)


def test_who_costs_less_than_the_ablest_and_overlaps_with_it_is_named() -> None:
    """At half the price of the first: for most hard work nobody should miss that."""
    middles = {**MIDDLES, OPUS: 2.0, SOL: 1.7}
    hardest = verdict(market(middles=middles), "hardest")
    assert hardest.way == "anthropic"
    assert "cannot be told apart" not in hardest.plain
    assert "sol-6 ($10.00 out) costs less, and the ranges of ability overlap" in hardest.plain
    assert "costs less" not in verdict(market(middles={**middles, SOL: 1.5}), "hardest").plain
    assert "costs less" not in verdict(market({SOL: ("8", "40")}, middles), "hardest").plain


BIG, LEAN, BOLD = "moonshotai/kimi-9", "deepseek/lean-9", "zai/bold-9"


def own_machines(middles: Mapping[str, float], claimed: str = "") -> str:
    """What is said of two with open weights, one at a tenth of the price, and of one by claims alone."""
    sold = [
        priced(BIG, "3", "15", at="moonshotai/direct"),
        priced(LEAN, "0.3", "1.5", at="deepseek/direct"),
        *([priced(claimed, "9", "9", at="zai/direct")] if claimed else []),
    ]
    bare = small_market(sold, {}, middles)
    opened = {"open_weights": fact(Support.YES)}
    models = {name: replace(one, facts=opened) for name, one in bare.catalog.models.items()}
    able = {
        name: replace(one, measured=0) if name == claimed else one
        for name, one in bare.abilities.models.items()
    }
    whole = replace(bare.catalog, models=models)
    names = display_names(whole)
    return verdict(Market(whole, Abilities(models=able), names, bare.day, {}), "own_machines").plain


def test_of_open_weights_that_tests_cannot_tell_apart_the_cheapest_is_first() -> None:
    level = own_machines({BIG: 1.0, LEAN: 0.95})
    assert level.index("lean-9 is the cheapest of the ablest among") < level.index("kimi-9 stands highest")
    assert "how large it is, is unknown here" in level
    ahead = own_machines({BIG: 2.0, LEAN: 0.95})
    assert "kimi-9 stands highest by ability among" in ahead
    assert "the ablest" not in ahead


def test_who_stands_highest_by_claims_alone_is_named_and_never_first() -> None:
    bold = own_machines({BIG: 2.0, LEAN: 1.0, BOLD: 3.0}, BOLD)
    assert bold.index("kimi-9 stands highest") < bold.index("By claims bold-9, open weights too")
    assert "By claims" not in own_machines({BIG: 2.0, LEAN: 1.0, BOLD: 1.9}, BOLD)


def open_weights(parameters: int | None) -> str:
    """What is said to who has machines, of one model with open weights and that many parameters."""
    sold = priced("moonshotai/kimi-9", "3", "15", at="moonshotai/direct")
    bare = small_market((sold,), {}, {sold.model: 1.0})
    facts = {"open_weights": fact(Support.YES), **({"parameters": fact(parameters)} if parameters else {})}
    model = replace(bare.catalog.models[sold.model], facts=facts)
    whole = replace(bare.catalog, models={sold.model: model})
    return verdict(Market(whole, bare.abilities, display_names(whole), bare.day, {}), "own_machines").plain
