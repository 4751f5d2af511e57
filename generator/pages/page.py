"""One page of the site: its address, its title and the Markdown that it writes when asked."""

from __future__ import annotations

import traceback
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined, TemplateError, TemplateSyntaxError

from generator.errors import AlmanacError
from generator.views.evidence import FactView
from generator.views.figures import Figure, escape, figure_text, marked
from playground.catalog import Catalog, Offering
from playground.labels.counted import counted
from playground.labels.labels import MARKS, STANDINGS

#: To the playground with these filled in; empty where it cannot call them.
type Link = Callable[[Iterable[Offering]], str]
TEMPLATES = Path(__file__).parent / "templates"
#: What the theme leaves out of a page that has nothing beside it: the navigation and the table of contents.
WIDE = ("navigation", "toc")


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """One page: `path` is its address from the site's root (`/models/openai/gpt-5/`).

    `write` makes its Markdown and `publish` what it gives to programs; `inputs` is all of the catalog that
    both depend on, beside what every page shares (`shared_inputs`). `trail` is the pages above it.
    """

    path: str
    title: str
    description: str
    write: Callable[[], str]
    publish: Callable[[], Mapping[str, Any]] | None = None
    inputs: Any = None
    hide: tuple[str, ...] = ()
    in_nav: bool = True
    trail: tuple[tuple[str, str], ...] = ()

    @property
    def markdown(self) -> str:
        return self.write()


@cache
def _templates() -> Environment:
    env = Environment(
        loader=FileSystemLoader(TEMPLATES),
        undefined=StrictUndefined,
        autoescape=False,  # noqa: S701 (Markdown; views.escape makes every value plain text)
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        auto_reload=False,
    )
    env.globals["legend"] = [(MARKS[s], meaning) for s, meaning in STANDINGS.items()]
    env.filters["mark"] = _mark
    env.filters["plain"] = escape
    env.filters["counted"] = counted
    return env


def _mark(figure: Figure | FactView, claims: str = "") -> str:
    if isinstance(figure, Figure):
        return figure_text(figure, claims)
    return figure.text + marked(figure.mark, claims)


def render(template: str, **values: Any) -> str:
    """The template filled with the values. Raises AlmanacError where it names one that it does not get."""
    try:
        return _templates().get_template(template).render(**values)
    except TemplateError as error:
        raise AlmanacError(f"{fault(error)}; report it, for no site can mend it") from error


def fault(error: TemplateError) -> str:
    """Where a template is wrong, and what is wrong there."""
    if isinstance(error, TemplateSyntaxError):
        return f"{error.filename or error.name}: line {error.lineno}: {str(error.message).rstrip('.')}"
    places = [at for at in traceback.extract_tb(error.__traceback__) if not at.filename.endswith(".py")]
    return "".join(f"{at.filename}: line {at.lineno}: " for at in places[-1:]) + str(error)


def shared_inputs(catalog: Catalog) -> Any:
    """What any page may show of the catalog beside its own `inputs`."""
    return [dict(catalog.labs), dict(catalog.providers), dict(catalog.sources)]


def no_link(offerings: Iterable[Offering]) -> str:
    """For a site without a playground."""
    return ""
