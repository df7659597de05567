"""What a person should question: the bureau's word, which no digest can prove.

What lives here: all that a bureau could use to steer within the rules, gathered from a draw that was read. What does
not: verdicts.

QUESTION-1  Rows with days, rows that are there by an allowance (the further key ``allowed``), quotas that take all, bars
            by inspector, and in a supplement every change, absence and addition. Years whose working days were the bureau's own
            expectation (the further key ``calendar``).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from inspect_cli.core.draw.lines import parse_others

if TYPE_CHECKING:
    from inspect_cli.core.draw.commitment import Commitment, Quota
    from inspect_cli.core.draw.entity_row import EntityRow
    from inspect_cli.core.draw.supplement.changes import Absence, Addition, Change
    from inspect_cli.core.draw.supplement.standing import FinishedDraw
    from inspect_cli.core.names import EntityId, InspectorId

_ALLOWED: Final = "allowed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Questions:
    """What to ask a bureau about: entities with their days, full quotas, people with how many entities they must not visit.

    ``allowed`` are entities with the rules that were lifted for them, as the row names them. ``provisional`` are years whose working
    days the bureau expected itself, as the commitment names them.
    """

    days: tuple[tuple[EntityId, tuple[str, ...]], ...]
    full_quotas: tuple[Quota, ...]
    bars: tuple[tuple[InspectorId, int], ...]
    changes: tuple[Change, ...] = ()
    absent: tuple[Absence, ...] = ()
    added: tuple[Addition, ...] = ()
    allowed: tuple[tuple[EntityId, tuple[str, ...]], ...] = ()
    provisional: tuple[int, ...] = ()


def find_questions(draw: FinishedDraw) -> Questions:
    """Gather what to question, each list in the order of its member (QUESTION-1)."""
    amends = draw.commitment.amends
    return Questions(
        days=tuple((row.id, row.days) for row in draw.frame.entities if row.days is not None),
        full_quotas=tuple(quota for quota in draw.commitment.quotas if quota.take == quota.size),
        bars=tuple((row.id, len(row.barred)) for row in draw.frame.inspectors if row.barred),
        changes=amends.changes if amends else (),
        absent=amends.absent if amends else (),
        added=amends.added if amends else (),
        allowed=tuple((row.id, rules) for row in draw.frame.entities if (rules := _find_allowed(row))),
        provisional=_find_provisional(draw.commitment),
    )


def _find_allowed(row: EntityRow) -> tuple[str, ...]:
    """Read which rules were lifted for an entity; what is no list of texts says nothing."""
    # Few rows have the key, and most are not read for it.
    rules = parse_others(row.others).get(_ALLOWED) if f'"{_ALLOWED}"'.encode() in row.others else None
    return tuple(rule for rule in rules if isinstance(rule, str)) if isinstance(rules, list) else ()


def _find_provisional(commitment: Commitment) -> tuple[int, ...]:
    """Read for which years the bureau expected the working days itself; what is no list of whole numbers says nothing."""
    calendar = parse_others(commitment.further).get("calendar")
    years = calendar.get("provisional") if isinstance(calendar, dict) else None
    return tuple(year for year in years if type(year) is int) if isinstance(years, list) else ()
