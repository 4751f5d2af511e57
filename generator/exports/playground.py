"""What the playground page needs of the catalog: a row for each address it may call."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import Any
from urllib.parse import urlencode

from generator.curated.first_minute import FirstMinute
from generator.exports.listed.models import UNKNOWN_EFFORTS, call_id, listed_model, taken
from generator.exports.listed.places import Stays, by_deployment, different, stays_by_id
from generator.exports.small_model import BYTES, PARTS
from playground.catalog import Catalog, Kind, Offering, Provider
from playground.catalog.endpoints import Auth, Endpoint, Place, Wire, endpoint_to_json, exact_origins
from playground.catalog.families.family import Family
from playground.chat.chat import IMAGES
from playground.chat.metrics import SHOWN
from playground.chat.parameters import (
    LABELS,
    LIMITS,
    refused_here,
)
from playground.evaluate.checks.table import checks_to_json, extractions_to_json
from playground.evaluate.code.job import MEMORY
from playground.evaluate.exporting.forms import FORMS
from playground.json_text import SIZE
from playground.labels.names import display_names
from playground.labels.ways import row_id as address_id
from playground.labels.ways import usual_zone, way, ways
from playground.run.cell.cell import NAMES
from playground.run.ending import EMPTY, REASON_TEXTS, REASONED
from playground.run.export import KEYS

PAGE = "playground/index.md"
PLAYGROUND = "playground"
EVALUATE_PAGE = "evaluate/index.md"
OWN_ID = "own"
SMALL_ID = "small"
SMALL_ACCESS = (
    "A real but very small model: quick to err, weak in facts, English only (Apache-2.0). A run downloads "
    f"{BYTES / 1e6:.0f} MB once; then it works offline and nothing leaves this machine."
)
#: Models that run in the page itself, by keyless/local.js.
IN_PAGE = (
    (
        "browser",
        "Built into this browser",
        "page:language-model",
        "Chrome has Gemini Nano and Edge Phi-4-mini on some devices; nothing leaves this machine.",
    ),
    (
        SMALL_ID,
        "SmolLM2 135M, in this page",
        "page:smollm2",
        SMALL_ACCESS,
    ),
)
#: What a reader types for those parameters of a chat that are texts, and the lines of their fields.
TEXTS: Mapping[str, tuple[int, str]] = {
    "tools": (
        5,
        'A list of functions: [{"name": "weather", "description": "…", "parameters": {"type": "object", …}}]',
    ),
    "schema": (5, 'The JSON Schema the answer must satisfy: {"type": "object", "properties": {…}}'),
    "stop": (2, "One for each line"),
}
#: What the editor says of each name that a cell finds.
CELL = {
    "compare": 'await compare("prompt", models=[…], runs=1, schema=…, tools=[…], images=images, '
    "variables={…}, temperature=0): a result for each model",
    "models": "the names compare takes: the panes of the page",
    "images": "the images beside the prompt in the page, for compare",
    "table": "table(results): the results beside each other",
    "plot": "plot(results): a bar for each model's time",
}


def _own(wire: Wire, usual: str, **rest: Any) -> Endpoint:
    """A server of the reader's own that speaks that wire: the whole address is one of its parts."""
    place = Place(name="url", label="Address of the server", default=usual)
    return Endpoint(wire=wire, url="{url}", places=(place,), auth=(Auth.NONE,), echo_model=True, **rest)


#: Row id → title and endpoint, by the APIs that people's own servers speak; the usual one first.
OWN_ROWS: Mapping[str, tuple[str, Endpoint]] = {
    OWN_ID: (
        "Your own server (OpenAI-compatible)",
        _own(Wire.OPENAI_CHAT, "http://localhost:8000/v1"),
    ),
    f"{OWN_ID}.1": (
        "Your own server (OpenAI Responses)",
        _own(Wire.OPENAI_RESPONSES, "http://localhost:8000/v1", store_option=True),
    ),
    f"{OWN_ID}.2": (
        "Your own server (Anthropic Messages)",
        # The version that the vendor's own libraries send.
        _own(Wire.ANTHROPIC_MESSAGES, "http://localhost:8000", headers={"anthropic-version": "2023-06-01"}),
    ),
    f"{OWN_ID}.3": (
        "Your own server (Ollama)",
        _own(Wire.OLLAMA, "http://localhost:11434"),
    ),
}
OWN_ACCESS = (
    "Your server must let web pages call it (CORS); a key is needed only if the server asks for one. "
    "Where it speaks another API, choose the provider “Your own server” with that name. Test connection says "
    "what it saw."
)
#: Where nothing is known of where requests stay.
NOWHERE: Mapping[str, Mapping[str, Stays]] = MappingProxyType({})
_ACCESS = {
    "yes": "Browser access: works",
    "likely": "Browser access: probably works",
    "unknown": "Browser access: unknown, test the connection",
    "no": "Browser access: refused",
}
_ACCESS_BY = {"vendor": "according to the vendor", "reported": "according to third parties"}


def callable_rows(providers: Iterable[Provider], *, small: bool = True) -> list[dict[str, Any]]:
    """The rows as the page reads them: providers in their order, then the reader's own address."""
    rows = [
        _row(address_id(p, place), row_title(p, e), e, _access(p), p.browser, p.browser_fix)
        | ({"docs": p.docs} if p.docs else {})
        | ({"by_deployment": text} if (text := by_deployment(p, e)) else {})
        for p in providers
        for place, e in enumerate(p.endpoints)
        if p.status == "live"
    ]
    rows += [
        _row(name, title, Endpoint(wire=Wire.LANGUAGE_MODEL, url=url, auth=(Auth.NONE,)), access, "yes", "")
        for name, title, url, access in IN_PAGE
        if small or name != SMALL_ID
    ]
    own = (
        _row(name, title, endpoint, OWN_ACCESS, "likely", "") | {"own": True}
        for name, (title, endpoint) in OWN_ROWS.items()
    )
    return [*rows, *own]


def page_data(
    providers: Iterable[Provider],
    *,
    small: bool,
    sha256: str,
    first: FirstMinute,
    stays: Mapping[str, Mapping[str, Stays]] = NOWHERE,
) -> dict[str, Any]:
    """What the page needs before Python is up: the rows, the parameters of a chat, the image types.

    `sha256` is the catalog's, which records name; `first` what a newcomer finds filled in; `stays` is
    `stays_by_row`.
    """
    rows = callable_rows(providers, small=small)
    for row in rows:
        if distinct := different(stays.get(row["id"], {})):
            row["stays"] = distinct
    return {
        "rows": rows,
        "catalog": sha256,
        "origins": list(origins(providers)),
        **first.for_page([row["id"] for row in rows]),
        "keyless": SMALL_ID if small else "",
        "weights": {"parts": list(PARTS) if small else [], "bytes": BYTES},
        "parameters": [_parameter(name, label) for name, label in LABELS.items()],
        "efforts": UNKNOWN_EFFORTS,
        "images": list(IMAGES),
        "checks": checks_to_json(),
        "extractions": extractions_to_json(),
        "forms": [{"name": name, "label": form.label} for name, form in FORMS.items()],
        "most_bytes": SIZE,
        "code_memory": MEMORY,
        "cell_names": [{"name": name, "info": CELL[name]} for name in NAMES],
        "key_shapes": KEYS.pattern,
        "reasons": dict(REASON_TEXTS) | {"empty": EMPTY, "reasoned": REASONED},
        "figures": [{"name": name, "label": shown.label} for name, shown in SHOWN.items()],
    }


def _parameter(name: str, label: str) -> dict[str, Any]:
    """A parameter of a chat with the field that asks for it; images are added beside the prompt."""
    if name in LIMITS:
        field: dict[str, Any] = {"control": "number", **LIMITS[name]}
    elif name in TEXTS:
        lines, meaning = TEXTS[name]
        field = {"control": "text", "lines": lines, "help": meaning}
    else:
        field = {"control": {"effort": "effort", "images": "none"}[name]}
    return {"name": name, "label": label, **field}


def origins(providers: Iterable[Provider]) -> tuple[str, ...]:
    """Every origin that the page may talk to from the start: those that providers' addresses name, sorted."""
    live = [p for p in providers if p.status == "live"]
    return tuple(sorted({origin for p in live for e in p.endpoints for origin in exact_origins(e)}))


def row_title(provider: Provider, endpoint: Endpoint) -> str:
    """What the playground calls the row of a provider's address."""
    return f"{provider.name}: {endpoint.name}" if endpoint.name else provider.name


def row_id(provider: Provider, endpoint: Endpoint) -> str:
    """The id of the row of a provider's address: `azure`, and `azure.1` for its second."""
    return address_id(provider, provider.endpoints.index(endpoint))


def _access(provider: Provider) -> str:
    """Whether a page may call it, by whom that is known and since when; then what there is to know."""
    access = _ACCESS[provider.browser]
    if known_by := provider.browser_known_by:
        access += f", {_ACCESS_BY.get(known_by, known_by)}"
        if provider.browser_checked:
            access += f" (checked {provider.browser_checked:%Y-%m-%d})"
    evidence = provider.browser_evidence.replace("`", "").rstrip(".")
    return f"{access}. {evidence}." if evidence else f"{access}."


def _row(name: str, title: str, endpoint: Endpoint, access: str, browser: str, fix: str) -> dict[str, Any]:
    address = endpoint_to_json(endpoint)
    return {
        "id": name,
        "name": title,
        "endpoint": address,
        "places": address.get("places", []),
        "access": access,
        "browser": browser,
        "fix": fix,
        "auth": [str(auth) for auth in endpoint.auth],
        "keyed": endpoint.auth != (Auth.NONE,),
        "refused": refused_here(endpoint),
        "families": [
            {"name": f.name, "page": f.page, "read": f.read, "pattern": _pattern(f), **taken(endpoint, f)}
            for f in endpoint.families
        ],
        **({"models_url": models_url} if (models_url := _models_url(endpoint)) else {}),
    }


def _models_url(endpoint: Endpoint) -> str:
    """Where a server on the reader's own machine lists its models; empty for any other."""
    if not endpoint.url.startswith("http://localhost:"):
        return ""
    return f"{endpoint.url}/api/tags" if endpoint.wire == Wire.OLLAMA else f"{endpoint.url}/models"


def model_lists(
    catalog: Catalog, stays: Mapping[str, Mapping[str, Stays]] = NOWHERE
) -> dict[str, list[dict[str, Any]]]:
    """Row id → what can be chatted with there: loaded by the page when that provider is chosen.

    `stays` is `stays_by_row`, as for `page_data`.
    """
    names = display_names(catalog)
    by_provider = _chats(catalog)
    lists: dict[str, list[dict[str, Any]]] = {}
    for provider in catalog.providers.values():
        for place in range(len(provider.endpoints)):
            lists[address_id(provider, place)] = []
        for offering in by_provider.get(provider.id, ()):
            for place in provider.rows(offering.model):
                row = listed_model(offering, catalog, names, provider.endpoints[place])
                lists[address_id(provider, place)].append(row)
    for name, known in stays.items():
        distinct = different(known)
        for row in lists[name]:
            if there := known.get(row["id"]):
                row["stays"] = distinct.index(there)
    lists["browser"] = [{"id": "built-in", "name": "The browser’s own model", "prices": {}}]
    lists[SMALL_ID] = [{"id": "smollm2-135m-instruct", "name": "SmolLM2-135M-Instruct", "prices": {}}]
    lists |= {name: [] for name in OWN_ROWS}
    return lists


def stays_by_row(catalog: Catalog) -> Mapping[str, Mapping[str, Stays]]:
    """By row, by the id that is sent there: where requests stay, where it is known."""
    chats = _chats(catalog)
    return {
        address_id(provider, place): stays
        for provider in catalog.providers.values()
        for place, endpoint in enumerate(provider.endpoints)
        if (stays := stays_by_id(catalog, chats.get(provider.id, ()), endpoint))
    }


def _chats(catalog: Catalog) -> Mapping[str, list[Offering]]:
    """By provider, what can be chatted with there without a commitment."""
    chats: dict[str, list[Offering]] = {}
    for offering in catalog.offerings:
        if offering.kind == Kind.CHAT and not offering.variant.endswith("commitment"):
            chats.setdefault(offering.provider, []).append(offering)
    return chats


def row_ids(provider: Provider, offering: Offering) -> list[str]:
    """The rows that this offering can be called at: those made for it, else those made for none."""
    return [address_id(provider, place) for place in provider.rows(offering.model)]


def link(catalog: Catalog, offerings: Iterable[Offering]) -> str:
    """The playground with these models filled in, at most six; empty where none of them can be called."""
    models = [("model", name) for o in offerings if (name := _linked(catalog, o))]
    callable_models = list(dict.fromkeys(models))[:6]
    return f"/{PLAYGROUND}/#{urlencode([('v', '1'), *callable_models])}" if callable_models else ""


def calls(catalog: Catalog) -> dict[str, str]:
    """By offering, how the playground's links name it (`azure.1:gpt-5`), where it can be called."""
    return {o.key: name for o in catalog.offerings if (name := _call(catalog, o))}


def ways_of_calls(catalog: Catalog, called: Mapping[str, str]) -> dict[str, dict[str, str]]:
    """By offering that can be called, the address for each zone that requests can stay within."""
    offerings = (o for o in catalog.offerings if o.key in called)
    return {o.key: there for o in offerings if (there := ways(catalog, o))}


def _linked(catalog: Catalog, offering: Offering) -> str:
    """How a link names it: called where its channel keeps requests, whatever is set."""
    call = _call(catalog, offering)
    zone = usual_zone(catalog, offering)
    address = way(catalog, offering, zone) if call and zone else ""
    return f"{address}:{call.partition(':')[2]}" if address else call


def _call(catalog: Catalog, offering: Offering) -> str:
    provider = catalog.providers[offering.provider]
    if offering.kind != Kind.CHAT or provider.status != "live":
        return ""
    name = call_id(offering)
    return next((f"{row}:{name}" for row in row_ids(provider, offering) if name), "")


def _pattern(family: Family) -> str:
    """The ids of a family as a regular expression that JavaScript reads as Python does."""
    plain = (re.sub(r"[.^$+?(){}|\\/]", r"\\\g<0>", name).replace("*", ".*") for name in family.models)
    return f"^(?:{'|'.join(plain)})$"
