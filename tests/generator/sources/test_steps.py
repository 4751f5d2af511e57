"""Steps of a price: exact ones, and those of which a source says only from where on."""

from __future__ import annotations

import json
from decimal import Decimal

import pytest
from msgspec.structs import replace as with_changes

from generator.sources.catalogs import models_dev
from generator.sources.records import FieldClaim, SourceRecord
from playground.catalog import Offering, Standing
from tests.generator.ledger.claimed import record, run

STEP = "price.input>"


def stepped(source: str, **steps: Decimal) -> SourceRecord:
    """A record with steps at so many thousand tokens: `k272=Decimal(4)`, `over200` from there on."""
    base = record(source, "openai", "gpt-5.6-sol", price__input=Decimal(2))
    claims = []
    for name, usd in steps.items():
        tokens = int(name.lstrip("kover")) * 1000
        claims.append(FieldClaim(field=f"{STEP}{tokens}", value=usd, from_there_on=name.startswith("over")))
    return with_changes(base, claims=(*base.claims, *claims))


def offering_of(*records: SourceRecord) -> Offering:
    (offering,) = run(*records).catalog.offerings
    return offering


def steps(offering: Offering) -> dict[str, object]:
    return {name.removeprefix(STEP): f.value for name, f in offering.facts.items() if name.startswith(STEP)}


@pytest.mark.parametrize(
    ("exact", "step"),
    [({"k272": Decimal(4)}, "272000"), ({"k200": Decimal(4)}, "200000")],
)
def test_a_step_from_there_on_is_the_next_that_another_source_names(
    exact: dict[str, Decimal], step: str
) -> None:
    offering = offering_of(stepped("litellm", **exact), stepped("models-dev", over200=Decimal(4)))
    assert steps(offering) == {step: 4}


def at_hosts(*rows: SourceRecord) -> list[object]:
    """The steps of GPT-5.6 Sol at the hosts of these rows, beside OpenAI's own at 272,000 tokens."""
    made = run(stepped("litellm", k272=Decimal(4)), *rows).catalog.offerings
    return [steps(o) for o in made if o.provider != "openai"]


def at(provider: str, row: SourceRecord) -> SourceRecord:
    return with_changes(row, provider=provider, id=f"{provider}/{row.model}")


def test_where_nobody_names_a_hosts_step_it_is_the_models() -> None:
    assert at_hosts(at("digitalocean", stepped("models-dev", over200=Decimal(5)))) == [{"272000": 5}]
    exact = at("digitalocean", stepped("models-dev", k200=Decimal(5)))
    assert at_hosts(exact) == [{"200000": 5}]


def test_a_step_that_no_source_names_there_says_whence_it_is() -> None:
    def at_digitalocean(**price: Decimal) -> str:
        made = run(stepped("litellm", k272=Decimal(4)), at("digitalocean", stepped("models-dev", **price)))
        (host,) = (o for o in made.catalog.offerings if o.provider == "digitalocean")
        return host.facts[f"{STEP}272000"].reason

    assert at_digitalocean(over200=Decimal(5)) == (
        "models-dev says from 200,000 tokens on; 272,000 is where the model's price steps at most others"
    )
    assert at_digitalocean(k272=Decimal(5)) == ""


def test_of_several_steps_that_a_model_has_elsewhere_it_is_the_most_frequent() -> None:
    odd = at("novita", stepped("genai-prices", k512=Decimal(4)))
    a_token_less = at("vercel", stepped("genai-prices"))
    claim = FieldClaim(field=f"{STEP}271999", value=Decimal(4))
    a_token_less = with_changes(a_token_less, claims=(*a_token_less.claims, claim))
    unsure = at("digitalocean", stepped("models-dev", over200=Decimal(5)))
    assert at_hosts(odd, a_token_less, unsure) == [{"272000": 5}, {"512000": 4}, {"271999": 4}]


def test_beyond_the_last_exact_step_it_is_another_ladder() -> None:
    offering = offering_of(stepped("litellm", k128=Decimal(3)), stepped("models-dev", over200=Decimal(4)))
    assert steps(offering) == {"128000": 3, "200000": 3}
    assert offering.facts["price.input>200000"].standing == Standing.DISPUTED


def test_two_that_say_the_same_of_a_step_agree_and_two_that_differ_are_a_dispute() -> None:
    same = offering_of(stepped("litellm", k272=Decimal(4)), stepped("models-dev", over200=Decimal(4))).facts[
        "price.input>272000"
    ]
    assert same.standing == Standing.AGREED
    other = offering_of(stepped("litellm", k272=Decimal(4)), stepped("models-dev", over200=Decimal(5))).facts[
        "price.input>272000"
    ]
    assert (other.value, other.standing) == (4, Standing.DISPUTED)


def test_alone_it_stays_where_it_begins() -> None:
    assert steps(offering_of(stepped("models-dev", over200=Decimal(4)))) == {"200000": 4}


def test_of_several_steps_it_is_the_first_from_there_on() -> None:
    many = stepped("litellm", k128=Decimal(3), k256=Decimal(4), k512=Decimal(6))
    assert steps(offering_of(many, stepped("models-dev", over200=Decimal(4)))) == {
        "128000": 3,
        "256000": 4,
        "512000": 6,
    }


def test_a_step_of_another_meter_or_mode_is_none_of_its_own() -> None:
    other = record("litellm", "openai", "gpt-5.6-sol", price__input=Decimal(2))
    claims = [
        FieldClaim(field=f"price.{rate}>272000", value=Decimal(9)) for rate in ("output", "batch.input")
    ]
    offering = offering_of(
        with_changes(other, claims=(*other.claims, *claims)), stepped("models-dev", over200=Decimal(4))
    )
    assert steps(offering) == {"200000": 4}


def models_dev_claims(cost: dict[str, object]) -> dict[str, FieldClaim]:
    row = {"id": "x", "name": "X", "modalities": {"input": ["text"], "output": ["text"]}, "cost": cost}
    raw = json.dumps({"openai": {"id": "openai", "name": "OpenAI", "models": {"x": row}}})
    (made,) = models_dev.parse(raw.encode())
    return {claim.field: claim for claim in made.claims if ">" in claim.field}


def test_models_dev_names_steps_exactly_in_tiers_and_only_from_where_on_in_its_older_form() -> None:
    older = {"input": 10, "output": 45}
    tier = {"input": 10, "output": 45, "tier": {"type": "context", "size": 272_000}}
    both = models_dev_claims({"input": 5, "output": 30, "tiers": [tier], "context_over_200k": older})
    assert {name: (c.value, c.from_there_on) for name, c in both.items()} == {
        "price.input>272000": (10, False),
        "price.output>272000": (45, False),
    }
    alone = models_dev_claims({"input": 5, "output": 30, "context_over_200k": older})
    assert {name: c.from_there_on for name, c in alone.items()} == {
        "price.input>200000": True,
        "price.output>200000": True,
    }
    # A tier of another kind is no step of the context.
    assert not models_dev_claims({"input": 5, "output": 30, "tiers": [{**tier, "tier": {"type": "time"}}]})
