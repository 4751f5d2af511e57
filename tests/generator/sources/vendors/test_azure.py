"""Azure's retail prices: meters become deployments, by the names that Azure gives them."""

from __future__ import annotations

import json
from datetime import date
from decimal import Decimal

import pytest

from generator.sources import BY_ID
from generator.sources.vendors.azure_retail import read_meter
from tests.generator.sources.fixtures import FILES, FIXTURES, records, values


def test_azure_meters_become_deployments_with_their_regions() -> None:
    by_id = records("azure-retail")
    terra = values(by_id["Azure OpenAI GPT5/gpt-5.6-terra/global"])
    assert terra["price.input"] == Decimal("2.5")
    assert terra["price.priority.output"] == 30
    assert "westeurope" in terra["regions"]  # type: ignore[operator]
    zone = by_id["Azure OpenAI GPT5/gpt-5.6-terra/data-zone-eu"]
    assert values(zone)["price.cache_write"] == Decimal("3.4375")
    assert "eastus2" not in values(zone)["regions"]  # type: ignore[operator]
    rows = BY_ID["azure-retail"].parse((FIXTURES / FILES["azure-retail"]).read_bytes())
    fixture = json.loads((FIXTURES / FILES["azure-retail"]).read_text())
    assert sum(r.rows for r in rows) == len(fixture["items"])


def test_azure_reads_the_api_page_shape_and_keeps_the_days_of_each_price() -> None:
    def row(price: float, start: str, region: str) -> dict[str, object]:
        return {
            "meterName": "5 mini Inp Gl 1M Tokens",
            "productName": "Azure OpenAI GPT5",
            "retailPrice": price,
            "unitOfMeasure": "1M",
            "armRegionName": region,
            "effectiveStartDate": f"{start}T00:00:00Z",
        }

    raw = json.dumps(
        {
            "Items": [
                row(0.25, "2026-06-01", "eastus"),
                row(0.5, "2025-06-01", "eastus"),
                row(0.25, "2026-06-01", "westus"),
                row(0.3, "2026-06-01", "uksouth"),
                row(0.2, "2027-01-01", "eastus"),
                row(0.2, "2027-01-01", "westus"),
            ]
        }
    )
    (record,) = BY_ID["azure-retail"].parse(raw.encode())
    assert values(record) == {
        "regions": ("eastus", "uksouth", "westus"),
        "price.input": Decimal("0.25"),
        "price.input/uksouth": Decimal("0.3"),
    }
    assert values(record, date(2025, 12, 31))["price.input"] == Decimal("0.5")
    assert values(record, date(2027, 1, 1))["price.input"] == Decimal("0.2")


def test_azure_leaves_out_what_is_not_paid_by_use_in_dollars() -> None:
    row = {
        "meterName": "5 mini Inp Gl 1M Tokens",
        "productName": "Azure OpenAI GPT5",
        "retailPrice": 1,
        "unitOfMeasure": "1M",
        "armRegionName": "eastus",
    }
    items = [{**row, "type": "Reservation"}, {**row, "type": "Consumption", "currencyCode": "EUR"}, row]
    parsed = BY_ID["azure-retail"].parse(json.dumps({"Items": items}).encode())
    assert [r.left_out for r in parsed] == ["reserved, not paid by use", "not in US dollars", ""]


@pytest.mark.parametrize(
    ("meter", "product", "model", "deployment", "field"),
    [
        (
            "5.4 mini Batch cd Inp Dz 1M Tokens",
            "Azure OpenAI GPT5",
            "gpt-5.4-mini",
            "data-zone",
            "price.batch.cache_read",
        ),
        (
            "5.5 LongCo opt Dz 1M Tokens",
            "Azure OpenAI GPT5",
            "gpt-5.5",
            "data-zone",
            "price.output[long context]",
        ),
        (
            "5.6 luna ShortCo Cd Wr PP Gl 1M Tokens",
            "Azure OpenAI GPT5",
            "gpt-5.6-luna",
            "global",
            "price.priority.cache_write",
        ),
        (
            "gpt 4o mini0718 BatchOutp DataZone Tokens",
            "Azure OpenAI",
            "gpt-4o-mini-0718",
            "data-zone",
            "price.batch.output",
        ),
        (
            "gpt rt aud 0828 Outp glbl Tokens",
            "Azure OpenAI Media",
            "gpt-rt-aud-0828",
            "global",
            "price.output_audio",
        ),
        (
            "gpt rt 1.5 txt cd inp Gl 1M Tokens",
            "Azure OpenAI Media",
            "gpt-rt-1.5",
            "global",
            "price.cache_read",
        ),
        ("V3.2 SP Inp DZ Tokens", "Azure Deepseek Models", "deepseek-v3.2-sp", "data-zone", "price.input"),
        ("4.3 Outp DZ L Tokens", "Azure Grok Models", "grok-4.3", "data-zone", "price.output[long context]"),
        (
            "Rerank v4 Fast Glbl Search",
            "Cohere Models",
            "cohere-rerank-v4-fast",
            "global",
            "price.request.per_request",
        ),
        (
            "FW DeepSeekV3.2 Cache Inp DZ Tokens",
            "Azure Fireworks Models",
            "fw-deepseek-v3.2",
            "data-zone",
            "price.cache_read",
        ),
        (
            "text embedding 3 large DZ Tokens",
            "Azure OpenAI Embedding",
            "text-embedding-3-large",
            "data-zone",
            "price.input",
        ),
        ("Sora 2 pro glbl Second", "Azure OpenAI Media", "sora-2-pro", "global", "price.output.per_second"),
    ],
)
def test_azure_meter_names(meter: str, product: str, model: str, deployment: str, field: str) -> None:
    meterage = read_meter(meter, product)
    assert meterage is not None
    assert (meterage.model, meterage.deployment, meterage.rate.field) == (model, deployment, field)


def test_a_region_with_meters_alone_is_no_place_to_deploy() -> None:
    meter = {
        "meterName": "5 mini Inp regnl 1M Tokens",
        "productName": "Azure OpenAI GPT5",
        "retailPrice": 0.25,
        "unitOfMeasure": "1M",
        "effectiveStartDate": "2026-06-01T00:00:00Z",
    }

    def regions(*names: str) -> object:
        items = [{**meter, "armRegionName": name} for name in names]
        (record,) = BY_ID["azure-retail"].parse(json.dumps({"Items": items}).encode())
        return values(record).get("regions")

    assert regions("northeurope", "swedencentral") == ("swedencentral",)
    assert regions("northeurope") is None
