"""What became of a visit after its draw, in words and as data: an explanation tells it at the end, for it explains the draw alone."""

from __future__ import annotations

from shlex import quote
from typing import TYPE_CHECKING, Any, assert_never

from inspect_cli.core.visit.change import ChangeKind
from inspect_cli.errors import Message, say

if TYPE_CHECKING:
    from collections.abc import Sequence

    from inspect_cli.core.visit.change import VisitChange


def later_words(change: VisitChange) -> Message:
    """Say one change of a visit."""
    match change.kind:
        case ChangeKind.MOVED:
            return say("later it was moved to {day}, with the same team", day=str(change.to_day))
        case ChangeKind.REPLACED:
            return say(
                "later it was drawn again by the supplement {slot}: inspect-cli draw explain {slot} {entity}",
                slot=change.by_slot,
                entity=quote(change.entity),
            )
        case ChangeKind.CANCELLED:
            return say("later it was cancelled")
        case ChangeKind.CARRIED_OVER:
            return say("later it was carried over to {period}", period=change.to_period)
        case _:
            assert_never(change.kind)


def later_data(changes: Sequence[VisitChange]) -> dict[str, Any]:
    """Give the changes of a visit as ``--json`` shows them; nothing where there are none."""
    if not changes:
        return {}
    found = []
    for change in changes:
        known = {
            "to_day": None if change.to_day is None else change.to_day.isoformat(),
            "by_slot": change.by_slot,
            "to_period": change.to_period,
        }
        found.append({"kind": change.kind.value} | {key: value for key, value in known.items() if value is not None})
    return {"later": found}
