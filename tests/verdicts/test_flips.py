"""A price, a last day, a score, a residency or a test changes, and the verdict follows."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.views.verdicts.market import Market
from generator.views.verdicts.readers import reader_verdicts
from generator.views.verdicts.verdict import Verdict
from playground.ability import Abilities
from playground.catalog import Evidence
from playground.labels.names import display_names
from tests.verdicts.markets import (
    LARGE,
    MAI,
    MAI_CODE,
    MIDDLES,
    OFFERINGS,
    OLD,
    OLDER,
    SCORES,
    SMALL,
    STAYS,
    changed,
    claimed,
    priced,
    small_market,
    stays,
)

OF_MAI, OF_OLDER, OF_SMALL = f"azure/global/{MAI}", f"openai/direct/{OLDER}", f"openai/direct/{SMALL}"


def verdict_for(market: Market, reader: str) -> Verdict:
    return next(v for v in reader_verdicts(market) if v.reader == reader)


def rules(market: Market, reader: str) -> list[str]:
    return [s.rule for s in verdict_for(market, reader).sentences]


def line(market: Market, reader: str, rule: str) -> str:
    return next(s.plain for s in verdict_for(market, reader).sentences if s.rule == rule)


def by_others(*tests: str) -> Market:
    """The small market where others ran OpenAI's small model and MAI's best in these tests."""
    bare = small_market()
    runs = {
        name: tuple(
            replace(claimed(score, test), evidence=Evidence.MEASURED, by="Surge AI", as_of=f"2026-10-0{n}")
            for n, test in enumerate(tests, 1)
        )
        for name, score in ((SMALL, "59.2"), (MAI, "4.8"))
    }
    models = {m: replace(x, scores=(*x.scores, *runs.get(m, ()))) for m, x in bare.catalog.models.items()}
    whole = replace(bare.catalog, models=models)
    return Market(whole, bare.abilities, display_names(whole), bare.day, {})


def test_what_others_ran_of_both_stands_beside_what_their_makers_claim() -> None:
    assert "run of both" not in rules(small_market(), "startup")
    both = "Others have tested both small and mai-thinking-1: Surge AI ran both in {}, 59.2 against 4.8"
    assert line(by_others("Riemann"), "startup", "run of both") == both.format("Riemann") + "."
    two = line(by_others("Older", "Newer", "Newest"), "startup", "run of both")
    assert two == both.format("Newest") + ", and Surge AI in Newer, 59.2 against 4.8."


def test_mai_loses_to_the_model_that_costs_less_and_claims_more() -> None:
    assert line(small_market(), "startup", "loses") == (
        "Neither price nor claims speak for mai-thinking-1: it costs $2.00 in and $8.00 out; older costs "
        "less at every known price, $0.20 in and $1.20 out, and claims more in the one test that both makers "
        "publish: SWE-Bench Pro 62.7 against 52.8."
    )


@pytest.mark.parametrize("reader", ["startup", "microsoft", "on_openai"])
def test_where_mai_costs_less_and_claims_less_neither_wins(reader: str) -> None:
    market = small_market(changed(OF_MAI, price__input="0.15", price__output="0.9"))
    assert "loses" not in rules(market, reader)
    assert "SWE-Bench Pro 62.7 against 52.8" in line(market, reader, "open")
    assert "try both" in line(market, reader, "open")


@pytest.mark.parametrize("reader", ["startup", "microsoft", "on_openai"])
def test_where_mai_costs_less_than_all_and_claims_more_the_reader_is_sent_to_mai(reader: str) -> None:
    cheap = changed(OF_MAI, price__input="0.05", price__output="0.4")
    market = small_market(cheap, {**SCORES, MAI: "70"})
    assert verdict_for(market, reader).way == "azure/global"
    assert verdict_for(market, reader).begin == "MAI on Azure"
    assert "costs $0.05 in and $0.40 out, less than older" in line(market, reader, "wins")


def test_a_better_claim_alone_does_not_send_a_reader_to_mai() -> None:
    market = small_market(scores={**SCORES, MAI: "70"})
    assert verdict_for(market, "startup").way == "openai/direct"
    assert "loses" not in rules(market, "startup")
    assert "SWE-Bench Pro 62.7 against 70" in line(market, "startup", "open")


def test_without_a_shared_test_prices_alone_are_told() -> None:
    market = small_market(scores={OLDER: "62.7"})
    assert "which is abler is unknown" in line(market, "startup", "no test")


def test_what_ends_soon_is_said_first_and_goes_when_the_day_goes() -> None:
    for reader in ("microsoft", "vendor"):
        first = verdict_for(small_market(), reader).sentences[0]
        assert first.rule == "ends soon"
        assert "2026-12-09, 27 days after the day of these figures (2026-11-12)" in first.plain
        late = changed(f"azure/global/{MAI_CODE}", retires="2028-01-01")
        assert "ends soon" not in rules(small_market(late), reader)


def test_mai_itself_that_ends_soon_is_no_place_to_begin() -> None:
    ending = changed(OF_MAI, price__input="0.05", price__output="0.4", retires="2026-12-01")
    market = small_market(ending, {**SCORES, MAI: "70"})
    assert verdict_for(market, "microsoft").way == "azure/global"
    assert verdict_for(market, "microsoft").begin == "Azure OpenAI, Global"
    assert "2026-12-01" in verdict_for(market, "microsoft").sentences[0].plain


def test_a_small_model_that_ends_soon_is_no_first_choice() -> None:
    assert "small" in line(small_market(), "startup", "small first")
    ending = changed(OF_SMALL, retires="2027-01-01")
    assert "Begin with older" in line(small_market(ending), "startup", "small first")


def test_a_cheap_model_that_tests_place_behind_mai_is_no_first_choice() -> None:
    market = small_market(middles={**MIDDLES, SMALL: 0.1})
    assert "Begin with older" in line(market, "startup", "small first")


def test_a_bank_hears_that_mai_is_out_until_a_statement_keeps_it_in() -> None:
    assert "MAI is out" in line(small_market(), "bank", "MAI outside")
    in_zone = (*OFFERINGS, priced(MAI, "2.4", "9.6", at="azure/data-zone-eu"))
    assert "at $2.40 in and $9.60 out" in line(small_market(in_zone), "bank", "MAI within")
    # The same deployment type without its provider's statement keeps nothing anywhere.
    assert "MAI outside" in rules(small_market(in_zone, residency=STAYS[:1]), "bank")


def test_a_zone_that_no_statement_keeps_is_said_to_be_unknown() -> None:
    without = small_market(residency=STAYS[:1])
    assert "whether requests stay there is unknown" in line(without, "bank", "zone data-zone-eu")
    assert "20 % more than globally" in line(without, "bank", "zone data-zone-eu")


def test_openai_s_own_address_is_named_where_it_keeps_requests_in_the_zone() -> None:
    assert "direct within" not in rules(small_market(), "bank")
    whole = small_market()
    held = replace(whole.catalog.providers["openai"], residency=(stays("eu", "direct", note="on approval"),))
    providers = {**whole.catalog.providers, "openai": held}
    catalog = replace(whole.catalog, providers=providers)
    market = Market(catalog, whole.abilities, display_names(catalog), whole.day, {})
    assert "on approval" in line(market, "bank", "direct within")


def test_who_is_on_openai_is_sent_to_azure_for_a_zone_that_openai_does_not_keep_and_for_no_other() -> None:
    """The bank hears that OpenAI's own API can stay in the EU: a zone is then no reason to leave."""
    rule, zones = "against OpenAI’s price", (*STAYS, stays("apac", "global"))
    both = small_market(residency=zones)
    assert "Stay, unless you need the EU, the US, Asia-Pacific as a zone," in line(both, "on_openai", rule)
    own = replace(both.catalog.providers["openai"], residency=(stays("eu", "direct"), stays("us", "direct")))
    whole = replace(both.catalog, providers={**both.catalog.providers, "openai": own})
    kept = Market(whole, both.abilities, display_names(whole), both.day, {})
    assert "Stay, unless you need Asia-Pacific as a zone, an Entra" in line(kept, "on_openai", rule)
    assert "OpenAI’s own API can stay within the EU" in line(kept, "on_openai", "direct within")
    assert "a zone, an Entra" not in line(small_market(residency=()), "on_openai", rule)


def test_the_surcharge_of_a_zone_follows_its_price() -> None:
    dear = changed(f"azure/data-zone-eu/{LARGE}", price__input="3", price__output="15")
    assert "50 % more than globally" in line(small_market(dear), "bank", "zone data-zone-eu")
    same = changed(f"azure/global/{LARGE}", price__input="2.2", price__output="11")
    assert "10 % more than at OpenAI" in line(small_market(same), "microsoft", "against OpenAI’s price")


def test_a_public_body_hears_of_mai_in_government_once_it_is_sold_there() -> None:
    assert "No MAI model is known there" in line(small_market(), "public_body", "MAI in government")
    sold = (*OFFERINGS, priced(MAI, "3", "12", at="azure/government"))
    assert "is sold there" in line(small_market(sold), "public_body", "MAI in government")


def test_two_last_days_of_one_model_follow_the_catalog() -> None:
    assert "2026-12-11" in line(small_market(), "vendor", "two ends")
    later = changed(f"openai/direct/{OLD}", retires="2028-01-01")
    assert "two ends" not in rules(small_market(later), "vendor")


def test_what_its_maker_alone_claims_is_not_called_the_ablest() -> None:
    market = small_market()
    claimed = replace(market.abilities.of(LARGE), measured=0)
    market.abilities = Abilities(models={**market.abilities.models, LARGE: claimed})
    ablest = market.ablest(OFFERINGS)
    assert ablest is not None
    assert ablest.model == SMALL
    alone = market.ablest(o for o in OFFERINGS if o.model == LARGE)
    assert alone is not None
    assert alone.model == LARGE


def test_a_market_without_mai_or_without_openai_still_has_six_verdicts() -> None:
    without_mai = tuple(o for o in OFFERINGS if o.lab != "microsoft")
    without_openai = tuple(o for o in OFFERINGS if o.lab == "microsoft")
    for offerings in (without_mai, without_openai):
        assert len(reader_verdicts(small_market(offerings))) == 6
    assert all("MAI-" not in v.plain for v in reader_verdicts(small_market(without_mai)))


@given(
    mai=st.tuples(st.integers(1, 50), st.integers(1, 50)),
    older=st.tuples(st.integers(1, 50), st.integers(1, 50)),
    scores=st.tuples(st.integers(1, 99), st.integers(1, 99)),
)
def test_who_is_said_to_lose_costs_more_and_claims_less(
    mai: tuple[int, int], older: tuple[int, int], scores: tuple[int, int]
) -> None:
    offerings = changed(OF_MAI, price__input=mai[0], price__output=mai[1])
    offerings = tuple(
        priced(OLDER, str(older[0]), str(older[1])) if o.key == OF_OLDER else o for o in offerings
    )
    market = small_market(offerings, {MAI: str(scores[0]), OLDER: str(scores[1])})
    dearer = mai[0] >= older[0] and mai[1] >= older[1] and mai != older
    lost = "loses" in rules(market, "startup")
    assert lost == (dearer and scores[1] > scores[0])


@pytest.mark.parametrize(("reader", "where"), [("microsoft", "azure/global"), ("bank", "azure/data-zone-eu")])
def test_who_begins_with_the_large_one_hears_what_the_small_one_costs_where_it_is_sold(
    reader: str, where: str
) -> None:
    """The needs of the same names in the chooser begin with the small one."""
    assert "smaller" not in rules(small_market(), reader)
    sold = small_market((*OFFERINGS, priced(SMALL, "0.12", "0.6", at=where)))
    assert line(sold, reader, "smaller").startswith(
        "Where the work asks less, small costs $0.12 in and $0.60 out there (ability 1.00"
    )
    assert "small costs $0.10 in and $0.50 out at OpenAI" in line(small_market(), "on_openai", "smaller")
