"""What an offering says of itself: unknown is neither yes nor no, neither zero nor free."""

from __future__ import annotations

from decimal import Decimal

from playground.catalog import Capability, Channel, Claim, Effort, Fact, Kind, Offering, Standing, Support
from playground.catalog.prices import Meter
from playground.labels.addresses import markdown_link


def offering(**facts: object) -> Offering:
    return Offering(
        provider="azure",
        channel=Channel.GLOBAL,
        model="openai/gpt-5",
        version="2024-05-13",
        variant="free",
        facts={
            name.replace("__", "."): Fact(
                value=value,  # type: ignore[arg-type]
                standing=Standing.SINGLE,
                claims=(Claim(record="litellm", value=value),),  # type: ignore[arg-type]
            )
            for name, value in facts.items()
        },
    )


def test_the_key_names_provider_channel_model_version_and_variant() -> None:
    assert offering().key == "azure/global/openai/gpt-5@2024-05-13:free"


def test_what_nobody_says_is_unknown() -> None:
    bare = offering()
    assert bare.can(Capability.VISION) == Support.UNKNOWN
    assert bare.efforts()[Effort.MAX] == Support.UNKNOWN
    assert bare.price.rate(Meter.INPUT) is None
    assert bare.kind == Kind.OTHER


def test_what_a_fact_says_is_known() -> None:
    known = offering(can__vision="no", effort__max="yes", price__input=Decimal("1.25"), kind="chat")
    assert known.can(Capability.VISION) == Support.NO
    assert known.efforts()[Effort.MAX] == Support.YES
    assert known.price.rate(Meter.INPUT) == Decimal("1.25")
    assert (known.kind, known.lab) == (Kind.CHAT, "openai")


def test_a_links_address_does_not_end_it() -> None:
    assert markdown_link("Score", "https://example.com/a(b)") == "[Score](https://example.com/a%28b%29)"
