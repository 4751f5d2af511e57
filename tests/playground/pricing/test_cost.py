"""What an answer costs: tiers, cached tokens, reasoning, and what is not known."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from playground.catalog.endpoints import Wire
from playground.catalog.prices import Meter, Mode, Price, parse_price_field
from playground.chat.events import Cause, Failed, Finished, Reason, TextDelta
from playground.chat.metrics import Figure, Known
from playground.chat.transcript import Transcript
from playground.pricing.bill_json import bill_to_json
from playground.pricing.cost import bill, monthly
from playground.pricing.money import bill_text, usd
from playground.pricing.usage import Usage
from playground.pricing.workload import Amounts, Workload

LIST = {
    "price.input": "10",
    "price.input>272000": "20",
    "price.output": "50",
    "price.output>272000": "75",
    "price.cache_read": "1",
    "price.cache_write_5m": "12.5",
    "price.cache_write_1h": "20",
    "price.batch.input": "5",
    "price.batch.output": "25",
}


def price(**fields: str) -> Price:
    return Price(rates=tuple(parse_price_field(n).at(Decimal(v)) for n, v in {**LIST, **fields}.items()))


def cost(usage: Usage, prices: Price | None = None, mode: Mode = Mode.STANDARD) -> Decimal | None:
    made = bill(usage, prices or price(), mode=mode)
    return made.usd if made else None


@pytest.mark.parametrize(
    ("usage", "expected"),
    [
        (Usage(input=1_000_000, output=0), "20"),  # above the step, every token costs the dearer price
        (Usage(input=272_000, output=1000), "2.77"),
        (Usage(input=272_001, output=1000), "5.51502"),
        (Usage(input=1000, cache_read=900, output=100), "0.0069"),
        (Usage(input=1000, cache_write=400, output=0), "0.011"),
        (Usage(input=1000, cache_write=400, cache_write_1h=300, output=0), "0.01325"),
        (Usage(input=0, output=1000, reasoning=900), "0.05"),  # reasoning is output
        (Usage(input=0, output=0), "0"),
    ],
)
def test_each_token_is_counted_once_at_its_price(usage: Usage, expected: str) -> None:
    assert cost(usage) == Decimal(expected)


def test_a_mode_has_its_own_prices() -> None:
    assert cost(Usage(input=1000, output=1000), mode=Mode.BATCH) == Decimal("0.03")


def test_reasoning_may_have_a_price_of_its_own() -> None:
    usage = Usage(input=0, output=1000, reasoning=900)
    assert cost(usage, price(**{"price.reasoning": "10"})) == Decimal("0.014")


def test_an_unknown_price_opens_a_range_and_is_never_zero() -> None:
    fields = {n: v for n, v in LIST.items() if "cache" not in n}
    plain = Price(rates=tuple(parse_price_field(n).at(Decimal(v)) for n, v in fields.items()))
    made = bill(Usage(input=1000, cache_read=900, output=0), plain)
    assert made
    assert (made.usd, made.low, made.high) == (None, Decimal("0.001"), Decimal("0.01"))
    assert made.missing == (Meter.CACHE_READ,)
    written = bill(Usage(input=1000, cache_write=900, output=0), plain)
    assert written
    assert written.high is None


def test_nothing_is_known_without_tokens_or_prices() -> None:
    assert bill(Usage(input=1000), price()) is None
    assert bill(Usage(input=1, output=1), Price()) is None


@given(st.integers(0, 10**6), st.integers(0, 10**6), st.integers(0, 10**5))
def test_more_tokens_never_cost_less(read: int, made: int, extra: int) -> None:
    one, other = cost(Usage(input=read, output=made)), cost(Usage(input=read + extra, output=made + extra))
    assert one is not None
    assert other is not None
    assert other >= one


def transcript_of(*events: Usage | TextDelta | Finished | Failed) -> Transcript:
    transcript = Transcript(Wire.OPENAI_CHAT, lambda: 0.0)
    for event in events:
        transcript.add(event)
    return transcript


def test_the_cost_says_how_it_is_known() -> None:
    usage, end = Usage(input=1000, output=1000), Finished(reason=Reason.STOP)
    assert transcript_of(usage, end).metrics(price()).cost == Figure(Decimal("0.06"), Known.COMPUTED)
    assert transcript_of(usage, end).metrics().cost == Figure(None, Known.MISSING, "no price is known")
    assert transcript_of(end).metrics(price()).cost.known == Known.MISSING
    reported = transcript_of(Usage(input=1, output=1, usd="0.42"), end).metrics(price()).cost
    assert reported == Figure(Decimal("0.42"), Known.REPORTED)
    hourly = price(**{"price.input@off-peak": "5"})
    assert transcript_of(usage, end).metrics(hourly).cost.known == Known.ESTIMATED
    stopped = transcript_of(usage, Failed(cause=Cause.STOPPED, message="stopped")).metrics(price()).cost
    assert "may be too low" in stopped.note


def test_sound_images_and_requests_are_charged_where_the_list_prices_them_apart() -> None:
    fields = {
        "input_audio": "40",
        "output_audio": "80",
        "input.per_image": "0.002",
        "request.per_request": "0.01",
    }
    prices = price(**{f"price.{n}": v for n, v in fields.items()})
    used = Amounts(input=3_000, input_audio=2_000, output=1_000, output_audio=400, images_in=3, requests=2)
    made = bill(used, prices)
    assert made
    assert {(str(line.meter), str(line.unit)): line.cost for line in made.lines} == {
        ("input", "mtok"): Decimal("0.01"),
        ("input_audio", "mtok"): Decimal("0.08"),
        ("output", "mtok"): Decimal("0.03"),
        ("output_audio", "mtok"): Decimal("0.032"),
        ("input", "image"): Decimal("0.006"),
        ("request", "request"): Decimal("0.02"),
    }
    # Where it prices none of that apart, a request costs nothing, and what sound costs nobody says: not as
    # little as text.
    plain = bill(replace(used, images_in=0), price())
    assert plain
    assert (plain.low, plain.high) == (Decimal("0.01") + Decimal("0.03"), None)
    assert plain.missing == (Meter.INPUT_AUDIO, Meter.OUTPUT_AUDIO)
    seen = bill(Amounts(input=3_000, input_image=2_000, output=0), price())
    assert seen
    assert seen.usd == Decimal("0.03")
    # An image that comes out costs ten times what text does: BerriAI/litellm#17410.
    drawn = bill(Amounts(input=0, output=1_000, output_image=1_000), price())
    assert drawn
    assert (drawn.low, drawn.high, drawn.missing) == (0, None, (Meter.OUTPUT_IMAGE,))


def test_a_search_of_unknown_price_has_no_bound() -> None:
    made = bill(Amounts(input=1, output=1, web_searches=1), price())
    assert made
    assert (made.usd, made.high) == (None, None)
    assert made.missing == (Meter.WEB_SEARCH,)


def test_writes_without_a_price_cost_as_input_where_reads_are_priced() -> None:
    fields = {n: v for n, v in LIST.items() if "cache_write" not in n}
    plain = Price(rates=tuple(parse_price_field(n).at(Decimal(v)) for n, v in fields.items()))
    made = bill(Amounts(input=1_000, cache_write_5m=400, output=0), plain)
    assert made
    assert made.usd == Decimal("0.01")


def test_a_month_is_so_many_requests_alike() -> None:
    work = Workload(
        input_tokens=Decimal(1000),
        output_tokens=Decimal(100),
        requests=Decimal(50),
        cached=Decimal("0.4"),
        written=Decimal("0.2"),
        reasoning=Decimal("0.5"),
    )
    once = Amounts(input=1000, cache_read=400, cache_write_5m=200, output=100, reasoning=50)
    prices = price(**{"price.reasoning": "60"})
    month, one = monthly(work, prices), bill(once, prices)
    assert month
    assert one
    assert one.usd is not None
    assert month.usd == 50 * one.usd


def test_a_months_sound_and_images_are_shares_of_its_tokens() -> None:
    work = Workload(
        input_tokens=Decimal(1000),
        output_tokens=Decimal(100),
        requests=Decimal(50),
        cached=Decimal("0.2"),
        audio_in=Decimal("0.5"),
        image_in=Decimal("0.1"),
        audio_out=Decimal("0.75"),
    )
    once = Amounts(input=1000, cache_read=200, input_audio=500, input_image=100, output=100, output_audio=75)
    prices = price(**{"price.input_audio": "40", "price.output_audio": "80", "price.input_image": "5"})
    month, one = monthly(work, prices), bill(once, prices)
    assert month
    assert one
    assert one.usd is not None
    assert month.usd == 50 * one.usd
    quick = monthly(work, prices, lines=False)
    assert quick
    assert quick.usd == month.usd


@pytest.mark.parametrize(
    ("at", "usd"),
    [
        ("02:00", "1"),
        ("05:00", "0.5"),
        ("Sa 02:00", "0.5"),
        ("Su 23:59", "0.5"),
        ("Fr 03:59", "1"),
    ],
)
def test_work_at_an_hour_costs_what_that_hour_does(at: str, usd: str) -> None:
    rates = {"price.input": "5", "price.output": "0", "price.input@peak": "10"}
    list_ = replace(
        Price(rates=tuple(parse_price_field(n).at(Decimal(v)) for n, v in rates.items())),
        windows={"peak": "Mo-Fr 01:00-04:00,06:00-10:00; PH off"},
    )
    work = Workload(input_tokens=Decimal(1000), output_tokens=Decimal(0), requests=Decimal(100), at=at)
    made = monthly(work, list_)
    assert made
    assert (made.usd, made.off_peak) == (Decimal(usd), None)


def test_a_cost_without_an_hour_is_that_of_the_dearest_with_the_cheapest_beside_it() -> None:
    hourly = price(**{"price.input@off-peak": "5", "price.output@off-peak": "25"})
    made = bill(Usage(input=1000, output=1000), hourly)
    assert made
    assert (made.usd, made.off_peak, made.least) == (Decimal("0.06"), Decimal("0.03"), Decimal("0.03"))
    assert bill_text(made) == "$0.03 to $0.06 by the hour"
    shown = bill_to_json(made)
    assert shown
    assert (shown["low"], shown["high"], shown["by_hour"]) == (0.03, 0.06, True)
    batch = bill(Usage(input=1000, output=1000), hourly, mode=Mode.BATCH)
    assert batch
    assert batch.off_peak is None  # nothing of batch goes by the hour
    work = Workload(input_tokens=Decimal(1000), output_tokens=Decimal(0), requests=Decimal(100))
    month = monthly(work, hourly, lines=False)
    assert month
    assert (month.usd, month.off_peak) == (Decimal(1), Decimal("0.5"))


@pytest.mark.parametrize(
    ("amount", "text"),
    [
        # However it is written down, an amount is shown in one way.
        *((text, "$0.0008") for text in ("0.0008", "0.00080", "0.000800", "8E-4")),
        ("0.0021349", "$0.00213"),
        ("4E-8", "$0.00000004"),
        ("0.01", "$0.01"),
        ("0", "$0.00"),
        ("1234.5", "$1,234.50"),
    ],
)
def test_small_amounts_have_no_noughts_at_their_end_and_no_exponent(amount: str, text: str) -> None:
    assert usd(Decimal(amount)) == text
