"""Which cells a run asks: all, those without an answer yet, or only some; and where known answers belong now.

A cell is known by the hash of what it asks, so a case, prompt or model that is added later leaves the others
answered.
"""

from __future__ import annotations

import asyncio
from array import array
from collections.abc import Callable, Collection, Iterator, Sequence

from playground.evaluate.matrix import Cell, Matrix

#: Cells that are looked at in one go: other runs and Stop have their turn between.
SLICE = 500


class Plan:
    """The cells to ask, by model; they are numbered as `cells_of` has them."""

    def __init__(self, matrix: Matrix) -> None:
        self._matrix = matrix
        self._numbers: list[Sequence[int]] = [range(matrix.count // len(matrix.models))] * len(matrix.models)

    @property
    def counts(self) -> list[int]:
        """How many cells there are to ask, by model."""
        return [len(numbers) for numbers in self._numbers]

    def cells_of(self, model: int) -> Iterator[Cell]:
        """A model's cells to ask, in their order."""
        return (self._cell(model, number) for number in self._numbers[model])

    async def leave_out(
        self,
        skip: Collection[str],
        only: Collection[str] | None,
        place: Callable[[list[tuple[Cell, str]]], None],
    ) -> None:
        """Leave out cells of these hashes, and where `only` is given all but those.

        `place` gets the cells of `skip` with their hashes, as they stand in this matrix.
        """
        if not skip and only is None:
            return
        for model in range(len(self._matrix.models)):
            left = array("I")
            every = self._numbers[model]
            for begin in range(0, len(every), SLICE):
                placed: list[tuple[Cell, str]] = []
                for number in every[begin : begin + SLICE]:
                    cell = self._cell(model, number)
                    name = self._matrix.hash_of(cell)
                    if name in skip:
                        placed.append((cell, name))
                    elif only is None or name in only:
                        left.append(number)
                if placed:
                    place(placed)
                await asyncio.sleep(0)
            self._numbers[model] = left

    def _cell(self, model: int, number: int) -> Cell:
        evaluation = self._matrix.evaluation
        rest, prompt = divmod(number, len(evaluation.prompts))
        repeat, case = divmod(rest, len(evaluation.cases))
        return Cell(case=case, prompt=prompt, model=model, repeat=repeat)
