"""Whether a "no" about a model's weights was meant: models.dev's rows must say yes or no.

So "no" also stands where nobody looked. What most rows of a source say counts for more than the lab's own
row; and of a lab that publishes the weights of many of its models, only the lab's own row may say no.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping

from generator.curated.identity_rules import Rules
from generator.sources.records import SourceRecord

FIELD = "open_weights"
YES, NO = "yes", "no"
UNMEANT = "its lab publishes many weights, and its own row does not say no"
#: A lab that publishes the weights of this share of its models publishes many.
MANY = 1 / 4


def is_own(record: SourceRecord, lab: str, rules: Rules) -> bool:
    """Whether a row is of the provider that a lab runs itself."""
    provider = rules.providers.get(record.source, {}).get(record.provider) or record.provider
    return rules.own_lab.get(provider) == lab


def says_yes(records: Iterable[SourceRecord]) -> bool:
    """Whether most rows that say anything say that the weights are open."""
    votes = Counter(c.value for r in records for c in r.model_claims if c.field == FIELD)
    return votes[YES] > votes[NO]


def unmeant(by_model: Mapping[str, list[SourceRecord]], rules: Rules) -> frozenset[str]:
    """The models whose "no" is by rows of others alone, though their lab publishes many."""
    labs: dict[str, Counter[bool]] = defaultdict(Counter)
    doubtful: list[str] = []
    for model, records in by_model.items():
        lab = model.partition("/")[0]
        claimed = [(r, c.value) for r in records for c in r.model_claims if c.field == FIELD]
        if not claimed:
            continue
        own = {value for r, value in claimed if is_own(r, lab, rules)}
        published = says_yes(records) or own == {YES}
        labs[lab][published] += 1
        if not published and NO not in own:
            doubtful.append(model)
    many = {lab for lab, counts in labs.items() if counts[True] >= MANY * counts.total()}
    return frozenset(model for model in doubtful if model.partition("/")[0] in many)
