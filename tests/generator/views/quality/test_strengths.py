"""What a model's page says of its quality: the evidence, where it stands, or that nobody knows."""

from __future__ import annotations

from generator.views.quality.strengths import Strengths
from tests.generator.views.quality.made import able, boards, rated


def strengths(model: str, *made: object, **more: object) -> Strengths:
    return boards(*made, **more).comparison.of(f"acme/{model}")  # type: ignore[arg-type]


def test_the_evidence_is_one_sentence() -> None:
    known = {"one": able(1.0, scores=7, measured=5), "two": able(1.0, scores=1, measured=0)}
    asked = {"one": 1, "two": 1, "none": 1}
    assert (
        strengths("one", asked, known).evidence
        == "7 scores: 5 measured by others, 2 by its lab’s own word, newest of 2026-09."
    )
    assert strengths("two", asked, known).evidence == "One score, by its lab’s own word, newest of 2026-09."
    assert strengths("none", asked, known).evidence == "No public evidence of its quality."
    assert strengths("none", asked, known).rows == ()


def test_votes_alone_are_no_test() -> None:
    made = strengths("one", {"one": 1, "two": 1}, {}, {"one": rated(1500), "two": rated(1300)})
    assert made.evidence == "No public test of it, only votes of people."
    (row,) = made.rows
    assert (row.tier, row.figure, row.basis) == ("1 of 2", "1,500 (1,494 to 1,506)", "1,200 votes")


def test_an_untested_model_names_the_one_before_it_and_says_that_it_is_another() -> None:
    made = strengths("quick-3", {"quick-2": 1, "quick-3": 1}, {"quick-2": able(0.9)})
    (note,) = made.notes
    assert "acme/quick-2" in note
    assert "is in tier 1 of 1 overall; that is no figure of this one" in note


def test_who_costs_about_as_much_is_better_worse_or_not_told_apart() -> None:
    asked = {"one": 10, "better": 11, "worse": 9, "alike": 10, "dear": 90}
    known = {
        "one": able(1.0),
        "better": able(2.0),
        "worse": able(0.0),
        "alike": able(1.05),
        "dear": able(3.0),
    }
    (row,) = strengths("one", asked, known).rows
    better, worse, alike = row.beside.split("; ")
    assert better.startswith("better than [worse](/models/acme/worse/#strengths)")
    assert worse.startswith("worse than [better]")
    assert alike.startswith("not told apart from [alike]")
    assert better.endswith("(99 %)")
    assert "dear" not in row.beside


def test_the_cheapest_of_a_tier_is_named_where_it_costs_less_than_half() -> None:
    asked = {"one": 10, "cheap": 2, "other": 6}
    known = {name: able(1.0) for name in asked}
    (row,) = strengths("one", asked, known).rows
    assert "cheapest of its tier: [cheap]" in row.beside
    (row,) = strengths("cheap", asked, known).rows
    assert "cheapest of its tier" not in row.beside
