"""bedrock-models: in which regions Bedrock offers a model, on demand and by inference profile.

Its authors ask AWS's own API in every region. A row is a model; where it can be had differs by the way in,
so each way becomes a record of its own under the id that a request names: a profile's (`eu.…`), the one on
demand, and the one of the newer endpoint (`bedrock_mantle/…`, as LiteLLM writes it). It lists the regions
that a profile is called from, not those that it sends requests to. A region in which its authors could not
ask is missing, so the lists hold at least these regions. None of these records makes an offering.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import Any

from generator.errors import SourceShapeError
from generator.sources.records import (
    FieldClaim,
    SourceRecord,
    expect,
    left_out,
    made_or_why,
    read_json,
    support_claim,
)
from playground.catalog import Capability
from playground.catalog.regions import ALL_REGIONS

SOURCE = "bedrock-models"
PROVIDER = "amazon-bedrock"
ON_DEMAND = "ON_DEMAND"
#: A row's way in → what a request's id begins with; on demand there is nothing before the model's id.
PREFIXES = {
    ON_DEMAND: "",
    "GLOBAL": "global.",
    "US": "us.",
    "EU": "eu.",
    "APAC": "apac.",
    "AU": "au.",
    "JP": "jp.",
    "IN": "in.",
    "CA": "ca.",
}
MANTLE = "bedrock_mantle/"
INPUTS = {"IMAGE": Capability.VISION, "VIDEO": Capability.VIDEO_IN, "SPEECH": Capability.AUDIO_IN}
OUTPUTS = {"IMAGE": Capability.IMAGE_OUT, "SPEECH": Capability.AUDIO_OUT}


def parse(raw: bytes) -> list[SourceRecord]:
    """A record for each model and way in. Raises SourceShapeError."""
    top = expect(read_json(raw, SOURCE), dict, SOURCE, "the file")
    return [record for name, row in top.items() for record in _records(name, row)]


def _records(name: str, row: Any) -> Iterator[SourceRecord]:
    made = made_or_why(lambda: list(_by_way(name, row)))
    yield from [left_out(SOURCE, name, made)] if isinstance(made, str) else made


def _by_way(name: str, row: Mapping[str, Any]) -> Iterator[SourceRecord]:
    regions = _regions(row)
    if not regions:
        yield left_out(SOURCE, name, "no region")
        return
    claims = tuple(_claims(row))
    for i, (prefix, where) in enumerate(regions.items()):
        yield SourceRecord(
            source=SOURCE,
            id=f"{prefix}{name}",
            provider=PROVIDER,
            model=f"{prefix}{name}",
            claims=(FieldClaim(field=ALL_REGIONS, value=tuple(sorted(where))), *claims),
            rows=0 if i else 1,
            confirms=True,
        )


def _regions(row: Mapping[str, Any]) -> dict[str, set[str]]:
    """By what its id begins with, the regions from which a model can be called."""
    regions: dict[str, set[str]] = defaultdict(set)
    for region, ways in expect(row.get("inference_types"), dict, SOURCE, "inference_types").items():
        for way in expect(ways, list, SOURCE, f"inference_types.{region}"):
            if way not in PREFIXES:
                raise SourceShapeError(f"{SOURCE}: {way!r} is no way in that the adapter knows")
            regions[PREFIXES[way]].add(region)
    if mantle := set(expect(row.get("mantle_supported_regions") or [], list, SOURCE, "mantle")):
        regions[MANTLE] = mantle
        # What is on demand at the newer endpoint alone stands under ON_DEMAND too.
        if not row.get("runtime_supported"):
            regions.pop("", None)
        elif regions.keys() - {"", MANTLE}:
            regions[""] -= mantle
    return {prefix: where for prefix, where in regions.items() if where}


def _claims(row: Mapping[str, Any]) -> Iterator[FieldClaim]:
    for key, table in (("inputModalities", INPUTS), ("outputModalities", OUTPUTS)):
        listed = expect(row.get(key) or [], list, SOURCE, key)
        for word, capability in table.items():
            if word in listed:
                yield support_claim(capability, yes=True)
    if row.get("responseStreamingSupported") is True:
        yield support_claim(Capability.STREAMING, yes=True)
    if row.get("model_lifecycle_status") == "LEGACY":
        yield FieldClaim(field="status", value="deprecated")
