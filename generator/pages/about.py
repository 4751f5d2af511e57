"""The pages about the data itself: its sources, the method, and how a wrong fact is set right."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from functools import partial
from typing import Any

from generator.curated.fields import LABS_OWN, PRECEDENCE
from generator.pages.page import Page, render
from generator.views.as_of import behind
from generator.views.evidence import CORRECT
from generator.views.figures import escape
from generator.views.front.completeness import WITNESSES_WANTED, front
from generator.views.front.questions import ANSWERED, Answer
from generator.views.front.rule import RULE, front_models
from generator.views.report import by_field, by_provider
from generator.views.truth.error_file import Measured
from playground.catalog import Catalog
from playground.labels.addresses import model_path
from playground.labels.labels import label
from playground.labels.names import display_names
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
    catalog: Catalog,
    unplaced: Mapping[str, Mapping[str, tuple[str, ...]]],
    sha256: str,
    named: Collection[str] = (),
    errors: Measured | None = None,
) -> Page:
    """Each source with what it gave and what of it no rule placed, how often it is wrong, what is lacking.

    `named` are the models of versus.yml; `errors` is what was measured of the sources, where it was.
    """
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
            errors=errors,
            rates=_rates(errors, catalog),
            front=front(catalog, named),
            rule=escape(RULE),
            answered=escape(ANSWERED),
            witnesses=WITNESSES_WANTED,
            names=display_names(catalog),
            model_path=model_path,
            **{answer.name.lower(): answer for answer in Answer},
        ),
    )


def _rates(errors: Measured | None, catalog: Catalog) -> list[tuple[str, str, str, str, str]]:
    """What was measured of this catalog's sources: sort, source, claims, wrong, and how often that is."""
    rows = []
    for rate in errors.rates if errors else ():
        if rate.source in catalog.sources:
            low, high = rate.interval
            often = f"{rate.rate:.1%} ({low:.1%} to {high:.1%})"
            name = catalog.sources[rate.source].name
            rows.append((rate.sort, escape(name), f"{rate.claims:,}", f"{rate.wrong:,}", often))
    return rows


def method_page(
    catalog: Catalog,
    judged: Mapping[str, Any],
    named: Collection[str] = (),
    errors: Measured | None = None,
) -> Page:
    """How claims become facts, how well the facts stand, and how well abilities foretell hidden scores.

    `named` and `errors` are those of the page of the sources, to link to what it shows and no more.
    """
    return Page(
        path="/method/",
        title="Method",
        description="How claims become facts: identity, precedence, staleness, gates, overrides.",
        write=partial(
            render,
            "site/method.md.j2",
            precedence=[
                *_labs_own(catalog),
                *(
                    (p.pattern, provider or "any", " → ".join(s for s in order if s in catalog.sources))
                    for p, provider, order in PRECEDENCE
                    if any(s in catalog.sources for s in order)
                ),
            ],
            fields=by_field(catalog),
            providers=by_provider(catalog)[:PROVIDERS_SHOWN],
            service=LEAST_SERVICE.days,
            chain=LONGEST_CHAIN,
            size=f"{SAME_SIZE:g}",
            needed=", ".join(label(f"can.{capability}").lower() for capability in NEEDED),
            judged=judged,
            rates=bool(_rates(errors, catalog)),
            front=bool(front_models(catalog, named)),
            rules=[(rule.__name__.replace("_", " "), _first_line(rule)) for rule in RULES],
        ),
    )


def _labs_own(catalog: Catalog) -> list[tuple[str, str, str]]:
    """The row of what labs publish of their own APIs, where the catalog has any of it."""
    read = [source for source in LABS_OWN if source in catalog.sources]
    return [(".+", "the lab's own API", " → ".join(read))] if read else []


def _first_line(rule: object) -> str:
    return escape((rule.__doc__ or "").strip().split("\n")[0])
