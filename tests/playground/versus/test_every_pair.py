"""Every pair of the main models: each sentence about them is true in the catalog."""

from __future__ import annotations

import re
from decimal import Decimal
from fractions import Fraction
from functools import cache
from itertools import combinations

from generator.pages.versus import versus_pages
from generator.site.html.markup import to_html
from playground.catalog import Offering, Support
from playground.catalog.prices import Meter
from playground.catalog.regions import ZONES, Zone, regions_in, stays_within
from playground.pricing.cost import monthly
from playground.pricing.workload import Workload
from playground.versus.side import Side
from tests.catalogs import committed
from tests.playground.versus.pairs import by_key, compared, sides, true_in


@cache
def pages() -> dict[str, str]:
    """Every page of a pair by its address, written once."""
    return {page.path: page.write() for page in versus_pages(sides(), committed())}


def test_there_are_at_least_three_hundred_pairs_of_the_main_labs() -> None:
    assert len(list(combinations(sides(), 2))) >= 300
    labs = {s.model.lab for s in sides()}
    assert {"microsoft", "openai", "anthropic", "google", "amazon", "meta", "mistral", "deepseek"} <= labs


def test_every_fact_of_every_sentence_of_every_pair_is_true_in_the_catalog() -> None:
    offerings = by_key(committed())
    checked = 0
    for _, _, comparison in compared():
        for sentence in (*comparison.for_a, *comparison.for_b, *comparison.same):
            assert sentence.facts, sentence
            for cited in sentence.facts:
                if cited.of in offerings and cited.field not in ("channel", "residency"):
                    assert offerings[cited.of].value(cited.field) == cited.value
                else:
                    assert true_in(cited, committed(), offerings), cited
                checked += 1
    assert checked > 5000


def test_who_is_said_to_cost_less_costs_less() -> None:
    """The price sentences against bills of real work, on both sides of each crossover."""
    crossed = 0
    for a, b, comparison in compared():
        for mine, theirs, sentences in ((a, b, comparison.for_a), (b, a, comparison.for_b)):
            for sentence in sentences:
                if sentence.rule == "cheaper":
                    assert cost(mine, 1000, 1000) < cost(theirs, 1000, 1000)
                    assert cost(mine, 1000, 1) <= cost(theirs, 1000, 1)
                if sentence.rule == "crossover":
                    crossed += 1
                    at = ratio(mine, theirs)
                    below, above = (int(100_000 * at * f) for f in (Fraction(9, 10), Fraction(11, 10)))
                    cheaper = below if "below that share" in sentence.text else above
                    dearer = above if cheaper == below else below
                    assert cost(mine, 100_000, cheaper) < cost(theirs, 100_000, cheaper)
                    assert cost(mine, 100_000, dearer) > cost(theirs, 100_000, dearer)
    assert crossed > 10


def cost(one: Side, read: int, made: int) -> Decimal:
    # Ten requests' tokens in each, so that no step of a price is reached.
    work = Workload(input_tokens=Decimal(read) / 10, output_tokens=Decimal(made) / 10, requests=Decimal(10))
    bill = monthly(work, one.home.price)
    assert bill is not None
    assert bill.usd is not None
    return bill.usd


def ratio(a: Side, b: Side) -> Fraction:
    (ai, ao), (bi, bo) = ([Fraction(s.known(f"price.{m}")) for m in ("input", "output")] for s in (a, b))
    return (bi - ai) / (ao - bo)


def test_where_a_price_steps_up_the_other_is_cheaper_from_there_on_and_not_before() -> None:
    stepped = ended = 0
    for a, b, comparison in compared():
        for mine, theirs, sentences in ((a, b, comparison.for_a), (b, a, comparison.for_b)):
            for sentence in (s for s in sentences if s.rule == "steps"):
                stepped += 1
                match = re.search(r"more than ([\d,]+) tokens", sentence.text)
                assert match
                step = int(match[1].replace(",", ""))
                most = re.search(r"at most ([\d,]+):", sentence.text)
                until = int(most[1].replace(",", "")) if most else 10**7
                ended += bool(most)
                sizes = {n + 1 for s in (mine, theirs) for n in s.home.price.steps if step < n < until}
                own, other = (input_at(s, 1) for s in (mine, theirs))
                assert own >= other
                for tokens in (step + 1, *sizes, until):
                    assert input_at(mine, tokens) < input_at(theirs, tokens)
                if most:
                    assert input_at(mine, until + 1) >= input_at(theirs, until + 1)
    assert stepped > 10
    assert ended


def input_at(one: Side, tokens: int) -> Decimal:
    price = one.home.price.rate(Meter.INPUT, tokens=tokens)
    assert price is not None
    return price


def test_every_sentence_of_residency_rests_on_the_providers_own_words() -> None:
    checked = 0
    for a, b, comparison in compared():
        for mine, theirs, sentences in ((a, b, comparison.for_a), (b, a, comparison.for_b)):
            for sentence in (s for s in sentences if s.rule == "residency"):
                zones = []
                for cited in (fact for fact in sentence.facts if fact.field == "residency"):
                    (offering,) = (o for o in mine.places if o.key == cited.of)
                    stated = cited.stated
                    assert stated is not None
                    assert stated in committed().residency(offering)
                    assert offering.channel in stated.channels
                    assert stated.note in sentence.text
                    assert stated.setting in sentence.text
                    assert stated.url.startswith("https://")
                    own = [z for z, name in ZONES.items() if _kept(mine, offering, name, sentence.text)]
                    assert own, sentence.text
                    zones += own
                    for zone in own:
                        promised = (zone, *(("jp", "au") if zone == "apac" else ()), "called region")
                        assert stated.value in promised
                        if stated.value == "called region":
                            named = ("regions", "some_regions")
                            (regions,) = (
                                f.value for f in sentence.facts if f.field in named and f.of == cited.of
                            )
                            assert isinstance(regions, tuple)
                            assert regions_in(regions, zone)
                stays = [_stays(o, zone) for o in theirs.places for zone in zones]
                assert Support.YES not in stays
                denied = f"no provider here states it of {theirs.name}" in sentence.text
                assert denied == (Support.UNKNOWN not in stays), sentence.text
                checked += len(zones)
    assert checked > 500


def _kept(mine: Side, offering: Offering, zone: str, text: str) -> bool:
    """Whether a text says that this place keeps requests in a zone of this name."""
    provider, _, channel = mine.where[offering.key].partition(", ")
    start = f"{provider} states that it keeps them in "
    (line,) = (part for part in text.split(": ", 1)[1].split("; ") if part.startswith(start))
    (listed,) = re.findall(rf"([^()]+) \({re.escape(channel)}[,)]", line.removeprefix(start))
    return zone in listed.removeprefix(", ").replace(" and ", ", ").split(", ")


def _stays(offering: Offering, zone: Zone) -> Support:
    regions, some = offering.value("regions"), offering.value("some_regions")
    return stays_within(committed().residency(offering), regions, zone, some)


def test_no_heading_of_a_pair_s_page_shows_what_its_converter_does_not_read() -> None:
    """`{ #what-nobody-says }` stood in a heading of all: these pages are not made by Python-Markdown."""
    for page in versus_pages(sides()[:6], committed()):
        headings = re.findall(r"<h\d[^>]*>(.*?)</h\d>", to_html(page.write()))
        assert len(headings) > 4
        assert [head for head in headings if re.search(r"[{}]", head)] == []


def test_what_benchmarks_say_tells_where_an_ability_without_a_shared_test_comes_from() -> None:
    """Scores put one ahead with 99 %, and below "no test has a score of both": a riddle without this."""
    shared = "The abilities above come from tests that each shares with other models."
    assert shared in pages()["/versus/mai-thinking-1-or-gpt-6.1-sol/"]
    for (a, b, one), page in zip(compared(), pages().values(), strict=True):
        both = a.ability.general is not None and b.ability.general is not None
        assert (shared in page) == (both and not one.scores), (a.name, b.name)


def test_every_page_that_promises_a_place_leads_to_the_words_that_promise_it() -> None:
    lines = [
        line
        for page in pages().values()
        for line in page.splitlines()
        if line.startswith("- requests must stay within")
    ]
    assert len(lines) > 200
    for line in lines:
        assert re.search(r'<a href="https://[^"]+" title="“[^"]+” \(read 20\d\d-\d\d-\d\d\)"', line), line
        assert "Self-hosted" not in line
