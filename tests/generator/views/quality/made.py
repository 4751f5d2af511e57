"""A site's leaderboards made for tests: acme's models, how able they are, and what they ask."""

from __future__ import annotations

from dataclasses import replace

from generator.exports.chooser import advisor_for
from generator.exports.leaderboards import Boards, make_boards
from playground.ability import Abilities, Ability, Interval, Task, TaskAbility
from playground.catalog import Evidence, Score
from tests.catalogs import catalog, offered


def at(middle: float, width: float = 0.3) -> Interval:
    return Interval(low=middle - width, middle=middle, high=middle + width)


def able(middle: float, *, scores: int = 3, measured: int = 1, **tasks: float) -> Ability:
    """An ability in general, and at tasks by their names, of which its lab alone speaks."""
    return Ability(
        model="",
        general=at(middle),
        scores=scores,
        measured=measured,
        newest="2026-09",
        tasks={
            Task(task): TaskAbility(interval=at(value), scores=2, measured=0, newest="2026-07")
            for task, value in tasks.items()
        },
    )


def rated(rating: int, category: str = "Everything (overall)") -> Score:
    """A rating by votes, known to ten points."""
    return Score(
        benchmark="Arena",
        subset=category,
        score=rating,  # type: ignore[arg-type]
        low=rating - 10,  # type: ignore[arg-type]
        high=rating + 10,  # type: ignore[arg-type]
        metric="rating",
        evidence=Evidence.VOTED,
        n=1200,
        by="Arena",
        link="https://arena.example",
        as_of="2026-10-20",
    )


def boards(
    asked: dict[str, float],
    known: dict[str, Ability],
    votes: dict[str, Score] | None = None,
    front: tuple[str, ...] = (),
) -> Boards:
    """The leaderboards of acme's models: what each asks for a million tokens in and out, and how able it is.

    A model that asks nothing is served by nobody that Choose names.
    """
    whole = catalog(
        *(
            offered(
                f"acme/{name}",
                provider="azure" if usd else "shop",
                kind="chat",
                price__input=usd or 1,
                price__output=usd or 1,
                context_tokens=1_000_000,
            )
            for name, usd in asked.items()
        )
    )
    models = {
        name: replace(model, scores=(votes[name.removeprefix("acme/")],))
        if votes and name.removeprefix("acme/") in votes
        else model
        for name, model in whole.models.items()
    }
    unknown = replace(whole.providers["azure"], id="shop", seller=None)
    providers = {**whole.providers, "shop": unknown}
    abilities = Abilities(
        models={f"acme/{name}": replace(one, model=f"acme/{name}") for name, one in known.items()}
    )
    advisor = advisor_for(replace(whole, models=models, providers=providers), "0", abilities)
    return make_boards(advisor, (), tuple(f"acme/{name}" for name in front), {})
