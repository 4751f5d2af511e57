"""The leaderboards: for each task the models in tiers, with what they rest on and what they cost."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from typing import Any
from urllib.parse import urlencode

from generator.exports.explorer import TIERS
from generator.exports.leaderboards import Boards, PricedWork
from generator.pages.page import WIDE, Page, render
from generator.views.figures import UNKNOWN, end_mark, escape, figure_text, price_figure
from generator.views.quality.board import Board, Entry, Untested
from generator.views.quality.plot import figures, quality_plot
from generator.views.quality.topics import PAGES, Topic, TopicPage
from playground.ability import TIER_ODDS, Abilities
from playground.catalog.prices import Meter, Rate
from playground.decide.candidate import Candidate
from playground.labels.addresses import anchor, model_path
from playground.labels.names import place_name
from playground.lifecycle.outlook import model_ends
from playground.pricing.coming import coming_text
from playground.pricing.money import bill_text
from playground.pricing.workload import Workload

#: So many models are listed before the lower tiers are folded.
OPEN = 24
#: So many models at most are listed of what a page is about, and of each further leaderboard on it.
MOST, MOST_FURTHER = 90, 24
#: Of those that have scores at other tasks only.
MOST_ELSEWHERE = 60
PRICES = tuple(Rate(meter=meter).field for meter in (Meter.INPUT, Meter.OUTPUT))
CREDIT = (
    "Scores are from those who published them, each linked on its model’s page and on [Scores](/scores/); "
    "Epoch AI’s runs, Arena’s votes and what comes by way of the Benchmark Registry are CC BY 4.0. "
    "[How abilities are fitted](/method/#abilities)."
)


def leaderboard_pages(made_of: Boards, *, playground: bool) -> Iterator[Page]:
    """A page for each task; `playground` is whether the site has one."""
    for page in PAGES:
        heading = "Leaderboards" if page is PAGES[0] else f"Leaderboard: {page.title}"
        yield Page(
            path=page.path,
            title=heading,
            description=f"{page.about}: in tiers, with price, interval and kind of evidence.",
            write=partial(_written, page, heading, made_of, playground=playground),
            hide=WIDE,
        )


def _written(page: TopicPage, heading: str, made_of: Boards, *, playground: bool) -> str:
    writer = _Writer(made_of)
    voted = all(topic.votes for topic in page.topics)
    return render(
        "lists/leaderboard.md.j2",
        heading=heading,
        lead=f"{escape(page.about)}, what that rests on, and what it costs. Tiers, not ranks: within a tier "
        "the cheapest comes first, for nobody there is surely better.",
        here=page.path,
        pages=[(other.path, other.title) for other in PAGES],
        boards=[writer.board(topic, main=topic in page.main) for topic in page.topics],
        sure=_sureness(made_of.abilities, made_of.judged, voted=voted),
        credit=CREDIT,
        playground=playground,
    )


class _Writer:
    """Writes boards out for the template."""

    def __init__(self, made_of: Boards) -> None:
        self.made_of = made_of
        self.names = made_of.names
        self.ends = model_ends(made_of.catalog)

    def board(self, topic: Topic, *, main: bool) -> dict[str, Any]:
        """A board as the template has it; one that the page is not about is cut to its best tiers."""
        made_of, work = self.made_of, self.made_of.works[topic.need]
        board = made_of.by_topic[topic]
        every = [tier for tier in board.tiers if tier]
        tiers = every[: _tiers_within(every, MOST if main else MOST_FURTHER)]
        shown = _tiers_within(tiers, OPEN)
        listed = [entry for tier in tiers for entry in tier]
        return {
            "id": topic.id,
            "title": escape(topic.title),
            "votes": topic.votes,
            "measure": f"{topic.measure} <small>80 %</small>",
            "basis": self._basis(board),
            "plot": quality_plot(
                topic,
                listed,
                self.names,
                {e.model: place_name(e.offer.offering, made_of.catalog) for e in listed},
                {lab.id: lab.name for lab in made_of.catalog.labs.values()},
                made_of.front,
                _work_text(work),
            ),
            "explorer": topic.id if topic.id in TIERS else "",
            "tiers": [(tier[0].tier, [self._row(entry, work, topic) for entry in tier]) for tier in tiers],
            "open": shown,
            "below": _counted(below, "more model") if (below := len(board.entries) - len(listed)) else "",
            "folded": sum(map(len, tiers[shown:])),
            "untested": [self._untested(one, work, topic) for one in board.untested] if main else [],
            "no_evidence": self._no_evidence(board),
            "others": self._others(board) if main else "",
            "unsold": _counted(board.unsold, "more model") if board.unsold and main else "",
            "elsewhere": [self._elsewhere(one, work, topic) for one in board.elsewhere[:MOST_ELSEWHERE]]
            if main
            else [],
            "all_elsewhere": len(board.elsewhere),
        }

    def _basis(self, board: Board) -> str:
        """What the board rests on, in a sentence."""
        topic, work = board.topic, self.made_of.works[board.topic.need]
        priced = f"A month is {escape(_work_text(work))}, at the cheapest lab, cloud or established host."
        if not board.scores:
            return priced
        if topic.votes:
            return (
                f"{_counted(board.models, 'model')} by {_counted(board.scores, 'vote')} of people who chose "
                f"between two answers (Arena, “{escape(topic.votes)}”, as of {board.newest}). That says what "
                f"people like, not whether an answer is right. {priced}"
            )
        tests = "tests" if topic.task is None else f"tests of {topic.task}"
        return (
            f"{_counted(board.models, 'model')} by {_counted(board.scores, 'score')} of {tests}, "
            f"{board.measured:,} of them measured by others than the lab, the newest of {board.newest}. "
            f"{priced}"
        )

    def _row(self, entry: Entry, work: PricedWork, topic: Topic) -> list[str]:
        return [
            self._model(entry.model),
            f"{figures(entry.interval)} <small>{entry.proof}</small>",
            *self._prices(entry.offer),
            escape(entry.why),
            _ask(entry.model, work, topic),
        ]

    def _elsewhere(self, entry: Entry, work: PricedWork, topic: Topic) -> list[str]:
        model, *rest = self._row(entry, work, topic)
        return [model, str(entry.tier), *rest]

    def _untested(self, one: Untested, work: PricedWork, topic: Topic) -> list[str]:
        before = f"{self._link(one.before)}, tier {one.tier} overall" if one.tier else UNKNOWN
        return [self._model(one.model), before, *self._prices(one.offer), _places(one.model, work)]

    def _model(self, model: str) -> str:
        lab = self.made_of.catalog.labs[model.partition("/")[0]].name
        return f"{self._link(model)}{end_mark(self.ends.get(model, ''))} <small>{escape(lab)}</small>"

    def _link(self, model: str) -> str:
        return f"[{escape(self.names[model])}]({model_path(model)}#strengths)"

    def _prices(self, offer: Candidate) -> list[str]:
        """A month at the cheapest place, then its prices of input and output."""
        there = offer.offering
        claims = f"{model_path(there.model)}#{anchor(there)}"
        place = escape(place_name(there, self.made_of.catalog))
        prices = [figure_text(price_figure(there.facts, field), claims) for field in PRICES]
        then = f"<br><small>{coming_text(offer.coming)}</small>" if offer.coming else ""
        return [f"{bill_text(offer.bill)} <small>{place}</small>{then}", *prices]

    def _no_evidence(self, board: Board) -> str:
        kind = "votes" if board.topic.votes else "public test"
        return (
            f"Of these models, which many ask for, there is no {kind}{' here' if board.topic.votes else ''}."
        )

    def _others(self, board: Board) -> str:
        if not board.others:
            return ""
        kind = "votes" if board.topic.votes else "public test"
        return (
            f"Of {_counted(board.others, 'more model')} there is no {kind}; "
            "[Choose](/choose/) lists those that meet a need apart."
        )


def _tiers_within(tiers: Sequence[Sequence[Entry]], most: int) -> int:
    """How many whole tiers hold at most so many models; the first at least."""
    listed = 0
    for n, tier in enumerate(tiers):
        listed += len(tier)
        if listed > most:
            return max(n, 1)
    return len(tiers)


def _ask(model: str, work: PricedWork, topic: Topic) -> str:
    """A link to Choose with this work: who is as able for less. Of votes only where the model itself is."""
    if topic.votes:
        return _places(model, work)
    task = {"task": str(topic.task)} if topic.task else {}
    return _choose("as able for less?", {**work.parts, **task, "able": model, "quality": 0})


def _places(model: str, work: PricedWork) -> str:
    """A link to Choose: where the model costs least for this work."""
    return _choose("where to get it", {**work.parts, "models": model})


def _choose(text: str, parts: Mapping[str, Any]) -> str:
    return f"[{text}](/choose/?{urlencode(parts, safe='/,')})"


def _counted(number: int, name: str) -> str:
    return f"{number:,} {name}{'' if number == 1 else 's'}"


def _work_text(priced: PricedWork) -> str:
    """`“Coding agent”: 50,000 requests of 80,000 tokens in (90 % from a cache) and 2,000 out`."""
    work: Workload = priced.work
    cached = f" ({work.cached:.0%} from a cache)" if work.cached else ""
    batch = f", {work.batch:.0%} of them in batch" if work.batch else ""
    if work.batch == 1:
        batch = ", all in batch"
    amounts = f"{work.input_tokens:,f} tokens in{cached} and {work.output_tokens:,f} out"
    return f"“{priced.title}”: {work.requests:,f} requests of {amounts}{batch}".replace("%", " %")


def _sureness(abilities: Abilities, judged: Mapping[str, Any], *, voted: bool) -> str:
    """How sure tiers are, as far as it was measured."""
    odds = f"{TIER_ODDS:.0%}".replace("%", " %")
    text = (
        f"A model stands below a tier only where that tier’s best is better with more than {odds} "
        "probability. "
        "Figures in brackets are the interval that holds the true one with 80 % probability."
    )
    if voted:
        return f"{text} Ratings are Arena’s, an Elo scale: 100 points more win about 64 of 100 votes."
    pairs = judged.get("hidden", {}).get("cells", {}).get("pairs", {})
    if pairs:
        right, stated = round(100 * pairs["right"]), round(100 * pairs["said"])
        text += (
            f" Tried on scores that the fit had not seen, that was claimed of {stated} % of pairs and right "
            f"in {right} % of these."
        )
    text += " Abilities are in standard deviations of the well-known models, from their mean."
    text += " *Claimed only* means that nobody but its lab has published a test of it"
    if abilities.claimed is None:
        return f"{text}."
    above = f"{abilities.claimed.middle:.1f}"
    return f"{text}; claims stand {above} above measurements of the same models, which is taken off."
