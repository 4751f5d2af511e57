"""Verdicts on a page: one table to find oneself in, then a headed piece for each reader."""

from __future__ import annotations

import re
from collections.abc import Sequence

from generator.pages.cited.citations import Citations
from generator.views.figures import escape
from generator.views.verdicts.verdict import Sentence, Verdict


def verdicts_text(verdicts: Sequence[Verdict], citations: Citations, first: Sequence[Sentence] = ()) -> str:
    """What is urgent for all, the table, and the pieces, each under a heading that a link can lead to."""
    urgent = [f"{one.text}\n" for one in first]
    rows = [
        f"| [{escape(v.title)}](#{_slug(_heading(v))}) | {escape(v.begin)} | {_whole(v.model)} | {v.price} |"
        for v in verdicts
    ]
    head = ("| You are, or want | Begin with | Try first | In / out |", "| --- | --- | --- | --: |")
    pieces = [line for v in verdicts for line in _piece(v, citations)]
    return "\n".join((*urgent, *head, *rows, "", *pieces))


def _piece(verdict: Verdict, citations: Citations) -> list[str]:
    sentences = [f"- {citations.numbered(one.text)}" for one in verdict.sentences]
    return [f"## {escape(_heading(verdict))}", "", *sentences, ""]


def _whole(link: str) -> str:
    """A model's name that no narrow screen breaks at its hyphens."""
    return f"{link}{{ .whole }}" if link.endswith(")") else link


def _heading(verdict: Verdict) -> str:
    return f"{verdict.title}: {verdict.begin}"


def _slug(title: str) -> str:
    """The id that Markdown gives a heading."""
    return re.sub(r"[\s-]+", "-", re.sub(r"[^\w\s-]", "", title.lower()).strip())
