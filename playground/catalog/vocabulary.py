"""The closed lists of the catalog: what a model can do, how it is reached, how well a fact stands."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum


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


#: The kinds that answer with pictures or sound, and those that answer with numbers: neither writes text.
MEDIA = frozenset({Kind.IMAGE, Kind.VIDEO, Kind.MUSIC, Kind.SPEECH})
#: What takes or makes something else than text, and is not sold by the length of a text everywhere.
UNCOUNTED = MEDIA | {Kind.OCR, Kind.TRANSCRIPTION}
NUMBERS = frozenset({Kind.EMBEDDING, Kind.RERANK, Kind.MODERATION})


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


class Seller(StrEnum):
    """Who sells a model: whom a contract is with, and whose machines answer. The Method page defines each."""

    LAB = "lab"
    HYPERSCALER = "hyperscaler"
    HOST = "established-host"
    OWN = "own"
    GATEWAY = "gateway"
    RESELLER = "reseller"
    UNKNOWN = "unknown"


class Certification(StrEnum):
    """A standard that an independent auditor certifies or attests, or a contract that a law asks for."""

    SOC_2 = "soc-2"
    SOC_2_TYPE_2 = "soc-2-type-2"
    ISO_27001 = "iso-27001"
    ISO_27017 = "iso-27017"
    ISO_27018 = "iso-27018"
    ISO_27701 = "iso-27701"
    ISO_42001 = "iso-42001"
    HIPAA_BAA = "hipaa-baa"
    FEDRAMP_MODERATE = "fedramp-moderate"
    FEDRAMP_HIGH = "fedramp-high"
    PCI_DSS = "pci-dss"
    C5 = "c5"
    HDS = "hds"
    SECNUMCLOUD = "secnumcloud"
    TISAX = "tisax"
    HITRUST = "hitrust"


#: What holds where another one does: the type of a SOC 2 report not every page says.
IMPLIED_BY: Mapping[Certification, Certification] = {
    Certification.SOC_2: Certification.SOC_2_TYPE_2,
    Certification.FEDRAMP_MODERATE: Certification.FEDRAMP_HIGH,
}


class Standing(StrEnum):
    """How well a fact stands, by the claims behind it."""

    AGREED = "agreed"
    SINGLE = "single source"
    DISPUTED = "disputed"
    OVERRIDDEN = "overridden"
    OBSERVED = "observed"
    SUSPECT = "suspect"
    DOUBTFUL = "doubtful"


class Evidence(StrEnum):
    """What a score rests on: the word of the model's own lab, somebody else's test, or people's votes."""

    CLAIMED = "claimed"
    MEASURED = "measured"
    VOTED = "voted"


class Unit(StrEnum):
    """What a score is counted in: `percent` of 100, a `rating` on Arena's Elo scale, or `points`."""

    PERCENT = "percent"
    RATING = "rating"
    POINTS = "points"


class Effort(StrEnum):
    """Reasoning effort values a request may name; the field is `effort.<value>`."""

    NONE = "none"
    MINIMAL = "minimal"
    LOW = "low"
    MEDIUM = "medium"
    HIGH = "high"
    XHIGH = "xhigh"
    MAX = "max"


class RunEffort(StrEnum):
    """At which reasoning effort a score was reached; `thinking` is on, and how much is not said."""

    NONE = "none"
    MINIMAL = "minimal"
    LOW = "low"
    MEDIUM = "medium"
    HIGH = "high"
    XHIGH = "xhigh"
    MAX = "max"
    THINKING = "thinking"
