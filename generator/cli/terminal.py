"""Where commands print, and the cells of tables that hold many."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from rich.cells import cell_len
from rich.console import Console, ConsoleOptions
from rich.measure import Measurement
from rich.segment import Segment
from rich.text import Text

out = Console()
err = Console(stderr=True)


@dataclass(frozen=True, slots=True)
class Cell:
    """Text in a table. Where it fits, as most does, it needs none of what Rich does to wrap and style a text."""

    text: str

    def __rich_measure__(self, console: Console, options: ConsoleOptions) -> Measurement:
        widest = max(map(cell_len, self.text.split()), default=0)
        whole = max(map(cell_len, self.text.splitlines()), default=0)
        return Measurement(widest, whole)

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> Iterator[Segment | Text]:
        if cell_len(self.text) <= options.max_width and "\n" not in self.text:
            yield Segment(self.text)
        else:
            yield Text(self.text)
