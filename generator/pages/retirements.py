"""What retires when: the calendar, month by month, and the page that reads a reader's own configuration."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial
from typing import NamedTuple

from generator.exports.changes import announced_prices, price_change_text
from generator.pages.page import WIDE, Page, render
from generator.views.figures import DAY, UNKNOWN, escape, last_day
from playground.catalog import Catalog, Offering, Provider
from playground.labels.addresses import anchor, markdown_link, model_path, provider_path
from playground.labels.names import channel_name, display_names
from playground.lifecycle.findings import SOON_DAYS
from playground.lifecycle.outlook import Outlook, Stage, by_month, outlook_of
from playground.lifecycle.replacement import Outlooks, Replacement

PATH, YOURS = "/retirements/", "/retirements/yours/"
#: How many months the calendar shows at once, and how many of the past are listed.
MONTHS, PAST = 18, 6
SOON = timedelta(days=SOON_DAYS)
#: The channels that go without saying where a provider has no other.
ALONE = (["Direct"], ["Hosted"], ["Gateway"], ["Subscription"])


class Instead(NamedTuple):
    """What takes a place with its link, why it is the one with the page that names it, and how it differs."""

    model: str
    why: str
    differs: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One model that one provider retires on one day, over whichever channels."""

    day: str
    name: str
    link: str
    place: str
    place_link: str
    instead: Instead


def retirement_pages(outlooks: Outlooks, *, live: bool, ended: bool) -> Iterator[Page]:
    """Both pages; `live` is whether Python can be started on them, `ended` whether there is an ended.yml."""
    yield Page(
        path=PATH,
        title="What retires when",
        description="Every known retirement, month by month, with what could take its place.",
        write=partial(_retirements, outlooks),
        hide=("navigation",),
    )
    yield Page(
        path=YOURS,
        title="What dies when",
        description="Paste a configuration: which of its models retire, when, and what instead.",
        write=partial(render, "site/yours.md.j2", live=live, ended=ended, soon=SOON_DAYS),
        hide=WIDE,
    )


def _retirements(outlooks: Outlooks) -> str:
    catalog, today = outlooks.catalog, outlooks.today
    names = display_names(catalog)
    all_outlooks = list(outlooks.ending())
    coming = [one for one in all_outlooks if one.retires and one.retires >= today]
    past = [one for one in all_outlooks if one.retires and one.retires < today]
    rows = partial(_rows, outlooks=outlooks, catalog=catalog, names=names)
    months = {month: rows(some) for month, some in by_month(coming).items()}
    lately = [*by_month(past).items()][-PAST:]
    gone = {month: rows(some) for month, some in lately}
    return render(
        "site/retirements.md.j2",
        today=str(today),
        calendar=_calendar(months, today),
        months=[(month, _month(month), month_rows) for month, month_rows in months.items()],
        gone=[(month, _month(month), month_rows) for month, month_rows in reversed(gone.items())],
        gone_before=len(past) - sum(len(some) for _, some in lately),
        count=sum(map(len, months.values())),
        soon=sum(
            1 for some in months.values() for row in some if (date.fromisoformat(row.day) - today).days <= 90
        ),
        prices=_prices(catalog, names),
        apart=_apart(coming, catalog, names),
        earliest=_earliest(all_outlooks, catalog, names),
        deprecated=sum(1 for one in all_outlooks if one.stage == Stage.DEPRECATED),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Successor:
    """What takes a model's place where it ends, or why nothing does, in Markdown; `day` is the last there."""

    place: str
    place_link: str
    day: str
    instead: Instead


def successors(
    model: str, offerings: Sequence[Offering], outlooks: Outlooks, names: Mapping[str, str]
) -> list[Successor]:
    """A row for each place where a model ends, and for those that name another for it whatever its end."""
    catalog = outlooks.catalog
    providers = catalog.providers
    groups: dict[tuple[str, ...], list[tuple[Offering, Instead]]] = defaultdict(list)
    for offering in offerings:
        one = outlook_of(offering, outlooks.today)
        if one.stage != Stage.LIVE or outlooks.names_another(offering):
            new = outlooks.replacement(one)
            instead = _instead(new, outlooks.why_none(one), names)
            day = one.retires or ("no day is known" if one.stage == Stage.LIVE else one.stage)
            # The same answer over several channels is one row, though each leads to its own channel.
            alike = (new.offering.model if new else "", instead.why, instead.differs)
            groups[offering.provider, offering.version, str(day), *alike].append((offering, instead))
    rows = [
        Successor(
            place=escape(", ".join(filter(None, (_place(providers[provider], some, catalog), version)))),
            place_link=provider_path(provider),
            day=last_day(day) if DAY.fullmatch(day) else day,
            instead=some[0][1],
        )
        for (provider, version, day, *_), some in groups.items()
    ]
    rows += [
        Successor(
            place=escape(providers[provider].name),
            place_link=provider_path(provider),
            day="not served any more",
            instead=_instead(there, "", names),
        )
        for provider, there in outlooks.elsewhere(model)
    ]
    return rows


def _place(provider: Provider, some: Sequence[tuple[Offering, Instead]], catalog: Catalog) -> str:
    return f"{provider.name}{_channels((offering for offering, _ in some), catalog)}"


def _instead(new: Replacement | None, why_none: str, names: Mapping[str, str]) -> Instead:
    if new is None:
        return Instead(UNKNOWN, escape(why_none))
    target = f"{model_path(new.offering.model)}#{anchor(new.offering)}"
    why = markdown_link(escape(new.why), new.url) if new.url else escape(new.why)
    return Instead(
        f"[{escape(names[new.offering.model])}]({target})", why, escape("; ".join(new.differences))
    )


def _rows(
    retiring: Sequence[Outlook], *, outlooks: Outlooks, catalog: Catalog, names: Mapping[str, str]
) -> list[Row]:
    groups: dict[tuple[str, str, str, str], list[Outlook]] = defaultdict(list)
    for one in retiring:
        groups[str(one.retires), one.offering.model, one.offering.version, one.offering.provider].append(one)
    rows = []
    for (day, model, version, provider), some in sorted(groups.items()):
        first = some[0].offering
        new = next((r for one in some if (r := outlooks.replacement(one))), None)
        rows.append(
            Row(
                day=day,
                name=escape(names[model] + (f" ({version})" if version else "")),
                link=f"{model_path(model)}#{anchor(first)}",
                place=escape(
                    f"{catalog.providers[provider].name}{_channels((one.offering for one in some), catalog)}"
                ),
                place_link=provider_path(provider),
                instead=_instead(new, outlooks.why_none(some[0]), names),
            )
        )
    return rows


def _channels(offerings: Iterable[Offering], catalog: Catalog) -> str:
    """The channels and variants in brackets, where there is more to say than the provider."""
    channels = sorted({" ".join(p for p in (channel_name(o, catalog), o.variant) if p) for o in offerings})
    return "" if channels in ALONE else f" ({', '.join(channels)})"


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """A month of the calendar: its short name, how many retire in it, and how high its bar is, of 100."""

    month: str
    short: str
    count: int
    height: int


def _calendar(months: dict[str, list[Row]], today: date) -> list[Bar]:
    """The months from this one on, also those in which nothing retires."""
    names = [
        f"{today.year + (today.month - 1 + i) // 12}-{(today.month - 1 + i) % 12 + 1:02d}"
        for i in range(MONTHS)
    ]
    most = max((len(months.get(name, ())) for name in names), default=0)
    return [
        Bar(
            month=name,
            short=date.fromisoformat(f"{name}-01").strftime("%b %Y"),
            count=len(months.get(name, ())),
            height=round(100 * len(months.get(name, ())) / most) if most else 0,
        )
        for name in names
    ]


def _month(month: str) -> str:
    return date.fromisoformat(f"{month}-01").strftime("%B %Y")


def _prices(catalog: Catalog, names: Mapping[str, str]) -> list[dict[str, str]]:
    """The prices that change on a day that a source names, the soonest first."""
    return [
        {
            "day": str(change.day),
            "name": escape(names[o.model] + (f" ({o.version})" if o.version else "")),
            "link": f"{model_path(o.model)}#{anchor(o)}",
            "place": escape(f"{catalog.providers[o.provider].name}{_channels([o], catalog)}"),
            "place_link": provider_path(o.provider),
            "change": escape(price_change_text(change)),
        }
        for o, change in announced_prices(catalog)
    ]


def _apart(coming: Sequence[Outlook], catalog: Catalog, names: Mapping[str, str]) -> list[dict[str, str]]:
    """The models that retire on different days at different providers, the widest apart first."""
    days: dict[tuple[str, str], dict[str, set[date]]] = defaultdict(lambda: defaultdict(set))
    for one in coming:
        if one.retires:
            days[one.offering.model, one.offering.version][one.offering.provider].add(one.retires)
    rows = []
    for (model, version), by_provider in days.items():
        every = {day for some in by_provider.values() for day in some}
        if len(by_provider) < 2 or len(every) < 2:
            continue
        first = sorted(by_provider.items(), key=lambda p: min(p[1]))
        rows.append(
            (
                -(max(every) - min(every)).days,
                {
                    "name": escape(names[model] + (f" ({version})" if version else "")),
                    "link": model_path(model),
                    "days": "; ".join(
                        f"{escape(catalog.providers[p].name)} {' and '.join(str(d) for d in sorted(some))}"
                        for p, some in first
                    ),
                    "apart": f"{(max(every) - min(every)).days:,}",
                },
            )
        )
    return [row for _, row in sorted(rows, key=lambda f: (f[0], f[1]["name"]))]


def _earliest(
    outlooks: Sequence[Outlook], catalog: Catalog, names: Mapping[str, str]
) -> list[dict[str, str]]:
    """The models of which only a day is known before which they are not retired."""
    not_before = {
        (str(one.earliest), one.offering.model, one.offering.version, one.offering.provider)
        for one in outlooks
        if one.earliest and not one.retires
    }
    return [
        {
            "day": day,
            "name": escape(names[model] + (f" ({version})" if version else "")),
            "link": model_path(model),
            "place": escape(catalog.providers[provider].name),
        }
        for day, model, version, provider in sorted(not_before)
    ]
