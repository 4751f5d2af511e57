"""Portability: each point counted by hand, and what nobody says never counted."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from playground.catalog import Channel, Model, Offering, Provider, Support
from playground.catalog.endpoints import Endpoint, Wire
from playground.decide.portability import Portability, portability
from playground.need.need import Need
from tests.catalogs import fact
from tests.playground.decide import offers

WIRES = {
    "acme": ("openai-chat",),
    "vertex": ("gemini",),
    "bedrock": ("bedrock-converse",),
    "nobody-knows": (),
    "router": ("openai-chat",),
}
PROVIDERS = {
    name: Provider(
        id=name, name=name, wire=wire, kind="cloud" if name in ("vertex", "bedrock") else "inference"
    )
    for name, wire in WIRES.items()
}


def left(*served: str, weights: str | None = None) -> Portability:
    """What a model leaves that is served at these places; `router` is a gateway."""
    facts = {"open_weights": fact(weights)} if weights else {}
    places = [
        Offering(
            provider=p,
            channel=Channel.GATEWAY if p == "router" else Channel.DIRECT,
            model="acme/one",
            facts={},
        )
        for p in served
    ]
    return portability(Model(id="acme/one", facts=facts, records={}), places, PROVIDERS)


def test_all_points_are_met_by_a_model_that_runs_everywhere() -> None:
    everywhere = left("acme", "vertex", "bedrock", "nobody-knows", "router", weights="yes")
    points = dict(everywhere.points)
    assert points.pop("five or more") == Support.NO  # the gateway is none
    assert set(points.values()) == {Support.YES}
    assert (everywhere.score, everywhere.providers, everywhere.clouds) == (4, 4, 2)


def test_a_model_served_nowhere_has_no_point_and_nobody_says_whether_its_weights_are_open() -> None:
    nowhere = left()
    assert nowhere.score == 0
    assert nowhere.points[-1] == ("open weights", Support.UNKNOWN)
    assert nowhere.points_text() == (
        "No: two providers or more, five or more, two clouds or more. "
        "Unknown: the common API format, open weights"
    )


@pytest.mark.parametrize(
    ("served", "common"),
    [
        (("acme", "vertex"), Support.YES),
        (("vertex", "bedrock"), Support.NO),
        (("vertex", "nobody-knows"), Support.UNKNOWN),
        (("acme", "nobody-knows"), Support.YES),
        (("vertex", "router"), Support.NO),
        ((), Support.UNKNOWN),
    ],
)
def test_the_common_wire_is_unknown_where_a_providers_wires_are(
    served: tuple[str, ...], common: Support
) -> None:
    assert dict(left(*served).points)["the common API format"] == common


def test_weights_that_are_not_open_are_no_point() -> None:
    assert dict(left("acme", weights="no").points)["open weights"] == Support.NO
    assert left("acme", weights="no").score == left("acme").score == 1


def test_the_wires_made_for_a_model_go_before_the_providers() -> None:
    def at(wire: Wire, *models: str) -> Endpoint:
        return Endpoint(wire=wire, url="https://example.com", models=models)

    cloud = Provider(
        id="cloud",
        name="Cloud",
        wire=("openai-responses", "openai-chat", "anthropic-messages", "gemini"),
        endpoints=(
            at(Wire.OPENAI_CHAT, "microsoft/mai-*"),
            at(Wire.OPENAI_RESPONSES),
            at(Wire.OPENAI_CHAT),
            at(Wire.ANTHROPIC_MESSAGES, "anthropic/*"),
        ),
    )
    assert cloud.wires("microsoft/mai-2") == {"openai-chat"}
    assert cloud.wires("anthropic/claude") == {"anthropic-messages"}
    assert cloud.wires("openai/gpt") == {"openai-responses", "openai-chat", "gemini"}
    assert cloud.rows("microsoft/mai-2") == [0]
    assert cloud.rows("openai/gpt") == [1, 2]
    assert Provider(id="far", name="Far").wires("openai/gpt") == frozenset()


def test_on_a_machine_of_ones_own_hosts_are_counted_and_no_seller_is_asked_for_help() -> None:
    """Else runners alone are counted, each is asked for a support page, and nobody is left."""
    facts = {"kind": "chat", "context_tokens": 32_000, "max_output_tokens": 8_000}
    mine = offers.offer("acme/one-8b", provider="llama-cpp", channel="self-hosted", **facts)
    hosts = [offers.offer("acme/one-8b", provider=host, channel="hosted", **facts) for host in ("a", "b")]
    need = Need(work=offers.WORK, memory=Decimal(24), support=True, min_providers=3, keep_unknown=False)
    assert offers.left(need, offers.of(mine, *hosts)) == [mine.key]
    assert offers.left(need, offers.of(mine, hosts[0])) == []
    assert offers.left(replace(need, memory=None), offers.of(mine, *hosts)) == []
