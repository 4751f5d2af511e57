"""Runs a job, within whatever shuts it in. Imports nothing of ours: the terminal hands over this file alone.

Code and unit tests share one Python, so code that sets out to pass its tests unfairly can. What `calls`
should give never comes in here.
"""

from __future__ import annotations

import builtins
import contextlib
import io
import json
import linecache
import sys
import traceback
from typing import Any

_PRINTED = 2000


class _Printed(io.TextIOBase):
    """What is printed, cut where it is long; nothing of more is built_in."""

    def __init__(self) -> None:
        self.text = ""

    def write(self, text: str) -> int:
        self.text += text[: max(0, _PRINTED - len(self.text))]
        return len(text)


def run(text: str) -> str:
    """Run the job in that JSON; its outcome as JSON, whatever the code does but end Python."""
    job = json.loads(text)
    printed = _Printed()
    # Code may change the built-in names; tests see them as they were.
    built_in = dict(vars(builtins))
    out: dict[str, Any]
    try:
        with contextlib.redirect_stdout(printed), contextlib.redirect_stderr(printed):
            out = _done(job, built_in)
    except MemoryError:
        out = {"state": "memory"}
    except SystemExit as error:
        out = {"state": "failed", "reason": f"it ended itself by exit({error.code!r})"[:200]}
    except BaseException as error:  # noqa: BLE001 (whatever code raises is what came of it)
        out = {"state": "failed", "reason": _readable(error)}
    try:
        return json.dumps({**out, "printed": printed.text})
    except (TypeError, ValueError, RecursionError):
        return json.dumps({"state": "failed", "reason": "its values cannot be written"})


def _done(job: dict[str, Any], built_in: dict[str, Any]) -> dict[str, Any]:
    scope: dict[str, Any] = {"__name__": "answer"}
    _execute(job["code"], "code", scope)
    if job["what"] == "calls":
        return {"state": "done", "values": [_value(call, scope) for call in job["calls"]]}
    if job["what"] == "function":
        return _judged(job, scope)
    before = set(scope)
    scope["__builtins__"] = built_in
    _execute(job["tests"], "tests", scope)
    for name in [name for name in scope if name not in before and name.startswith("test")]:
        if callable(scope[name]):
            scope[name]()
    return {"state": "done", "passed": True}


def _execute(source: str, name: str, scope: dict[str, Any]) -> None:
    # So that a failed assertion can be quoted.
    linecache.cache[f"<{name}>"] = (len(source), None, source.splitlines(keepends=True), f"<{name}>")
    exec(compile(source, f"<{name}>", "exec"), scope)  # noqa: S102 (running it is what is asked for)


def _value(call: str, scope: dict[str, Any]) -> str:
    try:
        return repr(eval(compile(call, "<call>", "eval"), scope))[:20_000]  # noqa: S307 (as above)
    except Exception as error:  # noqa: BLE001
        return f"!{_readable(error)}"


def _judged(job: dict[str, Any], scope: dict[str, Any]) -> dict[str, Any]:
    check = scope.get("check")
    if not callable(check):
        return {"state": "failed", "reason": "it defines no function check(answer, case)"}
    values = json.loads(job["values"])
    made = check(values["answer"], values["case"])
    reason = ""
    if isinstance(made, tuple) and len(made) == 2:
        made, reason = made
    if not isinstance(made, bool):
        what = f"check gave {made!r:.80}; it has to give True or False, or one of them and a reason"
        return {"state": "failed", "reason": what}
    return {"state": "done", "passed": made, "reason": str(reason)[:500]}


def _readable(error: BaseException) -> str:
    """The error in a line, with the line of the code or the tests where it was raised."""
    frames = [frame for frame in traceback.extract_tb(error.__traceback__) if frame.filename.startswith("<")]
    text = f"{type(error).__name__}: {error}" if str(error) else type(error).__name__
    if isinstance(error, SyntaxError):
        return f"{type(error).__name__}: {error.msg}, line {error.lineno}"[:500]
    if not frames:
        return text[:500]
    last = frames[-1]
    where = f" (line {last.lineno} of the {last.filename.strip('<>')}: {last.line})" if last.line else ""
    return f"{text}{where}"[:500]


if __name__ == "__main__":
    sys.stdout.write(run(sys.stdin.read()))
