"""Where what was found differs from what follows, in words that a check can show.

What lives here: the first difference of two lists, and a phrase for each side of it. What does not: verdicts.
"""

from __future__ import annotations

from itertools import zip_longest
from typing import TYPE_CHECKING

from inspect_cli.errors import Message, say

if TYPE_CHECKING:
    from collections.abc import Sequence

    from inspect_cli.core.draw.result import Selected, Visit


def first_difference(expected: Sequence[object], found: Sequence[object]) -> int | None:
    """Give the first place at which two lists differ, or None where they are the same."""
    if expected == found:
        return None
    pairs = enumerate(zip_longest(expected, found))
    return next(place for place, (left, right) in pairs if left != right)


def selected_words(selection: Sequence[Selected], place: int) -> Message:
    """Say who stands at a place of a selection, and for which domains."""
    if place >= len(selection):
        return say("nobody")
    selected = selection[place]
    return say("{entity} for {domains}", entity=selected.entity, domains=selected.drawn)


def visit_words(visits: Sequence[Visit], place: int) -> Message:
    """Say which visit stands at a place of a list."""
    if place >= len(visits):
        return say("nothing")
    visit = visits[place]
    if visit.open is not None:
        return say("{entity}, open: {reason}", entity=visit.entity, reason=visit.open)
    return say(
        "{entity} on {day} for {domains} by {people}",
        entity=visit.entity,
        day=visit.day,
        domains=visit.domains,
        people=visit.people,
    )
