"""Abilities made again where the scores have changed, if numpy is there."""

from __future__ import annotations

from enum import StrEnum
from importlib.util import find_spec
from pathlib import Path

from generator.ability.inputs import Inputs
from generator.errors import SetupError
from generator.store.abilities import load_abilities, save_abilities
from playground.ability import Abilities

NUMPY_MISSING = "a fit needs numpy: pip install 'model-almanac[fit]' (in a checkout: make test sets it up)"


class Refitted(StrEnum):
    """What became of the abilities."""

    SAME = "of these scores already"
    FITTED = "fitted"
    NO_NUMPY = "of earlier scores: numpy is missing"


def refit(folder: Path, inputs: Inputs) -> Refitted:
    """Fit and write the abilities of a catalog's folder unless they are of these scores already."""
    known = load_abilities(folder)
    if known.inputs == inputs.digest or not (inputs.cells or known.models):
        return Refitted.SAME
    if find_spec("numpy") is None:
        return Refitted.NO_NUMPY
    save_abilities(folder, fitted(inputs))
    return Refitted.FITTED


def fitted(inputs: Inputs) -> Abilities:
    """The abilities of these inputs. Raises SetupError where numpy is missing."""
    if find_spec("numpy") is None:
        raise SetupError(NUMPY_MISSING)
    from generator.ability.fit import fit  # with numpy, which reading and building do without

    return fit(inputs)
