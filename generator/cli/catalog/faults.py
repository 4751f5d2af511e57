"""Everything that can be wrong with the committed catalog and the files people edit, each with its fix."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

from generator import store
from generator.ability.questions import QUESTIONS_FILE, load_questions
from generator.curated.benchmarks import BENCHMARKS_FILE, load_scores
from generator.curated.ends import ENDED_FILE
from generator.curated.ends.reader import load_ends, unknown_providers
from generator.curated.families import FAMILIES_FILE, Placed, load_families, unknown_places
from generator.curated.fields import is_known_field
from generator.curated.first_minute import START_FILE, FirstMinute, load_first_minute, not_offered
from generator.curated.identity_rules import Rules, load_rules
from generator.curated.metrics import METRICS_FILE, Metrics, load_metrics
from generator.curated.named_needs import NEEDS_FILE, faulty, load_needs
from generator.curated.overrides import Override, load_overrides
from generator.curated.providers import load_providers
from generator.curated.renamed import (
    RENAMED_FILE,
    every_renamed,
    load_renamed,
    misleading,
    old_names,
)
from generator.curated.statements.confirmed import CONFIRMED_FILE, load_confirmed
from generator.curated.statements.guide_statements import STATEMENTS_FILE, load_guide_statements
from generator.curated.statements.replacements import REPLACEMENTS_FILE, load_replacements, unknown_names
from generator.curated.versus_models import VERSUS_FILE, load_versus, unserved
from generator.errors import AlmanacError
from generator.exports.chooser import unknown_in
from generator.exports.playground import model_lists
from generator.ledger.overridden import removable_overrides
from generator.ledger.placing.identity import canonical, compared
from generator.ledger.scores.scores import is_repeat, with_scores
from generator.moved import load_moved
from generator.owner.evaluations import FOLDER, read_evaluations
from generator.store.abilities import load_abilities, load_judged
from generator.store.history import load_history
from generator.views.truth.error_file import ERRORS_FILE, read_errors
from playground.catalog import Catalog, CitedScore, Fact, Standing, source_of
from playground.catalog.model import POINTS_TO
from playground.chat.adapters import ADAPTERS
from playground.spelling import slug


def faults_in(folder: Path, load: Callable[[Path], Catalog] = store.load) -> Iterator[str]:
    """Every fault as one line that names file, entry and fix; nothing where all is well."""
    faults: list[str] = []
    rules = _try(faults, lambda: load_rules(folder / "identity.yml"))
    providers = _try(faults, lambda: load_providers(folder / "providers.yml"))
    families = _try(faults, lambda: load_families(folder / FAMILIES_FILE))
    overrides = _try(faults, lambda: load_overrides(folder / "overrides.yml"))
    cited = _try(faults, lambda: load_scores(folder / BENCHMARKS_FILE))
    metrics = _try(faults, lambda: load_metrics(folder / METRICS_FILE))
    needs = _try(faults, lambda: load_needs(folder / NEEDS_FILE))
    _try(faults, lambda: load_questions(folder / QUESTIONS_FILE))
    pairs = _try(faults, lambda: load_versus(folder / VERSUS_FILE))
    first = _try(faults, lambda: load_first_minute(folder / START_FILE))
    named = _try(faults, lambda: load_replacements(folder / REPLACEMENTS_FILE))
    _try(faults, lambda: load_confirmed(folder / CONFIRMED_FILE))
    _try(faults, lambda: load_guide_statements(folder / STATEMENTS_FILE))
    ends = _try(faults, lambda: load_ends(folder / ENDED_FILE))
    renamed = _try(faults, lambda: load_renamed(folder / RENAMED_FILE))
    catalog = _try(faults, lambda: load(folder))
    _try(faults, lambda: load_history(folder))
    _try(faults, lambda: _measures(folder))
    evaluations, broken = read_evaluations(folder, datetime.now(UTC).date())
    yield from (*faults, *broken)
    if rules:
        yield from _rules(folder, rules)
    if catalog is None:
        return
    for name in store.changed_files(folder):
        yield (
            f"{folder / name}: is not what catalog.json says; it is written by machines: "
            "correct a fact in overrides.yml, then run almanac refresh --pinned"
        )
    yield from _references(folder, catalog)
    if evaluations:
        yield from (f"{folder / FOLDER}/{fault}" for fault in unknown_in(evaluations, catalog)[0])
    for row in overrides or ():
        yield from _override(folder, row, catalog)
    for row in removable_overrides(overrides or (), catalog):
        yield f"{_place(folder, row)}: the sources now say the same; remove the entry"
    yield from faulty(folder, needs or (), catalog)
    yield from _not_offered(folder, pairs or (), first, catalog)
    yield from unknown_names(folder, named or {}, catalog)
    if ends:
        yield from unknown_providers(folder, ends, catalog.providers)
    if renamed:
        yield from misleading(folder, renamed, catalog)
        yield from _aliases(folder, catalog)
    if rules:
        yield from _generations(folder, catalog, rules)
    if rules and metrics and cited:
        yield from _scores(folder, cited, catalog, rules, metrics)
    if providers:
        yield from unknown_places(folder, families or (), providers)
        yield from old_names(folder / "providers.yml", providers, load_moved(folder).names)
    yield from unknown_parameters(folder, families or ())
    for name in providers or {}:
        if name not in catalog.providers:
            yield (
                f"{folder / 'providers.yml'}: {name} is not in the catalog yet; run almanac refresh --pinned"
            )


def _not_offered(
    folder: Path, pairs: tuple[str, ...], first: FirstMinute | None, catalog: Catalog
) -> Iterator[str]:
    yield from unserved(folder, pairs, catalog)
    if first:
        ids = {row: [model["id"] for model in models] for row, models in model_lists(catalog).items()}
        yield from not_offered(folder, first, ids)


def unknown_parameters(folder: Path, families: Sequence[Placed]) -> Iterator[str]:
    """Rows of families.yml that refuse what no request there can hold, a line for each."""
    for row in families:
        named = {name for names in row.family.refuses.values() for name in names}
        for wire in row.wires:
            for name in sorted(named - ADAPTERS[wire].takes):
                yield f"{folder / FAMILIES_FILE}: {row.where}: {wire} has no {name} to refuse; leave it out"


def too_old(catalog: Catalog, max_age_days: int, today: date) -> Iterator[str]:
    """What was not read for longer than the owner allows: all of it, or a source that is stale."""
    newest = max((s.retrieved for s in catalog.sources.values()), default=date.min)
    if (today - newest).days > max_age_days:
        yield (
            f"the last good refresh was on {newest}, {(today - newest).days} days ago; the limit is "
            f"{max_age_days}. Look at the workflow that refreshes, or run almanac refresh"
        )
        return
    for source in catalog.sources.values():
        age = (today - source.retrieved).days
        if source.stale and age > max_age_days:
            yield (
                f"{source.name} was last read on {source.retrieved}, {age} days ago: {source.stale}; "
                "see what became of it, or read it from elsewhere with --from"
            )


def _measures(folder: Path) -> None:
    """Read what a refresh and its judges write beside the catalog. Raises AlmanacError naming the file."""
    store.load_unplaced(folder)
    load_abilities(folder)
    load_judged(folder)
    read_errors(folder / ERRORS_FILE)


def _try[T](faults: list[str], load: Callable[[], T]) -> T | None:
    try:
        return load()
    except AlmanacError as error:
        faults.append(str(error))
        return None


def _rules(folder: Path, rules: Rules) -> Iterator[str]:
    at = folder / "identity.yml"
    for scope, aliases in rules.aliases.items():
        for alias, target in aliases.items():
            lab, _, name = target.partition(":")[0].partition("@")[0].partition("/")
            if not name or canonical(lab, compared(name), rules) != name:
                yield (
                    f"{at}: aliases.{scope}.{alias}: {target!r} is not how the model is named here; "
                    f"write {lab}/{canonical(lab, compared(name), rules)}"
                )
            variant = target.partition(":")[2]
            if ":" in target and slug(variant) != variant:
                yield f"{at}: aliases.{scope}.{alias}: {variant!r} is no variant; write {slug(variant)}"
    for model in rules.snapshots:
        lab, _, name = model.partition("/")
        if canonical(lab, compared(name), rules) != name:
            yield f"{at}: snapshots.{model}: write {lab}/{canonical(lab, compared(name), rules)}"


def _generations(folder: Path, catalog: Catalog, rules: Rules) -> Iterator[str]:
    """The models that stand for several dated ones, although nobody says that these are one."""
    dates: dict[str, set[str]] = {}
    for offering in catalog.offerings:
        if offering.version and offering.version != "latest":
            dates.setdefault(offering.model, set()).add(offering.version)
    for model, several in sorted(dates.items()):
        if len(several) > 1 and not any(one.fullmatch(model) for one in rules.versions_of_one):
            yield (
                f"{folder / 'identity.yml'}: {model} is {' and '.join(sorted(several))} in one; list it "
                "under generations, or under versions_of_one with the words of who makes it"
            )


def _aliases(folder: Path, catalog: Catalog) -> Iterator[str]:
    """The models that point to nothing a reader could follow: to themselves, an old id, another alias."""
    pointing = {m.id: str(m.value(POINTS_TO)) for m in catalog.models.values() if m.value(POINTS_TO)}
    now = every_renamed(folder).models if pointing else {}
    for model, target in pointing.items():
        at = f"{folder / 'overrides.yml'}: {model} {POINTS_TO}"
        if target == model:
            yield f"{at}: it points to itself; name the model that it stands for"
        elif target not in catalog.models and target in now:
            yield f"{at}: {target} is now called {now[target]}; write that"
        elif target in pointing:
            yield f"{at}: {target} is an alias itself, for {pointing[target]}; name what both stand for"


def _references(folder: Path, catalog: Catalog) -> Iterator[str]:
    seen: set[str] = set()
    for offering in catalog.offerings:
        at = f"{folder / 'offerings' / offering.provider}.json: {offering.key}"
        if offering.key in seen:
            yield f"{at}: stands there twice; refresh again"
        seen.add(offering.key)
        if offering.model not in catalog.models:
            yield f"{at}: its model is not in models.json; refresh again"
        if offering.provider not in catalog.providers:
            yield f"{at}: its provider is not in providers.json; refresh again"
        labels = set(offering.records)
        for name, fact in offering.facts.items():
            yield from _fact(at, name, fact, labels)
        for label in labels:
            if source_of(label) not in catalog.sources:
                yield f"{at}: record {label}: no such source in sources.json; refresh again"
    for model in catalog.models.values():
        for name, fact in model.facts.items():
            yield from _fact(f"{folder / 'models.json'}: {model.id}", name, fact, set(model.records))


def _fact(at: str, name: str, fact: Fact, labels: set[str]) -> Iterator[str]:
    if not is_known_field(name):
        yield f"{at}: {name!r} is no field; see generator/curated/fields.py"
    if fact.standing != Standing.OVERRIDDEN and not fact.claims and not fact.link:
        yield f"{at}: {name}: a fact without a claim; refresh again"
    for claim in fact.claims:
        if claim.record not in labels:
            yield f"{at}: {name}: claim of {claim.record}, which is no record here; refresh again"


def _scores(
    folder: Path, cited: tuple[CitedScore, ...], catalog: Catalog, rules: Rules, metrics: Metrics
) -> Iterator[str]:
    unscored = {m: replace(v, scores=()) for m, v in catalog.models.items()}
    placed, _ = with_scores(unscored, cited, rules, metrics)
    for name, model in placed.items():
        there = catalog.models[name].scores
        if lacking := sum(not any(is_repeat(s, other) for other in there) for s in model.scores):
            yield (
                f"{folder / BENCHMARKS_FILE}: {name}: {lacking} scores are not in the catalog yet; "
                "run almanac refresh --pinned"
            )


def _place(folder: Path, row: Override) -> str:
    return f"{folder / 'overrides.yml'}: {row.where} ({row.target} {row.field})"


def _override(folder: Path, row: Override, catalog: Catalog) -> Iterator[str]:
    at = _place(folder, row)
    offering = next((o for o in catalog.offerings if o.key == row.target), None)
    facts = offering.facts if offering else None
    if facts is None and row.target in catalog.models:
        facts = catalog.models[row.target].facts
    if facts is None:
        yield f"{at}: there is no such offering or model; `almanac show` finds the right name"
        return
    fact = facts.get(row.field)
    if fact is None or fact.value != row.value or fact.standing != Standing.OVERRIDDEN:
        yield f"{at}: is not in the catalog yet; run almanac refresh --pinned"
