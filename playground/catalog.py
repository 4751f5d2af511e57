"""The vocabulary: lab, model, provider, offering, price, claim, fact, support.

Prices are Decimal US dollars per million tokens; any other unit is named in the field
(`price.output.per_image`). A missing fact is unknown: not no, not zero, not free.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum
from fnmatch import fnmatchcase

from playground.chat import Effort
from playground.endpoints import Endpoint
from playground.prices import Price, Rate, parse_price_field

type Value = Decimal | int | str | tuple[str, ...]


class Support(StrEnum):
    """Whether something is there: nobody having said so is neither yes nor no."""

    YES = "yes"
    NO = "no"
    UNKNOWN = "unknown"


class Capability(StrEnum):
    """What a model can take, do or give at an offering; the field is `can.<capability>`."""

    TOOL_CALLS = "tool_calls"
    PARALLEL_TOOL_CALLS = "parallel_tool_calls"
    STRUCTURED_OUTPUT = "structured_output"
    REASONING = "reasoning"
    VISION = "vision"
    PDF = "pdf"
    AUDIO_IN = "audio_in"
    AUDIO_OUT = "audio_out"
    VIDEO_IN = "video_in"
    IMAGE_OUT = "image_out"
    PROMPT_CACHING = "prompt_caching"
    WEB_SEARCH = "web_search"
    COMPUTER_USE = "computer_use"
    SYSTEM_MESSAGES = "system_messages"
    STREAMING = "streaming"


class Kind(StrEnum):
    """What sort of model it is, by what it is called for."""

    CHAT = "chat"
    COMPLETION = "completion"
    EMBEDDING = "embedding"
    RERANK = "rerank"
    IMAGE = "image"
    VIDEO = "video"
    MUSIC = "music"
    SPEECH = "speech"
    TRANSCRIPTION = "transcription"
    TRANSLATION = "translation"
    OCR = "ocr"
    REALTIME = "realtime"
    MODERATION = "moderation"
    OTHER = "other"


class Channel(StrEnum):
    """The way in to a model at a provider; cost, place and lifetime differ by it."""

    DIRECT = "direct"
    HOSTED = "hosted"
    GATEWAY = "gateway"
    SUBSCRIPTION = "subscription"
    SELF_HOSTED = "self-hosted"
    GLOBAL = "global"
    DATA_ZONE_US = "data-zone-us"
    DATA_ZONE_EU = "data-zone-eu"
    DATA_ZONE_APAC = "data-zone-apac"
    DATA_ZONE = "data-zone"
    REGIONAL = "regional"
    GOVERNMENT = "government"
    US = "us"
    EU = "eu"
    APAC = "apac"
    AU = "au"
    JP = "jp"
    IN = "in"
    CA = "ca"
    MANTLE = "mantle"
    CLAUDE_PLATFORM = "claude-platform"


class Standing(StrEnum):
    """How well a fact stands, by the claims behind it."""

    AGREED = "agreed"
    SINGLE = "single source"
    DISPUTED = "disputed"
    OVERRIDDEN = "overridden"
    OBSERVED = "observed"
    SUSPECT = "suspect"


def source_of(record: str) -> str:
    """The source of a record's label: `litellm` of `litellm#2`."""
    return record.partition("#")[0]


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """What one record of one source says of one field.

    `record` names the record within its offering (`litellm`, or `litellm#2` where the source has
    several); `since` is the day from which the source says the value holds. `note` says why a claim
    that differs from the chosen value counts as it does: `rounding`, `stale`, or `suspect: <reason>`.
    """

    record: str
    value: Value
    since: date | None = None
    note: str = ""

    @property
    def source(self) -> str:
        return source_of(self.record)

    @property
    def suspect(self) -> bool:
        return self.note.startswith("suspect")


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """The chosen value of a field with every claim behind it; None where every claim is suspect."""

    value: Value | None
    standing: Standing
    claims: tuple[Claim, ...] = ()
    reason: str = ""
    link: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """Where in a source an offering's or a model's claims stand: the row's id and the page it cites."""

    id: str
    link: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PriceSpan:
    """A price list that held from a day on (None: from the first), in one service mode, by one source."""

    record: str
    start: date | None
    mode: str
    usd: Mapping[str, Decimal] | None
    basis: str = ""
    link: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Offering:
    """A model at a provider over one access channel, in one version and variant."""

    provider: str
    channel: Channel
    model: str
    version: str = ""
    variant: str = ""
    ids: tuple[str, ...] = ()
    records: Mapping[str, Record] = field(default_factory=dict)
    facts: Mapping[str, Fact] = field(default_factory=dict)
    history: tuple[PriceSpan, ...] = ()

    @property
    def key(self) -> str:
        """Unique in the catalog: `azure/global/openai/gpt-5@2025-08-07:free`."""
        return offering_key(self.provider, self.channel, self.model, self.version, self.variant)

    def sort_key(self) -> tuple[str, ...]:
        """The order of offerings wherever they are listed."""
        return (self.provider, self.channel, self.model, self.version, self.variant)

    @property
    def lab(self) -> str:
        return self.model.partition("/")[0]

    @property
    def kind(self) -> Kind:
        value = self.value("kind")
        return Kind(value) if isinstance(value, str) else Kind.OTHER

    @property
    def price(self) -> Price:
        """Every rate known, from the facts named `price.*`."""
        windows = {n.removeprefix("window."): f.value for n, f in self.facts.items() if n[:7] == "window."}
        return Price(
            rates=tuple(self._rates()), windows={n: v for n, v in windows.items() if isinstance(v, str)}
        )

    def value(self, name: str) -> Value | None:
        """The chosen value of a field, None where it is unknown."""
        fact = self.facts.get(name)
        return fact.value if fact else None

    def can(self, capability: Capability) -> Support:
        value = self.value(f"can.{capability}")
        return Support(value) if isinstance(value, str) else Support.UNKNOWN

    def efforts(self) -> Mapping[Effort, Support]:
        """What is known of each reasoning effort value."""
        return {effort: Support(str(self.value(f"effort.{effort}") or Support.UNKNOWN)) for effort in Effort}

    def _rates(self) -> Iterator[Rate]:
        for name, fact in self.facts.items():
            if name.startswith("price.") and isinstance(fact.value, Decimal | int):
                yield parse_price_field(name).at(Decimal(fact.value))


def offering_key(provider: str, channel: str, model: str, version: str, variant: str) -> str:
    """The key that names one offering in the whole catalog."""
    tail = (f"@{version}" if version else "") + (f":{variant}" if variant else "")
    return f"{provider}/{channel}/{model}{tail}"


class Evidence(StrEnum):
    """Who stands behind a score: the lab that made the model, or somebody else."""

    CLAIMED = "claimed"
    MEASURED = "measured"


@dataclass(frozen=True, slots=True, kw_only=True)
class Score:
    """One published figure of a benchmark, as its source gives it.

    `version` is the benchmark's, `variant` how it was run (effort, harness, tools), `snapshot` the dated
    version of the model where the source names one; `as_of` is a day or a month. Empty is not said.
    """

    benchmark: str
    score: Decimal
    metric: str
    evidence: Evidence
    by: str
    link: str
    as_of: str
    version: str = ""
    variant: str = ""
    snapshot: str = ""

    @property
    def series(self) -> str:
        """What may be compared: the same benchmark, version, variant and metric, by the same people."""
        return f"{self.benchmark} ({self.run}), {self.backing}"

    @property
    def run(self) -> str:
        """Version, variant and metric."""
        return ", ".join(part for part in (self.version, self.variant, self.metric) if part)

    @property
    def backing(self) -> str:
        """Who stands behind it, and how."""
        own = self.by.startswith("own lab")
        return "claimed by each lab" if own else f"{self.evidence} by {self.by}"

    @property
    def lower_is_better(self) -> bool:
        return "lower is better" in self.metric


@dataclass(frozen=True, slots=True, kw_only=True)
class Model:
    """What a lab made: facts that are true of it wherever it runs, and what benchmarks say of it."""

    id: str
    records: Mapping[str, Record] = field(default_factory=dict)
    facts: Mapping[str, Fact] = field(default_factory=dict)
    scores: tuple[Score, ...] = ()

    @property
    def lab(self) -> str:
        return self.id.partition("/")[0]

    @property
    def name(self) -> str:
        value = self.value("name")
        return value if isinstance(value, str) else self.id.partition("/")[2]

    def value(self, name: str) -> Value | None:
        fact = self.facts.get(name)
        return fact.value if fact else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Lab:
    """Who makes models."""

    id: str
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Provider:
    """Who serves models, and how to reach them; what is unknown is an empty string.

    `zero_retention` is yes, no or `on request`, `no_training` yes, no or `paid` (not what is paid for).
    """

    id: str
    name: str
    kind: str = ""
    status: str = "live"
    docs: str = ""
    pricing: str = ""
    support: str = ""
    data_handling: str = ""
    zero_retention: str = ""
    no_training: str = ""
    status_page: str = ""
    api: str = ""
    wire: tuple[str, ...] = ()
    auth: str = ""
    browser: str = "unknown"
    browser_evidence: str = ""
    browser_known_by: str = ""
    browser_checked: date | None = None
    browser_fix: str = ""
    lab: str = ""
    note: str = ""
    endpoints: tuple[Endpoint, ...] = ()

    def rows(self, model: str) -> list[int]:
        """The places of the endpoints where a model is called: made for it, else for any."""
        numbered = list(enumerate(self.endpoints))
        own = [place for place, e in numbered if any(fnmatchcase(model, p) for p in e.models)]
        return own or [place for place, e in numbered if not e.models]

    def wires(self, model: str) -> frozenset[str]:
        """The wires known for a model here: made for it, else for any."""
        called = [self.endpoints[row] for row in self.rows(model)]
        if any(e.models for e in called):
            return frozenset(str(e.wire) for e in called)
        plain = {str(e.wire) for e in self.endpoints if not e.models}
        return frozenset(self.wire) - ({str(e.wire) for e in self.endpoints} - plain)


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceState:
    """What was read of one source: exact version, when it is from, how it links, under which licence.

    `as_of` is the day its data is from, `retrieved` the day it was last read well, `changed` the day on which
    its data last differed. `stale` says why it could not be read since; empty where it could. `claims` counts
    what it says by sort; `modified` and `earlier` are how an older copy is known again.
    """

    id: str
    name: str
    version: str
    sha256: str
    as_of: date
    retrieved: date
    licence: str
    home: str
    link: str
    gives: str
    rows: int = 0
    parsed: int = 0
    left_out: Mapping[str, int] = field(default_factory=dict)
    placed: int = 0
    unplaced: Mapping[str, int] = field(default_factory=dict)
    claims: Mapping[str, int] = field(default_factory=dict)
    changed: date | None = None
    stale: str = ""
    modified: str = ""
    earlier: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class HeldChange:
    """One field of one offering (no field: the offering itself), before and now; None is not said."""

    target: str
    field: str
    was: Value | None
    now: Value | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """Changes of one sort that a source made and that wait for a person: `where` is the provider."""

    source: str
    where: str
    reason: str
    changes: tuple[HeldChange, ...]
    since: date | None = None

    @property
    def id(self) -> str:
        """By what a person lets them through: the same changes have the same id on any day."""
        said = [self.source, self.where, self.reason]
        said += [f"{c.target} {c.field} {c.was} {c.now}" for c in self.changes]
        return hashlib.sha256("\n".join(said).encode()).hexdigest()[:8]


@dataclass(frozen=True, slots=True, kw_only=True)
class Catalog:
    """Everything known, each part sorted by its id."""

    labs: Mapping[str, Lab]
    models: Mapping[str, Model]
    providers: Mapping[str, Provider]
    offerings: tuple[Offering, ...]
    sources: Mapping[str, SourceState]
    held: tuple[Held, ...] = ()

    def of_model(self, model: str) -> tuple[Offering, ...]:
        return tuple(o for o in self.offerings if o.model == model)
