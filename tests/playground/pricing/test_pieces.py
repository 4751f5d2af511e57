"""What is counted by the piece: images, pages, minutes and characters, beside the tokens of the same work."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from playground.catalog import Kind
from playground.catalog.prices import Price, parse_price_field
from playground.labels.names import display_names
from playground.pricing.bills import bills_to_json
from playground.pricing.cost import Bill, monthly
from playground.pricing.doubt import doubted_price
from playground.pricing.money import bill_text
from playground.pricing.pieces import KINDS, can_do, work_of
from playground.pricing.workload import PIECES, Workload
from tests.catalogs import committed

NONE = Workload(input_tokens=Decimal(0), output_tokens=Decimal(0), requests=Decimal(1000))
#: Each piece with the kind that does it, and a list that charges for it by the token alone.
BY_TOKEN = {
    "images": (Kind.IMAGE, {"input": "5", "output_image": "30"}),
    "pages": (Kind.OCR, {"input": "0.3", "output": "1.2"}),
    "minutes": (Kind.TRANSCRIPTION, {"input": "2.5", "input_audio": "6", "output": "10"}),
    "characters": (Kind.SPEECH, {"input": "0.5", "output_audio": "10"}),
}


def price(**fields: str) -> Price:
    named = {name.replace("__", "."): usd for name, usd in fields.items()}
    return price_of(named)


def price_of(fields: dict[str, str]) -> Price:
    return Price(rates=tuple(parse_price_field(f"price.{n}").at(Decimal(v)) for n, v in fields.items()))


def work(kind: Kind, **parts: int) -> Workload:
    return work_of(kind, replace(NONE, **{name: Decimal(n) for name, n in parts.items()}))


def cost(done: Workload, at: Price) -> Bill:
    made = monthly(done, at)
    assert made is not None
    without = monthly(done, at, lines=False)
    assert without is not None
    assert (without.low, without.high) == (made.low, made.high)
    return made


def test_every_piece_has_a_kind_that_does_it() -> None:
    assert {*KINDS} == {*PIECES} == {*BY_TOKEN}
    for piece, (kind, _) in BY_TOKEN.items():
        assert [p for p in PIECES if can_do(p, kind)] == [piece]
        assert can_do(piece, None)
        assert can_do(piece, Kind.CHAT)


@pytest.mark.parametrize(
    ("kind", "parts", "fields", "expected"),
    [
        # By the piece alone: a prompt has no price there, and is none of its own.
        (Kind.IMAGE, {"images": 2, "input_tokens": 100}, {"output.per_image": "0.04"}, "80"),
        (Kind.OCR, {"pages": 3, "output_tokens": 900}, {"input.per_page": "0.004"}, "12"),
        (Kind.TRANSCRIPTION, {"minutes": 10}, {"input.per_second": "0.0001"}, "60"),
        (Kind.SPEECH, {"characters": 500}, {"input.per_character": "0.000015"}, "7.5"),
        # A second has one price, on whichever side a source has it.
        (
            Kind.TRANSCRIPTION,
            {"minutes": 10},
            {"input.per_second": "0", "output.per_second": "0.0001"},
            "60",
        ),
        (
            Kind.TRANSCRIPTION,
            {"minutes": 10},
            {"input.per_second": "0.0001", "output.per_second": "0"},
            "60",
        ),
        # By the piece beside tokens: the image, and 100 tokens of prompt at $2, none of the image's tokens.
        (
            Kind.IMAGE,
            {"images": 1, "input_tokens": 100, "output_tokens": 1120},
            {"input": "2", "output": "12", "output.per_image": "0.134", "output_image": "120"},
            "134.2",
        ),
        # The page, and what is written of it: 400 tokens at $1.20.
        (
            Kind.OCR,
            {"pages": 1, "input_tokens": 1000, "output_tokens": 400},
            {"input": "0.3", "input.per_page": "0.0003", "output": "1.2"},
            "0.78",
        ),
        # By the token alone.
        (
            Kind.IMAGE,
            {"images": 1, "input_tokens": 100, "output_tokens": 1100},
            BY_TOKEN["images"][1],
            "33.5",
        ),
        (
            Kind.OCR,
            {"pages": 1, "input_tokens": 1000, "output_tokens": 400},
            BY_TOKEN["pages"][1],
            "0.78",
        ),
        (
            Kind.TRANSCRIPTION,
            {"minutes": 1, "input_tokens": 1500, "output_tokens": 200},
            BY_TOKEN["minutes"][1],
            "11",
        ),
        (
            Kind.SPEECH,
            {"characters": 800, "input_tokens": 200, "output_tokens": 1500},
            BY_TOKEN["characters"][1],
            "15.1",
        ),
        # The price without a grade counts where there is one.
        (
            Kind.IMAGE,
            {"images": 1},
            {"output.per_image": "0.08", "output.per_image[0.5K]": "0.06", "output.per_image[4K]": "0.16"},
            "80",
        ),
        # A grade that costs the same as all others is no range.
        (Kind.IMAGE, {"images": 1}, {"output.per_image[1K]": "0.1", "output.per_image[2K]": "0.1"}, "100"),
    ],
)
def test_the_same_work_is_charged_once(
    kind: Kind, parts: dict[str, int], fields: dict[str, str], expected: str
) -> None:
    assert cost(work(kind, **parts), price_of(fields)).usd == Decimal(expected)


@pytest.mark.parametrize("piece", BY_TOKEN)
def test_who_charges_by_the_token_has_no_known_cost_where_no_tokens_are_given(piece: str) -> None:
    kind, fields = BY_TOKEN[piece]
    made = cost(work(kind, **{piece: 2}), price_of(fields))
    assert (made.usd, made.high) == (None, None)
    assert (PIECES[piece].at[0] in made.missing) is True


def test_a_list_that_charges_for_what_the_work_does_not_say_has_no_upper_end() -> None:
    """It asks for the text that it writes down too, and there must be some."""
    made = cost(work(Kind.TRANSCRIPTION, minutes=10), price(input__per_second="0.00005", output="12"))
    assert (made.low, made.high) == (30, None)
    assert [(str(line.meter), line.tokens, line.usd) for line in made.lines] == [
        ("output", 0, 12),
        ("input", 600_000, Decimal("0.00005")),
    ]


def test_a_list_by_the_piece_says_nothing_of_a_work_of_tokens() -> None:
    tokens = work(Kind.IMAGE, input_tokens=100, output_tokens=1100)
    assert monthly(tokens, price(output__per_image="0.04")) is None
    assert monthly(work(Kind.IMAGE, images=1), price(input__per_page="0.004")) is None
    assert monthly(work(Kind.TRANSCRIPTION, minutes=1), price(output__per_second="0.1")) is None


def test_a_grade_that_nobody_names_is_a_range() -> None:
    graded = price_of(
        {
            "output.per_image[std]": "0.04",
            "output.per_image[hd]": "0.08",
            "output.per_image[hd]/swedencentral": "0.1",
            "batch.output.per_image[std]": "0.01",
        }
    )
    made = cost(work(Kind.IMAGE, images=1), graded)
    assert (made.low, made.high, made.usd) == (40, 80, None)
    assert bill_text(made) == "$40.00 to $80.00"
    (line,) = made.lines
    assert (line.usd, line.dearest, line.cost, line.most) == (
        Decimal("0.04"),
        Decimal("0.08"),
        40,
        80,
    )
    there = monthly(work(Kind.IMAGE, images=1), graded, region="swedencentral")
    assert there
    assert there.high == 100


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({"input.per_page": "0.004", "batch.input.per_page": "0.002"}, "3"),
        ({"input.per_page": "0.004"}, "4"),
    ],
)
def test_what_may_wait_is_paid_in_batch_where_the_piece_has_a_price_there(
    fields: dict[str, str], expected: str
) -> None:
    half = replace(work(Kind.OCR, pages=1), batch=Decimal("0.5"))
    assert cost(half, price_of(fields)).usd == Decimal(expected)


money = st.integers(0, 10**6).map(lambda n: Decimal(n).scaleb(-6))
few = st.integers(1, 10**5)


@given(
    st.sampled_from(sorted(PIECES)),
    money,
    st.dictionaries(st.sampled_from(["input", "output", "input_audio", "output_image"]), money),
    few,
    few,
    few,
)
def test_a_price_by_the_piece_is_a_straight_line_whatever_the_tokens_of_the_same_work(
    piece: str, usd: Decimal, tokens: dict[str, Decimal], many: int, read: int, made: int
) -> None:
    kind, _ = BY_TOKEN[piece]
    at, covered = PIECES[piece].at, PIECES[piece].covered
    fields = {f"{at[0]}.per_{at[1]}": usd, **tokens}
    listed = price_of({name: str(value) for name, value in fields.items()})
    base = work(kind, **{piece: many, "input_tokens": read, "output_tokens": made})
    bills = [cost(replace(base, **{piece: Decimal(many * n)}), listed).low for n in (1, 2, 3)]
    step = usd * many * PIECES[piece].each * base.requests
    assert bills[1] - bills[0] == bills[2] - bills[1] == step
    # What stands for the piece elsewhere is not paid beside it.
    more = {"input_tokens": 2 * read} if covered[0].startswith("input") else {"output_tokens": 2 * made}
    assert cost(replace(base, **{name: Decimal(n) for name, n in more.items()}), listed).low == bills[0]


@given(st.sampled_from(sorted(PIECES)), few, few, few)
def test_a_price_by_the_token_is_the_same_with_pieces_and_without(
    piece: str, many: int, read: int, made: int
) -> None:
    kind, fields = BY_TOKEN[piece]
    counted = work(kind, **{piece: many, "input_tokens": read, "output_tokens": made})
    assert cost(counted, price_of(fields)).usd == cost(replace(counted, **{piece: 0}), price_of(fields)).usd


def test_a_price_in_doubt_counts_where_the_piece_is_billed_by_it() -> None:
    doubts = {"price.output.per_image": "ten times what others ask"}
    assert doubted_price(doubts, work(Kind.IMAGE, images=1)) == "price.output.per_image"
    assert doubted_price(doubts, work(Kind.IMAGE, output_tokens=1100)) == ""
    heard = {"price.output.per_second": "held"}
    assert doubted_price(heard, work(Kind.TRANSCRIPTION, minutes=1)) == "price.output.per_second"


#: Offerings of the catalog with their work, and what it comes to by hand.
BY_HAND = [
    # 2,000 requests of 12 pages: 24,000 × $0.004; in batch $0.002.
    ("mistral/direct/mistral/mistral-ocr-4.1", {"pages": 12}, "$96.00"),
    ("mistral/direct/mistral/mistral-ocr-4.1", {"pages": 12, "batch": 1}, "$48.00"),
    # 2,000 images × $0.04.
    ("black-forest-labs/direct/black-forest-labs/flux-pro-1.1", {"images": 1}, "$80.00"),
    # 2,000 × 10 minutes are 1,200,000 seconds × $0.00003333.
    ("assemblyai/direct/assemblyai/best", {"minutes": 10}, "$40.00"),
    ("soniox/direct/soniox/stt-async-v5", {"minutes": 10}, "$33.33"),
    # 2,000 × 1,500 characters are 3 million × $0.000016.
    ("aws-polly/direct/amazon/neural", {"characters": 1500}, "$48.00"),
    # By the token: 2,000 × (100 × $5 + 1,100 × $30) a million.
    (
        "openai/direct/openai/gpt-image-2",
        {"images": 1, "input_tokens": 100, "output_tokens": 1100},
        "$67.00",
    ),
    # Of nothing that is asked the price is known: that is no figure to begin from.
    ("openai/direct/openai/gpt-image-2", {"images": 1}, "unknown"),
    ("openai/direct/openai/gpt-image-2", {"images": 1, "input_tokens": 100}, "from $1.00"),
    # By quality and size from $0.009 to $0.20; tokens that are given tell which: 2,000 × 1,056 × $32.
    ("openai/direct/openai/gpt-image-1.5", {"images": 1}, "$18.00 to $400.00"),
    ("openai/direct/openai/gpt-image-1.5", {"images": 1, "output_tokens": 1056}, "$67.58"),
    # Two prices of one image: 2,000 × $0.134, and the prompt's 200,000 tokens at $2 a million.
    (
        "google/direct/google/gemini-3-pro-image",
        {"images": 1, "input_tokens": 100, "output_tokens": 1120},
        "$268.40",
    ),
    # By size and steps, from $0.04 to $0.08.
    ("amazon-bedrock/regional/stability/stable-diffusion-xl-1.0", {"images": 1}, "$80.00 to $160.00"),
]


@pytest.mark.parametrize(("key", "parts", "expected"), BY_HAND)
def test_a_bill_of_the_catalog_is_what_it_comes_to_by_hand(
    key: str, parts: dict[str, int], expected: str
) -> None:
    catalog = committed()
    whole = {"input_tokens": 0, "output_tokens": 0, "requests": 2000, **parts}
    done = Workload(**{name: Decimal(n) for name, n in whole.items()})
    (offering,) = [o for o in catalog.offerings if o.key == key]
    (row,) = bills_to_json(done, [offering], catalog, display_names(catalog), catalog.day)
    assert row["cost"] == expected


def test_a_bill_without_an_upper_end_comes_after_those_that_have_one() -> None:
    catalog = committed()
    keys = ("openai/direct/openai/gpt-image-2", "black-forest-labs/direct/black-forest-labs/flux-pro-1.1")
    offerings = [o for o in catalog.offerings if o.key in keys]
    done = replace(NONE, images=Decimal(1))
    rows = bills_to_json(done, offerings, catalog, display_names(catalog), catalog.day)
    assert [row["cost"] for row in rows] == ["$40.00", "unknown"]
    assert [line["label"] for line in rows[1]["month"]["lines"]] == ["Images made"]


@pytest.mark.parametrize(
    ("key", "parts", "note"),
    [
        (
            "openai/direct/openai/whisper-1",
            {"images": 1, "pages": 1, "minutes": 1},
            "images made, pages read",
        ),
        ("openai/direct/openai/gpt-image-2", {"images": 1}, ""),
        ("openai/direct/openai/gpt-5", {"images": 1}, ""),
    ],
)
def test_a_bill_says_what_the_kind_of_model_cannot_do(key: str, parts: dict[str, int], note: str) -> None:
    catalog = committed()
    done = replace(NONE, **{name: Decimal(n) for name, n in parts.items()})
    offerings = [o for o in catalog.offerings if o.key == key]
    (row,) = bills_to_json(done, offerings, catalog, display_names(catalog), catalog.day)
    assert ("no work of transcription models" in row["note"]) is bool(note)
    assert note in row["note"]


def test_a_bill_says_how_many_pieces_there_are_and_what_one_costs() -> None:
    catalog = committed()
    done = replace(NONE, requests=Decimal(2000), minutes=Decimal(10))
    (offering,) = [o for o in catalog.offerings if o.key == "assemblyai/direct/assemblyai/best"]
    (row,) = bills_to_json(done, [offering], catalog, display_names(catalog), catalog.day)
    (line,) = row["month"]["lines"]
    assert line == {
        "mode": "standard",
        "meter": "input",
        "unit": "minute",
        "count": 20_000,
        "usd_per_unit": 0.0019998,
        "usd": 39.996,
        "label": "Minutes of sound heard",
        "price": "$0.0019998",
        "cost": "$40.00",
    }
