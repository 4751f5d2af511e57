"""Epoch AI's table of models: when one was published, how large it is, whether its weights are open.

A row is about a model, wherever it is served: it joins what others list and makes nothing. The size counts
where the weights are open, so that it can be checked, and where Epoch is not guessing.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Mapping
from decimal import Decimal, InvalidOperation

from generator.errors import SourceShapeError
from generator.sources.records import FieldClaim, SourceRecord, day, left_out, row_of

SOURCE = "epoch-models"

MODEL, MAKER, PUBLISHED = "Model", "Organization", "Publication date"
SIZE, SIZE_NOTES, OPEN, CONFIDENCE = "Parameters", "Parameters notes", "Open model weights?", "Confidence"
ACCESS = "Model accessibility"
COLUMNS = (MODEL, MAKER, PUBLISHED, SIZE, OPEN)
YES_NO = {"yes": "yes", "no": "no"}
SURE = frozenset({"Confident", "Likely"})
#: A size in words: `1.6T total`, `284B`.
WRITTEN_SIZE = re.compile(r"(?<![\w.])(\d{1,4}(?:\.\d{1,3})?)\s?([TBM])\b")
FACTORS = {"T": Decimal(10**12), "B": Decimal(10**9), "M": Decimal(10**6)}
#: A number this many times what the words beside it say is a slip of units.
SLIP = 10


def parse(raw: bytes) -> list[SourceRecord]:
    """A record for each model of the table. Raises SourceShapeError."""
    text = raw.decode("utf-8-sig", "replace").replace("\0", "")
    table = csv.DictReader(io.StringIO(text, newline=""))
    try:
        heads = table.fieldnames or ()
        if missing := [name for name in COLUMNS if name not in heads]:
            raise SourceShapeError(
                f"{SOURCE}: expected a table with the columns {', '.join(COLUMNS)}, and there is no "
                f"{missing[0]}; look at what the address answers now"
            )
        return [row_of(SOURCE, str(row.get(MODEL))[:60], _record, row) for row in table]
    except csv.Error as error:
        raise SourceShapeError(f"{SOURCE}: its CSV cannot be read ({error}); look at it") from error


def _record(row: Mapping[str, str]) -> SourceRecord:
    name = " ".join(row[MODEL].split())
    maker = row[MAKER].partition(",")[0].strip()
    if not name or not maker:
        return left_out(SOURCE, name or "(no name)", "names no model, or not who made it")
    claims, unread = _size(row)
    claims += list(_facts(row))
    if not claims:
        return left_out(SOURCE, name, "says nothing that the catalog has")
    return SourceRecord(
        source=SOURCE, id=name, model=f"{maker}/{name}", model_claims=tuple(claims), unread=unread, joins=True
    )


def _facts(row: Mapping[str, str]) -> Iterator[FieldClaim]:
    if published := day(row[PUBLISHED].strip()):
        yield FieldClaim(field="released", value=str(published))
    if weights := YES_NO.get(row[OPEN].strip().lower()):
        yield FieldClaim(field="open_weights", value=weights)


def _size(row: Mapping[str, str]) -> tuple[list[FieldClaim], tuple[str, ...]]:
    """How many parameters a model with open weights has, and what of that looks wrong."""
    written, weights = row[SIZE].strip(), row[OPEN].strip().lower()
    if not written or weights != "yes" or row.get(CONFIDENCE, "") not in SURE:
        return [], ()
    try:
        size = Decimal(written)
    except InvalidOperation:
        return [], (f"{SIZE}: {written[:40]}",)
    beside = WRITTEN_SIZE.search(row.get(SIZE_NOTES) or "")
    meant = Decimal(beside[1]) * FACTORS[beside[2]] if beside else size
    if not size.is_finite() or size < 1 or not meant / SLIP < size < meant * SLIP:
        return [], (f"{SIZE}: {written[:40]} beside {beside[0] if beside else 'nothing'}",)
    return [FieldClaim(field="parameters", value=int(size))], ()
