"""Which model a name means: one, several that must be asked about, or none, with the nearest.

The scripts of the site do the same (generator/web/site/names/resolver.mjs); a test holds both to one answer.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from playground.naming.alike import WORD, Alike
from playground.naming.channels import channel_meant
from playground.naming.editions import WAY, edition_meant, with_model
from playground.naming.forms import (
    CLOUD_REGION,
    FORMS,
    STRICT,
    UNREADY,
    cleaned,
    joined,
    plain,
    split_path,
    units,
    ways_to_write,
    without_endings,
)
from playground.naming.listing import is_brand, listed

#: How many models are offered where several are meant, and how many where none is.
CHOICES, NEAR = 12, 5
#: No name and no offering's key is longer, in characters.
LONGEST = 250
_KEY = re.compile(r"(?P<provider>[^/]+)/(?P<channel>[^/]+)/(?P<model>[^/]+/[^/@:]+)(?P<tail>[^/]*)")
_PLACE = re.compile(r"(?P<name>.+?)(?:\s+(?:at|on|via)\s+(?P<place>.+)|\s*\((?P<within>.+)\))")


@dataclass(frozen=True, slots=True)
class Resolution:
    """What a name means.

    `model` is its id, with the `provider` that the name says beside it and the `key` of one offering;
    `left_out` stands behind it and says how it is served (`:free`), where nothing is served so. Else
    `choices` are the models that it may mean, or `near` those called most alike, the likeliest first.
    """

    model: str = ""
    provider: str = ""
    key: str = ""
    left_out: str = ""
    choices: tuple[str, ...] = ()
    near: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """As commands and pages take it: a key, `provider/lab/model` or `lab/model`; empty for none."""
        return self.key or (f"{self.provider}/{self.model}" if self.provider else self.model)


@dataclass(frozen=True, slots=True)
class _Reading:
    """A part of what was typed that may be a name, what stood around it, and whether it is a cloud's id."""

    name: str
    owners: tuple[str, ...] = ()
    cloud: bool = False


class Resolver:
    """The rule over what is known of a catalog (`name_data`); `ids` are its rows of ids, each by its id."""

    def __init__(self, data: Mapping[str, Any], ids: Mapping[str, list[Any]] | None = None) -> None:
        self._data = data
        self._models: list[list[Any]] = data["models"]
        self._number = {row[0]: number for number, row in enumerate(self._models)}
        self._ids = {row[0]: row for row in data["ids"]} if ids is None else ids
        self._variants = frozenset(data["variants"])
        self._providers = [provider for provider, _ in data["providers"]]

    def resolve(self, typed: str) -> Resolution:
        """What a name means, however it is written."""
        if len(text := cleaned(typed)) > LONGEST:
            return Resolution()
        meant = self.meant(text) or self._part_of_names(text.lower())
        settled = not meant.model or meant.key or text == meant.model
        return meant if settled else self._in_edition(text.lower(), meant)

    def _in_edition(self, text: str, meant: Resolution) -> Resolution:
        """What is meant, in the edition or over the channel that the text names."""
        number, way = self._number[meant.model], WAY.search(text)
        place = edition_meant(self._data["editions"], text, number, meant.provider)
        if way and not place:
            return replace(meant, left_out=way[0])  # nothing is known to be served so
        place = place or channel_meant(self._data, text, number, meant.provider)
        return replace(meant, key=with_model(place, meant.model))

    def meant(self, typed: str) -> Resolution | None:
        """The model, or the several, that are called so; None for none."""
        text = cleaned(typed)
        if text in self._number:
            return Resolution(model=text)
        if named := self._named_so.get(text):
            meant = self._one_of(dict.fromkeys((*named, *self._known[0].get(text, ())), -1))
            return self._unless_brand(text, meant)
        text = text.lower()
        if (model := self.now(text)) in self._number:
            return Resolution(model=model)
        if key := self._as_key(text):
            return key
        for written in dict.fromkeys(ways_to_write(text, self._data["owners"])):
            for reading in self._readings(written):
                if meant := self._unless_brand(reading.name, self._by_reading(reading)):
                    return meant
        return None

    def _unless_brand(self, name: str, meant: Resolution | None) -> Resolution | None:
        """What is meant, but for a brand alone: which of its models that is only the reader can say."""
        if not meant or not meant.model:
            return meant
        called, beside = self._number[meant.model], self._begin_with.get((units(name) or ("",))[0], ())
        others = [number for number in beside if number != called]
        if not is_brand(name, self._places(called), map(self._places, others)):
            return meant
        choices = self._listed([called, *others], CHOICES)
        if meant.model not in choices:
            choices = (*choices[:-1], meant.model)
        return Resolution(choices=choices)

    def _places(self, number: int) -> int:
        return int(self._models[number][2])

    def _one_of(self, providers: Mapping[int, int]) -> Resolution | None:
        """The only one, with its provider, else all of them to be asked about; None for none."""
        if len(providers) != 1:
            return Resolution(choices=self._listed(providers, CHOICES)) if providers else None
        [(number, at)] = providers.items()
        return Resolution(self._models[number][0], self._providers[at] if at >= 0 else "")

    def now(self, model: str) -> str:
        """The id of a model that goes by an old one; any other as it is."""
        return str(self._data["moved"].get(model, model))

    def _as_key(self, text: str) -> Resolution | None:
        """An offering's key, `provider/channel/lab/model@version:variant`, with its model as it is now."""
        parts = _KEY.fullmatch(text)
        if not parts or parts["provider"] not in self._providers:
            return None
        provider, model = parts["provider"], self.now(parts["model"])
        if model not in self._number:
            return None
        return Resolution(model, provider, f"{provider}/{parts['channel']}/{model}{parts['tail']}")

    # What in a text may be the name.

    def _readings(self, text: str) -> Iterator[_Reading]:
        """All of it, what follows its path, what follows its lab or provider, what goes before a place."""
        if not text:
            return
        parts = split_path(text)
        whole = len(parts) == 1 or text in self._ids
        if whole:
            yield _Reading(text)
        for cut in range(len(parts) - 1, 0, -1):
            yield _Reading("".join(parts[cut:]), tuple(parts[:cut]), cloud=parts[cut - 1].endswith("."))
        if not whole:
            yield _Reading(text)
        if place := _PLACE.fullmatch(text):
            where = plain((place["place"] or place["within"]).partition(",")[0])
            if where in self._owned:
                yield _Reading(place["name"], (where,))
        for path, name in (((), text), (parts[:-1], parts[-1]))[: len(parts)]:
            beginning = WORD.split(name)
            for count in range(min(4, len(beginning) - 1), 0, -1):
                if (lead := plain(" ".join(beginning[:count]))) in self._owned:
                    yield _Reading("-".join(beginning[count:]), (*path, lead))

    @cached_property
    def _owned(self) -> Mapping[str, tuple[set[str], set[int]]]:
        """Labs and providers by what they are called, as it may stand before a name."""
        owned: dict[str, tuple[set[str], set[int]]] = {}
        for lab, name in self._data["labs"].items():
            for text in (lab, name):
                owned.setdefault(plain(text), (set(), set()))[0].add(lab)
        for number, row in enumerate(self._data["providers"]):
            for text in row:
                owned.setdefault(plain(text), (set(), set()))[1].add(number)
        for text, (_, number) in self._data["owners"].items():
            if number >= 0 and len(plain(text)) > 3:  # `us.` and `eu/` are no provider's names
                owned.setdefault(plain(text), (set(), set()))[1].add(number)
        return owned

    # Which models a name has.

    def _by_reading(self, reading: _Reading) -> Resolution | None:
        for text, version in without_endings(reading.name, self._variants, cloud=reading.cloud):
            for provider, numbers in self._named(text):
                fitting = {n: at for n in numbers if (at := self._fits(n, reading, version)) is not None}
                meant = self._of_family(text, self._of_lab(reading, fitting))
                placed = {n: self._place(n, provider) if at < 0 else at for n, at in meant.items()}
                if resolution := self._one_of(placed):
                    return resolution
        return None

    def _named(self, text: str) -> Iterator[tuple[int, set[int]]]:
        """The models that are called so, from the strictest form of a name to the freest.

        With the provider whose id it is, or -1.
        """
        for place, (form, known) in enumerate(zip(FORMS, self._known, strict=True)):
            if place == 1 and text in self._ids:
                _, numbers, provider = self._ids[text]
                yield provider, set(numbers)
            # `v3.2` alone is a version, and any model's.
            keys = form.asked(text) if place == 0 or any(map(str.isalpha, joined(units(text)))) else ()
            numbers = {n for key in keys for n in known.get(key, ())}
            yield -1, self._with_wider(numbers, text)

    def _with_wider(self, numbers: set[int], text: str) -> set[int]:
        """With the model that more providers serve, where it is another lab's and only `instruct` longer.

        A copy under a plain name is not all that its name may mean: `llama 3.3 70b` is Meta's, too.
        """
        if len(numbers) != 1:
            return numbers
        [number] = numbers
        lab, places = self._lab(number), self._models[number][2]
        wider = {n for key in UNREADY.asked(text) for n in self._known[FORMS.index(UNREADY)].get(key, ())}
        return numbers | {n for n in wider if self._lab(n) != lab and self._models[n][2] > places}

    def _of_lab(self, reading: _Reading, fitting: Mapping[int, int]) -> Mapping[int, int]:
        """Those of the lab that a reading names, where it names one that is a provider, too."""
        labs = {lab for owner in reading.owners for lab in self._owned.get(plain(owner), (set(),))[0]}
        return {n: at for n, at in fitting.items() if self._lab(n) in labs} or fitting

    def _of_family(self, text: str, fitting: Mapping[int, int]) -> Mapping[int, int]:
        """Of several labs' models those of the lab whose line it is: a copy is named with its lab."""
        if len({self._lab(n) for n in fitting}) < 2:
            return fitting
        lines = Counter(self._lab(n) for n in self._begin_with.get(units(text)[0], ()))
        lab = next((lab for lab, count in lines.most_common(1) if 2 * count > lines.total()), "")
        return {n: at for n, at in fitting.items() if self._lab(n) == lab} or fitting

    @cached_property
    def _begin_with(self) -> Mapping[str, list[int]]:
        """The models whose ids begin with a word."""
        models: dict[str, list[int]] = defaultdict(list)
        for number, (model, *_) in enumerate(self._models):
            models[(units(model.partition("/")[2]) or ("",))[0]].append(number)
        return models

    @cached_property
    def _named_so(self) -> Mapping[str, list[int]]:
        """The models by their names as they are."""
        named: dict[str, list[int]] = defaultdict(list)
        for number, (_, name, *_) in enumerate(self._models):
            named[name].append(number)
        return named

    @cached_property
    def _known(self) -> list[dict[str, set[int]]]:
        """The models by their ids and names in each form."""
        known: list[dict[str, set[int]]] = [defaultdict(set) for _ in FORMS]
        for number, texts in enumerate(self._texts):
            for form, numbers in zip(FORMS, known, strict=True):
                # With its lab an id is written as it is, or not at all.
                for text in texts if form in STRICT else texts - {self._models[number][0]}:
                    for key in form.known(text):
                        numbers[key].add(number)
        return known

    @cached_property
    def _texts(self) -> list[set[str]]:
        """What each model is called: its id, with its lab and without, and its name."""
        return [{model, model.partition("/")[2], name.lower()} for model, name, *_ in self._models]

    def _lab(self, number: int) -> str:
        return str(self._models[number][0].partition("/")[0])

    # Whether what stands around a name speaks of a model.

    def _fits(self, number: int, reading: _Reading, version: str) -> int | None:
        """The provider that a reading says for a model, -1 for none; None where it means another."""
        if version and not self._may_have(number, version):
            return None
        beside = -1
        for owner in reading.owners:
            lab, at = self._data["owners"].get(owner, ("", -1))
            labs, providers = self._owned.get(plain(owner), (set(), set()))
            if not (labs or providers or owner in self._data["owners"] or CLOUD_REGION.fullmatch(owner)):
                return None
            here = (providers | {at}) & set(self._models[number][3])
            own = self._lab(number) in labs | {lab}
            if (labs or providers or lab or at >= 0) and not own and not here:
                return None
            if beside < 0 and here and not (own and at not in here):
                beside = self._place(number, min(here))
        return beside

    def _place(self, number: int, provider: int) -> int:
        """A provider beside a model: -1 where it is the lab itself, which says nothing more."""
        return -1 if provider in self._data["own"].get(self._lab(number), ()) else provider

    def _may_have(self, number: int, version: str) -> bool:
        """Whether a model has a version; any date, unless its lab tells such models apart by their dates."""
        if re.fullmatch(r"20[0-9]{2}-?[0-9]{2}-?[0-9]{2}", version):
            return not any(model.startswith(f"{self._models[number][0]}-20") for model in self._number)
        return version in self._data["versions"].get(str(number), ())

    # What is offered where a name is no model's.

    def _part_of_names(self, text: str) -> Resolution:
        """The models whose names hold all that was typed; where that is one or none, the nearest."""
        first: list[str] = []
        for reading in self._readings(text):
            asked = set(units(reading.name))
            names = (n for n, each in enumerate(self._units) if asked and any(map(asked.issubset, each)))
            holding = [n for n in names if self._fits(n, reading, "") is not None]
            if len(holding) > 1:
                return Resolution(choices=self._listed(holding, CHOICES))
            first += self._listed({*holding, *self._pointless.get(_pointless(reading.name), ())}, NEAR)
        near = (model for model in self._alike.nearest(text, 2 * NEAR) if model not in first)
        return Resolution(near=(*dict.fromkeys(first), *near)[:NEAR])

    @cached_property
    def _alike(self) -> Alike:
        return Alike(self._models, self._texts)

    @cached_property
    def _units(self) -> list[list[set[str]]]:
        return [[set(units(text)) for text in texts] for texts in self._texts]

    @cached_property
    def _pointless(self) -> Mapping[str, list[int]]:
        """The models by what they are called without the points: `gpt-41` is almost `gpt-4.1`."""
        models: dict[str, list[int]] = defaultdict(list)
        for number, texts in enumerate(self._texts):
            for text in set(map(_pointless, texts)):
                models[text].append(number)
        return models

    def _listed(self, numbers: Iterable[int], most: int) -> tuple[str, ...]:
        """Models by their numbers, the likeliest first."""
        return listed({self._models[n][0]: self._places(n) for n in numbers}, most)


def _pointless(text: str) -> str:
    return plain(text).replace(".", "")
