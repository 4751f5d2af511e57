"""What the addresses of a provider take of a model: formats, and where they take its tools."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from playground.catalog import Statement, Support
from playground.catalog.endpoints import Endpoint, Wire
from playground.catalog.families.family import ALWAYS, THINKING, UNLESS_NONE, Family
from playground.versus.sentence import Sentence
from playground.versus.side import CitedFact, Side

#: What each format is called.
FORMATS: Mapping[Wire, str] = {
    Wire.OPENAI_RESPONSES: "Responses",
    Wire.OPENAI_CHAT: "Chat Completions",
    Wire.ANTHROPIC_MESSAGES: "Messages",
    Wire.GEMINI: "generateContent",
    Wire.BEDROCK_CONVERSE: "Converse",
    Wire.OLLAMA: "Ollama",
    Wire.LANGUAGE_MODEL: "the browser’s own",
}
#: When an address refuses a parameter, in words that follow its name.
REFUSED: Mapping[str, str] = {
    ALWAYS: "refuses {}",
    UNLESS_NONE: "takes {} only with reasoning off (effort none)",
    THINKING: "takes {} with no effort but none",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Address:
    """One address of a model: its format, and when it refuses a parameter, by the family's page.

    `silent`: a page tells of other models that this address refuses their tools, and none tells of this one.
    """

    format: str
    refuses: Mapping[str, str]
    family: Family | None = None
    silent: bool = False


def addresses(x: Side) -> tuple[Address, ...]:
    """The addresses at which the place that speaks for a model takes it, as far as they are known."""
    if x.seller is None:
        return ()
    rows = x.seller.rows(x.model.id)
    return tuple(_address(x, x.seller.endpoints[row]) for row in rows)


def _address(x: Side, endpoint: Endpoint) -> Address:
    names = (*x.home.ids, x.model.id.partition("/")[2])
    family = next((f for name in names if (f := endpoint.family(name))), None)
    refuses = {
        name: when
        for when in (THINKING, UNLESS_NONE, ALWAYS)
        for name in (family.refuses.get(when, ()) if family else ())
    }
    for name in ("temperature", "effort"):
        if name in endpoint.rejects or (endpoint.only and name not in endpoint.only):
            refuses[name] = ALWAYS
    refusing = any("tools" in names for f in endpoint.families for names in f.refuses.values())
    silent = refusing and family is None and x.seller is x.maker
    return Address(format=FORMATS[endpoint.wire], refuses=refuses, family=family, silent=silent)


def formats_text(x: Side) -> str:
    """`Responses, Chat Completions`; empty where no address is known."""
    return ", ".join(dict.fromkeys(a.format for a in addresses(x)))


def takes_no_effort(x: Side) -> bool:
    """Whether each of its addresses is known to refuse an effort."""
    known = addresses(x)
    return bool(known) and all(a.refuses.get("effort") == ALWAYS for a in known)


def tools_text(x: Side) -> str:
    """`by Responses; Chat Completions refuses them`, `yes` or `no`; empty where it is unknown."""
    able = x.known("can.tool_calls")
    if able == Support.YES:
        known = addresses(x)
        unknown = [a.format for a in known if a.silent]
        plain = f"yes; whether by {' and '.join(unknown)} is unknown" if unknown else "yes"
        return _taken("tools", "them", known) or plain
    return "no" if able == Support.NO else ""


def temperature_text(x: Side) -> str:
    """`no`, `yes`, or with which effort alone it is taken; empty where it is unknown."""
    known = addresses(x)
    if known and all(a.refuses.get("temperature") == ALWAYS for a in known):
        return "no"
    listed = [a for a in known if a.family or "temperature" in a.refuses]
    whole = len(listed) == len(known)
    return _taken("temperature", "it", listed, whole=whole) or str(x.home.value("accepts.temperature") or "")


def _taken(name: str, it: str, known: Sequence[Address], *, whole: bool = True) -> str:
    """By which formats a parameter is taken, and when others refuse it; empty where none is known to.

    `whole` is whether these are all addresses.
    """
    refusing: dict[str, list[str]] = {}
    for a in known:
        if name in a.refuses:
            refusing.setdefault(a.refuses[name], []).append(a.format)
    if not refusing:
        return ""
    taking = dict.fromkeys(a.format for a in known if name not in a.refuses)
    parts = [f"by {' or '.join(taking)}"] if taking else []
    if len(refusing) == 1 and not taking and whole:
        (when,) = refusing
        return {UNLESS_NONE: "only with reasoning off", THINKING: "only with reasoning off"}.get(when, "no")
    for when, formats in refusing.items():
        parts += [f"{one} {REFUSED[when].format(it)}" for one in dict.fromkeys(formats)]
    return "; ".join(parts)


def tools_by_address(x: Side) -> Iterator[Sentence]:
    """Where tools work at one of its addresses alone, or with one effort alone."""
    pages = tuple(_pages(x))
    if pages and x.known("can.tool_calls") == Support.YES:
        text = f"tools of {x.name} at {x.place} work {tools_text(x)}"
        yield Sentence(rule="tools", text=text, facts=(x.cited("can.tool_calls"), *pages))


def _pages(x: Side) -> Iterator[CitedFact]:
    """The pages by which addresses refuse tools, each with the day on which it was read."""
    for one in addresses(x):
        if one.family and (when := one.refuses.get("tools")):
            read = date.fromisoformat(one.family.read)
            page = Statement(value=when, quote="", url=one.family.page, read=read)
            yield CitedFact(of=x.home.key, field=f"refuses.{one.format}", value=when, stated=page)
