"""What a script works out is what Python works out: keys, prices, the names nearest to one that is none."""

from __future__ import annotations

import json
import random
import subprocess
from dataclasses import asdict
from typing import Any

from generator.exports.explorer import explorer_data
from generator.exports.listed.models import call_id, taken
from generator.exports.playground import callable_rows, model_lists, row_id, row_ids
from generator.exports.search import NAMES
from generator.fetch.by_npm import node
from playground.catalog import Kind, Offering
from playground.catalog.endpoints import Wire
from playground.catalog.prices import Meter
from playground.labels.addresses import anchor
from playground.labels.hours import hourly
from playground.labels.labels import money
from playground.labels.names import display_names
from playground.spelling import nearest
from tests.catalogs import committed
from tests.names.test_spellings import SPELLINGS, known_names, resolver
from tests.patience import PATIENCE_S
from tests.playground.run.own.written import WRITTEN, WRITTEN_FOR
from tests.rounds import nightly

#: The parts of what a model takes of a chat.
PARTS = ("refused", "refused_with", "efforts")


def in_script(what: str, given: Any) -> Any:
    """What the script beside this file makes of JSON."""
    done = subprocess.run(
        [*node(), "tests/site/scripts/same_as_python.mjs", what],
        input=json.dumps(given),
        capture_output=True,
        text=True,
        check=True,
        timeout=PATIENCE_S,
    )
    return json.loads(done.stdout)


def priced(offering: Offering) -> str | None:
    """The plain price of input; None where the scripts may show a text of its own."""
    field = f"price.{Meter.INPUT}"
    if span := hourly(offering.facts, field):
        return span.text
    price = offering.value(field)
    return money(price) if price is not None else None


def test_a_model_whose_list_names_its_family_takes_what_python_says_of_it() -> None:
    """The page's lists leave out what a family says of all its models; the page fills it in."""
    catalog = committed()
    rows = {row["id"]: row for row in callable_rows(catalog.providers.values())}
    lists = [{"row": rows[name], "models": models} for name, models in model_lists(catalog).items()]
    by_id: dict[tuple[str, str], list[list[Any]]] = {}
    for listed, filled in zip(lists, in_script("taken", lists), strict=True):
        for model, parts in zip(listed["models"], filled, strict=True):
            by_id.setdefault((listed["row"]["id"], model["id"]), []).append([part or None for part in parts])
    for offering in catalog.offerings:
        provider = catalog.providers[offering.provider]
        name = call_id(offering)
        for row in row_ids(provider, offering) if offering.kind == Kind.CHAT else ():
            endpoint = next(e for e in provider.endpoints if row_id(provider, e) == row)
            whole = taken(endpoint, endpoint.family(name), offering)
            if found := by_id.get((row, name)):
                assert [whole.get(part) for part in PARTS] in found, (row, name)
    said = sum(len({"family", *PARTS} & model.keys()) == 1 for each in lists for model in each["models"])
    assert said > 100


def test_the_scripts_read_every_offering_as_python_does() -> None:
    catalog = committed()
    rows = in_script("rows", explorer_data(catalog, display_names(catalog)))
    read = {key: rest for key, *rest in rows}
    assert len(read) == len(catalog.offerings)
    for offering in catalog.offerings:
        model, place, price = read[offering.key]
        assert (model, place) == (offering.model, anchor(offering))
        if (expected := priced(offering)) is not None:
            assert price == expected, offering.key


def mistyped(name: str, chance: random.Random) -> str:
    """The name with a letter left out, doubled, changed or moved, or without its lab."""
    at = chance.randrange(len(name))
    return chance.choice(
        [
            name[:at] + name[at + 1 :],
            name[:at] + name[at] + name[at:],
            name[:at] + chance.choice("aä7-/ ") + name[at + 1 :],
            name[: at - 1] + name[at : at + 1] + name[at - 1 : at] + name[at + 1 :],
            name.partition("/")[2].upper(),
        ]
    )


def test_a_page_and_the_terminal_mean_the_same_names() -> None:
    known = sorted(committed().models)
    chance = random.Random(1)
    names = [mistyped(chance.choice(known), chance) for _ in range(150)] + ["", " ", "gpt5", "İstanbul", "ﬃ"]
    assert in_script("nearest", {"names": names, "known": known}) == [nearest(name, known) for name in names]


@nightly("test_a_page_and_the_terminal_mean_the_same_names")
def test_a_name_means_the_same_on_a_page_as_in_the_terminal() -> None:
    """Every id and name of the catalog, ids of providers, what people write, and what nobody means."""
    catalog, chance, known = committed(), random.Random(2), known_names()
    # As search publishes it, without what the resolver does not look at.
    data = {
        "models": [[model, name, places, [], at] for model, name, places, at in known["models"]],
        "providers": [" ".join(row) for row in known["providers"]],
        "labs": known["labs"],
        "names": {part: known[part] for part in NAMES},
    }
    ids = sorted({one for offering in catalog.offerings for one in offering.ids})
    names = [text for model, name, *_ in known["models"] for text in (model, name)]
    typed = [row["typed"] for row in SPELLINGS] + names + chance.sample(ids, 600)
    typed += [offering.key.upper() for offering in chance.sample(catalog.offerings, 60)]
    typed += [f"{name} at Azure" for name in chance.sample(names, 60)]
    editions = chance.sample(sorted(known["editions"]), 300)
    typed += [f"{before}{one}" for one in editions for before in ("", "azure/", "openrouter/")]
    typed += [f"{one}{way}" for one in chance.sample(ids, 100) for way in (":free", ":thinking", ":Nitro")]
    typed += [f"ft:{one}:acme::9xYz12Ab" for one in chance.sample(ids, 30)]
    typed += [mistyped(chance.choice(names), chance) for _ in range(150)]
    typed += ["", " ", "/", "a/", "gpt5 ", "İstanbul", "ﬃ", "constructor", "__proto__/x", "²", "a" * 300]
    expected = [
        {**asdict(answer), "name": answer.name, "leftOut": answer.left_out}
        for answer in map(resolver().resolve, typed)
    ]
    answers = [
        {**one, "left_out": one["leftOut"]} for one in in_script("names", {"data": data, "typed": typed})
    ]
    odd = [
        (t, e, a) for t, e, a in zip(typed, json.loads(json.dumps(expected)), answers, strict=True) if e != a
    ]
    assert odd == []


def test_a_page_reads_an_address_for_the_api_that_is_spoken_there() -> None:
    asked = [(text, wire, base) for wire, texts in WRITTEN_FOR.items() for text, base in texts.items()]
    read = in_script("addresses", [[text, wire] for text, wire, _ in asked])
    assert [one["base"] for one in read] == [base for _, _, base in asked]


def test_a_page_reads_addresses_as_the_terminal_does() -> None:
    read = in_script("addresses", [[text, Wire.OPENAI_CHAT] for text in WRITTEN])
    assert {written: one["base"] for written, one in zip(WRITTEN, read, strict=True)} == WRITTEN
    notes = {written: " ".join(one["notes"]) for written, one in zip(WRITTEN, read, strict=True)}
    # What is read otherwise than it is written is said, and what is wrong; a slash at its end is neither.
    silent = {written for written, note in notes.items() if not note}
    plain = {written for written, base in WRITTEN.items() if base == written.strip().strip("'`").rstrip("/")}
    assert silent == plain | {
        "",
        "   ",
        "HTTP://localhost:8080/v1",
    }
    assert "http:// was added" in notes["localhost:8080"]
    assert "https:// was added" in notes["api.example.com/v1"]
    assert "http// was read as http://" in notes["http//127.0.0.1:8000/v1"]
    assert "must begin with http" in notes["htp//localhost:1234/v1"]
    assert "must begin with http" in notes["ws://localhost:1234/v1"]
    assert "secret" not in notes["http://me:secret@localhost:1234/v1"]
    assert not any("q7Zp2Kx9Lm4R" in note for note in notes.values())
