"""LiteLLM's price keys: a small language of meter, unit, mode, tier and grade.

`cache_creation_input_token_cost_above_1hr_above_272k_tokens_flex` is a stem, a tier and a mode.
"""

from __future__ import annotations

import re
from decimal import Decimal
from functools import lru_cache

from playground.catalog.prices import Meter, Mode, Rate, Unit

MILLION = Decimal(1_000_000)

#: A key's stem → meter, unit, factor from the key's unit to the field's.
STEMS: dict[str, tuple[Meter, Unit, Decimal]] = {
    "input_cost_per_token": (Meter.INPUT, Unit.MTOK, MILLION),
    "output_cost_per_token": (Meter.OUTPUT, Unit.MTOK, MILLION),
    "output_cost_per_reasoning_token": (Meter.REASONING, Unit.MTOK, MILLION),
    "cache_read_input_token_cost": (Meter.CACHE_READ, Unit.MTOK, MILLION),
    "input_cost_per_token_cache_hit": (Meter.CACHE_READ, Unit.MTOK, MILLION),
    "cache_creation_input_token_cost": (Meter.CACHE_WRITE, Unit.MTOK, MILLION),
    "cache_creation_input_token_cost_above_1hr": (Meter.CACHE_WRITE_1H, Unit.MTOK, MILLION),
    "cache_creation_input_token_cost_above_12hr": (Meter.CACHE_WRITE_LONG, Unit.MTOK, MILLION),
    "input_cost_per_audio_token": (Meter.INPUT_AUDIO, Unit.MTOK, MILLION),
    "output_cost_per_audio_token": (Meter.OUTPUT_AUDIO, Unit.MTOK, MILLION),
    "cache_read_input_audio_token_cost": (Meter.CACHE_READ_AUDIO, Unit.MTOK, MILLION),
    "cache_creation_input_audio_token_cost": (Meter.CACHE_WRITE_AUDIO, Unit.MTOK, MILLION),
    "input_cost_per_image_token": (Meter.INPUT_IMAGE, Unit.MTOK, MILLION),
    "output_cost_per_image_token": (Meter.OUTPUT_IMAGE, Unit.MTOK, MILLION),
    "cache_read_input_image_token_cost": (Meter.CACHE_READ_IMAGE, Unit.MTOK, MILLION),
    "input_cost_per_video_token": (Meter.INPUT_VIDEO, Unit.MTOK, MILLION),
    "output_cost_per_video_token": (Meter.OUTPUT_VIDEO, Unit.MTOK, MILLION),
    "citation_cost_per_token": (Meter.CITATION, Unit.MTOK, MILLION),
    "input_cost_per_image": (Meter.INPUT, Unit.IMAGE, Decimal(1)),
    "output_cost_per_image": (Meter.OUTPUT, Unit.IMAGE, Decimal(1)),
    "input_cost_per_pixel": (Meter.INPUT, Unit.PIXEL, Decimal(1)),
    "output_cost_per_pixel": (Meter.OUTPUT, Unit.PIXEL, Decimal(1)),
    "input_cost_per_character": (Meter.INPUT, Unit.CHARACTER, Decimal(1)),
    "output_cost_per_character": (Meter.OUTPUT, Unit.CHARACTER, Decimal(1)),
    "input_cost_per_second": (Meter.INPUT, Unit.SECOND, Decimal(1)),
    "output_cost_per_second": (Meter.OUTPUT, Unit.SECOND, Decimal(1)),
    "input_cost_per_audio_per_second": (Meter.INPUT_AUDIO, Unit.SECOND, Decimal(1)),
    "input_cost_per_video_per_second": (Meter.INPUT_VIDEO, Unit.SECOND, Decimal(1)),
    "output_cost_per_video_per_second": (Meter.OUTPUT_VIDEO, Unit.SECOND, Decimal(1)),
    "cost_per_second": (Meter.REQUEST, Unit.SECOND, Decimal(1)),
    "input_cost_per_query": (Meter.REQUEST, Unit.REQUEST, Decimal(1)),
    "input_cost_per_request": (Meter.REQUEST, Unit.REQUEST, Decimal(1)),
    "input_cost_per_text_message": (Meter.REQUEST, Unit.REQUEST, Decimal(1)),
    "ocr_cost_per_page": (Meter.INPUT, Unit.PAGE, Decimal(1)),
    "ocr_cost_per_credit": (Meter.INPUT, Unit.CREDIT, Decimal(1)),
    "google_maps_grounding_cost_per_query": (Meter.GROUNDING, Unit.REQUEST, Decimal(1)),
    "code_interpreter_cost_per_session": (Meter.CODE_INTERPRETER, Unit.SESSION, Decimal(1)),
    "file_search_cost_per_1k_calls": (Meter.FILE_SEARCH, Unit.THOUSAND, Decimal(1)),
}
#: Stems whose rate carries a grade of its own.
GRADED_STEMS: dict[str, tuple[Meter, Unit, str]] = {
    "annotation_cost_per_page": (Meter.INPUT, Unit.PAGE, "annotated"),
    "explicit_cache_read_input_token_cost": (Meter.CACHE_READ, Unit.MTOK, "explicit"),
}
MODES = {
    "batches": Mode.BATCH,
    "flex": Mode.FLEX,
    "priority": Mode.PRIORITY,
    "ultrafast": Mode.ULTRAFAST,
    "balanced": Mode.BALANCED,
    "decisions": Mode.DECISIONS,
}
_ABOVE = re.compile(r"_above_(\d+)k_tokens")
_INTERVAL = re.compile(r"_above_(\d+)s_interval$")
_SIZE = re.compile(r"_(\d+(?:\.\d+)?[Kkp]|512|1024|1536)$")


@lru_cache(maxsize=10_000)  # its five thousand rows have the same few hundred keys
def rate_of_key(key: str, lifetimes: bool) -> tuple[Rate, Decimal] | None:
    """The rate a price key stands for, with the factor to its unit; None when it is no price key."""
    stem, above, mode = key, 0, Mode.STANDARD
    for suffix, named in MODES.items():
        if stem.endswith(f"_{suffix}"):
            stem, mode = stem.removesuffix(f"_{suffix}"), named
    if tier := _ABOVE.search(stem):
        stem, above = stem.replace(tier[0], ""), int(tier[1]) * 1000
    if stem in GRADED_STEMS:
        meter, unit, grade = GRADED_STEMS[stem]
        factor = MILLION if unit == Unit.MTOK else Decimal(1)
        return Rate(meter=meter, unit=unit, mode=mode, grade=grade, above_tokens=above), factor
    grade = ""
    if interval := _INTERVAL.search(stem):
        stem, grade = stem[: interval.start()], f"above {interval[1]}s"
    elif stem not in STEMS and (size := _SIZE.search(stem)):
        stem, grade = stem[: size.start()], size[1]
    if stem not in STEMS:
        return None
    meter, unit, factor = STEMS[stem]
    if meter == Meter.CACHE_WRITE and lifetimes:
        # A row that also prices an hour's lifetime means five minutes by its plain write price.
        meter = Meter.CACHE_WRITE_5M
    return Rate(meter=meter, unit=unit, mode=mode, grade=grade, above_tokens=above), factor


#: LiteLLM computes Databricks' dollars from its units (DBU), "the published Global DBU rates times $0.070 per
#: DBU", and Databricks rounds those to four or five digits or three places.
USD_PER_DBU = Decimal("0.07")
_DIGITS, _PLACES = 4, 3


def in_dollars(usd: Decimal) -> Decimal:
    """A price that was computed from rounded DBU as Databricks means it: $2 for 28.571 DBU or $1.99997.

    The shortest number within what the rounding hides; the price itself where its DBU look exact.
    """
    # Nine digits are more than any rate has, and fewer than a float's noise.
    dbu = Decimal(f"{usd / USD_PER_DBU:.9g}").normalize()
    _, digits, exponent = dbu.as_tuple()
    places = -exponent if isinstance(exponent, int) else 0
    if len(digits) < _DIGITS and places < _PLACES:
        return usd
    hidden = USD_PER_DBU * Decimal(5).scaleb(-places - 1)
    rounded = (Decimal(f"{usd:.{n}g}") for n in range(1, len(usd.as_tuple().digits)))
    return next((r for r in rounded if abs(r - usd) <= hidden), usd)
