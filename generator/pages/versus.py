"""The pages that hold two models against each other, each with each of docs/catalog/versus.yml."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, MutableSet
from functools import partial
from itertools import combinations
from typing import Any

from generator.pages.page import WIDE, Link, Page, no_link, render
from generator.views.figures import UNKNOWN, end_mark, escape, marked
from playground.ability import Abilities
from playground.catalog import Catalog, Evidence
from playground.labels.addresses import anchor, markdown_link, model_path, versus_path
from playground.labels.hours import BY_HOUR
from playground.labels.names import display_names
from playground.lifecycle.outlook import model_ends, offering_end
from playground.need.workload import WORK_PARTS
from playground.versus.ahead import is_untested
from playground.versus.month import USUAL_PARTS
from playground.versus.side import UNTESTED, Side, side
from playground.versus.versus import Versus, versus
from playground.versus.versus_json import versus_to_json

PATH = "/versus/"
#: A letter on a page, as figures.marked writes it.
LETTER = re.compile(r"letter letter-([a-z])")


def versus_sides(
    models: tuple[str, ...], catalog: Catalog, abilities: Abilities = UNTESTED
) -> tuple[Side, ...]:
    """Each of the models that this catalog has, with the place that speaks for it."""
    served = {o.model for o in catalog.offerings}
    names = display_names(catalog)
    return tuple(side(m, catalog, names, abilities) for m in models if m in served)


def versus_pages(sides: tuple[Side, ...], catalog: Catalog, link: Link = no_link) -> Iterator[Page]:
    """A page for each pair; `link` leads to the playground with both filled in."""
    for a, b in combinations(sides, 2):
        yield Page(
            path=versus_path(a.model.id, b.model.id),
            title=f"{a.name} or {b.name}?",
            description=f"{a.name} or {b.name}: which is for most, and when to choose the other.",
            write=partial(_write, a, b, catalog, link),
            inputs=[*(_inputs(s) for s in (a, b)), str(catalog.day)],
            trail=((PATH, "Versus"),),
        )


def _inputs(one: Side) -> list[Any]:
    """What of one side its pages depend on: also how its scores go with those of the other."""
    before = one.abilities.of(one.before) if one.before else None
    seller = (one.seller.stored_in, one.seller.no_training, one.seller.endpoints) if one.seller else ()
    about = [one.model, one.name, one.places, one.stays, one.instead, one.ability, before, one.before_name]
    return [*about, seller]


def _write(a: Side, b: Side, catalog: Catalog, link: Link) -> str:
    compared = versus(a, b)
    values = versus_to_json(compared, catalog)
    scores = [_scored(row) for row in values["scores"]]
    texts = [row[key]["text"] for row in values["side_by_side"] for key in ("a", "b")]
    verdict = _verdict(values, compared)
    reasons = [[with_letters(s, compared) for s in values[key]] for key in ("for_a", "for_b")]
    rows = [_row(row, values) for row in values["side_by_side"]]
    return render(
        "decide/versus.md.j2",
        verdict=verdict,
        sides=[_side(one, values[key]) for one, key in ((a, "a"), (b, "b"))],
        reasons=reasons,
        same=[escape(s["text"]) for s in values["same"]],
        rows=rows,
        letters={letter.upper() for letter in LETTER.findall(f"{verdict} {reasons} {rows}")},
        hourly=any(text.endswith(BY_HOUR) for text in texts),
        alike={
            str(kind): [row for row in scores if not row["differs"] and row["evidence"] == kind]
            for kind in Evidence
        },
        scored=bool(scores),
        through=not any(map(is_untested, (a, b))),
        unlike=[row for row in scores if row["differs"]],
        unknown=[escape(", ".join(values["unknown"][key])) for key in ("a", "b")],
        both=f"{a.home.key},{b.home.key}",
        models=f"{a.model.id},{b.model.id}",
        pair=(a.model.id, b.model.id),
        together=link([a.home, b.home]),
    )


def _side(one: Side, values: Mapping[str, Any]) -> dict[str, str]:
    return {
        "name": escape(values["name"]),
        "lab": escape(values["lab"]),
        "place": escape(values["place"]),
        "end": end_mark(offering_end(one.home)),
        "link": model_path(values["model"]),
        "home": f"{model_path(values['model'])}#{values['anchor']}",
        "scores": f"{values['scores']:,}" if values["scores"] else "",
    }


def _verdict(values: Mapping[str, Any], compared: Versus) -> dict[str, Any]:
    """The verdict with links: to the model that is for most, to who says what it rests on, to the bill."""
    verdict = values["verdict"]
    month = verdict["month"]
    asked = "&".join(f"{name}={value}" for name, value in month["work"].items())
    both = f"{compared.a.home.key},{compared.b.home.key}"
    costs = [escape(month[key]) for key in ("a", "b")]
    linked: set[str] = set()
    return {
        "head": escape(verdict["head"]),
        "sure": verdict["sure_text"],
        "why": [with_letters(s, compared, linked) for s in verdict["why"]],
        "when": [(escape(values[key]["name"]), escape(text)) for key, text in verdict["when"].items()],
        "notes": [with_letters(s, compared, linked) for s in verdict["notes"]],
        "work": escape(month["text"]),
        "costs": costs if compared.verdict.months.known else [],
        "bill": f"/bill/?o={both}&{asked}",
    }


def with_letters(sentence: Mapping[str, Any], compared: Versus, linked: MutableSet[str] | None = None) -> str:
    """The sentence with the letters of its facts, each leading to who says it.

    `linked` are the models whose scores a sentence before it leads to already.
    """
    marks = []
    scored = []
    linked = set() if linked is None else linked
    pages: set[str] = set()
    names = {s.model.id: s.name for s in (compared.a, compared.b)}
    names |= {s.before: s.before_name for s in (compared.a, compared.b) if s.before}
    for fact in sentence["facts"]:
        if fact["field"] == "ability":
            if fact["of"] in linked:
                continue
            linked.add(fact["of"])
            scored.append(f'<a href="{model_path(fact["of"])}#strengths">{escape(names[fact["of"]])}</a>')
            continue
        home = next((s for s in (compared.a, compared.b) if fact["of"] in s.where), None)
        if home and fact["mark"]:
            marks.append(marked(fact["mark"], f"{model_path(home.model.id)}#{_anchor(home, fact['of'])}"))
        elif fact["mark"]:
            marks.append(marked(fact["mark"], f"{model_path(fact['of'])}#the-model"))
        if (stated := fact.get("stated")) and stated["url"] not in pages:
            pages.add(stated["url"])
            marks.append(_its_page(stated))
    scores = f" <small>(scores of {', '.join(scored)})</small>" if scored else ""
    return escape(sentence["text"]) + scores + "".join(dict.fromkeys(marks))


def _its_page(stated: Mapping[str, Any]) -> str:
    """The page where a provider says it, with its words and the day they were read."""
    quoted = f"“{stated['quote']}” " if stated.get("quote") else ""
    quote = escape(f"{quoted}(read {stated['read']})").replace('"', "&quot;")
    return f' (<a href="{escape(stated["url"])}" title="{quote}" rel="noreferrer">its page</a>)'


def _anchor(model_side: Side, key: str) -> str:
    return anchor(next(o for o in model_side.places if o.key == key))


def _row(row: Mapping[str, Any], values: Mapping[str, Any]) -> dict[str, str]:
    cells = {"label": escape(row["label"])}
    for key in ("a", "b"):
        page = f"{model_path(values[key]['model'])}#{values[key]['anchor']}"
        cells[key] = (
            escape(row[key]["text"]) + marked(row[key]["mark"], page) if row[key]["text"] else UNKNOWN
        )
    return cells


def _scored(row: Mapping[str, Any]) -> dict[str, str]:
    alike = row["series"].rpartition("), ")[0]
    cells = {
        "test": escape(f"{alike})" if alike else row["test"]),
        "evidence": row["evidence"],
        "differs": escape("; ".join(row["differs"])),
    }
    for key in ("a", "b"):
        side = row[key]
        figure = markdown_link(side["score"], side["link"])
        cells[key] = f"**{figure}**" if row["better"] == key else figure
        if side["interval"]:
            cells[key] += f" <small>{escape(side['interval'])}</small>"
    cells["by"] = escape("each its own lab" if row["evidence"] == "claimed" else row["a"]["by"])
    cells["as_of"] = escape(" and ".join(dict.fromkeys((row["a"]["as_of"], row["b"]["as_of"]))))
    return cells


def versus_index(sides: tuple[Side, ...], catalog: Catalog, *, live: bool) -> Page:
    """The page that leads to every pair; `live` is whether Python can be started on it, for others."""
    names = {s.model.id: s.name for s in sides}
    ends = model_ends(catalog)
    rows = [
        {
            "name": escape(s.name),
            "lab": escape(catalog.labs[s.model.lab].name),
            "link": model_path(s.model.id),
            "end": end_mark(ends.get(s.model.id, "")),
            "others": [
                (escape(names[b.model.id]), versus_path(*_ordered(s, b, sides))) for b in sides if b is not s
            ],
        }
        for s in sides
    ]
    return Page(
        path=PATH,
        title="Versus",
        description="Two models against each other: choose this one when, choose that one when.",
        write=partial(render, "decide/versus-index.md.j2", rows=rows, live=live),
        hide=WIDE,
        in_nav=True,
    )


def _ordered(one: Side, other: Side, sides: tuple[Side, ...]) -> tuple[str, str]:
    a, b = sorted((one, other), key=sides.index)
    return a.model.id, b.model.id


def versus_data(sides: tuple[Side, ...], catalog: Catalog) -> dict[str, Any]:
    """What the page for any pair needs: every model by name, the pairs that have a page, the month's work."""
    names = display_names(catalog)
    served = sorted({o.model for o in catalog.offerings})
    labels = {part.name: part.label for part in WORK_PARTS}
    return {
        "models": {m: names[m] for m in served},
        "pages": [s.model.id for s in sides],
        "work": [{"name": n, "label": labels[n], "usual": str(usual)} for n, usual in USUAL_PARTS.items()],
    }
