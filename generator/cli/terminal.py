"""Where commands print, and the cells of tables that hold many."""

from __future__ import annotations

import sys
from collections.abc import Iterator

from rich.cells import cell_len
from rich.console import Console, ConsoleOptions, RenderableType
from rich.measure import Measurement
from rich.padding import Padding
from rich.segment import Segment
from rich.text import Text

from generator.bounds import shown


class Terminal(Console):
    """A console on which no text of others moves the cursor; who has read enough (`| head`) is no error."""

    def render(self, renderable: RenderableType, options: ConsoleOptions | None = None) -> Iterator[Segment]:
        for segment in super().render(renderable, options):
            text, style, control = segment
            yield segment if control or text.isprintable() else Segment(shown(text), style)

    def on_broken_pipe(self) -> None:
        """Let `generator.cli` end, as for what is printed without Rich."""
        raise BrokenPipeError


out = Terminal()
err = Terminal(stderr=True)
#: A log has no width of its own; tables need more than the 80 columns they get by default.
wide = Terminal(width=None if sys.stdout and sys.stdout.isatty() else 132)


class Cell:
    """Text in a table, with `gap` columns after it. Where it fits, as most does, Rich has nothing to wrap."""

    __slots__ = ("_gap", "_text", "_width")

    def __init__(self, text: str, gap: int = 0) -> None:
        self._text = text
        self._gap = gap
        self._width = Measurement(
            max(map(cell_len, text.split()), default=0) + gap,
            max(map(cell_len, text.splitlines()), default=0) + gap,
        )

    def __rich_measure__(self, console: Console, options: ConsoleOptions) -> Measurement:
        return self._width

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> Iterator[Segment | Padding]:
        if self._width.maximum <= options.max_width and "\n" not in self._text:
            yield Segment(self._text)
        else:
            yield Padding(Text(self._text), (0, self._gap, 0, 0))
