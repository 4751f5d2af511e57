"""What is known of models: names, prices, places, and their JSON.

lab, model, provider, offering, price, claim, fact: the vocabulary that everything else speaks. It imports
nothing of requests.
"""

from __future__ import annotations

from playground.catalog.catalog import Catalog, Held, HeldChange, SourceState
from playground.catalog.facts import Claim, Fact, PriceSpan, Record, Value, source_of
from playground.catalog.model import CitedScore, Lab, Model, Score, best_founded_score, newest_score
from playground.catalog.offering import Key, Offering
from playground.catalog.provider import Certified, NamedReplacement, Provider, Statement
from playground.catalog.vocabulary import (
    Capability,
    Certification,
    Channel,
    Effort,
    Evidence,
    Kind,
    RunEffort,
    Seller,
    Standing,
    Support,
    Unit,
)

__all__ = [
    "Capability",
    "Catalog",
    "Certification",
    "Certified",
    "Channel",
    "CitedScore",
    "Claim",
    "Effort",
    "Evidence",
    "Fact",
    "Held",
    "HeldChange",
    "Key",
    "Kind",
    "Lab",
    "Model",
    "NamedReplacement",
    "Offering",
    "PriceSpan",
    "Provider",
    "Record",
    "RunEffort",
    "Score",
    "Seller",
    "SourceState",
    "Standing",
    "Statement",
    "Support",
    "Unit",
    "Value",
    "best_founded_score",
    "newest_score",
    "source_of",
]
