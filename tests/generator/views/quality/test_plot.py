"""Quality against cost: who is on the frontier, whose name stands beside its point, what a point says."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from generator.views.quality.plot import figures, frontier, quality_plot
from generator.views.quality.plot_labels import LETTER, LINE, Spot, labelled
from generator.views.quality.topics import PAGES
from playground.ability import Interval
from tests.generator.views.quality.made import able, boards, rated

OVERALL = PAGES[0].topics[0]
WIDTH, HEIGHT = 780, 520
spots = st.builds(
    Spot, left=st.floats(0, 100), bottom=st.floats(0, 100), name=st.text("abcdefgh ", min_size=1, max_size=24)
)


@given(st.dictionaries(st.sampled_from("abcdefgh"), st.tuples(st.integers(1, 99), st.integers(-20, 20))))
def test_no_model_is_as_able_for_less_than_one_on_the_frontier(made: dict[str, tuple[int, int]]) -> None:
    asked = {name: float(usd) for name, (usd, _) in made.items()}
    known = {name: able(middle / 10) for name, (_, middle) in made.items()}
    entries = boards(asked, known).by_topic[OVERALL].entries
    best = frontier(entries)
    for one in entries:
        match = [
            b for b in best if (b.usd or 0) <= (one.usd or 0) and b.interval.middle >= one.interval.middle
        ]
        assert match, one.model
        if one in best:
            assert match == [one]


@given(st.lists(spots, max_size=40))
def test_no_name_covers_another_or_leaves_the_plot(points: list[Spot]) -> None:
    sides = labelled(points, range(len(points)), WIDTH, HEIGHT)
    boxes = []
    for n, side in sides.items():
        x, y = points[n].left * WIDTH / 100, points[n].bottom * HEIGHT / 100
        wide = LETTER * len(points[n].name)
        left = {"r": x + 9, "l": x - 9 - wide, "t": x - wide / 2, "b": x - wide / 2}[side]
        bottom = {"r": y - LINE / 2, "l": y - LINE / 2, "t": y + 9, "b": y - 9 - LINE}[side]
        assert left >= 0
        assert left + wide <= WIDTH
        assert 0 <= bottom <= HEIGHT - LINE
        boxes.append((left, bottom, left + wide, bottom + LINE))
    for n, a in enumerate(boxes):
        assert not any(a[0] < b[2] and b[0] < a[2] and a[1] < b[3] and b[1] < a[3] for b in boxes[:n])


def test_the_first_wanted_name_is_there_where_there_is_room() -> None:
    one, other = (Spot(left=50, bottom=50, name="A model"), Spot(left=50.1, bottom=50, name="Another"))
    assert labelled([one], [0], WIDTH, HEIGHT) == {0: "r"}
    assert 0 not in labelled([one, other], [0, 1], 20, 20)


def plot(*made: object, topic: object = OVERALL) -> str:
    whole = boards(*made)  # type: ignore[arg-type]
    entries = whole.by_topic[topic].entries  # type: ignore[index]
    names = {e.model: e.model.removeprefix("acme/") for e in entries}
    return quality_plot(topic, entries, names, dict.fromkeys(names, "Azure"), {"acme": "Acme"}, (), "work")  # type: ignore[arg-type]


def test_a_point_says_its_figures_its_interval_and_its_evidence() -> None:
    text = plot({"one": 1, "two": 2}, {"one": able(1.0, measured=0), "two": able(1.5)})
    points = dict(re.findall(r'class="point ([a-z]+)[^>]* aria-label="([^"]*)"', text))
    assert points.keys() == {"claimed", "measured"}
    assert points["claimed"].startswith("one: ability 1.0 (0.7 to 1.3), tier 2, claimed by its lab only; $")
    assert points["measured"].endswith("a month at Azure")
    assert 'style="left:' in text


def test_each_kind_of_evidence_has_a_shape_that_the_key_names() -> None:
    text = plot({"one": 1, "two": 2}, {"one": able(1.0, measured=0), "two": able(1.5)})
    key = text.partition('<ul class="shapes">')[2].partition("</ul>")[0]
    assert re.findall(r'<li class="([a-z]+)"', key) == ["measured", "claimed", "edge"]
    votes = PAGES[4].topics[0]
    text = plot({"one": 1, "two": 2}, {}, {"one": rated(1500), "two": rated(1400)}, topic=votes)
    key = text.partition('<ul class="shapes">')[2].partition("</ul>")[0]
    assert re.findall(r'<li class="([a-z]+)"', key) == ["voted", "edge"]


def test_one_model_alone_makes_no_plot() -> None:
    assert plot({"one": 1}, {"one": able(1.0)}) == ""


def test_an_interval_is_written_in_the_digits_that_tell_something() -> None:
    assert figures(Interval(low=0.94, middle=1.2, high=1.5)) == "1.2 (0.9 to 1.5)"
    assert figures(Interval(low=1405.2, middle=1412, high=1418.8)) == "1,412 (1,405 to 1,419)"
