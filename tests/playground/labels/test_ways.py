"""What has to be chosen at an address so that requests stay in a zone, and how links carry that."""

from __future__ import annotations

import re
from collections.abc import Mapping

import pytest

from generator.curated.first_minute import FirstMinute
from generator.exports.listed.places import stays_by_id
from generator.exports.playground import calls, model_lists, page_data, stays_by_row, ways_of_calls
from playground.catalog import Offering
from playground.catalog.endpoints import Auth, Endpoint, Place, Wire, endpoint_from_json, exact_origins
from playground.catalog.regions import Zone
from playground.chat.target import fill
from playground.errors import RequestError
from playground.labels.calls import Calls
from tests.catalogs import committed, providers


@pytest.fixture(scope="module")
def links() -> Calls:
    whole = committed()
    usual = calls(whole)
    return Calls(catalog=whole, usual=usual, ways=ways_of_calls(whole, usual))


@pytest.fixture(scope="module")
def offerings() -> Mapping[str, Offering]:
    return {offering.key: offering for offering in committed().offerings}


@pytest.mark.parametrize(
    ("key", "zone", "region", "call"),
    [
        ("openai/direct/openai/gpt-6-luna", None, "", "openai:gpt-6-luna"),
        ("openai/direct/openai/gpt-6-luna", Zone.EU, "", "openai@eu.api.openai.com:gpt-6-luna"),
        ("openai/direct/openai/gpt-6-luna", Zone.US, "", "openai@us.api.openai.com:gpt-6-luna"),
        ("openai/direct/openai/gpt-6-luna", Zone.JP, "", ""),
        ("xai/direct/xai/grok-4.6", Zone.US, "", "xai@us.api.x.ai:grok-4.6"),
        # A profile is called from a region of its zone, whatever is asked.
        (
            "amazon-bedrock/eu/anthropic/claude-haiku-5-5",
            None,
            "",
            "amazon-bedrock@eu-central-1:eu.anthropic.claude-haiku-5-5",
        ),
        (
            "amazon-bedrock/eu/anthropic/claude-haiku-5-5",
            Zone.EU,
            "eu-north-1",
            "amazon-bedrock@eu-north-1:eu.anthropic.claude-haiku-5-5",
        ),
        ("amazon-bedrock/eu/anthropic/claude-haiku-5-5", Zone.EU, "us-east-1", ""),
        (
            "google-vertex/regional/google/gemini-2.5-flash",
            Zone.UK,
            "",
            "google-vertex.1@europe-west2:gemini-2.5-flash",
        ),
        # The kind of a deployment decides there, and no address.
        ("azure/data-zone-eu/openai/gpt-5", Zone.EU, "", "azure.1:gpt-5"),
        # A parameter decides there, which no link sets.
        ("anthropic/direct/anthropic/claude-opus-4-6", Zone.US, "", ""),
    ],
)
def test_a_link_leads_where_requests_stay_or_nowhere(
    links: Calls, offerings: Mapping[str, Offering], key: str, zone: Zone | None, region: str, call: str
) -> None:
    assert links.of(offerings[key], zone, region) == call
    assert bool(links.why_not(offerings[key], zone, region)) == (not call)


def test_why_a_link_leads_nowhere_names_the_setting(links: Calls, offerings: Mapping[str, Offering]) -> None:
    why = links.why_not(offerings["anthropic/direct/anthropic/claude-opus-4-6"], Zone.US)
    assert "within the US" in why
    assert "inference_geo set to us" in why


def test_every_base_url_that_a_promise_needs_can_be_chosen_at_each_address() -> None:
    """A promise whose host the playground does not know would be lost on the way there."""
    named = [
        (provider, origin)
        for provider in providers().values()
        for stated in provider.residency
        for origin in re.findall(r"the base URL (https://[^/]+)", stated.setting)
    ]
    assert len(named) >= 6
    for provider, origin in named:
        for endpoint in provider.endpoints:
            assert origin in exact_origins(endpoint), (provider.id, origin)


def test_a_key_goes_to_no_host_that_the_provider_is_not_known_to_have() -> None:
    """Neither a whole host nor what looks like a part of one is taken from a link, a file or an option."""
    (endpoint, *_) = providers()["openai"].endpoints
    assert fill(endpoint, {}) == "https://api.openai.com/v1"
    assert fill(endpoint, {"host": "eu.api.openai.com"}) == "https://eu.api.openai.com/v1"
    for host in ("evil.example", "localhost", "eu.api.openai.com.evil.example", "api.openai.com/@x", "EVIL"):
        with pytest.raises(RequestError, match=r"known are api\.openai\.com"):
            fill(endpoint, {"host": host})


def test_a_host_to_choose_needs_its_choices() -> None:
    row = {"wire": "openai-chat", "url": "https://{host}/v1", "places": [{"name": "host", "label": "Host"}]}
    with pytest.raises(ValueError, match="needs choices"):
        endpoint_from_json(row)


def test_the_page_says_where_requests_stay_by_what_is_chosen() -> None:
    whole = committed()

    def said(provider: str, name: str, place: int = 0) -> Mapping[str, list[str]]:
        here = [o for o in whole.offerings if o.provider == provider]
        return stays_by_id(whole, here, whole.providers[provider].endpoints[place])[name]

    luna = said("openai", "gpt-6-luna")
    assert {host: where for host, (where, _) in luna.items()} == {
        "us.api.openai.com": "within the US",
        "eu.api.openai.com": "within the EU",
    }
    assert "10% more" in luna["eu.api.openai.com"][1]
    profile = said("amazon-bedrock", "eu.anthropic.claude-haiku-5-5")
    assert set(profile) <= {c for c in profile if c.startswith("eu-")}
    assert "us-east-1" not in profile


def test_an_address_without_its_own_host_is_told_as_it_is() -> None:
    place = Place(name="host", label="Host", default="a.example", choices=("a.example", "eu.a.example"))
    there = Endpoint(wire=Wire.OPENAI_CHAT, url="https://{host}/v1", auth=(Auth.BEARER,), places=(place,))
    assert there.usual == "https://a.example/v1"


def test_a_row_has_each_answer_once_and_its_models_say_which_is_theirs() -> None:
    whole = committed()
    known = stays_by_row(whole)
    first = FirstMinute()
    data = page_data(whole.providers.values(), small=False, sha256="", first=first, stays=known)
    listed = model_lists(whole, known)
    for row in data["rows"]:
        told = row.get("stays", [])
        assert [told.count(one) for one in told] == [1] * len(told)
        of = {m["id"]: told[m["stays"]] for m in listed[row["id"]] if "stays" in m}
        assert of == {name: there for name, there in known.get(row["id"], {}).items() if name in of}
        assert of.keys() == known.get(row["id"], {}).keys() & {m["id"] for m in listed[row["id"]]}
    assert sum(len(stays) for stays in known.values()) > 500
