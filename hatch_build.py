"""Puts what a checkout has made of its front end into the wheel, where ALMANAC_FRONT_END names the folder."""

from __future__ import annotations

import os
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class FrontEnd(BuildHookInterface):
    """`make wheel` names the folder; a wheel of a checkout alone reads the catalog and makes no site."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        folder = os.environ.get("ALMANAC_FRONT_END")
        if folder and version != "editable":
            build_data["force_include"][folder] = "generator/web"
