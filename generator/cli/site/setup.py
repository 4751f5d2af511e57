"""What has to be set up before a site can be built."""

from __future__ import annotations

from pathlib import Path

from generator.errors import SetupError
from generator.site import frontend


def check_setup() -> None:
    """Raises SetupError where there is no mkdocs.yml here or the front-end files are missing."""
    if not Path("mkdocs.yml").is_file():
        raise SetupError("mkdocs.yml is not here; run almanac in the folder that holds it")
    if lacking := frontend.missing():
        raise SetupError(
            f"front-end files are missing ({lacking[0]}); run: make setup, or install a released wheel"
        )
