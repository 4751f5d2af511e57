"""What the Choose page says of who is out, and as of which day."""

from __future__ import annotations

import json
from datetime import date, timedelta

from generator.exports.chooser import REASONS, advisor_for
from playground.advisor import Advisor
from playground.decide.judgement import ABLE
from playground.need.constraints import constraints
from playground.need.reader import read_need
from tests.catalogs import abilities, committed

ALL = {
    "kind": "chat",
    "labs": "openai",
    "providers": "azure",
    "channels": "global",
    "models": "openai/*",
    "must": "vision",
    "support": True,
    "open_weights": True,
    "licences": "mit",
    "memory": 16,
    "zone": "eu",
    "region": "westeurope",
    "zero_retention": True,
    "no_training": True,
    "certifications": "soc-2",
    "min_days": 10,
    "min_providers": 2,
}


def test_each_thing_that_puts_out_is_said_in_full() -> None:
    need, faults = read_need(ALL, committed())
    assert [fault for fault in faults if fault.part != "licences"] == []
    names = [c.name for c in constraints(need, date(2026, 11, 30))]
    assert len(names) > 15
    assert [name for name in (*names, ABLE, "budget") if name.partition(":")[0] not in REASONS] == []


def test_an_answer_says_the_day_of_its_catalog_and_the_day_it_counts_from() -> None:
    made = advisor_for(committed(), "0", abilities())
    later = made.today + timedelta(days=9)
    asked = Advisor(committed(), made.names, made.calls, "0", later, abilities())
    first, second = made.choose({}), asked.choose({})
    assert first["as_of"] == second["as_of"] == str(made.today)
    assert (first["date"], second["date"]) == (str(made.today), str(later))


def test_all_that_a_constraint_puts_out_are_listed_where_a_page_asks() -> None:
    asked = advisor_for(committed(), "0", abilities())
    need = {"zone": "eu", "must": "vision"}
    groups = asked.choose(need)["eliminated"]
    assert len(groups) >= 3
    for name, group in groups.items():
        reply = json.loads(asked.ask(json.dumps({"kind": "out", "need": need, "constraint": name})))["answer"]
        assert len(reply) == group["count"], name
        # The first are those that the answer began with; each is named and says why.
        assert reply[: len(group["offerings"])] == group["offerings"]
        assert [one for one in reply if not (one["said"] and one["name"] and one["anchor"])] == []
    nobody = asked.ask(json.dumps({"kind": "out", "need": need, "constraint": "licence"}))
    assert json.loads(nobody) == {"answer": []}
