"""What Python makes for the scripts is what their types say: TypeScript reads the values as literals.

A field that Python adds, drops or makes of another kind, and a name that it has and the types have not, is an
error here until the types say the same.
"""

from __future__ import annotations

import json
import random
from collections.abc import Iterator
from dataclasses import fields
from pathlib import Path
from typing import Any

import pytest

from generator.curated.ends.reader import load_ends
from generator.curated.first_minute import START_FILE, load_first_minute
from generator.curated.named_needs import load_needs
from generator.exports.chooser import advisor_for, answered_needs, chooser_data
from generator.exports.documents import model_json
from generator.exports.explorer import explorer_data
from generator.exports.leaderboards import make_boards
from generator.exports.playground import model_lists, page_data, stays_by_row
from generator.exports.quality import explorer_quality, model_quality
from generator.exports.search import search_data, sections
from generator.pages.bill import first_bills
from generator.pages.versus import versus_data, versus_sides
from playground.advisor import Advisor
from playground.catalog import Catalog, Model
from playground.chat.chat import ToolCall
from playground.chat.metrics import Figure, Known, Metrics
from playground.evaluate.cases.files import read_file
from playground.evaluate.checks.check import Verdict
from playground.evaluate.checks.judging import Judgement
from playground.evaluate.evaluation_json import evaluation_to_json
from playground.evaluate.exporting.forms import FORMS, export_to_json
from playground.evaluate.matrix import Cell
from playground.evaluate.running import Result, result_to_json
from playground.evaluate.summary import summary_to_json
from playground.lifecycle.ended import ends_to_json
from playground.observed.observed_json import observed_to_json
from playground.run.run import metrics_to_json
from tests.catalogs import abilities, fact
from tests.playground.evaluate.exporting.evaluations import some_results
from tests.playground.observed.results import result as figures_of
from tests.playground.observed.results import results
from tests.projects import few
from tests.site.scripts.typed.checked import faults, imported

WORK = {"input_tokens": 4000, "output_tokens": 400, "requests": 1000, "cached": 0.5}
USAGE = "model,prompt_tokens,completion_tokens,startTime\nopenai/gpt-5,1000,200,2026-11-01T00:00:00Z\n"
CONFIGURATION = "model: azure/gpt-4o\nmodel: claude-3-haiku-20240307\nopenai.beta.assistants.create()\n"


@pytest.fixture(scope="module")
def catalog() -> Catalog:
    return few()


@pytest.fixture(scope="module")
def advisor(catalog: Catalog) -> Advisor:
    return advisor_for(catalog, "0" * 64, abilities())


def documents(catalog: Catalog, advisor: Advisor) -> Iterator[tuple[str, str, Any]]:
    """File of types, type and a value of it that Python made."""
    sides = versus_sides(tuple(list(catalog.models)[:4]), catalog)
    needs = answered_needs(load_needs(Path("docs/catalog/needs.yml")), advisor)
    page = sections("/method/", "Method", '<h2 id="a">A</h2><p>B</p>')
    data = explorer_data(catalog, advisor.names)
    boards = make_boards(advisor, (), (), {})
    yield "explorer", "ExplorerData", data
    yield "explorer", "Quality", explorer_quality(data["models"]["values"], boards)
    yield "choose", "ChooserData", chooser_data(needs, catalog)
    yield "choose", "BillData", first_bills(advisor, sides)
    yield "choose", "VersusData", versus_data(sides, catalog)
    yield "site", "SearchData", search_data(catalog, advisor.names, page, {})
    first = load_first_minute(Path("docs/catalog") / START_FILE)
    stays = stays_by_row(catalog)
    begun = page_data(catalog.providers.values(), small=True, sha256="0" * 64, first=first, stays=stays)
    yield "playground", "PageData", begun
    for rows in model_lists(catalog, stays).values():
        yield "playground", "Model[]", rows
    figure = Figure(0.5, Known.COMPUTED)
    yield "playground", "Metrics", metrics_to_json(Metrics(**{f.name: figure for f in fields(Metrics)}))
    folder = Path("tests/fixtures/evaluate")
    for path in folder.glob("*/*1*.y*ml"):
        if "not-of-the-form" not in path.name:
            yield "evaluate", "Evaluation", evaluation_to_json(read_file(path.name, path.read_text()))
    cell = Cell(case=0, prompt=0, model=0, repeat=0)
    verdict = Verdict(passed=True, reason="as it should")
    judgement = Judgement(passed=True, share=1, verdicts=(verdict,))
    call = ToolCall(id="1", name="f", arguments="{}")
    result = Result(cell=cell, hash="x", text="a", judgement=judgement, calls=(call,))
    yield "evaluate", "CellResult", result_to_json(result)
    for to in FORMS:
        made = some_results(random.Random(1))
        made["evaluation"]["checks"] = [{"name": "contains", "arguments": {"value": "x"}}]
        yield "evaluate", "Exported", export_to_json(to, made)
    for repeats in (1, 2):
        rows = [{"name": name, "scores": [[1] * repeats], "costs": [[0.1] * repeats]} for name in "ab"]
        yield "evaluate", "Summary", summary_to_json(rows)
    yield "evaluate", "Observed", observed_to_json(results(figures_of("a"), figures_of("b", cost=None)))
    for model in list(catalog.models.values())[:10]:
        offerings = [o for o in catalog.offerings if o.model == model.id]
        alias = Model(id="acme/newest", facts={"points_to": fact(model.id)})
        quality = model_quality(model.id, boards)
        yield "api", "Model", model_json(model, advisor.names[model.id], offerings, catalog, [alias], quality)
    for one in needs:
        yield "choose", "Answer", one.answer
    for question in questions(catalog, advisor):
        reply = json.loads(advisor.ask(json.dumps(question)))
        assert "answer" in reply, (question["kind"], reply)
        yield "choose", f'Answers["{question["kind"]}"]', reply["answer"]


def questions(catalog: Catalog, advisor: Advisor) -> Iterator[dict[str, Any]]:
    """One of each kind that a page asks, some that find nothing, some that are wrong."""
    first = advisor.choose({})["models"][0]
    keys = [o.key for o in catalog.offerings]
    yield {"kind": "choose", "need": {"must": ["vision"], "zone": "eu", "budget": 1, "min_days": 100}}
    yield {"kind": "choose", "need": {"budget": "0", "nonsense": "x", "must": "sight"}}
    yield {"kind": "rest", "need": {"zone": "eu"}}
    yield {"kind": "places", "need": {"zone": "eu"}, "model": first["model"]}
    yield {"kind": "out", "need": {"zone": "eu"}, "constraint": "stays within: eu", "most": 100}
    call = first["call"].partition(":")
    ran = figures_of(call[2], called=call[2], row=call[0])
    unknown = figures_of("elsewhere", low=0.1, high=0.2, cost=None)
    own = {"observed": observed_to_json(results(ran, unknown)), "floor": "80"}
    yield {"kind": "choose", "need": {}, **own}
    yield {"kind": "choose", "need": {"budget": "0.00001"}, **own}
    yield {"kind": "record", "need": {}, "title": "A", "site": "", "claims": {}, **own}
    yield {"kind": "record", "need": {}, "title": "A", "site": "https://almanac.example/", "claims": {}}
    yield {"kind": "versus", "a": keys[0], "b": keys[-1]}
    yield {"kind": "versus", "a": first["model"], "b": keys[-1], **own}
    yield {"kind": "bills", "work": WORK, "names": [first["model"]], **own}
    yield {
        "kind": "bills",
        "work": {**WORK, "region": "westeurope", "batch": 0.1},
        "names": [*keys[:10], "x/y"],
    }
    yield {"kind": "usage", "text": USAGE}
    ids = [" ".join(o.ids) for o in catalog.offerings]
    ends = ends_to_json(load_ends(Path("docs/catalog/ended.yml")))
    known = {"ids": ids, "ends": ends, "moved": {}}
    yield {"kind": "retirements", "text": CONFIGURATION, "soon": 90, **known}


def test_the_types_of_the_scripts_are_those_of_python(
    tmp_path: Path, catalog: Catalog, advisor: Advisor
) -> None:
    lines: list[str] = []
    for n, (file, name, value) in enumerate(documents(catalog, advisor)):
        kind = imported(lines, n, file, name)
        lines.append(f"export const v{n}: {kind} = {json.dumps(value, ensure_ascii=False)};")
    assert faults(tmp_path, "\n".join(lines)) == ""
