"""Names and APIs that vendors end, as their pages say: what catalogs have dropped or never held."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass, field
from datetime import date
from typing import Any

#: Bedrock writes where an inference profile's requests may run before the id.
PROFILE = re.compile(r"^(?:us|eu|apac|ap|au|ca|jp|uk|us-gov|global)\.(?=[a-z0-9]+\.)")


@dataclass(frozen=True, slots=True, kw_only=True)
class End:
    """What a vendor's page says of one name, API or whole service at one provider.

    `last_day` is the last day of service, past or to come; where the page gives none, `deprecated` is the day
    from which it is no longer offered. `quote` are the page's words, `read` the day of the copy read.
    """

    provider: str
    name: str
    last_day: date | None = None
    deprecated: date | None = None
    version: str = ""
    also: tuple[str, ...] = ()
    instead: tuple[str, ...] = ()
    page: str = ""
    quote: str = ""
    read: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class EndedApi:
    """An API's end, and how calls to it are written.

    `beside` are words of which one stands in the same text, where what is written could be another's; `keys`
    are the settings whose value is meant, where it means something only there. Both empty: no condition.
    """

    end: End
    written: tuple[str, ...]
    beside: tuple[str, ...] = ()
    keys: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Ends:
    """All that vendors' pages say: of names, of APIs, and of providers that ended as a whole."""

    names: tuple[End, ...] = ()
    apis: tuple[EndedApi, ...] = ()
    providers: Mapping[str, End] = field(default_factory=dict)

    def known(self) -> Iterator[tuple[str, End]]:
        """Every spelling of every name, in lower case."""
        for end in self.names:
            for name in (end.name, *end.also):
                yield name.lower(), end


class EndsByName:
    """Ends, to be asked for by provider, name and version."""

    def __init__(self, ends: Ends) -> None:
        self.providers = ends.providers
        self._ends: dict[tuple[str, str, str], End] = {}
        self.providers_of: dict[str, list[str]] = {}
        self._versions: dict[tuple[str, str], set[str]] = defaultdict(set)
        for name, end in ends.known():
            self._ends.setdefault((end.provider, name, end.version), end)
            self._versions[end.provider, name].add(end.version)
            owners = self.providers_of.setdefault(name, [])
            if end.provider not in owners:
                owners.append(end.provider)

    def end(self, provider: str, names: Iterable[str], version: str = "") -> End | None:
        """The end of the first of the names that has one at the provider; a whole provider's before all."""
        if provider in self.providers:
            return self.providers[provider]
        for name in names:
            for spelled in dict.fromkeys((name.lower(), PROFILE.sub("", name.lower()))):
                for which in dict.fromkeys((version, "")):
                    if end := self._ends.get((provider, spelled, which)):
                        return end
        return None

    def versions(self, provider: str, name: str) -> set[str]:
        """The versions of a name whose ends are known one by one."""
        return self._versions.get((provider, name.lower()), set()) - {""}


def ends_to_json(ends: Ends) -> dict[str, Any]:
    """Ends as plain values, days as ISO text; what is empty is left out."""
    return {
        "names": [_end_to_json(end) for end in ends.names],
        "apis": [{**asdict(api), "end": _end_to_json(api.end)} for api in ends.apis],
        "providers": {name: _end_to_json(end) for name, end in ends.providers.items()},
    }


def ends_from_json(values: Mapping[str, Any]) -> Ends:
    """As `ends_to_json` writes them."""
    lists = ("written", "beside", "keys")
    return Ends(
        names=tuple(map(_end_from_json, values["names"])),
        apis=tuple(
            EndedApi(end=_end_from_json(api["end"]), **{name: tuple(api[name]) for name in lists})
            for api in values["apis"]
        ),
        providers={name: _end_from_json(end) for name, end in values["providers"].items()},
    )


def _end_to_json(end: End) -> dict[str, Any]:
    plain = {name: str(value) if isinstance(value, date) else value for name, value in asdict(end).items()}
    return {name: value for name, value in plain.items() if value}


def _end_from_json(values: Mapping[str, Any]) -> End:
    days = {
        name: date.fromisoformat(values[name])
        for name in ("last_day", "deprecated", "read")
        if name in values
    }
    lists = {name: tuple(values[name]) for name in ("also", "instead") if name in values}
    return End(**{**values, **days, **lists})
