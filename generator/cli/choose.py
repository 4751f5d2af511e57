"""`almanac choose`: from a need to an explained shortlist, in the terminal or as JSON."""

from __future__ import annotations

import json
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
from rich.table import Table
from rich.text import Text

from generator import store
from generator.bounds import escaped_json, shown
from generator.cli.options import AS_JSON, CATALOG, ON, cache_folder, part_options
from generator.cli.terminal import Terminal
from generator.curated.need_file import load_need, need
from generator.errors import SetupError
from generator.garbage import uncollected
from generator.store.abilities import load_abilities
from generator.store.packed_copy import load_packed
from playground.catalog import Catalog
from playground.decide.answer import Answer, asked_of
from playground.decide.answer_json import SHOWN, answer_to_json, claims_of
from playground.decide.chooser import choose as choose_by
from playground.decide.order.behind import behind
from playground.decide.quality.cascade import cascade_of, cascade_sentences
from playground.decide.quality.evidence import (
    ability_text,
    counts_ability,
    enough_text,
    evidence_sentences,
)
from playground.decide.quality.sureness import head_of
from playground.decide.quality.untested import then_by, untested_to_json
from playground.decide.sentences import (
    idle_sentence,
    left_out_sentence,
    remedy_sentences,
    runs_sentence,
    swaps,
)
from playground.labels.counted import counted
from playground.labels.names import display_names
from playground.need.rows import PARTS
from playground.pricing.coming import coming_text
from playground.pricing.money import bill_text

if TYPE_CHECKING:
    from generator.curated.named_needs import NamedNeed


@click.command()
@click.option(
    "--need",
    "file",
    type=click.Path(path_type=Path, dir_okay=False, exists=True),
    help="A YAML file with the parts of the need; options go before it.",
)
@part_options(PARTS.values())
@click.option("--only-known", is_flag=True, help="Leave out candidates that nobody says enough of.")
@click.option("--limit", type=click.IntRange(1), default=15, show_default=True, help="How many are shown.")
@ON
@click.option("--record", is_flag=True, help="Print a decision record in Markdown.")
@CATALOG
@AS_JSON
@uncollected()
def choose(
    file: Path | None,
    folder: Path,
    as_json: bool,
    limit: int,
    day: datetime | None,
    record: bool,
    only_known: bool,
    **options: Any,
) -> None:
    """Which offerings meet a need, the cheapest first, and why the others do not.

    Without a need it answers the first of the named ones, as the Choose page and assistants
    do. Ends with 1 where none is left, and says what would have to go.
    """
    catalog = _catalog(folder, cited=record or as_json)
    parts = load_need(file) if file else {}
    for name, value in options.items():
        if value not in (None, False, ()):
            parts[name] = list(value) if isinstance(value, tuple) else value
    if only_known:
        parts["keep_unknown"] = False
    if isinstance(named := parts.get("models"), list):
        from generator.cli.names import lookup  # most needs name none

        parts["models"] = list(lookup(catalog, folder).models(map(str, named)))
    if not parts and (unasked := _unasked(folder, catalog)):
        parts = dict(unasked.need)
        if not (as_json or record):
            Terminal().print(f"Nothing is asked; this answers “{unasked.title}”: {unasked.said}")
    wanted = need(parts, catalog, str(file) if file else "the need")
    today = (day or datetime.now(UTC)).date()
    answer = choose_by(wanted, catalog, today, abilities=load_abilities(folder))
    if record:
        from playground.decide.decision_record import Claims, decision_record  # only needed here

        names, claims = display_names(catalog), Claims(_claims(answer, catalog))
        sha256 = store.catalog_hash(folder)
        text = decision_record(answer, catalog, sha256, today, names=names, claims=claims)
        click.echo(shown(text), nl=False)
    elif as_json:
        values = answer_to_json(answer, store.catalog_hash(folder), today)
        click.echo(escaped_json(json.dumps(values, indent=1, ensure_ascii=False)))
    else:
        _show(answer, limit)
    sys.exit(0 if answer.ranked else 1)


def _unasked(folder: Path, catalog: Catalog) -> NamedNeed | None:
    """The need that is answered where none is asked."""
    from generator.curated.named_needs import need_unless_asked  # only needed here

    return need_unless_asked(folder, catalog)


def _catalog(folder: Path, *, cited: bool) -> Catalog:
    """The catalog; without the claims, which the packed copy leaves out, where nobody is to be cited."""
    if cited:
        return store.load(folder)
    try:
        return load_packed(folder, cache_folder())
    except SetupError:  # a user without a folder for caches
        return store.load(folder)


def _claims(answer: Answer, catalog: Catalog) -> dict[tuple[str, str], tuple[tuple[str, str], ...]]:
    """Who says the facts of the first models, with the page each source cites."""
    from playground.decide.decision_record import FULL

    return {
        (candidate.offering.key, name): claims
        for candidate in answer.leaders[:FULL]
        for name, claims in claims_of(candidate.offering, catalog, answer.judgement.columns.places).items()
    }


def _show(answer: Answer, limit: int) -> None:
    out = Terminal()
    models = counted(len(answer.leaders), "model")
    out.print(f"{len(answer.ranked):,} of {counted(answer.total, 'offering')} are left, of {models}.")
    if idle := idle_sentence(answer):
        out.print(f"{idle}.", highlight=False, markup=False)
    _show_left_out(out, answer)
    if head := head_of(answer, lambda offering: offering.key):
        claim, *others = head.sentences
        out.print(claim, style="bold", highlight=False, markup=False)
        for sentence in others:
            out.print(sentence, highlight=False, markup=False)
    if answer.ranked:
        out.print(_ranked(answer, limit))
    for sentence in evidence_sentences(answer, lambda offering: offering.key):
        out.print(f"{sentence}.", highlight=False)
    if cascade := cascade_of(answer):
        out.print("Two models in a row", style="bold")
        for sentence in cascade_sentences(cascade, answer.need.work.requests, lambda o: o.key):
            out.print(f"{sentence}.", highlight=False, markup=False)
    shown = set(answer.leaders[:limit].keys)
    for c in answer.leaders[:limit]:
        if c.coming:
            out.print(f"  {c.offering.key}: {coming_text(c.coming)}.", highlight=False)
    for swap in swaps(answer):
        if {swap.first, swap.second} <= shown:
            out.print(f"  {swap.second} goes before {swap.first} {', or '.join(swap.when)}.", highlight=False)
    if answer.need.benchmark:
        out.print(f"{answer.unscored:,} of those left have no score in it.", highlight=False)
        if runs := runs_sentence(answer):
            out.print(runs, highlight=False)
    for part in answer.spread:
        share = f"{float(100 * part.share):.3g} % of the requests"
        out.print(f"  {share}: {part.candidate.offering.key}", highlight=False)
    if answer.need.max_share < 1 and answer.ranked and not answer.spread:
        out.print("[yellow]Too few labs are left to share the requests out among them.")
    if answer.untested:
        out.print(_untested(answer))
    if answer.to_ask:
        _show_to_ask(out, answer)
    table = Table(title="Eliminated", title_justify="left")
    for name in ("By", "Offerings", "For example"):
        table.add_column(name, justify="right" if name == "Offerings" else "left")
    for constraint, group in sorted(answer.eliminated.items(), key=lambda g: -len(g[1])):
        one = group[0]
        why = next(v for v in one.verdicts if v.constraint == constraint)
        table.add_row(constraint, f"{len(group):,}", Text(f"{one.offering.key}: {why.reason}"))
    out.print(table)
    for constraint, count in answer.unknown.items():
        out.print(f"[yellow]{constraint}: nobody says for {count:,} of those left", highlight=False)
    for one in answer.pending():
        cost = bill_text(one.candidate.bill)
        key = one.candidate.offering.key
        out.print(
            f"[yellow]{key} would come first ({cost} a month): {one.doubt} is unknown.", highlight=False
        )
    if answer.conflict:
        out.print(f"No offering meets {' and '.join(answer.conflict)} together.", highlight=False)
    for sentence in list(remedy_sentences(answer))[:5]:
        out.print(sentence, highlight=False)


def _show_left_out(out: Terminal, answer: Answer) -> None:
    """Who is left out though nobody asked for that, in a line, and the option that lets them in."""
    if answer.left_out:
        out.print(f"{left_out_sentence(answer)}. --include-left-out lets them in.", highlight=False)
    elif answer.need.include_left_out:
        out.print("Nothing is left out unasked: any seller, prices in doubt, near ends, names that move.")


def _show_to_ask(out: Terminal, answer: Answer) -> None:
    """Those whose provider says nothing of a thing that is asked: no yes, and worth a question."""
    table = Table(title=f"Ask the provider ({len(answer.to_ask):,})", title_justify="left")
    for name in ("Offering", "A month", "It does not say"):
        table.add_column(name, justify="right" if name == "A month" else "left", overflow="fold")
    for c in answer.to_ask[:SHOWN]:
        table.add_row(Text(c.offering.key), bill_text(c.bill), Text(", ".join(asked_of(c, answer))))
    out.print(table)


def _untested(answer: Answer) -> Table:
    """Models that nothing public places, likeliest worth a trial first, with the tested one before each."""
    order = f"the best hopes first, then {then_by(answer.need)}"
    title = f"No public evidence: try them ({counted(len(answer.untested), 'offering')}; {order})"
    table = Table(title=title, title_justify="left")
    for name in ("Offering", "A month", "Why", "Nobody says", "Before it"):
        table.add_column(name, justify="right" if name == "A month" else "left", overflow="fold")
    for one in untested_to_json(answer, SHOWN):
        before = one.get("before")
        text = f"{before['model']}: tier {before['tier']} of {before['tiers']}" if before else "–"
        unknown = ", ".join(one["unknown"]) or "–"
        table.add_row(Text(one["offering"]), one["cost"], one["why"], unknown, Text(text))
    return table


def _ranked(answer: Answer, limit: int) -> Table:
    """What nobody asked for has no column."""
    shown = answer.leaders[:limit]
    title = "Each model's best place, the best first (* nobody beats it in cost and all else that is asked)"
    table = Table(title=title, title_justify="left")
    table.add_column("Offering", overflow="fold")
    table.add_column("A month", justify="right", no_wrap=True)
    wishes, unknown = bool(answer.need.should), any(c.unknown for c in shown)
    able = counts_ability(answer.need) and any(c.interval for c in shown)
    if able:
        table.add_column("Ability", justify="right", no_wrap=True)
        table.add_column("Evidence", overflow="fold")
    if answer.need.benchmark:
        table.add_column("Score", justify="right")
    if wishes:
        table.add_column("Wishes", justify="right")
    if unknown:
        table.add_column("Nobody says", overflow="fold")
    for c, why in zip(shown, behind(shown, answer, lambda offering: offering.key), strict=True):
        mark = " *" if c.offering.key in answer.front else ""
        cells = [Text(c.offering.key + mark), Text(bill_text(c.bill))]
        if able:
            proof = filter(
                None, (str(c.ability.proof if c.ability else "–"), enough_text(c, answer.need), why)
            )
            cells += [Text(ability_text(c.interval)), Text("; ".join(proof))]
        if answer.need.benchmark:
            run = f" ({c.score.run}; {c.score.backing})" if c.score and runs_sentence(answer) else ""
            cells.append(Text(f"{c.score.score.normalize():f}{run}" if c.score else "–"))
        if wishes:
            cells.append(Text(f"{c.wished} of {len(answer.need.should)}"))
        if unknown:
            cells.append(Text(", ".join(v.constraint for v in c.unknown)))
        table.add_row(*cells)
    return table
