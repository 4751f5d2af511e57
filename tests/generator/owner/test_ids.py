"""Ids that a site owner writes are held to the same grammar as those of sources."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from generator.errors import EditError
from tests.generator.owner.test_owner import HEAD, own

#: What may not be a part of an address or of a file's name.
NO_IDS = ("..", ".git", "con", "index.html", "x" * 201, "Acme", "a_b", "2a-", "模型", "a\x00b")


@pytest.mark.parametrize("part", NO_IDS)
def test_no_id_of_an_owner_is_what_no_source_may_send(tmp_path: Path, part: str) -> None:
    quoted, azure = json.dumps(part), "provider: azure, like: azure/global/acme/tiered"
    for row, place in (
        (f"providers: [{{id: {quoted}}}]", r"providers\[0\]: id"),
        (f"models: [{{id: {json.dumps(f'acme/{part}')}}}]", r"models\[0\]: id"),
        (f"models: [{{id: {json.dumps(f'{part}/one')}}}]", r"models\[0\]: id"),
        (f"offerings: [{{{azure}, version: {quoted}}}]", r"offerings\[0\]: version"),
        (f"offerings: [{{{azure}, variant: {quoted}}}]", r"offerings\[0\]: variant"),
    ):
        with pytest.raises(EditError, match=rf"own.yml: {place} is '.*': its? .+; write") as raised:
            own(tmp_path, f"{HEAD}{row}\n")
        assert len(str(raised.value)) < 400


def test_a_name_of_the_proxy_that_makes_no_id_is_named(tmp_path: Path) -> None:
    entries = "".join(f"{{model_name: {n}, litellm_params: {{model: azure/x}}}}, " for n in ("one", "模型"))
    (tmp_path / "l.yml").write_text(f"model_list: [{entries}]", "utf-8")
    with pytest.raises(EditError, match=r"model_list\[1\]: model_name '模型' as an id must be text"):
        own(tmp_path, HEAD + "litellm: [{provider: azure, config: l.yml}]\n")
