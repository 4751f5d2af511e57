"""Runs a check's code for the terminal, shut in; never in this process, and not at all where it cannot be."""

from __future__ import annotations

import contextlib
import json
import os
import signal
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path
from typing import Any

from generator.sandbox import jail
from playground.evaluate.code import inside
from playground.evaluate.code.job import MEMORY, Job, Outcome, State, job_to_json, outcome_from_json

#: Processes and threads at once, and bytes of a file.
PROCESSES, FILE_SIZE = 8, 16 * 1024 * 1024
#: Bytes that are read of what it writes.
_MOST = 2 * 1024 * 1024
#: Seconds after which it looks whether it is still wanted.
LOOK = 0.1
#: Seconds beyond the job's own for it to be shut in and ended.
_MORE = 10
ELSEWHERE = "code is shut in by means of Linux, which {system} does not have; run it on Linux or in the page"


def run_code(job: Job, *, as_user: bool = False, stopped: threading.Event | None = None) -> Outcome:
    """What came of the job. `as_user` takes the ways that a user without rights has, for root as well.

    It is ended once `stopped` is set, for whoever waits in a thread.
    """
    if not sys.platform.startswith("linux"):
        return Outcome(state=State.REFUSED, reason=ELSEWHERE.format(system=sys.platform))
    with tempfile.TemporaryDirectory() as folder:
        asked: dict[str, Any] = {
            "text": json.dumps(job_to_json(job)),
            "inside": Path(inside.__file__).read_text("utf-8"),
            "folder": folder,
            "seconds": job.seconds,
            "memory": MEMORY,
            "processes": PROCESSES,
            "file_size": FILE_SIZE,
            "as_user": as_user,
        }
        return _ran(asked, job.seconds + _MORE, stopped or threading.Event())


def _ran(asked: dict[str, Any], seconds: float, stopped: threading.Event) -> Outcome:
    with (
        tempfile.TemporaryFile() as given,
        tempfile.TemporaryFile() as written,
        tempfile.TemporaryFile() as errors,
    ):
        given.write(json.dumps(asked).encode())
        given.seek(0)
        process = subprocess.Popen(  # noqa: S603 (this Python and a file of ours)
            [sys.executable, "-I", "-S", "-B", jail.__file__],
            stdin=given,
            stdout=written,
            stderr=errors,
            env={},
            cwd=asked["folder"],
            start_new_session=True,
        )
        try:
            status = _status(process, seconds, stopped)
        finally:
            # Its processes end with it, but what was stopped on the way is here still.
            with contextlib.suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
            process.wait()
        written.seek(0)
        errors.seek(0)
        return _outcome(status, written.read(_MOST), errors.read(1000))


def _status(process: subprocess.Popen[bytes], seconds: float, stopped: threading.Event) -> int:
    """How it ended; SLOW where it has not, or is not waited for any more."""
    until = time.monotonic() + seconds
    while not stopped.is_set() and (left := until - time.monotonic()) > 0:
        try:
            return process.wait(min(left, LOOK))
        except subprocess.TimeoutExpired:
            continue
    return jail.SLOW


def _outcome(status: int, written: bytes, errors: bytes) -> Outcome:
    if status == jail.REFUSED:
        why = errors.decode("utf-8", "replace").strip() or "the reason is not known"
        return Outcome(state=State.REFUSED, reason=f"this system does not let code be shut in ({why})")
    if status == jail.SLOW:
        return Outcome(state=State.SLOW)
    if not written:
        return Outcome(state=State.ENDED, reason="it ended Python itself or was killed")
    return outcome_from_json(written.decode("utf-8", "replace"))
