"""What has to be set up before a site can be built, and what mkdocs.yml says of it."""

from __future__ import annotations

import logging
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from generator.errors import SetupError
from generator.site import frontend

if TYPE_CHECKING:
    from mkdocs.config.defaults import MkDocsConfig

    from generator.site.plugin import AlmanacPlugin


def check_setup() -> None:
    """Raises SetupError where there is no mkdocs.yml here or the front-end files are missing."""
    if not Path("mkdocs.yml").is_file():
        raise SetupError("mkdocs.yml is not here; run almanac in the folder that holds it")
    if lacking := frontend.missing():
        raise SetupError(
            f"front-end files are missing ({lacking[0]}); run: make setup, or install a released wheel"
        )


def configured() -> MkDocsConfig:
    """What mkdocs.yml says."""
    os.environ["NO_MKDOCS_2_WARNING"] = "1"  # before MkDocs is loaded, which is slow and only needed here
    from mkdocs.config import load_config

    return load_config("mkdocs.yml")


@contextmanager
def logged() -> Iterator[None]:
    """Inside, what MkDocs says of its work is written to the terminal, in colours where it has them."""
    from mkdocs.__main__ import State

    state = State()
    if not sys.stderr.isatty() or "NO_COLOR" in os.environ or os.environ.get("TERM") == "dumb":
        state.stream.setFormatter(logging.Formatter("%(levelname)-8s-  %(message)s"))
    try:
        yield
    finally:
        state.logger.removeHandler(state.stream)


def plugin_of(config: MkDocsConfig) -> AlmanacPlugin:
    """This project's plugin. Raises SetupError where mkdocs.yml does not name it."""
    from generator.site.plugin import AlmanacPlugin

    plugin = config.plugins.get("almanac")
    if not isinstance(plugin, AlmanacPlugin):
        raise SetupError("mkdocs.yml does not name the plugin almanac; add it under plugins")
    return plugin
