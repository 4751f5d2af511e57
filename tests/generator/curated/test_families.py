"""families.yml: what people write of a family's efforts and parameters, and which addresses it reaches."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from generator.cli.catalog.faults import unknown_parameters
from generator.curated.families import load_families, unknown_places, with_families
from generator.errors import EditError
from playground.catalog import Channel, Effort, Fact, Offering, Provider, Standing
from playground.catalog.endpoints import Endpoint, Wire, endpoint_from_json, endpoint_to_json
from playground.catalog.families.family import Family, family_from_json, family_to_json
from playground.chat.parameters import efforts, refused_for

ROW = """
- name: Acme One
  providers: [acme]
  wires: [openai-chat]
  models: ['acme-one*']
  efforts: {none: {thinking: {type: disabled}}, high: {}}
  refuses: {always: [top_k], unless_none: [temperature]}
  page: https://acme.example/docs
  read: 2026-11-27
"""
CHAT = Endpoint(wire=Wire.OPENAI_CHAT, url="https://acme.example/v1")


def at(family: Family) -> Endpoint:
    """The address with this family alone."""
    return replace(CHAT, families=(family,))


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "families.yml"


def test_a_row_reaches_the_addresses_that_it_names(path: Path) -> None:
    path.write_text(ROW)
    other = Endpoint(wire=Wire.OPENAI_RESPONSES, url="https://acme.example/v1")
    acme = Provider(id="acme", name="Acme", endpoints=(CHAT, other))
    beta = Provider(id="beta", name="Beta", endpoints=(CHAT,))
    rows = load_families(path)
    placed = with_families({"acme": acme, "beta": beta}, rows)
    chat, responses = placed["acme"].endpoints
    family = chat.family("Acme-One-2026")
    assert family is not None
    assert family.efforts == {Effort.NONE: {"thinking": {"type": "disabled"}}, Effort.HIGH: {}}
    assert family.refused(None) == {"top_k": "", "temperature": ""}
    assert family.refused(Effort.NONE) == {"top_k": ""}
    assert chat.family("acme-two") is None
    assert not responses.families
    assert not placed["beta"].endpoints[0].families
    assert endpoint_from_json(endpoint_to_json(chat)) == chat


def test_an_effort_that_is_asked_for_alone_refuses_alone(path: Path) -> None:
    path.write_text(ROW.replace("always", "high").replace("unless_none", "thinking"))
    family = load_families(path)[0].family
    assert family.refused(Effort.HIGH) == {"top_k": "", "temperature": ""}
    assert family.refused(Effort.LOW) == {"temperature": ""}
    assert family.refused(None) == family.refused(Effort.NONE) == {}


def test_what_is_refused_may_say_why(path: Path) -> None:
    path.write_text(ROW.replace("[temperature]", "{temperature: '', tools: ask the other address}"))
    (row,) = load_families(path)
    assert row.family.refused(None) == {"top_k": "", "temperature": "", "tools": "ask the other address"}
    assert refused_for(at(row.family), "acme-one", None)["tools"] == "ask the other address"
    assert "tools" not in refused_for(at(row.family), "acme-one", Effort.NONE)


def test_an_effort_that_an_address_refuses_is_not_offered_there_whatever_a_fact_says(path: Path) -> None:
    path.write_text(ROW.replace("always: [top_k]", "high: [effort]"))
    (row,) = load_families(path)
    facts = {"effort.high": Fact(value="yes", standing=Standing.SINGLE)}
    one = Offering(provider="acme", channel=Channel.DIRECT, model="acme/one", ids=("acme-one",), facts=facts)
    assert list(efforts(row.family, one)) == [Effort.NONE]
    assert refused_for(at(row.family), "acme-one", Effort.HIGH, one)["effort"] == "this model takes none"


def test_numbers_that_no_vendor_names_are_marked_as_ours(path: Path) -> None:
    budget = "high: {thinking: {type: enabled, budget_tokens: 16384}}"
    path.write_text(ROW.replace("high: {}", budget) + "  own_numbers: true\n")
    (row,) = load_families(path)
    assert efforts(row.family) == {Effort.NONE: "", Effort.HIGH: "16,384 tokens, our number"}
    assert family_from_json(family_to_json(row.family)) == row.family


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ("high: {}", "huge: {}", "efforts has 'huge'; write one of none, minimal"),
        ("high: {}", "high: 5", "efforts: high is 5; write what the request carries"),
        ("always:", "often:", "refuses has 'often'; write one of always, thinking"),
        ("'acme-one*'", "'Acme-One*'", "has large letters; write 'acme-one*'"),
        ("['acme-one*']", "acme-one", "models is 'acme-one'; write a list of names"),
        ("wires: [openai-chat]", "wires: [telex]", "'telex' is not a valid Wire"),
        ("providers: [acme]", "providers: acme", "say where it holds"),
        ("page: https://acme.example/docs", "page: docs", "page"),
        ("read: 2026-11-27", "read: soon", "read"),
        ("name: Acme One", "title: Acme One", "unknown key 'title'"),
    ],
)
def test_a_fault_names_the_row_and_what_to_write(path: Path, old: str, new: str, fault: str) -> None:
    path.write_text(ROW.replace(old, new))
    with pytest.raises(EditError, match=r"families\.yml: entry 1") as error:
        load_families(path)
    assert fault in str(error.value)


def test_two_rows_about_the_same_models_are_refused(path: Path) -> None:
    path.write_text(ROW + ROW.replace("Acme One", "Acme Two"))
    with pytest.raises(EditError, match=r"entry 2 \(Acme Two\): entry 1 \(Acme One\) has the same models"):
        load_families(path)


def test_a_row_about_an_address_that_nobody_can_call_is_named(path: Path) -> None:
    path.write_text(ROW)
    rows = load_families(path)
    faults = list(unknown_places(path.parent, rows, {}))
    assert len(faults) == 1
    assert "acme has no address in providers.yml that speaks openai-chat" in faults[0]
    assert not list(
        unknown_places(path.parent, rows, {"acme": Provider(id="acme", name="A", endpoints=(CHAT,))})
    )


def test_a_refused_parameter_that_no_request_there_holds_is_named(path: Path) -> None:
    path.write_text(ROW.replace("[top_k]", "[top_k, verbosity]"))
    assert [line.rpartition(": ")[2] for line in unknown_parameters(path.parent, load_families(path))] == [
        "openai-chat has no verbosity to refuse; leave it out"
    ]


def test_a_catalog_of_an_earlier_version_is_still_read() -> None:
    """`almanac diff` reads catalogs whose endpoints say which ids take a budget."""
    assert endpoint_from_json({"wire": "gemini", "url": "https://g.example", "budget_models": ["g-2*"]})


def test_a_family_holds_the_ids_that_one_of_its_patterns_fits_whole() -> None:
    family = Family(name="A", models=("acme-*", "one.[xy]"), page="https://acme.example", read="2026-11-01")
    assert [family.holds(name) for name in ("Acme-1", "one.x", "one-x", "my-acme-1", "one.x2", "")] == [
        *(True, True, False, False, False, False)
    ]
    assert not replace(family, models=()).holds("")
