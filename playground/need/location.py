"""The parts of a need that say where it runs, who may serve it, and what becomes of the data."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from decimal import Decimal
from fnmatch import fnmatchcase
from typing import Any

from playground.catalog import Catalog, Certification, Channel, Seller
from playground.catalog.regions import ZONES, Zone, known_regions
from playground.labels.labels import CERTIFICATIONS, CHANNELS
from playground.need.form import Control, Fieldset, Part, Section, tick
from playground.need.need import SELLERS
from playground.need.values import WrongError, called, choice, named, number

PLACE = Section(id="place", title="Place and data")


def regions(catalog: Catalog) -> list[str]:
    """Every region that an offering names, or that a provider's address may be called in, sorted."""
    endpoints = (e for provider in catalog.providers.values() for e in provider.endpoints)
    places = (place for endpoint in endpoints for place in endpoint.places)
    called = {region for place in places if place.is_region for region in place.choices}
    return sorted(called.union(*(known_regions(offering) for offering in catalog.offerings)))


def _named(known: Callable[[Catalog], Iterable[str]], where: str = "the catalog") -> Callable[..., str]:
    return lambda value, catalog: named(value, known(catalog), where)


def _only(name: str, label: str, meaning: str, read: Callable[..., Any], choices: Any = lambda _: ()) -> Part:
    return Part(
        name=name,
        read=read,
        several=True,
        option=name.removesuffix("s"),
        section=PLACE,
        control=Control.LIST,
        label=label,
        placeholder="any",
        help=meaning,
        choices=choices,
    )


#: What people call a provider that the catalog knows by another name.
SPOKEN: Mapping[str, str] = {
    "aws": "amazon-bedrock",
    "amazon": "amazon-bedrock",
    "gcp": "google-vertex",
    "google-cloud": "google-vertex",
    "gemini": "google",
    "ai-studio": "google",
    "bedrock": "amazon-bedrock",
    "vertex": "google-vertex",
    "foundry": "azure",
    "azure-openai": "azure",
    "grok": "xai",
    "claude": "anthropic",
    "chatgpt": "openai",
}


def _model(value: Any, catalog: Catalog) -> str:
    """A model, or a pattern that some models fit: `microsoft/mai-*`."""
    pattern = str(value).strip().lower()
    if "*" not in pattern:
        return named(value, catalog.models)
    if not any(fnmatchcase(model, pattern) for model in catalog.models):
        raise WrongError(
            f"no model fits {value!r}; a pattern is a lab and the beginning of names: microsoft/mai-*"
        )
    return pattern


def _maker(value: Any, catalog: Catalog) -> str:
    """A lab; who names a provider, as one names Azure, is told which labs it serves by."""
    try:
        return named(value, catalog.labs)
    except WrongError as wrong:
        if lab := called(value, ((lab.id, lab.name) for lab in catalog.labs.values())):
            return lab
        name = str(value).strip().lower()
        if name in catalog.providers:
            serves = (
                f"{name} serves models and made none; ask for it under providers, and under labs for who made"
            )
            raise WrongError(
                f"{serves} the model, such as openai or microsoft", [f"providers={name}"]
            ) from None
        makers = Counter(model.partition("/")[0] for model in catalog.models if _in_line(model, name))
        for maker, _ in makers.most_common(1):
            line = f"{name} is a line of models, most of them by {maker}"
            models = f"{maker}/{name}*"
            raise WrongError(f"{line}; ask for it under models as {models}", [f"models={models}"]) from None
        raise wrong from None


def _in_line(model: str, name: str) -> bool:
    """Whether a model's id begins with a name, as `microsoft/phi-4` does with `phi`."""
    return re.match(rf"{re.escape(name)}(?![a-z])", model.partition("/")[2]) is not None


def _server(value: Any, catalog: Catalog) -> str:
    """A provider; who names a lab that serves nothing under its name is told who does."""
    try:
        return named(value, catalog.providers)
    except WrongError as wrong:
        name = str(value).strip().lower()
        # `Microsoft Foundry (Azure)` is called by the name before the brackets, too.
        printed = ((p.id, text) for p in catalog.providers.values() for text in {p.name, _short(p.name)})
        if name not in catalog.labs and (provider := called(value, printed)):
            return provider
        spoken = SPOKEN.get(re.sub(r"[\s_]+", "-", name), "")
        meant = [spoken] if spoken in catalog.providers else []
        if name in catalog.labs:
            houses = [
                p.id for p in catalog.providers.values() if name in p.name.lower() and p.kind == "cloud"
            ][:3]
            own = " or ".join(houses)
            served = f"; its own platform is {own}: use {own}" if houses else ""
            if not houses and meant:
                served = f"; did you mean {spoken}?"
            made = f"{name} made models (ask for them under labs) and serves none under that name"
            raise WrongError(made + served, [*(houses or meant), f"labs={name}"]) from None
        if meant:
            raise WrongError(f"there is no {value!r} in the catalog; did you mean {spoken}?", meant) from None
        raise wrong from None


def _short(name: str) -> str:
    return name.partition(" (")[0]


def _certification(value: Any, _: Catalog) -> Certification:
    """A certification by its id or as people write it: `SOC 2 Type II`, `ISO/IEC 27001`, `HIPAA`."""
    asked = _bare(str(value))
    known = {_bare(text): one for one, name in CERTIFICATIONS.items() for text in (one, name)}
    begun = {one for text, one in known.items() if asked and text.startswith(asked)}
    if asked in known:
        return known[asked]
    return begun.pop() if len(begun) == 1 else choice(value, Certification)


def _bare(text: str) -> str:
    """Letters and digits of a certification's name, without who else publishes the standard."""
    plain = re.sub(r"\btype (?:ii|2)\b", "type2", text.lower())
    return re.sub(r"[^a-z0-9]", "", re.sub(r"iso\s*/\s*iec", "iso", plain))


#: What each class of seller is called on a page.
SELLER_NAMES: Mapping[Seller, str] = {
    Seller.LAB: "the lab itself",
    Seller.HYPERSCALER: "hyperscalers",
    Seller.HOST: "established hosts",
    Seller.OWN: "your own",
    Seller.GATEWAY: "gateways, which pass requests on",
    Seller.RESELLER: "resellers",
    Seller.UNKNOWN: "of unknown class",
}
PLACE_AND_DATA = (
    Part(
        name="zone",
        read=lambda value, _: choice(value, Zone),
        section=PLACE,
        control=Control.CHOICE,
        label="Requests stay within",
        choices=lambda _: [("", "anywhere"), *((str(zone), name) for zone, name in ZONES.items())],
        help=f"Where requests must stay: {', '.join(Zone)}.",
    ),
    Part(
        name="region",
        read=_named(regions, "the regions of the catalog"),
        section=PLACE,
        label="Cloud region it must be had in",
        placeholder="any",
        choices=lambda catalog: [(region, "") for region in regions(catalog)],
        help="The cloud region it must be had in.",
    ),
    tick("zero_retention", PLACE, "Nothing sent is kept", "Only where nothing sent is kept."),
    tick("no_training", PLACE, "Nothing sent is trained on", "Only where nothing sent is trained on."),
    _only(
        "certifications",
        "Certified for",
        f"Only where the provider's own pages name this certification: {', '.join(Certification)}.",
        _certification,
        lambda _: list(CERTIFICATIONS.items()),
    ),
    tick(
        "support",
        PLACE,
        "The provider’s support page is known",
        "Only providers whose support page is known here.",
    ),
    tick("open_weights", PLACE, "Open weights", "Only models whose weights are open."),
    _only(
        "labs",
        "Only models made by these labs",
        "Only models that this lab made, whoever serves them: microsoft for MAI and Phi.",
        _maker,
        lambda catalog: [(lab.id, lab.name) for lab in catalog.labs.values()],
    ),
    _only(
        "providers",
        "Only served by these providers",
        "Only what this provider serves, whoever made it: azure for all that Microsoft Foundry hosts.",
        _server,
        lambda catalog: [(p.id, p.name) for p in catalog.providers.values()],
    ),
    Part(
        name="sellers",
        read=lambda value, _: Seller(choice(value, Seller)),
        several=True,
        option="seller",
        section=PLACE,
        control=Control.TICKS,
        usual=",".join(SELLERS),
        fieldsets=lambda: [
            Fieldset(
                legend="sold by; a provider that you name is asked for by that",
                choices=[(str(seller), SELLER_NAMES[seller]) for seller in Seller],
            )
        ],
        help="Sold by this class of provider: lab, hyperscaler, established-host, own; gateway, reseller and "
        "unknown only where they are named here.",
    ),
    _only(
        "channels",
        "Only these channels",
        "Only over this access channel.",
        lambda value, _: choice(value, Channel),
        lambda _: [(str(c), CHANNELS[c][0]) for c in Channel],
    ),
    _only(
        "models",
        "Only these models",
        "Only this model, or all of a pattern: 'microsoft/mai-*'.",
        _model,
    ),
    Part(
        name="memory",
        read=lambda value, _: number(str(value).lower().removesuffix("gb").strip(), least=Decimal(1)),
        section=PLACE,
        control=Control.NUMBER,
        label="Gigabytes of memory on a machine of your own",
        placeholder="not on mine; 16",
        help="Gigabytes of memory on your own machine that it must fit in, at about four bits a parameter.",
    ),
    _only("licences", "Only under these licences", "Only under this licence.", lambda value, _: str(value)),
)
