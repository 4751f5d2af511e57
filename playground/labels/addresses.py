"""The addresses of pages, and where on its model's page an offering stands."""

from __future__ import annotations

import re

from playground.catalog import Capability, Offering

_PLAIN = str.maketrans({c: f"\\{c}" for c in r"\`*_[]<>|"} | {"\n": " ", "\r": " "})


def markdown_text(text: str) -> str:
    """Text that is only text in Markdown, in a table too."""
    return text.translate(_PLAIN)


def model_path(model: str) -> str:
    """The address of a model's page."""
    return f"/models/{model}/"


def provider_path(provider: str) -> str:
    """The address of a provider's page."""
    return f"/providers/{provider}/"


def lab_path(lab: str) -> str:
    """The address of a lab's page."""
    return f"/labs/{lab}/"


def versus_path(a: str, b: str) -> str:
    """The address of a pair's page, by the models' ids: the one that versus.yml names earlier comes first."""
    return f"/versus/{a.partition('/')[2]}-or-{b.partition('/')[2]}/"


def capability_path(capability: Capability) -> str:
    """The address of a capability's page."""
    return f"/capabilities/{capability.replace('_', '-')}/"


def anchor(offering: Offering) -> str:
    """Where on its model's page an offering stands."""
    tail = offering.key.replace(f"/{offering.model}", "")
    return re.sub(r"[^a-z0-9]+", "-", tail.lower()).strip("-")


def markdown_link(text: str, url: str) -> str:
    """A link in Markdown; the address keeps its own brackets from ending it."""
    return f"[{text}]({url.replace('(', '%28').replace(')', '%29')})"
