"""An evaluation as values: prompts, cases, checks and parameters, and what of a file cannot be run.

No model's key or address is in it: which models answer is chosen apart from what they are asked.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from playground.chat.chat import Image, Role


@dataclass(frozen=True, slots=True, kw_only=True)
class Turn:
    """One message as a template: `{{name}}` stands for a case's variable."""

    role: Role
    text: str
    images: tuple[Image, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Prompt:
    """What every case is asked: a system prompt and messages, both templates."""

    name: str
    system: str = ""
    messages: tuple[Turn, ...] = ()


#: How much of its checks an answer has to pass: all, any, or a share of their weight, above 0 up to 1.
type Needed = Literal["all", "any"] | float


@dataclass(frozen=True, slots=True, kw_only=True)
class Extraction:
    """What of an answer a check looks at: the kind of extraction and its arguments."""

    name: str
    arguments: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """One thing asked of an answer: the kind of check and its arguments, whose texts are templates.

    A negated check passes where the kind's own verdict is that the answer fails. `weight` counts where a
    share of the checks is needed; a check of weight 0 is shown and decides nothing. `checks` are those of a
    group.
    """

    name: str
    arguments: Mapping[str, Any] = field(default_factory=dict)
    negated: bool = False
    weight: float = 1
    extract: Extraction | None = None
    checks: tuple[Check, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """One case: variables for the prompt, messages that come before it, and checks of its own.

    Its own system prompt stands in the place of the prompt's, and its own `needed` of the evaluation's.
    """

    name: str
    variables: Mapping[str, Any] = field(default_factory=dict)
    system: str = ""
    messages: tuple[Turn, ...] = ()
    checks: tuple[Check, ...] = ()
    needed: Needed | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class NamedModel:
    """A model as a file names it; `provider` and `model` are the catalog's, where the name tells them.

    `choice` is which of the provider's known hosts or regions is asked, where that is not the usual one;
    `parameters` are a chat's.
    """

    name: str
    provider: str = ""
    choice: str = ""
    model: str = ""
    parameters: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class LeftOut:
    """A part of a file that is not run as it stands: where, what it says, and why or what is done instead."""

    where: str
    what: str
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Evaluation:
    """All that is asked, whoever answers; `parameters` are a chat's, `checks` are for every case."""

    prompts: tuple[Prompt, ...]
    cases: tuple[Case, ...]
    name: str = ""
    checks: tuple[Check, ...] = ()
    needed: Needed = "all"
    parameters: Mapping[str, Any] = field(default_factory=dict)
    models: tuple[NamedModel, ...] = ()
    repeats: int = 1
    left_out: tuple[LeftOut, ...] = ()
