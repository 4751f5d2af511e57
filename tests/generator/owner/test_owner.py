"""A site owner's view: chosen providers, hidden sources, offerings of the owner's own."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from generator import store
from generator.errors import EditError
from generator.owner.offerings import OWN
from generator.owner.own_file import load_own
from generator.owner.view import events_left, only_providers, with_own, without_sources
from generator.site.brand import BLACK, WHITE, brand_style, contrast
from generator.store.events import Event, EventKind, FieldChange
from generator.store.history import lines
from playground.catalog import Catalog, Claim, Held, HeldChange, Offering, Provider, Standing
from tests.catalogs import ALL_KNOWN, DISPUTED, TIERED, catalog, committed, fact
from tests.projects import build, built, environment, tree, write
from tests.rounds import sampled

WHOLE = catalog(ALL_KNOWN, TIERED, DISPUTED)
COMPANY = Path("docs/guides/company")


def with_second_provider() -> Catalog:
    other = replace(TIERED, provider="acme", model="acme/other")
    both = catalog(ALL_KNOWN, other)
    return replace(both, providers={**both.providers, "acme": Provider(id="acme", name="Acme API")})


def own(tmp_path: Path, text: str, whole: Catalog = WHOLE) -> Catalog:
    path = tmp_path / "own.yml"
    path.write_text(text)
    return with_own(whole, load_own(path, whole), {})


def by_key(whole: Catalog) -> dict[str, Offering]:
    return {o.key: o for o in whole.offerings}


HEAD = "name: Contoso\ndate: 2026-11-20\n"


def test_only_the_chosen_providers_stay_with_what_they_serve() -> None:
    left = only_providers(with_second_provider(), ["acme"])
    assert list(left.providers) == ["acme"]
    assert list(left.models) == ["acme/other"]
    assert [o.provider for o in left.offerings] == ["acme"]
    assert only_providers(WHOLE, []) is WHOLE


def event(*sources: str, target: str = "azure/global/acme/tiered") -> Event:
    change = FieldChange(field="price.input", was=Decimal(3), now=Decimal(1), by=sources)
    return Event(
        day=date(2026, 11, 1),
        kind=EventKind.PRICE,
        target=target,
        changes=(change,),
        links=dict.fromkeys(sources, "https://example.com"),
    )


def test_the_history_tells_of_the_chosen_providers_and_of_nothing_that_only_the_hidden_say() -> None:
    events = (event("litellm"), event("litellm", "models-dev"), event("models-dev", target="acme/direct/x/y"))
    assert events_left(events, WHOLE, [], []) == events
    assert events_left(events, WHOLE, ["azure"], []) == events[:2]
    (left,) = events_left(events, WHOLE, ["azure"], ["litellm"])
    assert left.changes == (replace(events[1].changes[0], by=("models-dev",)),)
    assert set(left.links) == {"models-dev"}


def test_held_changes_are_those_of_what_is_shown() -> None:
    def change(provider: str) -> HeldChange:
        return HeldChange(
            target=f"{provider}/global/a/b", field="price.input", was=Decimal(1), now=Decimal(9)
        )

    held = Held(source="litellm", where="x", reason="y", changes=(change("azure"), change("other")))
    some = replace(WHOLE, held=(held,))
    assert only_providers(some, ["azure"]).held[0].changes == (change("azure"),)
    assert without_sources(some, ["litellm"]).held == ()
    assert without_sources(some, ["models-dev"]).held == (held,)


def test_a_provider_or_source_that_is_none_is_named_with_the_nearest() -> None:
    with pytest.raises(EditError, match=r"providers: there is no 'azur'; did you mean azure\?"):
        only_providers(WHOLE, ["azur"])
    with pytest.raises(EditError, match=r"hide_sources: there is no 'lite-llm'; did you mean litellm\?"):
        without_sources(WHOLE, ["lite-llm"])


def test_a_hidden_source_leaves_no_claim_record_or_history() -> None:
    left = without_sources(WHOLE, ["litellm"])
    text = json.dumps(dict(store.render(left, {})), default=bytes.decode)
    assert "litellm" not in text
    assert "litellm" not in left.sources
    known = by_key(left)["azure/global/acme/all-known"]
    # Said by both: one says it still. Said by the hidden one alone: gone.
    assert known.facts["context_tokens"].value == 128000
    assert known.facts["context_tokens"].standing == Standing.SINGLE
    assert "price.output" not in known.facts
    assert known.history == ()


def test_a_disputed_fact_is_chosen_anew_from_who_is_left() -> None:
    left = by_key(without_sources(WHOLE, ["litellm"]))["azure/global/acme/disputed"]
    assert left.facts["price.input"].value == Decimal(3)
    assert left.facts["price.input"].standing == Standing.SINGLE
    # What a person set stays, without the claim that is hidden.
    assert left.facts["max_output_tokens"].value == 4096
    assert left.facts["max_output_tokens"].claims == ()


def test_a_price_in_doubt_stays_so_when_one_of_its_sources_is_hidden() -> None:
    claims = [Claim(record=source, value=Decimal("0.1")) for source in ("litellm", "models-dev")]
    doubtful = fact(Decimal("0.1"), Standing.DOUBTFUL, *claims, reason="1/20 of what others ask")
    whole = catalog(replace(ALL_KNOWN, facts={"price.input": doubtful}))
    left = without_sources(whole, ["models-dev"]).offerings[0].facts["price.input"]
    assert (left.standing, left.reason) == (Standing.DOUBTFUL, "1/20 of what others ask")
    assert [c.record for c in left.claims] == ["litellm"]


def test_a_copy_of_models_dev_does_not_become_a_second_source() -> None:
    claims = tuple(Claim(record=r, value=Decimal(1)) for r in ("litellm", "model-prices", "models-dev"))
    record = replace(ALL_KNOWN.records["litellm"], link="https://github.com/sst/models.dev/commit/abc")
    one = replace(
        ALL_KNOWN,
        facts={"price.input": fact(Decimal(1), Standing.AGREED, *claims)},
        records={**ALL_KNOWN.records, "model-prices": record},
    )
    whole = catalog(one)
    sources = {**whole.sources, "model-prices": replace(whole.sources["litellm"], id="model-prices")}
    left = without_sources(replace(whole, sources=sources), ["litellm"])
    assert left.offerings[0].facts["price.input"].standing == Standing.SINGLE


def test_an_own_offering_says_what_is_different_and_whence_the_rest_is(tmp_path: Path) -> None:
    made = own(
        tmp_path,
        HEAD
        + """
providers:
  - {id: contoso, like: azure, name: Contoso on Azure}
offerings:
  - provider: contoso
    like: azure/global/acme/all-known
    id: known-prod
    facts: {price.input: 1.5, can.vision: no, retires: 2027-03-01, regions: [westeurope]}
""",
    )
    offering = by_key(made)["contoso/global/acme/all-known"]
    assert offering.ids == ("known-prod",)
    assert offering.facts["price.input"].value == Decimal("1.5")
    assert offering.facts["price.input"].claims == (Claim(record=OWN, value=Decimal("1.5")),)
    assert offering.facts["can.vision"].value == "no"
    assert offering.facts["retires"].value == "2027-03-01"
    assert offering.facts["regions"].value == ("westeurope",)
    assert offering.facts["price.output"].value == Decimal(8)
    assert offering.facts["price.output"].reason == "as azure/global/acme/all-known"
    assert offering.facts["price.output"].claims[0].record == "litellm"
    assert made.sources[OWN].name == "Contoso"
    assert made.sources[OWN].as_of == date(2026, 11, 20)
    assert made.providers["contoso"].name == "Contoso on Azure"
    # The public offering is as it was.
    assert by_key(made)["azure/global/acme/all-known"] == ALL_KNOWN


def test_a_provider_of_the_owners_is_theirs_in_a_choice(tmp_path: Path) -> None:
    made = own(tmp_path, HEAD + "providers: [{id: ours, name: Ours}, {id: theirs, kind: gateway}]\n")
    assert [str(made.providers[name].seller_class) for name in ("ours", "theirs")] == ["own", "gateway"]


def test_an_own_model_brings_its_lab(tmp_path: Path) -> None:
    made = own(
        tmp_path,
        HEAD
        + """
models: [{id: contoso/helper-2, name: Helper 2, facts: {licence: internal}}]
offerings: [{provider: azure, channel: regional, model: contoso/helper-2}]
""",
    )
    assert made.models["contoso/helper-2"].name == "Helper 2"
    assert made.models["contoso/helper-2"].value("licence") == "internal"
    assert "contoso" in made.labs
    assert by_key(made)["azure/regional/contoso/helper-2"].facts == {}


def test_parts_of_an_address_are_filled_in_for_all_readers(tmp_path: Path) -> None:
    whole = replace(WHOLE, providers=dict(committed().providers))
    made = own(
        tmp_path, HEAD + "providers: [{id: contoso, like: azure, parts: {resource: contoso-ai}}]\n", whole
    )
    provider = made.providers["contoso"]
    assert provider.api == "https://contoso-ai.services.ai.azure.com/openai/v1/"
    assert {e.url for e in provider.endpoints} == {
        "https://contoso-ai.services.ai.azure.com/mai/v1",
        "https://contoso-ai.openai.azure.com/openai/v1",
        "https://contoso-ai.services.ai.azure.com/anthropic",
    }
    assert [e.places for e in provider.endpoints] == [()] * 4


def test_a_litellm_proxys_own_configuration_says_what_it_serves(tmp_path: Path) -> None:
    (tmp_path / "litellm.yml").write_text(
        """
model_list:
  - {model_name: best, litellm_params: {model: azure/x, api_key: sk-secret}}
  - {model_name: best, litellm_params: {model: azure/spare}, model_info: {base_model: azure/x}}
  - {model_name: second, litellm_params: {model: openai/azure/x, input_cost_per_token: 0.0000011}}
general_settings: {master_key: sk-master}
"""
    )
    one = replace(ALL_KNOWN, records={"litellm": replace(ALL_KNOWN.records["litellm"], id="azure/x")})
    made = own(tmp_path, HEAD + "litellm: [{provider: azure, config: litellm.yml}]\n", catalog(one))
    offerings = by_key(made)
    assert set(offerings) == {
        "azure/global/acme/all-known",
        "azure/gateway/acme/all-known",
        "azure/gateway/acme/all-known:second",
    }
    assert offerings["azure/gateway/acme/all-known"].ids == ("best",)
    assert offerings["azure/gateway/acme/all-known:second"].facts["price.input"].value == Decimal("1.1")
    assert "sk-" not in repr(made)


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("date: 2026-11-20\n", "name must be text"),
        ("name: Contoso\n", "date must be a date like 2026-11-23"),
        (HEAD + "prices: []\n", "unknown key 'prices'; known are date, link"),
        (HEAD + "link: wiki\n", "link must begin with https:// or http://, it is 'wiki'"),
        (
            HEAD + "offerings: [{provider: azur, model: acme/tiered, channel: global}]\n",
            r"offerings\[0\]: provider is 'azur', which is no provider of the catalog; did you mean azure",
        ),
        (
            HEAD + "offerings: [{provider: azure, model: acme/teired, channel: global}]\n",
            "model is 'acme/teired', which is no model of the catalog; did you mean acme/tiered",
        ),
        (
            HEAD + "offerings: [{provider: azure, like: azure/global/acme/tired}]\n",
            "like is 'azure/global/acme/tired', .* did you mean azure/global/acme/tiered",
        ),
        (
            HEAD + "offerings: [{provider: azure, model: acme/tiered, channel: globe}]\n",
            "channel is 'globe'; write one of direct, hosted",
        ),
        (
            HEAD
            + "offerings: [{provider: azure, like: azure/global/acme/tiered, facts: {price.inptu: 1}}]\n",
            "facts: 'price.inptu' is no field of the catalog; did you mean price.input",
        ),
        (
            HEAD
            + "offerings: [{provider: azure, like: azure/global/acme/tiered, facts: {price.input: low}}]\n",
            "price.input is a number, not 'low'",
        ),
        (
            HEAD + "offerings:\n" + "  - {provider: azure, channel: eu, model: acme/tiered}\n" * 2,
            r"offerings\[1\]: azure/eu/acme/tiered is there already; give one of them a version or a variant",
        ),
        (HEAD + "models: [{id: helper}]\n", "id is 'helper': its name is missing; write lab/model"),
        (HEAD + "models: [{id: 'acme/<b>'}]\n", "id is 'acme/<b>': its name holds more than"),
        (HEAD + "providers: [{id: ../x}]\n", "id is '../x': it holds more than lower-case letters"),
        (HEAD + "providers: [{id: c, like: azure, parts: {region: x}}]\n", "no address of it has {region}"),
        (HEAD + "litellm: [{provider: azure, config: nothing.yml}]\n", "nothing.yml: the file is missing"),
        (HEAD + "litellm: [{provider: azure, config: own.yml}]\n", "has no model_list"),
    ],
)
def test_what_is_wrong_in_the_file_is_named_with_what_would_be_right(
    tmp_path: Path, text: str, fault: str
) -> None:
    with pytest.raises(EditError, match=fault):
        own(tmp_path, text)


def test_a_model_that_the_proxy_alone_knows_says_what_to_write(tmp_path: Path) -> None:
    (tmp_path / "l.yml").write_text("model_list: [{model_name: a, litellm_params: {model: azure/mine}}]")
    with pytest.raises(EditError, match=r"model_list\[0\] \(a\): 'azure/mine' .*base_model"):
        own(tmp_path, HEAD + "litellm: [{provider: azure, config: l.yml}]\n")


def test_the_published_catalog_is_the_one_shown(tmp_path: Path) -> None:
    folder = write(tmp_path, WHOLE, hide_sources=["litellm"])
    events = (event("litellm"), event("models-dev", "litellm"), event("models-dev"))
    (folder / "docs/catalog/history.jsonl").write_bytes(lines(events))
    built(folder)
    files = tree(folder / "site")
    assert files["catalog/history.jsonl"].count(b"\n") == 2
    about_site = {n: c for n, c in files.items() if not n.endswith((".js", ".yml", "schema.json"))}
    assert [n for n, content in about_site.items() if re.search(rb"litellm", content, re.I)] == []
    assert json.loads(files["catalog/sources.json"])["sources"].keys() == {"models-dev", "genai-prices"}
    absent = store.changed_files(folder / "site/catalog")  # each of their claims stands in catalog/v1/
    assert absent
    assert all(name.startswith("offerings/") for name in absent)


def test_the_markdown_for_another_renderer_is_that_of_this_site(tmp_path: Path) -> None:
    folder = write(tmp_path, with_second_provider(), providers=["acme"])
    code = "from pathlib import Path; from generator.cli.site.build import write_markdown; "
    code += "write_markdown(Path('out'))"
    subprocess.run(
        [sys.executable, "-c", code], cwd=folder, env=environment(), check=True, capture_output=True
    )
    assert [p.parent.name for p in (folder / "out/models/acme").rglob("index.md")] == ["other"]
    assert not (folder / "out/providers/azure").exists()


@sampled(1)
@pytest.mark.parametrize(
    ("options", "fault"),
    [
        ({"providers": ["azzure"]}, "there is no 'azzure'; did you mean azure?"),
        ({"own": "nothing.yml"}, "nothing.yml: the file is missing"),
        ({"color": "teal"}, "'teal' is no colour; write six digits"),
        ({"color": "#ffd400"}, "#ffd400 has a contrast of 1.4 on #ffffff; text needs 4.5"),
        ({"colour": "#0b6a5f"}, "Unrecognised configuration name: colour"),
    ],
)
def test_a_wrong_option_stops_the_build_without_a_traceback(
    tmp_path: Path, options: dict[str, object], fault: str
) -> None:
    done = build(write(tmp_path, WHOLE, **options), "--strict")
    assert done.returncode != 0
    assert fault in done.stderr
    assert "Traceback" not in done.stderr


def test_contrast_is_as_wcag_counts_it() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#767676", WHITE) == pytest.approx(4.54, abs=0.01)
    assert contrast("#ffffff", BLACK) > 15
    assert brand_style("", "") == ""
    assert "--mark: #0b6a5f" in brand_style("#0b6a5f", "")
