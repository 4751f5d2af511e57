"""The needs that readers come with, in docs/catalog/needs.yml, and the chooser's page and its data."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from generator.edits import read_edited, rows_of, text_field
from generator.errors import EditError
from generator.identity import slug
from generator.pages import Page, latest, render
from generator.playground import calls
from generator.views import UNKNOWN, escape
from playground.catalog import Capability, Catalog, Channel, Kind
from playground.desk import MODELS, MODELS_MOST, Desk
from playground.need import HEAVIEST, read_need, said_of
from playground.packed import pack
from playground.prices import Mode
from playground.regions import ZONES
from playground.words import CHANNELS, display_names, label, linked, model_path

FILE = "needs.yml"
PATH = "/choose/"
#: How many models the page itself lists for each need; the rest comes when it is opened.
LISTED = 6
#: A series of scores with fewer models than this tells nobody apart.
ENOUGH = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    """A need that has a name: `said` in a line, `why` its numbers are what they are."""

    id: str
    title: str
    said: str
    why: str
    need: Mapping[str, Any]


def load_needs(path: Path) -> tuple[Named, ...]:
    """needs.yml as values; none where there is no such file. Raises EditError naming the entry."""
    if not path.exists():
        return ()
    edited = read_edited(path)
    if not isinstance(edited.content, list):
        raise EditError(f"{path}: must be a list of needs (`- id: …`)")
    found: dict[str, Named] = {}
    for where, row in rows_of(path, "", edited.content, set(Named.__dataclass_fields__)):
        texts = {k: text_field(edited, f"{where}: {k}", row.get(k)) for k in ("id", "title", "said", "why")}
        if texts["id"] != slug(texts["id"]):
            raise EditError(f"{path}: {where}: id must be lower case with dashes, it is {texts['id']!r}")
        if texts["id"] in found:
            raise EditError(f"{path}: {where}: {texts['id']} is there already; give it another id")
        if not isinstance(row.get("need"), dict):
            raise EditError(f"{path}: {where} ({texts['id']}): need must be a mapping (`must: [vision]`)")
        found[texts["id"]] = Named(**texts, need={str(k): v for k, v in row["need"].items()})
    return tuple(found.values())


def faulty(needs: tuple[Named, ...], catalog: Catalog) -> Iterator[str]:
    """What in the named needs cannot be read against the catalog, a line for each."""
    for named in needs:
        for fault in read_need(named.need, catalog)[1]:
            yield f"docs/catalog/{FILE}: {named.id}: {fault.part}: {fault.message}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Chosen:
    """A named need with its answer, as playground.desk gives it."""

    named: Named
    answer: Mapping[str, Any]


def desk_of(catalog: Catalog, sha256: str) -> Desk:
    """The desk that answers what a site is made with, as of the catalog's freshest source."""
    return Desk(catalog, display_names(catalog), calls(catalog), sha256, latest(catalog))


def chosen(needs: tuple[Named, ...], desk: Desk) -> tuple[Chosen, ...]:
    """Each need that the desk's catalog can answer.

    A need that speaks of what a site owner has left out (a provider, a series of scores) is left out too.
    """
    found = []
    for named in needs:
        need, faults = desk.read(named.need)
        if not faults:
            answer = desk.answer(need)
            shown = desk.shown(answer)
            shown["pending"] = desk.pending(answer)
            shown["places"] = desk.places(answer, [m["model"] for m in shown["models"]])
            found.append(Chosen(named=named, answer=shown))
    return tuple(found)


def chooser_page(found: tuple[Chosen, ...], catalog: Catalog, *, live: bool) -> Page:
    """The page, with each named need's answer in it. `live` is whether Python can be started on it."""
    rows = [
        {
            "id": one.named.id,
            "title": escape(one.named.title),
            "said": escape(one.named.said),
            "why": escape(one.named.why),
            "left": f"{one.answer['left']:,}",
            "models": f"{one.answer['left_models']:,}",
            "scored": bool(one.answer["need"]["benchmark"]),
            "rows": [_row(row) for row in one.answer["models"][:LISTED]],
            "out": [
                (escape(name), f"{group['count']:,}")
                for name, group in sorted(one.answer["eliminated"].items(), key=lambda g: -g[1]["count"])
            ],
        }
        for one in found
    ]

    def write() -> str:
        return render("choose.md.j2", needs=rows, total=f"{len(catalog.offerings):,}", live=live)

    return Page(
        path=PATH,
        title="Choose",
        description="From what you need to a shortlist: who is out and why, what it costs, what flips it.",
        write=write,
        hide=("navigation", "toc"),
    )


def _row(row: Mapping[str, Any]) -> dict[str, str]:
    score = row.get("score")
    return {
        "name": escape(row["name"]),
        "link": f"{model_path(row['model'])}#{row['anchor']}",
        "place": escape(row["place"]),
        "month": escape(row["cost"]),
        "score": linked(score["score"], score["link"]) if score else UNKNOWN,
        "front": " †" if row["front"] else "",
    }


def chooser_data(found: tuple[Chosen, ...], catalog: Catalog) -> dict[str, Any]:
    """What the page's controls offer, and the named needs without their answers."""
    scores: dict[str, int] = {}
    for model in catalog.models.values():
        for name in {s.series for s in model.scores}:
            scores[name] = scores.get(name, 0) + 1
    regions = {r for o in catalog.offerings if isinstance(v := o.value("regions"), tuple) for r in v}
    return {
        "needs": [
            {
                "id": one.named.id,
                "title": one.named.title,
                "said": one.named.said,
                "why": one.named.why,
                "need": said_of(read_need(one.named.need, catalog)[0]),
            }
            for one in found
        ],
        "capabilities": {str(c): label(f"can.{c}") for c in Capability},
        "kinds": sorted(map(str, Kind)),
        "modes": [str(m) for m in Mode],
        "zones": {str(z): name for z, name in ZONES.items()},
        "channels": {str(c): CHANNELS[c][0] for c in Channel},
        "labs": {lab.id: lab.name for lab in catalog.labs.values()},
        "providers": {p.id: p.name for p in catalog.providers.values()},
        "regions": sorted(regions),
        "heaviest": HEAVIEST,
        "models": {"shown": MODELS, "most": MODELS_MOST},
        "series": {name: n for name, n in sorted(scores.items(), key=lambda s: (-s[1], s[0])) if n >= ENOUGH},
    }


def packed(desk: Desk) -> dict[str, Any]:
    """The desk's catalog for the browser."""
    as_of = str(desk.today) if desk.catalog.sources else ""
    return pack(desk.catalog, desk.sha256, as_of, names=desk.names, calls=desk.calls)
