"""Whether a supplementary draw is the one that follows: what it names is true, and its frame is the derived one.

What lives here: the comparison, fault by fault, each a sentence. What does not: the derivation (``amend``).
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from inspect_cli.core.draw.commitment import Combine, require_amends
from inspect_cli.core.draw.fields import parse_instant
from inspect_cli.core.draw.result import result_digest
from inspect_cli.core.draw.supplement.amend import (
    STRATUM,
    standing_seats,
    supplement_days,
    supplement_frame,
)
from inspect_cli.core.draw.supplement.standing import days_left, standing_of, with_amends
from inspect_cli.errors import Message, say

if TYPE_CHECKING:
    from collections.abc import Sequence

    from inspect_cli.core.draw.commitment import Commitment
    from inspect_cli.core.draw.frame import FrozenFrame
    from inspect_cli.core.draw.promise import Promise
    from inspect_cli.core.draw.supplement.changes import Amends, Change
    from inspect_cli.core.draw.supplement.standing import Chain, FinishedDraw, Standing


def amended_fault(amended: FinishedDraw, commitment: Commitment) -> Message | None:
    """Say what is wrong beside the amended draw alone, whatever the draws before it; or None (SUPP-5, SUPP-6)."""
    expected, found = require_amends(commitment).result, result_digest(amended.result)
    if expected != found:
        return say("it amends the result {expected}, this one is {found}", expected=expected, found=found)
    if commitment.combine is not Combine.APPLICABLE:
        return say("a supplementary draw checks what is applicable, not only what was drawn")
    if commitment.frame.excluded.count:
        return say("a supplementary draw excludes nobody")
    if min(map(_opened, commitment.sources)) <= max(map(_opened, amended.commitment.sources)):
        return say("its randomness was known before that of the draw that it amends")
    for quota in commitment.quotas:
        if quota.stratum != STRATUM or quota.take != quota.size:
            return say("the quota for {domain} does not take all of one stratum", domain=quota.domain)
    return None


def chain_fault(chain: Chain, commitment: Commitment, frame: FrozenFrame) -> Message | None:
    """Say where a supplement is not the one that follows from the chain and from what it names; or None (SUPP-5 to SUPP-12)."""
    first, amends = chain.first.commitment, require_amends(commitment)
    for name, expected, given in (
        ("bureau", first.bureau, commitment.bureau),
        ("period", first.period, commitment.period),
        ("team", first.team, commitment.team),
    ):
        if expected != given:
            return say("the {key} is not that of the first draw", key=name)
    if commitment.days != supplement_days(chain, commitment.sources):
        return say("the days are not all days of the first draw after the last source")
    before = standing_of(chain)
    fault = naming_fault(before, first, amends, commitment.days)
    if fault is not None:
        return fault
    rows = {row.id for row in frame.inspectors}
    for addition in amends.added:
        if addition.id not in rows:
            return say("{person} is named new but has no row", person=addition.id)
    after = with_amends(before, amends, frame.inspectors)
    return frame_fault(supplement_frame(after, amends, commitment.days), frame)


def naming_fault(before: Standing, first: Commitment, amends: Amends, days: Sequence[str]) -> Message | None:
    """Say what a supplement names that is not so, or does not name that is so; or None (SUPP-7 to SUPP-10)."""
    for absence in amends.absent:
        if absence.id not in before.roster:
            return say("{person} is named absent but not on the roster", person=absence.id)
    for addition in amends.added:
        if addition.id in before.roster:
            return say("{person} is named new but was on the roster before", person=addition.id)
    after = with_amends(before, amends, ())
    for change in amends.changes:
        fault = _change_fault(after, first, change, days)
        if fault is not None:
            return fault
    changed = {change.entity for change in amends.changes}
    for entity, visit in after.visits.items():
        if visit.day is None and entity not in changed and days_left(after, entity, days):
            return say("the visit to {entity} is open, has a day left, and is not drawn again", entity=entity)
    absent = {(absence.id, day) for absence in amends.absent for day in absence.days}
    for entity, person, day in standing_seats(after, amends):
        if (person, day) in absent:
            return say("{person} is absent on {day} but stays with {entity}", person=person, day=day, entity=entity)
    return None


def _change_fault(after: Standing, first: Commitment, change: Change, days: Sequence[str]) -> Message | None:
    """Say why a change has no cause, or None; ``after`` has the closed days of the change itself."""
    visit = after.visits.get(change.entity)
    if visit is None:
        return say("{entity} has no visit in force", entity=change.entity)
    if not set(change.closed) <= set(first.days):
        return say("a day closed for {entity} is no day of the first draw", entity=change.entity)
    if change.left:
        if visit.day is None or not set(change.left) <= set(visit.people):
            return say("somebody left the visit to {entity} who had no seat there", entity=change.entity)
        if visit.day not in days:
            return say("the visit to {entity} is over before the draw", entity=change.entity)
        return None
    if visit.day is not None and visit.day not in after.closed.get(change.entity, frozenset()):
        return say("the visit to {entity} is drawn anew without a cause", entity=change.entity)
    if not days_left(after, change.entity, days):
        return say("the visit to {entity} has no day left and cannot be drawn anew", entity=change.entity)
    return None


def frame_fault(expected: FrozenFrame, given: FrozenFrame) -> Message | None:
    """Say where the frame that is given differs from the one that follows, in anything that is read; or None.

    Whether the quotas are those of the frame is told by ``quota_fault`` for every draw, that each takes all by ``amended_fault``.
    """
    if [row.id for row in expected.entities] != [row.id for row in given.entities]:
        return say("the frame does not hold exactly the changed visits")
    for wanted, row in zip(expected.entities, given.entities, strict=True):
        if replace(wanted, others=row.others) != row:
            return say("the row of {entity} is not the one that follows", entity=row.id)
    if [row.id for row in expected.inspectors] != [row.id for row in given.inspectors]:
        return say("the roster does not hold exactly everybody of the roster before, and who is named new")
    for person, line in zip(expected.inspectors, given.inspectors, strict=True):
        if replace(person, others=line.others) != line:
            return say("the row of {person} is not the one that follows", person=line.id)
    return None


def _opened(source: Promise) -> tuple[int, str]:
    return parse_instant(source.at)
