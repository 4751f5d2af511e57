"""A bill here equals the bill of the calculators that the sources ship, wherever both know the price.

Each source's own rows, read by our adapter, priced by our function, against the package's own calculator;
every difference is explained by one of the causes named here, or the test fails.
"""

from __future__ import annotations

import json
import warnings
from collections import Counter
from datetime import UTC, date, datetime
from decimal import Decimal
from functools import cache
from pathlib import Path

import azure_genai_prices as azure
import genai_prices
import model_prices
import pytest
from genai_prices.data_snapshot import get_snapshot

from generator.sources import BY_ID
from generator.sources.catalogs import genai_prices as genai_source
from generator.sources.catalogs import model_prices as model_source
from generator.sources.records import SourceRecord
from generator.sources.vendors import azure_retail
from playground.catalog.prices import Meter, Mode, Price, parse_price_field
from playground.pricing.cost import Bill, bill
from playground.pricing.workload import Amounts
from tests.rounds import FULL, nightly

#: Around each step and over it, cached, written, of audio.
USES = (
    Amounts(input=1000, output=500),
    Amounts(input=128_000, output=1),
    Amounts(input=200_001, output=2_000),
    Amounts(input=272_001, output=2_000),
    Amounts(input=50_000, cache_read=30_000, output=100),
    Amounts(input=1_200_000, cache_read=1_000_000, output=64_000),
    Amounts(input=5_000, cache_write_5m=3_000, output=10),
)
#: Prices that a source holds as binary floats are given to twelve digits (records.plain).
NOISE = Decimal("1e-9")


def price(record: SourceRecord, on: date) -> Price:
    held = [c for c in record.claims if c.holds(on)]
    return Price(
        rates=tuple(
            parse_price_field(c.field).at(Decimal(str(c.value))) for c in held if c.field.startswith("price.")
        ),
        windows={
            c.field.removeprefix("window."): str(c.value) for c in held if c.field.startswith("window.")
        },
    )


def compared(ours: Bill | None, theirs: Decimal) -> str:
    """`equal`, `within` our range where a price is missing, or `differs`."""
    if ours is None:
        return "differs"
    slack = theirs * NOISE
    if ours.usd is not None:
        return "equal" if abs(ours.usd - theirs) <= slack else "differs"
    within = ours.low <= theirs + slack and (ours.high is None or theirs - slack <= ours.high)
    return "within" if within else "differs"


@cache
def records(source: str, file: Path) -> tuple[SourceRecord, ...]:
    return tuple(r for r in BY_ID[source].parse(file.read_bytes()) if not r.left_out)


@pytest.mark.parametrize(
    ("package", "source"),
    [(genai_prices, "genai-prices"), (model_prices, "model-prices"), (azure, "azure-retail")],
)
def test_the_calculators_are_those_of_the_pinned_data(package: object, source: str) -> None:
    from importlib.metadata import version

    pin = BY_ID[source].pin
    assert pin is not None
    assert version(pin.package) == pin.version


DAYS = (date(2025, 6, 2), date(2026, 3, 2), date(2026, 11, 10))


@pytest.mark.parametrize("on", DAYS if FULL else DAYS[2:])
def test_bills_equal_those_of_genai_prices(on: date) -> None:
    at = datetime(on.year, on.month, on.day, 12, tzinfo=UTC)
    providers = {p.id: p for p in get_snapshot().providers}
    verdicts: Counter[str] = Counter()
    unexplained = []
    for record in records(genai_source.SOURCE, Path(genai_prices.__file__).parent / "data.py"):
        provider, _, name = record.id.partition("/")
        model = next(m for m in providers[provider].models if m.id == name)
        ours = price(record, on)
        if not ours.rates:
            continue
        for used in (*USES, Amounts(input=3000, input_audio=2000, output=1000, output_audio=400)):
            usage = genai_prices.Usage(
                input_tokens=used.input,
                cache_read_tokens=used.cache_read,
                cache_write_tokens=used.cache_write_5m,
                input_audio_tokens=used.input_audio,
                output_tokens=used.output,
                output_audio_tokens=used.output_audio,
            )
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")
                theirs = model.calc_price(usage, providers[provider], genai_request_timestamp=at).total_price
            made = bill(used, ours, at=at)
            verdict = compared(made, theirs)
            if verdict == "differs" and made and made.high is None and theirs < made.low:
                # What has no price at all costs nothing there; here that is not known.
                assert set(made.missing) & {Meter.INPUT, Meter.OUTPUT}
                verdict = "unpriced is free there"
            if verdict == "within" and made and {Meter.INPUT_AUDIO, Meter.OUTPUT_AUDIO} & set(made.missing):
                # Sound without a price of its own costs there what text does; here that is not known.
                verdict = "unpriced sound is text there"
            verdicts[verdict] += 1
            if verdict == "differs":
                unexplained.append((record.id, used, made, theirs))
    assert unexplained == []
    assert verdicts["equal"] > 2 * verdicts["within"] > 0
    assert verdicts["unpriced is free there"] < 50
    assert verdicts["unpriced sound is text there"] < verdicts["equal"] / 4


@pytest.mark.parametrize("context", sorted(genai_source.MODES), ids="=".join)
def test_bills_in_other_modes_equal_those_of_genai_prices(context: tuple[str, str]) -> None:
    mode = genai_source.MODES[context]
    on = date(2026, 11, 10)
    at = datetime(on.year, on.month, on.day, 12, tzinfo=UTC)
    providers = {p.id: p for p in get_snapshot().providers}
    verdicts: Counter[str] = Counter()
    for record in records(genai_source.SOURCE, Path(genai_prices.__file__).parent / "data.py"):
        provider, _, name = record.id.partition("/")
        model = next(m for m in providers[provider].models if m.id == name)
        ours = price(record, on)
        wanted = dict([context])
        if mode == Mode.STANDARD or not any(v.when == wanted for v in model.price_variants or ()):
            continue
        for used in (USES[0], USES[2], USES[3]):
            usage = genai_prices.Usage(input_tokens=used.input, output_tokens=used.output)
            theirs = model.calc_price(
                usage, providers[provider], genai_request_timestamp=at, price_context=wanted
            ).total_price
            verdict = compared(bill(used, ours, mode=mode, at=at), theirs)
            # An embedding has no price of output: its range holds theirs, which charges nothing for it.
            expected = (
                "equal" if used.output == 0 or ours.rate(Meter.OUTPUT, mode=mode) is not None else "within"
            )
            assert verdict == expected, (record.id, used, theirs)
            verdicts[verdict] += 1
    assert verdicts["equal"] or mode == Mode.STANDARD or context == ("speed", "fast")


#: Morning and evening, as some prices hold at some hours only.
MOMENTS = (
    datetime(2025, 6, 2, 3, tzinfo=UTC),
    datetime(2026, 3, 2, 12, tzinfo=UTC),
    datetime(2026, 9, 14, 2, 30, tzinfo=UTC),
    datetime(2026, 10, 24, 2, 30, tzinfo=UTC),
    datetime(2026, 10, 26, 18, 30, tzinfo=UTC),
)


@pytest.mark.parametrize("at", MOMENTS, ids=lambda at: f"{at:%Y-%m-%d %H:%M}")
def test_bills_equal_those_of_model_prices(at: datetime) -> None:
    verdicts: Counter[str] = Counter()
    unexplained = []
    hours = (Amounts(input=9_000, cache_write_1h=3_000, cache_read=2_000, output=1),)
    rows = records(model_source.SOURCE, Path(model_prices.__file__).parent / "snapshot.json")
    slashed = {r.id.partition("/")[2].lower() for r in rows}
    for record in rows:
        provider, _, name = record.id.partition("/")
        if "/" in name or record.id.lower() in slashed:
            verdicts["a slash names a provider there"] += 1
            continue
        ours = price(record, at.date())
        for mode in Mode:
            if not any(r.mode == mode for r in ours.rates):
                continue
            for used in (*USES, *hours):
                theirs = model_prices.cost(
                    name,
                    provider=provider,
                    mode=None if mode == Mode.STANDARD else str(mode),
                    at=at,
                    input_tokens=used.input - used.cache_read - used.cache_write_5m - used.cache_write_1h,
                    cache_read_tokens=used.cache_read,
                    cache_write_tokens=used.cache_write_5m,
                    cache_write_1h_tokens=used.cache_write_1h,
                    output_tokens=used.output,
                )
                if theirs is None:
                    verdicts["not sold then"] += 1
                    continue
                made = bill(used, ours, mode=mode, at=at)
                verdict = compared(made, Decimal(repr(theirs)))
                written = (Meter.CACHE_WRITE, Meter.CACHE_WRITE_1H)
                unwritten = not any(r.meter in written for r in ours.rates)
                if verdict == "differs" and used in hours and unwritten:
                    # A factor for an hour's write beside a list that prices no write is no price.
                    verdict = "a factor without a price"
                verdicts[verdict] += 1
                if verdict == "differs":
                    unexplained.append((record.id, mode, used, made, theirs))
    assert unexplained == []
    assert verdicts["equal"] > 2 * verdicts["within"] > 0
    assert verdicts["a slash names a provider there"] < len(rows) / 2


@nightly("test_bills_equal_those_of_genai_prices, and the tests of the source")
def test_bills_equal_those_of_azure_genai_prices() -> None:
    raw = (Path(azure.__file__).parent / "data" / "snapshot.json").read_bytes()
    azure.load_bundled_snapshot()
    on = date(2026, 8, 11)
    ours = {r.id: price(r, on) for r in azure_retail.parse(raw) if not r.left_out}
    read: dict[str, set[tuple[str, azure_retail.Meterage]]] = {}
    for item in json.loads(raw)["items"]:
        meterage = azure_retail.read_meter(item["meterName"], item["productName"])
        if meterage:
            read.setdefault(item["meterName"], set()).add((item["productName"], meterage))
    verdicts: Counter[str] = Counter()
    unexplained = []
    for model in azure.list_models():
        of_model = azure.get_meters(model)
        for deployment in azure.DeploymentType:
            for mode in azure.BillingMode:
                meters = [m for m in of_model if (m.key.deployment, m.key.mode) == (deployment, mode)]
                if not any(m.key.kind == azure.PriceKind.INPUT for m in meters):
                    continue
                ours_of = {m.key.kind: read.get(m.meter_name, set()) for m in meters}
                places = {(p, s.model, s.deployment) for pairs in ours_of.values() for p, s in pairs}
                kinds = {s.rate.meter for pairs in ours_of.values() for _, s in pairs}
                if any(azure_retail._not_a_model(m.meter_name) for m in meters):
                    verdicts["fine-tuned, left out here"] += 1
                    continue
                if len(places) != 1 or not kinds <= {
                    *(Meter.INPUT, Meter.OUTPUT, Meter.CACHE_READ, Meter.CACHE_WRITE)
                }:
                    verdicts["thinking, audio or images beside text"] += 1
                    continue
                product, name, where = places.pop()
                for region in sorted(set.intersection(*(set(m.regions) for m in meters))):
                    listed = ours[f"{product}/{name}/{azure_retail._channel(where, region)}"]
                    for used in USES:
                        if used.cache_write_5m:
                            continue  # there a written token costs its write beside its input
                        try:
                            theirs = azure.calc_price(
                                azure.Usage(
                                    input_tokens=int(used.input),
                                    output_tokens=int(used.output),
                                    cache_read_tokens=int(used.cache_read),
                                ),
                                model,
                                deployment,
                                mode,
                                region=region,
                            )
                        except azure.PriceNotFound:
                            verdicts["no output meter there"] += 1
                            continue
                        made = bill(used, listed, mode=Mode(mode.value), region=region)
                        verdict = compared(made, theirs.total_cost)
                        fresh = len(set(theirs.meters_used)) < len(theirs.meters_used)
                        if verdict == "differs" and used.cache_read and fresh:
                            # It knows no meter for cached input where the price list has one by another name.
                            verdict = "cached costs fresh there"
                        verdicts[verdict] += 1
                        if verdict == "differs":
                            unexplained.append((model, deployment, mode, region, used, made, theirs))
    assert unexplained == []
    assert verdicts["equal"] > 15_000
    assert verdicts["cached costs fresh there"] < verdicts["equal"] / 20
