"""A provider's list in another currency than dollars, whose figures sources give as dollars."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from generator.ledger.judging.doubts import doubt_foreign_prices
from playground.catalog import Channel, Fact, Key, Provider, Standing, Statement
from tests.generator.ledger.claimed import OLD

ODD = Key("odd", Channel.HOSTED, "acme/one")
INPUT = "price.input"


def test_a_list_in_another_currency_is_in_doubt_whoever_agrees_on_it() -> None:
    quoted = Statement(value="CNY", quote="元", url="https://a.example/", read=OLD)
    provider = replace(Provider(id=ODD.provider, name="Odd"), currency=quoted)
    chat = Fact(value="chat", standing=Standing.SINGLE)
    own = {INPUT: Fact(value=Decimal(2), standing=Standing.AGREED), "kind": chat}
    facts = {ODD: dict(own)}
    doubt_foreign_prices(facts, {ODD.provider: provider})
    assert facts[ODD]["kind"] == own["kind"]
    assert (facts[ODD][INPUT].value, facts[ODD][INPUT].standing) == (2, Standing.DOUBTFUL)
    assert facts[ODD][INPUT].reason == "Odd lists it in CNY; sources give the figure as dollars"
    plain = {ODD: dict(own)}
    doubt_foreign_prices(plain, {})
    assert plain[ODD] == own
