"""The pages about the data itself: its sources, the method, and how a wrong fact is set right."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

from generator.curated.fields import PRECEDENCE
from generator.pages.page import Page, render
from generator.views.as_of import behind
from generator.views.evidence import CORRECT
from generator.views.figures import escape
from generator.views.report import by_field, by_provider
from playground.catalog import Catalog
from playground.labels.labels import label
from playground.lifecycle.fit import LEAST_SERVICE, NEEDED
from playground.lifecycle.lines import SAME_SIZE
from playground.lifecycle.named import LONGEST_CHAIN
from playground.versus.rules import RULES

#: How many providers the page of the method lists, those with the most facts.
PROVIDERS_SHOWN = 25


def correct_page(edit: str) -> Page:
    """Where a reader sets a fact right; `edit` begins the address where people edit the files."""
    return Page(
        path=f"/{CORRECT}/",
        title="Correct a fact",
        description="From a wrong figure to the lines that set it right.",
        write=partial(
            render,
            "site/correct.md.j2",
            edit=edit,
            files={
                name: f"[{name}.yml]({edit}{name}.yml)" if edit else f"[{name}.yml](/catalog/{name}.yml)"
                for name in ("overrides", "identity", "providers")
            },
        ),
        in_nav=False,
    )


def sources_page(
    catalog: Catalog, unplaced: Mapping[str, Mapping[str, tuple[str, ...]]], sha256: str
) -> Page:
    """Each source with what it gave, and what of it no rule placed."""
    return Page(
        path="/sources/",
        title="Sources",
        description="What is read, how fresh it is, what was left out and why.",
        write=partial(
            render,
            "lists/sources.md.j2",
            sources=[(state, behind(state, catalog)) for state in catalog.sources.values()],
            unplaced={
                source: {reason: [escape(i) for i in ids] for reason, ids in reasons.items()}
                for source, reasons in unplaced.items()
            },
            sha256=sha256,
        ),
    )


def method_page(catalog: Catalog) -> Page:
    """How claims become facts, with how well the facts stand."""
    return Page(
        path="/method/",
        title="Method",
        description="How claims become facts: identity, precedence, staleness, gates, overrides.",
        write=partial(
            render,
            "site/method.md.j2",
            precedence=[
                (p.pattern, provider or "any", " → ".join(s for s in order if s in catalog.sources))
                for p, provider, order in PRECEDENCE
                if any(s in catalog.sources for s in order)
            ],
            fields=by_field(catalog),
            providers=by_provider(catalog)[:PROVIDERS_SHOWN],
            service=LEAST_SERVICE.days,
            chain=LONGEST_CHAIN,
            size=f"{SAME_SIZE:g}",
            needed=", ".join(label(f"can.{capability}").lower() for capability in NEEDED),
            rules=[(rule.__name__.replace("_", " "), _first_line(rule)) for rule in RULES],
        ),
    )


def _first_line(rule: object) -> str:
    return escape((rule.__doc__ or "").strip().split("\n")[0])
