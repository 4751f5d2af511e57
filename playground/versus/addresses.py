"""What the addresses of a provider take of a model: formats, and where they take its tools."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
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
#: When an address refuses tools, in words that follow its name.
REFUSED: Mapping[str, str] = {
    ALWAYS: "refuses them",
    UNLESS_NONE: "takes them only with the effort none",
    THINKING: "takes them with no effort but none",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Address:
    """One address of a model: its format, and when it refuses tools; empty where it takes them."""

    format: str
    refuses_tools: str = ""
    family: Family | None = None


def addresses(x: Side) -> tuple[Address, ...]:
    """The addresses at which the place that speaks for a model takes it, as far as they are known."""
    if x.seller is None:
        return ()
    rows = x.seller.rows(x.model.id)
    return tuple(_address(x, x.seller.endpoints[row]) for row in rows)


def _address(x: Side, endpoint: Endpoint) -> Address:
    names = (*x.home.ids, x.model.id.partition("/")[2])
    family = next((f for name in names if (f := endpoint.family(name))), None)
    refused = next((w for w in REFUSED if family and "tools" in family.refuses.get(w, ())), "")
    return Address(format=FORMATS[endpoint.wire], refuses_tools=refused, family=family)


def formats_text(x: Side) -> str:
    """`Responses, Chat Completions`; empty where no address is known."""
    return ", ".join(dict.fromkeys(a.format for a in addresses(x)))


def tools_text(x: Side) -> str:
    """`by Responses; Chat Completions refuses them`; empty where no address is known to refuse tools."""
    known = addresses(x)
    if x.known("can.tool_calls") != Support.YES or not any(a.refuses_tools for a in known):
        return ""
    taking = [a.format for a in known if not a.refuses_tools]
    parts = [f"by {' or '.join(dict.fromkeys(taking))}"] if taking else []
    return "; ".join([*parts, *(f"{a.format} {REFUSED[a.refuses_tools]}" for a in known if a.refuses_tools)])


def tools_by_address(x: Side) -> Iterator[Sentence]:
    """Where tools work at one of its addresses alone, or with one effort alone."""
    if text := tools_text(x):
        facts = (x.cited("can.tool_calls"), *_pages(x))
        yield Sentence(rule="tools", text=f"tools of {x.name} at {x.place} work {text}", facts=facts)


def _pages(x: Side) -> Iterator[CitedFact]:
    """The pages by which addresses refuse tools, each with the day on which it was read."""
    for one in addresses(x):
        if one.family and one.refuses_tools:
            page = Statement(
                value=one.refuses_tools,
                quote="",
                url=one.family.page,
                read=date.fromisoformat(one.family.read),
            )
            yield CitedFact(of=x.home.key, field=f"refuses.{one.format}", value=page.value, stated=page)
