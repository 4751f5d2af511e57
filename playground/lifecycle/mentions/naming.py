"""Whether a name in a text is a model's, or one that its team gave: a deployment, an alias, a label."""

from __future__ import annotations

import re

from playground.lifecycle.mentions.text_lines import TextLines

#: The setting that a value belongs to: `model: `, `"model": `, `MODEL=`, `.modelName(`, `--model `.
KEY = re.compile(
    r"""(?:^|[^\w$-])(?:--?)?([A-Za-z_$][\w$.-]*)["'`\\]*\]?\s*(?::=|:|=>|==?|\(|\s)\s*"""
    r"""(?:[\[({<]\s*)?(?:[frbu@]|\$)?["'`\\]*(?:\$\{[^}=:]*(?:[=:]-?))?$"""
)
#: A default beside a variable of the environment: `${AZURE_DEPLOYMENT=gpt-4o}`, `getenv("X", "gpt-4o")`.
VARIABLE = re.compile(r"""([A-Za-z_]\w*)(?::?[-=]|["']\s*(?:,|\)?\s*(?:\|\||\?\?|or)\s*)\s*["'`]?)$""")
#: Settings that hold a model's id.
MODEL = re.compile(r"model|engine|llm(?!ms)|checkpoint", re.I)
#: Settings that hold the name of a deployment, which its team chose.
DEPLOYMENT = re.compile(r"deploy(?:ment|ed)?|alias", re.I)
#: Settings that hold what a team calls it, where the id stands in another beside it.
LABELS = re.compile(r"^(?:model_?)?(?:name|title|label|display_?name|alias|key)$", re.I)
#: Settings that hold what people read, whatever stands beside them.
READ = re.compile(r"^(?:title|label|caption|display_?name|pretty_?name|friendly_?name)$", re.I)
#: Settings and calls that say which model another is like, or is counted as; nobody calls that one.
LIKENESS = re.compile(
    r"^\.?(?:\w+\.)*(?:(?:model_?)?family|tokenizer(?:_?(?:model|name|id))?|encoding_?for_?model)$", re.I
)
#: What stands before a setting of a group, and not before a variable of a program.
IN_GROUP = re.compile(r"""(?:^|[{,(\[]|^\s*-)\s*["']?$""")
#: The settings in which the id then stands, written as settings are: a variable that is given a call is none.
IDS = re.compile(
    r"""(?:^|[\s{,\[(-])["']?(model_?id|model_?name|model|hosted_?id|id|litellm_params|value|slug)["']?"""
    r"""\s*(?::|\{|=\s*["'{\[])""",
    re.I,
)
#: A key that opens a group of settings: `"gpt-4o" = {`, `gpt-4o:`.
OPENS = re.compile(r"""^["']?\s*(?:=>?|:)\s*[{\[]?\s*$""")
INNER_MODEL = re.compile(r"""^\s*["']?(?:model|model_?name|model_?id)["']?\s*[:={]""", re.I)
#: A parameter of a template: `param name string = `, or with its value in a group: `"name": {"value": `.
PARAMETER = re.compile(
    r"""(?:\bparam\s+(\w+)\s+\w+\s*=|"""
    r"""([A-Za-z_]\w*)["']?\s*[:=]\s*\{\s*["']?(?:value|default(?:value)?)["']?\s*[:=])\s*["']?$""",
    re.I,
)
#: The name of a resource that a template puts together: `"name": "[concat(parameters('account'), '/`.
PUT_TOGETHER = re.compile(r"""["']?name["']?\s*:\s*"\[\w+\([^"\]]*$""", re.I)
#: What stands in a model's own group on one line: `model: { format: 'OpenAI', name: `.
WITHIN_MODEL = re.compile(r"model[\"']?\s*[:=]\s*\{[^{}]*$", re.IGNORECASE)


def key_of(before: str) -> str:
    """The setting whose value begins where `before` ends; empty where it is none's."""
    if hit := VARIABLE.search(before):
        return hit[1]
    hit = KEY.search(before)
    return hit[1] if hit else ""


def aside_of(lines: TextLines, number: int, start: int, end: int) -> str:
    """Why what stands in a line (from 0) from start to end asks for no model; empty where it may."""
    if LIKENESS.match(key_of(lines.beside(number, start, end)[0])):
        return "a likeness, not a call"
    return "a name that its team gave" if named_by_team(lines, number, start, end) else ""


def named_by_team(lines: TextLines, number: int, start: int, end: int) -> bool:
    """Whether what stands in a line (from 0) from start to end is a name that its team gave."""
    before, after = lines.beside(number, start, end)
    if OPENS.match(after) and lines.opens(number):
        return any(
            INNER_MODEL.match(lines.texts[at][:200])
            for at in range(number + 1, min(number + 9, len(lines.texts)))
            if lines.indents[at] > lines.indents[number]
        )
    if PUT_TOGETHER.search(before):
        return True
    if (given := _parameter(lines, number, before)) and DEPLOYMENT.search(given) and not MODEL.search(given):
        return True
    key = key_of(before)
    if not key:
        return False
    if DEPLOYMENT.search(key) and not MODEL.search(key):
        return True
    if key.startswith(".") or not IN_GROUP.search(before[: before.rfind(key)]):
        return False
    if READ.match(key):
        return True
    if not LABELS.match(key) or WITHIN_MODEL.search(before):
        return False
    wanted = key.lower().replace("_", "")
    # A group on one line, such as the arguments of a call, ends with it.
    inline = bool(before[: before.rfind(key)].strip(" \t-\"'"))
    beside = _keys_beside(lines, number, start, end, inline=inline)
    return any(hit != wanted and _more_exact(hit, wanted) for hit in beside)


def _parameter(lines: TextLines, number: int, before: str) -> str:
    """The parameter whose value begins where `before` ends, on the same line or on those it stands under."""
    above = next(lines.headers(number, 3), None)
    head = lines.texts[above][:200].rstrip() + " " if above is not None else ""
    hit = PARAMETER.search(before) or PARAMETER.search(head + before.lstrip())
    return hit[1] or hit[2] if hit else ""


def _more_exact(hit: str, wanted: str) -> bool:
    """Whether a setting rather holds the id than the one asked about: `model_name` rather than `name`."""
    order = ("litellmparams", "modelid", "hostedid", "id", "slug", "value", "model", "modelname")
    if wanted in ("name", "title", "label", "displayname", "alias", "key"):
        return hit in order
    return hit in order[:-1]


def _keys_beside(lines: TextLines, number: int, start: int, end: int, *, inline: bool) -> set[str]:
    """The settings on the same line, and not `inline` on those of the same block, as `IDS` knows them."""
    before, after = lines.beside(number, start, end)
    hit = {match[1] for match in IDS.finditer(f"{before} , {after}")}
    own = lines.indents[number]
    for at in () if inline else lines.block(number, 6):
        if lines.indents[at] == own:
            hit |= {match[1] for match in IDS.finditer(lines.texts[at][:200])}
    return {name.lower().replace("_", "") for name in hit}
