"""The matters that are not checked at a visit, as its frozen row names them. Whether a matter is at its cap is ``plan.frame``'s.

Rules:

SCHED-7  A matter that the frozen row leaves out of a visit, because it does not apply to the company or is at its yearly cap, is named
         wherever the visit is shown.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from inspect_cli.core.draw.rows import parse_others
from inspect_cli.core.names import MatterId
from inspect_cli.errors import Message, say

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from inspect_cli.core.draw.rows import EntityRow

WITHOUT_MATTERS: Final = "without_matters"
"""The further key of a row that names the matters which are not checked at this visit."""


@dataclass(frozen=True, slots=True, kw_only=True)
class UncheckedMatter:
    """A matter that is not checked at a visit (SCHED-7); the name is its number where no name is known."""

    id: MatterId
    name: str


def find_left_out(row: EntityRow) -> tuple[MatterId, ...]:
    """Find the matters that are not checked at a company's visit (SCHED-7), as its frozen row names them."""
    if f'"{WITHOUT_MATTERS}"'.encode() not in row.others:  # most rows leave out none, and are not read for it
        return ()
    left_out = parse_others(row.others).get(WITHOUT_MATTERS)
    return tuple(MatterId(str(matter)) for matter in left_out) if isinstance(left_out, list) else ()


def name_matters(left_out: Iterable[MatterId], names: Mapping[MatterId, str]) -> tuple[UncheckedMatter, ...]:
    """Give the matters that are not checked their names (SCHED-7)."""
    return tuple(UncheckedMatter(id=matter, name=names.get(matter, matter)) for matter in left_out)


def say_unchecked(matters: Iterable[UncheckedMatter]) -> Message:
    """Say which matters are not checked at a visit (SCHED-7)."""
    named = tuple(one.id if one.name == one.id else f"{one.id} {one.name}" for one in matters)
    return say("not to be checked: {matters}", matters=named)
