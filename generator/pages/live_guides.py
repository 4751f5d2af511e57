"""Live figures in hand-written pages: a page whose front matter says `live: true` is filled from the catalog.

    {{ figure("openai/gpt-5", "price.input") }}      one fact, with the letter of its standing
    {{ table(["openai/gpt-5", …], columns) }}        models or offerings as rows
    {{ channels("openai/gpt-5") }}                   one model at every channel of the clouds and its lab
    {{ reasons("openai/gpt-5", "xai/grok-4") }}      when to choose the one, when the other (`first=True`)
    {{ share([…], "price.cache_read", "price.input") }}   one figure as a share of another: `10 % to 25 %`
    {{ times([…], "price.output", "price.input") }}  the same as a factor: `4 to 8 times`
    {{ dearer("azure/global/…", "azure/data-zone-eu/…") }}   what the second place charges more: `10 % more`
    {{ steps(["openai/gpt-5", …]) }}                 the sizes of input above which prices rise
    {{ freedom(["openai/gpt-5", …]) }}               how free one is to switch away from each
    {{ scored("AIME (2025), claimed by …", 8) }}     the best in a series of scores, with what they cost
    {{ bill(["openai/gpt-5", …], requests=1000) }}   a month's bill, to be changed in the page
    {{ fallbacks() }}                                for each named need a first and a second place as able
    {{ smaller_models() }}                           for each lab what its smaller model saves and gives up
    {{ lower_effort() }}                             what a lower effort gives up, by the fit of all scores
    {{ lessons() }}                                  how far claims, efforts, used-up tests and votes mislead
    {{ addresses(["openai/gpt-5", …]) }}             what each model's address takes: format, tools, efforts
    {{ address("azure", "MAI") }}                    where a provider is called, as providers.yml has it
    {{ promises(["azure", …]) }}                     where requests stay; so `retention` and `wires`
    {{ stated("azure-sold") }}                       a sentence of docs/catalog/statements.yml and its number
    {{ verdicts("readers") }}                        a verdict for each reader, or by `"labs"`

A model or a place that this site's catalog does not have is left out of a table, and is a dash in a sentence;
a function that is none fails the build with the page's name. What a page cites stands in full at its end.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from typing import Any

from jinja2 import Environment, StrictUndefined, TemplateError

from generator.curated.named_needs import NamedNeed
from generator.curated.statements.guide_statements import GuideStatements
from generator.errors import EditError
from generator.pages.cited.citations import Citations
from generator.pages.cited.provider_tables import ProviderTables
from generator.pages.cited.verdict_text import verdicts_text
from generator.pages.guides.address_table import address_table
from generator.pages.guides.given_up import lower_effort, smaller_models
from generator.pages.guides.lessons import lessons
from generator.pages.guides.markdown import markdown_table
from generator.pages.guides.outage_pairs import OutagePairs
from generator.pages.versus import with_letters
from generator.views.figures import UNKNOWN, escape, figure, figure_text, price_figure
from generator.views.offering_rows import regions_figure
from generator.views.verdicts.labs import lab_verdicts
from generator.views.verdicts.market import Market
from generator.views.verdicts.microsoft import Microsoft
from generator.views.verdicts.readers import reader_verdicts
from playground.advisor import Advisor
from playground.catalog import Channel, Fact, Offering, Support
from playground.catalog.regions import ALL_REGIONS, regions_field
from playground.decide.portability import portability
from playground.labels.addresses import anchor, markdown_link, model_path
from playground.labels.labels import label
from playground.labels.names import model_order, place_name
from playground.pricing.coming import coming_price
from playground.pricing.price_changes import price_changes
from playground.versus.side import NoSideError, Side
from playground.versus.side import side as side_of
from playground.versus.verdict.handling import handling_of
from playground.versus.versus import versus
from playground.versus.versus_json import sentence_values, versus_to_json

#: Columns that a table may have beside facts, by what they show.
PRICES = ("price.input", "price.cache_read", "price.output")
#: The channels where a lab's model is had from the lab or a cloud, in the order in which they are listed.
FIRST_HAND = frozenset(Channel) - {
    Channel.HOSTED,
    Channel.GATEWAY,
    Channel.SUBSCRIPTION,
    Channel.SELF_HOSTED,
}


class LiveGuides:
    """The catalog as a hand-written page asks for it; every function gives Markdown or HTML."""

    def __init__(
        self, advisor: Advisor, needs: Sequence[NamedNeed] = (), statements: GuideStatements | None = None
    ) -> None:
        self._advisor = advisor
        self._catalog = advisor.catalog
        self._needs = needs
        self._names = advisor.names
        self._sides: dict[str, Side | None] = {}
        self._statements = statements or {}
        self._market = Market(self._catalog, advisor.abilities, self._names, advisor.today, self._statements)

    def filled(self, page: str, markdown: str, folders: Mapping[str, str]) -> str:
        """The page's Markdown with what it asks for. Raises EditError naming the page and what is wrong."""
        env = Environment(undefined=StrictUndefined, autoescape=False)  # noqa: S701 (every value is escaped)
        up = "../" * page.removesuffix("index.md").removesuffix(".md").rstrip("/").count("/") + "../"

        def bill(names: Sequence[str], **work: Any) -> str:
            return self._bill(names, work, up, folders)

        citations, providers = Citations(self._statements), ProviderTables(self._catalog)

        def verdicts(about: str) -> str:
            if about == "labs":
                return verdicts_text(lab_verdicts(self._market), citations)
            return verdicts_text(
                reader_verdicts(self._market), citations, first=Microsoft(self._market).ending()
            )

        known: dict[str, Callable[..., str]] = {
            "figure": self._figure,
            "table": self._table,
            "channels": self._channels,
            "reasons": self._reasons,
            "share": self._share,
            "times": self._times,
            "dearer": self._dearer,
            "steps": self._steps,
            "freedom": self._freedom,
            "scored": self._scored,
            "bill": bill,
            "fallbacks": OutagePairs(self._advisor, self._needs).tables,
            "smaller_models": lambda: smaller_models(self._market),
            "lower_effort": lambda: lower_effort(self._market),
            "lessons": lambda: lessons(self._market),
            "addresses": self._addresses,
            "address": providers.address,
            "promises": providers.promises,
            "retention": providers.retention,
            "wires": providers.wires,
            "stated": citations.stated,
            "verdicts": verdicts,
        }
        try:
            return citations.finished(env.from_string(markdown).render(**known))
        except (TemplateError, TypeError, KeyError) as error:
            raise EditError(
                f"docs/{page}: {error}; see generator/pages/live_guides.py for what a live page can ask"
            ) from error

    # What stands for a name.

    def _side(self, name: str) -> Side | None:
        if name not in self._sides:
            try:
                self._sides[name] = side_of(name, self._catalog, self._names)
            except NoSideError:
                self._sides[name] = None
        return self._sides[name]

    def _fact(self, offering: Offering, field: str) -> Fact | None:
        return offering.facts.get(field) or self._catalog.models[offering.model].facts.get(field)

    def _cell(self, offering: Offering, field: str) -> str:
        fact = self._fact(offering, field if field != ALL_REGIONS else regions_field(offering))
        if fact is None or fact.value is None:
            return UNKNOWN
        page = f"{model_path(offering.model)}#{anchor(offering)}"
        if field == ALL_REGIONS:
            shown = regions_figure(offering.facts)
        elif field.startswith("price."):
            shown = price_figure(offering.facts, field)
        else:
            shown = figure(fact, field)
        then = coming_price(price_changes(offering, self._catalog.day), field)
        return figure_text(shown, page) + (f" ({then})" if then else "")

    def _link(self, side: Side) -> str:
        return f"[{escape(side.name)}]({model_path(side.model.id)}#{anchor(side.home)})"

    # What a page may ask for.

    def _figure(self, name: str, field: str) -> str:
        side = self._side(name)
        return self._cell(side.home, field) if side else UNKNOWN

    def _table(self, names: Sequence[str], columns: Sequence[str] = PRICES, place: bool = True) -> str:
        sides = [s for name in names if (s := self._side(name))]
        heads = ["Model", *(["Place"] if place else []), *(escape(label(c)) for c in columns)]
        rows = [
            [
                self._link(s),
                *([escape(s.place)] if place else []),
                *(self._cell(s.home, c) for c in columns),
            ]
            for s in sides
        ]
        return markdown_table(heads, rows, left=2 if place else 1)

    def _addresses(self, names: Sequence[str]) -> str:
        return address_table(s for name in names if (s := self._side(name)))

    def _channels(self, model: str, columns: Sequence[str] = (*PRICES, "retires")) -> str:
        places = sorted(self._catalog.of_model(model), key=model_order)
        first_hand = [o for o in places if o.channel in FIRST_HAND and not o.variant]
        plain = [o for o in first_hand if not o.version] or first_hand
        rows = [
            [
                f"[{escape(place_name(o, self._catalog))}]({model_path(o.model)}#{anchor(o)})",
                *(self._cell(o, c) for c in columns),
            ]
            for o in plain
        ]
        return markdown_table(["Place", *(escape(label(c)) for c in columns)], rows, left=1)

    def _quotients(self, names: Sequence[str], over: str, under: str) -> list[Decimal]:
        """One figure of each over another, of those of whom both are known."""
        homes = [s.home for name in names if (s := self._side(name))]
        pairs = [(o.sound_price(over), o.sound_price(under)) for o in homes]
        return sorted(x / y for x, y in pairs if x is not None and y)

    def _share(self, names: Sequence[str], over: str, under: str) -> str:
        shares = [f"{float(100 * q):.3g} %" for q in self._quotients(names, over, under)]
        return _range(shares)

    def _times(self, names: Sequence[str], over: str, under: str) -> str:
        factors = [f"{float(q):.3g}" for q in self._quotients(names, over, under)]
        if not factors:
            return UNKNOWN
        return "twice" if set(factors) == {"2"} else f"{_range(factors)} times"

    def _dearer(self, usual: str, other: str) -> str:
        """Over the prices that both state."""
        sides = [self._side(name) for name in (usual, other)]
        if None in sides:
            return UNKNOWN
        prices = [{f: s.known(f) for f in PRICES} for s in sides if s]
        more = sorted(prices[1][f] / prices[0][f] - 1 for f in PRICES if prices[0][f] and prices[1][f])
        if not more:
            return UNKNOWN
        if not any(more):
            return "the same"
        return f"{_range([f'{float(100 * m):.3g} %' for m in more])} more"

    def _steps(self, names: Sequence[str]) -> str:
        steps = {step for name in names if (s := self._side(name)) for step in s.home.price.steps}
        *rest, last = [f"{step:,}" for step in sorted(steps)] or [UNKNOWN]
        return f"{', '.join(rest)} or {last}" if rest else last

    def _reasons(self, a: str, b: str, first: bool = False) -> str:
        one, other = self._side(a), self._side(b)
        if one is None or other is None:
            return UNKNOWN
        compared = versus(one, other)
        values = versus_to_json(compared, self._catalog)
        lines = []
        for s, key in ((one, "for_a"), (other, "for_b"))[: 1 if first else 2]:
            against = f" rather than {escape(other.name)}" if first else ""
            lines += ["", f"**{self._link(s)}**{against} when", ""]
            lines += [f"- {with_letters(sentence, compared)}" for sentence in values[key]]
            lines += [] if values[key] else ["- nothing that is known here speaks for it"]
            if known := handling_of(s):
                lines += ["", f"But know that {with_letters(sentence_values(known, compared), compared)}."]
        return "\n".join(lines)

    def _freedom(self, models: Sequence[str]) -> str:
        rows = []
        for model in models:
            side = self._side(model)
            if side is None:
                continue
            free = portability(side.model, side.places, self._catalog.providers)
            rows.append(
                [
                    self._link(side),
                    f"{free.score} of {len(free.points)}",
                    f"{free.providers}",
                    f"{free.clouds}",
                    f"{free.channels}",
                    *(UNKNOWN if s == Support.UNKNOWN else str(s) for s in (free.common, free.weights)),
                ]
            )
        heads = [
            "Model",
            "Portability",
            "Providers",
            "Clouds",
            "Channels",
            "Common API format",
            "Open weights",
        ]
        return markdown_table(heads, rows, left=1)

    def _scored(self, series: str, count: int = 8) -> str:
        scores = [(m.id, s) for m in self._catalog.models.values() for s in m.scores if s.series == series]
        scores.sort(key=lambda row: (row[1].score if row[1].lower_is_better else -row[1].score, row[0]))
        placed = [(side, score) for model, score in scores if (side := self._side(model))]
        rows = [
            [
                self._link(side),
                markdown_link(str(score.score), score.link),
                *(self._cell(side.home, f"price.{meter}") for meter in ("input", "output")),
            ]
            for side, score in placed[:count]
        ]
        return markdown_table(["Model", "Score", "Input", "Output"], rows, left=1)

    def _bill(
        self, names: Sequence[str], work: Mapping[str, Any], up: str, folders: Mapping[str, str]
    ) -> str:
        reply = self._advisor.bills(work, [n for n in names if self._side(n)])
        if wrong := [f for f in reply["faults"] if f["part"] in work]:
            raise TypeError("; ".join(f"bill: {f['part']}: {f['message']}" for f in wrong))
        rows = [
            [
                f"[{escape(b['name'])}]({model_path(b['model'])}#{b['anchor']})",
                escape(b["place"]),
                escape("; ".join([b["cost"], *(f"from {c['day']} {c['cost']}" for c in b["coming"])])),
            ]
            for b in reply["bills"]
        ]
        assets, runtime = folders.get("ALMANAC_CHOOSE", ""), folders.get("ALMANAC_RUNTIME", "")
        work_text = "&".join(f"{k}={v}" for k, v in work.items())
        # No `<` in it, so that no text of the catalog can end the script.
        embedded = json.dumps(reply, ensure_ascii=False).replace("<", "\\u003c")
        listed = ",".join(b["offering"] for b in reply["bills"])
        head = (
            f'<link rel="stylesheet" href="{up}{assets}choose.css">\n'
            f'<div id="bill" data-runtime="{up + runtime if runtime else ""}" data-root="{up}" '
            f'data-names="{escape(listed)}" data-work="{work_text}"></div>\n'
            f'<script type="application/json" id="billed">{embedded}</script>\n'
            f'<script type="module" src="{up}{assets}bill.js"></script>\n'
        )
        plain = markdown_table(["Model", "Place", "A month"], rows, left=2)
        return f'{head}\n<div class="c-named" markdown>\n\n{plain}\n\n</div>\n'


def _range(ordered: Sequence[str]) -> str:
    """The first and the last of some figures, where they differ."""
    if not ordered:
        return UNKNOWN
    return ordered[0] if ordered[0] == ordered[-1] else f"{ordered[0]} to {ordered[-1]}"
