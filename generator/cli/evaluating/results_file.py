"""The results file on disk: one answer a line, whole and readable after each, so that a kill loses none.

It is the JSON that the page saves and opens. A new answer is written over the end of the file together with a
new end, in one write; what a kill tears is the last line, which is dropped when the file is read again.
"""

from __future__ import annotations

import errno
import glob
import os
import re
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from decimal import ROUND_CEILING, Decimal
from pathlib import Path
from typing import Any, BinaryIO

from generator.cli.evaluating.secrets import Secrets
from generator.errors import EditError
from generator.store.replaced import take_place
from playground.errors import RequestError
from playground.evaluate.matrix import Cell
from playground.evaluate.results.results_json import Head, cell_of, head_from_json, head_to_json
from playground.json_text import NumberError, read_json, read_numbers_held, write_json

_BEGIN, _END = '"results":[', b"\n]}\n"
#: How many characters the amount has that is written over as it changes: twelve digits of dollars.
_AMOUNT = 22


class ResultsReader:
    """Results that are there: the head at once, the rows as they are asked for."""

    def __init__(self, path: Path) -> None:
        """Raises EditError where it holds no results."""
        self.path = path
        with path.open("rb") as file:
            first = file.readline().rstrip()
            self._lines_from = file.tell()
            by_line = first.endswith(_BEGIN.encode())
            # The page writes all in one line; others may have written it in many.
            whole = first + b"]}" if by_line else first + b"\n" + file.read()
        text = _text(whole, path)
        try:
            value = read_numbers_held(text)
            row = value if isinstance(value, dict) else {}
            self.head = head_from_json(row)
            #: When they were saved, as the file says it.
            self.saved = str(row.get("saved") or "")
            #: What requests may have cost that have no answer here, in US dollars.
            self.unanswered = _amount(row.get("unanswered_usd", "0"))
        except (ValueError, RequestError) as error:
            raise EditError(
                f"{path} cannot be read as results ({error}); name a file that this command or the page saved"
            ) from error
        #: Whether its last result was torn by a kill, once all are read.
        self.is_torn = False
        #: Its results, where they do not stand one a line.
        self._rows: list[Any] | None = None
        if not by_line:
            rows = value.get("results")
            self._rows = rows if isinstance(rows, list) else []

    def rows(self) -> Iterator[tuple[Cell, Mapping[str, Any]]]:
        """Each result with its cell. Raises EditError naming the row that is none."""
        return ((cell, row) for _, cell, row in self.placed())

    def placed(self) -> Iterator[tuple[int, Cell, Mapping[str, Any]]]:
        """As `rows`, with the place by which `at` gives a row again."""
        for number, (place, row) in enumerate(self._values(), 1):
            try:
                yield place, cell_of(row, self.head), row
            except RequestError as error:
                raise EditError(f"{self.path}: result {number} cannot be read: {error}") from error

    def at(self, place: int) -> Mapping[str, Any]:
        """The result that stands there."""
        if self._rows is not None:
            row: Mapping[str, Any] = self._rows[place]
            return row
        return _row_at(self.path, place)

    def _values(self) -> Iterator[tuple[int, Any]]:
        if self._rows is not None:
            yield from enumerate(self._rows)
            return
        with self.path.open("rb") as file:
            file.seek(self._lines_from)
            place = self._lines_from
            for number, line in enumerate(file, 2):
                text = line.strip().rstrip(b",")
                if text not in (b"", b"]}"):
                    try:
                        yield place, read_numbers_held(_text(text, self.path), line=number)
                    except NumberError as error:
                        raise EditError(f"{self.path}: {error}") from error
                    except (ValueError, EditError) as error:
                        if b"".join(file).strip() in (b"", b"}", b"]}"):
                            self.is_torn = True  # by a kill, while it was written
                            return
                        raise EditError(f"{self.path}: line {number} cannot be read ({error})") from error
                place += len(line)


def _amount(value: Any) -> Decimal:
    """An amount as it is written. Raises RequestError."""
    if not isinstance(value, str) or not re.fullmatch(r"[0-9]{1,12}(\.[0-9]{1,9})?", value):
        raise RequestError(f"its unanswered_usd is {value!r}; it is US dollars as a text, such as '0.25'")
    return Decimal(value)


def _row_at(path: Path, place: int) -> Mapping[str, Any]:
    with path.open("rb") as file:
        file.seek(place)
        row: Mapping[str, Any] = read_json(file.readline().strip().rstrip(b",").decode())
        return row


def _text(raw: bytes, path: Path) -> str:
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError as error:
        raise EditError(f"{path} is no UTF-8 text ({error}); name a file of results") from error


def _written(usd: Decimal) -> str:
    """The amount, rounded up, always of one length."""
    return f"{usd.quantize(Decimal('1e-9'), ROUND_CEILING):0{_AMOUNT}f}"


class ResultsFile:
    """Results that are written, in the place of what was in the file before."""

    def __init__(self, path: Path, head: Head, secrets: Secrets, unanswered: Decimal = Decimal(0)) -> None:
        """`unanswered` is what the file before says of it, in US dollars."""
        self.path = path
        self.unanswered = unanswered
        self._secrets = secrets
        self._part = path.with_name(f".{path.name}.{os.getpid()}.part")
        # Whoever was killed while it began has left one; nobody else writes here now.
        for left in path.parent.glob(f".{glob.escape(path.name)}.*.part"):
            left.unlink(missing_ok=True)
        # Named beside the file, and put in its place once all that was there before is in it.
        self._file: BinaryIO = self._part.open("w+b", buffering=0)
        values = head_to_json(head, datetime.now(UTC).isoformat(timespec="seconds"))
        text = f"{write_json(values)[:-1]},"
        self._end = 0
        self._separator = b"\n"
        beside = '"unanswered_usd":"'
        self._amount_at = len(f"{text}{beside}".encode())
        self._put(f'{text}{beside}{_written(unanswered)}",{_BEGIN}'.encode())

    def add(self, row: Mapping[str, Any]) -> int:
        """Write a result, without any key that is in it; gives where it stands, in bytes. Raises OSError."""
        line = write_json(self._secrets.without(row)).encode()
        place = self._end + len(self._separator)
        self._put(self._separator + line)
        self._separator = b",\n"
        return place

    def note_unanswered(self, usd: Decimal) -> None:
        """Write over what requests without an answer may have cost, in US dollars. Raises OSError."""
        if usd != self.unanswered:
            self.unanswered = usd
            self._file.seek(self._amount_at)
            self._file.write(_written(usd).encode())

    def _put(self, text: bytes) -> None:
        data = text + _END
        self._file.seek(self._end)
        if self._file.write(data) < len(data):
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), str(self.path))
        self._end += len(text)

    def at(self, place: int) -> Mapping[str, Any]:
        """The result that stands there."""
        return _row_at(self.path, place)

    def take_place(self) -> None:
        """Take the place of what was in the file before."""
        os.fsync(self._file.fileno())
        take_place(self._part, self.path)

    def close(self) -> None:
        """Let go of the file; what has not taken the place of the file before is removed."""
        if not self._file.closed:
            os.fsync(self._file.fileno())
            self._file.close()
        self._part.unlink(missing_ok=True)
