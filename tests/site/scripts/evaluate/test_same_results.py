"""What the page makes of saved results is what the terminal makes of them."""

from __future__ import annotations

import random
from typing import Any

from playground.errors import RequestError
from playground.evaluate.page_evaluation import evaluation_reply
from playground.evaluate.results.earlier import changes
from playground.evaluate.results.results_json import cell_of, head_from_json
from playground.evaluate.results.tallies import Tallies, tallied
from tests.site.scripts.test_same_as_python import in_script

CHECK = {"name": "contains", "arguments": {"value": "x"}}


def saved(chance: random.Random, others: list[Any] | None = None) -> dict[str, Any]:
    """Results as a page or a terminal may have saved them, some of a run that was stopped.

    `others`: cases of another evaluation, of which it has some as well.
    """
    cases = chance.sample(others, len(others) * 3 // 4) if others else []
    cases += [
        {
            "name": str(n),
            # Some hold the same, and 1.0 is written 1 by the page.
            "variables": {"q": chance.choice(["a", "b", "c", 1, 1.0, 2, 2.0, 2.5, [1, {"x": 2}], 'ü"\n'])},
            **({"messages": [{"role": "user", "text": "before"}]} if chance.random() < 0.2 else {}),
            **({"checks": [CHECK]} if chance.random() < 0.5 else {}),
        }
        for n in range(chance.randrange(4, 24))
    ]
    prompts = [
        {"name": f"p{n}", "messages": [{"role": "user", "text": "?"}]} for n in range(chance.choice([1, 2]))
    ]
    evaluation = {
        "almanac_evaluation": 1,
        "name": "",
        "prompts": prompts,
        "cases": cases,
        "checks": [CHECK] if chance.random() < 0.7 else [],
        "parameters": {},
        "models": [],
        "repeats": chance.choice([1, 1, 3]),
        "left_out": [],
    }
    models = chance.sample(["m", "n", "o"], chance.choice([1, 2, 3]))
    results = [
        {
            "case": case,
            "prompt": prompt,
            "model": model,
            "repeat": repeat,
            "hash": "h",
            "checked": "c",
            "text": "t",
            "verdicts": [],
            "passed": chance.choice([True, False, None]),
            "failure": chance.choice(["", "", "", "it failed"]),
            "seconds": chance.choice([None, chance.random() * 9]),
            **chance.choice([{}, {"first_token": None}, {"first_token": chance.random()}]),
            "cost": chance.choice([None, 0, chance.randrange(1000) / 1e6]),
        }
        for case in range(len(cases))
        for prompt in range(len(prompts))
        for model in range(len(models))
        for repeat in range(evaluation["repeats"])
        if chance.random() < 0.9
    ]
    chance.shuffle(results)
    return {"almanac_results": 1, "saved": "", "evaluation": evaluation, "models": models, "results": results}


def read(value: dict[str, Any]) -> Tallies:
    head = head_from_json(value)
    return tallied(head, [(cell_of(row, head), row) for row in value["results"]])


def rounded(figures: dict[str, Any]) -> dict[str, Any]:
    """The cost to twelve digits: sums differ in the last by their order."""
    cost = figures["cost"]
    return {**figures, "cost": None if cost is None else float(f"{cost:.12g}")}


def moved(now: Tallies, before: Tallies) -> dict[tuple[int, int, int], int]:
    """By model, case and prompt, -1 where it broke and 1 where it was mended."""
    try:
        made = changes(now, before)
    except RequestError:
        return {}
    out = {}
    for one in made:
        who = now.contestants[one.contestant]
        for sign, places in ((-1, one.broken), (1, one.mended)):
            out |= {(who.model, place, who.prompt): sign for place in places}
    return out


def test_saved_results_come_to_the_same_on_the_page_and_in_the_terminal() -> None:
    chance = random.Random(28)
    compared = 0
    for _ in range(16):
        now = saved(chance)
        before = saved(chance, now["evaluation"]["cases"])
        page = in_script("results", {"now": now, "before": before})
        tallies = read(now)
        summary = tallies.summary()
        for own, figures in zip(summary.pop("figures"), page["figures"], strict=True):
            assert rounded(own) == rounded(figures)
        if page["models"]:
            assert summary == evaluation_reply({"kind": "summary", "models": page["models"]})
        prompts = len(now["evaluation"]["prompts"])
        by_page = {
            (model, row // prompts, row % prompts): 1 if change > 0 else -1
            for row, each in enumerate(page["changes"])
            for model, change in enumerate(each)
            if change
        }
        own_moves = moved(tallies, read(before))
        checked = set(tallies.checked_cases)
        checked_before = bool(before["evaluation"]["checks"])
        if checked_before:
            assert own_moves == {at: sign for at, sign in by_page.items() if at[1] in checked}
            compared += len(own_moves)
        else:
            assert own_moves.items() <= by_page.items()
    assert compared > 20
