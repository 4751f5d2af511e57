"""Results brought with a question: what the page and the record say of them, and when to ask again."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from decimal import Decimal
from functools import cache
from typing import Any

import pytest

from generator.exports.chooser import advisor_for
from playground.advisor import Advisor
from playground.decide.own.again import ask_again
from playground.observed.observed import OutputTokens
from playground.observed.observed_json import observed_to_json
from tests.catalogs import HOSTILE, abilities, committed, fact
from tests.playground.observed.results import result, results
from tests.projects import few

SURE = {"low": 0.7, "high": 0.97}


@cache
def advisor() -> Advisor:
    """An adviser on few offerings, made when it is first asked: every worker reads this file."""
    return advisor_for(few(), "d" * 64, abilities())


@cache
def leaders() -> list[dict[str, Any]]:
    """Who is left where nothing is asked."""
    return list(advisor().choose({})["models"])


def ask(kind: str, observed: Any, floor: str = "", **more: Any) -> Any:
    question = {"kind": kind, "need": {}, "observed": observed, "floor": floor, **more}
    return json.loads(advisor().ask(json.dumps(question)))


def of(leader: dict[str, Any], **more: Any) -> Any:
    row, _, called = leader["call"].partition(":")
    return result(called, **{**SURE, "called": called, "row": row, "where": "W", **more})


def test_models_with_results_stand_apart_and_their_order_is_told() -> None:
    a, b, c = leaders()[:3]
    observed = observed_to_json(
        results(of(a, cost="0.003"), of(b, cost="0.001"), of(c, low=0.1, high=0.3), result("mine-7"))
    )
    answer = ask("choose", observed, "60")["answer"]
    own = answer["own"]
    assert [one["model"] for one in own["models"]] == [b["model"], a["model"]]
    assert [one["model"] for one in own["under"]] == [c["model"]]
    assert [one["name"] for one in own["elsewhere"]] == ["mine-7"]
    assert all(one["ran_here"] for one in (*own["models"], *own["under"]))
    assert own["head"] == [
        (
            f"{b['name']} before {a['name']}: $0.001 for each accepted answer against $0.003; the intervals "
            "overlap, so your cases do not settle which costs less."
        )
    ]
    assert not {a["model"], b["model"], c["model"]} & {one["model"] for one in answer["models"]}
    assert own["left_models"] == 3


def test_a_model_that_the_need_excludes_is_out_with_its_reason() -> None:
    observed = observed_to_json(results(of(leaders()[0])))
    own = ask("choose", observed, need={"budget": "0.000001"})["answer"]["own"]
    assert own["models"] == []
    assert own["out"][0]["constraint"] == "budget"
    assert own["head"] == ["None of the models that you ran meets the need."]


def test_a_month_and_a_budget_go_by_the_output_that_answers_had() -> None:
    first = leaders()[0]
    row = {"need": {"budget": "1000"}}

    def month(output: OutputTokens | None, **need: Any) -> Any:
        observed = observed_to_json(results(of(first, output=output)))
        return ask("choose", observed, **{**row, **need})["answer"]["own"]

    asked = month(None)["models"][0]
    long = month(OutputTokens(mean=40_000.4, low=None, high=None, answers=1))["models"][0]
    assert asked["measured"] is None
    assert asked["cost"] == first["cost"]
    assert long["measured"] == 40_000
    (billed,) = advisor().bills({"output_tokens": "40000"}, [long["offering"]])["bills"]
    assert (long["cost"], long["month"]["low"]) == (billed["cost"], billed["month"]["low"])
    assert long["month"]["low"] > 10 * asked["month"]["low"]

    # What is asked fits the budget, what it really writes does not; and the other way round.
    between = {"budget": str(Decimal(str(2 * asked["month"]["high"])))}
    over = month(OutputTokens(mean=40_000, low=None, high=None, answers=1), need=between)
    assert (over["models"], over["out"][0]["constraint"]) == ([], "budget")
    tight = {"budget": str(Decimal(str(asked["month"]["low"])) / 2), "output_tokens": "2000"}
    assert month(None, need=tight)["models"] == []
    assert month(OutputTokens(mean=1, low=None, high=None, answers=1), need=tight)["models"]


def test_the_reason_is_that_of_the_place_where_the_cases_ran() -> None:
    whole = advisor_for(committed(), "d" * 64, abilities())
    chat = result("deepseek-chat", **SURE, called="deepseek-chat", row="deepseek", where="W")
    question = {"kind": "choose", "need": {}, "observed": observed_to_json(results(chat)), "floor": ""}
    (out,) = json.loads(whole.ask(json.dumps(question)))["answer"]["own"]["out"]
    # Gateways have it, too; DeepSeek itself, where it ran, is none.
    assert out["reason"] != "gateway"


@pytest.mark.parametrize(
    ("floor", "told"), [("x", "'x'"), ("101", "'101'"), ("nan", "'nan'"), ("-1", "'-1'")]
)
def test_a_floor_that_is_none_is_refused(floor: str, told: str) -> None:
    reply = ask("choose", observed_to_json(results(of(leaders()[0]))), floor)
    assert reply == {"error": f"the pass rate is {told}; write per cent from 0 to 100, such as 80"}


def test_a_floor_may_have_a_per_cent_sign() -> None:
    own = ask("choose", observed_to_json(results(of(leaders()[0]))), " 62.5 % ")["answer"]["own"]
    assert own["floor"] == 0.625
    assert own["floor_text"].startswith("At least 62.5 % must pass.")


def test_the_record_has_the_results_and_hostile_names_are_text_in_it() -> None:
    observed = observed_to_json(
        results(
            of(leaders()[0], prompt=HOSTILE, parameters={"effort": "a | b"}),
            result(HOSTILE),
            name=HOSTILE,
            texts=(("P", "```\n# No heading\n```"),),
        )
    )
    record = ask("record", observed, "60")["answer"]
    assert "## By your own cases" in record
    assert f"- Data set (cases and checks): SHA-256 `{'a' * 64}`" in record
    assert "\n````text\n```\n# No heading\n```\n````\n" in record
    assert "<img" not in record.replace("\\<img", "")
    assert "effort a \\| b" in record
    assert record.index("## By your own cases") < record.index("## Not run on your cases")


def test_ask_again_on_the_earliest_day_that_is_to_come() -> None:
    today = date(2026, 11, 28)
    candidate = advisor().answer(advisor().read({})[0]).leaders[0]
    plain = replace(candidate, coming=(), offering=replace(candidate.offering, facts={}))

    def with_facts(**days: str) -> Any:
        facts = {name: fact(day) for name, day in days.items()}
        return replace(plain, offering=replace(plain.offering, facts=facts))

    def asked(*candidates: Any) -> tuple[str, str]:
        again = ask_again(candidates, today, lambda _: "It")
        return str(again.day), again.why

    assert asked(plain) == ("2027-02-26", "90 days have passed by then")
    assert asked(plain, with_facts(retires="2027-01-15")) == ("2027-01-15", "It retires on that day")
    assert asked(with_facts(retires_earliest="2027-02-01")) == (
        "2027-02-01",
        "It may be retired from that day on",
    )
    assert asked(with_facts(retires="2026-11-28")) == ("2027-02-26", "90 days have passed by then")
    assert asked(with_facts(retires="2028-01-01")) == ("2027-02-26", "90 days have passed by then")


def test_a_bill_counts_the_output_tokens_that_answers_had_and_says_so() -> None:
    a, b = leaders()[:2]
    observed = observed_to_json(results(of(a), of(a, prompt="Q")))
    work = {"input_tokens": 1000, "output_tokens": 100, "requests": 1000}
    names = [a["offering"], b["offering"]]
    plain = {row["offering"]: row for row in ask("bills", None, work=work, names=names)["answer"]["bills"]}
    own = {row["offering"]: row for row in ask("bills", observed, work=work, names=names)["answer"]["bills"]}
    more = {"input_tokens": 1000, "output_tokens": 400, "requests": 1000}
    asked = ask("bills", None, work=more, names=names)["answer"]["bills"]
    assert own[a["offering"]]["measured"] == 400
    assert own[a["offering"]]["cost"] == next(
        row["cost"] for row in asked if row["offering"] == a["offering"]
    )
    assert own[a["offering"]]["cost"] != plain[a["offering"]]["cost"]
    assert own[b["offering"]] == plain[b["offering"]]


def test_two_models_compared_have_their_own_results_beside_the_published() -> None:
    a, b = leaders()[:2]
    observed = observed_to_json(results(of(a), of(a, prompt="Q"), of(leaders()[2])))
    pair = ask("versus", observed, a=a["model"], b=b["model"])["answer"]
    assert [one["name"] for one in pair["own"]["a"]] == [a["name"], f"{a['name']}, Q"]
    assert pair["own"]["b"] == []
    assert "own" not in ask("versus", None, a=a["model"], b=b["model"])["answer"]
