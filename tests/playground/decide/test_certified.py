"""A need that asks for certifications: who names them is in, of whom nobody says is a question."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from playground.catalog import Catalog, Certification, Certified, Channel, Statement
from playground.catalog.vocabulary import IMPLIED_BY
from playground.decide.answer import asked_of
from playground.decide.answer_json import answer_to_json
from playground.decide.chooser import choose
from playground.labels.labels import CERTIFICATIONS
from playground.need.need import Need, need_to_parts
from playground.need.reader import read_need
from tests.catalogs import HOST, committed
from tests.playground.decide.offers import GOOD, TODAY, WORK, left, of, offer

PAGE = "https://shop.test/trust"
SHOP = offer(
    "acme/cheap",
    provider="shop",
    kind="chat",
    context_tokens=128_000,
    max_output_tokens=8_000,
    price__input="0.1",
    price__output="0.1",
)


def certified(*names: str) -> Certified:
    wanted = tuple(Certification(name) for name in names)
    return Certified(names=wanted, quote="We are audited.", url=PAGE, read=date(2026, 11, 1))


def shop(*names: str, data_handling: Statement | None = None) -> Catalog:
    """GOOD, of whose provider nothing is known, and an offering of a shop whose pages name these."""
    whole = of(GOOD, SHOP)
    rows = (certified(*names),) if names else ()
    one = replace(whole.providers["shop"], certifications=rows, data_handling=data_handling)
    return replace(whole, providers={**whole.providers, "shop": one})


def asking(*names: str) -> Need:
    return Need(work=WORK, certifications=tuple(Certification(name) for name in names))


def test_who_names_it_is_in_and_of_whom_nobody_says_is_a_question_and_no_yes() -> None:
    whole = shop("soc-2-type-2", "iso-27001")
    answer = choose(asking("iso-27001"), whole, TODAY)
    assert list(answer.ranked.keys) == [SHOP.key]
    assert [(c.offering.key, asked_of(c, answer)) for c in answer.to_ask] == [
        (GOOD.key, ("certified: ISO/IEC 27001",))
    ]
    assert left(Need(work=WORK), whole) == [SHOP.key, GOOD.key]


def test_all_that_are_asked_for_must_be_named() -> None:
    answer = choose(asking("iso-27001", "c5"), shop("iso-27001"), TODAY)
    assert not answer.ranked
    assert {c.offering.key: asked_of(c, answer) for c in answer.to_ask} == {
        SHOP.key: ("certified: C5 (BSI)",),
        GOOD.key: ("certified: ISO/IEC 27001", "certified: C5 (BSI)"),
    }


@pytest.mark.parametrize("keep", [True, False])
def test_nobody_is_out_for_what_no_page_names(keep: bool) -> None:
    answer = choose(replace(asking("hds"), keep_unknown=keep), shop(), TODAY)
    assert (len(answer.ranked), len(answer.to_ask), answer.eliminated) == (0, 2, {})


@pytest.mark.parametrize(("less", "more"), IMPLIED_BY.items())
def test_more_than_what_is_asked_will_do_and_less_will_not(less: str, more: str) -> None:
    assert left(asking(less), shop(more)) == [SHOP.key]
    assert left(asking(more), shop(less)) == []


def test_what_holds_over_one_channel_alone_is_a_question_over_the_others() -> None:
    there = replace(SHOP, channel=Channel.GOVERNMENT)
    whole = replace(of(SHOP, there), providers=shop().providers)
    row = replace(certified("fedramp-high"), channels=(Channel.GOVERNMENT,))
    one = replace(whole.providers["shop"], certifications=(row,))
    whole = replace(whole, providers={**whole.providers, "shop": one})
    answer = choose(asking("fedramp-moderate"), whole, TODAY)
    assert list(answer.ranked.keys) == [there.key]
    assert [c.offering.key for c in answer.to_ask] == [SHOP.key]


def test_what_runs_on_a_machine_of_ones_own_needs_no_certificate_of_another() -> None:
    here = replace(SHOP, channel=Channel.SELF_HOSTED)
    stays = (replace(HOST, value="own machine", channels=(Channel.SELF_HOSTED,)),)
    whole = of(here, residency=stays)
    answer = choose(replace(asking("soc-2"), channels=(Channel.SELF_HOSTED,)), whole, TODAY)
    assert list(answer.ranked.keys) == [here.key]


@pytest.mark.parametrize(
    ("names", "rules", "page"),
    [
        (("c5",), replace(HOST, value="https://shop.test/data"), PAGE),
        ((), replace(HOST, value="https://shop.test/data"), "https://shop.test/data"),
        ((), None, None),
    ],
)
def test_who_has_to_be_asked_comes_with_the_page_to_ask_by(
    names: tuple[str, ...], rules: Statement | None, page: str | None
) -> None:
    answer = choose(asking("tisax"), shop(*names, data_handling=rules), TODAY)
    rows = {
        row["provider"]: row for row in answer_to_json(answer, sha256="x", today=TODAY)["to_ask"]["offerings"]
    }
    assert rows["shop"].get("page") == page


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("SOC 2 Type II", "soc-2-type-2"),
        ("soc2", "soc-2"),
        ("ISO/IEC 27001", "iso-27001"),
        ("iso 42001", "iso-42001"),
        ("HIPAA", "hipaa-baa"),
        ("fedramp high", "fedramp-high"),
        ("PCI", "pci-dss"),
        ("C5", "c5"),
    ],
)
def test_a_certification_is_read_as_people_write_it(written: str, meant: str) -> None:
    need, faults = read_need({"certifications": written}, of(GOOD))
    assert (need.certifications, faults) == ((Certification(meant),), ())
    assert need_to_parts(need)["certifications"] == [meant]


@pytest.mark.parametrize("written", ["fedramp", "iso", "ISO 9001", "!"])
def test_what_could_be_several_or_is_none_is_named(written: str) -> None:
    need, (fault,) = read_need({"certifications": written}, of(GOOD))
    assert need.certifications == ()
    assert fault.part == "certifications"
    assert "there is no" in fault.message


def test_each_certification_has_a_name_and_every_row_of_the_catalog_its_words() -> None:
    assert set(CERTIFICATIONS) == set(Certification)
    rows = {p.id: p.certifications for p in committed().providers.values() if p.certifications}
    assert {"openai", "anthropic", "azure", "amazon-bedrock", "google-vertex"} <= set(rows)
    assert all(row.quote and row.url.startswith("https://") for of_one in rows.values() for row in of_one)
