"""What site search looks through: one short row per model, provider, lab, capability and guide's section."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from decimal import Decimal
from html.parser import HTMLParser
from typing import Any

from generator.views.plots import INPUT, OUTPUT
from playground.catalog import Capability, Catalog, Channel, Kind, Offering, Support
from playground.catalog.regions import known_regions
from playground.lifecycle.outlook import model_ends
from playground.naming.index import name_data

#: What a reader types for what a model can do.
CAPABILITY_TAGS = {
    Capability.TOOL_CALLS: "tools function calling",
    Capability.STRUCTURED_OUTPUT: "structured output json schema",
    Capability.REASONING: "reasoning thinking",
    Capability.VISION: "vision images multimodal",
    Capability.PDF: "pdf documents",
    Capability.AUDIO_IN: "audio speech input",
    Capability.AUDIO_OUT: "audio speech output",
    Capability.VIDEO_IN: "video input",
    Capability.IMAGE_OUT: "image generation",
    Capability.WEB_SEARCH: "web search",
    Capability.COMPUTER_USE: "computer use",
    Capability.PROMPT_CACHING: "prompt caching",
}
EUROPE = re.compile(r"europe|^eu-|france|germany|sweden|norway|switzerland|italy|spain|poland|uk(south|west)")
#: Pages beside models count for more than a model's passing mention of the same word.
PAGE_WEIGHT, PROVIDER_WEIGHT = 1.2, 2.5


#: What the resolver of names knows beside what the index has of models, providers and labs.
NAMES = ("own", "owners", "variants", "versions", "ids", "moved", "channels", "served", "editions")


def search_data(
    catalog: Catalog, names: Mapping[str, str], pages: Iterable[list[Any]], moved: Mapping[str, str]
) -> dict[str, Any]:
    """The index's rows: models as `[id, name, places, tags, providers, end]`, other pages as given.

    `moved` are old ids of models and those of now; they are found, too.
    """
    by_model: dict[str, list[Offering]] = {m: [] for m in catalog.models}
    for offering in catalog.offerings:
        by_model[offering.model].append(offering)
    cheap = _cheap(by_model)
    ends = model_ends(catalog)
    providers = {p: n for n, p in enumerate(catalog.providers)}
    tags: dict[str, int] = {}
    models = []
    for model in catalog.models.values():
        offerings = by_model[model.id]
        own = [tags.setdefault(t, len(tags)) for t in _tags(offerings, cheap=model.id in cheap)]
        if model.value("open_weights") == Support.YES:
            own.append(tags.setdefault("open weights", len(tags)))
        at = sorted({providers[o.provider] for o in offerings})
        end = [ends[model.id]] if model.id in ends else []
        models.append([model.id, names[model.id], len(offerings), own, at, *end])
    rows = [
        [f"providers/{p.id}/", p.name, f"{p.id} {p.kind} provider", "Provider", PROVIDER_WEIGHT]
        for p in catalog.providers.values()
    ]
    rows += [[f"labs/{lab.id}/", lab.name, "lab", "Lab", PROVIDER_WEIGHT] for lab in catalog.labs.values()]
    data = name_data(catalog, names, moved)
    return {
        "tags": list(tags),
        "providers": [f"{p.id} {p.name}" for p in catalog.providers.values()],
        "labs": {lab.id: lab.name for lab in catalog.labs.values()},
        "models": models,
        "names": {part: data[part] for part in NAMES},
        "pages": [*rows, *pages],
    }


def _tags(offerings: Iterable[Offering], *, cheap: bool) -> list[str]:
    tags: dict[str, None] = {}
    for o in offerings:
        for capability, tag in CAPABILITY_TAGS.items():
            if o.can(capability) == Support.YES:
                tags[tag] = None
        if o.channel in (Channel.EU, Channel.DATA_ZONE_EU) or any(map(EUROPE.search, known_regions(o))):
            tags["eu europe"] = None
        if o.kind not in (Kind.CHAT, Kind.OTHER):
            tags[str(o.kind)] = None
        if o.value(INPUT) == 0 and o.value(OUTPUT) == 0:
            tags["free"] = None
    if cheap:
        tags["cheap"] = None
    return list(tags)


def _cheap(by_model: Mapping[str, list[Offering]]) -> set[str]:
    """The quarter of the chat models whose cheapest place asks least, three tokens in for one out."""
    lowest: dict[str, Decimal] = {}
    for model, offerings in by_model.items():
        for o in offerings:
            usd_in, usd_out = o.sound_price(INPUT), o.sound_price(OUTPUT)
            if o.kind == Kind.CHAT and usd_in is not None and usd_out is not None:
                blend = (3 * usd_in + usd_out) / 4
                if blend > 0:
                    lowest[model] = min(blend, lowest.get(model, blend))
    ordered = sorted(lowest, key=lambda m: (lowest[m], m))
    return set(ordered[: len(ordered) // 4])


def sections(path: str, title: str, content: str) -> list[list[Any]]:
    """A hand-written page as rows: one for the page, one for each heading with an id, with its words."""
    reader = _Sections()
    reader.feed(content)
    rows: list[list[Any]] = [[f"{path}", title, " ".join(reader.opening)[:400], "Page", PAGE_WEIGHT]]
    for anchor, heading, texts in reader.sections:
        text = re.sub(r"\s+", " ", " ".join(texts)).strip()[:300]
        rows.append([f"{path}#{anchor}", heading, text, title, 1])
    return rows


class _Sections(HTMLParser):
    """Headings with their ids, and the words below each; tables and code are left out."""

    def __init__(self) -> None:
        super().__init__()
        self.opening: list[str] = []
        self.sections: list[tuple[str, str, list[str]]] = []
        self._heading = ""
        self._skip = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        attributes = dict(attrs)
        if tag in ("h2", "h3") and attributes.get("id"):
            self._heading = str(attributes["id"])
            self.sections.append((self._heading, "", []))
        if tag in ("table", "pre", "script", "style", "noscript") or attributes.get("class") == "headerlink":
            self._skip += 1

    def handle_endtag(self, tag: str) -> None:
        if tag in ("h2", "h3"):
            self._heading = ""
        if tag in ("table", "pre", "script", "style", "noscript") or (tag == "a" and self._skip):
            self._skip = max(0, self._skip - 1)

    def handle_data(self, data: str) -> None:
        if self._skip or not data.strip():
            return
        if self._heading:
            anchor, heading, texts = self.sections[-1]
            self.sections[-1] = (anchor, f"{heading} {data.strip()}".strip(), texts)
        elif self.sections:
            self.sections[-1][2].append(data.strip())
        else:
            self.opening.append(data.strip())
