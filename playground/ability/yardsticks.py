"""Which benchmark says how hard a task is: one that stands for the task in general.

A test of one language, subject or trade says how hard that is, however many models have taken it.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping

from playground.ability.abilities import Abilities
from playground.ability.ability import Task

#: A benchmark of which fewer models have a score tells too little of how hard it is.
KNOWN = 10
#: Those whose questions are of as many sorts as the work of an assistant. They stand for work without a task,
#: and for a task of which no benchmark below will do.
GENERAL = ("OpenHands Index: GAIA", "Humanity's Last Exam", "MMLU-Pro")
#: Those that a reader takes for a measure of the task as such, in any version. Not among them: mathematics
#: alone, one trade's desk (banks, shops, airlines), pictures of code, following instructions for writing.
YARDSTICKS: Mapping[Task, Collection[str]] = {
    Task.CODE: (
        *("SWE-Bench Verified", "SWE-Bench Pro", "SWE-Bench Multilingual"),
        "OpenHands Index: SWE-bench",
    ),
    Task.AGENTS: (
        "Terminal-Bench",
        "OpenHands Index: GAIA",
        "Toolathlon",
        "Toolathlon-Verified",
        "MCP Atlas",
    ),
    Task.REASONING: ("Humanity's Last Exam", "GPQA Diamond"),
    Task.VISION: ("MMMU Pro", "MMMU"),
    Task.KNOWLEDGE: ("SimpleQA Verified", "MMLU-Pro"),
    Task.FACTUALITY: ("Vectara hallucination rate",),
    Task.LONG_CONTEXT: ("MRCR", "GraphWalks"),
}
_VERSION = re.compile(r" v?\d[\w.]*$")


def yardstick(abilities: Abilities, task: Task | None) -> str:
    """The benchmark by which the difficulty of a task is put, or of work without one; empty if there is none.

    Of those that still tell models apart it is the one that most models have taken.
    """
    for names in (YARDSTICKS.get(task, ()) if task else (), GENERAL):
        known = [
            (b.models, name)
            for name, b in abilities.benchmarks.items()
            if b.models >= KNOWN and not b.used_up and {name, _VERSION.sub("", name)} & {*names}
        ]
        if known:
            return max(known)[1]
    return ""
