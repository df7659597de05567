"""Covers: how few people have all the skills that are wanted, exactly, and with a limit to the work of finding out.

What lives here: sets of domains as bit sets, the search for the fewest that cover a need, and the count of its steps. What does
not: who is in a pool, and seats (``team``).

COVER-1  The answer is exact. Finding the fewest sets that cover a need has no fast way in general, so that a bundle made for it could
         keep a verifier busy for years: beyond ``STEPS`` steps in one draw the draw is refused, never guessed. All draws that a
         supplement amends have as many steps together.

A real month takes less than a thousandth of that.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from inspect_cli.errors import InputError, say

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

STEPS = 500_000_000
"""How many bit sets are looked at for the teams of one draw, or of all draws that it amends: a minute or two."""
WIDE = 4096
"""Bits of a set that are looked at in about the time of one step."""
TOO_MANY = 7
"""More than any team can have: a need that nobody can cover."""


class Effort:
    """The steps that are left to one draw, or to several together."""

    def __init__(self, steps: int = STEPS) -> None:
        """Start with all of them."""
        self._left = steps

    def spend(self, steps: int, bits: int = 0) -> None:
        """Count steps over sets of so many bits; raises ``InputError`` when too few are left (COVER-1)."""
        self._left -= steps * (1 + bits // WIDE)
        if self._left < 0:
            raise InputError(
                say("finding teams for this draw takes more work than any real month does"),
                hint=say("if the draw is real, divide it by domain or by zone; else do not rely on it"),
            )


def fewest(need: int, sets: Iterable[int], effort: Effort) -> int:
    """Give the smallest number of sets whose union has all of ``need``, or ``TOO_MANY``."""
    if not need:
        return 0
    useful = _largest({one & need for one in sets}, effort)
    union = 0
    for one in useful:
        union |= one
    if union != need:
        return TOO_MANY
    return next((count for count in range(1, TOO_MANY) if _can_cover(need, useful, count, effort)), TOO_MANY)


def _largest(sets: set[int], effort: Effort) -> list[int]:
    """Give the sets that no other one holds, the largest first."""
    ordered = sorted(sets, key=lambda one: (-one.bit_count(), one))
    width = max((one.bit_length() for one in ordered), default=0)
    effort.spend(len(ordered), width)
    kept: list[int] = []
    for one in ordered:
        effort.spend(len(kept), width)
        if one and all(one & ~other for other in kept):
            kept.append(one)
    return kept


def _can_cover(rest: int, sets: Sequence[int], count: int, effort: Effort) -> bool:
    """Say whether ``count`` (1 or more) or fewer sets cover ``rest``: one of those with its rarest domain is among them."""
    width = rest.bit_length()
    effort.spend(len(sets), width)
    if count == 1:
        return any(not rest & ~one for one in sets)
    if rest.bit_count() > count * max((rest & one).bit_count() for one in sets):
        return False
    effort.spend(len(sets) * rest.bit_count(), width)
    holders = min(([one for one in sets if one >> place & 1] for place in members(rest)), key=len)
    return any(not rest & ~one or _can_cover(rest & ~one, sets, count - 1, effort) for one in holders)


def members(bits: int) -> list[int]:
    """Give the places of the bits that are set, ascending (read off the binary digits, last digit first)."""
    return [place for place, digit in enumerate(f"{bits:b}"[::-1]) if digit == "1"]
