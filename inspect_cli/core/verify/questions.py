"""What a person should question: the bureau's word, which no digest can prove.

What lives here: all that a bureau could use to steer within the rules, gathered from a draw that was read. What does
not: verdicts.

QUESTION-1  Rows with days, rows that are there by an allowance (the further key ``allowed``), quotas that take all, bars
            by inspector, and in a supplement every change, absence and addition. Years whose working days were the bureau's own
            expectation (the further key ``calendar``). Sources that are weak, all in the bureau's own hands (CHANCE-2, CHANCE-3), or out of
            order by the beacon's own word (NIST-4).
            What is asked has an id, the same on the page and for programs: ``QuestionId``.
QUESTION-2  Of a disclosure the same, as far as commitment and shown rows tell it: no bars, for the roster is not shown.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from inspect_cli.core.draw.lines import parse_others
from inspect_cli.core.draw.nist import parse_pulse
from inspect_cli.core.draw.seed import NistProof
from inspect_cli.core.draw.strength import find_weaknesses
from inspect_cli.errors import InputError, say

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from inspect_cli.core.draw.commitment import Commitment, Quota
    from inspect_cli.core.draw.entity_row import EntityRow
    from inspect_cli.core.draw.seed import Entropy
    from inspect_cli.core.draw.supplement.changes import Absence, Addition, Change
    from inspect_cli.core.draw.supplement.standing import FinishedDraw
    from inspect_cli.core.names import EntityId, InspectorId
    from inspect_cli.errors import Message

_ALLOWED: Final = "allowed"


class QuestionId(StrEnum):
    """What is asked about, in the order in which it is shown; one entry of it a row."""

    CHANGE = "change"
    ABSENCE = "absence"
    ADDITION = "addition"
    SOURCES = "sources"
    ALLOWANCE = "allowance"
    CALENDAR = "calendar"
    FULL_QUOTA = "full-quota"
    BARS = "bars"
    CERTAIN_DAYS = "certain-days"


@dataclass(frozen=True, slots=True, kw_only=True)
class Questions:
    """What to ask a bureau about: entities with their days, full quotas, people with how many entities they must not visit.

    ``allowed`` are entities with the rules that were lifted for them, as the row names them. ``provisional`` are years whose working
    days the bureau expected itself, as the commitment names them. ``weaknesses`` are sentences about the sources.
    """

    days: tuple[tuple[EntityId, tuple[str, ...]], ...]
    full_quotas: tuple[Quota, ...]
    bars: tuple[tuple[InspectorId, int], ...]
    changes: tuple[Change, ...] = ()
    absent: tuple[Absence, ...] = ()
    added: tuple[Addition, ...] = ()
    allowed: tuple[tuple[EntityId, tuple[str, ...]], ...] = ()
    provisional: tuple[int, ...] = ()
    weaknesses: tuple[Message, ...] = ()


def find_questions(draw: FinishedDraw) -> Questions:
    """Gather what to question, each list in the order of its member (QUESTION-1)."""
    bars = tuple((row.id, len(row.barred)) for row in draw.frame.inspectors if row.barred)
    found = find_shown_questions(draw.commitment, draw.frame.entities)
    return replace(found, bars=bars, weaknesses=(*found.weaknesses, *_find_disorder(draw.result.entropy)))


def find_shown_questions(commitment: Commitment, rows: Sequence[EntityRow]) -> Questions:
    """Gather what to question from a commitment and some rows of its frame (QUESTION-2)."""
    amends = commitment.amends
    return Questions(
        days=tuple((row.id, row.days) for row in rows if row.days is not None),
        full_quotas=tuple(quota for quota in commitment.quotas if quota.take == quota.size),
        bars=(),
        changes=amends.changes if amends else (),
        absent=amends.absent if amends else (),
        added=amends.added if amends else (),
        allowed=tuple((row.id, rules) for row in rows if (rules := _find_allowed(row))),
        provisional=_find_provisional(commitment),
        weaknesses=find_weaknesses(commitment.sources),
    )


def _find_disorder(entropy: Sequence[Entropy]) -> Iterator[Message]:
    """Read which pulses the beacon itself says are out of order (NIST-4); what is no pulse says nothing here."""
    for entry in entropy:
        if isinstance(entry.proof, NistProof):
            try:
                status = parse_pulse(entry.proof.pulse_record).status
            except InputError:
                continue
            if status:
                yield say(
                    "the beacon gives the pulse of {name} the status {status}", name=entry.promise.name, status=status
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
