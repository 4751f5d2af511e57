"""What fields, channels, capabilities and prices are called for a reader."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from functools import cache

from playground.catalog import Capability, Certification, Channel, Standing
from playground.catalog.prices import Meter, Mode, Rate, Unit, parse_price_field

LABELS = {
    "kind": "Kind",
    "context_tokens": "Context window",
    "max_input_tokens": "Input limit",
    "max_output_tokens": "Output limit",
    "embedding_dimensions": "Dimensions",
    "cache_min_tokens": "Shortest cached prompt",
    "reasoning_budget_min": "Smallest reasoning budget",
    "reasoning_budget_max": "Largest reasoning budget",
    "requests_per_minute": "Requests per minute",
    "tokens_per_minute": "Tokens per minute",
    "rate_tiers": "Rate limits by tier",
    "status": "Status",
    "released": "Released",
    "listed": "Listed since",
    "deprecated": "Deprecated",
    "retires": "Retires",
    "retires_earliest": "Retires no earlier than",
    "replaced_by": "Replaced by",
    "regions": "Regions",
    "some_regions": "Some of its regions",
    "plans": "In the plans",
    "clients": "Works in",
    "accepts.temperature": "Takes temperature",
    "default_effort": "Effort by default",
    "name": "Name",
    "points_to": "Points to",
    "family": "Family",
    "knowledge": "Knowledge until",
    "open_weights": "Open weights",
    "licence": "Licence",
    "parameters": "Parameters",
    "active_parameters": "Parameters used for a token",
}
#: How it is written that a page was read and has none of something; "none" of the rest.
NONE = {
    "retires": "none announced",
    "retires_earliest": "none announced",
    "replaced_by": "none named",
    "knowledge": "not stated",
    "rate_tiers": "none published",
}
#: The letter that marks a figure's standing on a page; the legend on every page says what it means.
MARKS = {
    Standing.AGREED: "A",
    Standing.SINGLE: "S",
    Standing.DISPUTED: "D",
    Standing.OVERRIDDEN: "O",
    Standing.OBSERVED: "M",
    Standing.SUSPECT: "H",
    Standing.DOUBTFUL: "Q",
}
STANDINGS = {
    Standing.AGREED: "agreed: two or more independent sources say the same",
    Standing.SINGLE: "single source: one source says it",
    Standing.DISPUTED: "disputed: sources differ; the value shown is chosen by rule",
    Standing.OVERRIDDEN: "overridden: set by a person, with a reason and a link",
    Standing.OBSERVED: "observed: measured with a reader's own key",
    Standing.SUSPECT: "held back: every claim looks wrong, so the value is unknown",
    Standing.DOUBTFUL: (
        "doubtful: far from what others ask for the same, or out of date; no choice and no range rests on it"
    ),
}

CERTIFICATIONS: Mapping[Certification, str] = {
    Certification.SOC_2: "SOC 2",
    Certification.SOC_2_TYPE_2: "SOC 2 Type 2",
    Certification.ISO_27001: "ISO/IEC 27001",
    Certification.ISO_27017: "ISO/IEC 27017",
    Certification.ISO_27018: "ISO/IEC 27018",
    Certification.ISO_27701: "ISO/IEC 27701",
    Certification.ISO_42001: "ISO/IEC 42001",
    Certification.HIPAA_BAA: "HIPAA, with a BAA",
    Certification.FEDRAMP_MODERATE: "FedRAMP Moderate",
    Certification.FEDRAMP_HIGH: "FedRAMP High",
    Certification.PCI_DSS: "PCI DSS",
    Certification.C5: "C5 (BSI)",
    Certification.HDS: "HDS",
    Certification.SECNUMCLOUD: "SecNumCloud",
    Certification.TISAX: "TISAX",
    Certification.HITRUST: "HITRUST",
}

CHANNELS: Mapping[Channel, tuple[str, str]] = {
    Channel.DIRECT: ("Direct", "the lab's own API"),
    Channel.HOSTED: ("Hosted", "another company runs the model"),
    Channel.GATEWAY: ("Gateway", "passes requests on to somebody who runs the model"),
    Channel.SUBSCRIPTION: ("Subscription", "part of a plan; tokens are not what is paid for"),
    Channel.SELF_HOSTED: ("Self-hosted", "runs on a machine of yours"),
    Channel.GLOBAL: ("Global", "may be served in any of the cloud's regions"),
    Channel.DATA_ZONE_US: ("Data Zone US", "Azure: its data zone of the United States"),
    Channel.DATA_ZONE_EU: (
        "Data Zone EU",
        "Azure: its data zone of the EU, which can include Norway and Switzerland",
    ),
    Channel.DATA_ZONE_APAC: ("Data Zone APAC", "Azure: its data zone of Asia-Pacific"),
    Channel.DATA_ZONE: ("Data Zone (other)", "Azure: regions that are in none of its named zones"),
    Channel.REGIONAL: ("Regional", "a cloud: at the location that is called, as a rule a region"),
    Channel.GOVERNMENT: ("Government", "a government cloud"),
    Channel.US: ("US profile", "Bedrock: its inference profile for the US"),
    Channel.EU: ("EU profile", "Bedrock: its inference profile for the EU"),
    Channel.APAC: ("APAC profile", "Bedrock: its inference profile for Asia-Pacific"),
    Channel.AU: ("Australia profile", "Bedrock: its inference profile for Australia"),
    Channel.JP: ("Japan profile", "Bedrock: its inference profile for Japan"),
    Channel.IN: ("India profile", "Bedrock: its inference profile for India"),
    Channel.CA: ("Canada profile", "Bedrock: its inference profile for Canada"),
    Channel.MANTLE: ("Mantle", "Bedrock: the compatible endpoint of its own"),
    Channel.CLAUDE_PLATFORM: ("Claude Platform", "Bedrock: Anthropic's own interface on AWS"),
}

CAPABILITIES: Mapping[Capability, str] = {
    Capability.TOOL_CALLS: "Calls functions that you describe to it.",
    Capability.PARALLEL_TOOL_CALLS: "Asks for several function calls in one answer.",
    Capability.STRUCTURED_OUTPUT: "Keeps to a JSON schema that you give.",
    Capability.REASONING: "Thinks in tokens of its own before it answers.",
    Capability.VISION: "Takes images.",
    Capability.PDF: "Takes PDF files as they are.",
    Capability.AUDIO_IN: "Takes sound.",
    Capability.AUDIO_OUT: "Answers in sound.",
    Capability.VIDEO_IN: "Takes video.",
    Capability.IMAGE_OUT: "Answers in images.",
    Capability.PROMPT_CACHING: "Reuses the beginning of a prompt at a lower price.",
    Capability.WEB_SEARCH: "Searches the web by itself while it answers.",
    Capability.COMPUTER_USE: "Is made to operate a screen, a mouse and a keyboard.",
    Capability.SYSTEM_MESSAGES: "Takes instructions apart from the conversation.",
    Capability.STREAMING: "Sends the answer while it is being written.",
}

METERS = {
    Meter.INPUT: "Input",
    Meter.OUTPUT: "Output",
    Meter.REASONING: "Reasoning",
    Meter.CACHE_READ: "Cached input",
    Meter.CACHE_WRITE: "Cache write",
    Meter.CACHE_WRITE_5M: "Cache write, 5 min",
    Meter.CACHE_WRITE_1H: "Cache write, 1 h",
    Meter.CACHE_WRITE_LONG: "Cache write, longer",
    Meter.WEB_SEARCH: "Web search",
    Meter.REQUEST: "Request",
}

UNITS = {Unit.MTOK: "", Unit.CHARACTER: " per character", Unit.THOUSAND: " per 1,000"}


def money(usd: Decimal) -> str:
    """`$2.00`, `$0.075`, `$0.0000025`: at least two decimals, never rounded, never an exponent."""
    text = f"{usd:f}"
    whole, _, part = text.partition(".")
    return f"${int(whole):,}.{part.ljust(2, '0')}"


def percent(was: Decimal, now: Decimal) -> str:
    """` (−50 %)`: how far a number moved; empty where that is less than one in a hundred, or from zero."""
    if not was:
        return ""
    moved = (now / was - 1) * 100
    return f" ({'+' if moved > 0 else '−'}{abs(moved):.0f} %)" if abs(moved) >= 1 else ""


@cache
def label(name: str) -> str:
    """The field's name for a reader."""
    if name in LABELS:
        return LABELS[name]
    if name.startswith("can."):
        return "PDF" if name == "can.pdf" else name[4:].replace("_", " ").capitalize()
    if name.startswith("effort."):
        return f"Effort {name[7:]}"
    if name.startswith("price."):
        return _rate_label(parse_price_field(name))
    if name.startswith("window."):
        return f"Hours of {name[7:]} (UTC)"
    if name.startswith("uplift."):
        return f"Price factor, {name[7:]}"
    return name.replace(".", " ").replace("_", " ").capitalize()


def _rate_label(rate: Rate) -> str:
    text = METERS.get(rate.meter) or rate.meter.replace("_", " ").capitalize()
    if rate.unit != Unit.MTOK:
        text += UNITS.get(rate.unit, f" per {rate.unit}")
    extra = [
        rate.mode if rate.mode != Mode.STANDARD else "",
        rate.grade,
        f"above {rate.above_tokens:,} tokens" if rate.above_tokens else "",
        rate.window,
        rate.region,
    ]
    details = ", ".join(e for e in extra if e)
    return f"{text} ({details})" if details else text
