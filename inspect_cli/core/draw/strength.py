"""How much chance the sources of a seed hold, and in whose hands they are: what a person is warned of, and no rule forbids.

What lives here: the numbers and the warnings. What does not: whether dice are fair, or who keeps a sealed text.

CHANCE-1  Bits of chance that nobody can know beforehand: dice count × log2(sides); a drand round 128, the strength of its signature; a
          pulse of NIST 512. A sealed text counts 0, for somebody knows it. A lottery counts 0 too, for the promise does not say how
          many numbers it draws from: it is named as not counted. The sum is rounded down.
CHANCE-2  Below 64 bits a seed is weak: whoever prepares the plan can try many of all seeds before the commitment, and choose among salts or
          rows what suits on most of them.
CHANCE-3  In the operator's own hands are dice and texts: the bureau rolls and keeps them, whatever their names say. A lottery and a beacon
          are not. Where all sources are, whoever doubts the bureau has only the witnesses' word.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, assert_never

from inspect_cli.core.draw.promise import DicePromise, DrandPromise, LotteryPromise, NistPromise, TextPromise
from inspect_cli.errors import Message, say

if TYPE_CHECKING:
    from collections.abc import Sequence

    from inspect_cli.core.draw.promise import Promise

ENOUGH: Final = 64
"""Bits below which the sources of a seed are weak (CHANCE-2)."""

_DRAND, _NIST = 128, 512
_MOST = 1 << 53


@dataclass(frozen=True, slots=True, kw_only=True)
class Strength:
    """Bits of chance that are certain, names of the lotteries that are not counted, and whether all is in the operator's hands."""

    bits: int
    uncounted: tuple[str, ...]
    is_own: bool

    @property
    def is_weak(self) -> bool:
        """Say whether the bits that are certain are too few (CHANCE-2)."""
        return self.bits < ENOUGH


def measure(sources: Sequence[Promise]) -> Strength:
    """Measure what a draw's sources hold together (CHANCE-1, CHANCE-3)."""
    return Strength(
        bits=math.floor(sum(_bits(source) for source in sources)),
        uncounted=tuple(source.name for source in sources if isinstance(source, LotteryPromise)),
        is_own=all(isinstance(source, DicePromise | TextPromise) for source in sources),
    )


def find_weaknesses(sources: Sequence[Promise]) -> tuple[Message, ...]:
    """Say what a person should know of the sources before they are committed to (CHANCE-2, CHANCE-3); nothing where all is well."""
    found, warnings = measure(sources), []
    if found.is_weak and found.uncounted:
        warnings.append(
            say(
                "the sources are certain to hold {bits} bits of chance, fewer than {enough}; not counted, for nothing states their "
                "ranges: {names} (six of 49 numbers are 23 bits)",
                bits=found.bits,
                enough=ENOUGH,
                names=found.uncounted,
            )
        )
    elif found.is_weak:
        warnings.append(
            say(
                "the sources hold {bits} bits of chance, fewer than {enough}: many of all seeds can be tried beforehand; twenty "
                "ten-sided dice hold 66, a drand round 128",
                bits=found.bits,
                enough=ENOUGH,
            )
        )
    if found.is_own:
        warnings.append(
            say(
                "all sources are in the bureau's own hands: a drand round, or a public lottery, beside them is nobody's, and costs nothing"
            )
        )
    return tuple(warnings)


def _bits(source: Promise) -> float:
    match source:
        case DicePromise():
            return min(source.count, _MOST) * math.log2(source.sides)
        case DrandPromise():
            return _DRAND
        case NistPromise():
            return _NIST
        case TextPromise() | LotteryPromise():
            return 0
        case _:
            assert_never(source)
