"""Microsoft's tables of where a model can be deployed on Foundry: Markdown in its documentation's repository.

A section is about one type of deployment, a tab in it about one part of the world; a table has a row for each
model and version and a column for each region, with a tick or a dash. A data zone is the tab's: Microsoft
draws one for the United States, one for the European Union and one for Asia-Pacific. What the tabs of a
section say of a model is brought together. The list is Microsoft's own and names all regions, so that a row
makes an offering even where no other source lists it yet: it can be deployed.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping

from generator.errors import SourceShapeError
from generator.sources.bundle import unbundled
from generator.sources.markdown import Table, plain, tables
from generator.sources.records import FieldClaim, SourceRecord, left_out
from playground.catalog import Channel
from playground.catalog.regions import ALL_REGIONS

SOURCE = "azure-regions"

#: A heading that begins a section; tabs are headings of the first level, which begin none.
SECTION = re.compile(r"^#{2,6}[ \t]+(.+?)[ \t]*$", re.M)
#: What a section is called → the channel of its deployments; None where the tab says which data zone.
DEPLOYMENTS: Mapping[str, Channel | None] = {
    "global standard": Channel.GLOBAL,
    "data zone standard": None,
    "standard/regional": Channel.REGIONAL,
}
ZONES = {
    "americas": Channel.DATA_ZONE_US,
    "europe": Channel.DATA_ZONE_EU,
    "asia pacific": Channel.DATA_ZONE_APAC,
}
REGION = re.compile(r"[a-z]{4,30}\d?")
TICK, DASH = "✅", "-"
#: A version that is a day is part of the name; any other counts how often a name was deployed anew.
DATED = re.compile(r"20\d\d-\d\d-\d\d")

#: Of a channel's model, and its version where that is a day, the regions that any table names.
type Deployed = dict[tuple[Channel, str, str], set[str]]


def parse(raw: bytes) -> list[SourceRecord]:
    """A record for each model and version over each channel. Raises SourceShapeError."""
    deployed: Deployed = defaultdict(set)
    rows: dict[tuple[Channel, str, str], int] = defaultdict(int)
    others: list[SourceRecord] = []
    pages = unbundled(raw, SOURCE)
    for page in pages.values():
        for section, text in _sections(page.decode("utf-8", "replace")):
            for table in tables(text):
                _read(section, table, deployed, rows, others)
    if not deployed:
        raise SourceShapeError(
            f"{SOURCE}: no table with Model, Version and regions under a heading such as Global standard in "
            f"{', '.join(pages)}; look at the pages' addresses"
        )
    return [*(_record(*key, regions, rows[key]) for key, regions in deployed.items()), *others]


def _sections(text: str) -> Iterator[tuple[str, str]]:
    """Each section with a name that we know, and its text up to the next such, finer headings included."""
    begins = [(m[1].strip().lower(), m.end(), m.start()) for m in SECTION.finditer(text)]
    known = [begin for begin in begins if begin[0] in DEPLOYMENTS or "batch" in begin[0]]
    for i, (name, start, _) in enumerate(known):
        end = known[i + 1][2] if i + 1 < len(known) else len(text)
        yield name, text[start:end]


def _read(
    section: str,
    table: Table,
    deployed: Deployed,
    rows: dict[tuple[Channel, str, str], int],
    others: list[SourceRecord],
) -> None:
    """Lay a table's rows to what they are about, and those that are about nothing we know to the others."""
    model, version, *regions = (*table.heads, "", "")
    regions = regions[:-2]
    for cells in table.rows:
        name = plain(cells[0]).replace("`", "")
        channel = DEPLOYMENTS.get(section) or ZONES.get((table.headings or ("",))[-1].lower())
        marks = [plain(cell) for cell in cells[2:]]
        if section not in DEPLOYMENTS:
            others.append(left_out(SOURCE, f"{section}/{name}", "deployments of another type"))
        elif channel is None:
            others.append(left_out(SOURCE, f"{section}/{name}", "a data zone that has no name here"))
        elif (model, version) != ("model", "version") or not all(map(REGION.fullmatch, regions)):
            others.append(left_out(SOURCE, f"{section}/{name}", "not a table of models and regions"))
        elif not name or len(marks) != len(regions) or not {TICK, DASH}.issuperset(marks):
            others.append(
                left_out(SOURCE, f"{section}/{name or '(no name)'}", "marks that are no tick or dash")
            )
        else:
            written = plain(cells[1])
            key = (channel, name, written if DATED.fullmatch(written) else "")
            deployed[key] |= {region for region, mark in zip(regions, marks, strict=True) if mark == TICK}
            rows[key] += 1


def _record(channel: Channel, name: str, version: str, regions: set[str], rows: int) -> SourceRecord:
    named = f"{name}-{version}" if version else name
    if not regions:
        return left_out(SOURCE, f"{channel}/{named}", "can be deployed nowhere", rows)
    return SourceRecord(
        source=SOURCE,
        id=f"{channel}/{named}",
        provider="azure",
        model=named,
        claims=(FieldClaim(field=ALL_REGIONS, value=tuple(sorted(regions))),),
        hints={"channel": channel},
        rows=rows,
    )
